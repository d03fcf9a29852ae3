//! How often the window asks again while 500 letters come in (`ui/tests/refetches.ts`).

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::figure::{self, Better, Figure};

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui");
    let output = Command::new("npm")
        .args(["--silent", "run", "refetches"])
        .current_dir(&ui)
        .env("WORKMATE_CLI", figure::target()?.join("release/workmate-cli"))
        .output()
        .context("npm could not be started")?;
    let printed = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "refetches: {printed}");
    let line = printed.lines().find_map(|line| line.strip_prefix("FIGURE walls.refetches_per_s "));
    let (value, note) = line.context("walls.refetches_per_s was not measured")?.split_once(' ').context("a note")?;
    Ok(vec![Figure {
        name: "walls.refetches_per_s",
        value: value.parse()?,
        unit: "1/s",
        goal: Some(4.0),
        better: Better::Lower,
        note: note.to_owned(),
    }])
}
