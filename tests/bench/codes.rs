//! How fast codes are found on pages, and whether all of them. Over the corpus, through `workmate-cli codes`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, ensure};
use journeys::corpus;
use journeys::process::program;
use serde_json::Value;

use crate::figure::{Better, Figure};
use crate::unless_smoke;

/// Where letters with codes lie in the corpus: Swiss and European payment codes, printed and scanned, and other letters.
const FOLDERS: [&str; 3] = ["qrbill", "invoices", "household"];

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let folders: Option<Vec<PathBuf>> =
        unless_smoke(&FOLDERS[..], &FOLDERS[..1]).iter().map(|folder| corpus::found(folder)).collect();
    let Some(folders) = folders else { return Ok(Figure::not_measured(&FIGURES, "there is no test corpus")) };
    let (qr, all) = (Found::by(&["--qr"], &folders)?, Found::by(&[], &folders)?);
    let (ours, theirs) = (qr.qr_codes(), all.qr_codes());
    ensure!(!theirs.is_empty(), "the samples have no codes");
    let found = ours.intersection(&theirs).count();
    let percent = Figure {
        name: FIGURES[0],
        value: 100.0 * found as f64 / theirs.len() as f64,
        unit: "%",
        goal: Some(100.0),
        better: Better::Higher,
        note: format!("{found} of the {} on any page at 300 dpi, every kind looked for", theirs.len()),
    };
    let note = |found: &Found| format!("{} files", found.lines.len());
    let (qr_note, all_note) = (note(&qr), note(&all));
    Ok(vec![
        percent,
        Figure { note: qr_note, ..Figure::median_ms(FIGURES[1], 25.0, &qr.milliseconds()?) },
        Figure { note: all_note, ..Figure::median_ms(FIGURES[2], 120.0, &all.milliseconds()?) },
    ])
}

/// What is measured here.
const FIGURES: [&str; 3] = ["read.qr_found_percent", "read.qr_ms_per_page", "read.all_codes_ms_per_page"];

/// What the program found, a line for each file.
struct Found {
    lines: Vec<Value>,
}

impl Found {
    fn by(arguments: &[&str], folders: &[PathBuf]) -> anyhow::Result<Self> {
        let output =
            Command::new(program("workmate-cli")).args(["codes", "--json"]).args(arguments).args(folders).output()?;
        let output = String::from_utf8(output.stdout)?;
        let mut lines: Vec<Value> = output.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        // What is no page, such as the truth about them, says nothing about codes.
        let is_page = |file: &str| [".pdf", ".jpg", ".png"].iter().any(|ending| file.ends_with(ending));
        lines.retain(|line| line["codes"].is_array() && line["file"].as_str().is_some_and(is_page));
        ensure!(!lines.is_empty(), "no file could be looked at: {output}");
        Ok(Self { lines })
    }

    /// File, page and text of each QR code.
    fn qr_codes(&self) -> BTreeSet<(String, String, String)> {
        let codes = |line: &Value| line["codes"].as_array().cloned().unwrap_or_default();
        let qr = |line: &Value| -> Vec<_> {
            let found = codes(line).into_iter().filter(|code| code["kind"] == "qr");
            found.map(|code| (line["file"].to_string(), code["page"].to_string(), code["text"].to_string())).collect()
        };
        self.lines.iter().flat_map(qr).collect()
    }

    /// For each file how long a page took. The first one also started the reader.
    fn milliseconds(&self) -> anyhow::Result<Vec<f64>> {
        let per_page = |line: &Value| {
            let file = line["file"].as_str().context("a file")?;
            Ok(line["elapsed_ms"].as_f64().context("a time")? / pages(file)?)
        };
        self.lines.iter().skip(1).map(per_page).collect()
    }
}

/// Pages of a file: those that poppler sees in a PDF, one for a picture.
fn pages(file: &str) -> anyhow::Result<f64> {
    if !file.ends_with(".pdf") {
        return Ok(1.0);
    }
    let said = String::from_utf8(Command::new("pdfinfo").arg(file).output()?.stdout)?;
    let pages =
        said.lines().find_map(|line| line.strip_prefix("Pages:")).with_context(|| format!("pages of {file}"))?;
    Ok(pages.trim().parse()?)
}
