//! Whatever comes in: one clear message that names the file and the way out, the original stays, the program goes on.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use app::{ImportOutcome, Imported};
use journeys::corpus::{sets, truth};
use journeys::process::under;
use journeys::unprivileged::ran_bound_by_permissions;
use journeys::{TestApp, fixture, sample, wait_for};
use serde_json::{Value, json};

use crate::pdf::{bill, pdf};
use crate::program::Program;

const FRIDAY: &str = "2026-11-20";

/// One message, with the file's name and something to do.
fn assert_clear(one: &Imported, way_out: &str) {
    let name = Path::new(&one.path).file_name().unwrap().to_str().unwrap();
    let message = one.message.as_deref().unwrap_or_else(|| panic!("nobody says what is wrong with {name}"));
    assert!(message.contains(name) && message.contains(way_out), "{message}");
}

#[test]
fn a_pdf_of_four_hundred_pages_is_read_to_its_end() {
    let test = TestApp::on(FRIDAY);
    let mut pages: Vec<Vec<String>> = (1..=400)
        .map(|page| {
            vec![format!("Jahresbericht, Seite {page}"), "Vorwort, Zahlen und ein langer Rest des Textes.".to_owned()]
        })
        .collect();
    pages[399].push("Schlusswort Kanarienvogel".to_owned());
    let report = test.folder().join("report.pdf");
    fs::write(&report, pdf(&pages)).unwrap();
    let document = test.document(&report);
    assert_eq!((&document["page_count"], &document["problems"]), (&json!(400), &json!([])));
    assert_eq!(
        test.call("documents.list", json!({"query": "Kanarienvogel"}))["total"],
        1,
        "the last page is read, too"
    );
}

#[test]
fn a_picture_of_a_hundred_megapixels_is_refused_by_its_size() {
    let test = TestApp::on(FRIDAY);
    let picture = fixture("unreadable/100-megapixels.png");
    let imported = test.import(&[picture.clone(), sample("Mahnung Buchhandlung.pdf")]);
    assert_clear(&imported[0], "100 megapixels, at most 80 megapixels. Save it smaller");
    assert!(imported[1].document.is_some(), "the next file is read");
    let problems = test.call("status.get", Value::Null)["problems"].clone();
    assert_eq!((problems.as_array().unwrap().len(), &problems[0]["path"]), (1, &json!(picture)));
}

#[test]
fn a_file_that_is_not_there_any_more_stops_no_other() {
    let test = TestApp::on(FRIDAY);
    let imported = test.import(&[test.folder().join("gone.pdf"), sample("Mahnung Buchhandlung.pdf")]);
    assert_eq!(imported[0].outcome, ImportOutcome::Refused);
    assert_clear(&imported[0], "Please check that it is there");
    assert!(imported[1].document.is_some());
}

#[test]
fn a_file_that_vanishes_from_the_inbox_folder_is_no_problem_and_one_taken_before_is_safe() {
    let test = TestApp::on(FRIDAY);
    let inbox = test.inbox();
    fs::create_dir_all(&inbox).unwrap();
    let engine = test.watch();
    // A moment after it appeared and before it has lain still.
    fs::write(inbox.join("gone.pdf"), bill(1)).unwrap();
    fs::remove_file(inbox.join("gone.pdf")).unwrap();
    fs::write(inbox.join("stays.pdf"), bill(2)).unwrap();
    wait_for("the letter that stayed", || (test.call("documents.list", json!({}))["total"] == 1).then_some(()));
    assert_eq!(test.call("status.get", Value::Null)["problems"], json!([]));
    drop(engine);

    let letter = test.folder().join("letter.pdf");
    fs::write(&letter, bill(3)).unwrap();
    let queued = test.call("files.import", json!({"paths": [letter]}));
    fs::remove_file(&letter).unwrap();
    let _engine = test.watch();
    wait_for("the letter that is in the archive", || {
        let documents = test.call("documents.list", json!({}));
        (documents["total"] == 2 && queued[0]["outcome"] == "taken").then_some(())
    });
}

#[test]
fn a_folder_without_permission_is_named_and_the_others_are_read() {
    if ran_bound_by_permissions("bad_input::a_folder_without_permission_is_named_and_the_others_are_read") {
        return;
    }
    let test = TestApp::on(FRIDAY);
    let closed = test.folder().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
    let imported = test.import(&[closed.clone(), sample("Mahnung Buchhandlung.pdf")]);
    fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
    assert_clear(&imported[0], "may be read");
    assert!(imported[1].document.is_some());
}

#[test]
fn where_the_archive_cannot_be_written_the_letter_waits_in_the_inbox_folder() {
    let file = {
        let elsewhere = TestApp::on(FRIDAY);
        elsewhere.document(&sample("Mahnung Buchhandlung.pdf"))["file"].as_str().unwrap().to_owned()
    };
    let test = TestApp::on(FRIDAY);
    let in_the_way = test.folder().join("archive").join(&file[..2]);
    fs::write(&in_the_way, "a file where a folder should be").unwrap();
    let inbox = test.inbox();
    fs::create_dir_all(&inbox).unwrap();
    let letter = inbox.join("Mahnung.pdf");
    fs::copy(sample("Mahnung Buchhandlung.pdf"), &letter).unwrap();
    let engine = test.watch();
    let problem = wait_for("the problem", || test.call("status.get", Value::Null)["problems"].get(0).cloned());
    let message = problem["message"].as_str().unwrap();
    assert!(message.contains("Mahnung.pdf") && message.contains(in_the_way.to_str().unwrap()), "{message}");
    wait_for("the letter lies in the inbox folder", || letter.exists().then_some(()));
    drop(engine);

    // Somebody makes room while the program is closed: the letter is taken, and the message goes.
    fs::remove_file(&in_the_way).unwrap();
    let _engine = test.watch();
    wait_for("the letter", || {
        let is_there = test.call("documents.list", json!({}))["total"] == 1 && !letter.exists();
        (is_there && test.call("status.get", Value::Null)["problems"] == json!([])).then_some(())
    });
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_original_and_no_half_file() {
    let program = Program::new();
    program.make_profile();
    let letter = program.folder().join("large.pdf");
    let mut bytes = bill(1);
    let end = bytes.split_off(bytes.len() - 7);
    bytes.extend(b"%".iter().chain([b' '; 3_000_000].iter()).chain(b"\n"));
    bytes.extend(&end);
    fs::write(&letter, &bytes).unwrap();

    let importing = program.command(&["import", "--json", letter.to_str().unwrap()]);
    // Two megabytes are the most that this process may write into a file; more is an error, as on a full disk.
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 4096; exec \"$@\"", "sh"]);
    let ran = under(limited, &importing).output().unwrap();
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("archive") && stderr.contains("Please"), "{stderr}");
    assert_eq!(fs::read(&letter).unwrap(), bytes);
    let left: Vec<_> =
        fs::read_dir(program.folder().join("archive")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(left.iter().all(|path| path.is_dir()), "{left:?}");

    let again = program.json(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    assert!(again[0]["document"].is_string(), "with room it is read: {again:?}");
}

#[test]
fn hostile_files_crash_nothing_and_each_is_read_or_says_why_not() {
    for folder in sets("hostile") {
        let test = TestApp::on(FRIDAY);
        let rows = truth(&folder);
        let files: Vec<_> = rows.iter().map(|row| folder.join(row["file"].as_str().unwrap())).collect();
        let imported = test.import(&files);
        assert!(files.len() > 40 && imported.len() == files.len(), "{} of {}", imported.len(), files.len());
        let problems = test.call("status.get", Value::Null)["problems"].as_array().unwrap().clone();
        for (one, row) in imported.iter().zip(&rows) {
            // What is in an archive becomes documents, the archive itself does not.
            let is_archive = row["outcome"] == "read 0";
            let of_it = problems.iter().filter(|problem| problem["path"] == one.path.as_str()).count();
            if one.document.is_none() && !is_archive {
                assert_clear(one, ".");
                assert_eq!(of_it, usize::from(one.file.is_some()), "one problem for {}, no more", one.path);
            }
        }
        assert!(test.document(&sample("Mahnung Buchhandlung.pdf"))["id"].is_string(), "the program goes on");
    }
}
