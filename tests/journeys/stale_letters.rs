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
