//! Answers first: a letter has its results from the first reader, and doubtful words are read again afterwards.

use app::EngineOptions;
use journeys::{TestApp, fact, fixture, wait_for};
use serde_json::{Value, json};

use crate::recompute::{planned_by_the_program, sql};

/// The day before the letter's last day to pay.
const DAY: &str = "2025-11-10";
const SCAN: &str = "letters/d04-scan.pdf";

/// The scan with its first results, as a program leaves it that ended before the second reading.
fn looked_at(test: &TestApp) -> Value {
    test.call("settings.change", json!({"key": "second_reader", "value": false}));
    let document = test.document(&fixture(SCAN));
    test.call("settings.change", json!({"key": "second_reader", "value": true}));
    let (file, payload) = (document["file"].as_str().unwrap(), json!({"pages": [{"number": 1, "lines": []}]}));
    sql(
        test.folder(),
        &format!(
            "UPDATE readings SET engine_version = replace(engine_version, 'no second reader', 'second reader later');
             INSERT INTO jobs (id, kind, subject, payload, state, foreground, run_after, at)
             VALUES ('00000000-0000-4000-8000-000000000001', 'second_reading', '{file}', '{payload}', 'queued', 0, '',
                     '2025-11-10T12:00:00Z')"
        ),
    );
    shown(test, &document)
}

fn shown(test: &TestApp, document: &Value) -> Value {
    test.call("documents.get", json!({"id": document["id"]}))
}

fn waiting(test: &TestApp) -> u64 {
    test.call("status.get", Value::Null)["second_readings"].as_u64().unwrap()
}

fn words(test: &TestApp, document: &Value) -> String {
    let words = test.call("documents.words", json!({"id": document["id"], "page": 1}));
    words.as_array().unwrap().iter().map(|word| word["text"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

fn read_again(test: &TestApp) {
    let engine = test.run(EngineOptions::JOBS);
    wait_for("the second reading", || (waiting(test) == 0).then_some(()));
    drop(engine);
}

fn pay(document: &Value) -> &Value {
    document["tasks"].as_array().unwrap().iter().find(|task| task["kind"] == "pay").unwrap()
}

/// As if the first reader had read another sum, by which the program has planned.
fn misread(test: &TestApp, document: &Value) -> Value {
    sql(
        test.folder(),
        "UPDATE found_values SET value = replace(value, '705.08', '105.08'), plain = replace(plain, '705.08', '105.08')",
    );
    planned_by_the_program(test, document);
    let misread = shown(test, document);
    assert_eq!(pay(&misread)["amount"]["amount"], "105.08");
    misread
}

#[test]
fn doubtful_words_are_read_again_after_a_restart_and_all_is_as_if_both_had_read_at_once() {
    let at_once = TestApp::on(DAY);
    let whole = at_once.document(&fixture(SCAN));
    assert_eq!(
        (&whole["second_reading"], waiting(&at_once)),
        (&json!(false), 0),
        "whoever waits for it gets all of it"
    );
    let test = TestApp::on(DAY);
    let first = looked_at(&test);
    assert_eq!((&first["second_reading"], waiting(&test)), (&json!(true), 1));
    assert_ne!(words(&test, &first), words(&at_once, &whole), "it is read well at once, so this proves nothing");
    let test = test.restarted();
    read_again(&test);
    let after = shown(&test, &first);
    assert_eq!(words(&test, &after), words(&at_once, &whole));
    for field in ["title", "kind", "state", "correspondent", "amount", "due_date", "second_reading", "problems"] {
        assert_eq!(after[field], whole[field], "{field}");
    }
    assert_eq!(pay(&after)["id"], pay(&first)["id"], "it is the same task");
    let left = "SELECT (SELECT count(*) FROM jobs WHERE kind = 'second_reading')
                       + (SELECT count(*) FROM readings WHERE engine_version LIKE '%later')";
    assert_eq!(sql(test.folder(), left), json!([[0]]));
}

#[test]
fn what_the_first_reader_got_wrong_is_right_before_anybody_relies_on_it() {
    let test = TestApp::on(DAY);
    let before = misread(&test, &looked_at(&test));
    read_again(&test);
    let after = shown(&test, &before);
    assert_eq!((&pay(&after)["amount"]["amount"], &pay(&after)["id"]), (&json!("705.08"), &pay(&before)["id"]));
    assert_eq!(fact(&after, "amount_due")["value"], "705.08");
}

#[test]
fn a_task_that_a_person_has_moved_stays_until_they_are_asked() {
    let test = TestApp::on(DAY);
    let before = misread(&test, &looked_at(&test));
    test.call("tasks.postpone", json!({"id": pay(&before)["id"], "due": "2025-11-12"}));
    read_again(&test);
    let after = shown(&test, &before);
    assert_eq!((&after["state"], &pay(&after)["amount"]["amount"]), (&json!("review"), &json!("105.08")));
    let doubts: Vec<&Value> = after["doubts"].as_array().unwrap().iter().map(|doubt| &doubt["doubt"]).collect();
    assert!(doubts.contains(&&json!("task_amount")), "{doubts:?}");
}

#[test]
fn what_a_person_looks_at_comes_first() {
    let test = TestApp::on(DAY);
    let first = looked_at(&test);
    test.call("jobs.pause", Value::Null);
    let engine = test.run(EngineOptions::JOBS);
    let before = words(&test, &first);
    assert_eq!(waiting(&test), 1, "what is in the background waits");
    shown(&test, &first);
    wait_for("the second reading of lines that matter", || {
        (shown(&test, &first)["second_reading"] == false).then_some(())
    });
    assert_ne!(words(&test, &first), before);
    drop(engine);
}

#[test]
fn who_does_not_want_the_second_reader_any_more_keeps_what_the_first_one_read() {
    let test = TestApp::on(DAY);
    let first = looked_at(&test);
    let before = words(&test, &first);
    test.call("settings.change", json!({"key": "second_reader", "value": false}));
    read_again(&test);
    assert_eq!((words(&test, &first), &shown(&test, &first)["problems"]), (before, &json!([])));
}

#[test]
fn a_second_reading_that_fails_leaves_the_first_and_says_so() {
    let test = TestApp::on(DAY);
    let first = looked_at(&test);
    // The original is lost.
    let file = first["file"].as_str().unwrap();
    let original = walk(&test.folder().join("archive")).into_iter().find(|path| path.to_string_lossy().contains(file));
    std::fs::remove_file(original.unwrap()).unwrap();
    read_again(&test);
    let after = shown(&test, &first);
    assert_eq!((pay(&after), words(&test, &after)), (pay(&first), words(&test, &first)));
    let codes: Vec<&Value> = after["problems"].as_array().unwrap().iter().map(|problem| &problem["code"]).collect();
    assert_eq!(codes, [&json!("second_reader_failed")]);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
