//! From the start of the process to the first thing on the screen.

use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use journeys::process::program;
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;
use tempfile::TempDir;

use crate::figure::Figure;
use crate::processes;

const RUNS: u32 = 5;

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let runs: Vec<f64> = (0..RUNS).map(|_| run("profile")).collect::<Result<_, _>>()?;
    Ok(vec![Figure::median_ms("main.first_paint_ms", 1500.0, &runs)])
}

/// As many documents as nobody outgrows.
const MANY: &str = "100000";

pub(crate) fn measure_100k() -> anyhow::Result<Vec<Figure>> {
    let folder = TempDir::new()?;
    let profile = folder.path().join("large").to_string_lossy().into_owned();
    let made = Command::new(program("workmate-cli"))
        .args(["--profile", &profile, "generate", "--documents", MANY])
        .stdout(Stdio::null())
        .status()?;
    ensure!(made.success(), "no large profile could be made: {made}");
    // Once unmeasured: what is measured is a warm start.
    run(&profile)?;
    let runs: Vec<f64> = (0..RUNS).map(|_| run(&profile)).collect::<Result<_, _>>()?;
    Ok(vec![Figure::median_ms("window.first_paint_ms_100k", 1500.0, &runs)])
}

/// `profile`: its name on a new desktop, or a full path.
fn run(profile: &str) -> anyhow::Result<f64> {
    let session = Session::start();
    let window = Window::open(&session, profile);
    let painted = wait_for("the first paint", || {
        let paint = "performance.getEntriesByName('first-contentful-paint')[0]";
        window.run(&format!("return performance.timeOrigin + {paint}?.startTime"), &[]).as_f64()
    });
    let status = window.cli(&["call", "status.get"]);
    let process = status[0]["engine"]["pid"].as_u64().context("nobody runs the engine")?;
    Ok(painted - processes::started_ms(u32::try_from(process)?)?)
}
