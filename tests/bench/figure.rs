//! A measured figure, and how figures are shown and kept.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::{Value, json};

/// What is better.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Better {
    /// Less of it.
    Lower,
    /// More of it.
    Higher,
}

/// One line of the results.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) goal: Option<f64>,
    pub(crate) better: Better,
    /// What the value was made of, for whoever reads the table.
    pub(crate) note: String,
}

impl Figure {
    /// Milliseconds: the median of several runs.
    pub(crate) fn median_ms(name: &'static str, goal: f64, runs: &[f64]) -> Self {
        let mut sorted = runs.to_vec();
        sorted.sort_by(f64::total_cmp);
        let value = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
        let shown: Vec<String> = runs.iter().map(|run| format!("{run:.0}")).collect();
        Self { name, value, unit: "ms", goal: Some(goal), better: Better::Lower, note: shown.join(" ") }
    }

    /// Figures that could not be measured, and why: they stay in the table, so that nobody takes them for met.
    pub(crate) fn not_measured(names: &[&'static str], why: &str) -> Vec<Self> {
        let note = format!("not measured: {}", why.lines().next().unwrap_or_default());
        let figure = |name: &&'static str| Self {
            name,
            value: f64::NAN,
            unit: "",
            goal: None,
            better: Better::Lower,
            note: note.clone(),
        };
        names.iter().map(figure).collect()
    }

    fn json(&self) -> Value {
        let better = match self.better {
            Better::Lower => "lower",
            Better::Higher => "higher",
        };
        // What was not measured is null.
        let value = (self.value * 100.0).round() / 100.0;
        json!({"name": self.name, "value": value, "unit": self.unit, "goal": self.goal, "better": better, "note": self.note})
    }

    fn met(&self) -> Option<bool> {
        match self.better {
            Better::Lower => self.goal.map(|goal| self.value <= goal),
            Better::Higher => self.goal.map(|goal| self.value >= goal),
        }
    }
}

/// The figures as text.
pub(crate) fn table(figures: &[Figure]) -> String {
    let mut lines = vec![format!("{:<32}{:>10} {:<8}{:>8}  {:<8}{}", "figure", "value", "unit", "goal", "", "made of")];
    for figure in figures {
        let goal = figure.goal.map_or(String::new(), |goal| goal.to_string());
        let met = match figure.met() {
            Some(true) => "met",
            Some(false) => "missed",
            None => "",
        };
        let Figure { name, value, unit, note, .. } = figure;
        lines.push(format!("{name:<32}{value:>10.2} {unit:<8}{goal:>8}  {met:<8}{note}"));
    }
    lines.join("\n")
}

/// Writes them to a file in `target/bench`. Where only `wanted` was measured, the other figures stay there.
pub(crate) fn write(figures: &[Figure], file: &str, wanted: &[String]) -> anyhow::Result<()> {
    let folder = target()?.join("bench");
    let path = folder.join(file);
    let mut list: Vec<Value> = match std::fs::read_to_string(&path) {
        Ok(before) if !wanted.is_empty() => {
            serde_json::from_str(&before).with_context(|| path.display().to_string())?
        }
        Ok(_) => Vec::new(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    let is_new = |kept: &Value| figures.iter().any(|figure| kept["name"] == figure.name);
    list.retain(|kept| !is_new(kept) && wanted.iter().all(|part| kept["name"] != part.as_str()));
    list.extend(figures.iter().map(Figure::json));
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&path, format!("{:#}\n", Value::Array(list))))
        .with_context(|| format!("{} could not be written", path.display()))
}

/// The build folder: the bench lies in `target/release`.
pub(crate) fn target() -> anyhow::Result<PathBuf> {
    let this = std::env::current_exe()?;
    this.ancestors().nth(2).map(Path::to_path_buf).context("the bench does not lie in a build folder")
}
