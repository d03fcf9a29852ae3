//! An original in the archive is damaged, missing or unreadable: its job ends with a clear problem, no message claims
//! that it is safe, and every other letter is read.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use domain::SourceId;
use journeys::{TestApp, wait_for};
use serde_json::{Value, json};

use crate::pdf::bill;

const FRIDAY: &str = "2026-11-20";

/// A letter from the inbox folder is in the archive, but not read yet, when `harm` changes its original.
fn read_after(harm: impl FnOnce(&Path)) -> Value {
    let test = TestApp::on(FRIDAY);
    let path = test.folder().join("letter.pdf");
    fs::write(&path, bill(1)).unwrap();
    let taken = test.app.import(&[path], SourceId::Inbox).unwrap();
    let file = taken[0].file.clone().unwrap();
    let (folder, _) = file.as_str().split_at(2);
    let original = test.folder().join("archive").join(folder).join(file.as_str());
    assert!(original.is_file());
    harm(&original);
    let good = test.folder().join("good.pdf");
    fs::write(&good, bill(2)).unwrap();
    test.app.import(&[good], SourceId::Drop).unwrap();

    let _engine = test.watch();
    wait_for("no job to be open", || (test.call("status.get", Value::Null)["jobs"] == json!([])).then_some(()));
    assert_eq!(test.call("documents.list", json!({}))["total"], 1, "the other letter is read");
    let problems = test.call("status.get", Value::Null)["problems"].clone();
    let about = problems.as_array().unwrap().iter().find(|one| one["name"] == "letter.pdf");
    let problem = about.unwrap_or_else(|| panic!("nothing is said: {problems}")).clone();
    let message = problem["message"].as_str().unwrap();
    assert!(message.contains(original.to_str().unwrap()) && message.contains("Please"), "{message}");
    assert!(!message.contains("safe") && !message.contains("whole"), "{message}");
    problem
}

#[test]
fn a_damaged_original_ends_its_job_with_a_problem() {
    let problem = read_after(|original| {
        let mut bytes = fs::read(original).unwrap();
        bytes[20] ^= 1;
        fs::remove_file(original).unwrap();
        fs::write(original, bytes).unwrap();
    });
    assert_eq!(problem["code"], "original_damaged");
}

#[test]
fn an_empty_original_ends_its_job_with_a_problem() {
    let problem = read_after(|original| {
        fs::remove_file(original).unwrap();
        fs::write(original, "").unwrap();
    });
    assert_eq!(problem["code"], "original_damaged");
}

#[test]
fn a_missing_original_ends_its_job_with_a_problem() {
    let problem = read_after(|original| fs::remove_file(original).unwrap());
    assert_eq!(problem["code"], "original_damaged");
}

#[test]
fn a_folder_in_the_place_of_an_original_ends_its_job_with_a_problem() {
    let problem = read_after(|original| {
        fs::remove_file(original).unwrap();
        fs::create_dir(original).unwrap();
    });
    assert_eq!(problem["code"], "original_damaged");
}

#[test]
fn an_original_that_cannot_be_opened_ends_its_job_with_a_problem() {
    // A link that leads to itself cannot be opened by anybody, whatever the rights.
    let problem = read_after(|original| {
        fs::remove_file(original).unwrap();
        symlink(original, original).unwrap();
    });
    assert_eq!(problem["code"], "original_damaged");
}

#[test]
fn whatever_lies_in_the_archive_the_engine_starts() {
    let test = TestApp::on(FRIDAY);
    let name = "ab".repeat(32);
    let folder = test.folder().join("archive/ab");
    fs::create_dir_all(folder.join(&name)).unwrap();
    fs::create_dir_all(test.folder().join("archive/left over.part")).unwrap();
    fs::write(folder.join("cd".repeat(32)), "not what its name says").unwrap();
    let path = test.folder().join("letter.pdf");
    fs::write(&path, bill(1)).unwrap();
    let document = test.document(&path);
    assert_eq!(document["problems"], json!([]));
    let problems = test.call("status.get", Value::Null)["problems"].to_string();
    assert!(problems.contains(&name) && problems.contains("original_damaged"), "{problems}");
}
