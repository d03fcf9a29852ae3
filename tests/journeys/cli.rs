//! The command line as scripts use it: data on standard output, messages on standard error, three exit codes.

use std::collections::BTreeSet;
use std::fs;

use journeys::{fixture, sample, wait_for};
use serde_json::{Value, json};

use crate::pdf::bill;
use crate::program::Program;

#[test]
fn wrong_usage_is_told_apart_from_failure() {
    let program = Program::new();
    let wrong: &[&[&str]] = &[
        &[],
        &["inspect"],
        &["inspect", "--today", "2026-11-20", "x.pdf"],
        &["inspect", "--plan", "--today", "tomorrow", "x.pdf"],
        &["inspect", "--plan", "--land", "XX", "x.pdf"],
        &["import"],
        &["frobnicate"],
    ];
    for arguments in wrong {
        let ran = program.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.stderr.contains("help"), "{arguments:?}: {}", ran.stderr);
    }
    assert_eq!(fs::read_dir(program.folder()).unwrap().count(), 0, "nothing is made for a wrong word");
}

#[test]
fn import_waits_and_the_lists_show_what_came_of_it() {
    let program = Program::new();
    let (letter, bad) = (sample("Mahnung Buchhandlung.pdf"), fixture("unreadable/letter.docx"));
    let ran = program.run(&["import", "--wait", "--json", letter.to_str().unwrap(), bad.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1), "one could not be read");
    let lines = ran.lines();
    let keys: BTreeSet<&str> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["path", "outcome", "file", "document", "code", "message"]));
    assert_eq!((&lines[0]["outcome"], &lines[1]["outcome"]), (&json!("taken"), &json!("refused")));
    assert_eq!((&lines[1]["code"], &lines[1]["file"]), (&json!("unsupported"), &Value::Null));
    assert!(ran.stderr.contains("letter.docx"), "{}", ran.stderr);
    assert!(letter.exists() && bad.exists(), "files stay where they are");

    let documents = program.json(&["documents", "--json"]);
    assert_eq!((documents.len(), &documents[0]["id"]), (1, &lines[0]["document"]));
    // The clock is the real one: by now the letter may be old post.
    let tasks = program.json(&["tasks", "--all", "--json"]);
    let reminders = program.json(&["reminders", "--json"]);
    match documents[0]["state"].as_str() {
        Some("accepted") => {
            assert_eq!((&tasks[0]["document"], &reminders[0]["task"]), (&documents[0]["id"], &tasks[0]["id"]))
        }
        state => assert_eq!((state, tasks, reminders), (Some("stale"), vec![], vec![])),
    }
    let table = program.run(&["documents"]);
    assert!(table.stdout.contains("Bücherstube Morgenrot") && table.stdout.contains("49.30 EUR"), "{}", table.stdout);

    let again = program.run(&["import", "--wait", letter.to_str().unwrap()]);
    assert_eq!(again.code, Some(0));
    assert!(again.stdout.starts_with(documents[0]["id"].as_str().unwrap()), "{}", again.stdout);
}

#[test]
fn an_archive_that_was_taken_apart_is_said_and_is_no_failure() {
    let program = Program::new();
    let folder = tempfile::tempdir().unwrap();
    let zip = folder.path().join("post.zip");
    let script = "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w').write(sys.argv[2], 'letter.pdf')";
    let letter = sample("Mahnung Buchhandlung.pdf");
    let zipped = std::process::Command::new("python3").args(["-c", script]).args([&zip, &letter]).status();
    assert!(zipped.expect("python").success());
    let ran = program.run(&["import", "--wait", zip.to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.split_whitespace().next()), (Some(0), Some("unpacked")), "{}", ran.stderr);
}

#[test]
fn call_runs_any_command_of_the_list() {
    let program = Program::new();
    let list = program.run(&["call"]).stdout;
    assert!(app::COMMANDS.iter().all(|command| list.contains(command.name())), "{list}");
    assert_eq!(program.json(&["call", "documents.list", r#"{"limit": 3}"#]), [json!({"items": [], "total": 0})]);
    assert_eq!(
        program.json(&["call", "documents.list"]),
        [json!({"items": [], "total": 0})],
        "what may be left out may"
    );
    program.json(&["call", "settings.change", r#"{"key": "land", "value": "BY"}"#]);
    assert_eq!(program.json(&["call", "settings.get"])[0]["land"], "BY");
    for (arguments, code) in [
        (["call", "documents.burn", "null"], "unknown_command"),
        (["call", "settings.change", r#"{"key": "land", "value": "XX"}"#], "bad_input"),
        (["call", "documents.list", r#"{"limit": "#], "bad_input"),
        (["call", "documents.get", "null"], "bad_input"),
    ] {
        let ran = program.run(&arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}");
        assert!(!ran.stderr.is_empty());
        assert_eq!(ran.lines()[0]["error"]["code"], code, "{arguments:?}");
    }
}

#[test]
fn one_process_watches_and_others_work_on_the_same_profile() {
    let program = Program::new();
    let watch = program.start(&["watch"], "Watching");
    let pid = watch.pid().to_string();

    let second = program.start(&["watch"], "Watching");
    let said = second.printed();
    assert!(said.contains(&pid) && said.contains("takes over"), "{said}");
    assert_eq!(second.terminate().code(), Some(0), "one that waits ends as well");
    let status = program.json(&["call", "status.get"]).remove(0);
    assert_eq!(status["engine"], json!({"by": "elsewhere", "pid": watch.pid(), "kind": "watch"}));

    // Another process only queues: the one that watches is woken, and reads.
    let letter = program.folder().join("letter.pdf");
    fs::write(&letter, bill(1)).unwrap();
    let queued = program.json(&["import", "--json", letter.to_str().unwrap()]).remove(0);
    assert_eq!((&queued["outcome"], &queued["document"]), (&json!("taken"), &Value::Null));
    wait_for("the document", || program.json(&["documents", "--json"]).pop());
    let waited = program.json(&["import", "--wait", "--json", sample("Invoice English lessons.pdf").to_str().unwrap()]);
    assert!(waited[0]["document"].is_string());
    fs::write(program.inbox().join("laid in.pdf"), bill(2)).unwrap();
    wait_for("the third document", || (program.json(&["documents", "--json"]).len() == 3).then_some(()));

    let ended = watch.terminate();
    assert_eq!(ended.code(), Some(0), "asked to end, it ends well");
    assert_eq!(program.json(&["call", "status.get"])[0]["engine"], json!({"by": "nobody"}));
    let third = program.start(&["watch"], "Watching");
    assert_eq!(third.terminate().code(), Some(0));
}
