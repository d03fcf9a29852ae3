//! Opening the database.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use disk::{Disk, Part, RealDisk, write_all};
use domain::Clock;
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};
use vault::Keys;

use crate::{Place, Result, StoreError, migrate};

/// How long a writer waits for another process before it says [`StoreError::Busy`](crate::StoreError::Busy).
const PATIENCE: Duration = Duration::from_secs(10);

/// SQLite needs about so many bytes beside a database to open it.
const ROOM: usize = 64 * 1024;

/// The name of the database in a profile, and in a backup of it.
pub const DATABASE: &str = "workmate.db";

/// Bytes of a page of the database.
pub(crate) const PAGE_SIZE: u32 = 16384;

/// Decrypted pages that each connection keeps in memory at most, in KiB.
const DECRYPTED_KIB: i64 = 48 * 1024;

/// Migrates the database, then opens the one connection that writes. Also returns the shared schema lock (see
/// [`migrate`]).
pub(crate) fn open_writer(place: &Place, clock: &dyn Clock, disk: &dyn Disk) -> Result<(Connection, File)> {
    let path = database_path(&place.folder);
    let open = || {
        let mut conn = connect(&path, place.keys())?;
        let lock = migrate::bring_up_to_date(place, &path, &mut conn, clock, disk, &migrate::runner())?;
        Ok((conn, lock))
    };
    open().map_err(|e: StoreError| confirmed(e.in_database(&path), &path, place.keys()))
}

/// Opens a connection that can only read.
pub(crate) fn open_reader(place: &Place) -> Result<Connection> {
    let conn = connect(&database_path(&place.folder), place.keys())?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

pub(crate) fn database_path(profile: &Path) -> PathBuf {
    profile.join(DATABASE)
}

/// Copies a database into a file, as it is at one moment: in one step, so that writers need not make it begin anew. The copy
/// stands alone, without a log beside it, and has the same key.
pub(crate) fn copied(from: &Connection, to: &Path, keys: Option<&Keys>) -> Result<Connection> {
    let mut copy = Connection::open(to)?;
    unlock(&copy, keys)?;
    Backup::new(from, &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    copy.pragma_update(None, "journal_mode", "delete")?;
    Ok(copy)
}

/// The write-ahead log beside the database.
pub(crate) fn log_path(profile: &Path) -> PathBuf {
    profile.join("workmate.db-wal")
}

pub(crate) fn connect(path: &Path, keys: Option<&Keys>) -> Result<Connection> {
    let conn = Connection::open(path)?;
    unlock(&conn, keys)?;
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(128);
    // For a new database: the packed words of a page of paper, two kilobytes, fill smaller pages badly.
    conn.pragma_update(None, "page_size", PAGE_SIZE)?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "full")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten where its page is written anyhow.
    conn.pragma_update(None, "secure_delete", "fast")?;
    Ok(conn)
}

/// Gives a new connection its key, before anything is read. Nothing of what SQLCipher does may be written to the terminal.
pub(crate) fn unlock(conn: &Connection, keys: Option<&Keys>) -> Result<()> {
    if let Some(keys) = keys {
        conn.pragma_update(None, "cipher_log_level", "NONE")?;
        conn.pragma_update(None, "key", keys.of_database().as_str())?;
        conn.pragma_update(None, "cipher_page_size", PAGE_SIZE)?;
        // A page that is in memory need not be decrypted again.
        conn.pragma_update(None, "cache_size", -DECRYPTED_KIB)?;
    }
    Ok(())
}

/// What is seen of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// All of it, with what only the log holds.
    WithLog,
    /// The file alone. Right only while nobody writes to it.
    FileAlone,
}

/// A connection that changes nothing: no lock, no file beside the database, unless the log has to be looked at.
pub(crate) fn look(path: &Path, keys: Option<&Keys>, view: View) -> Result<Connection> {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => uri.push(char::from(*byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push_str(match view {
        View::WithLog => "?mode=ro",
        View::FileAlone => "?mode=ro&immutable=1",
    });
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(uri, flags)?;
    unlock(&conn, keys)?;
    conn.busy_timeout(PATIENCE)?;
    Ok(conn)
}

/// A connection for reading where nothing may be written: on a full disk, or on one that can only be read.
pub(crate) fn open_looker(place: &Place) -> Result<Connection> {
    let view = if has_log(&place.folder) { View::WithLog } else { View::FileAlone };
    look(&database_path(&place.folder), place.keys(), view)
}

/// Does the log hold anything?
pub(crate) fn has_log(profile: &Path) -> bool {
    fs::metadata(log_path(profile)).is_ok_and(|log| log.len() > 0)
}

/// What SQLite finds wrong with a database; nothing is well.
pub(crate) fn quick_check(conn: &Connection) -> rusqlite::Result<Option<String>> {
    let found: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(if found == "ok" { None } else { Some(found) })
}

/// SQLite calls it a failure of the disk when there is no room for the files beside the database. Whether that is it shows when
/// a file is written there.
fn why_not_written(path: &Path) -> Option<StoreError> {
    let folder = path.parent()?;
    let tried = Part::in_folder(&RealDisk, folder).and_then(|part| write_all(&RealDisk, part.file(), &[0; ROOM]));
    match StoreError::io("written", path, tried.err()?) {
        told @ (StoreError::DiskFull { .. } | StoreError::ReadOnly { .. }) => Some(told),
        _ => None,
    }
}

/// Before a database is called damaged it is looked at once more over a new connection: SQLite says the same of a disk
/// that failed while it was read.
pub(crate) fn confirmed(error: StoreError, path: &Path, keys: Option<&Keys>) -> StoreError {
    if matches!(error, StoreError::Io { .. }) {
        return why_not_written(path).unwrap_or(error);
    }
    let StoreError::Corrupt { detail, .. } = &error else { return error };
    let failed = |detail: &str| {
        let source = io::Error::other(detail.to_owned());
        StoreError::Io { path: path.to_owned(), doing: "read", source }
    };
    let looked = look(path, keys, View::WithLog).and_then(|conn| Ok(quick_check(&conn)?));
    match looked.map_err(|e| e.in_database(path)) {
        Ok(None) => failed(detail),
        Ok(Some(found)) => StoreError::Corrupt { path: path.to_owned(), detail: found },
        Err(StoreError::Io { source, .. }) => failed(&source.to_string()),
        Err(_) => error,
    }
}
