//! Opening the database.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::Clock;
use rusqlite::Connection;

use crate::{Result, migrate};

/// How long a writer waits for another process before it says [`StoreError::Busy`](crate::StoreError::Busy).
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of a page of the database.
const PAGE_SIZE: u32 = 16384;

/// Migrates the database, then opens the one connection that writes. Also returns the shared schema lock (see
/// [`migrate`]).
pub(crate) fn open_writer(profile: &Path, clock: &dyn Clock) -> Result<(Connection, File)> {
    let path = database_path(profile);
    let open = || {
        let mut conn = connect(&path)?;
        let lock = migrate::bring_up_to_date(profile, &path, &mut conn, clock, &migrate::runner())?;
        Ok((conn, lock))
    };
    open().map_err(|e: crate::StoreError| e.in_database(&path))
}

/// Opens a connection that can only read.
pub(crate) fn open_reader(profile: &Path) -> Result<Connection> {
    let conn = connect(&database_path(profile))?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

pub(crate) fn database_path(profile: &Path) -> PathBuf {
    profile.join("workmate.db")
}

pub(crate) fn connect(path: &Path) -> Result<Connection> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(128);
    // For a new database: the packed words of a page of paper, two kilobytes, fill smaller pages badly.
    conn.pragma_update(None, "page_size", PAGE_SIZE)?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "full")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(conn)
}
