//! When to look at which subject next. Ledger, kept by the program: triggers mark what has to be worked out anew.

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
    /// At most `limit` subjects of which something has changed.
    pub fn unscheduled(&self, limit: u32) -> Result<Vec<Subject>> {
        self.rows("SELECT subject FROM schedule WHERE at = '' ORDER BY subject LIMIT ?1", [limit], subject)
    }

    /// At most `limit` subjects, the next ones first, those to be worked out before them.
    pub fn scheduled(&self, limit: u32) -> Result<Vec<Subject>> {
        self.rows("SELECT subject FROM schedule ORDER BY at, subject LIMIT ?1", [limit], subject)
    }

    /// The subjects whose time has come.
    pub fn ready(&self, now: DateTime<Utc>) -> Result<Vec<Subject>> {
        self.rows("SELECT subject FROM schedule WHERE at <> '' AND at <= ?1 ORDER BY at", [time(now)], subject)
    }

    /// The next instant at which there is something to look at.
    pub fn next_instant(&self) -> Result<Option<DateTime<Utc>>> {
        self.row("SELECT at FROM schedule WHERE at > '' ORDER BY at LIMIT 1", [], instant)
    }
}

impl Write<'_> {
    /// Says when to look at a subject next; none where nothing will ever be due unless something changes.
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

    /// Marks everything to be worked out anew: the clock, the zone or the hours have changed.
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
