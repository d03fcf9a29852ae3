//! What the areas of the window ask for: senders, contracts, several documents at once, the original outside.

use std::fs;
use std::path::PathBuf;

use journeys::{TestApp, sample, samples, wait_for};
use serde_json::{Value, json};

use crate::pdf::bill_from;

/// Bills of one sender with these days of writing.
fn with_bills(days: &[&str]) -> (TestApp, Vec<Value>) {
    let test = TestApp::on("2026-11-20");
    let paths: Vec<PathBuf> = (1..)
        .zip(days)
        .map(|(number, day)| {
            let path = test.folder().join(format!("bill {number}.pdf"));
            fs::write(&path, bill_from(day, "04.12.2026", number)).unwrap();
            path
        })
        .collect();
    let documents = test.import(&paths).into_iter().map(|one| json!(one.document.unwrap())).collect();
    (test, documents)
}

fn titles(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect()
}

#[test]
fn the_bills_of_a_sender_are_added_up_by_year() {
    let (test, _) = with_bills(&["18.11.2026", "02.11.2026", "18.11.2025"]);
    let senders = test.items("correspondents.list", Value::Null);
    assert_eq!(senders.as_array().unwrap().len(), 1, "{senders}");
    assert_eq!(senders[0]["documents"], 3);
    let sender = test.call("correspondents.get", json!({"id": senders[0]["id"]}));
    let amounts = |year: &str| -> f64 {
        let list = test.call("documents.list", json!({"correspondent": senders[0]["id"]}));
        let rows = list["items"].as_array().unwrap().iter();
        let of_year = rows.filter(|row| row["issue_date"].as_str().unwrap().starts_with(year));
        of_year.map(|row| row["amount"]["amount"].as_str().unwrap().parse::<f64>().unwrap()).sum()
    };
    for (at, year, bills) in [(0, "2026", 2), (1, "2025", 1)] {
        let view = &sender["years"][at];
        assert_eq!((view["year"].to_string().as_str(), view["bills"].as_i64()), (year, Some(bills)));
        let billed: f64 = view["billed"]["amount"].as_str().unwrap().parse().unwrap();
        assert!((billed - amounts(year)).abs() < 0.001, "{year}: {billed}");
    }
}

#[test]
fn a_contract_stands_in_the_list_with_the_last_safe_day_to_cancel() {
    let test = TestApp::on("2026-11-20");
    test.document(&sample("Scan Fitnessvertrag.pdf"));
    let contracts = test.items("contracts.list", Value::Null);
    let contract = &contracts[0];
    assert_eq!(contract["start"], "2026-12-01");
    assert_eq!(contract["term_months"], "12");
    assert_eq!(contract["cost"], json!({"amount": "29.90", "currency": "EUR"}));
    assert_eq!(contract["cost_a_year"], json!({"amount": "358.80", "currency": "EUR"}), "paid every month");
    assert_eq!(contract["decision"]["due"], "2027-10-28");
}

#[test]
fn documents_are_listed_in_the_order_that_is_asked_for() {
    let (test, _) = with_bills(&["18.11.2026", "17.11.2026", "16.11.2026"]);
    let list = |order: &str| test.call("documents.list", json!({"order": order}));
    let mut sorted = list("title");
    let by_title = titles(&sorted).iter().map(ToString::to_string).collect::<Vec<_>>();
    sorted["items"].as_array_mut().unwrap().sort_by_key(|row| row["title"].as_str().unwrap().to_lowercase());
    assert_eq!(by_title, titles(&sorted));
    let (newest, oldest) = (list("newest"), list("oldest"));
    let instants = |list: &Value| -> Vec<String> {
        list["items"].as_array().unwrap().iter().map(|row| row["received_at"].to_string()).collect()
    };
    assert!(instants(&newest).is_sorted_by(|a, b| a >= b));
    assert!(instants(&oldest).is_sorted());
}

#[test]
fn several_documents_go_into_the_trash_in_one_step_and_come_back_in_one() {
    let (test, documents) = with_bills(&["18.11.2026", "17.11.2026", "16.11.2026"]);
    let total = || test.call("documents.list", json!({}))["total"].as_u64();
    test.call("documents.trash_many", json!({"ids": documents[..2]}));
    assert_eq!(total(), Some(1));
    test.call("history.undo", Value::Null);
    assert_eq!(total(), Some(3));
}

#[test]
fn what_is_alarming_is_never_among_the_clear_ones_but_several_can_be_accepted_by_name() {
    let test = TestApp::on("2026-11-20");
    let notice = test.document(&sample("Steuerbescheid 2025.pdf"));
    assert_eq!(test.call("review.clear", Value::Null), json!([]));
    test.call("review.accept_many", json!({"ids": [notice["id"]]}));
    assert_eq!(test.items("review.list", Value::Null), json!([]));
    test.call("history.undo", Value::Null);
    assert_eq!(test.items("review.list", Value::Null).as_array().unwrap().len(), 1);
}

#[test]
fn the_original_leaves_as_a_copy_under_its_own_name() {
    let (test, documents) = with_bills(&["18.11.2026"]);
    let copy = test.call("documents.export", json!({"id": documents[0]}));
    let path = PathBuf::from(copy["path"].as_str().unwrap());
    assert!(path.to_str().unwrap().ends_with("bill 1.pdf"), "{path:?}");
    assert_eq!(fs::read(path).unwrap(), bill_from("18.11.2026", "04.12.2026", 1));
}

#[test]
fn every_sample_letter_comes_with_the_program() {
    let test = TestApp::on("2026-11-20");
    let imported = test.call("samples.import", Value::Null);
    let outcomes: Vec<_> = imported.as_array().unwrap().iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, vec!["taken"; fs::read_dir(samples()).unwrap().count()]);
}

#[cfg(unix)]
#[test]
fn the_ledger_says_what_another_program_was_given_and_that_nothing_has_left() {
    use std::os::unix::fs::PermissionsExt as _;

    let test = TestApp::on("2026-11-20");
    assert_eq!(test.call("privacy.ledger", Value::Null), json!({"left": [], "opened": []}));
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    // In place of the desktop's own: it notes what it is given.
    let (programs, given) = (tempfile::tempdir().unwrap(), test.folder().join("given"));
    let opener = programs.path().join("xdg-open");
    fs::write(&opener, format!("#!/bin/sh\necho \"$1\" > '{}'\n", given.display())).unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let opened = std::process::Command::new(journeys::process::program("workmate-cli"))
        .args(["--profile", test.folder().to_str().unwrap(), "call", "documents.open"])
        .arg(json!({"id": bill["id"]}).to_string())
        .env("PATH", programs.path())
        .status();
    assert!(opened.unwrap().success());
    let path = wait_for("the opener", || fs::read_to_string(&given).ok().filter(|path| !path.is_empty()));
    assert!(path.trim().ends_with("Invoice English lessons.pdf"), "{path}");
    let ledger = test.call("privacy.ledger", Value::Null);
    assert!(ledger["opened"][0]["what"].as_str().unwrap().ends_with("Invoice English lessons.pdf"), "{ledger}");
    assert_eq!((&ledger["left"], &ledger["opened"][0]["receiver"]), (&json!([]), &json!("desktop")));
}

#[test]
fn the_samples_can_be_thrown_away_and_taken_back() {
    let test = TestApp::on("2026-11-20");
    let ids = ["Invoice English lessons.pdf", "Mahnung Buchhandlung.pdf"]
        .map(|name| test.document(&sample(name))["id"].clone());
    assert_eq!(test.call("samples.list", Value::Null), json!(ids));
    test.call("documents.trash_many", json!({"ids": ids}));
    assert_eq!(test.call("samples.list", Value::Null), json!([]));
    test.call("history.undo", Value::Null);
    assert_eq!(test.call("samples.list", Value::Null), json!(ids));
}

#[test]
fn the_letters_propose_the_readers_name_and_land() {
    let test = TestApp::on("2026-11-20");
    for sender in ["Stadtwerke Musterstadt GmbH", "Gartenbau Hagenau GmbH"] {
        let letter = format!(
            "{sender} · Hauptstraße 1 · 10117 Berlin\n\nFrau\nMara Winter\nLindenweg 4\n80331 München\n\n\
             Rechnung Nr. 17\n\nSehr geehrte Frau Winter,\n\nRechnungsbetrag 49,30 EUR, zahlbar bis 15.12.2026.\n"
        );
        let path = test.folder().join(format!("{sender}.txt"));
        fs::write(&path, letter).unwrap();
        let document = test.document(&path);
        test.call("review.accept", json!({"id": document["id"]}));
    }
    let proposed = || test.call("settings.proposals", Value::Null);
    assert_eq!(proposed(), json!({"own_names": ["Mara Winter"], "land": "BY"}));
    test.call("settings.change", json!({"key": "land", "value": "BY"}));
    test.call("settings.change", json!({"key": "own_names", "value": ["Mara Winter"]}));
    assert_eq!(proposed(), json!({"own_names": [], "land": null}), "what is said already is not proposed");
}
