//! Kills and crash points while letters come in: what is lost, doubled, broken or put aside afterwards. A letter that is not
//! mended by a restart counts, whatever the moment was.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use disk::{BACKUP_POINTS, CONVERSION_POINTS, CRASH_POINTS};
use journeys::backing_up::{Programs, backed_up_through};
use journeys::conversion::converted_through;
use journeys::crashes::{Crash, Lives, Verdict, at_each, crash_at, killed_lives};
use journeys::network::sockets_of_everything;
use journeys::process::program;

use crate::figure::{Better, Figure};

/// 500 kills while 200 files come in, in two profiles, side by side.
const KILLED: Lives = Lives { lives: 1, kills: 250, letters: 100 };
/// Letters that come in while the program is ended at a point: more than so many points together make 200.
const AT_A_POINT: u32 = 4;
/// What is passed with every letter.
const OFTEN: [&str; 3] = ["archive.part_", "ingest.", "understand."];
/// So many processors are kept busy.
const AT_ONCE: usize = 2;

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let (release, with_points) = (program("workmate-cli"), with_crash_points()?);
    let mut verdict = Verdict::default();
    let lives: Vec<Verdict> = std::thread::scope(|scope| {
        let lives: Vec<_> = (0..AT_ONCE as u32).map(|life| (life, &release)).collect();
        let running: Vec<_> = lives
            .into_iter()
            .map(|(life, program)| scope.spawn(move || killed_lives(program, KILLED, 7 + life)))
            .collect();
        running.into_iter().map(|life| life.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    lives.into_iter().for_each(|life| verdict.add(life));
    let crashes = crashed_everywhere(&with_points.cli);
    let hit = crashes.iter().filter(|crash| crash.was_hit).count();
    for crash in crashes {
        if !crash.was_hit {
            eprintln!("not passed: {}", crash.point);
        }
        if !crash.verdict.is_well() {
            eprintln!("{}: {:?}", crash.point, crash.verdict);
        }
        verdict.add(crash.verdict);
    }
    let there = tried(CONVERSION_POINTS, |point| converted_through(with_points.cli.clone(), point, false));
    let back = tried(CONVERSION_POINTS, |point| converted_through(with_points.cli.clone(), point, true));
    let (converted, not_converted) = (there.0 + back.0, [there.1, back.1].concat());
    let (backed_up, not_backed_up) = tried(BACKUP_POINTS, |point| backed_up_through(&with_points, point));
    let sockets = sockets_of_everything(&release, &journeys::samples());
    sockets.iter().for_each(|call| eprintln!("socket: {call}"));
    let kills = KILLED.kills * KILLED.lives * AT_ONCE as u32;
    let letters = KILLED.letters * KILLED.lives * AT_ONCE as u32;
    let of_all = format!("of {kills} kills and {hit} crash points, {letters} and {} letters", AT_A_POINT * hit as u32);
    let count = |name, wrong: &[String]| {
        wrong.iter().for_each(|one| eprintln!("{name}: {one}"));
        figure(name, wrong.len(), Some(0.0), Better::Lower, &of_all)
    };
    Ok(vec![
        figure(
            "safety.kills",
            kills as usize,
            Some(500.0),
            Better::Higher,
            "SIGKILL of the program and its readers, at random moments",
        ),
        figure(
            "safety.crash_points",
            hit,
            Some(40.0),
            Better::Higher,
            &format!("of {} that are listed", CRASH_POINTS.len()),
        ),
        figure(
            "safety.conversion_points",
            converted,
            None,
            Better::Higher,
            "crash points of encrypting a profile and of ending that",
        ),
        count("safety.conversion_wrong", &not_converted),
        figure(
            "safety.backup_points",
            backed_up,
            None,
            Better::Higher,
            &format!("of {} crash points of a backup, and of bringing a state back", BACKUP_POINTS.len()),
        ),
        count("safety.backup_wrong", &not_backed_up),
        count("safety.lost", &verdict.lost),
        count("safety.doubled", &verdict.doubled),
        count("safety.integrity_errors", &verdict.integrity_errors),
        count("safety.quarantined", &verdict.quarantined),
        figure(
            "safety.sockets_when_offline",
            sockets.len(),
            Some(0.0),
            Better::Lower,
            "that the command line and its readers ask for while letters are read, found, checked and exported",
        ),
    ])
}

fn figure(name: &'static str, value: usize, goal: Option<f64>, better: Better, note: &str) -> Figure {
    Figure { name, value: value as f64, unit: "", goal, better, note: note.to_owned() }
}

fn crashed_everywhere(program: &Path) -> Vec<Crash> {
    at_each(CRASH_POINTS, |point| {
        // Not always at the first letter. What a run passes once is tried at once.
        let is_passed_often = OFTEN.iter().any(|noun| point.starts_with(noun));
        let nth = if is_passed_often { 1 + (point.len() as u32 % 3) } else { 1 };
        crash_at(program, point, AT_A_POINT, nth)
    })
}

/// Points at which the program is ended: how many were passed, and what was wrong.
fn tried(points: &[&'static str], each: impl Fn(&'static str) -> Vec<String> + Sync) -> (usize, Vec<String>) {
    let wrong: Vec<String> = at_each(points, each).concat();
    let missed = wrong.iter().filter(|one| one.ends_with("was not passed")).count();
    (points.len().saturating_sub(missed), wrong)
}

/// A debug build has crash points; it is made if it is not there.
fn with_crash_points() -> anyhow::Result<Programs> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["build", "--quiet", "--workspace", "--features", "workmate/custom-protocol"]);
    let built = cargo.args(["--bin", "workmate-cli", "--example", "back-up"]).status().context("cargo")?;
    ensure!(built.success(), "the program does not build");
    let built = |name: &str| Path::new(root).join("target/debug").join(name);
    Ok(Programs { cli: built("workmate-cli"), back_up: built("examples/back-up") })
}
