//! How many letters of the household corpus are planned as `expected` says; the rules are those of its `score_plan.py`.

use std::path::Path;

use app::{Inspector, Parts, PlanFor};
use chrono::{DateTime, NaiveDate};
use domain::{Arrival, Region, SourceId};
use serde_json::Value;

/// What was counted.
#[derive(Debug, Default)]
pub struct Score {
    /// Letters that were planned.
    pub letters: u32,
    /// Those planned as expected.
    pub right: u32,
    /// Letters of courts, fines, tax offices and authorities among them.
    pub alarming: u32,
    /// Those of them planned as expected.
    pub alarming_right: u32,
    /// The others, by file with what was planned.
    pub missed: Vec<String>,
}

impl Score {
    /// Of a hundred letters.
    pub fn percent(&self) -> f64 {
        100.0 * f64::from(self.right) / f64::from(self.letters.max(1))
    }
}

/// Plans the letters in `folder` that are PDFs with text, each on its own day and in its own Region.
///
/// # Errors
/// If `truth.jsonl` or a letter cannot be read.
pub fn score(folder: &Path) -> anyhow::Result<Score> {
    let inspector = Inspector::new(Parts::real());
    let truth = std::fs::read_to_string(folder.join("truth.jsonl"))?;
    let mut score = Score::default();
    for line in truth.lines() {
        let letter: Value = serde_json::from_str(line)?;
        if letter["text_origin"] != "born-digital" || letter["expected"].is_null() {
            continue;
        }
        let plan = plan(&inspector, folder, &letter)?;
        let right = is_right(&letter["expected"], &plan);
        let alarming =
            ["court_order", "fine", "tax_notice", "authority_letter"].iter().any(|k| letter["doc_type"] == *k);
        score.letters += 1;
        score.right += u32::from(right);
        score.alarming += u32::from(alarming);
        score.alarming_right += u32::from(alarming && right);
        if !right {
            score.missed.push(format!("{}: {}", letter["file"], Value::from(plan)));
        }
    }
    Ok(score)
}

fn plan(inspector: &Inspector, folder: &Path, letter: &Value) -> anyhow::Result<Vec<Value>> {
    let name = letter["file"].as_str().unwrap_or_default();
    let bytes = std::fs::read(folder.join(name))?;
    let inspection = inspector.inspect(name, &bytes, true)?;
    let arrival = Arrival {
        source: SourceId::Import,
        name: name.to_owned(),
        path: None,
        modified: None,
        content: bytes.into(),
        at: DateTime::UNIX_EPOCH,
    };
    // Letters to nobody in particular have neither day nor Region; nothing follows from them.
    let day = letter["today"].as_str().unwrap_or("2026-01-01");
    let land = letter["land"].as_str().map_or(Ok(Region::NordrheinWestfalen), str::parse)?;
    let planned = inspector.plan(&inspection, &arrival, PlanFor { today: day.parse::<NaiveDate>()?, land });
    planned.iter().map(|task| Ok(serde_json::to_value(task)?)).collect()
}

fn is_right(expected: &Value, plan: &[Value]) -> bool {
    if expected["task"] == false {
        return plan.is_empty();
    }
    plan.iter().any(|task| {
        let amount = |value: &Value| value.as_str().map(|text| text.trim_start_matches('-').to_owned());
        let safe = &task["due_safe"];
        let accepted = |list: &Value| list.as_array().is_some_and(|days| days.contains(safe));
        let in_window = match (&expected["safe_window"][0], &expected["safe_window"][1], safe) {
            (Value::String(first), Value::String(last), Value::String(safe)) => first <= safe && safe <= last,
            _ => false,
        };
        let is_safe = expected["due_safe"].is_null() || *safe == expected["due_safe"];
        task["task_kind"] == expected["task_kind"]
            && (expected["amount"].is_null() || amount(&task["amount"]) == amount(&expected["amount"]))
            && (is_safe || accepted(&expected["accept_safe"]) || in_window)
            && (expected["due_latest"].is_null() || task["due_latest"] == expected["due_latest"])
    })
}
