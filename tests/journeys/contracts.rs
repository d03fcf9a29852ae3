//! Contracts: what is decided, what waits for its confirmation, and what gets dearer.

use app::Scheduler;
use journeys::TestApp;
use serde_json::{Value, json};

const GYM: &str = "Fitwerk Nord GmbH · Am Anger 3 · 05123 Eichenbruck";

fn contract(test: &TestApp, number: &str) -> Value {
    let lines = [
        "Datum: 02.11.2026",
        &format!("Vertragsnummer: {number}"),
        "Vertragsbeginn: 01.12.2026",
        "Erstlaufzeit: 12 Monate",
        "Monatsbeitrag: 29,90 €",
        "Der Vertrag kann mit einer Frist von einem Monat zum Ende der Laufzeit gekündigt werden.",
    ];
    test.accepted_letter(&format!("{number}.pdf"), GYM, "Mitgliedsvertrag", &lines)
}

fn confirmation(test: &TestApp, number: Option<&str>) -> Value {
    let number = number.map(|number| format!("Vertragsnummer: {number}")).unwrap_or_default();
    let lines = [
        "Datum: 18.11.2026",
        &number,
        "wir bestätigen Ihre Kündigung vom 16.11.2026. Ihr Vertrag endet am 30.11.2027.",
    ];
    test.accepted_letter("bestätigung.pdf", GYM, "Kündigungsbestätigung", &lines)
}

fn contracts(test: &TestApp, decided: bool) -> Vec<Value> {
    test.items("contracts.list", json!({"decided": decided})).as_array().unwrap().clone()
}

fn cancel(test: &TestApp, contract: &Value) {
    test.call("tasks.complete", json!({"id": decision(contract)["id"], "how": "sent"}));
}

fn decision(contract: &Value) -> Value {
    let tasks = contract["tasks"].as_array().unwrap();
    tasks.iter().find(|task| task["kind"] == "cancel_or_keep").unwrap_or_else(|| panic!("{contract:#}")).clone()
}

fn state(test: &TestApp, decided: bool) -> Vec<String> {
    contracts(test, decided).iter().map(|contract| contract["state"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_cancelled_contract_waits_for_its_confirmation_which_closes_it() {
    for number in [Some("FN-1"), None] {
        let test = TestApp::on("2026-11-20");
        let contract = contract(&test, "FN-1");
        assert_eq!((state(&test, false), state(&test, true)), (vec!["open".to_owned()], vec![]));
        cancel(&test, &contract);
        let waits = &contracts(&test, false)[0];
        assert_eq!(waits["state"], "waits", "{waits:#}");
        assert_eq!(
            (&waits["confirmation"]["due"], &waits["confirmation"]["status"]),
            (&json!("2026-12-04"), &json!("waiting"))
        );

        let came = confirmation(&test, number);
        assert_eq!(came["kind"], "cancellation_confirmation");
        assert_eq!(state(&test, false), [""; 0], "{number:?}");
        let ended = &contracts(&test, true)[0];
        assert_eq!((&ended["state"], &ended["confirmed_by"]), (&json!("cancelled"), &came["id"]), "{ended:#}");
        assert_eq!(ended["confirmation"]["status"], "done");
        assert_eq!(ended["confirmation"]["documents"], json!([came["id"]]));

        // Without the letter it is waited for again.
        test.call("documents.trash", json!({"id": came["id"]}));
        assert_eq!(state(&test, false), ["waits"]);
        test.call("history.undo", Value::Null);
        assert_eq!(state(&test, true), ["cancelled"]);

        // It costs what it does until it ends.
        let counted = || test.call("contracts.costs", Value::Null)["counted"].clone();
        assert_eq!(counted(), 1);
        test.clock.go_to("2027-12-01T12:00:00Z");
        assert_eq!(counted(), 0);
    }
}

#[test]
fn what_is_waited_for_comes_back_on_its_day_and_goes_with_the_decision() {
    let test = TestApp::on("2026-11-20");
    let contract = contract(&test, "FN-1");
    cancel(&test, &contract);
    let cards = |test: &TestApp| -> Vec<String> {
        let today = test.call("today.get", Value::Null);
        let cards = today["cards"].as_array().unwrap().iter();
        cards.map(|card| card["kind"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let awaited = |test: &TestApp| {
        let tasks = test.items("tasks.list", json!({}));
        tasks.as_array().unwrap().iter().filter(|task| task["kind"] == "await_confirmation").count()
    };
    assert_eq!((cards(&test).len(), awaited(&test)), (0, 1), "nothing to do but wait");
    test.clock.go_to("2026-12-03T12:00:00Z");
    assert_eq!(cards(&test), [""; 0], "not before its day");
    test.clock.go_to("2026-12-04T12:00:00Z");
    assert_eq!(cards(&test), ["await_confirmation"]);

    // What the letter says is planned again, and what follows from the deed stays.
    test.call("review.correct", json!({"id": contract["id"], "field": "initial_term_months", "value": "24"}));
    assert_eq!(awaited(&test), 1);
    // Cancelled by mistake: nothing is waited for.
    test.call("tasks.reopen", json!({"id": decision(&contract)["id"]}));
    assert_eq!((awaited(&test), state(&test, false)), (0, vec!["open".to_owned()]));
    test.call("history.undo", Value::Null);
    assert_eq!((awaited(&test), state(&test, false)), (1, vec!["waits".to_owned()]));
}

#[test]
fn what_can_no_longer_be_left_runs_on_and_nothing_is_asked_any_more() {
    let test = TestApp::on("2026-11-20");
    let contract = contract(&test, "FN-1");
    // The last day to cancel is 31 October 2027.
    test.clock.go_to("2027-11-02T12:00:00Z");
    Scheduler::new(&test.app).tick().unwrap();
    let asked = test.call("documents.get", json!({"id": contract["id"]}));
    let asked = decision(&asked);
    assert_eq!((&asked["status"], &asked["done_how"]), (&json!("cancelled"), &json!("lapsed")), "{asked:#}");
    assert_eq!((state(&test, false), state(&test, true)), (vec!["runs".to_owned()], vec![]));
    assert_eq!(test.call("today.get", Value::Null)["lapsed"][0]["id"], asked["id"], "it is said once");
}

#[test]
fn a_confirmation_of_another_contract_or_of_nobody_closes_nothing() {
    let test = TestApp::on("2026-11-20");
    let (first, second) = (contract(&test, "FN-1"), contract(&test, "FN-2"));
    cancel(&test, &first);
    cancel(&test, &second);
    let other = confirmation(&test, Some("FN-9"));
    assert_eq!(state(&test, false), ["waits", "waits"], "it names another contract");
    test.call("documents.trash", json!({"id": other["id"]}));
    confirmation(&test, Some("FN-2"));
    assert_eq!(state(&test, false), ["waits"]);
    assert_eq!(contracts(&test, true)[0]["document"]["id"], second["id"]);
}

#[test]
fn a_confirmation_ends_the_question_of_a_contract_that_nobody_ticked_off() {
    let test = TestApp::on("2026-11-20");
    contract(&test, "FN-1");
    confirmation(&test, Some("FN-1"));
    assert_eq!((state(&test, false), state(&test, true)), (vec![], vec!["cancelled".to_owned()]));
}

/// A letter of the gym about its price, from 1 January 2027 on.
fn price_letter(test: &TestApp, number: &str, sentence: &str) -> Value {
    let lines = [
        "Datum: 18.11.2026",
        &format!("Vertragsnummer: {number}"),
        sentence,
        "Sie haben ein Sonderkündigungsrecht und können zum 01.01.2027 kündigen.",
    ];
    test.accepted_letter("preis.pdf", GYM, "Preisanpassung", &lines)
}

#[test]
fn a_price_rise_stands_with_its_contract_old_and_new_and_costs_are_added_up() {
    let test = TestApp::on("2026-11-20");
    let euros = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    let fit = contract(&test, "FN-1");
    let rise = price_letter(&test, "FN-1", "ab dem 01.01.2027 erhöht sich Ihr Monatsbeitrag auf 34,90 €.");
    assert_eq!(rise["kind"], "price_increase", "{rise:#}");
    let listed = contracts(&test, false);
    assert_eq!(listed.len(), 1, "the letter stands with its contract");
    let one = &listed[0];
    assert_eq!((&one["document"]["id"], &one["cost"]), (&fit["id"], &euros("29.90")));
    let said = &one["rise"];
    assert_eq!((&said["old"], &said["new"], &said["since"]), (&euros("29.90"), &euros("34.90"), &json!("2027-01-01")));
    assert_eq!((&said["document"], &said["holds"]), (&rise["id"], &json!(false)));
    assert_eq!(said["decision"]["latest"], "2026-12-31", "cancel until the day before");
    let costs = || test.call("contracts.costs", Value::Null);
    assert_eq!((&costs()["month"], &costs()["year"]), (&json!([euros("29.90")]), &json!([euros("358.80")])));

    // From its day on it is the price.
    test.clock.go_to("2027-01-02T12:00:00Z");
    assert_eq!(contracts(&test, false)[0]["cost"], euros("34.90"));
    assert_eq!(costs()["year"], json!([euros("418.80")]));
    // Who cancels for the price has cancelled the contract. Until that is confirmed, it costs what it does.
    test.call("tasks.complete", json!({"id": said["decision"]["id"], "how": "sent"}));
    assert_eq!(state(&test, false), ["waits"]);
    assert_eq!(decision(&test.call("documents.get", json!({"id": fit["id"]})))["done_how"], "sent");
    assert_eq!((&costs()["year"], &costs()["counted"]), (&json!([euros("418.80")]), &json!(1)));
}

#[test]
fn a_price_letter_without_its_contract_stands_for_itself_with_the_price_that_it_names() {
    let test = TestApp::on("2026-11-20");
    let rise = price_letter(&test, "FN-7", "ab dem 01.01.2027 steigt Ihr Monatsbeitrag von 29,90 € auf 34,90 €.");
    let one = &contracts(&test, false)[0];
    assert_eq!((&one["document"]["id"], &one["state"], &one["decision"]), (&rise["id"], &json!("open"), &Value::Null));
    assert_eq!((&one["rise"]["old"]["amount"], &one["rise"]["new"]["amount"]), (&json!("29.90"), &json!("34.90")));
    assert_eq!(one["cost"]["amount"], "29.90", "it does not hold yet");
}
