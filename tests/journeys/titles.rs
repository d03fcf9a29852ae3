//! What documents and tasks are called: what they are about first, then from whom; and never two alike.

use journeys::TestApp;
use journeys::letter::letter_from;
use serde_json::{Value, json};

const FRIDAY: &str = "2026-11-20";
const SENDER: &str = "Gartenbau Hagenau GmbH";

/// Takes a bill of the gardener in, with this subject and number.
fn bill(test: &TestApp, subject: &str, number: &str, of: &str) -> Value {
    let (number, of) = (format!("Rechnungsnummer: {number}"), format!("Rechnungsdatum: {of}"));
    let lines =
        ["Sehr geehrte Frau Winter,", number.as_str(), &of, "Rechnungsbetrag: 142,80 €", "Zahlbar bis zum 07.12.2026."];
    let path = test.folder().join(format!("{}.pdf", &number[17..]));
    let address = format!("{SENDER} · Am Anger 3 · 05123 Eichenbruck");
    std::fs::write(&path, letter_from(&address, subject, &lines)).unwrap();
    test.document(&path)
}

fn task_of(test: &TestApp, document: &Value) -> Value {
    test.call("documents.get", json!({"id": document["id"]}))["tasks"][0].clone()
}

#[test]
fn a_title_says_what_it_is_about_and_its_task_is_called_the_same() {
    let test = TestApp::on(FRIDAY);
    let hedge = bill(&test, "Rechnung: Heckenschnitt im Herbst", "GH-2026-117", "12.11.2026");
    let title = hedge["title"].as_str().unwrap();
    assert!(title.contains("Heckenschnitt im Herbst") && title.ends_with(&format!(" · {SENDER}")), "{title}");
    assert_eq!(task_of(&test, &hedge)["title"], title);
}

#[test]
fn no_two_letters_have_the_same_title() {
    let test = TestApp::on(FRIDAY);
    let titles: Vec<Value> = ["GH-2026-117", "GH-2026-118", "GH-2026-119"]
        .iter()
        .map(|number| bill(&test, "Pflege des Gartens", number, "12.11.2026")["title"].clone())
        .collect();
    assert_eq!(titles[0], format!("Pflege des Gartens · {SENDER}"));
    assert_eq!(titles[1], format!("Pflege des Gartens · {SENDER} · GH-2026-118"));
    assert_eq!(titles[2], format!("Pflege des Gartens · {SENDER} · GH-2026-119"));
    let tasks = test.items("tasks.list", json!({}));
    let mut names: Vec<String> = tasks.as_array().unwrap().iter().map(|task| task["title"].to_string()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 3, "no two cards have the same name");
}

#[test]
fn a_title_follows_a_correction_and_an_undo() {
    let test = TestApp::on(FRIDAY);
    let hedge = bill(&test, "Pflege des Gartens", "GH-2026-117", "12.11.2026");
    let right = json!({"id": hedge["id"], "field": "seller_name", "value": "Gärtnerei Nord"});
    let corrected = test.call("review.correct", right);
    assert_eq!(corrected["title"], "Pflege des Gartens · Gärtnerei Nord");
    assert_eq!(corrected["tasks"][0]["title"], corrected["title"]);
    test.call("history.undo", Value::Null);
    assert_eq!(test.call("documents.get", json!({"id": hedge["id"]}))["title"], hedge["title"]);
    assert_eq!(task_of(&test, &hedge)["title"], hedge["title"]);
}
