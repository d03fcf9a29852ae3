//! Years of old letters at once: no wall of overdue tasks, one question.

use journeys::{TestApp, sample};
use serde_json::{Value, json};

use crate::pdf::pdf;

const YEARS_LATER: &str = "2030-03-01";
const BILLS: [&str; 4] = [
    "Invoice English lessons.pdf",
    "Mahnung Buchhandlung.pdf",
    "Stadtwerke Jahresrechnung.pdf",
    "Telefonrechnung November.pdf",
];

/// The ids on the one card, or nothing.
fn card(test: &TestApp) -> Vec<Value> {
    let today = test.call("today.get", Value::Null);
    let documents = today["stale_letters"]["documents"].as_array().cloned().unwrap_or_default();
    documents.into_iter().map(|row| row["id"].clone()).collect()
}

fn old_bills() -> TestApp {
    let test = TestApp::on(YEARS_LATER);
    let imported = test.import(&BILLS.map(sample));
    assert!(imported.iter().all(|one| one.document.is_some()), "{imported:?}");
    test
}

#[test]
fn old_bills_are_filed_quietly_and_asked_about_in_one_card() {
    let test = old_bills();
    assert_eq!(card(&test).len(), BILLS.len());
    let documents = test.call("documents.list", json!({"state": "stale"}));
    assert_eq!(documents["total"], BILLS.len());
    assert_eq!(test.items("tasks.list", json!({"filter": "all"})), json!([]));
    assert_eq!(test.call("reminders.list", Value::Null), json!([]));
    let today = test.call("today.get", Value::Null);
    assert_eq!((&today["cards"], &today["review"]), (&json!([]), &json!([])));
}

#[test]
fn all_dealt_with_files_them_for_good_and_can_be_undone() {
    let test = old_bills();
    let documents = card(&test);
    test.call("stale_letters.answer", json!({"done": documents, "open": []}));
    assert!(card(&test).is_empty());
    assert_eq!(test.call("documents.list", json!({"state": "accepted"}))["total"], BILLS.len());
    assert_eq!(test.items("tasks.list", json!({})), json!([]));
    test.call("history.undo", Value::Null);
    assert_eq!(card(&test), documents);
}

#[test]
fn not_dealt_with_makes_the_tasks_after_all_and_reminds_at_once() {
    let test = old_bills();
    let (one, others) = (card(&test)[0].clone(), card(&test).split_off(1));
    test.call("stale_letters.answer", json!({"done": [], "open": [one]}));
    assert_eq!(card(&test), others, "nothing was said about the others");
    let tasks = test.items("tasks.list", json!({}));
    assert_eq!(tasks.as_array().unwrap().len(), 1);
    assert_eq!((&tasks[0]["document"], &tasks[0]["priority"]["urgency"]), (&one, &json!("critical")));
    let reminders = test.call("reminders.list", Value::Null);
    assert_eq!(
        (&reminders[0]["stage"], &reminders[0]["next_at"]),
        (&json!("critical"), &json!("2030-03-01T12:00:00Z"))
    );
}

#[test]
fn an_old_tax_notice_is_not_filed_quietly() {
    let test = TestApp::on(YEARS_LATER);
    let document = test.document(&sample("Steuerbescheid 2025.pdf"));
    assert_eq!(document["state"], "review");
    assert_eq!(document["tasks"].as_array().unwrap().len(), 2);
    assert!(card(&test).is_empty());
}

#[test]
fn an_old_letter_that_is_not_clear_does_not_ask_either_until_a_person_wants_it() {
    let test = TestApp::on(YEARS_LATER);
    let letter = test.folder().join("unclear.pdf");
    let lines = ["Malerbetrieb Muster", "Rechnung Nr. 17", "Rechnungsdatum: 02.11.2026", "Rechnungsbetrag: 80,00 EUR"];
    std::fs::write(&letter, pdf(&[lines.to_vec()])).unwrap();
    let document = test.document(&letter);
    assert_eq!(document["state"], "stale");
    test.call("stale_letters.answer", json!({"done": [], "open": [document["id"]]}));
    assert_eq!(test.items("review.list", Value::Null)[0]["id"], document["id"]);
}

/// A bill and the reminder of it, both years old.
fn bill_with_reminder() -> (TestApp, Value, Value) {
    let test = TestApp::on(YEARS_LATER);
    let path = test.folder().join("bill.pdf");
    let lines = [
        "Bücherstube Morgenrot",
        "Rechnung",
        "Rechnungsnummer: 2026-1187",
        "Rechnungsdatum: 20.10.2026",
        "Rechnungsbetrag: 46,80 EUR",
        "Zahlbar bis 03.11.2026",
    ];
    std::fs::write(&path, pdf(&[lines.to_vec()])).unwrap();
    let bill = test.document(&path)["id"].clone();
    let reminder = test.document(&sample("Mahnung Buchhandlung.pdf"))["id"].clone();
    (test, bill, reminder)
}

fn state(test: &TestApp, id: &Value) -> Value {
    test.call("documents.get", json!({"id": id}))["state"].clone()
}

#[test]
fn a_bill_whose_reminder_lies_in_the_pile_is_not_asked_about_and_follows_its_answer() {
    let (test, bill, reminder) = bill_with_reminder();
    assert_eq!((state(&test, &bill), state(&test, &reminder)), (json!("stale"), json!("stale")));
    assert_eq!(card(&test), std::slice::from_ref(&reminder));
    assert_eq!(test.call("today.get", Value::Null)["stale_letters"]["total"], 1);

    test.call("stale_letters.answer", json!({"done": [reminder], "open": []}));
    assert_eq!((state(&test, &bill), card(&test).len()), (json!("accepted"), 0));
    test.call("history.undo", Value::Null);
    assert_eq!(state(&test, &bill), "stale");

    test.call("stale_letters.answer", json!({"done": [], "open": [reminder]}));
    assert_eq!(state(&test, &bill), "accepted");
    let tasks = test.items("tasks.list", json!({}));
    let letters: Vec<&Value> = tasks.as_array().unwrap().iter().map(|task| &task["document"]).collect();
    assert!(!letters.contains(&&bill), "nobody pays twice: {letters:?}");
}

#[test]
fn a_bill_whose_reminder_is_in_the_trash_is_asked_about_itself() {
    let (test, bill, reminder) = bill_with_reminder();
    test.call("documents.trash", json!({"id": reminder}));
    assert_eq!(card(&test), [bill]);
}
