//! Half past midnight in Berlin is still yesterday in UTC: days are those of the zone of the person.

use std::fs;

use journeys::TestApp;
use journeys::letter::letter_pdf;
use serde_json::json;

/// A letter without a date that comes in at 00:30 of 15 July in Berlin.
fn at_half_past_midnight() -> (TestApp, String) {
    let test = TestApp::on("2026-07-14");
    test.clock.go_to("2026-07-14T22:30:00Z");
    let path = test.folder().join("note.pdf");
    fs::write(&path, letter_pdf(&["Hausordnung", "Bitte die Haustür nachts schließen."])).unwrap();
    let id = test.document(&path)["id"].as_str().unwrap().to_owned();
    (test, id)
}

#[test]
fn a_letter_is_found_by_the_day_on_which_it_came_in_here() {
    let (test, _) = at_half_past_midnight();
    let found = |query: &str| test.call("documents.list", json!({"query": query}))["total"].clone();
    for word in ["eingang", "datum"] {
        assert_eq!(found(&format!("{word}:2026-07-15")), 1, "{word}");
        assert_eq!(found(&format!("{word}:2026-07-14")), 0, "{word}");
    }
    assert_eq!(found("eingang:heute"), 1);
}

#[test]
fn a_letter_without_a_date_stands_in_its_case_on_the_day_on_which_it_came_in_here() {
    let (test, id) = at_half_past_midnight();
    let other = test.folder().join("other.pdf");
    fs::write(&other, letter_pdf(&["Hausordnung", "Bitte das Licht im Keller löschen."])).unwrap();
    let other = test.document(&other)["id"].clone();
    test.call("cases.join", json!({"id": id, "other": other}));
    let case = test.call("cases.get", json!({"id": id}));
    let days: Vec<_> = case["letters"].as_array().unwrap().iter().map(|letter| letter["day"].clone()).collect();
    assert_eq!(days, ["2026-07-15", "2026-07-15"]);
}
