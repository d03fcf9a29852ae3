//! The bench in small: what measures reading still works, whatever the figures are.

use std::process::Command;

use journeys::corpus;
use serde_json::Value;

/// What `make bench` says about reading.
const FIGURES: &[&str] = &[
    "read.pdf_words_ms_per_page",
    "read.first_page_picture_ms",
    "read.page_picture_of_large_file_ms",
    "read.batch_vs_ocrmypdf",
    "read.peak_mb_400_pages",
    "read.peak_mb_second_reader",
    "read.qr_found_percent",
    "read.qr_ms_per_page",
    "read.all_codes_ms_per_page",
    "read.cer_ratio_flatbed",
    "read.cer_ratio_phone",
    "read.legible_phone",
    "read.legible_flatbed",
    "read.legible_receipts",
    "read.overhead_percent",
    "read.second_reader_cost",
    "read.second_reader_cost_receipts",
];

#[test]
fn everything_about_reading_can_be_measured_on_a_few_pages() {
    let has_corpus = corpus::large(".").is_some();
    let bench = env!("CARGO_BIN_EXE_bench");
    let ran = Command::new(bench).arg("--smoke").output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{said}\n{}", String::from_utf8_lossy(&ran.stderr));
    let folder = std::path::Path::new(bench).parent().unwrap().parent().unwrap().join("bench");
    let figures: Vec<Value> = serde_json::from_slice(&std::fs::read(folder.join("smoke.json")).unwrap()).unwrap();
    for name in FIGURES {
        let figure = figures.iter().find(|figure| figure["name"] == *name);
        let figure = figure.unwrap_or_else(|| panic!("{name} is not measured: {said}"));
        let cannot = !has_corpus && figure["note"] == "not measured: there is no test corpus";
        assert!(figure["value"].is_number() || cannot, "{figure}");
    }
}
