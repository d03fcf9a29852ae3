//! Several processes, one profile: who runs the engine, and how the others are woken.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Result, Store, StoreError};

/// How long to wait for those who only look, or who are just writing down that they hold the lock.
const MOMENT: Duration = Duration::from_millis(10);
/// So many moments at most: looking and writing take far less, even on a machine that is very busy.
const MOMENTS: u32 = 500;

/// The right to run the engine (inbox, jobs, scheduler) of a profile. Given back when dropped, also by a crash.
#[derive(Debug)]
pub struct EngineLock {
    file: File,
}

impl Drop for EngineLock {
    fn drop(&mut self) {
        // Nobody shall be told of a holder that is gone. Closing the file would not be enough: a child that is just being
        // started has it open, too. After a crash the name stays, but the lock is free.
        if let Err(error) = self.file.set_len(0).and_then(|()| self.file.unlock()) {
            tracing::warn!(%error, "the engine's lock file could not be given back at once");
        }
    }
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
        for _ in 0..MOMENTS {
            if locked(file.try_lock(), &path)? {
                let holder = Holder { pid: std::process::id(), kind: kind.to_owned(), since: self.clock.now() };
                file.set_len(0)
                    .and_then(|()| file.write_all(&serde_json::to_vec(&holder)?))
                    .map_err(|e| StoreError::io("written", &path, e))?;
                return Ok(EngineLock { file });
            }
            if let Some(holder) = held_by(&path)? {
                return Err(StoreError::EngineHeld(holder));
            }
            // Only somebody who looks, or who has just taken it and not yet written who he is.
            std::thread::sleep(MOMENT);
        }
        Err(StoreError::io("locked", &path, io::ErrorKind::TimedOut.into()))
    }

    /// Who runs the engine now.
    pub fn engine_holder(&self) -> Result<Option<Holder>> {
        let path = self.engine_path();
        for _ in 0..MOMENTS {
            if is_free(&path)? {
                return Ok(None);
            }
            if let Some(holder) = held_by(&path)? {
                return Ok(Some(holder));
            }
            std::thread::sleep(MOMENT);
        }
        Err(StoreError::io("read", &path, io::ErrorKind::TimedOut.into()))
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

/// Whether nobody runs the engine. Looking takes the lock together with all others who look, and for a moment only.
fn is_free(path: &Path) -> Result<bool> {
    locked(open(path)?.try_lock_shared(), path)
}

/// Who runs the engine; none where nobody does, or where his name is being written at this moment.
fn held_by(path: &Path) -> Result<Option<Holder>> {
    if is_free(path)? {
        return Ok(None);
    }
    let unreadable = |e| StoreError::io("read", path, e);
    let bytes = fs::read(path).map_err(unreadable)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    serde_json::from_slice(&bytes).map(Some).map_err(|e| unreadable(e.into()))
}

fn locked(tried: std::result::Result<(), TryLockError>, path: &Path) -> Result<bool> {
    match tried {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(e)) => Err(StoreError::io("locked", path, e)),
    }
}
