//! A reminder reaches the person, and the answer reaches the task.

use std::fs;

use journeys::letter::{BILLER, bill, in_days};
use journeys::process::Script;
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;
use serde_json::Value;

/// The window at an hour of the day at which nothing else is due soon, however late it is where this runs. A minute
/// takes 60 seconds divided by `rate`.
fn at_noon<'session>(session: &'session Session, rate: &str) -> Window<'session> {
    let start = format!("{}T11:30:00Z", in_days(0));
    Window::open_with(session, "profile", &[("WORKMATE_CLOCK_RATE", rate), ("WORKMATE_CLOCK_START", &start)])
}

/// Puts a bill that is due tomorrow into the inbox folder and waits for its notification.
fn reminded(window: &Window<'_>, service: &Script) -> Value {
    window.see("Let’s begin with one letter.");
    // What is shown in the focused window counts as seen at once.
    window.go("settings");
    fs::write(window.inbox().join("bill.pdf"), bill(1, in_days(1))).expect("a bill in the inbox folder");
    serde_json::from_str(&service.hear("the notification")).expect("a notification")
}

#[test]
fn a_due_reminder_arrives_as_a_notification_whose_button_completes_the_task() {
    let session = Session::start();
    let mut service = Script::start(&session, "notifications.py", &[]);
    let window = at_noon(&session, "1");
    let notification = reminded(&window, &service);
    let text = format!("{} {}", notification["title"], notification["body"]);
    assert!(text.contains(BILLER) && text.contains("142.80"), "{text}");
    assert_eq!(notification["urgency"], 2, "tomorrow is urgent");
    assert_eq!(notification["actions"]["done"], "Done");
    assert_eq!(notification["actions"]["soon"], "In 15 minutes");
    assert_eq!(notification["actions"]["later"], "In 1 hour");

    window.go("today");
    window.see(BILLER);
    service.tell(&format!("press {} done", notification["number"]));
    wait_for("the task to be done", || (window.cli(&["tasks", "--all"])[0]["status"] == "done").then_some(()));
    window.see_no_more(BILLER);
}

#[test]
fn put_off_by_fifteen_minutes_on_a_notification_it_comes_back() {
    let session = Session::start();
    let mut service = Script::start(&session, "notifications.py", &[]);
    let window = at_noon(&session, "60");
    let notification = reminded(&window, &service);
    service.tell(&format!("press {} soon", notification["number"]));
    let has = |state: &str| {
        // Any change wakes the program, which sleeps by the computer's clock and not by the hurried one.
        window.cli(&["call", "reminders.pause", r#"{"pause": "resume"}"#]);
        let history = window.cli(&["call", "reminders.history", "{}"]);
        history.iter().filter(|entry| entry["state"] == state).count()
    };
    wait_for("the reminder to be put off", || (has("snoozed") == 1).then_some(()));
    wait_for("the reminder to come back", || (has("delivered") > 1).then_some(()));
    let back: Value = serde_json::from_str(&service.hear("the notification again")).expect("a notification");
    assert_eq!(back["title"], notification["title"]);
    assert_eq!(window.cli(&["tasks"])[0]["status"], "open");
}

#[test]
fn where_notifications_have_no_buttons_a_window_of_its_own_has_them() {
    let session = Session::start();
    let service = Script::start(&session, "notifications.py", &["body".as_ref()]);
    let window = at_noon(&session, "1");
    let notification = reminded(&window, &service);
    assert_eq!(notification["actions"], serde_json::json!({}));
    wait_for("the small window", || session.shows("Reminders").then_some(()));
    let id = window.cli(&["tasks"])[0]["id"].clone();
    window.cli(&["call", "tasks.complete", &serde_json::json!({"id": id}).to_string()]);
    wait_for("the small window to go when nothing waits", || (!session.shows("Reminders")).then_some(()));
}
