//! A newer version computes again what an older one found: behind all letters, never against a person's word, and never
//! so that a task is lost in silence.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};

use app::{App, AppEvent, EngineOptions, Parts, Profile};
use journeys::{TestApp, fact, sample, wait_for};
use serde_json::{Value, json};

use crate::pdf::{bill, pdf};
use crate::program::Program;

const FRIDAY: &str = "2026-11-20";
/// What makes all results older ones.
const OLDER: &str = "UPDATE findings SET engine_version = 'understand 1'";
/// Read by an older reader, too.
const READ_BEFORE: &str =
    "UPDATE readings SET engine_version = 'read 1, pdfium 1, tesseract 4 deu+eng, no second reader'";

/// Does to the database what an older version has left there. The store is the only room with SQL.
pub(crate) fn sql(folder: &std::path::Path, script: &str) -> Value {
    let python = "import json, sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)\n\
                  for line in sys.argv[2].split(';'): found = db.execute(line).fetchall()\n\
                  print(json.dumps(found))";
    let database = folder.join("workmate.db");
    let ran = Command::new("python3").args(["-c", python]).arg(database).arg(script).output().unwrap();
    assert!(ran.status.success(), "{script}: {}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}

fn letter(test: &TestApp, name: &str, bytes: &[u8]) -> PathBuf {
    let path = test.folder().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn bill_of(test: &TestApp, number: usize) -> Value {
    test.document(&letter(test, &format!("bill {number}.pdf"), &bill(number)))
}

fn shown(test: &TestApp, document: &Value) -> Value {
    test.call("documents.get", json!({"id": document["id"]}))
}

fn waiting(test: &TestApp) -> u64 {
    test.call("status.get", Value::Null)["to_recompute"].as_u64().unwrap()
}

/// How many documents have results of an older version.
fn older(test: &TestApp) -> u64 {
    let counted = sql(
        test.folder(),
        "SELECT count(*) FROM findings JOIN readings USING (file)
         WHERE findings.engine_version = 'understand 1' OR readings.engine_version LIKE 'read 1,%'",
    );
    counted[0][0].as_u64().unwrap()
}

/// Waits until nothing is to be computed again; so many documents keep their older results.
fn wait_until_done(test: &TestApp, still_older: u64) {
    let begun = "SELECT count(*) FROM recompute WHERE target <> 'another'";
    wait_for("the beginning", || (waiting(test) > 0 || sql(test.folder(), begun) == json!([[1]])).then_some(()));
    wait_for("what is computed again", || (waiting(test) == 0).then_some(()));
    assert_eq!(older(test), still_older, "{:?}", test.call("status.get", Value::Null)["problems"]);
}

/// Runs the engine until nothing is to be computed again.
fn compute_again(test: &TestApp) {
    let engine = test.run(EngineOptions::JOBS);
    wait_until_done(test, 0);
    drop(engine);
}

/// As if the older version had read another value, and planned by it. The document was accepted by the program.
fn had_read(test: &TestApp, document: &Value, field: &str, value: &str, instead: &str) {
    let id = document["id"].as_str().unwrap();
    sql(
        test.folder(),
        &format!(
            "UPDATE found_values SET value = replace(value, '{value}', '{instead}'), plain = replace(plain, '{value}', '{instead}')
             WHERE field = '{field}' AND findings = (SELECT number FROM findings JOIN documents USING (file) WHERE id = '{id}')"
        ),
    );
    planned_by_the_program(test, document);
}

/// Plans by what stands in the database now, and makes that the program's own deed.
pub(crate) fn planned_by_the_program(test: &TestApp, document: &Value) {
    test.call("review.accept", json!({"id": document["id"]}));
    let id = document["id"].as_str().unwrap();
    let confidence = &document["kind_confidence"];
    let own = "DELETE FROM history_documents; DELETE FROM history";
    sql(test.folder(), &format!("UPDATE documents SET kind_confidence = {confidence} WHERE id = '{id}'; {own}"));
}

fn problems(test: &TestApp) -> Vec<String> {
    let status = test.call("status.get", Value::Null);
    status["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn older_results_are_computed_again_once_and_the_window_is_told() {
    let test = TestApp::on(FRIDAY);
    let document = bill_of(&test, 1);
    had_read(&test, &document, "invoice_number", "R-2026-001", "R-2O26-OO1");
    sql(test.folder(), &format!("{OLDER}; {READ_BEFORE}"));
    assert_eq!(fact(&shown(&test, &document), "invoice_number")["value"], "R-2O26-OO1");
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    test.app.subscribe(move |event| {
        if let AppEvent::Changed(changed) = event {
            telling.lock().unwrap().extend(changed.documents.iter().map(ToString::to_string));
        }
    });
    compute_again(&test);
    let after = shown(&test, &document);
    assert_eq!(fact(&after, "invoice_number")["value"], "R-2026-001");
    assert_eq!((&after["state"], &after["tasks"][0]["due"]), (&json!("accepted"), &document["tasks"][0]["due"]));
    assert_eq!(after["title"], document["title"], "what was named after the number is");
    assert!(told.lock().unwrap().contains(&document["id"].as_str().unwrap().to_owned()));
    assert_eq!(sql(test.folder(), "SELECT count(*) FROM jobs WHERE kind = 'recompute'"), json!([[0]]));
    assert_eq!(problems(&test), Vec::<String>::new());
}

#[test]
fn where_everything_is_new_nothing_is_written() {
    let test = TestApp::on(FRIDAY);
    bill_of(&test, 1);
    // What was read with another choice about the second reader is not older.
    test.call("settings.change", json!({"key": "second_reader", "value": false}));
    bill_of(&test, 2);
    assert_eq!(waiting(&test), 0);
    let left = "SELECT (SELECT count(*) FROM recompute) + (SELECT count(*) FROM jobs WHERE kind = 'recompute')";
    assert_eq!(sql(test.folder(), left), json!([[0]]));
    assert_eq!(sql(test.folder(), "SELECT count(*) FROM job_events WHERE kind = 'recompute'"), json!([[0]]));
}

#[test]
fn held_up_with_the_backlog_new_letters_and_what_is_opened_come_all_the_same() {
    let test = TestApp::on(FRIDAY);
    let documents: Vec<Value> = (1..=3).map(|number| bill_of(&test, number)).collect();
    sql(test.folder(), OLDER);
    test.call("jobs.pause", Value::Null);
    let engine = test.run(EngineOptions::JOBS);
    bill_of_running(&test, 4);
    assert_eq!(older(&test), 3, "held up");
    test.call("documents.get", json!({"id": documents[1]["id"]}));
    wait_for("the opened one", || (older(&test) == 2).then_some(()));
    let id = documents[1]["id"].as_str().unwrap();
    let of_opened = format!("SELECT engine_version FROM findings JOIN documents USING (file) WHERE id = '{id}'");
    assert_ne!(sql(test.folder(), &of_opened), json!([["understand 1"]]));
    drop(engine);

    let test = test.restarted();
    let engine = test.run(EngineOptions::JOBS);
    bill_of_running(&test, 5);
    assert_eq!(older(&test), 2, "a restart does not let it go on");
    test.call("jobs.resume", Value::Null);
    wait_for("the others", || (older(&test) == 0 && waiting(&test) == 0).then_some(()));
    drop(engine);
}

/// Drops a letter on the window while the engine runs, and waits until it is a document.
fn bill_of_running(test: &TestApp, number: usize) {
    let path = letter(test, &format!("bill {number}.pdf"), &bill(number));
    let imported = test.app.import(&[path], domain::SourceId::Drop).unwrap();
    let file = imported[0].file.clone().unwrap();
    wait_for("the new letter", || test.app.document_of(&file).unwrap());
}

#[test]
fn the_count_of_what_waits_is_told_while_it_is_held_up() {
    let test = TestApp::on(FRIDAY);
    (1..=3).for_each(|number| drop(bill_of(&test, number)));
    sql(test.folder(), &format!("{OLDER}; {READ_BEFORE}"));
    // Held up as soon as the first ones are queued.
    let app = Arc::downgrade(&test.app);
    let seen = Arc::new(Mutex::new(0));
    let most = Arc::clone(&seen);
    test.app.subscribe(move |event| {
        if let (AppEvent::Changed(changed), Some(app)) = (event, app.upgrade())
            && changed.jobs
        {
            let status = app.dispatch("status.get", Value::Null).unwrap();
            let waits = status["to_recompute"].as_u64().unwrap();
            let mut most = most.lock().unwrap();
            *most = waits.max(*most);
            assert_eq!(status["jobs_total"], 0, "letters that are to be read are counted apart");
        }
    });
    compute_again(&test);
    assert_eq!(*seen.lock().unwrap(), 3);
}

#[test]
fn what_a_person_said_stays_whatever_is_computed_again() {
    let test = TestApp::on(FRIDAY);
    let document = bill_of(&test, 1);
    let id = &document["id"];
    had_read(&test, &document, "issue_date", "2026-11-18", "2026-11-13");
    test.call("review.correct", json!({"id": id, "field": "due_date", "value": "11.12.2026"}));
    test.call("review.correct", json!({"id": id, "field": "payment_reference", "value": null}));
    test.call("documents.edit", json!({"ids": [id], "add_tags": ["Garten"]}));
    test.call("documents.set_kind", json!({"id": id, "kind": "dunning"}));
    let task = shown(&test, &document)["tasks"][0]["id"].clone();
    test.call("tasks.step", json!({"id": task, "position": 0, "done": true}));
    test.call("tasks.postpone", json!({"id": task, "due": "2026-12-02"}));
    test.call("tasks.quick_add", json!({"line": "Hecke ansehen morgen"}));
    sql(test.folder(), &format!("{OLDER}; {READ_BEFORE}"));
    let (before, tasks) = (shown(&test, &document), test.items("tasks.list", json!({})));
    assert_eq!(fact(&before, "issue_date")["value"], "2026-11-13");
    compute_again(&test);
    let after = shown(&test, &document);
    assert_eq!(fact(&after, "issue_date")["value"], "2026-11-18", "what the program found is new");
    for said in ["state", "kind", "kind_confidence", "title", "correspondent_id"] {
        assert_eq!(after[said], before[said], "{said}");
    }
    for field in ["due_date", "payment_reference"] {
        assert_eq!(fact(&after, field)["value"], fact(&before, field)["value"], "{field}");
        assert_eq!(fact(&after, field)["origin"], fact(&before, field)["origin"], "{field}");
    }
    assert_eq!(test.call("documents.list", json!({"query": "tag:garten"}))["total"], 1);
    assert_eq!(test.items("tasks.list", json!({})), tasks);
    let undone = test.call("history.undo", Value::Null);
    assert_eq!(undone["op"], "add_task", "the newest step is the person's");
}

#[test]
fn a_task_that_would_move_stays_where_it_is_until_a_person_has_answered() {
    let test = TestApp::on(FRIDAY);
    let document = bill_of(&test, 1);
    had_read(&test, &document, "due_date", "2026-12-04", "2026-12-11");
    sql(test.folder(), OLDER);
    let before = shown(&test, &document);
    assert_eq!((&before["state"], &before["tasks"][0]["due"]), (&json!("accepted"), &json!("2026-12-11")));
    compute_again(&test);
    let asked = shown(&test, &document);
    assert_eq!(asked["state"], "review");
    assert_eq!(asked["tasks"], before["tasks"]);
    let question = json!({"doubt": "task_moves", "task": "pay", "from": "2026-12-11", "to": "2026-12-04"});
    assert_eq!(asked["doubts"], json!([question]));
    assert_eq!(test.call("review.clear", Value::Null), json!([]), "not among those about which nothing is asked");
    assert_eq!(test.call("history.undo", Value::Null), Value::Null, "it was no step of the person");

    test.call("review.accept", json!({"id": document["id"]}));
    let accepted = shown(&test, &document);
    assert_eq!((&accepted["state"], &accepted["tasks"][0]["due"]), (&json!("accepted"), &json!("2026-12-04")));
    assert_eq!((&accepted["tasks"][0]["id"], &accepted["doubts"]), (&before["tasks"][0]["id"], &json!([])));
}

#[test]
fn another_amount_and_another_account_are_asked_about() {
    let test = TestApp::on(FRIDAY);
    let (amount, account) = (bill_of(&test, 1), bill_of(&test, 2));
    had_read(&test, &amount, "amount_due", "11.00", "17.00");
    had_read(&test, &account, "iban", "DE90999503450002718281", "DE89370400440532013000");
    sql(test.folder(), OLDER);
    let before = shown(&test, &amount);
    assert_eq!(before["tasks"][0]["amount"]["amount"], "17.00");
    compute_again(&test);
    let asked = shown(&test, &amount);
    let euros = |amount| json!({"amount": amount, "currency": "EUR"});
    let question = json!({"doubt": "task_amount", "task": "pay", "from": euros("17.00"), "to": euros("11.00")});
    assert_eq!((&asked["state"], &asked["doubts"]), (&json!("review"), &json!([question])));
    assert_eq!(asked["tasks"], before["tasks"]);
    let asked = shown(&test, &account);
    assert_eq!((&asked["state"], &asked["doubts"]), (&json!("review"), &json!([{"doubt": "unsure", "field": "iban"}])));
    // The next version asks the same: nobody has answered yet.
    sql(test.folder(), &format!("{OLDER}; UPDATE recompute SET target = 'another'"));
    compute_again(&test);
    assert_eq!(shown(&test, &account)["doubts"], asked["doubts"]);
    test.call("review.accept", json!({"id": account["id"]}));
    let answered = shown(&test, &account);
    assert_eq!(fact(&answered, "iban")["origin"], "user");
    assert_eq!((&answered["state"], &answered["doubts"]), (&json!("accepted"), &json!([])));
}

/// A letter that asks for nothing, of which the older version believed that it is a bill.
fn believed_bill(test: &TestApp) -> Value {
    let bill = bill_of(test, 1);
    let lines = [
        "Musterwerk GmbH, Lindenweg 3, 12345 Eichenbruck",
        "",
        "Mara Winter",
        "",
        "Eichenbruck, 18.11.2026",
        "",
        "Unsere neuen Öffnungszeiten",
        "",
        "Sehr geehrte Frau Winter,",
        "wir haben montags bis 18 Uhr geöffnet.",
        "Mit freundlichen Grüßen",
    ];
    let document = test.document(&letter(test, "letter.pdf", &pdf(&[lines.to_vec()])));
    assert_eq!(document["tasks"], json!([]));
    let (id, of) = (document["id"].as_str().unwrap(), bill["id"].as_str().unwrap());
    let number = |id: &str| format!("(SELECT number FROM findings JOIN documents USING (file) WHERE id = '{id}')");
    sql(
        test.folder(),
        &format!(
            "UPDATE documents SET kind = 'invoice' WHERE id = '{id}';
             DELETE FROM found_values WHERE findings = {0};
             INSERT INTO found_values SELECT {0}, field, choice, value, plain, confidence, certain, origin, extractor,
                 evidence, checks FROM found_values WHERE findings = {1}",
            number(id),
            number(of)
        ),
    );
    planned_by_the_program(test, &document);
    sql(test.folder(), &format!("{OLDER} WHERE number = {}", number(id)));
    shown(test, &document)
}

/// What the one task of a document says itself, beside what is shown of the document.
fn said_of(document: &Value) -> Vec<Value> {
    assert_eq!(document["tasks"].as_array().unwrap().len(), 1);
    ["id", "kind", "title", "status", "due", "latest", "amount", "payee", "checklist", "next_reminder"]
        .map(|part| document["tasks"][0][part].clone())
        .to_vec()
}

#[test]
fn a_task_that_would_go_stays_until_a_person_has_answered() {
    let test = TestApp::on(FRIDAY);
    let before = believed_bill(&test);
    assert_eq!((&before["state"], &before["tasks"][0]["kind"]), (&json!("accepted"), &json!("pay")));
    compute_again(&test);
    let asked = shown(&test, &before);
    assert_eq!((&asked["state"], said_of(&asked)), (&json!("review"), said_of(&before)));
    assert!(asked["doubts"].as_array().unwrap().contains(&json!({"doubt": "task_goes", "task": "pay"})), "{asked}");
    test.call("review.accept", json!({"id": before["id"]}));
    assert_eq!(shown(&test, &before)["tasks"], json!([]));
    test.call("history.undo", Value::Null);
    assert_eq!(said_of(&shown(&test, &before)), said_of(&before), "and that can be taken back");
}

#[test]
fn what_was_done_stays_done_and_asks_nothing() {
    let test = TestApp::on(FRIDAY);
    let before = believed_bill(&test);
    test.call("tasks.complete", json!({"id": before["tasks"][0]["id"]}));
    compute_again(&test);
    let after = shown(&test, &before);
    assert_eq!((&after["state"], &after["doubts"]), (&json!("accepted"), &json!([])));
    assert_eq!(after["tasks"][0]["status"], "done");
}

/// As if the older version had taken a document for an advertisement, of which nothing follows.
fn believed_advertisement(test: &TestApp, document: &Value) {
    let id = document["id"].as_str().unwrap();
    sql(
        test.folder(),
        &format!(
            "UPDATE documents SET kind = 'advertisement' WHERE id = '{id}';
             UPDATE findings SET kinds = '[{{\"kind\": \"advertisement\", \"confidence\": 0.9}}]'
             WHERE file = (SELECT file FROM documents WHERE id = '{id}')"
        ),
    );
    planned_by_the_program(test, document);
    sql(test.folder(), OLDER);
    assert_eq!(shown(test, document)["tasks"], json!([]));
}

#[test]
fn a_task_that_was_overlooked_is_made() {
    let test = TestApp::on(FRIDAY);
    let document = bill_of(&test, 1);
    believed_advertisement(&test, &document);
    compute_again(&test);
    let after = shown(&test, &document);
    assert_eq!((&after["state"], &after["kind"]), (&json!("accepted"), &json!("invoice")));
    assert_eq!((&after["tasks"][0]["kind"], &after["tasks"][0]["due"]), (&json!("pay"), &document["tasks"][0]["due"]));
}

#[test]
fn a_task_that_was_overlooked_and_is_long_over_is_not_made() {
    let test = TestApp::on(FRIDAY);
    let document = bill_of(&test, 1);
    believed_advertisement(&test, &document);
    test.clock.go_to("2027-06-01T12:00:00Z");
    compute_again(&test);
    let after = shown(&test, &document);
    assert_eq!((&after["kind"], &after["state"]), (&json!("invoice"), &json!("accepted")));
    assert_eq!(after["tasks"], json!([]), "an update must not bring a wall of what is overdue");
}

#[test]
fn what_passed_as_harmless_is_asked_about_and_watched() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Steuerbescheid 2025.pdf"));
    assert_eq!(document["kind"], "tax_notice");
    believed_advertisement(&test, &document);
    compute_again(&test);
    let after = shown(&test, &document);
    assert_eq!((&after["state"], &after["kind"]), (&json!("review"), &json!("tax_notice")));
    let days = |of: &Value| of["tasks"].as_array().unwrap().iter().map(|task| task["due"].clone()).collect::<Vec<_>>();
    assert_eq!(days(&after), days(&document));
    assert!(!days(&after).is_empty());
}

#[test]
fn what_was_taken_for_alarming_is_called_harmless_by_a_person_only() {
    let test = TestApp::on(FRIDAY);
    let document = believed_bill(&test);
    let id = document["id"].as_str().unwrap();
    sql(
        test.folder(),
        &format!("UPDATE documents SET kind = 'tax_notice', state = 'review', kind_confidence = 0.7 WHERE id = '{id}'"),
    );
    let before = shown(&test, &document);
    compute_again(&test);
    let after = shown(&test, &document);
    assert_eq!((&after["state"], &after["kind"]), (&json!("review"), &json!("tax_notice")));
    assert!(said_of(&after) == said_of(&before), "{after}");
}

#[test]
fn a_letter_in_review_that_is_clear_now_is_accepted_unless_a_person_has_begun_with_it() {
    let test = TestApp::on(FRIDAY);
    let documents = [bill_of(&test, 1), bill_of(&test, 2)];
    for document in &documents {
        let id = document["id"].as_str().unwrap();
        sql(
            test.folder(),
            &format!(
                "UPDATE documents SET state = 'review' WHERE id = '{id}';
                 DELETE FROM task_steps; DELETE FROM tasks WHERE document = '{id}';
                 DELETE FROM found_values WHERE field = 'due_date'; {OLDER}"
            ),
        );
    }
    test.call("review.correct", json!({"id": documents[1]["id"], "field": "invoice_number", "value": "R-2"}));
    compute_again(&test);
    let (clear, begun) = (shown(&test, &documents[0]), shown(&test, &documents[1]));
    assert_eq!((&clear["state"], &clear["tasks"][0]["due"]), (&json!("accepted"), &documents[0]["tasks"][0]["due"]));
    let provisional = &begun["tasks"][0]["provisional"];
    assert_eq!(
        (&begun["state"], provisional),
        (&json!("review"), &json!(true)),
        "it is planned, and waits for the person"
    );
}

#[test]
fn what_cannot_be_read_again_keeps_its_results_and_says_so_once() {
    let test = TestApp::on(FRIDAY);
    let (broken, gone, whole) = (bill_of(&test, 1), bill_of(&test, 2), bill_of(&test, 3));
    sql(test.folder(), READ_BEFORE);
    let archive = |document: &Value| {
        let files = app::files_below(&test.folder().join("archive"));
        let is_it = |path: &PathBuf| path.to_string_lossy().contains(&document["file"].as_str().unwrap()[4..]);
        files.into_iter().map(Result::unwrap).find(is_it).expect("the original")
    };
    let path = archive(&broken);
    fs::remove_file(&path).unwrap();
    fs::write(&path, b"%PDF-1.4 something else").unwrap();
    fs::remove_file(archive(&gone)).unwrap();
    let before = shown(&test, &broken);
    let engine = test.run(EngineOptions::JOBS);
    wait_until_done(&test, 2);
    drop(engine);
    assert_eq!(shown(&test, &broken), before);
    assert_eq!(shown(&test, &whole)["state"], whole["state"]);
    let told = |test: &TestApp| problems(test).iter().filter(|code| *code == "not_computed_again").count();
    assert_eq!(told(&test), 1, "{:?}", problems(&test));
    assert!(!test.inbox().join("problems").exists(), "its original is no arrival");

    // Neither the next start nor the next look tries it again.
    let begun = sql(test.folder(), "SELECT count(*) FROM job_events WHERE kind = 'recompute'");
    let test = test.restarted();
    let engine = test.run(EngineOptions::JOBS);
    shown(&test, &broken);
    shown(&test, &gone);
    bill_of_running(&test, 4);
    drop(engine);
    assert_eq!(sql(test.folder(), "SELECT count(*) FROM job_events WHERE kind = 'recompute'"), begun);
    assert_eq!((told(&test), waiting(&test), older(&test)), (1, 0, 2));
}

#[test]
fn killed_in_the_middle_the_old_results_stay_and_the_next_start_goes_on() {
    let program = Program::new();
    let scan = sample("Scan Fitnessvertrag.pdf");
    let imported = program.run(&["import", "--wait", scan.to_str().unwrap()]);
    assert_eq!(imported.code, Some(0), "{imported:?}");
    let folder = program.folder();
    let facts = "SELECT field, plain FROM found_values ORDER BY field, choice";
    let before = sql(folder, facts);
    sql(folder, &format!("{OLDER}; {READ_BEFORE}; UPDATE found_values SET plain = 'old' WHERE field = 'seller_name'"));
    let older_facts = sql(folder, facts);
    let look = App::open(Profile::locate(Some(folder)).unwrap(), Parts::real()).unwrap();
    let waits = || look.dispatch("status.get", Value::Null).unwrap()["to_recompute"].as_u64().unwrap();
    let working = program.start_blindly(&["watch"]);
    wait_for("the work", || (waits() == 1).then_some(()));
    drop(working);
    assert_eq!(sql(folder, facts), older_facts, "all of the new results or none");
    let again = program.start_blindly(&["watch"]);
    wait_for("the new results", || (sql(folder, facts) == before).then_some(()));
    wait_for("the end of the work", || {
        (sql(folder, "SELECT count(*) FROM jobs WHERE kind = 'recompute'") == json!([[0]])).then_some(())
    });
    drop(again);
}
