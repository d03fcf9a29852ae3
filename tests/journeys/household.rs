//! Letters of other people, each seen a few days after it was written.

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
