//! The first start, and a second one.

use std::process::ExitStatus;

use journeys::process::Process;
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;

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
