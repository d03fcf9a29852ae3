//! Everything a person does can be taken back and done again, and then looks exactly as before.

use journeys::{TestApp, fixture, sample};
use serde_json::{Value, json};

/// Everything that can be seen, but for the history itself.
fn everything(test: &TestApp) -> Value {
    let list = |name, input| test.call(name, input);
    let mut views = json!({
        "today": list("today.get", Value::Null),
        "documents": list("documents.list", json!({})),
        "trash": list("documents.list", json!({"trashed": true})),
        "review": list("review.list", Value::Null),
        "tasks": list("tasks.list", json!({"filter": "all"})),
        "reminders": list("reminders.list", Value::Null),
        "settings": list("settings.get", Value::Null),
        "paused": list("status.get", Value::Null)["reminders_paused_until"],
    });
    let documents = views["documents"]["items"].as_array().unwrap().clone();
    views["each"] = documents.iter().map(|row| list("documents.get", json!({"id": row["id"]}))).collect();
    views
}

#[test]
fn every_change_can_be_undone_and_redone_to_the_same_view() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    let notice = test.document(&sample("Steuerbescheid 2025.pdf"));
    let old = test.document(&fixture("household/bill-due-on-a-holiday.pdf"));
    assert_eq!(old["state"], "old_post");
    let (bill, task) = (&bill["id"], &bill["tasks"][0]["id"]);

    let changes = [
        ("correct_fact", "review.correct", json!({"id": bill, "field": "amount_due", "value": "12,00"})),
        (
            "correct_fact",
            "review.correct",
            json!({"id": notice["id"], "field": "seller_name", "value": "Finanzamt Nord"}),
        ),
        ("accept_document", "review.accept", json!({"id": notice["id"]})),
        ("set_kind", "documents.set_kind", json!({"id": bill, "kind": "receipt"})),
        ("trash_document", "documents.trash", json!({"id": bill})),
        ("complete_task", "tasks.complete", json!({"id": task, "how": "paid"})),
        (
            "assume_deadline",
            "deadlines.assume",
            json!({"id": task, "assumption": {"what": "due", "value": "2026-12-30"}}),
        ),
        ("postpone_task", "tasks.postpone", json!({"id": task, "due": "2026-12-24"})),
        ("snooze_reminder", "reminders.snooze", json!({"task": task, "until": "tomorrow_morning"})),
        ("pause_reminders", "reminders.pause", json!({"pause": "until_tomorrow"})),
        ("change_setting", "settings.change", json!({"key": "land", "value": "BY"})),
        ("settle_old_post", "old_post.settle", json!({"done": [], "open": [old["id"]]})),
    ];
    let before = everything(&test);
    for (op, command, input) in changes {
        test.call(command, input);
        let after = everything(&test);
        assert_ne!(after, before, "{command} is seen somewhere");
        let undone = test.call("history.undo", Value::Null);
        assert_eq!(undone["op"], op);
        assert_eq!(everything(&test), before, "{command} undone");
        assert_eq!(test.call("history.redo", Value::Null)["op"], op);
        assert_eq!(everything(&test), after, "{command} redone");
        test.call("history.undo", Value::Null);
    }
    assert_eq!(everything(&test), before);
}

#[test]
fn several_steps_are_taken_back_newest_first_until_nothing_of_a_person_is_left() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    let first = everything(&test);
    test.call("review.correct", json!({"id": bill["id"], "field": "due_date", "value": "20.12.2026"}));
    let task = test.call("tasks.list", json!({}))[0]["id"].clone();
    let second = everything(&test);
    test.call("tasks.complete", json!({"id": task}));
    test.call("history.undo", Value::Null);
    assert_eq!(everything(&test), second);
    test.call("history.undo", Value::Null);
    assert_eq!(everything(&test), first);
    // The letter itself was filed by the program: that is not a person's step.
    assert_eq!(test.call("history.undo", Value::Null), Value::Null);
    assert_eq!(everything(&test), first);
}

#[test]
fn the_history_says_who_did_what_to_what() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    test.call("documents.trash", json!({"id": bill["id"]}));
    test.call("history.undo", Value::Null);
    let history = test.call("history.list", json!({}));
    let newest = &history[0];
    assert_eq!(
        (&newest["op"], &newest["by_person"], &newest["undone"]),
        (&json!("trash_document"), &json!(true), &json!(true))
    );
    assert_eq!(newest["label"], bill["title"]);
    let filed = history.as_array().unwrap().iter().find(|step| step["op"] == "file_document").unwrap();
    assert_eq!(filed["by_person"], false);
}

#[test]
fn what_was_undone_cannot_be_redone_after_something_new() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    test.call("documents.trash", json!({"id": bill["id"]}));
    test.call("history.undo", Value::Null);
    test.call("settings.change", json!({"key": "theme", "value": "dark"}));
    assert_eq!(test.call("history.redo", Value::Null), Value::Null);
}
