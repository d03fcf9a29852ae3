//! A folder of letters with a text layer is imported: from the start of the program to the last document.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, ensure};
use journeys::letter::{BILLER, in_days, pages_pdf};
use journeys::process::program;
use serde_json::Value;
use tempfile::TempDir;

use crate::figure::{Better, Figure};

/// Bills of two pages each.
const LETTERS: u32 = 200;
const PAGES: u32 = 2;
const RUNS: u32 = 3;

/// Pages in a second: the median of several runs, each on a new profile.
pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let folder = TempDir::new()?;
    let letters = folder.path().join("letters");
    std::fs::create_dir(&letters)?;
    for number in 0..LETTERS {
        std::fs::write(letters.join(format!("{number:03}.pdf")), letter(number))?;
    }
    let mut runs: Vec<f64> = (0..RUNS)
        .map(|run| import(&letters, &folder.path().join(format!("profile-{run}"))))
        .collect::<Result<_, _>>()?;
    let shown: Vec<String> = runs.iter().map(|seconds| format!("{seconds:.1} s")).collect();
    runs.sort_by(f64::total_cmp);
    let median = runs.get(runs.len() / 2).copied().unwrap_or(f64::NAN);
    let value = f64::from(LETTERS * PAGES) / median;
    let note = format!("{} pages in {}", LETTERS * PAGES, shown.join(", "));
    Ok(vec![Figure { name: "walls.pages_per_s", value, unit: "pages/s", goal: None, better: Better::Higher, note }])
}

/// Seconds that it takes to import a folder into a new profile.
fn import(letters: &Path, profile: &Path) -> anyhow::Result<f64> {
    let cli = |arguments: &[&str]| {
        let mut command = Command::new(program("workmate-cli"));
        command.arg("--profile").arg(profile).args(arguments);
        command
    };
    let started = Instant::now();
    let ended = cli(&["import", "--wait"]).arg(letters).stdout(Stdio::null()).status()?;
    let seconds = started.elapsed().as_secs_f64();
    ensure!(ended.success(), "the import failed: {ended}");
    let listed = cli(&["call", "documents.list", "{}"]).output()?.stdout;
    let listed: Value = serde_json::from_slice(&listed).context("the list of documents")?;
    ensure!(listed["total"] == LETTERS, "{} documents of {LETTERS}", listed["total"]);
    Ok(seconds)
}

/// A bill with its terms on a second page.
fn letter(number: u32) -> Vec<u8> {
    let due = in_days(14).format("%d.%m.%Y");
    let first = [
        BILLER.to_owned(),
        "Mara Winter".to_owned(),
        "Lindenweg 4".to_owned(),
        "05123 Eichenbruck".to_owned(),
        String::new(),
        "Rechnung".to_owned(),
        format!("Rechnungsnummer: GH-{number:03}"),
        format!("Rechnungsdatum: {}", in_days(0).format("%d.%m.%Y")),
        format!("Rechnungsbetrag: {},80 €", 100 + number),
        format!("Bitte überweisen Sie den Rechnungsbetrag bis zum {due} auf unser Konto."),
        "IBAN: DE89 3704 0044 0532 0130 00".to_owned(),
    ];
    let second: Vec<String> = (1..=25)
        .map(|point| format!("{point}. Die Leistung wurde vereinbart, erbracht und am {point}. des Monats abgenommen."))
        .collect();
    pages_pdf(&[&lines(&first), &lines(&second)])
}

fn lines(page: &[String]) -> Vec<&str> {
    page.iter().map(String::as_str).collect()
}
