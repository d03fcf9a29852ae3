//! Several processes, one profile: who runs the engine, and how the others are woken.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Result, Store, StoreError};

/// The right to run the engine (inbox, jobs, scheduler) of a profile. Given back when dropped, also by a crash.
#[derive(Debug)]
pub struct EngineLock {
    _file: File,
}

/// Who runs the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its process.
    pub pid: u32,
    /// "app", "watch" or "import".
    pub kind: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// Held by all who put files into the archive (shared), and by those who must be alone with it: opening and sweeping.
pub(crate) fn store_lock(profile: &Path) -> Result<File> {
    open(&profile.join("store.lock"))
}

fn open(path: &Path) -> Result<File> {
    File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|e| StoreError::io("written", path, e))
}

impl Store {
    /// Takes the right to run the engine, as `kind`: "app", "watch" or "import".
    pub fn lock_engine(&self, kind: &str) -> Result<EngineLock> {
        let path = self.engine_path();
        let mut file = open(&path)?;
        if !try_lock(&file, &path)? {
            // It may be somebody who only looks, see `engine_holder`; that is over at once.
            std::thread::sleep(Duration::from_millis(50));
            if !try_lock(&file, &path)? {
                return Err(StoreError::EngineHeld(read_holder(&path)?));
            }
        }
        let holder = Holder { pid: std::process::id(), kind: kind.to_owned(), since: self.clock.now() };
        file.set_len(0)
            .and_then(|()| file.write_all(&serde_json::to_vec(&holder)?))
            .map_err(|e| StoreError::io("written", &path, e))?;
        Ok(EngineLock { _file: file })
    }

    /// Who runs the engine now.
    pub fn engine_holder(&self) -> Result<Option<Holder>> {
        let path = self.engine_path();
        if try_lock(&open(&path)?, &path)? { Ok(None) } else { read_holder(&path).map(Some) }
    }

    /// The file to watch for what other processes change; [`changed_by_another`](Self::changed_by_another) says whether
    /// it was another one.
    pub fn changed_path(&self) -> PathBuf {
        self.profile().join("changed")
    }

    /// Has another process changed anything since this was asked last?
    pub fn changed_by_another(&self) -> Result<bool> {
        let version = self.version_of_others()?;
        Ok(self.seen_version.swap(version, Ordering::Relaxed) != version)
    }

    /// Wakes the other processes. Each write does it.
    pub fn touch_changed(&self) {
        if let Err(error) = fs::write(self.changed_path(), std::process::id().to_string()) {
            // The change itself is safe; the others see it at their next look.
            tracing::warn!(path = %self.changed_path().display(), %error, "other processes could not be woken");
        }
    }

    fn engine_path(&self) -> PathBuf {
        self.profile().join("engine.lock")
    }
}

fn try_lock(file: &File, path: &Path) -> Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(e)) => Err(StoreError::io("locked", path, e)),
    }
}

fn read_holder(path: &Path) -> Result<Holder> {
    let unreadable = |e| StoreError::io("read", path, e);
    let bytes = fs::read(path).map_err(unreadable)?;
    serde_json::from_slice(&bytes).map_err(|e| unreadable(e.into()))
}
