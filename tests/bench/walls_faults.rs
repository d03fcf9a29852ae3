//! How many of the faults in `journeys::faults` the program holds against: each is a test, and exactly these are run.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, ensure};
use journeys::faults::{FAULTS, Fault};
use serde_json::Value;

use crate::figure::{Better, Figure};

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let packages: BTreeSet<&str> = FAULTS.iter().map(|fault| fault.1).collect();
    let mut missed = Vec::new();
    for package in packages {
        let wanted: Vec<&Fault> = FAULTS.iter().filter(|fault| fault.1 == package).collect();
        let held = held(package, &wanted)?;
        missed.extend(wanted.iter().map(|fault| fault.2).filter(|name| !held.contains(*name)));
    }
    for name in &missed {
        eprintln!("not held: {name}");
    }
    Ok(vec![Figure {
        name: "walls.faults_held",
        value: (FAULTS.len() - missed.len()) as f64,
        unit: "",
        goal: Some(60.0),
        better: Better::Higher,
        note: format!("of the {} tests that journeys::faults lists", FAULTS.len()),
    }])
}

/// The wanted tests of a package that were run and passed.
fn held(package: &str, wanted: &[&Fault]) -> anyhow::Result<BTreeSet<String>> {
    let mut held = BTreeSet::new();
    for program in programs(package)? {
        let run = |arguments: &[&str]| {
            let mut command = Command::new(&program);
            command.current_dir(wanted[0].folder()).env("CARGO_MANIFEST_DIR", wanted[0].folder()).args(arguments);
            command.output().with_context(|| program.display().to_string())
        };
        let listed = run(&["--list", "--format", "terse"])?;
        ensure!(listed.status.success(), "{} lists no tests", program.display());
        let listed = String::from_utf8(listed.stdout)?;
        let paths = listed.lines().filter_map(|line| line.strip_suffix(": test"));
        let ours: Vec<&str> = paths.filter(|path| wanted.iter().any(|fault| fault.2 == name_of(path))).collect();
        if ours.is_empty() {
            continue;
        }
        let output = run(&[&["--exact", "--test-threads", "2"], ours.as_slice()].concat())?;
        let said = String::from_utf8_lossy(&output.stdout);
        let passed = said.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... ok"));
        held.extend(passed.map(|path| name_of(path).to_owned()));
    }
    Ok(held)
}

fn name_of(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// The test programs of a package, built if they are not yet, with the features of every other build.
fn programs(package: &str) -> anyhow::Result<Vec<PathBuf>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["test", "--workspace", "--features", "workmate/custom-protocol", "--no-run"]);
    let output = cargo.args(["--quiet", "--message-format", "json"]).output().context("cargo")?;
    ensure!(output.status.success(), "the tests do not build:\n{}", String::from_utf8_lossy(&output.stderr));
    let mut programs = Vec::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let message: Value = serde_json::from_str(line)?;
        let is_ours = message["package_id"].as_str().is_some_and(|id| {
            // path+file:///…/store#0.1.0, or …/tests#journeys@0.1.0 where the folder has another name
            let (folder, named) = id.split_once('#').unwrap_or((id, ""));
            named.split_once('@').map_or_else(|| folder.ends_with(&format!("/{package}")), |(name, _)| name == package)
        });
        if let (true, Some(program)) = (is_ours && message["profile"]["test"] == true, message["executable"].as_str()) {
            programs.push(PathBuf::from(program));
        }
    }
    Ok(programs)
}
