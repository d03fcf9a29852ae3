//! Backups of a thousand letters of the size of scans: the second one, and the way back.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, ensure};
use app::{Profile, RandomIds, RestoreFrom, Unwatched, Watcher, restore};
use journeys::TestApp;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::figure::{Better, Figure};

const LETTERS: u64 = 1_000;
/// Bytes of a scanned page.
const BYTES: usize = 200_000;
const WORDS: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let test = TestApp::on("2026-11-20");
    let archive = test.folder().join("archive");
    for number in 0..LETTERS {
        let bytes = noise(number);
        let name: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let folder = archive.join(name.get(..2).context("a hash")?);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(&name), bytes)?;
    }
    let root = tempfile::tempdir()?;
    let disk = root.path().join("disk");
    test.call("backup.set_up", json!({"folder": disk, "words": WORDS}));
    let made = || -> anyhow::Result<f64> {
        let started = Instant::now();
        let row = test.app.back_up(&|| false)?;
        // The letters, the database, and the end of the history.
        ensure!(row.outcome.as_ref().is_ok_and(|made| made.files == LETTERS + 2), "{row:?}");
        Ok(started.elapsed().as_secs_f64())
    };
    // The first one of a week also reads a part of the data: neither is measured on its own.
    let first = made()?;
    test.call("tasks.add", json!({"title": "call Kim"}));
    let second = made()?;

    let profile = Profile::locate(Some(&root.path().join("back")))?;
    let from = RestoreFrom { folder: &disk, words: WORDS, state: None, password: None };
    let watcher: Arc<dyn Watcher> = Arc::new(Unwatched);
    let started = Instant::now();
    restore(&profile, &from, (Arc::clone(&test.clock) as Arc<dyn domain::Clock>, Arc::new(RandomIds)), &watcher)?;
    let back = started.elapsed().as_secs_f64();
    let differ = differences(&archive, &profile.folder.join("archive"))?;

    let figure =
        |name, value, unit, goal, note: String| Figure { name, value, unit, goal, better: Better::Lower, note };
    Ok(vec![
        figure(
            "safety.backup_first_run_s",
            first,
            "s",
            None,
            format!("{LETTERS} letters of {BYTES} random bytes, verified"),
        ),
        figure("safety.backup_second_run_s", second, "s", None, "the same with one task more".to_owned()),
        figure("safety.backup_second_run_ratio", second / first, "", Some(0.1), String::new()),
        figure("safety.restore_s", back, "s", None, "every hash compared, the database checked".to_owned()),
        figure("safety.restore_differs", differ, "", Some(0.0), "originals".to_owned()),
    ])
}

/// Bytes that cannot be compressed, other ones for each number: xorshift64 (Marsaglia 2003).
fn noise(number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let words = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    words.take(BYTES / 8).flatten().collect()
}

/// How many files of one folder are not byte for byte in the other.
fn differences(one: &Path, other: &Path) -> anyhow::Result<f64> {
    let mut differ = 0.0;
    for folder in fs::read_dir(one)? {
        let folder = folder?.path();
        for file in fs::read_dir(&folder)? {
            let file = file?.path();
            let place = file.strip_prefix(one)?;
            if fs::read(&file)? != fs::read(other.join(place)).unwrap_or_default() {
                differ += 1.0;
            }
        }
    }
    Ok(differ)
}
