//! How many keys and decisions the journeys of a person need, without a mouse (`ui/tests/presses.spec.ts`).

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::figure::{self, Better, Figure};

/// The journeys. The goal of each is the sum of the limits of its tasks.
const FIGURES: &[&str] = &[
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

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let target = figure::target()?;
    let counted = target.join("bench/presses.json");
    // What an earlier run has counted is not taken for this one.
    match std::fs::remove_file(&counted) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        Ok(()) | Err(_) => {}
    }
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui");
    let output = Command::new("npm")
        .args(["--silent", "run", "presses"])
        .current_dir(&ui)
        .env("CARGO_TARGET_DIR", &target)
        .env("WORKMATE_CLI", target.join("release/workmate-cli"))
        .output()
        .context("npm could not be started")?;
    ensure!(output.status.success(), "a journey failed: {}", String::from_utf8_lossy(&output.stdout));
    let counted: Value = serde_json::from_str(&std::fs::read_to_string(&counted)?)?;
    let mut figures = FIGURES.iter().map(|name| read(&counted[*name], name)).collect::<anyhow::Result<Vec<_>>>()?;
    // A journey may stay below the sum of its limits although one of its tasks does not.
    let over: Vec<&str> = FIGURES
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

fn read(counted: &Value, name: &'static str) -> anyhow::Result<Figure> {
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
