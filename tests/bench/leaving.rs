//! A collection of ten thousand documents goes out, comes back, and comes in from paperless-ngx.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, ensure};
use journeys::letter::letter_pdf;
use journeys::process::program;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::figure::{Better, Figure};

const DOCUMENTS: u32 = 10_000;

/// Seconds, each once: a person does this once in years.
pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let folder = TempDir::new()?;
    let at = |name: &str| folder.path().join(name);
    // Made-up documents are read and have tasks; they have no originals, which an export says of each.
    run(&at("made-up"), &["generate", "--documents", &DOCUMENTS.to_string()], &[])?;
    let (export, _) = run(&at("made-up"), &["export"], &[&at("export")])?;
    let (import, brought) = run(&at("back"), &["import", "--from-export"], &[&at("export")])?;
    ensure!(brought["documents"] == DOCUMENTS, "{} documents came back", brought["documents"]);
    let size = folder_size(&at("export"))?;

    let paperless = at("paperless");
    paperless_export(&paperless)?;
    let (preview, seen) = run(&at("taken"), &["import", "--preview", "--from-paperless"], &[&paperless])?;
    ensure!(seen["documents"] == DOCUMENTS && seen["problems"] == json!([]), "{seen}");
    let (taking, taken) = run(&at("taken"), &["import", "--from-paperless"], &[&paperless])?;
    ensure!(taken["documents"] == DOCUMENTS, "{taken}");
    let (again, known) = run(&at("taken"), &["import", "--from-paperless"], &[&paperless])?;
    ensure!(known["known"] == DOCUMENTS, "{known}");
    // These have originals, and are not read yet.
    let (originals, exported) = run(&at("taken"), &["export"], &[&at("second")])?;
    ensure!(exported["problems"] == json!([]), "{exported}");
    let (originals_back, brought) = run(&at("second-back"), &["import", "--from-export"], &[&at("second")])?;
    ensure!(brought["originals"] == DOCUMENTS && brought["problems"] == json!([]), "{brought}");

    let figure = |name, seconds, note: String| Figure {
        name,
        value: seconds,
        unit: "s",
        goal: None,
        better: Better::Lower,
        note,
    };
    let megabytes = size / 1_000_000;
    Ok(vec![
        figure("leaving.export_s", export, format!("{DOCUMENTS} read documents, {megabytes} MB")),
        figure("leaving.import_s", import, "the same ones back, with the index of the search".to_owned()),
        figure("leaving.export_originals_s", originals, format!("{DOCUMENTS} originals, not read")),
        figure("leaving.import_originals_s", originals_back, "the same ones back".to_owned()),
        figure("leaving.paperless_preview_s", preview, format!("{DOCUMENTS} documents")),
        figure("leaving.paperless_import_s", taking, "without reading them".to_owned()),
        figure("leaving.paperless_again_s", again, "all of them known".to_owned()),
    ])
}

/// Runs the program; gives seconds and its answer.
fn run(profile: &Path, arguments: &[&str], paths: &[&Path]) -> anyhow::Result<(f64, Value)> {
    let mut command = Command::new(program("workmate-cli"));
    command.arg("--profile").arg(profile).arg("--json").args(arguments).args(paths).stderr(Stdio::null());
    let started = Instant::now();
    let output = command.output()?;
    let seconds = started.elapsed().as_secs_f64();
    let mut answer: Value = match output.stdout.as_slice() {
        [] => Value::Null,
        text => serde_json::from_slice(text).with_context(|| format!("{arguments:?}"))?,
    };
    Ok((seconds, answer["data"].take()))
}

/// An export of paperless-ngx with a bill in each document, with its text in the manifest as there.
fn paperless_export(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir(folder)?;
    let mut records = vec![json!({"model": "documents.documenttype", "pk": 1, "fields": {"name": "Rechnung"}})];
    for number in 0..250 {
        records.push(
            json!({"model": "documents.correspondent", "pk": number, "fields": {"name": format!("Firma {number}")}}),
        );
        records.push(json!({"model": "documents.tag", "pk": number, "fields": {
            "name": format!("Tag {number}"), "tn_parent": (number > 9).then_some(number % 10), "is_inbox_tag": false}}));
    }
    let text = "Die Leistung wurde vereinbart, erbracht und am Ersten des Monats abgenommen. ".repeat(40);
    for number in 0..DOCUMENTS {
        let name = format!("{number:05}.pdf");
        let bill = letter_pdf(&["Rechnung", &format!("Rechnungsnummer: GH-{number:05}"), "Rechnungsbetrag: 84,20 €"]);
        std::fs::write(folder.join(&name), &bill)?;
        let day = format!("20{:02}-{:02}-{:02}", 15 + number % 10, 1 + number % 12, 1 + number % 28);
        records.push(json!({"model": "documents.document", "pk": number, "__exported_file_name__": name, "fields": {
            "title": format!("Rechnung {number}"), "correspondent": number % 250, "document_type": 1, "content": text,
            "tags": [number % 250, number % 10], "created": day, "added": format!("{day}T08:00:00Z"),
            "original_filename": name, "archive_serial_number": number, "deleted_at": null}}));
        records.push(json!({"model": "documents.note", "pk": number, "fields": {
            "note": format!("Notiz {number}"), "created": format!("{day}T09:00:00Z"), "document": number}}));
    }
    Ok(std::fs::write(folder.join("manifest.json"), serde_json::to_vec(&records)?)?)
}

fn folder_size(folder: &Path) -> std::io::Result<u64> {
    let mut size = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let found = entry.metadata()?;
        size += if found.is_dir() { folder_size(&entry.path())? } else { found.len() };
    }
    Ok(size)
}
