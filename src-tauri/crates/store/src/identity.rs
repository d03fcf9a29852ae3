//! Which database belongs to which archive.
//!
//! Each profile has a random id. It stands in the database and in the file `profile.id` beside it. A database that is
//! missing, empty or another profile's, or the log of another one, is refused before anything is written: beside a full
//! archive a new database would silently forget what a person said about every letter.

use std::collections::HashSet;
use std::fs::{self, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use disk::{Disk, RealDisk, crash_point};
use domain::{Clock, FileId, Ids};
use rusqlite::{Connection, OptionalExtension as _};

use crate::archive::Archive;
use crate::connection::{self, View, database_path, look, quick_check};
use crate::{Place, Result, Role, Store, StoreError, Swept, engine, migrate};

/// Parts of a database, as they lie in the folder of a profile.
const PARTS: [&str; 4] = [connection::DATABASE, "workmate.db-wal", "workmate.db-shm", BESIDE];
const BESIDE: &str = "profile.id";

/// What a database says of itself.
struct Found {
    id: Option<String>,
    /// Whether it has tables.
    is_empty: bool,
}

/// Refuses a database that does not belong to this archive. Called while nobody else opens the profile.
pub(crate) fn check(place: &Place, archive: &Archive) -> Result<()> {
    let profile = place.folder.as_path();
    let path = database_path(profile);
    let beside = beside(profile)?;
    let refuse_if_needed = || match beside.is_some() || archive.has_any()? {
        true => Err(StoreError::DatabaseGone { path: path.clone() }),
        false => Ok(()),
    };
    match fs::metadata(&path) {
        Ok(metadata) if metadata.len() > 0 => {}
        Ok(_) => return refuse_if_needed(),
        Err(error) if error.kind() == ErrorKind::NotFound => return refuse_if_needed(),
        Err(error) => return Err(StoreError::io("read", &path, error)),
    }
    let looked = || -> Result<()> {
        let has_log = connection::has_log(profile);
        let conn = look(&path, place.keys(), if has_log { View::WithLog } else { View::FileAlone })?;
        let found = found(&conn)?;
        if has_log && is_alone(profile)? {
            check_log(place, &path, &conn, &found)?;
        }
        match (&found.id, &beside) {
            _ if found.is_empty => refuse_if_needed(),
            (Some(id), Some(beside)) if id != beside => Err(foreign(&path)),
            // A copy from before there were ids, or the database of such a program.
            (None, Some(_)) if !knows_an_original(&conn, archive)? => Err(foreign(&path)),
            _ => Ok(()),
        }
    };
    looked().map_err(|e| connection::confirmed(e.in_database(&path), &path, place.keys()))
}

/// A log that another database has written is replayed by SQLite without a word. It shows by another id, or by tables that
/// are broken with it and whole without it.
fn check_log(place: &Place, path: &Path, with_log: &Connection, found: &Found) -> Result<()> {
    let alone = look(path, place.keys(), View::FileAlone)?;
    let refuse = || Err(foreign(&connection::log_path(&place.folder)));
    match (self::found(&alone), &found.id) {
        (Ok(Found { id: Some(alone), .. }), Some(id)) if alone != *id => return refuse(),
        (Ok(Found { id: Some(_), .. }), None) => return refuse(),
        _ => {}
    }
    match (quick_check(with_log)?, quick_check(&alone)) {
        (Some(_), Ok(None)) => refuse(),
        (Some(detail), _) => Err(StoreError::Corrupt { path: path.to_owned(), detail }),
        (None, _) => Ok(()),
    }
}

fn foreign(path: &Path) -> StoreError {
    StoreError::ForeignDatabase { path: path.to_owned() }
}

/// Has no other process the profile open? What one of them is writing is its own.
pub(crate) fn is_alone(profile: &Path) -> Result<bool> {
    let lock = engine::open(&profile.join(migrate::SCHEMA_LOCK))?;
    match lock.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(StoreError::io("locked", profile, error)),
    }
}

fn found(conn: &Connection) -> rusqlite::Result<Found> {
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let id = match conn.table_exists(None, "profile")? {
        true => conn.query_row("SELECT id FROM profile", [], |row| row.get(0)).optional()?,
        false => None,
    };
    Ok(Found { id, is_empty: tables == 0 })
}

fn knows_an_original(conn: &Connection, archive: &Archive) -> Result<bool> {
    let originals: HashSet<PathBuf> = archive.list()?.originals.into_iter().collect();
    if originals.is_empty() || !conn.table_exists(None, "files")? {
        return Ok(originals.is_empty());
    }
    let mut known = conn.prepare("SELECT id FROM files")?;
    let mut rows = known.query([])?;
    while let Some(row) = rows.next()? {
        if row.get::<_, String>(0)?.parse().is_ok_and(|file: FileId| originals.contains(&archive.path(&file))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The file beside the database that has its id.
pub(crate) fn beside_path(profile: &Path) -> PathBuf {
    profile.join(BESIDE)
}

/// The id in the file beside the database.
fn beside(profile: &Path) -> Result<Option<String>> {
    let path = beside_path(profile);
    match fs::read_to_string(&path) {
        Ok(id) => Ok(Some(id.trim().to_owned()).filter(|id| !id.is_empty())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("read", &path, error)),
    }
}

/// Gives a profile its id, in both places, where it has none yet.
pub(crate) fn settle(profile: &Path, conn: &Connection, disk: &dyn Disk, ids: &dyn Ids) -> Result<()> {
    let beside = beside(profile)?;
    let inside = found(conn)?.id;
    let id = match (&inside, &beside) {
        (Some(id), _) | (None, Some(id)) => id.clone(),
        (None, None) => ids.uuid().to_string(),
    };
    if inside.is_none() {
        conn.execute("INSERT INTO profile (id) VALUES (?1)", [&id])?;
        crash_point!("open.named_inside");
    }
    if beside.is_none() {
        let path = beside_path(profile);
        // The database is on the disk before anything says that there is one.
        disk.sync_folder(profile)
            .and_then(|()| disk::replace(disk, &path, format!("{id}\n").as_bytes()))
            .map_err(|e| StoreError::io("written", &path, e))?;
        crash_point!("open.named_beside");
    }
    Ok(())
}

/// What [`Store::adopt_archive`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// Where the database lies that was there before; none if there was none.
    pub set_aside: Option<PathBuf>,
    /// What was found in the archive.
    pub swept: Swept,
}

impl Store {
    /// Makes a new database for an archive whose own one is missing, damaged or another profile's, and takes every original
    /// in again. What was there is moved to a folder of its own. What people said about the letters is not in the archive,
    /// so it is not there afterwards. Interrupted, it can be done again.
    ///
    /// # Errors
    /// [`NotNeeded`](StoreError::NotNeeded) if the database is there, whole and this profile's;
    /// [`Locked`](StoreError::Locked) without the keys of an encrypted profile;
    /// [`OlderStillRuns`](StoreError::OlderStillRuns) if a process has the profile open; else those of
    /// [`open`](Self::open).
    pub fn adopt_archive(place: impl Into<Place>, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Result<Adopted> {
        let place = place.into();
        let profile = place.folder.as_path();
        place.must_open()?;
        let path = database_path(profile);
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let alone = engine::store_lock(profile)?;
        alone.lock().map_err(|e| StoreError::io("locked", profile, e))?;
        match check(&place, &Archive::open(&place, Arc::clone(&disk))?) {
            Ok(()) if is_whole(&path, &place)? => return Err(StoreError::NotNeeded { path }),
            Ok(()) => {}
            Err(StoreError::DatabaseGone { .. } | StoreError::ForeignDatabase { .. } | StoreError::Corrupt { .. }) => {}
            Err(error) => return Err(error),
        }
        if !is_alone(profile)? {
            return Err(StoreError::OlderStillRuns { profile: profile.to_owned() });
        }
        let set_aside = set_aside(profile, disk.as_ref(), clock.as_ref())?;
        drop(alone);
        let store = Self::open_on(&place, clock, ids, disk, true)?;
        let swept = store.sweep_up(&store.take_role(Role::Engine, "adopt")?)?;
        Ok(Adopted { set_aside, swept })
    }
}

fn is_whole(path: &Path, place: &Place) -> Result<bool> {
    let looked = look(path, place.keys(), View::WithLog).and_then(|conn| Ok(quick_check(&conn)?));
    match looked.map_err(|e| e.in_database(path)) {
        Ok(found) => Ok(found.is_none()),
        Err(StoreError::Corrupt { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Moves what there is of a database to a folder of its own.
fn set_aside(profile: &Path, disk: &dyn Disk, clock: &dyn Clock) -> Result<Option<PathBuf>> {
    let there: Vec<_> = PARTS.iter().filter(|name| profile.join(name).exists()).collect();
    if there.is_empty() {
        return Ok(None);
    }
    let folder = profile.join(format!("set-aside-{}", clock.now().format("%Y-%m-%dT%H%M%SZ")));
    let unmoved = |e| StoreError::io("written", &folder, e);
    disk.make_folder(&folder).map_err(unmoved)?;
    for name in there {
        disk.rename(&profile.join(name), &folder.join(name)).map_err(unmoved)?;
    }
    disk.sync_folder(&folder).and_then(|()| disk.sync_folder(profile)).map_err(unmoved)?;
    Ok(Some(folder))
}
