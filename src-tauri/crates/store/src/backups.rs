//! Backups: copying the database while it is used, and what became of each try. Ledger.

use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::FailureCode;
use rusqlite::{Row, params};

use crate::row::{Columns, time};
use crate::{Read, Result, Store, StoreError, Write, connection};

/// So many tries are remembered.
const KEPT: u32 = 200;
/// What became of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupRow {
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// What came out.
    pub outcome: std::result::Result<BackupMade, (FailureCode, String)>,
}

/// A backup that was found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupMade {
    /// Its id in the repository.
    pub snapshot: String,
    /// Files in it.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Bytes that the repository grew by.
    pub added: u64,
    /// Of the data of the repository this part of 52 was read as well.
    pub part: Option<u32>,
}

fn backup_row(row: &Row<'_>) -> Result<BackupRow> {
    let c = Columns { table: "backups", row };
    let count = |column| c.get::<i64>(column).map(|count| u64::try_from(count).unwrap_or_default());
    let outcome = match c.get::<Option<String>>("snapshot")? {
        Some(snapshot) => Ok(BackupMade {
            snapshot,
            files: count("files")?,
            bytes: count("bytes")?,
            added: count("added")?,
            part: c.get("part")?,
        }),
        None => Err((c.word("code")?, c.get("message")?)),
    };
    Ok(BackupRow { begun_at: c.parse("begun_at")?, ended_at: c.parse("ended_at")?, outcome })
}

impl Read<'_> {
    /// The newest tries first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn backups(&self, limit: u32) -> Result<Vec<BackupRow>> {
        self.rows("SELECT * FROM backups ORDER BY number DESC LIMIT ?1", [limit], backup_row)
    }

    /// The newest backup that was found whole.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn last_backup(&self) -> Result<Option<BackupRow>> {
        self.first("SELECT * FROM backups WHERE snapshot IS NOT NULL ORDER BY number DESC", [], backup_row)
    }
}

impl Write<'_> {
    /// Notes what became of a try.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn add_backup(&self, row: &BackupRow) -> Result<()> {
        let (made, failed) = match &row.outcome {
            Ok(made) => (Some(made), None),
            Err(failed) => (None, Some(failed)),
        };
        let count = |count: Option<u64>| i64::try_from(count.unwrap_or_default()).unwrap_or(i64::MAX);
        self.execute(
            "INSERT INTO backups (begun_at, ended_at, snapshot, files, bytes, added, part, code, message)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                time(row.begun_at),
                time(row.ended_at),
                made.map(|made| &made.snapshot),
                count(made.map(|made| made.files)),
                count(made.map(|made| made.bytes)),
                count(made.map(|made| made.added)),
                made.and_then(|made| made.part),
                failed.map(|(code, _)| code.as_str()),
                failed.map(|(_, message)| message),
            ],
        )?;
        self.execute("DELETE FROM backups WHERE number <= (SELECT max(number) FROM backups) - ?1", [KEPT])?;
        Ok(())
    }

    /// Forgets the tries: they were made into another folder.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn forget_backups(&self) -> Result<()> {
        self.execute("DELETE FROM backups", [])?;
        Ok(())
    }
}

impl Store {
    /// Copies the database into a new file, as it is at one moment, while everybody goes on reading and writing.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors); [`StoreError::Io`] if the copy cannot be synced.
    pub fn copy_database(&self, to: &Path) -> Result<()> {
        self.read(|read| connection::copied(read.conn, to, self.place().keys()).map(drop))?;
        File::open(to).and_then(|file| file.sync_all()).map_err(|e| StoreError::io("written", to, e))
    }

    /// Where the originals lie, for a backup. What is being written is not among them.
    ///
    /// # Errors
    /// [`StoreError::Io`] if the archive cannot be listed.
    pub fn originals(&self) -> Result<Vec<PathBuf>> {
        let listing = self.archive.list()?;
        if let Some(path) = listing.unreadable.into_iter().next() {
            let error = std::io::ErrorKind::PermissionDenied.into();
            return Err(StoreError::io("read", &path, error));
        }
        Ok(listing.originals)
    }
}
