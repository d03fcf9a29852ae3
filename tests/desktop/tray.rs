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
    // The title begins with what the letter is about.
    let listed = |entry: &String| entry.contains(BILLER) && !entry.starts_with("Next: ");
    let task = wait_for("the task in the tray", || entries(&mut tray).into_iter().find(listed));
    // The first line says what the icon means; a menu that is just being made has no labels yet.
    wait_for("the headline", || {
        entries(&mut tray).iter().any(|entry| entry.starts_with("Next: Pay – ") && entry.contains(BILLER)).then_some(())
    });
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

/// The number of connections that the session bus has ever seen.
fn connections(session: &Session) -> u32 {
    let ask = ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.GetId"];
    let output = session.command("dbus-send").args(ask).output().expect("dbus-send");
    let reply = String::from_utf8(output.stdout).expect("text");
    // Each connection gets the next name: :1.17.
    let name = reply.split_once("destination=:1.").expect("our own name").1;
    name.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
}

#[test]
fn a_change_of_the_tray_opens_no_new_connection_to_the_session_bus() {
    let session = Session::start();
    let mut tray = Script::start(&session, "tray.py", &[]);
    let window = Window::open(&session, "profile");
    // Far enough ahead that no reminder comes in between, which would ask for a notification service.
    let day = in_days(14);
    let add = |title: &str| window.cli(&["call", "tasks.add", &format!(r#"{{"title": "{title}", "due": "{day}"}}"#)]);
    let add_and_see = |tray: &mut Script, title: &str| {
        add(title);
        wait_for(title, || entries(tray).iter().any(|entry| entry.contains(title)).then_some(()));
    };
    add_and_see(&mut tray, "first");
    add_and_see(&mut tray, "second");
    let before = connections(&session);
    add_and_see(&mut tray, "third");
    for (change, is_there) in [("complete", false), ("reopen", true)] {
        let task = window.cli(&["call", "tasks.list", r#"{"filter": "all"}"#])[0]["items"]
            .as_array()
            .and_then(|tasks| tasks.iter().find(|task| task["title"] == "third"))
            .expect("the third task")["id"]
            .clone();
        window.cli(&["call", &format!("tasks.{change}"), &format!(r#"{{"id": {task}}}"#)]);
        let shown = |tray: &mut Script| entries(tray).iter().any(|entry| entry.contains("third"));
        wait_for(change, || (shown(&mut tray) == is_there).then_some(()));
    }
    let new = connections(&session) - before;
    assert!(new <= 2, "{new} for three changes: this question itself, and that of the web view, which may come late");
}
