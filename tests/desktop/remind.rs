//! A reminder reaches the person, and the answer reaches the task.

use std::fs;

use journeys::letter::{BILLER, bill, in_days};
use journeys::process::Script;
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;
use serde_json::Value;

/// Puts a bill that is due tomorrow into the inbox folder and waits for its notification.
fn reminded(window: &Window<'_>, service: &Script) -> Value {
    window.see("Let’s begin with one letter.");
    // At any time of the day at which this runs.
    for end in ["quiet_from", "quiet_until"] {
        window.cli(&["call", "settings.change", &format!(r#"{{"key": "{end}", "value": "00:00:00"}}"#)]);
    }
    fs::write(window.inbox().join("bill.pdf"), bill(1, in_days(1))).expect("a bill in the inbox folder");
    serde_json::from_str(&service.hear("the notification")).expect("a notification")
}

#[test]
fn a_due_reminder_arrives_as_a_notification_whose_button_completes_the_task() {
    let session = Session::start();
    let mut service = Script::start(&session, "notifications.py", &[]);
    let window = Window::open(&session, "profile");
    let notification = reminded(&window, &service);
    let text = format!("{} {}", notification["title"], notification["body"]);
    assert!(text.contains(BILLER) && text.contains("142.80"), "{text}");
    assert_eq!(notification["urgency"], 2, "tomorrow is urgent");
    assert_eq!(notification["actions"]["done"], "Done");
    assert_eq!(notification["actions"]["later"], "Later");

    window.see(BILLER);
    service.tell(&format!("press {} done", notification["number"]));
    wait_for("the task to be done", || (window.cli(&["tasks", "--all"])[0]["status"] == "done").then_some(()));
    window.see_no_more(BILLER);
}

#[test]
fn later_on_a_notification_puts_the_reminder_off_and_it_comes_back() {
    let session = Session::start();
    let mut service = Script::start(&session, "notifications.py", &[]);
    let window = Window::open(&session, "profile");
    let notification = reminded(&window, &service);
    service.tell(&format!("press {} later", notification["number"]));
    let snoozed = || window.cli(&["reminders"]).into_iter().find(|reminder| reminder["state"] == "snoozed");
    let back = wait_for("the reminder to be put off", snoozed);
    assert!(back["next_at"].is_string(), "it comes back: {back}");
    assert_eq!(window.cli(&["tasks"])[0]["status"], "open");
}
