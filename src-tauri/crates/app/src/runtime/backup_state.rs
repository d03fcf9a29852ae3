//! What is known of the backups of this process, and where a repository lies.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Failure;
use crate::runtime::pace::Pace;
use crate::runtime::wake::Wake;

/// Hours from one backup to the next.
pub(crate) const EVERY_HOURS: i64 = 24;
/// The folder that is made where the chosen one holds something else.
const OWN_FOLDER: &str = "Workmate Backup";

/// The backups of this process.
#[derive(Default)]
pub(crate) struct Backups {
    pub(crate) wake: Wake,
    present: Mutex<Present>,
    pub(crate) pace: Pace,
}

/// How the backups stand at the moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Present {
    /// Bytes done and in all, of the backup that is being made.
    pub(crate) progress: Option<(u64, u64)>,
    /// It is held up.
    pub(crate) paused: bool,
    /// Somebody wants one now.
    pub(crate) wanted: bool,
    /// What the next one waits for.
    pub(crate) waits: Option<Failure>,
    /// It is to end.
    pub(crate) broken_off: bool,
}

impl Backups {
    pub(crate) fn present(&self) -> MutexGuard<'_, Present> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Breaks off the backup that is being made. What was written already is used by the next one.
    pub(crate) fn break_off(&self) {
        self.present().broken_off = true;
        self.wake.ring();
    }
}

/// Where the repository is, or is to be made: in the chosen folder, or in one of our own inside it.
pub(crate) fn repository_in(chosen: &Path) -> PathBuf {
    let own = chosen.join(OWN_FOLDER);
    let is_empty = || fs::read_dir(chosen).map_or(true, |mut entries| entries.next().is_none());
    if !is_plugged_in(chosen) && (is_plugged_in(&own) || !is_empty()) { own } else { chosen.to_path_buf() }
}

/// Is a repository there? An unplugged disk leaves nothing, or an empty folder.
pub(crate) fn is_plugged_in(folder: &Path) -> bool {
    folder.join("config").exists()
}
