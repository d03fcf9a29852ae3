//! From the start of the process to the first thing on the screen.

use anyhow::Context as _;
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;

use crate::figure::Figure;
use crate::processes;

const RUNS: u32 = 5;

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let runs: Vec<f64> = (0..RUNS).map(|_| run()).collect::<Result<_, _>>()?;
    Ok(vec![Figure::median_ms("main.first_paint_ms", 1500.0, &runs)])
}

fn run() -> anyhow::Result<f64> {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    let painted = wait_for("the first paint", || {
        let paint = "performance.getEntriesByName('first-contentful-paint')[0]";
        window.run(&format!("return performance.timeOrigin + {paint}?.startTime"), &[]).as_f64()
    });
    let status = window.cli(&["call", "status.get"]);
    let process = status[0]["engine"]["pid"].as_u64().context("nobody runs the engine")?;
    Ok(painted - processes::started_ms(u32::try_from(process)?)?)
}
