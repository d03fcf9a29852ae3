//! How fast documents are found, and how the index grows: made-up profiles of three sizes.

use std::time::Instant;

use anyhow::Context as _;
use journeys::TestApp;
use serde_json::{Value, json};

use crate::figure::{Better, Figure};

const SIZES: [u32; 3] = [1_000, 10_000, 100_000];
/// Writes that are timed.
const WRITES: usize = 41;

/// What people type, letter by letter.
const TYPED: &[&str] = &[
    "rechnung strom 2024",
    "versicherungsbeitrag",
    "kündigung vertrag",
    "DE89 3704",
    "mahngebühr offen",
    "invoice premium",
    "steuerbescheid einspruch",
    "von:stadtwerke abschlag",
    "Telekomunikation",
    "1.234,56",
];

/// Combinations of conditions.
const FILTERS: &[&str] = &[
    "art:rechnung betrag:>100 datum:2023..2025",
    "fällig:diese-woche status:offen",
    "art:mahnung oder art:steuerbescheid datum:letztes-jahr",
    "hat:iban betrag:50..60 -art:quittung",
    "aufgabe:zahlen fällig:<heute",
    "von:versicherung datum:2022 betrag:>500",
    "strom art:rechnung datum:2024-01..2024-06",
    "ohne:tag status:geprüft art:kontoauszug",
];

struct Measured {
    documents: u32,
    keystroke: f64,
    filter: f64,
    facets: f64,
    index: f64,
    ratio: f64,
    memory: f64,
}

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let measured = SIZES.into_iter().map(profile).collect::<anyhow::Result<Vec<_>>>()?;
    println!(
        "{:>10}{:>14}{:>12}{:>12}{:>12}{:>12}{:>12}",
        "documents", "keystroke ms", "filter ms", "facets ms", "index ms", "size ratio", "memory MB"
    );
    for m in &measured {
        println!(
            "{:>10}{:>14.1}{:>12.1}{:>12.1}{:>12.2}{:>12.2}{:>12.0}",
            m.documents, m.keystroke, m.filter, m.facets, m.index, m.ratio, m.memory
        );
    }
    let largest = measured.last().context("a size")?;
    let figure = |name, value, unit, goal, note: &str| Figure {
        name,
        value,
        unit,
        goal: Some(goal),
        better: Better::Lower,
        note: note.to_owned(),
    };
    let p95 = "95th of 100, the whole command";
    Ok(vec![
        figure("search.keystroke_p95_ms_100k", largest.keystroke, "ms", 50.0, p95),
        figure("search.filter_p95_ms_100k", largest.filter, "ms", 50.0, p95),
        figure("search.facets_p95_ms_100k", largest.facets, "ms", 80.0, p95),
        figure(
            "search.index_ms_per_document",
            largest.index,
            "ms",
            5.0,
            "a write that indexes one, less one that does not",
        ),
        figure("search.size_ratio", largest.ratio, "×", 2.5, "the whole database to the text of the pages"),
        figure("search.memory_mb_100k", largest.memory, "MB", 200.0, "this process, which also wrote the profile"),
    ])
}

fn profile(documents: u32) -> anyhow::Result<Measured> {
    let test = TestApp::on("2026-11-20");
    let text = test.app.generate(documents, |_| {}).map_err(|failure| anyhow::anyhow!("{failure}"))?;
    // As after a start: nothing left of the writing.
    let test = test.restarted();
    let find = |query: &str, facets: bool| {
        let start = Instant::now();
        test.call("search.find", json!({"query": query, "facets": facets}));
        start.elapsed().as_secs_f64() * 1000.0
    };
    let keystrokes = TYPED.iter().flat_map(|typed| {
        typed.char_indices().map(|(at, c)| typed.get(..at + c.len_utf8()).unwrap_or(typed)).collect::<Vec<_>>()
    });
    let keystroke = p95(keystrokes.map(|typed| find(typed, false)).collect())?;
    let filter = p95(FILTERS.iter().cycle().take(64).map(|query| find(query, false)).collect())?;
    let broad = ["", "rechnung", "art:rechnung", "datum:2024", "betrag:>100 strom"];
    let facets = p95(broad.iter().cycle().take(40).map(|query| find(query, true)).collect())?;

    let ids: Vec<Value> = test.call("documents.list", json!({"limit": WRITES}))["items"]
        .as_array()
        .map(|rows| rows.iter().map(|row| row["id"].clone()).collect())
        .unwrap_or_default();
    let timed = |command: &str, inputs: Vec<Value>| {
        let times = inputs.into_iter().map(|input| {
            let start = Instant::now();
            test.call(command, input);
            start.elapsed().as_secs_f64() * 1000.0
        });
        middle(times.collect())
    };
    let plain = (0..WRITES).map(|at| json!({"key": "theme", "value": if at % 2 == 0 { "dark" } else { "light" }}));
    let without = timed("settings.change", plain.collect())?;
    let with =
        timed("documents.write_note", ids.into_iter().map(|id| json!({"id": id, "note": "Zählerstand"})).collect())?;

    let database = test.folder().join("workmate.db").metadata()?.len() as f64;
    let ratio = database / text as f64;
    Ok(Measured { documents, keystroke, filter, facets, index: (with - without).max(0.0), ratio, memory: memory_mb()? })
}

fn p95(times: Vec<f64>) -> anyhow::Result<f64> {
    place(times, 95)
}

fn middle(times: Vec<f64>) -> anyhow::Result<f64> {
    place(times, 50)
}

fn place(mut times: Vec<f64>, percent: usize) -> anyhow::Result<f64> {
    times.sort_by(f64::total_cmp);
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().context("no run")
}

/// Of this process, in 10⁶ bytes.
fn memory_mb() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse::<f64>()? * 1024.0 / 1e6)
}
