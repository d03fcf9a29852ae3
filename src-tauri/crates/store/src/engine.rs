//! Several processes on one profile: which of them has which role, and how they wake each other.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::Clock;
use serde::{Deserialize, Serialize};

use crate::{Result, Store, StoreError};

/// How long to wait before the lock is tried again: somebody may just be looking at it, or writing his name into it.
const MOMENT: Duration = Duration::from_millis(10);
/// How often the lock is tried. Looking and writing take far less time, even on a busy machine.
const MOMENTS: u32 = 500;

/// A role that only one process of a profile has at a time. Each role has its own lock: a process that imports holds
/// the engine, and another one still sends reminders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Inbox folder and jobs.
    Engine,
    /// Reminders.
    Reminders,
}

impl Role {
    fn lock_file(self) -> &'static str {
        match self {
            Self::Engine => "engine.lock",
            Self::Reminders => "reminders.lock",
        }
    }
}

/// The lock of a role. It is released when it is dropped, and by the system after a crash.
#[derive(Debug)]
pub struct RoleLock {
    file: File,
}

impl Drop for RoleLock {
    fn drop(&mut self) {
        // The name is cleared so that nobody is told of a holder that has ended. Closing the file would not release
        // the lock: a child that is just being started has it open, too. After a crash the name stays, but the lock is
        // free.
        if let Err(error) = self.file.set_len(0).and_then(|()| self.file.unlock()) {
            tracing::warn!(%error, "a lock file could not be given back at once");
        }
    }
}

/// A way to wait for a role that another process has.
#[derive(Clone)]
pub struct RoleWait {
    path: PathBuf,
    kind: String,
    clock: Arc<dyn Clock>,
}

impl RoleWait {
    /// Blocks until the role is free, and takes it. The system wakes the thread, also when the holder crashed. Nothing
    /// else can wake it, so call it on a thread of its own.
    ///
    /// # Errors
    /// If the lock file cannot be opened, locked or written.
    pub fn wait(&self) -> Result<RoleLock> {
        let file = open(&self.path)?;
        loop {
            match file.lock() {
                Ok(()) => return RoleLock::signed(file, &self.path, &self.kind, self.clock.now()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(StoreError::io("locked", &self.path, error)),
            }
        }
    }
}

impl RoleLock {
    /// Writes who holds the lock into its file.
    fn signed(mut file: File, path: &Path, kind: &str, since: DateTime<Utc>) -> Result<Self> {
        let holder = Holder { pid: std::process::id(), kind: kind.to_owned(), since };
        file.set_len(0)
            .and_then(|()| file.write_all(&serde_json::to_vec(&holder)?))
            .map_err(|e| StoreError::io("written", path, e))?;
        Ok(Self { file })
    }
}

/// Who has a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its process.
    pub pid: u32,
    /// "app", "watch" or "import".
    pub kind: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// The lock of the archive: shared by all who add files, exclusive for opening and sweeping.
pub(crate) fn store_lock(profile: &Path) -> Result<File> {
    open(&profile.join("store.lock"))
}

/// Opens a lock file, making it if need be.
pub(crate) fn open(path: &Path) -> Result<File> {
    disk::private(File::options().read(true).write(true).create(true).truncate(false))
        .open(path)
        .map_err(|e| StoreError::io("written", path, e))
}

impl Store {
    /// Takes a role, as `kind`: "app", "watch", "serve" or "import".
    ///
    /// # Errors
    /// [`StoreError::EngineHeld`] where another process has it; else if the lock file cannot be opened, locked or written.
    pub fn take_role(&self, role: Role, kind: &str) -> Result<RoleLock> {
        let path = self.lock_path(role);
        let file = open(&path)?;
        for _ in 0..MOMENTS {
            if locked(file.try_lock(), &path)? {
                return RoleLock::signed(file, &path, kind, self.clock.now());
            }
            if let Some(holder) = held_by(&path)? {
                return Err(StoreError::EngineHeld(holder));
            }
            // Somebody is just looking, or has just taken the lock and not yet written his name.
            std::thread::sleep(MOMENT);
        }
        Err(StoreError::io("locked", &path, io::ErrorKind::TimedOut.into()))
    }

    /// Makes this process the only one that makes a backup, as long as the file is kept; none if another one does.
    ///
    /// # Errors
    /// If the lock file cannot be opened or locked.
    pub fn lock_backups(&self) -> Result<Option<File>> {
        let path = self.profile().join("backup.lock");
        let file = open(&path)?;
        Ok(locked(file.try_lock(), &path)?.then_some(file))
    }

    /// The way to wait for a role that another process has.
    pub fn role_wait(&self, role: Role, kind: &str) -> RoleWait {
        RoleWait { path: self.lock_path(role), kind: kind.to_owned(), clock: Arc::clone(&self.clock) }
    }

    /// Who has a role now.
    ///
    /// # Errors
    /// If the lock file cannot be opened or read.
    pub fn role_holder(&self, role: Role) -> Result<Option<Holder>> {
        if self.only_reads() {
            // Looking at a lock makes its file.
            return Ok(None);
        }
        let path = self.lock_path(role);
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
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn changed_by_another(&self) -> Result<bool> {
        let version = self.version_of_others()?;
        Ok(self.seen_version.swap(version, Ordering::Relaxed) != version)
    }

    /// Wakes the other processes. Each write does it.
    pub fn touch_changed(&self) {
        let opened = disk::private(File::options().write(true).create(true).truncate(true)).open(self.changed_path());
        let written = opened.and_then(|mut file| file.write_all(std::process::id().to_string().as_bytes()));
        if let Err(error) = written {
            // The change itself is stored; other processes see it when they look next.
            tracing::warn!(path = %self.changed_path().display(), %error, "other processes could not be woken");
        }
    }

    /// The file that changes when a role is taken or given back.
    pub fn lock_path(&self, role: Role) -> PathBuf {
        self.profile().join(role.lock_file())
    }
}

/// Whether nobody holds a lock. Looking takes a shared lock for a moment, so several can look at once.
fn is_free(path: &Path) -> Result<bool> {
    locked(open(path)?.try_lock_shared(), path)
}

/// Who holds a lock. None if nobody does, or if the holder has not written his name yet.
fn held_by(path: &Path) -> Result<Option<Holder>> {
    if is_free(path)? {
        return Ok(None);
    }
    let unreadable = |e| StoreError::io("read", path, e);
    let bytes = fs::read(path).map_err(unreadable)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    match serde_json::from_slice(&bytes) {
        Ok(holder) => Ok(Some(holder)),
        // It is just being written.
        Err(error) if error.is_eof() => Ok(None),
        Err(error) => Err(unreadable(error.into())),
    }
}

fn locked(tried: std::result::Result<(), TryLockError>, path: &Path) -> Result<bool> {
    match tried {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(e)) => Err(StoreError::io("locked", path, e)),
    }
}
