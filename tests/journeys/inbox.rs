//! The inbox folder: a file laid into it is taken once it lies still, and nothing that lies in it is ever lost.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use journeys::{TestApp, fixture, sample, wait_for};
use serde_json::{Value, json};

use crate::pdf::bill;

const FRIDAY: &str = "2026-11-20";

fn inbox() -> (TestApp, PathBuf) {
    let test = TestApp::on(FRIDAY);
    let folder = test.inbox();
    fs::create_dir_all(&folder).unwrap();
    (test, folder)
}

fn documents(test: &TestApp) -> Vec<Value> {
    test.call("documents.list", json!({}))["items"].as_array().unwrap().clone()
}

/// Waits until there are `count` documents, and nothing is left to do.
fn wait_for_documents(test: &TestApp, count: usize) -> Vec<Value> {
    wait_for("the documents", || {
        let idle = test.call("status.get", Value::Null)["jobs"] == json!([]);
        Some(documents(test)).filter(|documents| idle && documents.len() == count)
    })
}

/// Names of what lies in a folder, folders left out.
fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let files = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let mut names: Vec<String> = files.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_letter_laid_into_the_folder_becomes_a_document_with_its_task_and_leaves_the_folder() {
    let (test, folder) = inbox();
    let _engine = test.watch();
    fs::copy(sample("Mahnung Buchhandlung.pdf"), folder.join("Scan 1.pdf")).unwrap();
    let document = wait_for_documents(&test, 1).remove(0);
    assert_eq!(document["kind"], "dunning");
    assert_eq!(test.items("tasks.list", json!({}))[0]["document"], document["id"]);
    wait_for("the folder to be empty", || names_in(&folder).is_empty().then_some(()));

    // The same bytes again, under another name: noted, and gone from the folder.
    fs::copy(sample("Mahnung Buchhandlung.pdf"), folder.join("Scan 2.pdf")).unwrap();
    wait_for("the folder to be empty again", || names_in(&folder).is_empty().then_some(()));
    let document = test.call("documents.get", json!({"id": document["id"]}));
    let arrivals = document["arrivals"].as_array().unwrap();
    let arrivals: Vec<_> = arrivals.iter().map(|one| (one["source"].as_str(), one["name"].as_str())).collect();
    assert_eq!(arrivals, [(Some("inbox"), Some("Scan 1.pdf")), (Some("inbox"), Some("Scan 2.pdf"))]);
    assert_eq!((documents(&test).len(), test.items("tasks.list", json!({})).as_array().unwrap().len()), (1, 1));
}

#[test]
fn what_lay_there_before_the_start_and_in_folders_inside_is_taken_too() {
    let (test, folder) = inbox();
    fs::create_dir(folder.join("November")).unwrap();
    fs::write(folder.join("one.pdf"), bill(1)).unwrap();
    fs::write(folder.join("November/two.pdf"), bill(2)).unwrap();
    let _engine = test.watch();
    wait_for_documents(&test, 2);
}

#[test]
fn what_cannot_be_read_is_put_aside_with_its_reason_and_the_next_letter_is_taken() {
    let (test, folder) = inbox();
    let cut_off = bill(1)[..600].to_vec();
    let unreadable = [
        ("cut off.pdf", cut_off, "damaged", "Get or scan it again"),
        ("empty.pdf", Vec::new(), "empty", "Scan or save it again"),
        ("prices.xlsx", fs::read(fixture("unreadable/prices.xlsx")).unwrap(), "unsupported", "print it to PDF"),
        ("notes.pdf", b"Milch, Brot, Butter\n".to_vec(), "not_what_it_says", "plain text"),
        ("password.pdf", fs::read(fixture("unreadable/password.pdf")).unwrap(), "password", "Type the password"),
    ];
    for (name, bytes, ..) in &unreadable {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let _engine = test.watch();
    let problems = wait_for("all of them to be problems", || {
        let problems = test.call("status.get", Value::Null)["problems"].as_array().unwrap().clone();
        (problems.len() == unreadable.len() && names_in(&folder).is_empty()).then_some(problems)
    });
    for (name, bytes, code, way_out) in &unreadable {
        let problem = problems.iter().find(|problem| problem["name"] == *name).unwrap();
        let message = problem["message"].as_str().unwrap();
        assert_eq!(problem["code"], *code, "{name}");
        assert!(message.contains(name) && message.contains(way_out), "{message}");
        let aside = folder.join("Problems").join(name);
        assert_eq!(fs::read(&aside).unwrap(), *bytes, "{name} is whole");
        assert_eq!(problem["path"], json!(aside), "{name} can be found");
        let why = fs::read_to_string(folder.join(format!("Problems/{name}.txt"))).unwrap();
        assert!(why.contains(message), "{why}");
    }
    assert_eq!(names_in(&folder.join("Problems")).len(), 2 * unreadable.len());

    fs::write(folder.join("good.pdf"), bill(2)).unwrap();
    wait_for_documents(&test, 1);
    test.call("problems.dismiss", json!({"id": problems[0]["id"]}));
    assert_eq!(test.call("status.get", Value::Null)["problems"].as_array().unwrap().len(), unreadable.len() - 1);
}

#[test]
fn a_scanner_that_writes_with_pauses_yields_one_whole_letter() {
    let (test, folder) = inbox();
    let _engine = test.watch();
    let letter = fs::read(sample("Stadtwerke Jahresrechnung.pdf")).unwrap();
    for piece in letter.chunks(letter.len() / 3 + 1) {
        let mut file = OpenOptions::new().create(true).append(true).open(folder.join("scan.pdf")).unwrap();
        file.write_all(piece).unwrap();
        drop(file);
        // The scanner's pause: longer than a whole file has to lie still.
        thread::sleep(Duration::from_millis(1500));
    }
    let document = wait_for_documents(&test, 1).remove(0);
    assert_eq!(document["amount"]["amount"], "77.70");
    assert_eq!(test.call("status.get", Value::Null)["problems"], json!([]));
}

#[test]
fn unfinished_and_hidden_files_are_left_alone_until_they_get_their_name() {
    let (test, folder) = inbox();
    let names = [".hidden.pdf", "download.pdf.crdownload", "letter.pdf.part", "letter.tmp", "~$letter.docx"];
    for (number, name) in names.iter().enumerate() {
        fs::write(folder.join(name), bill(number)).unwrap();
    }
    let _engine = test.watch();
    fs::write(folder.join("good.pdf"), bill(99)).unwrap();
    wait_for_documents(&test, 1);
    assert_eq!(names_in(&folder), names);
    // The download is complete: the browser gives the file its name.
    fs::rename(folder.join("letter.pdf.part"), folder.join("letter.pdf")).unwrap();
    wait_for_documents(&test, 2);
    assert_eq!(names_in(&folder).len(), names.len() - 1);
}

#[test]
fn originals_that_are_to_stay_stay_and_are_taken_once() {
    let (test, folder) = inbox();
    test.call("settings.change", json!({"key": "keep_originals", "value": true}));
    let engine = test.watch();
    fs::write(folder.join("one.pdf"), bill(1)).unwrap();
    fs::write(folder.join("notes.pdf"), "no PDF").unwrap();
    wait_for_documents(&test, 1);
    wait_for("the problem's copy", || folder.join("Problems/notes.pdf.txt").exists().then_some(()));
    drop(engine);

    let test = test.restarted();
    let _engine = test.watch();
    fs::write(folder.join("two.pdf"), bill(2)).unwrap();
    for document in wait_for_documents(&test, 2) {
        let document = test.call("documents.get", json!({"id": document["id"]}));
        assert_eq!(document["arrivals"].as_array().unwrap().len(), 1, "{document}");
    }
    assert_eq!(names_in(&folder), ["notes.pdf", "one.pdf", "two.pdf"]);
    assert_eq!(names_in(&folder.join("Problems")), ["notes.pdf", "notes.pdf.txt"]);
}

#[test]
fn another_inbox_folder_counts_from_the_moment_it_is_set() {
    let (test, folder) = inbox();
    let _engine = test.watch();
    let other = test.folder().join("Scanner");
    fs::create_dir(&other).unwrap();
    test.call("settings.change", json!({"key": "inbox_folder", "value": other}));
    fs::write(other.join("one.pdf"), bill(1)).unwrap();
    wait_for_documents(&test, 1);
    fs::write(folder.join("two.pdf"), bill(2)).unwrap();
    fs::write(other.join("three.pdf"), bill(3)).unwrap();
    wait_for_documents(&test, 2);
    assert_eq!(names_in(&folder), ["two.pdf"], "nobody looks there any more");
}

#[test]
fn an_engine_that_is_let_go_at_once_ends() {
    let test = TestApp::on("2026-11-20");
    // Its threads may be anywhere between their start and their first sleep.
    for _ in 0..100 {
        drop(test.watch());
    }
}
