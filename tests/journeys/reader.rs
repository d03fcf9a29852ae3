//! Files that end the program that reads them, files in files, and the backlog.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::{App, EngineOptions, Parts, Profile, RandomIds, Supervisor};
use domain::SourceId;
use journeys::{TestApp, TestClock, process, sample, wait_for};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A reader that is killed as long as there is a file `deadly` beside it, and otherwise reads.
fn mortal_reader(folder: &Path) -> PathBuf {
    let program = folder.join("reader");
    let reader = process::program("workmate-cli");
    let script = format!(
        "#!/bin/bash\nif [ -e '{}' ]; then kill -KILL $$; fi\nexec '{}' \"$@\"\n",
        folder.join("deadly").display(),
        reader.display()
    );
    fs::write(&program, script).expect("writes");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    program
}

fn problems(app: &App) -> Vec<Value> {
    let status = app.dispatch("status.get", Value::Null).expect("a status");
    status["problems"].as_array().expect("problems").clone()
}

#[test]
fn a_file_that_ends_its_reader_twice_is_left_alone_and_can_be_tried_again() {
    let folder = TempDir::new().expect("a folder");
    let parts = Parts {
        clock: TestClock::at("2026-11-20"),
        ids: Arc::new(RandomIds),
        reader: Some(mortal_reader(folder.path())),
        ..Parts::real()
    };
    let profile = Profile::locate(Some(&folder.path().join("profile"))).expect("a profile");
    let app = App::open(profile, parts).expect("opens");
    let _engine = Supervisor::start(&app, "test", EngineOptions::JOBS).expect("threads");
    fs::write(folder.path().join("deadly"), "").expect("writes");
    let letter = sample("Stadtwerke Jahresrechnung.pdf");
    app.import(std::slice::from_ref(&letter), SourceId::Drop).expect("taken in");
    let problem = wait_for("the quarantine", || problems(&app).into_iter().find(|p| p["code"] == "quarantined"));
    assert!(problem["name"].as_str().is_some_and(|name| name.contains("Stadtwerke")), "its name is shown: {problem}");

    fs::remove_file(folder.path().join("deadly")).expect("removed");
    let retried = app.dispatch("problems.retry", json!({"id": problem["id"]})).expect("tried again");
    assert_eq!(retried, json!(1));
    wait_for("the document", || {
        let list = app.dispatch("documents.list", json!({})).expect("a list");
        (list["total"] == json!(1)).then_some(())
    });
    assert_eq!(problems(&app), Vec::<Value>::new());
}

#[test]
fn letters_in_an_archive_become_documents_that_know_each_other_and_the_archive_is_kept() {
    let test = TestApp::on("2026-11-20");
    let letters = [sample("Stadtwerke Jahresrechnung.pdf"), journeys::fixture("letters/d14.pdf")];
    let zip = test.folder().join("post.zip");
    let zipped = std::process::Command::new("python3")
        .args(["-c", "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1], 'w')\nfor f in sys.argv[2:]: z.write(f, f.split('/')[-1])"])
        .arg(&zip)
        .args(&letters)
        .status();
    assert!(zipped.expect("python").success());
    let imported = test.import(std::slice::from_ref(&zip));
    let engine = test.watch();
    let list = wait_for("two documents", || {
        let list = test.call("documents.list", json!({}));
        (list["total"] == json!(2)).then_some(list)
    });
    drop(engine);
    let ids: Vec<&Value> = list["items"].as_array().expect("items").iter().map(|row| &row["id"]).collect();
    let first = test.call("documents.get", json!({"id": ids[0]}));
    assert_eq!(first["came_with"], json!([ids[1]]));
    assert_eq!(first["arrivals"][0]["source"], "import");
    let archive = imported[0].file.clone().expect("the archive was taken in");
    let (start, _) = archive.as_str().split_at(2);
    let kept = fs::read(test.folder().join("archive").join(start).join(archive.as_str())).expect("kept");
    assert_eq!(kept, fs::read(&zip).expect("reads"), "as it came");
}

#[test]
fn the_backlog_can_be_held_up_and_called_off_while_single_letters_are_read() {
    let test = TestApp::on("2026-11-20");
    let folder = test.folder().join("many");
    fs::create_dir(&folder).expect("a folder");
    let bytes = fs::read(journeys::fixture("letters/d14.pdf")).expect("reads");
    for number in 0..12 {
        // The same letter in other bytes.
        fs::write(folder.join(format!("{number}.pdf")), [&bytes[..], format!("% {number}\n").as_bytes()].concat())
            .expect("writes");
    }
    test.call("jobs.pause", Value::Null);
    test.app.import(&[folder], SourceId::Drop).expect("taken in");
    let engine = test.watch();
    test.app.import(&[sample("Stadtwerke Jahresrechnung.pdf")], SourceId::Drop).expect("taken in");
    let total = || test.call("documents.list", json!({}))["total"].clone();
    wait_for("the single letter", || (total() == json!(1)).then_some(()));
    let status = test.call("status.get", Value::Null);
    assert_eq!((status["jobs"].as_array().map(Vec::len), &status["backlog_paused"]), (Some(12), &json!(true)));

    assert_eq!(test.call("jobs.cancel", json!({})), json!(12));
    let problem = wait_for("the problem", || problems(&test.app).into_iter().find(|p| p["code"] == "cancelled"));
    assert_eq!(problem["name"], "12 files");
    test.call("jobs.resume", Value::Null);
    assert_eq!(total(), json!(1), "what was called off is not begun by itself");
    assert_eq!(test.call("problems.retry", json!({"id": problem["id"]})), json!(12));
    wait_for("all letters", || (total() == json!(13)).then_some(()));
    drop(engine);
}

#[test]
fn a_searchable_pdf_is_derived_and_the_separator_sheet_can_be_printed() {
    let test = TestApp::on("2026-11-20");
    let document = test.document(&journeys::fixture("letters/d04-scan.pdf"));
    let derived = test.call("documents.searchable_pdf", json!({"id": document["id"]}));
    let path = derived["path"].as_str().expect("a path");
    let text = std::process::Command::new("pdftotext").args([path, "-"]).output().expect("pdftotext").stdout;
    assert!(String::from_utf8_lossy(&text).contains("Zahlungserinnerung"));
    let sheet = test.call("files.separator_page", Value::Null);
    assert!(fs::read(sheet["path"].as_str().expect("a path")).expect("a file").starts_with(b"%PDF-"));
}
