//! Several processes on one profile: which of them runs it, and which takes over when that one ends or crashes.

use std::fs;
use std::sync::{Arc, Mutex};

use app::{AppEvent, EngineOptions, Parts, Profile, Roles, RunBy, Supervisor};
use journeys::letter::letter_pdf;
use journeys::{TestApp, sample, wait_for};
use serde_json::{Value, json};

use crate::pdf::bill;
use crate::program::{Program, Running};
use crate::reminding::Recorder;

const FRIDAY: &str = "2026-11-20";

/// An import that reads for this profile, and is held up in the middle of it.
fn held_import(program: &Program) -> Running {
    let folder = program.folder().join("old letters");
    fs::create_dir(&folder).unwrap();
    for number in 0..40 {
        let line = format!("Brief Nummer {number}");
        fs::write(folder.join(format!("{number}.pdf")), letter_pdf(&[&line])).unwrap();
    }
    let import = program.start_blindly(&["import", "--wait", folder.to_str().unwrap()]);
    // While files are taken in, nobody else opens the profile.
    wait_for("the profile", || (program.run(&["documents"]).code == Some(0)).then_some(()));
    wait_for("the import to have taken all in", || {
        let filed = program.json(&["call", "documents.list", "{}"])[0]["total"].as_u64().unwrap();
        let status = status(program);
        (filed + status["jobs_total"].as_u64().unwrap() >= 40).then_some(())
    });
    assert_eq!(engine(program)["kind"], "import");
    hold(program, &import);
    import
}

/// Holds a process up at a moment at which it is not writing.
fn hold(program: &Program, process: &Running) {
    let write = ["call", "settings.change", r#"{"key": "told_about_tray", "value": true}"#];
    wait_for("a moment between two writes", || {
        process.signal("STOP");
        let is_free = program.run(&write).code == Some(0);
        if !is_free {
            process.signal("CONT");
        }
        is_free.then_some(())
    });
}

fn status(program: &Program) -> Value {
    program.json(&["call", "status.get"]).remove(0)
}

fn engine(program: &Program) -> Value {
    status(program)["engine"].clone()
}

#[test]
fn a_watch_reminds_beside_an_import_and_reads_when_that_ends() {
    let program = Program::new();
    let import = held_import(&program);
    let watch = program.start(&["watch"], "Watching");
    assert!(watch.printed().contains(&import.pid().to_string()), "{}", watch.printed());
    let status = status(&program);
    assert_eq!(status["engine"], json!({"by": "elsewhere", "pid": import.pid(), "kind": "import"}));
    assert_eq!(status["reminders"], json!({"by": "elsewhere", "pid": watch.pid(), "kind": "watch"}));

    import.signal("CONT");
    wait_for("the watch to take over", || (engine(&program)["pid"] == watch.pid()).then_some(()));
    wait_for("the inbox folder", || program.inbox().is_dir().then_some(()));
    fs::write(program.inbox().join("new.pdf"), bill(1)).unwrap();
    wait_for("the letter", || {
        program.json(&["documents", "--json"]).iter().any(|one| one["title"] != Value::Null).then_some(())
    });
    wait_for("the inbox folder to be empty", || (!program.inbox().join("new.pdf").exists()).then_some(()));
    assert_eq!(watch.terminate().code(), Some(0));
}

#[test]
fn a_watch_takes_over_from_one_that_was_killed() {
    let program = Program::new();
    let first = program.start(&["watch"], "Watching");
    let second = program.start(&["watch"], "Watching");
    assert_eq!(engine(&program)["pid"], first.pid());
    first.signal("KILL");
    wait_for("the second one to take over", || {
        let status = status(&program);
        (status["engine"]["pid"] == second.pid() && status["reminders"]["pid"] == second.pid()).then_some(())
    });
}

#[test]
fn an_import_goes_on_by_itself_when_the_process_that_reads_for_it_dies() {
    let program = Program::new();
    let watch = program.start(&["watch"], "Watching");
    hold(&program, &watch);
    let letter = sample("Mahnung Buchhandlung.pdf");
    let import = program.start_blindly(&["import", "--wait", letter.to_str().unwrap()]);
    wait_for("the letter to wait", || (status(&program)["jobs"].as_array().unwrap().len() == 1).then_some(()));
    watch.signal("KILL");
    assert_eq!(import.ended().code(), Some(0));
    assert_eq!(program.json(&["documents", "--json"]).len(), 1);
}

#[test]
fn who_waits_says_so_and_tells_when_it_has_taken_over() {
    let test = TestApp::on(FRIDAY);
    let first = test.run(EngineOptions::ALL);
    let profile = Profile::locate(Some(test.folder())).unwrap();
    let other = app::App::open(profile, Parts { channels: Vec::new(), ..Parts::real() }).unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hearing = Arc::clone(&heard);
    other.subscribe(move |event| {
        if let AppEvent::Roles(roles) = event {
            hearing.lock().unwrap().push(roles.clone());
        }
    });
    let second = Supervisor::start(&other, "watch", EngineOptions::ALL).unwrap();
    let status = || other.dispatch("status.get", Value::Null).unwrap();
    assert_eq!((&status()["engine"]["kind"], &status()["takes_over"]), (&json!("test"), &json!(true)));
    assert_eq!(test.call("status.get", Value::Null)["takes_over"], false);

    drop(first);
    wait_for("the take-over", || {
        let status = status();
        (status["engine"]["by"] == "here" && status["reminders"]["by"] == "here").then_some(())
    });
    assert_eq!(status()["takes_over"], false);
    // Each role is told of when it is taken; the word about the last one may come after the status.
    let whole = Roles { engine: RunBy::Here, reminders: RunBy::Here, takes_over: false };
    wait_for("the word about both", || (heard.lock().unwrap().last() == Some(&whole)).then_some(()));
    drop(second);
    assert_eq!(status()["engine"], json!({"by": "nobody"}));
}

#[test]
fn reminders_come_while_another_process_only_imports() {
    let test = TestApp::on(FRIDAY);
    let _import = test.run(EngineOptions::JOBS);
    let channel = Recorder::new("first");
    let parts =
        Parts { channels: vec![channel], clock: Arc::clone(&test.clock) as Arc<dyn domain::Clock>, ..Parts::real() };
    let other = app::App::open(Profile::locate(Some(test.folder())).unwrap(), parts).unwrap();
    let task = test.call("tasks.add", json!({"title": "call Kim"}))["id"].clone();
    test.call("reminders.snooze", json!({"task": task, "until": "fifteen_minutes"}));
    test.clock.go_to("2026-11-20T12:30:00Z");
    let _watch = Supervisor::start(&other, "watch", EngineOptions::ALL).unwrap();
    wait_for("the reminder", || (!channel.shown().is_empty()).then_some(()));
    assert_eq!(other.dispatch("status.get", Value::Null).unwrap()["engine"]["by"], "elsewhere");
}
