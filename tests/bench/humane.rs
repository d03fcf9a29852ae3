//! How easily a person gets along, counted in a browser: keys and decisions of journeys without a mouse
//! (`ui/tests/presses.spec.ts`), and what is cut or shut off in every view (`ui/tests/humane.spec.ts`).

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::figure::{self, Better, Figure};

/// The journeys. The goal of each is the sum of the limits of its tasks.
const PRESSES: &[&str] = &[
    "humane.presses_first_start",
    "humane.presses_day",
    "humane.presses_pay",
    "humane.presses_debit",
    "humane.presses_dunning",
    "humane.presses_credit",
    "humane.presses_fine",
    "humane.presses_contract",
    "humane.presses_appointment",
    "humane.presses_question",
    "humane.presses_week_away",
    "humane.presses_back_to_zero",
    "humane.presses_unclear_letter",
    "humane.decisions_clear_letter",
];

/// What is counted in every view, in each language.
const VIEWS: &[&str] = &[
    "humane.texts_cut_de",
    "humane.texts_cut_en",
    "humane.axe_violations_de",
    "humane.axe_violations_en",
    "humane.names_shared_de",
    "humane.names_shared_en",
];

pub(crate) fn presses() -> anyhow::Result<Vec<Figure>> {
    let counted = count("presses")?;
    let mut figures = PRESSES.iter().map(|name| read(&counted, name)).collect::<anyhow::Result<Vec<_>>>()?;
    // A journey may stay below the sum of its limits although one of its tasks does not.
    let over: Vec<&str> = PRESSES
        .iter()
        .filter_map(|name| counted[*name]["over"].as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    figures.push(Figure {
        name: "humane.tasks_over_limit",
        value: f64::from(u32::try_from(over.len())?),
        unit: "",
        goal: Some(0.0),
        better: Better::Lower,
        note: over.join(", "),
    });
    Ok(figures)
}

pub(crate) fn views() -> anyhow::Result<Vec<Figure>> {
    let counted = count("views")?;
    VIEWS.iter().map(|name| read(&counted, name)).collect()
}

/// Runs a script of the interface and gives what its tests have counted, by the names of the figures.
fn count(script: &str) -> anyhow::Result<Value> {
    let target = figure::target()?;
    let counted = target.join("bench/humane.json");
    // What an earlier run has counted is not taken for this one.
    match std::fs::remove_file(&counted) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        Ok(()) | Err(_) => {}
    }
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui");
    let output = Command::new("npm")
        .args(["--silent", "run", script])
        .current_dir(&ui)
        .env("CARGO_TARGET_DIR", &target)
        // Their letters are of fixed days, and only a development build takes its clock from outside.
        .env("WORKMATE_CLI", target.join("debug/workmate-cli"))
        .output()
        .context("npm could not be started")?;
    ensure!(output.status.success(), "a test of `{script}` failed: {}", String::from_utf8_lossy(&output.stdout));
    Ok(serde_json::from_str(&std::fs::read_to_string(&counted)?)?)
}

fn read(counted: &Value, name: &'static str) -> anyhow::Result<Figure> {
    let counted = &counted[name];
    let number = |key: &str| counted[key].as_f64().with_context(|| format!("{name} was not counted"));
    Ok(Figure {
        name,
        value: number("value")?,
        unit: "",
        goal: Some(number("goal")?),
        better: Better::Lower,
        note: counted["note"].as_str().unwrap_or_default().to_owned(),
    })
}
