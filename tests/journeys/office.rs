//! Office documents and pictures of phones, by the program as it is installed.

use std::fs;

use journeys::{answers, fixture};
use serde_json::{Value, json};

use crate::kill::files_below;
use crate::program::Program;

#[test]
fn an_office_document_becomes_a_letter_with_its_task_and_is_kept_as_it_came() {
    let program = Program::new();
    for (name, documents) in [("letter.docx", 1), ("letter.odt", 2)] {
        let letter = fixture(format!("formats/{name}"));
        let ran = program.run(&["import", "--wait", "--json", letter.to_str().unwrap()]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let all = program.json(&["documents", "--json"]);
        assert_eq!(all.len(), documents, "{all:?}");
        for document in &all {
            assert_eq!((&document["kind"], &document["amount"]["amount"]), (&json!("invoice"), &json!("148.75")));
        }
    }
    let letter = fixture("formats/letter.docx");
    let again = program.run(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    assert_eq!(answers(&again.stdout)[0]["outcome"], "duplicate");
    let to_pay = program.json(&["tasks", "--all", "--json"]);
    let to_pay: Vec<&Value> = to_pay.iter().filter(|task| task["kind"] == "pay").collect();
    assert!(to_pay.iter().all(|task| task["amount"]["amount"] == "148.75"), "{to_pay:?}");
    let kept = files_below(program.folder());
    assert!(
        kept.values().any(|bytes| *bytes == fs::read(&letter).unwrap()),
        "the office document itself is in the archive"
    );
}

#[test]
fn without_libre_office_one_is_told_the_way_out_and_nothing_is_lost() {
    let (program, folder) = (Program::new(), tempfile::tempdir().unwrap());
    let letter = folder.path().join("Brief.docx");
    fs::copy(fixture("formats/letter.docx"), &letter).unwrap();
    let mut command = program.command(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    let ran = command.env("PATH", folder.path()).output().unwrap();
    let answer = answers(&String::from_utf8(ran.stdout).unwrap()).remove(0);
    assert_eq!((ran.status.code(), &answer["code"]), (Some(1), &json!("unsupported")));
    let message = answer["message"].as_str().unwrap();
    assert!(message.contains("Brief.docx") && message.contains("print it to PDF"), "{message}");
    assert!(letter.exists());
    // Installed meanwhile: the same file again.
    let ran = program.run(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn a_picture_of_a_phone_is_read_and_looked_at_as_the_office_document_in_it_is() {
    let program = Program::new();
    let heic = fixture("formats/letter.heic");
    let inspected = program.json(&["inspect", "--json", heic.to_str().unwrap()]).remove(0);
    assert_eq!((&inspected["mime_type"], &inspected["text_origin"]), (&json!("image/heic"), &json!("ocr")));
    assert_eq!(inspected["doc_type"], "receipt");
    let office = fixture("formats/letter.docx");
    let inspected = program.json(&["inspect", "--json", office.to_str().unwrap()]).remove(0);
    assert_eq!(inspected["fields"]["iban"]["value"], "DE89370400440532013000");
    assert!(inspected["mime_type"].as_str().unwrap().ends_with("wordprocessingml.document"));
}
