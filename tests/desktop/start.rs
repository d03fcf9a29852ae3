//! The first start, and a second one.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus};

use journeys::process::{Process, program};
use journeys::session::Session;
use journeys::window::Window;
use journeys::{sample, wait_for};

#[test]
fn the_first_start_shows_a_calm_today_with_a_way_to_add_a_document() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    window.see("Add document…");
    window.see("Let’s begin with one letter.");
    assert_eq!(window.run("return document.querySelectorAll('article').length", &[]), 0);
    assert_eq!(window.run("return document.documentElement.lang", &[]), "en");
}

#[test]
fn a_second_start_brings_the_window_of_its_own_profile_up() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    window.see("Add document…");
    let minimize = ["search", "--onlyvisible", "--name", "^Workmate Private$", "windowminimize"];
    assert!(session.command("xdotool").args(minimize).status().expect("xdotool").success());
    wait_for("the window to be minimized", || (session.visible_windows() == 0).then_some(()));

    let mut second = session.workmate(window.profile()).spawn().expect("a second start");
    let ended = wait_for("the second start to end", || second.try_wait().expect("its state"));
    assert!(ExitStatus::success(&ended), "{ended}");
    wait_for("the window to come up", || (session.visible_windows() == 1).then_some(()));

    let _other = Process::start(&mut session.workmate(&session.folder().join("other profile")));
    wait_for("the window of another profile beside it", || (session.visible_windows() == 2).then_some(()));
}

#[test]
fn a_link_leads_to_its_task_in_the_window_that_is_there() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    window.see("Add document…");
    let task = window.cli(&["call", "tasks.add", r#"{"title": "call Kim"}"#]).remove(0)["id"].clone();
    let id = task.as_str().expect("the id of the task");
    let mut second = session.workmate(window.profile()).arg(format!("workmate://task/{id}")).spawn().expect("a start");
    let ended = wait_for("the second start to end", || second.try_wait().expect("its state"));
    assert!(ExitStatus::success(&ended), "{ended}");
    wait_for("the task", || (window.run("return location.hash", &[]) == format!("#/tasks/{id}")).then_some(()));
    window.see("call Kim");
}

/// Makes a profile with a letter: what only looks makes none.
fn make_profile(session: &Session, profile: &Path) {
    let letter = sample("Invoice English lessons.pdf");
    session.cli(profile, &["import", letter.to_str().expect("a path of text"), "--wait"]);
}

/// Starts the program where it cannot start, until a window says so under this title; then does `then`.
fn see_why(session: &Session, title: &str, command: &mut Command) -> Process {
    let program = Process::start(command);
    wait_for(title, || session.shows(title).then_some(()));
    assert_eq!(session.visible_windows(), 0, "and no empty window beside it");
    program
}

/// Presses a key in the window of this title until that window has gone: it may be visible before it takes keys.
fn press(session: &Session, title: &str, key: &str) {
    let windows = session.windows(title);
    let window = windows.first().expect("a window to press it in");
    wait_for("the window to take the key", || {
        let keys = ["windowactivate", window, "key", key];
        let pressed = session.command("xdotool").args(keys).output().expect("xdotool");
        let is_there = session.windows(title).contains(window);
        (!is_there).then_some(pressed)
    });
}

fn sql(database: &Path, statement: &str) {
    let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()";
    assert!(
        Command::new("python3").args(["-c", script]).arg(database).arg(statement).status().expect("python").success()
    );
}

#[test]
fn a_profile_that_cannot_be_opened_says_why_in_a_window_and_can_be_tried_again() {
    let session = Session::start();
    let profile = session.folder().join("profile");
    fs::write(&profile, "a file in the place of the folder").expect("a file");
    let title = "Workmate could not start";
    let mut running = see_why(&session, title, &mut session.workmate(&profile));

    press(&session, title, "Return");
    // Another window: the first one has gone.
    wait_for("it to be tried again", || session.shows(title).then_some(()));
    assert!(running.is_running());
    fs::rename(&profile, session.folder().join("notes")).expect("moved away");
    press(&session, title, "Return");
    wait_for("the window", || (session.visible_windows() == 1).then_some(()));
    assert!(!session.shows(title));
}

#[test]
fn data_of_a_newer_program_are_explained_in_the_persons_language_and_quitting_is_a_failure() {
    let session = Session::start();
    let profile = session.folder().join("profile");
    make_profile(&session, &profile);
    sql(
        &profile.join("workmate.db"),
        "INSERT INTO refinery_schema_history
         SELECT 9999, 'future', applied_on, checksum FROM refinery_schema_history LIMIT 1",
    );
    let title = "Workmate konnte nicht starten";
    let mut running = see_why(&session, title, session.workmate(&profile).env("LC_ALL", "de_DE.UTF-8"));
    press(&session, title, "Escape");
    let ended = wait_for("the program to end", || running.ended());
    assert_eq!(ended.code(), Some(1));
}

#[test]
fn a_damaged_database_and_an_archive_in_the_way_are_said_in_a_window() {
    let session = Session::start();
    let title = "Workmate could not start";
    let damaged = session.folder().join("damaged");
    make_profile(&session, &damaged);
    fs::write(damaged.join("workmate.db"), "no database any more ".repeat(1000)).expect("damage");
    // Where the log is still there it holds every page of this small database, and SQLite takes them from it.
    for log in ["workmate.db-wal", "workmate.db-shm"].map(|name| damaged.join(name)).iter().filter(|log| log.exists()) {
        fs::remove_file(log).expect("the log is gone as well");
    }
    drop(see_why(&session, title, &mut session.workmate(&damaged)));
    wait_for("the first one to go", || (!session.shows(title)).then_some(()));

    let blocked = session.folder().join("blocked");
    fs::create_dir(&blocked).expect("a folder");
    fs::write(blocked.join("archive"), "in the way").expect("a file");
    drop(see_why(&session, title, &mut session.workmate(&blocked)));
}

#[test]
fn a_full_disk_and_a_folder_without_rights_are_said_in_a_window() {
    let session = Session::start();
    let title = "Workmate could not start";
    for options in ["size=64k", "ro"] {
        let folder = session.folder().join(options);
        fs::create_dir(&folder).expect("a folder");
        let script = format!(
            "mount -t tmpfs -o {options} none '{}' && exec '{}' --profile '{0}/profile'",
            folder.display(),
            program("workmate").display()
        );
        drop(see_why(&session, title, session.command("unshare").args(["-rm", "sh", "-c", &script])));
        wait_for("it to go", || (!session.shows(title)).then_some(()));
    }
}
