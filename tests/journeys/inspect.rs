//! `workmate-cli inspect`: what scripts and measurements read, line by line.

use std::collections::BTreeSet;

use journeys::{fixture, sample, samples};
use serde_json::{Value, json};

use crate::program::{Program, Ran};

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn inspect(arguments: &[&str]) -> Ran {
    Program::new().run(&[&["inspect", "--json"], arguments].concat())
}

#[test]
fn inspect_says_in_one_line_what_a_letter_is_and_what_it_states() {
    let letter = sample("Mahnung Buchhandlung.pdf");
    let lines = inspect(&[letter.to_str().unwrap()]).lines();
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    let expected = [
        "file",
        "mime_type",
        "pages",
        "text_origin",
        "language",
        "page_languages",
        "doc_type",
        "doc_type_confidence",
        "fields",
        "problems",
        "gate",
        "gate_reasons",
        "elapsed_ms",
    ];
    assert_eq!(keys(line), BTreeSet::from(expected));
    assert_eq!(line["file"], json!(letter), "as given");
    assert_eq!((&line["mime_type"], &line["pages"]), (&json!("application/pdf"), &json!(1)));
    assert_eq!(
        (&line["text_origin"], &line["language"], &line["doc_type"]),
        (&json!("embedded"), &json!("de"), &json!("dunning"))
    );
    assert_eq!(keys(&line["elapsed_ms"]), BTreeSet::from(["read", "understand"]));
    for (name, field) in line["fields"].as_object().unwrap() {
        assert_eq!(keys(field), BTreeSet::from(["value", "confidence", "certain", "origin", "page", "box"]), "{name}");
    }
    let amount = &line["fields"]["amount_due"];
    assert_eq!((&amount["value"], &amount["origin"], &amount["page"]), (&json!("49.30"), &json!("text"), &json!(1)));
    let rect: Vec<f64> = amount["box"].as_array().unwrap().iter().map(|side| side.as_f64().unwrap()).collect();
    assert!(rect.len() == 4 && rect.iter().all(|side| (0.0..=1.0).contains(side)), "{rect:?}");
    assert_eq!(line["fields"]["iban"]["value"], "DE14999504560003141592");
}

#[test]
fn inspect_says_what_the_gate_decides_and_why() {
    for (letter, gate, reasons) in [
        (sample("Invoice English lessons.pdf"), "accept", json!([])),
        (sample("Steuerbescheid 2025.pdf"), "review", json!([{"doubt": "alarming"}])),
        (fixture("household/bill-without-date.pdf"), "review", json!([{"doubt": "missing", "field": "due_date"}])),
    ] {
        let line = inspect(&[letter.to_str().unwrap()]).lines().remove(0);
        assert_eq!((&line["gate"], &line["gate_reasons"]), (&json!(gate), &reasons), "{}", letter.display());
    }
}

#[test]
fn inspect_adds_text_and_plan_when_asked_and_leaves_the_data_inside_out_when_asked() {
    let letter = sample("Rechnung Malerarbeiten.pdf");
    let plan = ["--text", "--plan", "--today", "2026-11-20", "--land", "BY"];
    let line = inspect(&[&[letter.to_str().unwrap()], plan.as_slice()].concat()).lines().remove(0);
    assert!(line["text"].as_str().unwrap().contains("Wände streichen"));
    let expected = ["task_kind", "title", "amount", "due_safe", "due_latest", "rule", "why"];
    assert_eq!(keys(&line["plan"][0]), BTreeSet::from(expected));
    assert_eq!((&line["plan"][0]["task_kind"], &line["plan"][0]["due_safe"]), (&json!("pay"), &json!("2026-12-18")));
    assert_eq!(line["fields"]["amount_due"]["origin"], "xml");
    let items = line["fields"]["line_items"]["value"].as_array().unwrap();
    assert_eq!(keys(&items[0]), BTreeSet::from(["description", "quantity", "unit", "unit_price", "amount"]));
    assert_eq!(line["fields"]["skonto"]["value"][0]["percent"], "2.00");

    let line = inspect(&[letter.to_str().unwrap(), "--no-xml"]).lines().remove(0);
    assert_eq!(line["fields"]["amount_due"]["value"], "850.85", "the page says so, too");
    assert!(line["fields"].as_object().unwrap().values().all(|field| field["origin"] != "xml"));
    assert_eq!((line.get("text"), line.get("plan")), (None, None));
}

#[test]
fn inspect_tells_what_each_pass_did_when_asked() {
    let letter = sample("Mahnung Buchhandlung.pdf");
    let line = inspect(&["--trace", letter.to_str().unwrap()]).lines().remove(0);
    let trace: Vec<&str> = line["trace"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let found = trace.iter().position(|change| change.starts_with("extractors: amount_due 49.30 – → "));
    let proven = trace.iter().position(|change| *change == "claims and rests: dunning_fee 2.50 0.90 → 0.97 certain");
    assert!(found.is_some() && found < proven, "{trace:#?}");
    assert!(trace.iter().any(|change| change.starts_with("certain by elimination: ") && change.ends_with(" certain")));
    let without = inspect(&[letter.to_str().unwrap()]).lines().remove(0);
    assert_eq!(without.get("trace"), None);
}

#[test]
fn a_file_that_cannot_be_read_has_its_line_and_the_run_goes_on() {
    let (bad, folder) = (fixture("unreadable/password.pdf"), fixture("household"));
    let gone = folder.join("gone.pdf");
    let base = fixture("");
    let ran = inspect(&[
        bad.to_str().unwrap(),
        gone.to_str().unwrap(),
        folder.to_str().unwrap(),
        "--relative-to",
        base.to_str().unwrap(),
        "--jobs",
        "2",
    ]);
    assert_eq!(ran.code, Some(1));
    let lines = ran.lines();
    assert_eq!(keys(&lines[0]), BTreeSet::from(["file", "error"]));
    assert_eq!(
        (&lines[0]["file"], &lines[0]["error"]["code"]),
        (&json!("unreadable/password.pdf"), &json!("password"))
    );
    assert!(lines[0]["error"]["message"].as_str().unwrap().contains("password.pdf"));
    assert_eq!(lines[1]["error"]["code"], "file_unreadable");
    let rest: Vec<&str> = lines[2..].iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!(rest.len(), std::fs::read_dir(folder).unwrap().count());
    assert!(rest.is_sorted() && rest.iter().all(|file| file.starts_with("household/")), "{rest:?}");
    assert!(lines[2..].iter().all(|line| line["doc_type"].is_string()));
}

#[test]
fn the_samples_of_the_program_are_read_from_their_folder() {
    let ran = inspect(&[samples().to_str().unwrap(), "--relative-to", samples().to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let origins: Vec<_> = ran.lines().iter().map(|line| line["text_origin"].clone()).collect();
    assert_eq!(origins.iter().filter(|origin| *origin == "ocr").count(), 2, "two of the eight are scans: {origins:?}");
}
