//! The bench: measures the program beside it, prints a table and writes `target/bench/results.json`.
//!
//! One file for each measurement, and a line in [`MEASUREMENTS`]. `bench NAME…` measures only these and keeps the
//! other figures of the file. `bench --smoke` tries the measurements of reading on a few pages; its figures mean
//! nothing. Everything is measured from outside, on a desktop of its own (`.make/desktop-session`).
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the table is the purpose")]
#![expect(clippy::arithmetic_side_effects, reason = "counts and sums of the bench")]

mod arrival;
mod backups;
mod codes;
mod commands;
mod encrypted;
mod figure;
mod first_paint;
mod fresh;
mod fresh_pictures;
mod humane;
mod idle;
mod leaving;
mod package;
mod plan_right;
mod processes;
mod punctual;
mod reading_accuracy;
mod reading_speed;
mod refetches;
mod reminding;
mod safety;
mod search;
mod search_quality;
mod today_order;
mod understanding;
mod visible;
mod walls_faults;
mod walls_import;
mod window_speed;

use std::process::ExitCode;

use figure::Figure;

/// Gives one figure or several that are measured together.
type Measure = fn() -> anyhow::Result<Vec<Figure>>;

/// Everything that is measured.
const MEASUREMENTS: &[(&str, Measure)] = &[
    ("first_paint", first_paint::measure),
    ("first_paint_100k", first_paint::measure_100k),
    ("window_speed", window_speed::measure),
    ("drop_pdf", arrival::drop_pdf),
    ("drop_scan", arrival::drop_scan),
    ("inbox_pdf", arrival::inbox_pdf),
    ("idle", idle::measure),
    ("plan_right", plan_right::measure),
    ("pdf_words", reading_speed::pdf_words),
    ("first_page_picture", reading_speed::first_page_picture),
    ("batch_vs_ocrmypdf", reading_speed::batch),
    ("batch_20_scans", reading_speed::batch_20_scans),
    ("long_scan", reading_speed::long_scan),
    ("codes", codes::measure),
    ("visible", visible::measure),
    ("lives", reminding::lives),
    ("reminding", reminding::profile),
    ("today_order", today_order::measure),
    ("presses", humane::presses),
    ("views", humane::views),
    ("punctual", punctual::measure),
    ("package", package::measure),
    ("commands", commands::measure),
    ("refetches", refetches::measure),
    ("search", search::measure),
    ("search_quality", search_quality::measure),
    ("reading_accuracy", reading_accuracy::measure),
    ("understanding", understanding::measure),
    ("walls_faults", walls_faults::measure),
    ("walls_import", walls_import::measure),
    ("safety", safety::measure),
    ("backups", backups::measure),
    ("encrypted", encrypted::measure),
    ("leaving", leaving::measure),
    ("fresh", fresh::measure),
    ("fresh_pictures", fresh_pictures::measure),
];

/// What `--smoke` measures.
const SMOKE: &[&str] =
    &["pdf_words", "first_page_picture", "batch_vs_ocrmypdf", "long_scan", "codes", "reading_accuracy"];
const SMOKE_ARGUMENT: &str = "--smoke";

/// `few` where only measuring itself is tried, else `all`.
pub(crate) fn unless_smoke<T>(all: T, few: T) -> T {
    if std::env::args().any(|argument| argument == SMOKE_ARGUMENT) { few } else { all }
}

fn main() -> anyhow::Result<ExitCode> {
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| argument != SMOKE_ARGUMENT).collect();
    let of_smoke = || unless_smoke(&[][..], SMOKE).iter().map(|name| (*name).to_owned()).collect();
    let wanted: Vec<String> = if named.is_empty() { of_smoke() } else { named };
    let mut figures = Vec::new();
    let mut failed = false;
    for (name, measure) in MEASUREMENTS {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        println!("Measuring {name} …");
        // What is waited for in vain panics, having said what it was; the others are measured all the same.
        match std::panic::catch_unwind(measure) {
            Ok(Ok(measured)) => figures.extend(measured),
            Ok(Err(error)) => {
                eprintln!("{name}: {error:#}");
                figures.extend(Figure::not_measured(&[name], &format!("{error:#}")));
                failed = true;
            }
            Err(_) => {
                figures.extend(Figure::not_measured(&[name], "it panicked, see above"));
                failed = true;
            }
        }
    }
    println!("\n{}", figure::table(&figures));
    figure::write(&figures, unless_smoke("results.json", "smoke.json"), &wanted)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
