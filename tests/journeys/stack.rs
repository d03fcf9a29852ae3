//! A stack of letters that was scanned as one file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use app::{Inspector, Parts};
use journeys::TestApp;
use journeys::corpus::{sets, truth};
use journeys::letter::pages_pdf;
use serde_json::{Value, json};

const READER: [&str; 5] = ["Mara Winter", "Lindenweg 4", "05123 Eichenbruck", "", ""];

/// A letter's first page: its sender in one line above the address, a heading, a greeting and these lines.
fn page<'a>(sender: &'a str, heading: &'a str, lines: &[&'a str]) -> Vec<&'a str> {
    let mut page = vec![sender, ""];
    page.extend(READER);
    page.extend([heading, "", "Sehr geehrte Frau Winter,"]);
    page.extend(lines);
    page
}

/// A bill of two pages and a summons, in one file.
fn stack() -> Vec<u8> {
    let bill = page(
        "Gartenbau Hagenau GmbH · Am Anger 3 · 05123 Eichenbruck",
        "Rechnung",
        &["Rechnungsnummer: GH-300417", "Rechnungsbetrag: 142,80 €", "Zahlbar bis zum 12.12.2026."],
    );
    let further = ["Rechnungsnummer: GH-300417", "Seite 2", "Heckenschnitt: 142,80 €"];
    let appointment = page(
        "Praxis Dr. Amsel · Markt 1 · 04229 Leipzig",
        "Ihr Termin",
        &["wir erwarten Sie am 08.12.2026 um 9:30 Uhr in unserer Praxis."],
    );
    pages_pdf(&[&bill, &further, &appointment])
}

/// Where another letter is asked about.
fn asked(test: &TestApp, id: &Value) -> Vec<Value> {
    let document = test.call("documents.get", json!({"id": id}));
    let doubts = document["doubts"].as_array().unwrap().iter();
    doubts.filter(|doubt| doubt["doubt"] == "several_letters").map(|doubt| doubt["page"].clone()).collect()
}

#[test]
fn a_stack_is_asked_about_before_anything_is_settled_by_it_and_divided() {
    let test = TestApp::on("2026-11-20");
    let file = test.folder().join("stack.pdf");
    fs::write(&file, stack()).unwrap();
    let document = test.document(&file);
    let id = document["id"].clone();
    assert_eq!(document["state"], "review");
    assert_eq!(asked(&test, &id), [3]);
    let tasks = test.items("tasks.list", json!({}));
    assert!(tasks.as_array().unwrap().iter().all(|task| task["provisional"] == true), "{tasks:#}");

    let sheet = |id: &Value, page: u32| json!({"document": id, "page": page});
    let arrange = |parts: Value| {
        let made = test.call("pages.arrange", json!({"parts": parts}))["documents"].clone();
        made.as_array().unwrap().clone()
    };
    let made = arrange(json!([[sheet(&id, 1), sheet(&id, 2)], [sheet(&id, 3)]]));
    assert_eq!(made.iter().map(|id| asked(&test, id)).collect::<Vec<_>>(), [Vec::<Value>::new(), vec![]]);
    // Who puts letters together has answered the question.
    let together = arrange(json!([[sheet(&made[0], 1), sheet(&made[0], 2), sheet(&made[1], 1)]]));
    assert_eq!(asked(&test, &together[0]), [0; 0]);
}

/// How many pages a file has, and on which of them another letter is said to begin.
fn looked_at(inspector: &Inspector, bytes: &[u8]) -> (u64, Vec<u64>) {
    let seen = serde_json::to_value(inspector.inspect("a.pdf", bytes, true).unwrap().view("a.pdf")).unwrap();
    let problems = seen["problems"].as_array().unwrap().iter();
    let beginnings = problems.filter(|p| p["code"] == "several_letters").filter_map(|p| p["page"].as_u64()).collect();
    (seen["pages"].as_u64().unwrap(), beginnings)
}

#[test]
fn letters_in_one_file_are_told_apart_and_no_single_one_is() {
    for folder in sets("household") {
        let (found, all) = letters_told_apart(&folder);
        println!("{found} of {all} further letters of stacks were noticed");
        // Leaflets, magazines and printed mails are addressed to nobody.
        assert!(all > 10 && 5 * found >= 4 * all, "{found} of {all} in {}", folder.display());
    }
}

/// How many further letters of stacks of three were noticed, and how many there are.
fn letters_told_apart(folder: &Path) -> (usize, usize) {
    let inspector = Inspector::new(Parts::real());
    let printed = truth(folder).into_iter().filter(|row| row["text_origin"] == "born-digital");
    let mut letters: Vec<PathBuf> = printed.map(|row| folder.join(row["file"].as_str().unwrap())).collect();
    letters.sort_unstable();
    let (mut found, mut all) = (0, 0);
    for three in letters.chunks_exact(3) {
        let mut truth = vec![];
        let mut next = 1;
        for path in three {
            let (pages, beginnings) = looked_at(&inspector, &fs::read(path).unwrap());
            assert_eq!(beginnings, [0; 0], "{} is one letter", path.display());
            next += pages;
            truth.push(next);
        }
        truth.pop();
        let stack = tempfile::NamedTempFile::new().unwrap();
        assert!(Command::new("pdfunite").args(three).arg(stack.path()).status().expect("pdfunite").success());
        let (_, beginnings) = looked_at(&inspector, &fs::read(stack.path()).unwrap());
        assert!(beginnings.iter().all(|page| truth.contains(page)), "{beginnings:?} of {truth:?} in {three:?}");
        (found, all) = (found + beginnings.len(), all + truth.len());
    }
    (found, all)
}
