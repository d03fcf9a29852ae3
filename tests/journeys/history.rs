//! The history says who changed what, when, from what to what; and it shows when what was recorded was changed.

use std::path::Path;
use std::process::Command;

use journeys::{TestApp, fixture, sample};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::cli;

const WORDS: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

/// Steps with what they changed, the newest first.
fn steps(test: &TestApp, document: &Value) -> Vec<Value> {
    let list = test.call("history.list", json!({"document": document, "with_changes": true}));
    list.as_array().unwrap().clone()
}

/// A step in one line: who, what, and each value as `of value: old → new`.
fn said(step: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    let changes = step["changes"].as_array().unwrap().iter();
    changes
        .map(|change| {
            let [of, value, old, new] = ["of", "value", "old", "new"].map(|part| text(&change[part]));
            format!("{} {of} {value}: {old} → {new}", step["by"]["kind"].as_str().unwrap())
        })
        .collect()
}

fn by_hand(profile: &Path, sql: &str) {
    let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()";
    let done = Command::new("python3").args(["-c", script]).arg(profile.join("workmate.db")).arg(sql).status();
    assert!(done.expect("python3").success());
}

#[test]
fn each_change_of_a_letter_says_who_when_and_from_what_to_what() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    let (id, task) = (&bill["id"], &bill["tasks"][0]["id"]);
    test.clock.go_to("2026-11-21T09:00:00Z");
    test.call("review.correct", json!({"id": id, "field": "amount_due", "value": "12,00"}));
    test.call("documents.edit", json!({"ids": [id], "add_tags": ["Schule"]}));
    test.call("documents.write_note", json!({"id": id, "note": "angerufen"}));
    test.call("tasks.postpone", json!({"id": task, "due": "2026-12-24"}));
    // Another program, with a key.
    let made = test.call("keys.add", json!({"name": "Kalender", "scope": "write"}));
    let admitted = test.app.admit(made["secret"].as_str().unwrap()).unwrap().unwrap();
    test.app.respond_to(&admitted, "documents.trash", json!({"id": id})).unwrap();
    test.call("history.undo", Value::Null);

    let found = steps(&test, id);
    let ops: Vec<&str> = found.iter().map(|step| step["op"].as_str().unwrap()).collect();
    let expected =
        ["undo", "trash_document", "postpone_task", "write_note", "tag_documents", "correct_fact", "file_document"];
    assert_eq!(ops, expected);
    assert!(found[5]["at"].as_str().unwrap().starts_with("2026-11-21T09:00"));
    let (trashed, undone) = (said(&found[1]), said(&found[0]));
    assert!(trashed[0].starts_with("key document trashed_at: – → 2026-11-21T09:00"), "{trashed:?}");
    assert_eq!(found[1]["by_name"], "Kalender");
    // Undo takes back the person's own newest step: the day of the task.
    let moved = said(&found[2]);
    let day = |lines: &[String]| lines.iter().find(|line| line.contains("task due: ")).cloned().unwrap();
    let (there, back) = (day(&moved), day(&undone));
    let ends = |line: &str| {
        line.rsplit_once(": ").and_then(|(_, ends)| ends.split_once(" → ")).map(|(a, b)| [a.to_owned(), b.to_owned()])
    };
    let ([from, to], [back_from, back_to]) = (ends(&there).unwrap(), ends(&back).unwrap());
    assert_eq!((to.as_str(), &back_from, &back_to), ("2026-12-24", &to, &from));
    assert_eq!(said(&found[3]), ["person document note: – → angerufen"]);
    assert!(said(&found[4]).contains(&"person document tag: – → Schule".to_owned()), "{:?}", said(&found[4]));
    let corrected = said(&found[5]);
    let amount = corrected.iter().find(|line| line.starts_with("person document amount_due: ")).unwrap();
    assert!(amount.ends_with(" → 12.00") && !amount.contains('–'), "what was read stands before it: {amount}");
    let filed = said(&found[6]);
    assert!(filed.iter().any(|line| line.starts_with("program document title: – → ")), "{filed:?}");
    // The same for everything, page by page.
    let all = test.call("history.list", json!({"with_changes": true, "limit": 3}));
    let next = test.call("history.list", json!({"with_changes": true, "limit": 9, "before": all[2]["number"]}));
    assert_eq!((all.as_array().unwrap().len(), next.as_array().unwrap().len()), (3, 4), "{next:#}");
}

#[test]
fn a_broken_link_is_noticed_by_the_check_and_said_in_words() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    test.call("documents.write_note", json!({"id": bill["id"], "note": "angerufen"}));
    let verify = || test.call("profile.verify", json!({}));
    assert_eq!((&verify()["findings"], &verify()["steps"]), (&json!([]), &json!(2)));
    let triggers = "DROP TRIGGER chain_only_forgets; DROP TRIGGER chain_stays;";
    by_hand(test.folder(), &format!("{triggers} UPDATE chain SET at = '2025-01-01T00:00:00.000000Z' WHERE number = 1"));
    let found = verify();
    let kinds: Vec<&Value> = found["findings"].as_array().unwrap().iter().map(|one| &one["finding"]).collect();
    assert!(kinds.contains(&&json!("history")), "{found:#}");
    let shown = cli(test.folder(), &["verify"], "");
    assert_eq!(shown.status.code(), Some(1));
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("The history is not as it was: step 1 of 2025-01-01"), "{shown}");
    assert!(!test.call("history.check", json!({}))["findings"].as_array().unwrap().is_empty());
}

#[test]
fn an_export_and_a_backup_keep_the_end_of_the_history_and_a_cut_shows_against_it() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    test.call("documents.write_note", json!({"id": bill["id"], "note": "angerufen"}));
    let (out, disk) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let folder = out.path().join("export");
    test.call("export.run", json!({"folder": folder}));
    let history: Value = serde_json::from_slice(&std::fs::read(folder.join("history.json")).unwrap()).unwrap();
    let head = history["head"].as_str().unwrap().to_owned();
    test.call("backup.set_up", json!({"folder": disk.path(), "words": WORDS}));
    test.app.back_up(&|| false).unwrap();
    let new = out.path().join("restored");
    let restored = cli(&new, &["restore", disk.path().to_str().unwrap()], WORDS);
    assert!(restored.status.success(), "{restored:?}");
    let in_backup = std::fs::read_to_string(new.join("history-head.txt")).unwrap();
    test.call("tasks.add", json!({"title": "Später"}));
    let is_part = |head: &str| test.call("history.check", json!({"head": head}))["is_part"].clone();
    assert_eq!((is_part(&head), is_part(&in_backup)), (json!(true), json!(true)), "what came later goes on from it");
    let said = cli(test.folder(), &["history", "--is-part", &head], "");
    assert!(said.status.success(), "{said:?}");

    // Another profile takes the export over and goes on from there.
    let other = TestApp::on("2026-11-20");
    other.call("export.import", json!({"folder": folder}));
    assert_eq!(other.call("history.check", json!({"head": head}))["is_part"], true);
    assert_eq!(other.call("history.check", json!({}))["findings"], json!([]));

    let cut = "DROP TRIGGER chain_stays; DELETE FROM chain WHERE number >= 2;
               DELETE FROM history_documents WHERE step >= 2; DELETE FROM history WHERE number >= 2";
    by_hand(test.folder(), cut);
    let checked = test.call("history.check", json!({"head": head}));
    assert_eq!((&checked["findings"], &checked["is_part"]), (&json!([]), &json!(false)), "only the kept end shows it");
    let said = cli(test.folder(), &["history", "--is-part", &head], "");
    assert_eq!(said.status.code(), Some(1));
    let refused = test.refused("history.check", json!({"head": "12"}));
    assert_eq!(refused.code.as_str(), "bad_input");
}

#[test]
fn the_command_line_shows_the_history_as_people_read_it() {
    let test = TestApp::on("2026-11-20");
    let receipt = test.document(&fixture("household/parking-receipt.pdf"));
    test.call("documents.set_kind", json!({"id": receipt["id"], "kind": "invoice"}));
    let id = receipt["id"].as_str().unwrap();
    let shown = cli(test.folder(), &["history", "--document", id], "");
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("20 Nov 2026") && shown.contains("you  ") && shown.contains("the program  "), "{shown}");
    assert!(shown.contains(": Receipt → Invoice"), "{shown}");
}
