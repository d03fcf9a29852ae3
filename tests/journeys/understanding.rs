//! What is found in letters: in the corpus never less than was recorded in `fixtures/understanding.json`, in our own
//! letters exactly what the snapshots say, each value with its place.
//!
//! A better figure is recorded by running the test once with `WORKMATE_RECORD=1`.

use std::fs;
use std::path::Path;

use app::{Inspector, Parts};
use journeys::understanding::{E_INVOICES, PAGES, score};
use journeys::{corpus, fixture, samples};
use serde_json::{Map, Value};

#[test]
fn the_corpus_is_understood_no_worse_than_recorded_and_certain_means_certain() {
    /// Of a thousand certain values.
    const WRONG: u64 = 5;
    let Some(corpus) = corpus::large(".") else { return };
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/understanding.json");
    let recorded: Value = serde_json::from_slice(&fs::read(&record).unwrap()).unwrap();
    let recording = std::env::var_os("WORKMATE_RECORD").is_some();
    let (mut figures, mut falls) = (Map::new(), Vec::new());
    let (mut certain, mut wrong) = (0, 0);
    for set in E_INVOICES.iter().chain(&PAGES) {
        let score = score(&corpus, set).unwrap();
        println!("{}", score.table);
        falls.extend(score.falls(&recorded[set.name]).into_iter().map(|fall| format!("{}: {fall}", set.name)));
        (certain, wrong) = (certain + score.certain, wrong + score.wrong);
        figures.insert(set.name.to_owned(), score.to_json());
    }
    if recording {
        fs::write(&record, serde_json::to_string_pretty(&figures).unwrap() + "\n").unwrap();
    } else {
        assert!(falls.is_empty(), "{falls:#?}");
    }
    assert!(1000 * wrong <= WRONG * certain, "{wrong} of {certain} certain values are wrong");
}

#[test]
fn what_is_certain_in_the_small_set_is_right_and_every_kind_is_known() {
    let folder = fixture("household");
    let inspector = Inspector::new(Parts::real());
    let mut certain = 0;
    for row in corpus::truth(&folder).iter().filter(|row| row["text_origin"] == "born-digital") {
        let file = row["file"].as_str().unwrap();
        let found = serde_json::to_value(
            inspector.inspect(file, &fs::read(folder.join(file)).unwrap(), true).unwrap().view(file),
        )
        .unwrap();
        let kinds = row["accept_doc_type"].as_array().into_iter().flatten().chain([&row["doc_type"]]);
        assert!(kinds.into_iter().any(|kind| *kind == found["doc_type"]), "{file} is no {}", found["doc_type"]);
        for (name, wanted) in row["fields"].as_object().unwrap().iter().filter(|(name, _)| has_one_spelling(name)) {
            let fact = &found["fields"][name];
            if fact["certain"] == true {
                let right = wanted["accept"].as_array().into_iter().flatten();
                let mut right = right.chain([&wanted["value"], &wanted["page_value"]]);
                let said = fact["value"].as_str().unwrap_or_default();
                assert!(right.any(|value| value.as_str() == Some(said)), "{name} of {file} is not {said}: {wanted}");
                certain += 1;
            }
        }
    }
    assert!(certain >= 60, "{certain} certain values");
}

/// Whether values of this field are equal or different; names and terms may be written in more than one way.
fn has_one_spelling(field: &str) -> bool {
    let days = ["issue_date", "due_date", "direct_debit_date", "expiry_date", "contract_start", "next_due_date"];
    let others = ["total_gross", "amount_due", "total_net", "currency", "iban", "creditor_id", "appointment_start"];
    days.contains(&field) || others.contains(&field)
}

#[test]
fn each_value_of_our_letters_is_found_at_its_place() {
    let inspector = Inspector::new(Parts::real());
    let folders = [samples(), fixture("household"), fixture("letters"), fixture("understanding")];
    for path in folders.iter().flat_map(|folder| app::files_below(folder)).map(Result::unwrap) {
        // What is recognised may differ with the version of Tesseract.
        if path.extension().is_none_or(|extension| extension != "pdf") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().replace(' ', "_");
        let inspection =
            serde_json::to_value(inspector.inspect(&name, &fs::read(&path).unwrap(), true).unwrap().view(&name))
                .unwrap();
        if inspection["text_origin"] != "embedded" {
            continue;
        }
        insta::with_settings!({ snapshot_path => "../snapshots" }, {
            insta::assert_snapshot!(name.clone(), listing(&inspection));
        });
    }
}

/// Kind and fields, one to a line; places in percent of the page.
fn listing(inspection: &Value) -> String {
    let mut lines = vec![format!("= {}", inspection["doc_type"].as_str().unwrap())];
    for (field, fact) in inspection["fields"].as_object().unwrap() {
        let value = fact["value"].as_str().map_or_else(|| fact["value"].to_string(), str::to_owned);
        let certain = if fact["certain"] == true { "certain" } else { "likely" };
        let place = fact["box"].as_array().map(|edges| {
            let edges: Vec<String> =
                edges.iter().map(|edge| format!("{:.0}", 100.0 * edge.as_f64().unwrap())).collect();
            format!(", page {} at {}", fact["page"], edges.join(" "))
        });
        lines.push(format!("{field}: {value} ({certain}{})", place.unwrap_or_default()));
    }
    lines.extend(inspection["problems"].as_array().unwrap().iter().map(|p| format!("! {}", p["code"])));
    lines.join("\n")
}
