//! Letters that belong together, and what to warn of.

use journeys::TestApp;
use journeys::letter::letter_from;
use serde_json::{Value, json};

const FRIDAY: &str = "2026-11-20";
const IBAN: &str = "DE89 3704 0044 0532 0130 00";

/// Takes a letter of the gardener in, with this heading and these lines, and gives its document.
fn letter(test: &TestApp, name: &str, heading: &str, lines: &[&str]) -> Value {
    let address = "Gartenbau Hagenau GmbH · Am Anger 3 · 05123 Eichenbruck";
    let path = test.folder().join(name);
    std::fs::write(&path, letter_from(address, heading, lines)).unwrap();
    test.document(&path)
}

fn bill(test: &TestApp, name: &str, iban: &str) -> Value {
    let account = format!("IBAN: {iban}");
    let lines = [
        "Rechnungsnummer: GH-2026-117",
        "Rechnungsdatum: 12.11.2026",
        "Rechnungsbetrag: 142,80 €",
        "Bitte überweisen Sie den Rechnungsbetrag bis zum 26.11.2026 auf unser Konto.",
        &account,
    ];
    letter(test, name, "Rechnung", &lines)
}

fn reminder(test: &TestApp) -> Value {
    let account = format!("IBAN: {IBAN}");
    let lines = [
        "Datum: 18.11.2026",
        "Unsere Rechnung GH-2026-117 vom 12.11.2026 über 142,80 € ist noch offen.",
        "Mahngebühr: 5,00 €",
        "Zu zahlender Gesamtbetrag: 147,80 €",
        "Bitte zahlen Sie bis zum 30.11.2026.",
        &account,
    ];
    letter(test, "mahnung.pdf", "1. Mahnung", &lines)
}

fn again(test: &TestApp, document: &Value) -> Value {
    test.call("documents.get", json!({"id": document["id"]}))
}

/// The view of warnings shows the documents that are warned of, this one among them.
fn is_found_by_its_warning(test: &TestApp, document: &Value) {
    let found = test.call("search.find", json!({"query": "hat:warnung"}));
    let found: Vec<&Value> = found["hits"].as_array().unwrap().iter().map(|hit| &hit["document"]["id"]).collect();
    assert!(found.contains(&&document["id"]), "{found:?}");
    for one in test.call("documents.list", json!({}))["items"].as_array().unwrap() {
        let warnings = &again(test, one)["warnings"];
        assert_eq!(found.contains(&&one["id"]), *warnings != json!([]), "{warnings}");
    }
}

fn open_payments(test: &TestApp) -> Vec<Value> {
    let tasks = test.call("tasks.list", json!({}));
    tasks.as_array().unwrap().iter().filter(|task| task["kind"] == "pay").cloned().collect()
}

#[test]
fn a_dunning_letter_joins_its_bill_and_takes_its_payment_over() {
    let test = TestApp::on(FRIDAY);
    let first = bill(&test, "rechnung.pdf", IBAN);
    assert_eq!((first["state"].as_str(), &first["related"]), (Some("accepted"), &json!([])));
    let dunning = reminder(&test);
    assert_eq!(dunning["kind"], "dunning");
    assert_eq!(dunning["related"][0]["id"], first["id"]);
    assert_eq!(dunning["related"][0]["relation"], "reminds");
    assert_eq!(again(&test, &first)["related"][0]["id"], dunning["id"]);
    test.call("review.accept", json!({"id": dunning["id"]}));

    let open = open_payments(&test);
    assert_eq!(open.len(), 1, "{open:#?}");
    assert_eq!((&open[0]["document"], &open[0]["amount"]["amount"]), (&dunning["id"], &json!("147.80")));

    // Taken apart, both are to be paid; undone, it is one again.
    let apart = test.call("cases.relate", json!({"id": dunning["id"], "other": first["id"]}));
    assert_eq!(apart["related"], json!([]));
    assert_eq!(open_payments(&test).len(), 2);
    test.call("history.undo", Value::Null);
    assert_eq!(open_payments(&test).len(), 1);
    assert_eq!(again(&test, &dunning)["related"][0]["id"], first["id"]);
}

#[test]
fn a_reminder_of_a_bill_that_was_paid_is_warned_of_and_has_no_code() {
    let test = TestApp::on(FRIDAY);
    let first = bill(&test, "rechnung.pdf", IBAN);
    test.call("tasks.complete", json!({"id": first["tasks"][0]["id"], "how": "paid"}));
    let dunning = reminder(&test);
    let warned = json!([{"warning": "already_paid", "by": first["id"]}]);
    assert_eq!(dunning["warnings"], warned);
    is_found_by_its_warning(&test, &dunning);
    test.call("review.accept", json!({"id": dunning["id"]}));
    let payment = test.call("tasks.payment", json!({"id": open_payments(&test)[0]["id"]}));
    assert_eq!((&payment["no_code"], &payment["warnings"]), (&json!("warned"), &warned));
    assert_eq!((&payment["code"], &payment["iban"]), (&Value::Null, &Value::Null));
}

#[test]
fn the_same_letter_once_more_is_asked_about_and_not_paid_twice() {
    let test = TestApp::on(FRIDAY);
    let first = bill(&test, "rechnung.pdf", IBAN);
    let lines = [
        "Rechnungsnummer: GH 2026 117",
        "Rechnungsdatum: 12.11.2026",
        "Rechnungsbetrag: 142,80 €",
        "Bitte überweisen Sie den Rechnungsbetrag bis zum 26.11.2026 auf unser Konto.",
        "IBAN: DE89 3704 0044 0532 0130 00",
        "Kopie",
    ];
    let copy = letter(&test, "kopie.pdf", "Rechnung", &lines);
    assert_eq!(copy["state"], "review");
    assert_eq!(copy["warnings"], json!([{"warning": "repeats", "other": first["id"]}]));
    is_found_by_its_warning(&test, &copy);
    assert_eq!(open_payments(&test).len(), 1);

    // A person may say that it is another letter after all.
    test.call("review.accept", json!({"id": copy["id"]}));
    assert_eq!(again(&test, &copy)["warnings"], json!([]));
    assert_eq!(open_payments(&test).len(), 2);
}

#[test]
fn another_account_than_the_known_one_is_warned_of_until_a_person_confirms_it() {
    let test = TestApp::on(FRIDAY);
    bill(&test, "rechnung.pdf", IBAN);
    let lines = [
        "Rechnungsnummer: GH-2026-140",
        "Rechnungsdatum: 16.11.2026",
        "Rechnungsbetrag: 99,00 €",
        "Bitte überweisen Sie den Rechnungsbetrag bis zum 30.11.2026 auf unser Konto.",
        "IBAN: DE02 1203 0000 0000 2020 51",
    ];
    let second = letter(&test, "zweite.pdf", "Rechnung", &lines);
    assert_eq!(second["warnings"], json!([{"warning": "changed_account"}]));
    is_found_by_its_warning(&test, &second);
    let payment = test.call("tasks.payment", json!({"id": second["tasks"][0]["id"]}));
    assert_eq!((&payment["no_code"], &payment["code"]), (&json!("warned"), &Value::Null));

    let iban = json!({"id": second["id"], "field": "iban", "value": "DE02120300000000202051"});
    let confirmed = test.call("review.correct", iban);
    assert_eq!(confirmed["warnings"], json!([]));
    let found = test.call("search.find", json!({"query": "hat:warnung"}));
    assert!(!found.to_string().contains(second["id"].as_str().unwrap()));
    let payment = test.call("tasks.payment", json!({"id": second["tasks"][0]["id"]}));
    assert_eq!(payment["no_code"], Value::Null);
}
