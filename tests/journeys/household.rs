//! Letters of other people, each seen a few days after it was written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use app::Imported;
use journeys::corpus::{sets, truth};
use journeys::{TestApp, fixture};
use serde_json::{Value, json};

/// What is to be done, the safe day and the latest day.
type Task = (&'static str, Option<&'static str>, Option<&'static str>);

/// File below `fixtures/household`, the day on which it comes, what it is, whether a person must be asked first, and
/// what follows.
const LETTERS: &[(&str, &str, &str, bool, Option<Task>)] = &[
    // New Year's Day: paid on the last bank day before, at the latest on the next working day (BGB § 193).
    ("bill-due-on-a-holiday", "2024-12-05", "invoice", false, Some(("pay", Some("2024-12-31"), Some("2025-01-02")))),
    (
        "debit-after-new-year",
        "2025-11-27",
        "invoice",
        false,
        Some(("check_debit", Some("2025-12-31"), Some("2026-01-02"))),
    ),
    ("second-reminder", "2025-07-10", "dunning", false, Some(("pay", Some("2025-07-21"), Some("2025-07-21")))),
    // No day to pay is printed: fourteen days after the letter are proposed, the latest day is not known.
    ("bill-without-date", "2025-05-01", "invoice", true, Some(("pay", Some("2025-05-12"), None))),
    (
        "authority-letter",
        "2025-10-09",
        "authority_letter",
        true,
        Some(("object", Some("2025-11-10"), Some("2025-11-10"))),
    ),
    ("cancellation-confirmed", "2025-02-23", "cancellation_confirmation", false, None),
    ("parking-receipt", "2019-12-03", "receipt", false, None),
];

#[test]
fn ordinary_letters_ask_for_what_they_ask_for_and_no_more() {
    let test = TestApp::on("2026-01-01");
    for (name, day, kind, must_ask, task) in LETTERS {
        test.clock.go_to(&format!("{day}T12:00:00Z"));
        let document = test.document(&fixture(format!("household/{name}.pdf")));
        assert_eq!(document["kind"], *kind, "{name}");
        let asks = document["state"] == "review";
        assert!(asks || !must_ask, "{name}");
        if asks {
            test.call("review.accept", json!({"id": document["id"]}));
        }
        let document = test.call("documents.get", json!({"id": document["id"]}));
        let text = |value: &'_ Value| value.as_str().unwrap_or_default().to_owned();
        let tasks = document["tasks"].as_array().unwrap();
        let seen: Vec<_> =
            tasks.iter().map(|task| (text(&task["kind"]), task["due"].as_str(), task["latest"].as_str())).collect();
        let expected: Vec<_> = task.iter().map(|(kind, due, latest)| ((*kind).to_owned(), *due, *latest)).collect();
        assert_eq!(seen, expected, "{name}");
    }
}

/// The letters of a set that need no OCR, with what is known about them.
fn known_letters(folder: &Path) -> BTreeMap<PathBuf, Value> {
    let printed = truth(folder).into_iter().filter(|line| line["text_origin"] == "born-digital");
    printed.map(|line| (folder.join(line["file"].as_str().unwrap()), line)).collect()
}

#[test]
fn no_letter_is_lost_and_nothing_dangerous_passes_as_harmless() {
    for folder in sets("household") {
        let letters = known_letters(&folder);
        // Before the first of them was written: none is old post.
        let test = TestApp::on("2018-01-01");
        let imported = test.import(&letters.keys().cloned().collect::<Vec<_>>());
        assert!(imported.len() > 20, "{}", imported.len());
        assert_harmless_and_kept(&test, &letters, imported);
    }
}

fn assert_harmless_and_kept(test: &TestApp, letters: &BTreeMap<PathBuf, Value>, imported: Vec<Imported>) {
    for one in imported {
        let (name, truth) = (&one.path, &letters[Path::new(&one.path)]);
        assert!(one.document.is_some(), "{name}: {:?}", one.message);
        let document = test.call("documents.get", json!({"id": one.document}));
        let alarming = ["court_order", "fine", "tax_notice", "authority_letter"];
        if alarming.iter().any(|kind| truth["doc_type"] == *kind) {
            assert!(alarming.iter().any(|kind| document["kind"] == *kind), "{name} is taken for {}", document["kind"]);
            assert_eq!(document["state"], "review", "{name}");
        }
        let pays = document["tasks"].as_array().unwrap().iter().any(|task| task["kind"] == "pay");
        assert!(!pays || truth["expected"]["task"] == true, "{name} asks for no money: {}", document["tasks"]);
    }
}
