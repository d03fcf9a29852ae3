//! An action that is repeated happens once: a double click, Done–Reopen–Done, two windows, two processes at the same
//! time.

use std::sync::{Arc, Barrier};
use std::thread;

use app::{App, Parts, Profile};
use journeys::TestApp;
use serde_json::{Value, json};

const WEEKLY: &str = "Müll rausbringen jeden Donnerstag 19 Uhr";

fn quick(test: &TestApp, line: &str) -> Value {
    test.call("tasks.quick_add", json!({"line": line}))["task"].clone()
}

/// The days of the open tasks.
fn open_days(test: &TestApp) -> Vec<String> {
    let tasks = test.items("tasks.list", json!({}));
    tasks.as_array().expect("a list").iter().map(|task| task["due"].as_str().expect("a day").to_owned()).collect()
}

#[test]
fn a_task_that_is_done_twice_comes_again_once() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, WEEKLY);
    for _ in 0..3 {
        test.call("tasks.complete", json!({"id": task["id"]}));
    }
    assert_eq!(open_days(&test), ["2026-12-03"]);
}

#[test]
fn a_task_that_is_done_reopened_and_done_again_comes_again_once() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, WEEKLY);
    for _ in 0..2 {
        test.call("tasks.complete", json!({"id": task["id"]}));
        test.call("tasks.reopen", json!({"id": task["id"]}));
        test.call("tasks.reopen", json!({"id": task["id"]}));
    }
    test.call("tasks.complete", json!({"id": task["id"]}));
    assert_eq!(open_days(&test), ["2026-12-03"]);
}

#[test]
fn what_was_said_first_about_a_task_that_is_done_twice_stays_and_is_one_step_of_undo() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, "Einspruch Dienstag");
    test.call("tasks.complete", json!({"id": task["id"], "how": "sent"}));
    let again = test.call("tasks.complete", json!({"id": task["id"], "how": "called"}));
    assert_eq!(again["done_how"], "sent");
    assert_eq!(test.call("history.undo", Value::Null)["op"], "complete_task");
    assert_eq!(test.call("tasks.get", json!({"id": task["id"]}))["status"], "open", "one undo takes it all back");
}

#[test]
fn two_programs_that_complete_the_same_task_at_once_make_one_next_occurrence() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, WEEKLY);
    let parts = || Parts { clock: test.clock.clone(), ..Parts::real() };
    let open = || App::open(Profile::locate(Some(test.folder())).expect("a profile"), parts()).expect("it opens");
    let (start, id) = (Arc::new(Barrier::new(4)), task["id"].clone());
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (app, start, id) = (open(), Arc::clone(&start), id.clone());
            thread::spawn(move || {
                start.wait();
                app.dispatch("tasks.complete", json!({"id": id})).expect("saying it again is no failure");
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
    assert_eq!(open_days(&test), ["2026-12-03"]);
}

#[test]
fn a_bill_that_is_paid_twice_has_one_payment_and_comes_again_once() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, "Miete überweisen 650 € jeden 1.");
    assert_eq!(task["amount"]["amount"], "650");
    for _ in 0..2 {
        test.call("tasks.pay", json!({"id": task["id"]}));
    }
    let payment = test.call("tasks.payment", json!({"id": task["id"]}));
    assert_eq!(payment["payments"].as_array().map(Vec::len), Some(1));
    assert_eq!(open_days(&test), ["2027-01-01"]);
}

#[test]
fn an_occurrence_that_is_left_out_twice_is_left_out_once() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, WEEKLY);
    for _ in 0..2 {
        test.call("tasks.skip", json!({"id": task["id"], "due": task["due"]}));
    }
    assert_eq!(open_days(&test), ["2026-12-03"], "the second press was about the one that is gone");
}
