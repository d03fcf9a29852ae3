//! Whether what is read of a page is what can be seen on it, and what it costs to see that of a good text layer.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, ensure};
use journeys::corpus;
use journeys::process::program;
use journeys::visible::misread;

use crate::figure::{Better, Figure};

const CHECK: &str = "read.layer_check_ms";

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let folder = tempfile::tempdir()?;
    let (pages, wrong) = misread(folder.path());
    let names: Vec<&str> = wrong.iter().filter_map(|page| page.split(':').next()).collect();
    let right = Figure {
        name: "read.visible_cases_right",
        value: (pages - wrong.len()) as f64,
        unit: "",
        goal: Some(pages as f64),
        better: Better::Higher,
        note: format!("of {pages} pages with hidden, wrong or added words; wrong: {}", names.join(", ")),
    };
    Ok([right].into_iter().chain(checked()?).collect())
}

/// What the reader itself says of each page of the letters with a good text layer.
fn checked() -> anyhow::Result<Vec<Figure>> {
    let Some(folder) = corpus::found("household") else {
        return Ok(Figure::not_measured(&[CHECK], "there is no test corpus"));
    };
    let truth = corpus::truth(&folder).into_iter();
    let letters = truth.filter(|line| line["text_origin"] == "born-digital");
    let files: Vec<PathBuf> = letters.filter_map(|line| Some(folder.join(line["file"].as_str()?))).collect();
    let output = Command::new(program("workmate-cli"))
        .args(["inspect", "--json", "--jobs", "1", "--no-second-reader"])
        .args(&files)
        .envs([("WORKMATE_READER", "here"), ("WORKMATE_LOG", "read=debug")])
        .output()?;
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    let of_good = log.lines().filter(|line| line.contains("text layer checked") && line.contains("Nothing"));
    let times: Vec<f64> = of_good
        .map(|line| {
            let micros = line.split("micros=").nth(1).and_then(|rest| rest.split_whitespace().next());
            Ok(micros.context("a time")?.parse::<f64>()? / 1000.0)
        })
        .collect::<anyhow::Result<_>>()?;
    ensure!(!times.is_empty(), "the reader tells no times");
    let note = format!("median of {} pages, the fonts of {} files among it", times.len(), files.len());
    Ok(vec![Figure { note, ..Figure::median_ms(CHECK, 3.0, &times) }])
}
