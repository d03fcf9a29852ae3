//! The recorded changes. Ledger.

use chrono::{DateTime, Utc};
use domain::{DocumentId, StepId};
use rusqlite::{Row, params};

use crate::row::{Columns, time, word};
use crate::{Actor, Changes, Op, Read, Result, Write, connection};

/// One recorded change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// Its id.
    pub step: StepId,
    /// What was done.
    pub op: Op,
    /// On whose behalf.
    pub actor: Actor,
    /// When.
    pub at: DateTime<Utc>,
    /// What it was about.
    pub label: Option<String>,
    /// Was it taken back?
    pub undone: bool,
}

fn history_row(row: &Row<'_>) -> Result<HistoryRow> {
    let c = Columns { table: "history", row };
    Ok(HistoryRow {
        step: c.parse("step")?,
        op: c.word("op")?,
        actor: c.word("actor")?,
        at: c.parse("at")?,
        label: c.get("label")?,
        undone: c.get::<Option<String>>("undone_at")?.is_some(),
    })
}

/// A step as undo needs it.
pub(crate) struct Recorded {
    pub(crate) number: i64,
    pub(crate) op: Op,
    pub(crate) label: Option<String>,
    pub(crate) changeset: Vec<u8>,
}

fn recorded(row: &Row<'_>) -> Result<Recorded> {
    let c = Columns { table: "history", row };
    Ok(Recorded { number: c.get("number")?, op: c.word("op")?, label: c.get("label")?, changeset: c.get("changeset")? })
}

impl Read<'_> {
    /// The last `limit` changes, newest first.
    pub fn history(&self, limit: u32) -> Result<Vec<HistoryRow>> {
        self.rows("SELECT * FROM history ORDER BY number DESC LIMIT ?1", [limit], history_row)
    }

    /// The last `limit` changes of a document and its tasks, newest first.
    pub fn history_of(&self, document: DocumentId, limit: u32) -> Result<Vec<HistoryRow>> {
        let sql = "SELECT h.* FROM history_documents AS d JOIN history AS h ON h.number = d.step
                   WHERE d.document = ?1 ORDER BY d.step DESC LIMIT ?2";
        self.rows(sql, params![document.to_string(), limit], history_row)
    }

    /// The step that undo would take back.
    pub(crate) fn undoable(&self) -> Result<Option<Recorded>> {
        let sql = "SELECT * FROM history WHERE actor = 'user' AND undone_at IS NULL AND schema_version = ?1
                   ORDER BY number DESC LIMIT 1";
        self.row(sql, [connection::schema_version()], recorded)
    }

    /// The step that redo would make again.
    pub(crate) fn redoable(&self) -> Result<Option<Recorded>> {
        let sql = "SELECT * FROM history WHERE undone_at IS NOT NULL AND changeset IS NOT NULL AND schema_version = ?1
                   ORDER BY number LIMIT 1";
        self.row(sql, [connection::schema_version()], recorded)
    }
}

impl Write<'_> {
    /// Notes a change; only a person's can be undone, and need their changeset for it.
    pub(crate) fn record(&self, changes: &Changes, label: Option<String>, changeset: &[u8]) -> Result<StepId> {
        let op = changes.op;
        let by_person = op.actor() == Actor::User;
        if by_person {
            // What was undone before cannot be made again on top of something new.
            self.execute("UPDATE history SET changeset = NULL WHERE undone_at IS NOT NULL", [])?;
        }
        let step = StepId::new(self.ids);
        self.execute(
            "INSERT INTO history (step, op, actor, at, label, schema_version, changeset)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                step.to_string(),
                op.as_str(),
                word(&op.actor())?,
                time(self.now),
                label,
                connection::schema_version(),
                by_person.then_some(changeset)
            ],
        )?;
        let number = self.conn.last_insert_rowid();
        for document in &changes.documents {
            let sql = "INSERT INTO history_documents (document, step) VALUES (?1, ?2)";
            self.execute(sql, params![document.to_string(), number])?;
        }
        for task in &changes.tasks {
            let sql = "INSERT OR IGNORE INTO history_documents (document, step)
                       SELECT document, ?2 FROM tasks WHERE id = ?1 AND document IS NOT NULL";
            self.execute(sql, params![task.to_string(), number])?;
        }
        Ok(step)
    }

    /// Notes that a step was taken back, or stands again.
    pub(crate) fn set_undone(&self, number: i64, undone: bool) -> Result<()> {
        let at = undone.then(|| time(self.now));
        self.change("step", number, "UPDATE history SET undone_at = ?2 WHERE number = ?1", params![number, at])
    }
}
