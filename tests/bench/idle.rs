//! What the program uses while nothing happens: five minutes after a batch of letters, its window hidden in the tray.

use std::time::Duration;

use anyhow::Context as _;
use journeys::process::{Process, Script};
use journeys::session::Session;
use journeys::wait_for;

use crate::arrival;
use crate::figure::{Better, Figure};
use crate::processes::Family;

/// Shortens the wait, to try the bench itself.
const SECONDS_VARIABLE: &str = "WORKMATE_BENCH_IDLE_SECONDS";
const BILLS: u32 = 20;
const SCANS: u32 = 5;

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let seconds: u32 = match std::env::var(SECONDS_VARIABLE) {
        Ok(seconds) => seconds.parse().context(SECONDS_VARIABLE)?,
        Err(_) => 300,
    };
    let session = Session::start();
    let _tray = Script::start(&session, "tray.py", &[]);
    let (letters, profile) = (session.folder().join("letters"), session.folder().join("profile"));
    std::fs::create_dir(&letters)?;
    for number in 1..=BILLS {
        arrival::born_digital(&letters, number)?;
    }
    for number in BILLS + 1..=BILLS + SCANS {
        arrival::scanned(&letters, number)?;
    }

    let program = Process::start(&mut session.workmate(&profile));
    wait_for("the window", || (session.visible_windows() == 1).then_some(()));
    let letters = letters.to_str().context("a name")?;
    let taken = session.cli(&profile, &["import", letters]).len();
    wait_for("the letters to be read", || (session.cli(&profile, &["documents"]).len() == taken).then_some(()));
    session.close_window();

    let before = Family::of(program.id())?.cpu_seconds()?;
    std::thread::sleep(Duration::from_secs(seconds.into()));
    // Children that read files have ended meanwhile.
    let family = Family::of(program.id())?;
    let cpu = (family.cpu_seconds()? - before) / f64::from(seconds) * 100.0;
    let memory = family.memory_mb()?;
    let parts: Vec<String> = memory.iter().map(|(name, mb)| format!("{name} {mb:.0}")).collect();
    Ok(vec![
        Figure {
            name: "main.idle_mb",
            value: memory.iter().map(|(_, mb)| mb).sum(),
            unit: "MB",
            goal: Some(260.0),
            better: Better::Lower,
            note: format!("{}; {seconds} s after {taken} letters", parts.join(", ")),
        },
        Figure {
            name: "main.idle_cpu_percent",
            value: cpu,
            unit: "%",
            goal: Some(0.1),
            better: Better::Lower,
            note: format!("{seconds} s after {taken} letters"),
        },
    ])
}
