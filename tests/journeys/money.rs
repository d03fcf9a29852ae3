//! Which way money goes and where it stands, in every row; and what paying keeps.

use journeys::{TestApp, sample};
use serde_json::{Value, json};

use crate::gardener::{IBAN, bill, first_bill, reminder};

const FRIDAY: &str = "2026-11-20";
const ANOTHER_IBAN: &str = "DE02 1203 0000 0000 2020 51";

/// What the list of documents says beside the amount of each.
fn money_of(test: &TestApp, document: &Value) -> Value {
    let listed = test.items("documents.list", json!({}));
    let row = listed.as_array().unwrap().iter().find(|row| row["id"] == document["id"]).cloned();
    let row = row.expect("it is listed");
    let view = test.call("documents.get", json!({"id": document["id"]}));
    assert_eq!(row["money"], view["money"], "the list and the page say the same");
    let found = test.call("search.find", json!({"query": "Gartenbau"}));
    let hit = found["items"].as_array().unwrap().iter().find(|hit| hit["document"]["id"] == document["id"]).cloned();
    assert_eq!(hit.expect("it is found")["document"]["money"], row["money"], "the search says the same");
    row["money"].clone()
}

#[test]
fn a_bill_is_to_be_paid_until_its_day_and_then_paid_on_the_day_and_in_the_way_that_was_said() {
    let test = TestApp::on(FRIDAY);
    let bill = first_bill(&test);
    let task = bill["tasks"][0].clone();
    let open = json!({"state": "to_pay", "until": task["due"]});
    assert_eq!(money_of(&test, &bill), open);
    let days = json!({"from": task["due"], "to": task["due"], "each": 3});
    assert_eq!(test.call("calendar.days", days)[0]["items"][0]["money"], open);

    let part = json!({"amount": "100.00", "currency": "EUR"});
    test.call("tasks.pay", json!({"id": task["id"], "amount": part, "paid_on": "2026-11-16"}));
    assert_eq!(money_of(&test, &bill), json!({"state": "part_paid", "until": task["due"]}));
    let paid = test.call("tasks.pay", json!({"id": task["id"], "paid_on": "2026-11-18", "how": "card"}));
    let state = json!({"state": "paid", "on": "2026-11-18", "how": "card"});
    assert_eq!((&paid["status"], &paid["money"]), (&json!("done"), &state));
    let days = json!({"from": task["due"], "to": task["due"], "each": 3});
    assert_eq!(test.call("calendar.days", days)[0]["items"][0]["state"], json!("done"), "it stays where it was");
    assert_eq!(money_of(&test, &bill), state);
    for _ in 0..2 {
        test.call("history.undo", Value::Null);
    }
    assert_eq!(money_of(&test, &bill), open);
}

#[test]
fn a_reminder_that_takes_a_bill_over_carries_its_reference_and_tells_its_fee_apart() {
    let test = TestApp::on(FRIDAY);
    let bill = first_bill(&test);
    let dunning = reminder(&test);
    assert_eq!(dunning["related"][0]["id"], bill["id"]);
    test.call("review.accept", json!({"id": dunning["id"]}));
    assert_eq!(money_of(&test, &bill), json!({"state": "not_needed"}), "its payment is the reminder's now");
    let tasks = test.items("tasks.list", json!({}));
    let task = tasks.as_array().unwrap().iter().find(|task| task["document"] == dunning["id"]).expect("to be paid");
    let payment = test.call("tasks.payment", json!({"id": task["id"]}));
    assert_eq!((&payment["reference"], &task["reference"]), (&json!("GH-2026-117"), &json!("GH-2026-117")));
    assert_eq!(payment["fee"], json!({"amount": "5.00", "currency": "EUR"}));
    assert_eq!(payment["open"], json!({"amount": "147.80", "currency": "EUR"}));
}

#[test]
fn of_two_accounts_both_are_shown_with_the_days_of_their_letters_and_the_newer_one_is_named() {
    let test = TestApp::on(FRIDAY);
    let older = bill(&test, "GH-2026-101", "15.10.2026", "29.11.2026", IBAN);
    assert_eq!(older["accounts"], json!([]));
    let newer = bill(&test, "GH-2026-117", "12.11.2026", "26.11.2026", ANOTHER_IBAN);
    assert_eq!(newer["warnings"], json!([{"warning": "changed_account"}]));
    let plain = |iban: &str| iban.replace(' ', "");
    let expected = json!([
        {"iban": plain(IBAN), "document": older["id"], "day": "2026-10-15", "is_newer": false},
        {"iban": plain(ANOTHER_IBAN), "document": newer["id"], "day": "2026-11-12", "is_newer": true},
    ]);
    assert_eq!(newer["accounts"], expected);
    let task = newer["tasks"].as_array().unwrap().first().expect("planned").clone();
    let payment = test.call("tasks.payment", json!({"id": task["id"]}));
    assert_eq!((&payment["accounts"], &payment["code"]), (&expected, &Value::Null));
}

#[test]
fn what_costs_less_when_it_is_paid_early_says_so_while_that_holds() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Rechnung Malerarbeiten.pdf"));
    let discount = || {
        let tasks = test.call("documents.get", json!({"id": document["id"]}))["tasks"].clone();
        tasks[0]["discount"].clone()
    };
    let amount = json!({"amount": "833.83", "currency": "EUR"});
    assert_eq!(discount(), json!({"percent": "2", "until": "2026-11-28", "amount": amount, "holds": true}));
    test.clock.go_to("2026-11-29T12:00:00Z");
    assert_eq!(discount(), Value::Null);
}

#[test]
fn an_amount_that_goes_nowhere_says_what_it_is() {
    let test = TestApp::on(FRIDAY);
    let lines = [
        "Datum: 02.11.2026",
        "Vertragsnummer: GH-1",
        "Vertragsbeginn: 01.12.2026",
        "Monatsbeitrag: 29,90 €",
        "Gesamtbetrag: 358,80 €",
        "Gartenbau: Pflege einmal im Monat.",
    ];
    let contract = test.accepted_letter("contract.pdf", "Gartenbau Hellwig GmbH", "Pflegevertrag", &lines);
    assert_eq!(contract["kind"], "contract");
    assert_eq!(money_of(&test, &contract), json!({"state": "stated", "what": "price"}));
}
