//! From the start of the process to the first thing on the screen.

use anyhow::Context as _;
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;

use crate::figure::Figure;
use crate::processes;

const RUNS: u32 = 5;

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let runs: Vec<f64> = (0..RUNS).map(|_| run("profile")).collect::<Result<_, _>>()?;
    Ok(vec![Figure::median_ms("main.first_paint_ms", 1500.0, &runs)])
}

/// Names a profile with 100,000 documents; the program changes nothing in it but what it notes of its own work.
const LARGE: &str = "WORKMATE_BENCH_PROFILE_100K";

pub(crate) fn measure_100k() -> anyhow::Result<Vec<Figure>> {
    let Ok(profile) = std::env::var(LARGE) else {
        println!("{LARGE} names no profile: not measured.");
        return Ok(Vec::new());
    };
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
