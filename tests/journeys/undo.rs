//! Everything a person does can be taken back and done again, and then looks exactly as before.

use journeys::{TestApp, fixture, sample};
use serde_json::{Value, json};

/// Everything that can be seen, but for the history itself.
fn everything(test: &TestApp) -> Value {
    let list = |name, input| test.call(name, input);
    let items = |name, input| test.items(name, input);
    let mut views = json!({
        "today": list("today.get", Value::Null),
        "documents": list("documents.list", json!({})),
        "trash": list("documents.list", json!({"trashed": true})),
        "review": items("review.list", Value::Null),
        "tasks": items("tasks.list", json!({"filter": "all"})),
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
    assert_eq!(old["state"], "stale");
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
        ("settle_old_post", "stale_letters.answer", json!({"done": [], "open": [old["id"]]})),
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
    let task = test.items("tasks.list", json!({}))[0]["id"].clone();
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
    let steps = [&history[0], &history[1]].map(|step| (&step["op"], &step["by"], &step["undone"], &step["label"]));
    let (person, title) = (json!({"kind": "person"}), &bill["title"]);
    assert_eq!(
        steps,
        [(&json!("undo"), &person, &json!(false), title), (&json!("trash_document"), &person, &json!(true), title)]
    );
    let filed = history.as_array().unwrap().iter().find(|step| step["op"] == "file_document").unwrap();
    assert_eq!(filed["by"], json!({"kind": "program"}));
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

#[test]
fn undo_names_the_step_that_it_takes_back_and_takes_back_the_one_that_is_named() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    assert_eq!(
        test.call("history.next", Value::Null),
        json!({"undo": null, "redo": null}),
        "filing is no step of a person"
    );
    test.call("documents.trash", json!({"id": bill["id"]}));
    let next = test.call("history.next", Value::Null)["undo"].clone();
    assert_eq!((&next["op"], &next["label"]), (&json!("trash_document"), &bill["title"]));
    test.call("settings.change", json!({"key": "theme", "value": "dark"}));

    let undone = test.call("history.undo", json!({"step": next["id"]}));
    assert_eq!(
        (&undone["step"], &undone["op"], &undone["skipped"]),
        (&next["id"], &json!("trash_document"), &json!([]))
    );
    assert_eq!(test.call("settings.get", Value::Null)["theme"], "dark", "what came after it stands");
    assert_eq!(test.call("history.undo", json!({"step": next["id"]})), Value::Null, "and no other step instead");
    assert_eq!(test.call("history.next", Value::Null)["redo"]["id"], next["id"]);
    assert_eq!(test.call("history.undo", Value::Null)["op"], "change_setting");
}

#[test]
fn what_the_program_remembers_by_itself_is_not_the_persons_next_undo() {
    let test = TestApp::on("2026-11-20");
    test.call("settings.change", json!({"key": "theme", "value": "dark"}));
    test.app.remember_told_about_tray().expect("it can be written");
    assert_eq!(test.call("settings.get", Value::Null)["told_about_tray"], true);
    assert_eq!(test.call("history.undo", Value::Null)["label"], "theme");
    assert_eq!(test.call("history.undo", Value::Null), Value::Null);
}

#[test]
fn a_command_says_which_step_it_made_and_that_one_is_taken_back_whatever_came_after_it() {
    let test = TestApp::on("2026-11-20");
    let made = |line: &str| test.app.respond("tasks.quick_add", json!({"line": line})).unwrap();
    let first = made("Keller aufräumen").step.expect("a step");
    let second = made("Fenster putzen").step.expect("another one");
    assert_ne!(first, second);

    let titles = || -> Vec<Value> {
        test.items("tasks.list", json!({})).as_array().unwrap().iter().map(|task| task["title"].clone()).collect()
    };
    let undone = test.call("history.undo", json!({"step": first}));
    assert_eq!((&undone["step"], &undone["label"]), (&json!(first), &json!("Keller aufräumen")));
    assert_eq!(titles(), ["Fenster putzen"], "not the newest one");
    assert_eq!(test.call("history.undo", json!({"step": first})), Value::Null, "once only");

    // What changes nothing, or only looks, has nothing to take back; nor is an older step of somebody else named.
    let task = test.items("tasks.list", json!({}))[0]["id"].clone();
    let done = || test.app.respond("tasks.complete", json!({"id": task})).unwrap().step;
    assert!(done().is_some());
    assert_eq!(done(), None, "it was done already");
    assert_eq!(test.app.respond("tasks.list", json!({})).unwrap().step, None);
}
