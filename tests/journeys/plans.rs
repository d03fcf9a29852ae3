//! What follows from letters, against what should follow; and what a person can say about it.

use journeys::corpus::sets;
use journeys::letter::letter_from;
use journeys::{TestApp, fixture, plans};
use serde_json::{Value, json};

/// The share of each set that has been right; it may only rise.
const RECORDED_PERCENT: f64 = 100.0;

#[test]
fn as_many_letters_as_ever_are_planned_as_they_should_be() {
    for folder in sets("household") {
        let score = plans::score(&folder).unwrap();
        let missed = score.missed.join("\n");
        assert!(score.letters > 20 && score.alarming >= 5, "{score:?}");
        assert!(score.percent() >= RECORDED_PERCENT, "{:.1} % right; wrong:\n{missed}", score.percent());
        assert_eq!(score.alarming_right, score.alarming, "a court or an authority is planned wrongly:\n{missed}");
    }
}

#[test]
fn what_a_person_says_about_a_deadline_moves_it_with_its_reminders_and_can_be_undone() {
    let test = TestApp::on("2025-10-09");
    let document = test.document(&fixture("household/authority-letter.pdf"));
    let task = document["tasks"][0].clone();
    let seen = |task: &Value| (task["due"].clone(), task["latest"].clone());
    assert_eq!(seen(&task), (json!("2025-11-10"), json!("2025-11-10")));
    let derivation = &task["derivation"];
    assert_eq!(derivation["rule"], task["rule"]);
    let steps: Vec<_> = derivation["latest"]["steps"].as_array().unwrap().iter().map(|step| &step["what"]).collect();
    assert_eq!(steps, ["notified", "plus"]);
    assert!(task["source"].as_str().unwrap().contains("SGB X § 37"), "{}", task["source"]);
    let posted = json!({"assumption": {"what": "posted", "value": "2025-10-06"}, "by_user": false});
    assert!(derivation["assumptions"].as_array().unwrap().contains(&posted), "{derivation}");

    // It was posted a day later; and it says nothing about how to object.
    let assume = |assumption: Value| test.call("deadlines.assume", json!({"id": task["id"], "assumption": assumption}));
    let moved = assume(json!({"what": "posted", "value": "2025-10-07"}));
    // The fourth day is a Saturday: whether it moves is disputed.
    assert_eq!(seen(&moved), (json!("2025-11-11"), Value::Null));
    let settled = assume(json!({"what": "notification_moves", "value": true}));
    assert_eq!(seen(&settled), (json!("2025-11-11"), json!("2025-11-13")));
    let year = assume(json!({"what": "instructed", "value": false}));
    assert_eq!(seen(&year), (json!("2026-10-09"), json!("2026-10-13")));
    let first = test.call("tasks.get", json!({"id": task["id"]}))["next_reminder"].clone();
    assert!(first.as_str().unwrap() > "2026-09", "reminders move with it: {first}");

    // Confirming the document plans anew, and keeps what was said.
    test.call("review.accept", json!({"id": document["id"]}));
    let accepted = test.call("documents.get", json!({"id": document["id"]}));
    assert_eq!(seen(&accepted["tasks"][0]), (json!("2026-10-09"), json!("2026-10-13")));
    for _ in 0..2 {
        test.call("history.undo", Value::Null);
    }
    let before = test.call("tasks.get", json!({"id": task["id"]}));
    assert_eq!(seen(&before), (json!("2025-11-11"), json!("2025-11-13")));
}

#[test]
fn what_was_put_off_comes_back_although_the_deadline_is_counted_again() {
    let test = TestApp::on("2025-10-09");
    let task = test.document(&fixture("household/authority-letter.pdf"))["tasks"][0]["id"].clone();
    let snoozed = test.call("reminders.snooze", json!({"task": task, "until": "tomorrow_morning"}));
    let posted = json!({"what": "posted", "value": "2025-10-07"});
    let moved = test.call("deadlines.assume", json!({"id": task, "assumption": posted}));
    assert_ne!(moved["due"], snoozed["due"]);
    assert_eq!(moved["next_reminder"], snoozed["next_reminder"]);
    // A day that a person chose holds as long as the deadline does.
    test.call("tasks.postpone", json!({"id": task, "due": "2025-11-03"}));
    let land = json!({"what": "land", "value": "BY"});
    assert_eq!(test.call("deadlines.assume", json!({"id": task, "assumption": land}))["due"], "2025-11-03");
}

#[test]
fn every_instalment_of_a_letter_is_a_task_and_paying_one_leaves_the_others() {
    let test = TestApp::on("2026-01-22");
    let letter = test.folder().join("plan.pdf");
    let lines = [
        "Rechnungsnummer: K-77",
        "Rechnungsdatum: 20.01.2026",
        "",
        "Rechnungsbetrag: 1.000,00 €, zahlbar in Raten:",
        "",
        "Fällig am    Betrag EUR",
        "10.02.2026    400,00",
        "10.03.2026    300,00",
        "10.04.2026    300,00",
        "",
        "IBAN: DE89 3704 0044 0532 0130 00",
    ];
    let sender = "Stadt Eichenbruck · Kämmerei · Am Markt 1 · 05123 Eichenbruck";
    std::fs::write(&letter, letter_from(sender, "Rechnung", &lines)).unwrap();
    let document = test.document(&letter);
    test.call("review.accept", json!({"id": document["id"]}));
    let open = || -> Vec<String> {
        let tasks = test.items("tasks.list", json!({}));
        let line =
            |task: &Value| format!("{} {}", task["due"].as_str().unwrap(), task["amount"]["amount"].as_str().unwrap());
        tasks.as_array().unwrap().iter().map(line).collect()
    };
    assert_eq!(open(), ["2026-02-10 400.00", "2026-03-10 300.00", "2026-04-10 300.00"]);
    let first = test.items("tasks.list", json!({}))[0]["id"].clone();
    test.call("tasks.complete", json!({"id": first}));
    test.call("review.correct", json!({"id": document["id"], "field": "invoice_number", "value": "K-78"}));
    assert_eq!(open(), ["2026-03-10 300.00", "2026-04-10 300.00"]);
}

#[test]
fn an_appointment_is_a_calendar_file_with_its_place_and_three_alarms() {
    let test = TestApp::on("2026-11-20");
    let line = json!({"line": "morgen 14 Uhr Zahnarzt"});
    let task = test.call("tasks.quick_add", line)["task"]["id"].clone();
    let file = test.call("tasks.ics", json!({"id": task}));
    let text = file["text"].as_str().unwrap();
    assert!(text.contains("DTSTART:20261121T130000Z\r\n"), "{text}");
    let link = format!("URL:workmate://task/{}\r\n", task.as_str().unwrap());
    assert!(text.contains(&link), "the way back from the calendar: {text}");
    assert_eq!(text.matches("BEGIN:VALARM").count(), 3);
    let undated = test.call("tasks.add", json!({"title": "some day"}))["id"].clone();
    assert_eq!(test.refused("tasks.ics", json!({"id": undated})).code.as_str(), "bad_input");
}

#[test]
fn what_is_no_assumption_or_about_no_letter_is_refused() {
    let test = TestApp::on("2025-10-09");
    let unknown =
        json!({"id": "01890000-0000-7000-8000-000000000000", "assumption": {"what": "consumer", "value": false}});
    assert_eq!(test.refused("deadlines.assume", unknown).code.as_str(), "not_found");
    let nonsense = json!({"id": "01890000-0000-7000-8000-000000000000", "assumption": {"what": "weather", "value": 1}});
    assert_eq!(test.refused("deadlines.assume", nonsense).code.as_str(), "bad_input");
}
