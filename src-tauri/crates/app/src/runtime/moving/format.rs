//! The form of an export: its files, and what each JSON file has around its content.
//!
//! | file | holds |
//! |---|---|
//! | `README.txt` | what this is, in German and English |
//! | `export.json` | the [`Head`] |
//! | `manifest.sha256` | the hash of every other file, for `sha256sum -c` |
//! | `originals/<year>/<sender>/<day> <title>.<ending>` | the originals |
//! | `documents/<year>/<sender>/<day> <title>.json` | each document: [`readable`](super::readable) |
//! | `documents.csv`, `tasks.csv`, `dates.ics` | lists for other programs: [`tables`](super::tables) |
//! | `profile.json` | what belongs to no document: senders, tags, views, settings, tasks made by hand |
//! | `history.json` | what was done, by whom and when |
//! | `work.json` | letters that were not read yet, and problems that are shown |
//!
//! Version 1. A newer version of the program adds fields and files, and reads all older versions; it raises the number only
//! where an older program would understand something wrongly. Unknown fields are ignored, missing ones have their defaults.
//! `way_back` holds rows of the tables as they are in the schema that the head names.

use std::io::{self, Read, Write};

use chrono::{DateTime, Utc};
use domain::FileId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::TableRows;

/// The version of the form.
pub(crate) const FORMAT: u32 = 1;

pub(crate) const HEAD: &str = "export.json";
pub(crate) const MANIFEST: &str = "manifest.sha256";
pub(crate) const README: &str = "README.txt";
pub(crate) const PROFILE: &str = "profile.json";
pub(crate) const HISTORY: &str = "history.json";
pub(crate) const WORK: &str = "work.json";
pub(crate) const ORIGINALS: &str = "originals";
pub(crate) const DOCUMENTS: &str = "documents";

/// What an export says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// The version of the form.
    pub(crate) format: u32,
    /// The program that wrote it.
    #[serde(default)]
    pub(crate) program: String,
    /// The version of the tables whose rows are in `way_back`.
    pub(crate) schema: i32,
    /// When it was written.
    #[serde(default)]
    pub(crate) made_at: Option<DateTime<Utc>>,
    /// How many documents there are, also in the trash.
    #[serde(default)]
    pub(crate) documents: u32,
    /// How many tasks.
    #[serde(default)]
    pub(crate) tasks: u32,
}

/// What an import needs of a JSON file; all else in it is for people and other programs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Part {
    /// Where the original lies; none in files about no document.
    pub(crate) original: Option<String>,
    /// The hash of the original.
    pub(crate) sha256: Option<FileId>,
    /// The rows that give the same profile again.
    pub(crate) way_back: TableRows,
}

/// The SHA-256 of bytes, as `sha256sum` writes it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    digits(&Sha256::digest(bytes))
}

/// Bytes of a file in memory while it is hashed or copied.
const AT_A_TIME: usize = 256 * 1024;

/// Hands on all bytes; gives their hash in hexadecimal digits.
pub(crate) fn hashed<H: Digest>(mut from: impl Read, to: &mut impl Write) -> io::Result<String> {
    let (mut hash, mut buffer) = (H::new(), vec![0; AT_A_TIME]);
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok(digits(&hash.finalize()));
        }
        to.write_all(&buffer[..read])?;
        hash.update(&buffer[..read]);
    }
}

/// Bytes in hexadecimal digits.
pub(crate) fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A line of the manifest as hash and path.
pub(crate) fn manifest_line(line: &str) -> Option<(&str, &str)> {
    let (hash, path) = line.split_once("  ").or_else(|| line.split_once(" *"))?;
    let is_hash = hash.len() == 64 && hash.chars().all(|c| c.is_ascii_hexdigit());
    (is_hash && !path.is_empty()).then_some((hash, path))
}
