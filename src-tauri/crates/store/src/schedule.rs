//! The schedule: when to check which subject next. Ledger; triggers mark what must be computed again.

use chrono::{DateTime, Utc};
use domain::Subject;
use rusqlite::{Row, params};

use crate::row::{Columns, time};
use crate::{Read, Result, Write};

fn subject(row: &Row<'_>) -> Result<Subject> {
    Columns { table: "schedule", row }.parse("subject")
}

fn instant(row: &Row<'_>) -> Result<DateTime<Utc>> {
    Columns { table: "schedule", row }.parse("at")
}

impl Read<'_> {
    /// At most `limit` subjects that must be computed again.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn unscheduled(&self, limit: u32) -> Result<Vec<Subject>> {
        self.rows("SELECT subject FROM schedule WHERE at = '' ORDER BY subject LIMIT ?1", [limit], subject)
    }

    /// At most `limit` subjects by time; those that must be computed again come first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn scheduled(&self, limit: u32) -> Result<Vec<Subject>> {
        self.rows("SELECT subject FROM schedule ORDER BY at, subject LIMIT ?1", [limit], subject)
    }

    /// The subjects whose time has come.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn ready(&self, now: DateTime<Utc>) -> Result<Vec<Subject>> {
        self.rows("SELECT subject FROM schedule WHERE at <> '' AND at <= ?1 ORDER BY at", [time(now)], subject)
    }

    /// The next instant at which a subject is to be checked.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn next_instant(&self) -> Result<Option<DateTime<Utc>>> {
        self.first("SELECT at FROM schedule WHERE at > '' ORDER BY at", [], instant)
    }
}

impl Write<'_> {
    /// An instant that cannot be read is worked out anew.
    pub(crate) fn heal_schedule(&self) -> Result<()> {
        let sql = "UPDATE schedule SET at = '' WHERE at <> ''
                   AND at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]*Z'";
        self.execute(sql, [])?;
        Ok(())
    }

    /// Sets when a subject is to be checked next. None removes it: nothing is due unless something changes.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn schedule(&self, subject: Subject, at: Option<DateTime<Utc>>) -> Result<()> {
        match at {
            Some(at) => {
                let sql =
                    "INSERT INTO schedule (subject, at) VALUES (?1, ?2) ON CONFLICT (subject) DO UPDATE SET at = ?2";
                self.execute(sql, params![subject.to_string(), time(at)])?;
            }
            None => {
                self.execute("DELETE FROM schedule WHERE subject = ?1", [subject.to_string()])?;
            }
        }
        Ok(())
    }

    /// Marks all subjects to be computed again: the clock, the zone or the reminder times have changed.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn unschedule_all(&self) -> Result<()> {
        self.execute("DELETE FROM schedule", [])?;
        self.execute(
            "INSERT INTO schedule (subject, at)
             SELECT id, '' FROM tasks WHERE status IN ('open', 'in_progress', 'waiting') UNION ALL SELECT 'review', ''",
            [],
        )?;
        Ok(())
    }
}
