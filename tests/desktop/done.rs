//! Tasks are done and undone by a click.

use std::fs;

use journeys::letter::{BILLER, bill, in_days};
use journeys::session::Session;
use journeys::window::Window;

#[test]
fn a_task_that_was_done_comes_back_by_undo() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    fs::write(window.inbox().join("bill.pdf"), bill(1, in_days(5))).expect("a bill in the inbox folder");
    window.go("tasks");
    window.click("Done");
    window.see(&format!("{BILLER}: done."));
    window.see("No open tasks.");
    assert_eq!(window.cli(&["tasks", "--all"])[0]["status"], "done");

    window.click("Undo");
    window.see("Done");
    assert_eq!(window.cli(&["tasks", "--all"])[0]["status"], "open");
}
