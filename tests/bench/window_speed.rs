//! How quickly the window answers, measured in the page (`ui/tests/figures.ts`).

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::figure::{self, Better, Figure};

/// What is measured there, with its goal.
const FIGURES: &[(&str, &str, f64)] = &[
    ("window.area_switch_ms", "ms", 100.0),
    ("window.area_switch_while_reading_ms", "ms", 100.0),
    ("window.page_flip_ms", "ms", 80.0),
    ("window.placeholder_frames_percent", "%", 1.0),
    ("window.main_js_gzip_kb", "kB", 200.0),
    ("window.axe_violations", "", 0.0),
];

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui");
    let output = Command::new("npm")
        .args(["--silent", "run", "figures"])
        .current_dir(&ui)
        .env("WORKMATE_CLI", figure::target()?.join("release/workmate-cli"))
        .output()
        .context("npm could not be started")?;
    let printed = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "the figures of the window: {printed}");
    FIGURES.iter().map(|(name, unit, goal)| read(&printed, name, unit, *goal)).collect()
}

/// The line `FIGURE name value unit note` of a figure.
fn read(printed: &str, name: &'static str, unit: &'static str, goal: f64) -> anyhow::Result<Figure> {
    let line = printed.lines().find_map(|line| line.strip_prefix("FIGURE ")?.strip_prefix(name)?.strip_prefix(' '));
    let (value, note) = line.with_context(|| format!("{name} was not measured"))?.split_once(' ').context(name)?;
    let note = note.trim_start_matches(unit).trim().to_owned();
    Ok(Figure { name, value: value.parse()?, unit, goal: Some(goal), better: Better::Lower, note })
}
