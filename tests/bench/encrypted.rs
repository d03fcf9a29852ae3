//! What encryption at rest costs: search and import beside the same profile without it, and the start.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use app::{App, EngineOptions, Parts, Profile, Supervisor, encryption};
use domain::SourceId;
use journeys::conversion::{PASSWORD, WORDS};
use journeys::process::program;
use serde_json::json;

use crate::figure::{Better, Figure};

/// Documents in which is searched.
const DOCUMENTS: u32 = 10_000;
/// Each search and each import is done so often, by turns; the medians are compared.
const ROUNDS: usize = 9;
const IMPORTS: usize = 3;
/// Letters of an import.
const LETTERS: u32 = 60;
const QUERIES: [&str; 6] =
    ["rechnung", "stadtwerke strom", "betrag:>100", "von:versicherung", "\"bitte zahlen\"", "art:rechnung datum:2026"];

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let root = tempfile::tempdir()?;
    let (plain, sealed) = (root.path().join("plain"), root.path().join("sealed"));
    for folder in [&plain, &sealed] {
        let app = opened(folder, false)?;
        app.generate(DOCUMENTS, |_| {}).map_err(|failure| anyhow::anyhow!("{failure}"))?;
    }
    convert(&sealed)?;
    let (searching, starting) = searched(&plain, &sealed)?;
    let importing = imported()?;
    let ratio = |[plain, sealed]: [f64; 2]| sealed / plain;
    let figure =
        |name, value, unit, goal, note: String| Figure { name, value, unit, goal, better: Better::Lower, note };
    let slower = ratio(searching).max(ratio(importing));
    Ok(vec![
        figure(
            "safety.encrypted_slowdown",
            slower,
            "x",
            Some(1.15),
            format!(
                "the slower of search ({:.1} ms beside {:.1} ms for {} queries in {DOCUMENTS} documents) and import ({:.2} s \
                 beside {:.2} s for {LETTERS} letters)",
                searching[1],
                searching[0],
                QUERIES.len(),
                importing[1],
                importing[0]
            ),
        ),
        figure("safety.encrypted_search_slowdown", ratio(searching), "x", Some(1.15), String::new()),
        figure("safety.encrypted_import_slowdown", ratio(importing), "x", Some(1.15), String::new()),
        figure(
            "safety.start_cost_ms",
            starting[1] - starting[0],
            "ms",
            Some(100.0),
            format!("opening the encrypted profile takes {:.1} ms, the plain one {:.1} ms", starting[1], starting[0]),
        ),
        figure("safety.unlock_ms", unlocked(&sealed)?, "ms", None, "from the typed password to the keys".to_owned()),
    ])
}

fn parts(keys: Option<Arc<app::Keys>>) -> Parts {
    Parts { keys, channels: Vec::new(), reader: Some(program("workmate-cli")), ..Parts::real() }
}

fn opened(folder: &Path, with_password: bool) -> anyhow::Result<Arc<App>> {
    let profile = Profile::locate(Some(folder))?;
    let keys = with_password.then(|| encryption::unlock(&profile, PASSWORD)).transpose()?;
    Ok(App::open(profile, parts(keys))?)
}

fn convert(folder: &Path) -> anyhow::Result<()> {
    let profile = Profile::locate(Some(folder))?;
    encryption::ask_for_encryption(&profile, PASSWORD, WORDS)?;
    let keys = encryption::unlock(&profile, PASSWORD)?;
    ensure!(encryption::convert(&profile, &keys, &|_, _| true)?, "it is not converted");
    Ok(())
}

/// Milliseconds of all queries, plain and encrypted, and of opening the profile with its keys at hand.
fn searched(plain: &Path, sealed: &Path) -> anyhow::Result<([f64; 2], [f64; 2])> {
    let profiles = [Profile::locate(Some(plain))?, Profile::locate(Some(sealed))?];
    let keys = [None, Some(encryption::unlock(&profiles[1], PASSWORD)?)];
    let mut starts = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for at in [0, 1] {
            let started = Instant::now();
            let app = App::open(profiles[at].clone(), parts(keys[at].clone()))?;
            app.dispatch("today.get", serde_json::Value::Null)?;
            starts[at].push(1000.0 * started.elapsed().as_secs_f64());
        }
    }
    let apps = [opened(plain, false)?, opened(sealed, true)?];
    let mut times = [Vec::new(), Vec::new()];
    // The first round fills what the program and the system keep in memory.
    for round in 0..=ROUNDS {
        for (app, times) in apps.iter().zip(&mut times) {
            let started = Instant::now();
            for query in QUERIES {
                app.dispatch("search.find", json!({"query": query, "limit": 20}))?;
            }
            if round > 0 {
                times.push(1000.0 * started.elapsed().as_secs_f64());
            }
        }
    }
    Ok((times.map(median), starts.map(median)))
}

/// Seconds of an import, plain and encrypted with the keys at hand.
fn imported() -> anyhow::Result<[f64; 2]> {
    let letters = tempfile::tempdir()?;
    let mut paths = Vec::new();
    for number in 0..LETTERS {
        let path = letters.path().join(format!("{number}.pdf"));
        std::fs::write(&path, journeys::crashes::bill(number))?;
        paths.push(path);
    }
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..IMPORTS {
        for (at, times) in times.iter_mut().enumerate() {
            let root = tempfile::tempdir()?;
            let profile = root.path().join("profile");
            drop(opened(&profile, false)?);
            if at == 1 {
                convert(&profile)?;
            }
            let app = opened(&profile, at == 1)?;
            let engine = Supervisor::start(&app, "bench", EngineOptions::JOBS)?;
            let started = Instant::now();
            let files: Vec<_> = app.import(&paths, SourceId::Import)?.into_iter().filter_map(|one| one.file).collect();
            ensure!(files.len() == paths.len(), "not all letters came in");
            app.wait_for(&files, Duration::from_millis(5))?;
            times.push(started.elapsed().as_secs_f64());
            drop(engine);
        }
    }
    Ok(times.map(median))
}

/// Milliseconds from the typed password to the keys (Argon2id).
fn unlocked(sealed: &Path) -> anyhow::Result<f64> {
    let profile = Profile::locate(Some(sealed))?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        encryption::unlock(&profile, PASSWORD)?;
        times.push(1000.0 * started.elapsed().as_secs_f64());
    }
    Ok(median(times))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
