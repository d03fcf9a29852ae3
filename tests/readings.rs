//! Reads the files of a set once and stores what was read, so that understanding can be measured in seconds:
//! `readings FOLDER OUT.jsonl [TEXT_ORIGIN …]`. Files that `OUT.jsonl` has already are left out.
#![expect(clippy::print_stderr, reason = "this is a program for the command line")]

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use app::{Inspector, Parts};
use serde_json::Value;
use train::corpus;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out, origins @ ..] = words.as_slice() else {
        anyhow::bail!("readings FOLDER OUT.jsonl [TEXT_ORIGIN …]")
    };
    let (folder, out) = (PathBuf::from(folder), PathBuf::from(out));
    let have: BTreeSet<String> = match fs::read_to_string(&out) {
        Ok(lines) => lines.lines().map(|line| Ok(corpus::from_line(line)?.0)).collect::<anyhow::Result<_>>()?,
        Err(_) => BTreeSet::new(),
    };
    if let Some(parent) = out.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = OpenOptions::new().create(true).append(true).open(&out)?;
    let inspector = Inspector::new(Parts::real());
    for line in fs::read_to_string(folder.join("truth.jsonl"))?.lines() {
        let truth: Value = serde_json::from_str(line)?;
        let name = truth["file"].as_str().context("a file")?;
        let origin = truth["text_origin"].as_str().unwrap_or_default();
        if have.contains(name) || !origins.is_empty() && !origins.iter().any(|wanted| wanted == origin) {
            continue;
        }
        let bytes = fs::read(folder.join(name))?;
        match inspector.inspect(name, &bytes, true) {
            Ok(inspection) => writeln!(file, "{}", corpus::to_line(name, inspection.reading())?)?,
            Err(error) => eprintln!("{name}: {}", error.message),
        }
    }
    Ok(())
}
