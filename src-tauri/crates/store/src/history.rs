//! The history of changes, with the changesets that undo needs. Ledger.

use chrono::{DateTime, Utc};
use domain::{By, DocumentId, RunId, StepId};
use rusqlite::{Row, params};

use crate::chain::Step;
use crate::row::{Columns, json, text, time};
use crate::{Changes, Noun, Op, Read, Result, Write, migrate};

/// Changesets of so many steps of the person, and as many of others, are kept for undo.
pub const KEPT_STEPS: usize = 1_000;
/// These changesets take at most so many bytes; the newest one is kept whatever its size.
pub const KEPT_BYTES: i64 = 64 << 20;

/// One recorded change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// Its place in the history.
    pub number: i64,
    /// Its id.
    pub step: StepId,
    /// What was done.
    pub op: Op,
    /// On whose behalf.
    pub by: By,
    /// The run that it was a part of, by which all of it can be taken back.
    pub run: Option<RunId>,
    /// When.
    pub at: DateTime<Utc>,
    /// What it was about.
    pub label: Option<String>,
    /// Was it taken back?
    pub undone: bool,
    /// Whether its changeset is kept and fits the present tables.
    pub can_be_undone: bool,
}

fn history_row(row: &Row<'_>) -> Result<HistoryRow> {
    let c = Columns { table: "history", row };
    Ok(HistoryRow {
        number: c.get("number")?,
        step: c.parse("step")?,
        op: c.get::<String>("op")?.parse().unwrap_or(Op::Unknown),
        by: c.parse("actor")?,
        run: c.or(c.parse_opt("run"), None)?,
        at: c.or(c.parse("at"), DateTime::UNIX_EPOCH)?,
        label: c.get("label")?,
        undone: c.get::<Option<String>>("undone_at")?.is_some(),
        can_be_undone: c.get::<i64>("size")? > 0
            && c.get::<Option<String>>("undone_at")?.is_none()
            && c.get::<i32>("schema_version")? == migrate::schema_version(),
    })
}

/// Which steps to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepsWanted {
    /// At most so many.
    pub limit: u32,
    /// Only those before this number.
    pub before: Option<i64>,
    /// Only those of a document and its tasks.
    pub document: Option<DocumentId>,
}

/// A step as undo needs it.
pub(crate) struct Recorded {
    pub(crate) number: i64,
    pub(crate) step: StepId,
    pub(crate) op: Op,
    pub(crate) label: Option<String>,
    pub(crate) changeset: Vec<u8>,
}

fn recorded(row: &Row<'_>) -> Result<Recorded> {
    let c = Columns { table: "history", row };
    Ok(Recorded {
        number: c.get("number")?,
        step: c.parse("step")?,
        op: c.get::<String>("op")?.parse().unwrap_or(Op::Unknown),
        label: c.get("label")?,
        changeset: c.get("changeset")?,
    })
}

impl Read<'_> {
    /// The last `limit` changes, newest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn history(&self, limit: u32) -> Result<Vec<HistoryRow>> {
        self.steps(StepsWanted { limit, ..StepsWanted::default() })
    }

    /// The last `limit` changes of a document and its tasks, newest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn history_of(&self, document: DocumentId, limit: u32) -> Result<Vec<HistoryRow>> {
        self.steps(StepsWanted { limit, document: Some(document), before: None })
    }

    /// The steps that are wanted, newest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn steps(&self, wanted: StepsWanted) -> Result<Vec<HistoryRow>> {
        let (limit, before) = (wanted.limit, wanted.before.unwrap_or(i64::MAX));
        match wanted.document {
            None => {
                let sql = "SELECT * FROM history WHERE number < ?2 ORDER BY number DESC LIMIT ?1";
                self.rows(sql, params![limit, before], history_row)
            }
            Some(document) => {
                let sql = "SELECT h.* FROM history_documents AS d JOIN history AS h ON h.number = d.step
                           WHERE d.document = ?3 AND d.step < ?2 ORDER BY d.step DESC LIMIT ?1";
                self.rows(sql, params![limit, before, document.to_string()], history_row)
            }
        }
    }

    /// Has a person done one of these to a document, and not taken it back?
    ///
    /// # Errors
    /// What SQLite says.
    pub fn did_a_person(&self, document: DocumentId, ops: &[Op]) -> Result<bool> {
        let sql = "SELECT EXISTS (
                       SELECT 1 FROM history_documents AS d JOIN history AS h ON h.number = d.step
                       WHERE d.document = ?1 AND h.actor = 'person' AND h.undone_at IS NULL
                         AND h.op IN (SELECT value FROM json_each(?2)))";
        self.value(sql, params![document.to_string(), json(&ops)?])
    }

    /// One change.
    pub(crate) fn step(&self, step: StepId) -> Result<Option<HistoryRow>> {
        self.row("SELECT * FROM history WHERE step = ?1", [step.to_string()], history_row)
    }

    /// The person's step that redo makes again.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn next_to_redo(&self) -> Result<Option<HistoryRow>> {
        let sql = "SELECT * FROM history
                   WHERE undone_at IS NOT NULL AND changeset IS NOT NULL AND actor = 'person' AND schema_version = ?1
                   ORDER BY undone_order DESC";
        self.first(sql, [migrate::schema_version()], history_row)
    }

    /// The newest step of the person before this number that is not undone.
    pub(crate) fn undoable_before(&self, number: i64) -> Result<Option<Recorded>> {
        let sql = "SELECT * FROM history
                   WHERE actor = 'person' AND undone_at IS NULL AND changeset IS NOT NULL
                     AND number < ?1 AND schema_version = ?2
                   ORDER BY number DESC";
        self.first(sql, [number, migrate::schema_version().into()], recorded)
    }

    /// A step, if it can be taken back.
    pub(crate) fn undoable_step(&self, step: StepId) -> Result<Option<Recorded>> {
        let sql = "SELECT * FROM history
                   WHERE step = ?1 AND undone_at IS NULL AND changeset IS NOT NULL AND schema_version = ?2";
        self.row(sql, params![step.to_string(), migrate::schema_version()], recorded)
    }

    /// The newest step of a run before this number that is not undone.
    pub(crate) fn undoable_of_run(&self, run: RunId, number: i64) -> Result<Option<Recorded>> {
        let sql = "SELECT * FROM history
                   WHERE run = ?1 AND undone_at IS NULL AND changeset IS NOT NULL AND number < ?2 AND schema_version = ?3
                   ORDER BY number DESC";
        self.first(sql, params![run.to_string(), number, migrate::schema_version()], recorded)
    }

    /// The person's step that was taken back last.
    pub(crate) fn redoable(&self) -> Result<Option<Recorded>> {
        let sql = "SELECT * FROM history
                   WHERE undone_at IS NOT NULL AND changeset IS NOT NULL AND actor = 'person' AND schema_version = ?1
                   ORDER BY undone_order DESC";
        self.first(sql, [migrate::schema_version()], recorded)
    }
}

impl Write<'_> {
    /// Notes a change. What the program does by itself cannot be undone and needs no changeset.
    pub(crate) fn record(&self, changes: &Changes, label: Option<String>, changeset: &[u8]) -> Result<StepId> {
        if changes.by == By::Person {
            // A new step of the person ends what can be done again.
            let sql =
                "UPDATE history SET changeset = NULL, size = 0 WHERE undone_at IS NOT NULL AND changeset IS NOT NULL";
            self.execute(sql, [])?;
        }
        let kept = (changes.by != By::Program).then_some(changeset);
        let step = self.add_step(changes, label, kept, Vec::new(), &[changeset])?;
        if kept.is_some() {
            self.drop_old_changesets(changes.by == By::Person)?;
        }
        Ok(step)
    }

    /// Notes that steps were taken back, or made again.
    pub(crate) fn record_undone(
        &self,
        changes: &Changes,
        label: Option<String>,
        of: Vec<StepId>,
        changesets: &[&[u8]],
    ) -> Result<StepId> {
        self.add_step(changes, label, None, of, changesets)
    }

    /// Notes that something was deleted for good, and nothing of it.
    pub(crate) fn record_erased(&self, changes: &Changes) -> Result<StepId> {
        let step = self.add_step(changes, None, None, Vec::new(), &[])?;
        let sql = "DELETE FROM history_documents WHERE step = (SELECT max(number) FROM history)
                   AND document NOT IN (SELECT id FROM documents)";
        self.execute(sql, [])?;
        Ok(step)
    }

    fn add_step(
        &self,
        changes: &Changes,
        label: Option<String>,
        kept: Option<&[u8]>,
        of: Vec<StepId>,
        changesets: &[&[u8]],
    ) -> Result<StepId> {
        let Changes { by, run, op, .. } = *changes;
        let step = StepId::new(self.ids);
        let (actor, at) = (by.to_string(), time(self.now));
        self.execute(
            // Also above the steps that somebody has cut off: the chain knows of them, and what follows must not fail.
            "INSERT INTO history (number, step, op, actor, run, at, label, schema_version, changeset, size)
             VALUES (1 + max((SELECT coalesce(max(number), 0) FROM history), (SELECT coalesce(max(number), 0) FROM chain)),
                     ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                step.to_string(),
                op.as_str(),
                actor,
                text(run),
                at,
                label,
                migrate::schema_version(),
                kept,
                kept.map_or(0, <[u8]>::len) as i64,
            ],
        )?;
        let number = self.conn.last_insert_rowid();
        let recorded = Step {
            number,
            step,
            op: op.as_str(),
            actor: &actor,
            run,
            at: &at,
            schema_version: migrate::schema_version(),
        };
        self.chain(&recorded, label, of, changesets)?;
        for document in changes.ids(Noun::Document) {
            let sql = "INSERT INTO history_documents (document, step) VALUES (?1, ?2)";
            self.execute(sql, params![document, number])?;
        }
        for task in changes.ids(Noun::Task) {
            let sql = "INSERT OR IGNORE INTO history_documents (document, step)
                       SELECT document, ?2 FROM tasks WHERE id = ?1 AND document IS NOT NULL";
            self.execute(sql, params![task, number])?;
        }
        Ok(step)
    }

    /// Drops old changesets; their steps stay in the history, but cannot be undone any more. The steps of the person
    /// and those of others are counted separately, so that a busy rule does not push out those of the person.
    fn drop_old_changesets(&self, of_person: bool) -> Result<()> {
        let sql = "SELECT number, size FROM history
                   WHERE changeset IS NOT NULL AND (actor = 'person') = ?1 ORDER BY number DESC";
        let kept = self.rows(sql, [of_person], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        let mut bytes = 0;
        let first_too_many = kept.iter().enumerate().find(|(at, (_, size))| {
            bytes += size;
            // The newest one can be taken back whatever its size.
            *at >= KEPT_STEPS || (*at > 0 && bytes > KEPT_BYTES)
        });
        if let Some((_, (number, _))) = first_too_many {
            let sql = "UPDATE history SET changeset = NULL, size = 0
                       WHERE changeset IS NOT NULL AND (actor = 'person') = ?1 AND number <= ?2";
            self.execute(sql, params![of_person, number])?;
        }
        Ok(())
    }

    /// Marks a step as undone, or as done again.
    pub(crate) fn set_undone(&self, number: i64, undone: bool) -> Result<()> {
        let at = undone.then(|| time(self.now));
        let sql = "UPDATE history SET undone_at = ?2,
                       undone_order = iif(?2 IS NULL, NULL, 1 + coalesce((SELECT max(undone_order) FROM history
                           WHERE undone_at IS NOT NULL AND changeset IS NOT NULL), 0))
                   WHERE number = ?1";
        self.change("step", number, sql, params![number, at])
    }
}
