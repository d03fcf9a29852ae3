//! Opening, reading and writing a profile. One connection writes; several read beside it.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fs::File;
use std::io::ErrorKind;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use disk::{Disk, RealDisk, crash_point};
use domain::{By, Clock, FileId, Ids, KeyId, RunId, StepId};
use rusqlite::session::Session;
use rusqlite::{Connection, TransactionBehavior};

use crate::archive::Archive;
use crate::changes::{Touched, intent_tables};
use crate::row::take_unreadable;
use crate::{Changes, Noun, Op, Place, Result, StoreError, Unreadable, What, connection, identity, migrate, private};

/// So many idle connections for reading are kept open.
const SPARE_READERS: usize = 4;

type Listener = Arc<dyn Fn(&Changes) + Send + Sync>;

thread_local! {
    /// Whether this thread is inside a write. A second write would wait for the first one forever.
    static WRITING: Cell<bool> = const { Cell::new(false) };
    /// The last step of the person that this thread recorded.
    static STEP: Cell<Option<StepId>> = const { Cell::new(None) };
    /// The key with which another program asks for what this thread does.
    static KEY: Cell<Option<KeyId>> = const { Cell::new(None) };
}

/// The database and the archive of one profile. Shared by threads; other processes may have the same profile open.
pub struct Store {
    place: Place,
    pub(crate) archive: Archive,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    listeners: Mutex<Vec<Listener>>,
    /// SQLite's `data_version` when [`Store::changed_by_another`] was called last.
    pub(crate) seen_version: AtomicI64,
    /// SQLite's `schema_version` when it was last checked.
    form: AtomicI64,
    /// Unreadable values for which a problem was shown already.
    told_unreadable: Mutex<HashSet<Unreadable>>,
    /// Why nothing can be written, where the profile is open for reading only.
    reads_only: Option<ReadsOnly>,
    /// The database was looked at and is damaged: it is not looked at again for each error.
    damaged: AtomicBool,
    /// The shared schema lock: nobody migrates the tables while it is held. None where nothing can be written.
    _schema_lock: Option<File>,
}

/// Why a profile is open for reading only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadsOnly {
    /// No room is left.
    Full,
    /// The disk or the folder cannot be written.
    Protected,
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
    touched: RefCell<Touched>,
    label: RefCell<Option<String>>,
    /// The history is to say no more of this than that it was.
    leaves_no_trace: Cell<bool>,
}

/// On whose behalf, and as a part of which run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Behalf {
    pub(crate) by: By,
    pub(crate) run: Option<RunId>,
}

impl Behalf {
    /// With the key of [`Store::with_key`] instead of the person, where there is one.
    pub(crate) fn or_key(self) -> Self {
        match (self.by, KEY.get()) {
            (By::Person, Some(key)) => Self { by: By::Key(key), ..self },
            _ => self,
        }
    }
}

/// The result of a write, and what it changed.
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
    /// Names the subject of the step for “undo …”: the title of the document or task.
    pub fn label(&self, text: impl Into<String>) {
        self.label.replace(Some(text.into()));
    }

    /// The history is to say no more of this write than that it was, when, and on whose behalf.
    pub(crate) fn leave_no_trace(&self) {
        self.leaves_no_trace.set(true);
    }

    /// Reports a change to a ledger table, which no changeset records.
    pub(crate) fn touch(&self, noun: Noun, id: impl ToString, what: What) {
        self.touched.borrow_mut().entry((noun, id.to_string())).or_insert(what);
    }
}

impl Store {
    /// Is there a profile in this folder, or what is left of one? If that cannot be found out, there may be one.
    pub fn is_in(profile: &Path) -> bool {
        let parts = [connection::database_path(profile), profile.join("archive"), identity::beside_path(profile)];
        parts.iter().any(|path| path.try_exists().unwrap_or(true))
    }

    /// Has a process this profile open? If that cannot be found out, one may.
    pub fn is_open_in(profile: &Path) -> bool {
        // Where nobody has ever opened it, no lock is made.
        profile.join(migrate::SCHEMA_LOCK).try_exists().unwrap_or(true) && !identity::is_alone(profile).unwrap_or(false)
    }

    /// Opens the profile, making the folder, the database and the archive if need be. An older database is copied to
    /// `backups/` and brought up to date; a newer one is refused. A new profile that is given keys is encrypted.
    ///
    /// # Errors
    /// [`Locked`](StoreError::Locked) if it is encrypted and no keys are given, [`KeysGone`](StoreError::KeysGone) if there is no
    /// key file either;
    /// [`Io`](StoreError::Io), [`DiskFull`](StoreError::DiskFull) or [`ReadOnly`](StoreError::ReadOnly) if a folder
    /// or a lock file cannot be made or locked; [`NewerDatabase`](StoreError::NewerDatabase),
    /// [`OlderStillRuns`](StoreError::OlderStillRuns) or [`Migration`](StoreError::Migration) if the tables cannot be
    /// brought up to date; else [database errors](StoreError#database-errors).
    pub fn open(place: impl Into<Place>, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Result<Self> {
        Self::open_on(&place.into(), clock, ids, Arc::new(RealDisk), false)
    }

    /// The same on a given disk. A new database beside a full archive is refused, unless it is to begin `anew`.
    pub(crate) fn open_on(
        place: &Place,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        disk: Arc<dyn Disk>,
        anew: bool,
    ) -> Result<Self> {
        let profile = place.folder.as_path();
        place.check()?;
        private::make(profile)?;
        let archive = Archive::open(place, Arc::clone(&disk))?;
        crash_point!("open.folders_made");
        let alone = crate::engine::store_lock(profile)?;
        alone.lock().map_err(|e| StoreError::io("locked", profile, e))?;
        if !anew {
            identity::check(place, &archive)?;
        }
        let (writer, schema_lock) = connection::open_writer(place, clock.as_ref(), disk.as_ref())?;
        crash_point!("open.tables_made");
        identity::settle(profile, &writer, disk.as_ref(), ids.as_ref())
            .map_err(|e| e.in_database(&connection::database_path(profile)))?;
        private::close_inside(profile);
        let store = Self::with(place.clone(), archive, clock, ids, writer, Some(schema_lock), None);
        store.changed_by_another()?;
        // A migration may have queued every document.
        store.in_transaction(|w| w.begin_chain())?;
        crash_point!("open.ready");
        Ok(store)
    }

    /// Opens a profile whose disk is full or cannot be written, for reading: no lock is taken and no file is made. Every
    /// write fails with [`DiskFull`](StoreError::DiskFull) or [`ReadOnly`](StoreError::ReadOnly).
    ///
    /// # Errors
    /// `why`, the error of [`open`](Self::open), if it is no matter of the disk, or if even reading is impossible.
    /// [`Outdated`](StoreError::Outdated) if the tables are not those of this program: they cannot be brought up to date
    /// here.
    pub fn open_for_reading(
        place: impl Into<Place>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        why: StoreError,
    ) -> Result<Self> {
        let place = place.into();
        let reads_only = match &why {
            StoreError::DiskFull { .. } => ReadsOnly::Full,
            StoreError::ReadOnly { .. } => ReadsOnly::Protected,
            // Not where something else lies in the place of the archive.
            StoreError::Io { .. } if place.folder.join("archive").is_dir() => ReadsOnly::Protected,
            _ => return Err(why),
        };
        let Ok(conn) = connection::open_looker(&place) else { return Err(why) };
        let archive = Archive::at(&place, Arc::new(RealDisk));
        let store = Self::with(place, archive, clock, ids, conn, None, Some(reads_only));
        match store.read(|_| Ok(())) {
            Ok(()) => Ok(store),
            Err(error @ StoreError::Outdated { .. }) => Err(error),
            Err(_) => Err(why),
        }
    }

    fn with(
        place: Place,
        archive: Archive,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        writer: Connection,
        schema_lock: Option<File>,
        reads_only: Option<ReadsOnly>,
    ) -> Self {
        Self {
            place,
            archive,
            clock,
            ids,
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            listeners: Mutex::new(Vec::new()),
            seen_version: AtomicI64::default(),
            form: AtomicI64::default(),
            told_unreadable: Mutex::default(),
            reads_only,
            damaged: AtomicBool::default(),
            _schema_lock: schema_lock,
        }
    }

    /// Is the profile open for reading only?
    pub fn only_reads(&self) -> bool {
        self.reads_only.is_some()
    }

    /// What SQLite finds wrong with the database: its pages, its index against the rows, its references. Nothing is well.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn integrity_errors(&self) -> Result<Vec<String>> {
        self.read(|r| {
            let mut wrong = r.broken_pages()?;
            wrong.extend(migrate::dangling(r.conn)?);
            Ok(wrong)
        })
    }

    /// SQLite's `data_version` of the writing connection: it changes whenever another process commits.
    pub(crate) fn version_of_others(&self) -> Result<i64> {
        let asked = lock(&self.writer).pragma_query_value(None, "data_version", |row| row.get(0));
        asked.map_err(|e| self.name_database(e.into()))
    }

    /// The profile's folder.
    pub fn profile(&self) -> &Path {
        &self.place.folder
    }

    /// The folder, and the keys of an encrypted profile.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Reads from one consistent view. Never waits for a writer.
    ///
    /// # Errors
    /// Whatever `f` gives, and [database errors](StoreError#database-errors).
    pub fn read<T>(&self, f: impl FnOnce(&Read<'_>) -> Result<T>) -> Result<T> {
        let value = self.with_reader(f).map_err(|e| self.name_database(e));
        self.tell_unreadable(take_unreadable());
        value
    }

    /// Shows a problem for each value that could not be read, once.
    pub fn tell_unreadable(&self, found: Vec<Unreadable>) {
        if found.is_empty() {
            return;
        }
        if WRITING.get() {
            // Inside a write no other write may begin. The value is reported when it is next read outside of one.
            return;
        }
        let mut told = lock(&self.told_unreadable);
        let new: Vec<_> = found.into_iter().filter(|one| told.insert(one.clone())).collect();
        drop(told);
        if new.is_empty() || self.only_reads() {
            return;
        }
        let noted = self.write(By::Program, Op::Ledger, |w| new.iter().try_for_each(|one| w.add_unreadable(one)));
        if let Err(error) = noted {
            tracing::error!(?new, %error, "what cannot be read could not be noted as a problem");
            lock(&self.told_unreadable).retain(|one| !new.contains(one));
        }
    }

    fn with_reader<T>(&self, f: impl FnOnce(&Read<'_>) -> Result<T>) -> Result<T> {
        let spare = lock(&self.readers).pop();
        let mut conn = match spare {
            Some(conn) => conn,
            None if self.only_reads() => connection::open_looker(&self.place)?,
            None => connection::open_reader(&self.place)?,
        };
        let value = {
            let view = conn.transaction()?;
            self.check_form(&view).and_then(|()| f(&Read { conn: &view }))
        };
        if matches!(&value, Err(StoreError::Sqlite(error)) if error.sqlite_error_code().is_some()) {
            // What the disk said wrong may still be in its memory.
            return value;
        }
        let mut readers = lock(&self.readers);
        if readers.len() < SPARE_READERS {
            readers.push(conn);
        }
        value
    }

    /// Runs `f` in one transaction, on behalf of `by`; an error from `f` rolls it back. After the commit, what changed
    /// is recorded as a step of the history and told to the listeners.
    ///
    /// # Errors
    /// Whatever `f` gives, [`StoreError::Nested`] inside another write, and [database
    /// errors](StoreError#database-errors).
    pub fn write<T>(&self, by: By, op: Op, f: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<Written<T>> {
        self.write_in(Behalf { by, run: None }, op, f)
    }

    /// Like [`write`](Self::write), but does not wait for the disk: for results that can be computed again. A crash of
    /// the program loses nothing. A power failure may take the write back; then the work is done again. The write is
    /// durable after the next [`Store::write`] or [`Store::sync`]. SQLite keeps the order of writes, so a durable
    /// write never builds on a lost one.
    ///
    /// # Errors
    /// Those of [`write`](Self::write).
    pub fn write_later<T>(&self, by: By, op: Op, f: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<Written<T>> {
        self.write_and(Wait::Later, Behalf { by, run: None }, op, f)
    }

    pub(crate) fn write_in<T>(
        &self,
        behalf: Behalf,
        op: Op,
        f: impl FnOnce(&Write<'_>) -> Result<T>,
    ) -> Result<Written<T>> {
        self.write_and(Wait::ForDisk, behalf, op, f)
    }

    fn write_and<T>(
        &self,
        wait: Wait,
        behalf: Behalf,
        op: Op,
        f: impl FnOnce(&Write<'_>) -> Result<T>,
    ) -> Result<Written<T>> {
        let behalf = behalf.or_key();
        let written = self.in_transaction_and(wait, |w| {
            let mut session = Session::new(w.conn)?;
            for table in intent_tables() {
                session.attach(Some(table))?;
            }
            let value = f(w)?;
            let mut changeset = Vec::new();
            session.changeset_strm(&mut changeset)?;
            let mut changes = Changes::none(behalf, op, w.touched.take());
            changes.add(&changeset)?;
            w.note_events(&changes)?;
            let step = match changeset.as_slice() {
                [] => None,
                _ if w.leaves_no_trace.get() => Some(w.record_erased(&changes)?),
                changeset => Some(w.record(&changes, w.label.take(), changeset)?),
            };
            Ok(Written { value, changes, step })
        })?;
        if let (By::Person | By::Key(_), Some(step)) = (behalf.by, written.step) {
            STEP.set(Some(step));
        }
        self.announce(&written.changes);
        crash_point!("write.told");
        Ok(written)
    }

    /// What a write would give; nothing is changed.
    ///
    /// # Errors
    /// Those of [`write`](Self::write).
    pub fn foresee<T>(&self, f: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<T> {
        self.in_transaction(|w| {
            w.conn.execute_batch("PRAGMA defer_foreign_keys = ON; SAVEPOINT foreseen")?;
            let value = f(w);
            w.conn.execute_batch("ROLLBACK TO foreseen; RELEASE foreseen")?;
            value
        })
    }

    /// The step of the person, or with a key, that `work` recorded on this thread, beside what it gives: of several the last one, which
    /// undo takes back first.
    pub fn noting_step<T>(&self, work: impl FnOnce() -> T) -> (T, Option<StepId>) {
        let outer = STEP.take();
        let value = work();
        let step = STEP.replace(outer);
        (value, step)
    }

    /// What `work` changes on this thread for the person is recorded as done with this key: another program asks for it.
    pub fn with_key<T>(&self, key: KeyId, work: impl FnOnce() -> T) -> T {
        let outer = KEY.replace(Some(key));
        let _end = OnDrop(|| KEY.set(outer));
        work()
    }

    /// Runs `f` in an immediate transaction on the writer, with nothing recorded.
    pub(crate) fn in_transaction<T>(&self, f: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<T> {
        self.in_transaction_and(Wait::ForDisk, f)
    }

    fn in_transaction_and<T>(&self, wait: Wait, f: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<T> {
        if WRITING.replace(true) {
            return Err(StoreError::Nested);
        }
        let end = OnDrop(|| WRITING.set(false));
        if let Some(reads_only) = self.reads_only {
            let path = self.profile().to_owned();
            return Err(match reads_only {
                ReadsOnly::Full => StoreError::DiskFull { path },
                ReadsOnly::Protected => StoreError::ReadOnly { path },
            });
        }
        // A panic in another write has rolled back its transaction, so the connection is still good.
        let mut writer = lock(&self.writer);
        let run = || {
            writer.pragma_update(None, "synchronous", wait.pragma())?;
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            self.check_form(&transaction)?;
            let w = Write {
                read: Read { conn: &transaction },
                now: self.clock.now(),
                ids: self.ids.as_ref(),
                touched: RefCell::default(),
                label: RefCell::default(),
                leaves_no_trace: Cell::default(),
            };
            crash_point!("write.begun");
            let value = f(&w)?;
            w.index_queued()?;
            w.learn_queued()?;
            crash_point!("write.recorded");
            transaction.commit()?;
            crash_point!("write.committed");
            Ok(value)
        };
        let value = run().map_err(|e| self.name_database(e));
        if matches!(value, Err(StoreError::Io { .. } | StoreError::Corrupt { .. }))
            && let Ok(fresh) = connection::connect(&connection::database_path(self.profile()), self.place.keys())
        {
            // What the disk said wrong may still be in its memory.
            *writer = fresh;
        }
        let unreadable = take_unreadable();
        drop(writer);
        drop(end);
        self.tell_unreadable(unreadable);
        value
    }

    /// Checks that the tables are still those of this program. A newer program that could not see the lock, such as
    /// over a network, may have changed them.
    fn check_form(&self, conn: &Connection) -> Result<()> {
        let form: i64 = conn.prepare_cached("PRAGMA schema_version")?.query_row([], |row| row.get(0))?;
        if self.form.load(Ordering::Relaxed) == form {
            return Ok(());
        }
        let (found, known) = (migrate::version(conn)?, migrate::schema_version());
        if found != known {
            return Err(StoreError::Outdated { found, known });
        }
        self.form.store(form, Ordering::Relaxed);
        Ok(())
    }

    /// Waits until all [later writes](Store::write_later) are on the disk.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] or [`StoreError::Io`] if the log cannot be synced.
    pub fn sync(&self) -> Result<()> {
        // What is no longer in the log was moved into the database file, which SQLite syncs itself.
        let log = connection::log_path(self.profile());
        match File::open(&log).and_then(|log| log.sync_all()) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::io("written", &log, error)),
            _ => Ok(()),
        }
    }

    /// Empties the log, which still holds what was overwritten. Where somebody reads, it is emptied later.
    pub(crate) fn empty_log(&self) -> Result<()> {
        let writer = lock(&self.writer);
        writer.execute_batch("PRAGMA secure_delete = FAST")?;
        let emptied = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        if emptied.map_err(|e| self.name_database(e.into()))? != 0 {
            tracing::info!("somebody reads: the log of the database is emptied later");
        }
        Ok(())
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

    /// The bytes of an original.
    ///
    /// # Errors
    /// [`Damaged`](StoreError::Damaged) if the original is missing, cannot be read, or is not what came in;
    /// [`Io`](StoreError::Io) if the rights of the file forbid reading it.
    pub fn original(&self, file: &FileId) -> Result<Vec<u8>> {
        self.archive.get(file)
    }

    /// Opens an original for reading: for large ones, which need not be in memory.
    ///
    /// # Errors
    /// Those of [`original`](Self::original).
    pub fn open_original(&self, file: &FileId) -> Result<File> {
        self.archive.open_original(file)
    }

    /// Opens what lies in the place of an original, whether or not it is what came in.
    ///
    /// # Errors
    /// What the system says; [`ErrorKind::InvalidData`] if it is sealed and was changed.
    pub fn open_as_it_is(&self, file: &FileId) -> std::io::Result<File> {
        self.archive.open_stored(&self.archive.path(file))
    }

    /// The path of an original. The file must never be changed.
    pub fn original_path(&self, file: &FileId) -> PathBuf {
        self.archive.path(file)
    }

    fn name_database(&self, error: StoreError) -> StoreError {
        let path = connection::database_path(self.profile());
        let error = error.in_database(&path);
        if self.damaged.load(Ordering::Relaxed) {
            return error;
        }
        let error = connection::confirmed(error, &path, self.place.keys());
        self.damaged.store(matches!(error, StoreError::Corrupt { .. }), Ordering::Relaxed);
        error
    }
}

/// Whether the end of a write waits for the disk.
#[derive(Clone, Copy)]
enum Wait {
    ForDisk,
    Later,
}

impl Wait {
    /// With a write-ahead log, `normal` keeps the order of commits, but does not sync at each of them.
    fn pragma(self) -> &'static str {
        match self {
            Self::ForDisk => "full",
            Self::Later => "normal",
        }
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
