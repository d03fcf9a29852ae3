//! Deleting for good: documents with their rows, their originals, what the history says of them, and their words in the
//! index. Nothing of it can be undone.
//!
//! The rows go in one transaction, which also notes the originals that are to be removed. These go afterwards; the next
//! start removes what an interruption has left. Freed pages of the database are overwritten, and the log is emptied.
//! Backups, exports and copies from before a migration keep what they have.

use disk::crash_point;
use domain::{By, CorrespondentId, DocumentId, FileId};
use rusqlite::params;

use crate::files::StoredFile;
use crate::row::Columns;
use crate::{Noun, Op, Read, Result, Store, StoreError, What, Write, Written, engine};

/// In `removals`: traces are still to be wiped.
const TRACES: &str = "";

/// What was deleted for good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// Documents.
    pub documents: u32,
    /// Tasks about them.
    pub tasks: u32,
    /// Originals, with what was read of them.
    pub originals: u32,
    /// Steps of the history of which only remains who did them, and when.
    pub steps: u32,
    /// Originals that stay, because something else came in them, or was made of their pages.
    pub staying: Vec<StoredFile>,
}

/// Tables whose rows are about a task, and the column that says about which.
const OF_TASKS: &[(&str, &str)] = &[
    ("task_steps", "task"),
    ("task_details", "task"),
    ("task_tags", "task"),
    ("task_links", "task"),
    ("task_blocks", "task"),
    ("task_blocks", "blocked_by"),
    ("task_payments", "task"),
    ("reminder_overrides", "task"),
    ("notifications", "subject"),
    ("ended_by_calendar", "task"),
];

/// Tables whose rows are about a document.
const OF_DOCUMENTS: &[(&str, &str)] = &[
    ("confirmed_facts", "document"),
    ("assumptions", "document"),
    ("relations", "document"),
    ("relations", "other"),
    ("document_tags", "document"),
    ("document_notes", "document"),
    ("task_links", "document"),
    ("sender_rule_uses", "document"),
];

/// Tables whose rows are about a file, the file itself last.
const OF_FILES: &[(&str, &str)] = &[
    ("found_values", "findings IN (SELECT number FROM findings WHERE file = ?1)"),
    ("findings", "file = ?1"),
    ("pages", "file = ?1"),
    ("attachments", "file = ?1"),
    ("readings", "file = ?1"),
    ("problems", "file = ?1"),
    ("jobs", "subject = ?1"),
    ("job_events", "subject = ?1"),
    ("inbox_memory", "path IN (SELECT path FROM arrivals WHERE file = ?1)"),
    ("blackouts", "file = ?1"),
    ("arrivals", "file = ?1 OR container = ?1"),
    ("files", "id = ?1"),
];

impl Read<'_> {
    /// The documents that have been in the trash since before this instant.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn trashed_before(&self, at: chrono::DateTime<chrono::Utc>) -> Result<Vec<DocumentId>> {
        let sql = "SELECT id FROM documents WHERE trashed_at < ?1 ORDER BY trashed_at, id";
        self.rows(sql, [crate::row::time(at)], |row| Columns { table: "documents", row }.parse("id"))
    }

    /// Every document in the trash.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn trashed(&self) -> Result<Vec<DocumentId>> {
        let sql = "SELECT id FROM documents WHERE trashed_at IS NOT NULL ORDER BY trashed_at, id";
        self.rows(sql, [], |row| Columns { table: "documents", row }.parse("id"))
    }

    /// Is a file needed by a document, or does something in it wait to be read?
    fn is_needed(&self, file: &FileId) -> Result<bool> {
        let sql = "WITH RECURSIVE inside (file) AS (
                       SELECT ?1 UNION SELECT a.file FROM arrivals AS a JOIN inside ON a.container = inside.file
                   ) SELECT EXISTS (SELECT 1 FROM documents WHERE file IN (SELECT file FROM inside))
                         OR EXISTS (SELECT 1 FROM jobs WHERE subject IN (SELECT file FROM inside) AND subject <> ?1
                                    AND state <> 'done')";
        self.value(sql, [file.as_str()])
    }

    /// The files that came in a file and nowhere else, and itself.
    fn only_inside(&self, file: &FileId) -> Result<Vec<FileId>> {
        let sql = "WITH RECURSIVE inside (file) AS (
                       SELECT ?1 UNION SELECT a.file FROM arrivals AS a JOIN inside ON a.container = inside.file
                   ) SELECT file FROM inside WHERE file = ?1 OR NOT EXISTS (
                       SELECT 1 FROM arrivals AS o WHERE o.file = inside.file
                         AND (o.container IS NULL OR o.container NOT IN (SELECT file FROM inside)))";
        self.rows(sql, [file.as_str()], |row| Columns { table: "arrivals", row }.parse("file"))
    }

    fn direct_containers(&self, file: &FileId) -> Result<Vec<FileId>> {
        let sql = "SELECT DISTINCT container FROM arrivals WHERE file = ?1 AND container IS NOT NULL";
        self.rows(sql, [file.as_str()], |row| Columns { table: "arrivals", row }.parse("container"))
    }

    fn removals(&self) -> Result<Vec<String>> {
        self.rows("SELECT file FROM removals ORDER BY file DESC", [], |row| Ok(row.get(0)?))
    }
}

impl Write<'_> {
    /// Deletes a document for good, with its tasks and, unless something else needs it, its original. To be called inside
    /// [`Store::erase`].
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn delete_document(&self, id: DocumentId, deleted: &mut Deleted) -> Result<()> {
        let file: Option<FileId> = self.row("SELECT file FROM documents WHERE id = ?1", [id.to_string()], |row| {
            Columns { table: "documents", row }.parse("file")
        })?;
        let Some(file) = file else { return Ok(()) };
        let document = id.to_string();
        let of_it = "(SELECT id FROM tasks WHERE document = ?1)";
        for (table, column) in OF_TASKS {
            self.execute(&format!("DELETE FROM {table} WHERE {column} IN {of_it}"), [&document])?;
        }
        self.execute(&format!("UPDATE tasks SET follows = NULL WHERE follows IN {of_it}"), [&document])?;
        let tasks = self.execute("DELETE FROM tasks WHERE document = ?1", [&document])?;
        for (table, column) in OF_DOCUMENTS {
            self.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [&document])?;
        }
        self.execute("UPDATE sender_rules SET learned_from = NULL WHERE learned_from = ?1", [&document])?;
        self.unlearn(&file)?;
        self.execute("DELETE FROM documents WHERE id = ?1", [&document])?;
        deleted.documents = deleted.documents.saturating_add(1);
        deleted.tasks = deleted.tasks.saturating_add(u32::try_from(tasks).unwrap_or(u32::MAX));
        deleted.steps = deleted.steps.saturating_add(self.forget_steps_of(id)?);
        self.delete_file(&file, deleted)
    }

    /// Deletes a sender for good, with its names and what was learned about its letters. Letters that are left have none then.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn delete_correspondent(&self, id: CorrespondentId) -> Result<()> {
        let id = id.to_string();
        self.execute("UPDATE documents SET correspondent = NULL WHERE correspondent = ?1", [&id])?;
        for table in ["correspondent_names", "sender_rules", "sender_rule_uses"] {
            self.execute(&format!("DELETE FROM {table} WHERE correspondent = ?1"), [&id])?;
        }
        self.execute("DELETE FROM correspondents WHERE id = ?1", [&id])?;
        Ok(())
    }

    /// Forgets what the steps about a document say; that they were, when and on whose behalf, stays.
    fn forget_steps_of(&self, document: DocumentId) -> Result<u32> {
        let of_it = "(SELECT step FROM history_documents WHERE document = ?1)";
        let document = document.to_string();
        let forgotten = self.forget_steps(of_it, &document)?;
        self.execute("DELETE FROM history_documents WHERE document = ?1", [&document])?;
        Ok(forgotten)
    }

    /// Forgets what some steps say: those whose numbers `of_it` gives for `value`.
    pub(crate) fn forget_steps(&self, of_it: &str, value: &str) -> Result<u32> {
        let sql =
            format!("UPDATE chain SET salt = NULL, content = NULL WHERE content IS NOT NULL AND number IN {of_it}");
        let forgotten = self.execute(&sql, [value])?;
        let sql = format!("UPDATE history SET label = NULL, changeset = NULL, size = 0 WHERE number IN {of_it}");
        self.execute(&sql, [value])?;
        Ok(u32::try_from(forgotten).unwrap_or(u32::MAX))
    }

    /// Deletes a file that no document needs any more, and what it came in, if nothing else came in that.
    fn delete_file(&self, file: &FileId, deleted: &mut Deleted) -> Result<()> {
        if self.is_needed(file)? {
            let stored = self.file(file)?;
            deleted.staying.extend(stored.filter(|stored| !deleted.staying.contains(stored)));
            return Ok(());
        }
        let containers = self.direct_containers(file)?;
        for inside in self.only_inside(file)? {
            for (table, condition) in OF_FILES {
                self.execute(&format!("DELETE FROM {table} WHERE {condition}"), [inside.as_str()])?;
            }
            self.execute("INSERT OR IGNORE INTO removals (file) VALUES (?1)", [inside.as_str()])?;
            self.touch(Noun::File, &inside, What::Removed);
            deleted.originals = deleted.originals.saturating_add(1);
        }
        // A container that is gone already has no row.
        for container in containers {
            if self.file(&container)?.is_some() {
                self.delete_file(&container, deleted)?;
            }
        }
        Ok(())
    }

    /// What is deleted from here on leaves no trace: freed pages are overwritten, and the step says no more than that it was.
    fn begin_erasing(&self) -> Result<()> {
        self.leave_no_trace();
        self.conn.execute_batch("PRAGMA secure_delete = ON; PRAGMA defer_foreign_keys = ON")?;
        self.execute("INSERT OR IGNORE INTO removals (file) VALUES (?1)", [TRACES])?;
        Ok(())
    }

    /// Takes words out of the index that no document has any more.
    fn wipe_index(&self) -> Result<()> {
        // What was deleted stands in the index until its parts are merged.
        self.conn.execute_batch(
            "INSERT INTO search_index (search_index) VALUES ('optimize');
             CREATE VIRTUAL TABLE temp.search_vocabulary USING fts5vocab('main', 'search_index', 'row')",
        )?;
        let sql = "SELECT number, term FROM search_terms WHERE term NOT IN (SELECT term FROM temp.search_vocabulary)";
        let gone = {
            let mut query = self.conn.prepare(sql)?;
            let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()?
        };
        self.conn.execute_batch("DROP TABLE temp.search_vocabulary")?;
        for (number, term) in gone {
            let sql = "INSERT INTO search_trigrams (search_trigrams, rowid, term) VALUES ('delete', ?1, ?2)";
            self.execute(sql, params![number, term])?;
            self.execute("DELETE FROM search_terms WHERE number = ?1", [number])?;
        }
        Ok(self.conn.execute_batch("INSERT INTO search_trigrams (search_trigrams) VALUES ('optimize')")?)
    }
}

impl Store {
    /// A write that deletes for good. It cannot be undone, and the history says no more than that it was. Afterwards the
    /// originals are removed and traces in the index and the log are wiped; the next start does what is left of that.
    ///
    /// # Errors
    /// Those of [`write`](Self::write); then nothing was deleted. [`Io`](StoreError::Io) if an original cannot be removed:
    /// its rows are gone already.
    pub fn erase<T>(&self, by: By, op: Op, f: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<Written<T>> {
        let written = self.write(by, op, |w| {
            w.begin_erasing()?;
            f(w)
        })?;
        crash_point!("erase.rows_gone");
        self.finish_erasing()?;
        Ok(written)
    }

    /// Removes the originals and wipes the traces of what was deleted.
    pub(crate) fn finish_erasing(&self) -> Result<()> {
        let alone = engine::store_lock(self.profile())?;
        alone.lock().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        self.finish_erasing_alone()
    }

    /// The same for who has the archive for itself already.
    pub(crate) fn finish_erasing_alone(&self) -> Result<()> {
        let removals = self.read(|r| r.removals())?;
        if removals.is_empty() {
            return Ok(());
        }
        for removal in &removals {
            let Ok(file) = removal.parse::<FileId>() else { continue };
            // It may have come in again meanwhile.
            if self.read(|r| Ok(r.file(&file)?.is_none()))? {
                self.archive.remove(&file)?;
                crash_point!("erase.original_gone");
            }
        }
        self.in_transaction(|w| {
            if removals.iter().any(|removal| removal == TRACES) {
                w.wipe_index()?;
            }
            for removal in &removals {
                w.execute("DELETE FROM removals WHERE file = ?1", [removal])?;
            }
            Ok(())
        })?;
        self.empty_log()
    }
}
