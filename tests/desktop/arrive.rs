//! The ways of a letter into the window.

use std::fs;
use std::path::PathBuf;

use journeys::letter::{BILLER, bill, in_days};
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;
use serde_json::json;

/// A bill in a folder of the person's own, under a name with a space and an umlaut.
fn bill_outside(session: &Session) -> PathBuf {
    let path = session.folder().join("Rechnung für Hecke.pdf");
    fs::write(&path, bill(1, in_days(5))).expect("a bill");
    path
}

fn see_the_task(window: &Window<'_>) {
    window.see(BILLER);
    window.see("142.80");
    window.see("Done");
}

#[test]
fn a_file_in_the_inbox_folder_becomes_a_task_while_one_looks_on() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    window.see("Let’s begin with one letter.");
    fs::write(window.inbox().join("bill.pdf"), bill(1, in_days(5))).expect("a bill in the inbox folder");
    see_the_task(&window);
    wait_for("the inbox folder to be empty", || (!window.inbox().join("bill.pdf").exists()).then_some(()));
}

#[test]
fn a_file_dragged_onto_the_window_becomes_a_task() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    window.see("Let’s begin with one letter.");

    let path = bill_outside(&session);
    let _source = window.drag(&path);
    window.let_go();
    see_the_task(&window);
    assert!(path.exists(), "what is dropped stays where it is");
}

#[test]
fn files_opened_with_the_program_become_tasks_and_what_cannot_be_read_says_why() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    window.see("Let’s begin with one letter.");

    let empty = session.folder().join("empty.pdf");
    fs::write(&empty, "").expect("an empty file");
    let bill = bill_outside(&session);
    let opened = session.workmate(window.profile()).args([&bill, &empty]).status().expect("a second start");
    assert!(opened.success(), "{opened}");
    see_the_task(&window);
    window.see("empty.pdf was not taken in");

    let import = json!({"name": "files.import", "input": {"paths": [bill]}});
    let again = window.run_async("return window.__TAURI_INTERNALS__.invoke('rpc', arguments[0])", &[import]);
    assert_eq!(again["output"][0]["outcome"], "duplicate");
}
