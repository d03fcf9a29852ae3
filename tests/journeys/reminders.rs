//! Reminders come, come back, and end only when a person has acted.

use app::SystemClock;
use chrono::{Duration, NaiveDate};
use domain::Clock as _;
use journeys::{TestApp, sample, wait_for};
use serde_json::{Value, json};

use crate::pdf::bill_from;
use crate::program::Program;

/// A profile with one bill, due on Monday, 7 December; seen from Friday, 20 November at 13 o'clock in Berlin.
fn one_bill() -> (TestApp, Value) {
    let test = TestApp::on("2026-11-20");
    let document = test.document(&sample("Stadtwerke Jahresrechnung.pdf"));
    (test, document["tasks"][0]["id"].clone())
}

fn next(test: &TestApp) -> Value {
    let reminders = test.call("reminders.list", Value::Null);
    json!([reminders[0]["next_at"], reminders[0]["state"]])
}

#[test]
fn later_comes_at_a_good_hour() {
    for (later, now, expected) in [
        ("fifteen_minutes", "12:00", "20T12:15"),
        ("one_hour", "12:00", "20T13:00"),
        ("three_hours", "12:00", "20T15:00"),
        ("tonight", "12:00", "20T19:00"),
        // After the last hour of the day "tonight" has passed: in an hour.
        ("tonight", "19:10", "20T20:10"),
        // An hour after 23 o'clock is night: at seven in the morning.
        ("one_hour", "22:00", "21T06:00"),
        ("tomorrow_morning", "12:00", "21T08:00"),
        ("next_week", "12:00", "23T08:00"),
    ] {
        let (test, task) = one_bill();
        test.clock.go_to(&format!("2026-11-20T{now}:00Z"));
        let view = test.call("reminders.snooze", json!({"task": task, "until": later}));
        assert_eq!(view["next_reminder"], format!("2026-11-{expected}:00Z"), "{later} at {now}");
    }
}

#[test]
fn a_snoozed_reminder_comes_back_and_the_ones_after_it_stay() {
    let (test, task) = one_bill();
    let planned = test.call("reminders.list", Value::Null).as_array().unwrap().len();
    test.call("reminders.snooze", json!({"task": task, "until": "one_hour"}));
    let planned = planned + 1;
    assert_eq!(next(&test), json!(["2026-11-20T13:00:00Z", "snoozed"]));
    // Its time comes and nobody takes it: it waits, it does not vanish.
    test.clock.go_to("2026-11-20T18:00:00Z");
    assert_eq!(next(&test)[0], "2026-11-20T13:00:00Z");
    assert_eq!(test.call("reminders.list", Value::Null).as_array().unwrap().len(), planned);
}

#[test]
fn a_pause_ends_by_itself_and_hides_nothing() {
    let (test, _) = one_bill();
    let paused = || test.call("status.get", Value::Null)["reminders_paused_until"].clone();
    let before = test.call("reminders.list", Value::Null);
    assert_eq!(paused(), Value::Null);
    test.call("reminders.pause", json!({"pause": "until_tomorrow"}));
    assert_eq!(paused(), "2026-11-21T08:00:00Z");
    assert_eq!(test.call("reminders.list", Value::Null), before);
    test.clock.go_to("2026-11-21T08:00:00Z");
    assert_eq!(paused(), Value::Null);
    test.call("reminders.pause", json!({"pause": "one_hour"}));
    assert_eq!(paused(), "2026-11-21T09:00:00Z");
    test.call("reminders.pause", json!({"pause": "resume"}));
    assert_eq!(paused(), Value::Null);
}

#[test]
fn another_day_brings_its_own_reminders() {
    let (test, task) = one_bill();
    let view = test.call("tasks.postpone", json!({"id": task, "due": "2026-12-14"}));
    assert_eq!((&view["due"], &view["next_reminder"]), (&json!("2026-12-14"), &json!("2026-12-07T08:00:00Z")));
    assert_eq!(view["latest"], "2026-12-07", "the legal day does not move with the wish");
    let reminders = test.call("reminders.list", Value::Null);
    assert_eq!(reminders.as_array().unwrap().len(), 11, "the old ones are gone: {reminders}");
}

#[test]
fn what_is_done_is_silent_and_what_is_not_done_after_all_reminds_again() {
    let (test, task) = one_bill();
    let before = test.call("reminders.list", Value::Null);
    let done = test.call("tasks.complete", json!({"id": task}));
    assert_eq!((&done["status"], &done["done_how"]), (&json!("done"), &json!("paid")));
    assert_eq!(test.call("reminders.list", Value::Null), json!([]));
    test.call("tasks.reopen", json!({"id": task}));
    assert_eq!(test.call("reminders.list", Value::Null), before);
}

#[test]
fn the_trash_is_silent() {
    let (test, task) = one_bill();
    let document = test.call("tasks.get", json!({"id": task}))["document"].clone();
    test.call("documents.trash", json!({"id": document}));
    assert_eq!(test.items("tasks.list", json!({})), json!([]));
    assert_eq!(test.call("reminders.list", Value::Null), json!([]));
    test.call("documents.restore", json!({"id": document}));
    assert_eq!(test.items("tasks.list", json!({}))[0]["id"], task);
}

#[test]
fn having_seen_something_before_it_came_silences_nothing() {
    let (test, task) = one_bill();
    let before = test.call("reminders.list", Value::Null);
    test.call("reminders.acknowledge", json!({"id": task}));
    assert_eq!(test.call("reminders.list", Value::Null), before);
}

#[test]
fn a_reminder_that_no_desktop_takes_waits_and_the_reason_is_told() {
    let program = Program::new();
    let letter = program.folder().join("due tomorrow.pdf");
    let tomorrow: NaiveDate = (SystemClock.now() + Duration::days(1)).date_naive();
    let german = |day: NaiveDate| day.format("%d.%m.%Y").to_string();
    std::fs::write(&letter, bill_from(&german(tomorrow - Duration::days(10)), &german(tomorrow), 1)).unwrap();
    program.json(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    let reminders = || program.json(&["reminders", "--json"]);
    let first = reminders()[0].clone();
    let watch = program.start(&["watch"], "Watching");
    // What is due at once is tried at once. At night it waits for the morning untried.
    let tried = wait_for("the reminder to be tried", || {
        let now = reminders()[0].clone();
        let is_night = first["next_at"].as_str()? > SystemClock.now().to_rfc3339().as_str();
        (is_night || now["state"] == "attempted").then_some(now)
    });
    assert_eq!(
        (&tried["task"], &tried["next_at"]),
        (&first["task"], &first["next_at"]),
        "it is neither lost nor delivered"
    );
    assert!(watch.terminate().success());
}
