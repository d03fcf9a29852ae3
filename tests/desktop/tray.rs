//! The tray: what it lists, what it opens, and that the program lives in it without a window.

use std::fs;
use std::path::{Path, PathBuf};

use journeys::letter::{BILLER, bill, in_days};
use journeys::process::Script;
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;

fn entries(tray: &mut Script) -> Vec<String> {
    tray.tell("menu");
    serde_json::from_str(&tray.hear("the menu")).expect("a list of labels")
}

fn choose(tray: &mut Script, label: &str) {
    tray.tell(&format!("choose {label}"));
    assert_eq!(tray.hear(label), "chosen");
}

/// The folder of the program's process, there as long as it runs.
fn process_of(window: &Window<'_>) -> PathBuf {
    let status = window.cli(&["call", "status.get"]);
    let folder = Path::new("/proc").join(status[0]["engine"]["pid"].to_string());
    assert!(folder.exists(), "{}", folder.display());
    folder
}

#[test]
fn the_tray_lists_the_tasks_and_keeps_the_program_running_without_a_window() {
    let session = Session::start();
    let mut tray = Script::start(&session, "tray.py", &[]);
    let notifications = Script::start(&session, "notifications.py", &[]);
    let window = Window::open(&session, "profile");
    wait_for("the icon", || entries(&mut tray).contains(&"Nothing to do".to_owned()).then_some(()));

    // Far enough ahead that its first reminder does not come in between.
    fs::write(window.inbox().join("bill.pdf"), bill(1, in_days(14))).expect("a bill in the inbox folder");
    window.see(BILLER);
    let listed = |entry: &String| entry.starts_with(BILLER);
    let task = wait_for("the task in the tray", || entries(&mut tray).into_iter().find(listed));
    let headline = format!("Next: Pay – {BILLER}");
    // The first line says what the icon means; a menu that is just being made has no labels yet.
    wait_for("the headline", || entries(&mut tray).iter().any(|entry| entry.starts_with(&headline)).then_some(()));
    for wanted in ["Add task…", "Add document…", "Pause reminders", "For 1 hour", "Until tomorrow", "Open", "Quit"]
    {
        assert!(entries(&mut tray).iter().any(|entry| entry == wanted), "{wanted}");
    }

    session.close_window();
    assert!(notifications.hear("a word about the tray").contains("Workmate keeps running"));
    assert_eq!(window.cli(&["call", "settings.get"])[0]["told_about_tray"], true);

    choose(&mut tray, &task);
    wait_for("the window to come back", || (session.visible_windows() == 1).then_some(()));
    window.turn_to_the_new_one();
    let id = window.cli(&["tasks"])[0]["id"].clone();
    let address = format!("#/tasks/{}", id.as_str().expect("an id"));
    wait_for("the task to be open", || (window.run("return location.hash", &[]) == *address).then_some(()));

    choose(&mut tray, "Add task…");
    let focused = "return document.activeElement.getAttribute('aria-label')";
    wait_for("the field for a task", || (window.run(focused, &[]) == "New task").then_some(()));

    choose(&mut tray, "For 1 hour");
    let paused = |entry: &String| entry.starts_with("Paused until");
    wait_for("the tray to show the pause", || entries(&mut tray).into_iter().find(paused));

    window.go("today");
    choose(&mut tray, &task);
    wait_for("the task to be open again", || (window.run("return location.hash", &[]) == *address).then_some(()));
    assert_eq!(session.visible_windows(), 1);

    let process = process_of(&window);
    choose(&mut tray, "Quit");
    wait_for("the program to end", || (!process.exists()).then_some(()));
}

#[test]
fn without_a_tray_closing_the_window_ends_the_program() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    window.see("Let’s begin with one letter.");
    let process = process_of(&window);
    session.close_window();
    wait_for("the program to end", || (!process.exists()).then_some(()));
}
