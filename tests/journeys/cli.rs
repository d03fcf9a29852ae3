//! The command line as scripts use it: data on standard output, messages on standard error, three exit codes.

use std::collections::BTreeSet;
use std::fs;

use journeys::{fixture, sample, samples, wait_for};
use serde_json::{Value, json};

use crate::pdf::bill;
use crate::program::{Program, Ran};

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn inspect(arguments: &[&str]) -> Ran {
    Program::new().run(&[&["inspect", "--json"], arguments].concat())
}

#[test]
fn inspect_says_in_one_line_what_a_letter_is_and_what_it_states() {
    let letter = sample("Mahnung Buchhandlung.pdf");
    let lines = inspect(&[letter.to_str().unwrap()]).lines();
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    let expected = [
        "file",
        "mime_type",
        "pages",
        "text_origin",
        "language",
        "doc_type",
        "doc_type_confidence",
        "fields",
        "problems",
        "elapsed_ms",
    ];
    assert_eq!(keys(line), BTreeSet::from(expected));
    assert_eq!(line["file"], json!(letter), "as given");
    assert_eq!((&line["mime_type"], &line["pages"]), (&json!("application/pdf"), &json!(1)));
    assert_eq!(
        (&line["text_origin"], &line["language"], &line["doc_type"]),
        (&json!("embedded"), &json!("de"), &json!("dunning"))
    );
    assert_eq!(keys(&line["elapsed_ms"]), BTreeSet::from(["read", "understand"]));
    for (name, field) in line["fields"].as_object().unwrap() {
        assert_eq!(keys(field), BTreeSet::from(["value", "confidence", "certain", "origin", "page", "box"]), "{name}");
    }
    let amount = &line["fields"]["amount_due"];
    assert_eq!((&amount["value"], &amount["origin"], &amount["page"]), (&json!("49.30"), &json!("text"), &json!(1)));
    let rect: Vec<f64> = amount["box"].as_array().unwrap().iter().map(|side| side.as_f64().unwrap()).collect();
    assert!(rect.len() == 4 && rect.iter().all(|side| (0.0..=1.0).contains(side)), "{rect:?}");
    assert_eq!(line["fields"]["iban"]["value"], "DE14999504560003141592");
}

#[test]
fn inspect_adds_text_and_plan_when_asked_and_leaves_the_data_inside_out_when_asked() {
    let letter = sample("Rechnung Malerarbeiten.pdf");
    let plan = ["--text", "--plan", "--today", "2026-11-20", "--land", "BY"];
    let line = inspect(&[&[letter.to_str().unwrap()], plan.as_slice()].concat()).lines().remove(0);
    assert!(line["text"].as_str().unwrap().contains("Wände streichen"));
    let expected = ["task_kind", "title", "amount", "due_safe", "due_latest", "rule", "why"];
    assert_eq!(keys(&line["plan"][0]), BTreeSet::from(expected));
    assert_eq!((&line["plan"][0]["task_kind"], &line["plan"][0]["due_safe"]), (&json!("pay"), &json!("2026-12-18")));
    assert_eq!(line["fields"]["amount_due"]["origin"], "xml");
    let items = line["fields"]["line_items"]["value"].as_array().unwrap();
    assert_eq!(keys(&items[0]), BTreeSet::from(["description", "quantity", "unit", "unit_price", "amount"]));
    assert_eq!(line["fields"]["skonto"]["value"][0]["percent"], "2.00");

    let line = inspect(&[letter.to_str().unwrap(), "--no-xml"]).lines().remove(0);
    assert_eq!(line["fields"]["amount_due"]["value"], "850.85", "the page says so, too");
    assert!(line["fields"].as_object().unwrap().values().all(|field| field["origin"] != "xml"));
    assert_eq!((line.get("text"), line.get("plan")), (None, None));
}

#[test]
fn a_file_that_cannot_be_read_has_its_line_and_the_run_goes_on() {
    let (bad, folder) = (fixture("unreadable/password.pdf"), fixture("household"));
    let gone = folder.join("gone.pdf");
    let base = fixture("");
    let ran = inspect(&[
        bad.to_str().unwrap(),
        gone.to_str().unwrap(),
        folder.to_str().unwrap(),
        "--relative-to",
        base.to_str().unwrap(),
        "--jobs",
        "2",
    ]);
    assert_eq!(ran.code, Some(1));
    let lines = ran.lines();
    assert_eq!(keys(&lines[0]), BTreeSet::from(["file", "error"]));
    assert_eq!(
        (&lines[0]["file"], &lines[0]["error"]["code"]),
        (&json!("unreadable/password.pdf"), &json!("password"))
    );
    assert!(lines[0]["error"]["message"].as_str().unwrap().contains("password.pdf"));
    assert_eq!(lines[1]["error"]["code"], "unreadable");
    let rest: Vec<&str> = lines[2..].iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!(rest.len(), 7);
    assert!(rest.is_sorted() && rest.iter().all(|file| file.starts_with("household/")), "{rest:?}");
    assert!(lines[2..].iter().all(|line| line["doc_type"].is_string()));
}

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
    assert_eq!(keys(&lines[0]), BTreeSet::from(["path", "outcome", "file", "document", "code", "message"]));
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
        state => assert_eq!((state, tasks, reminders), (Some("old_post"), vec![], vec![])),
    }
    let table = program.run(&["documents"]);
    assert!(table.stdout.contains("Bücherstube Morgenrot") && table.stdout.contains("49.30 EUR"), "{}", table.stdout);

    let again = program.run(&["import", "--wait", letter.to_str().unwrap()]);
    assert_eq!(again.code, Some(0));
    assert!(again.stdout.starts_with(documents[0]["id"].as_str().unwrap()), "{}", again.stdout);
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

    let second = program.run(&["watch"]);
    assert_eq!(second.code, Some(1));
    assert!(second.stderr.contains(&pid) && second.stderr.contains("watch"), "{}", second.stderr);
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

#[test]
fn the_samples_of_the_program_are_read_from_their_folder() {
    let ran = inspect(&[samples().to_str().unwrap(), "--relative-to", samples().to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let origins: Vec<_> = ran.lines().iter().map(|line| line["text_origin"].clone()).collect();
    assert_eq!(origins.iter().filter(|origin| *origin == "ocr").count(), 2, "two of the eight are scans: {origins:?}");
}
