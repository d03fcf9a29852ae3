//! The door: one writer behind a mutex, readers beside it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs::File;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use domain::{Clock, FileId, Ids, StepId};
use rusqlite::session::Session;
use rusqlite::{Connection, TransactionBehavior};

use crate::archive::Archive;
use crate::changes::INTENT_TABLES;
use crate::{Changes, Ledger, Op, Result, StoreError, connection};

/// Readers kept open when nobody uses them.
const SPARE_READERS: usize = 4;

type Listener = Arc<dyn Fn(&Changes) + Send + Sync>;

thread_local! {
    /// Is this thread inside a write? A second one would wait for the first one forever.
    static WRITING: Cell<bool> = const { Cell::new(false) };
}

/// The database and the archive of one profile. Shared by threads; other processes may have the same profile open.
pub struct Store {
    profile: PathBuf,
    pub(crate) archive: Archive,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    listeners: Mutex<Vec<Listener>>,
    /// What others had written when somebody last asked.
    pub(crate) seen_version: AtomicI64,
}

/// One consistent view of the database.
pub struct Read<'c> {
    pub(crate) conn: &'c Connection,
}

/// A view that can also change things, in one transaction.
pub struct Write<'c> {
    read: Read<'c>,
    pub(crate) now: DateTime<Utc>,
    pub(crate) ids: &'c dyn Ids,
    touched: RefCell<BTreeSet<Ledger>>,
    label: RefCell<Option<String>>,
}

/// What a write gave, and what it changed.
#[derive(Debug)]
pub struct Written<T> {
    /// What the closure returned.
    pub value: T,
    /// What changed.
    pub changes: Changes,
    /// The recorded step; none if no intent table changed.
    pub step: Option<StepId>,
}

impl<'c> Deref for Write<'c> {
    type Target = Read<'c>;
    fn deref(&self) -> &Read<'c> {
        &self.read
    }
}

impl Write<'_> {
    /// Says what the step is about, for "undo …": the title of the document or task.
    pub fn label(&self, text: impl Into<String>) {
        self.label.replace(Some(text.into()));
    }

    /// Reports that something in the ledger changed.
    pub(crate) fn touch(&self, noun: Ledger) {
        self.touched.borrow_mut().insert(noun);
    }
}

impl Store {
    /// Opens the profile, making the folder, the database and the archive if need be. An older database is copied to
    /// `backups/` and brought up to date; a newer one is refused.
    pub fn open(profile: &Path, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Result<Self> {
        let archive = Archive::open(profile)?;
        let alone = crate::engine::store_lock(profile)?;
        alone.lock().map_err(|e| StoreError::io("locked", profile, e))?;
        let writer = connection::open_writer(profile, clock.as_ref())?;
        let store = Self {
            profile: profile.to_owned(),
            archive,
            clock,
            ids,
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            listeners: Mutex::new(Vec::new()),
            seen_version: AtomicI64::default(),
        };
        store.changed_by_another()?;
        // A migration may have queued every document.
        store.in_transaction(|_| Ok(()))?;
        Ok(store)
    }

    /// A number that changes whenever another process commits: as seen from the connection of our own writes.
    pub(crate) fn version_of_others(&self) -> Result<i64> {
        let asked = lock(&self.writer).pragma_query_value(None, "data_version", |row| row.get(0));
        asked.map_err(|e| self.name_database(e.into()))
    }

    /// The profile's folder.
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// Reads from one consistent view. Never waits for a writer.
    pub fn read<T>(&self, f: impl FnOnce(&Read<'_>) -> Result<T>) -> Result<T> {
        self.with_reader(f).map_err(|e| self.name_database(e))
    }

    fn with_reader<T>(&self, f: impl FnOnce(&Read<'_>) -> Result<T>) -> Result<T> {
        let spare = lock(&self.readers).pop();
        let mut conn = match spare {
            Some(conn) => conn,
            None => connection::open_reader(&self.profile)?,
        };
        let value = {
            let view = conn.transaction()?;
            f(&Read { conn: &view })
        };
        let mut readers = lock(&self.readers);
        if readers.len() < SPARE_READERS {
            readers.push(conn);
        }
        value
    }

    /// Changes things in one transaction; an error from `f` takes everything back. What changed is recorded as a step
    /// that can be undone, and reported to the listeners after the commit.
    pub fn write<T>(&self, op: Op, f: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<Written<T>> {
        let written = self.in_transaction(|w| {
            let mut session = Session::new(w.conn)?;
            for table in INTENT_TABLES {
                session.attach(Some(*table))?;
            }
            let value = f(w)?;
            let mut changeset = Vec::new();
            session.changeset_strm(&mut changeset)?;
            let changes = Changes::of(op, &changeset, w.touched.take())?;
            let step = match changeset.as_slice() {
                [] => None,
                changeset => Some(w.record(&changes, w.label.take(), changeset)?),
            };
            Ok(Written { value, changes, step })
        })?;
        self.announce(&written.changes);
        Ok(written)
    }

    /// Runs `f` in an immediate transaction on the writer, with nothing recorded.
    pub(crate) fn in_transaction<T>(&self, f: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<T> {
        if WRITING.replace(true) {
            return Err(StoreError::Nested);
        }
        let _end = OnDrop(|| WRITING.set(false));
        // A panic in another write has rolled back its transaction; the connection is good.
        let mut writer = lock(&self.writer);
        let run = || {
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let w = Write {
                read: Read { conn: &transaction },
                now: self.clock.now(),
                ids: self.ids.as_ref(),
                touched: RefCell::default(),
                label: RefCell::default(),
            };
            let value = f(&w)?;
            w.index_queued()?;
            w.learn_queued()?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(|e| self.name_database(e))
    }

    /// Tells the listeners and the other processes, if anything changed.
    pub(crate) fn announce(&self, changes: &Changes) {
        if changes.is_empty() {
            return;
        }
        self.touch_changed();
        // A listener may read, write or subscribe: it is called with no lock held.
        let listeners = lock(&self.listeners).clone();
        for listener in listeners {
            listener(changes);
        }
    }

    /// Calls `listener` after each commit that changed anything, on the thread that wrote.
    pub fn subscribe(&self, listener: Box<dyn Fn(&Changes) + Send + Sync>) {
        lock(&self.listeners).push(listener.into());
    }

    /// The bytes of an original; an error if they are not what came in.
    pub fn original(&self, file: &FileId) -> Result<Vec<u8>> {
        self.archive.get(file)
    }

    /// An original opened for reading; an error if it is not what came in. For large ones, which need not be in memory.
    pub fn open_original(&self, file: &FileId) -> Result<File> {
        self.archive.open_original(file)
    }

    /// Where an original lies. Never to be changed.
    pub fn original_path(&self, file: &FileId) -> PathBuf {
        self.archive.path(file)
    }

    fn name_database(&self, error: StoreError) -> StoreError {
        error.in_database(&connection::database_path(&self.profile))
    }
}

struct OnDrop<F: Fn()>(F);

impl<F: Fn()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
