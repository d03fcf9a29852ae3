//! Rows of the tables as JSON: what an export keeps so that an import gives the same profile again.
//!
//! [`EXPORTED`] lists the tables whose rows go out. The others ([`COMPUTED`]) can be computed again or belong to this
//! computer. Rows of an older schema come in through a database of that schema, which the usual migrations bring up to date:
//! so every migration also holds for exports.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use domain::{Arrival, ArrivalContent, By, DocumentId, FileId, SourceId, TaskId};
use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{Connection, Row, params, params_from_iter};
use serde_json::{Map, Number, Value};

use crate::chain::{CHAIN, deflate};
use crate::row::Columns;
use crate::{Noun, Op, Read, Result, Store, StoreError, What, Write, Written, connection, engine, migrate};

/// Rows by the names of their tables. A row is an object of column and value; bytes are written in hexadecimal digits.
pub type TableRows = BTreeMap<String, Vec<Map<String, Value>>>;

/// So many originals are copied at the same time: while one waits for the disk, others are copied.
const AT_ONCE: usize = 8;

/// What the rows of a table belong to, and the column that says to which.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    File(&'static str),
    Document(&'static str),
    Task(&'static str),
    Profile,
}

/// The tables whose rows are exported, each before those that refer to it where that is possible.
const EXPORTED: &[(&str, Of)] = &[
    ("correspondents", Of::Profile),
    ("correspondent_names", Of::Profile),
    ("sender_rules", Of::Profile),
    ("sender_rule_uses", Of::Profile),
    ("tags", Of::Profile),
    ("saved_views", Of::Profile),
    ("settings", Of::Profile),
    ("disclosures", Of::Profile),
    ("presence", Of::Profile),
    ("files", Of::File("id")),
    ("arrivals", Of::File("file")),
    ("readings", Of::File("file")),
    ("pages", Of::File("file")),
    ("attachments", Of::File("file")),
    ("findings", Of::File("file")),
    ("found_facts", Of::File("file")),
    ("documents", Of::Document("id")),
    ("confirmed_facts", Of::Document("document")),
    ("assumptions", Of::Document("document")),
    ("relations", Of::Document("document")),
    ("document_tags", Of::Document("document")),
    ("document_notes", Of::Document("document")),
    ("tasks", Of::Task("id")),
    ("task_steps", Of::Task("task")),
    ("task_details", Of::Task("task")),
    ("task_tags", Of::Task("task")),
    ("task_links", Of::Task("task")),
    ("task_blocks", Of::Task("task")),
    ("task_payments", Of::Task("task")),
    ("reminder_overrides", Of::Task("task")),
    ("notifications", Of::Task("subject")),
    ("ended_by_calendar", Of::Task("task")),
];

/// Unfinished work, which goes on after an import, once the originals are there.
const WORK: &[&str] = &["jobs", "problems"];

/// Columns that only number rows: they are given anew.
const NUMBERS: &[(&str, &str)] = &[("readings", "number"), ("findings", "number"), ("disclosures", "number")];

/// Of these the imported row replaces one that is there already: what a new profile has set by itself.
const REPLACED: &[(&str, &str)] = &[("settings", "key"), ("presence", "only")];

/// The table in which the steps of the history are written, with the documents of each.
const HISTORY: &str = "history";

/// The tables that are not exported: computed again, kept by migrations, or about this computer alone.
#[cfg(test)]
const COMPUTED: &[&str] = &[
    "backlog_pause",
    "backups",
    "blackouts",
    "event_pruning",
    "event_readers",
    "events",
    "found_values",
    "history_documents",
    "inbox_memory",
    "job_events",
    "keys",
    "learn_queue",
    "learned_documents",
    "learned_words",
    "old_notifications",
    "profile",
    "recompute",
    "refinery_schema_history",
    "reminders",
    "removals",
    "schedule",
    "search_documents",
    "search_index",
    "search_queue",
    "search_terms",
    "search_trigrams",
    "sqlite_sequence",
    "verifications",
];

/// What came in, beside what did not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsBrought {
    /// Documents that are here now.
    pub documents: u32,
    /// Tasks that are here now.
    pub tasks: u32,
    /// Rows that could not be brought back, by table: what they refer to is missing, or they are damaged.
    pub left_out: BTreeMap<String, u32>,
}

/// The version of the tables of this program, which an export names.
pub fn schema_version() -> i32 {
    migrate::schema_version()
}

impl Read<'_> {
    /// All documents, the oldest first, also those in the trash.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn every_document(&self) -> Result<Vec<DocumentId>> {
        let sql = "SELECT id FROM documents ORDER BY received_at, id";
        self.rows(sql, [], |row| Columns { table: "documents", row }.parse("id"))
    }

    /// Whether this document is here.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn has_document(&self, id: DocumentId) -> Result<bool> {
        self.value("SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?1)", [id.to_string()])
    }

    /// Files of which no document was made: archives, mails, and what could not be read.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn files_without_document(&self) -> Result<Vec<FileId>> {
        let sql = "SELECT id FROM files WHERE NOT EXISTS (SELECT 1 FROM documents WHERE documents.file = files.id)
                   ORDER BY first_seen, id";
        self.rows(sql, [], |row| Columns { table: "files", row }.parse("id"))
    }

    /// Tasks that were made by hand.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn tasks_without_document(&self) -> Result<Vec<TaskId>> {
        let sql = "SELECT id FROM tasks WHERE document IS NULL ORDER BY created_at, id";
        self.rows(sql, [], |row| Columns { table: "tasks", row }.parse("id"))
    }

    /// Has nothing come in or been made yet? Settings may have been changed.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn is_new_profile(&self) -> Result<bool> {
        self.value(
            "SELECT NOT EXISTS (SELECT 1 FROM documents) AND NOT EXISTS (SELECT 1 FROM tasks)
                AND NOT EXISTS (SELECT 1 FROM files) AND NOT EXISTS (SELECT 1 FROM tags)
                AND NOT EXISTS (SELECT 1 FROM correspondents) AND NOT EXISTS (SELECT 1 FROM saved_views)",
            [],
        )
    }

    /// The rows of a document, of its tasks and of its file.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn rows_of_document(&self, id: DocumentId, file: &FileId) -> Result<TableRows> {
        let id = id.to_string();
        let mut rows = self.rows_of_file(file)?;
        for (table, of) in EXPORTED {
            match of {
                Of::Document(column) => self.collect(&mut rows, table, &format!("{column} = ?1"), &id)?,
                Of::Task(column) => {
                    let of_document = format!("{column} IN (SELECT id FROM tasks WHERE document = ?1)");
                    self.collect(&mut rows, table, &of_document, &id)?;
                }
                Of::File(_) | Of::Profile => {}
            }
        }
        Ok(rows)
    }

    /// The rows of a file: how it came in, what was read and found.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn rows_of_file(&self, file: &FileId) -> Result<TableRows> {
        let mut rows = TableRows::new();
        for (table, of) in EXPORTED {
            if let Of::File(column) = of {
                self.collect(&mut rows, table, &format!("{column} = ?1"), file.as_str())?;
            }
        }
        Ok(rows)
    }

    /// The rows that belong to no document and no file: senders, tags, settings, tasks made by hand.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn rows_of_profile(&self) -> Result<TableRows> {
        let mut rows = TableRows::new();
        for (table, of) in EXPORTED {
            match of {
                Of::Profile => self.collect(&mut rows, table, "?1 = ''", "")?,
                Of::Task(column) => {
                    // Also what is about no task, such as the reminder to review.
                    let by_hand = format!(
                        "?1 = '' AND NOT EXISTS
                             (SELECT 1 FROM tasks AS t WHERE t.id = {table}.{column} AND t.document IS NOT NULL)"
                    );
                    self.collect(&mut rows, table, &by_hand, "")?;
                }
                Of::File(_) | Of::Document(_) => {}
            }
        }
        Ok(rows)
    }

    /// Work that is not done, and the problems that are shown.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn rows_of_work(&self) -> Result<TableRows> {
        let mut rows = TableRows::new();
        self.collect(&mut rows, "jobs", "?1 = '' AND state <> 'done'", "")?;
        self.collect(&mut rows, "problems", "?1 = ''", "")?;
        Ok(rows)
    }

    /// The steps of the history, oldest first, each with the documents it was about, and their chain. What undo needs is not
    /// among it.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn rows_of_history(&self) -> Result<TableRows> {
        let sql = "SELECT number, step, op, actor, run, at, label, schema_version, undone_at,
                          (SELECT json_group_array(document) FROM history_documents AS d WHERE d.step = h.number) AS documents
                   FROM history AS h ORDER BY number";
        let mut steps = self.plain_rows(HISTORY, sql, &[])?;
        for step in &mut steps {
            let documents =
                step.get("documents").and_then(Value::as_str).and_then(|list| serde_json::from_str(list).ok());
            step.insert("documents".to_owned(), documents.unwrap_or_default());
        }
        Ok(TableRows::from([(HISTORY.to_owned(), steps), (CHAIN.to_owned(), self.rows_of_chain()?)]))
    }

    fn collect(&self, rows: &mut TableRows, table: &str, condition: &str, value: &str) -> Result<()> {
        let found = self.plain_rows(table, &format!("SELECT * FROM {table} WHERE {condition}"), &[&value])?;
        if !found.is_empty() {
            rows.insert(table.to_owned(), found);
        }
        Ok(())
    }

    pub(crate) fn plain_rows(
        &self,
        table: &str,
        sql: &str,
        params: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<Map<String, Value>>> {
        let mut query = self.conn.prepare_cached(sql)?;
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        let is_number = |column: &str| NUMBERS.contains(&(table, column));
        let row = |row: &Row<'_>| {
            let cells = columns.iter().enumerate().filter(|(_, column)| !is_number(column));
            cells.map(|(at, column)| Ok((column.clone(), value_of(row.get_ref(at)?)))).collect()
        };
        query.query_and_then(params, row)?.collect()
    }
}

impl Store {
    /// Brings the rows of an export into this profile, in one transaction: all of them, or none. `portions` gives them one
    /// after the other; where it gives none any more after `is_cancelled`, everything is taken back.
    ///
    /// Work in the background is paused in the same transaction: the originals are not here yet. [`Store::go_on`] ends that.
    ///
    /// # Errors
    /// [`Cancelled`](StoreError::Cancelled) if it was called off; those of [`write`](Store::write).
    pub fn bring_rows(
        &self,
        schema: i32,
        portions: &mut dyn Iterator<Item = TableRows>,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<RowsBrought> {
        let not_cancelled = || if is_cancelled() { Err(StoreError::Cancelled) } else { Ok(()) };
        let older = if schema < migrate::schema_version() {
            let older = self.migrated(schema, portions)?;
            not_cancelled()?;
            Some(older)
        } else {
            None
        };
        let brought = self.write(By::Program, Op::ImportProfile, |w| {
            w.execute_batch("PRAGMA defer_foreign_keys = ON")?;
            let mut bringing = Bringing::new(w.conn);
            bringing.clear_history()?;
            match &older {
                Some((_folder, older)) => {
                    bringing.copy(&Read { conn: older })?;
                }
                None => {
                    for portion in portions {
                        bringing.bring(&portion)?;
                    }
                    not_cancelled()?;
                }
            }
            bringing.cut_loose_ends()?;
            w.begin_chain()?;
            w.pause_backlog(true)?;
            let count = |table: &str| w.value(&format!("SELECT count(*) FROM {table}"), []);
            Ok(RowsBrought { documents: count("documents")?, tasks: count("tasks")?, left_out: bringing.left_out })
        })?;
        Ok(brought.value)
    }

    /// A database with the tables of an older schema and these rows, brought up to date.
    fn migrated(
        &self,
        schema: i32,
        portions: &mut dyn Iterator<Item = TableRows>,
    ) -> Result<(tempfile::TempDir, Connection)> {
        let folder = tempfile::tempdir_in(self.profile()).map_err(|e| StoreError::io("made", self.profile(), e))?;
        let path = connection::database_path(folder.path());
        let mut conn = connection::connect(&path, self.place().keys())?;
        let as_error = |e| StoreError::migration(&path, e);
        let until = refinery::Target::Version(schema);
        migrate::runner().set_target(until).run(&mut conn).map_err(as_error)?;
        conn.pragma_update(None, "foreign_keys", false)?;
        {
            let transaction = conn.transaction()?;
            let mut bringing = Bringing::new(&transaction);
            for portion in portions {
                bringing.bring(&portion)?;
            }
            bringing.cut_loose_ends()?;
            drop(bringing);
            transaction.commit()?;
        }
        migrate::runner().run(&mut conn).map_err(as_error)?;
        Ok((folder, conn))
    }

    /// Stores originals of an export durably; gives the id of each in their order.
    ///
    /// # Errors
    /// What the file system says of the archive.
    pub fn put_originals(&self, contents: &[ArrivalContent]) -> Result<Vec<FileId>> {
        let shared = engine::store_lock(self.profile())?;
        shared.lock_shared().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        self.put_side_by_side(contents)
    }

    /// A write that refers to new originals. They are stored durably in the archive before it begins; the closure records
    /// each with [`Write::note_imported`].
    ///
    /// # Errors
    /// Those of [`write`](Self::write), and what the file system says of the archive.
    pub fn write_with_contents<T>(
        &self,
        by: By,
        op: Op,
        contents: &[ArrivalContent],
        write: impl FnOnce(&Write<'_>, &[FileId]) -> Result<T>,
    ) -> Result<Written<T>> {
        let shared = engine::store_lock(self.profile())?;
        shared.lock_shared().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        let files = self.put_side_by_side(contents)?;
        self.write(by, op, |w| write(w, &files))
    }

    fn put_side_by_side(&self, contents: &[ArrivalContent]) -> Result<Vec<FileId>> {
        let archive = &self.archive;
        let put = |contents: &[ArrivalContent]| contents.iter().map(|one| archive.put(one)).collect::<Result<Vec<_>>>();
        let stored = std::thread::scope(|scope| {
            let portions = contents.chunks(contents.len().div_ceil(AT_ONCE).max(1));
            let threads: Vec<_> = portions.map(|portion| scope.spawn(move || put(portion))).collect();
            let joined = threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            joined.collect::<Result<Vec<_>>>()
        })?;
        Ok(stored.into_iter().flatten().collect())
    }

    /// The originals are here: what was to be read in the exported profile is read here, and work in the background goes on.
    ///
    /// # Errors
    /// Those of [`write`](Store::write).
    pub fn go_on(&self, work: &TableRows) -> Result<()> {
        self.write(By::Program, Op::Ledger, |w| {
            let mut bringing = Bringing::new(w.conn);
            for table in WORK {
                bringing.insert(table, work.get(*table).map(Vec::as_slice).unwrap_or_default())?;
            }
            w.execute("UPDATE jobs SET state = 'queued', lease_until = NULL WHERE state = 'running'", [])?;
            w.execute("DELETE FROM jobs WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.id = jobs.subject)", [])?;
            w.pause_backlog(false)?;
            w.touch(Noun::Job, "", What::Changed);
            w.touch(Noun::Problem, "", What::Changed);
            Ok(())
        })?;
        Ok(())
    }
}

impl Read<'_> {
    /// Whether a file came in only by being put back after an interruption.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn was_only_recovered(&self, file: &FileId) -> Result<bool> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM arrivals WHERE file = ?1 AND source <> ?2)";
        self.value(sql, params![file.as_str(), SourceId::Recovered.as_str()])
    }
}

impl Write<'_> {
    /// Records a file that came in with many others, and queues it to be read behind all other work.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn note_imported(&self, file: &FileId, arrival: &Arrival, mime: &str) -> Result<()> {
        self.note_arrival(file, arrival, mime, None, None)?;
        self.to_background(file)
    }

    fn execute_batch(&self, sql: &str) -> Result<()> {
        Ok(self.conn.execute_batch(sql)?)
    }
}

/// Brings rows into the tables.
struct Bringing<'c> {
    conn: &'c Connection,
    /// The declared types of the columns of each table.
    types: BTreeMap<String, BTreeMap<String, String>>,
    /// Files whose rows are here: several documents may be of the same file.
    files: HashSet<String>,
    left_out: BTreeMap<String, u32>,
}

impl<'c> Bringing<'c> {
    fn new(conn: &'c Connection) -> Self {
        Self { conn, types: BTreeMap::new(), files: HashSet::new(), left_out: BTreeMap::new() }
    }

    fn bring(&mut self, portion: &TableRows) -> Result<()> {
        let ids = portion.get("files").into_iter().flatten().filter_map(|row| row.get("id").and_then(Value::as_str));
        let ids: Vec<String> = ids.map(str::to_owned).collect();
        // A portion has the rows of one file.
        let is_known = !ids.is_empty() && ids.iter().all(|id| self.files.contains(id));
        self.files.extend(ids);
        for (table, of) in EXPORTED {
            let Some(rows) = portion.get(*table) else { continue };
            if is_known && matches!(of, Of::File(_)) {
                continue;
            }
            self.insert(table, rows)?;
        }
        self.insert_history(portion)
    }

    /// Copies everything out of another database with the same tables.
    fn copy(&mut self, from: &Read<'_>) -> Result<()> {
        for (table, _) in EXPORTED {
            let rows = from.plain_rows(table, &format!("SELECT * FROM {table}"), &[])?;
            self.insert(table, &rows)?;
        }
        self.insert_history(&from.rows_of_history()?)
    }

    fn insert(&mut self, table: &str, rows: &[Map<String, Value>]) -> Result<()> {
        // What was found hangs on a number that is given anew.
        let target = if table == "found_facts" { "found_values" } else { table };
        let Some(types) = self.types_of(target)? else {
            // Of a newer program.
            return Ok(());
        };
        for row in rows {
            let mut columns: Vec<&str> = Vec::new();
            let mut values: Vec<SqlValue> = Vec::new();
            let mut places: Vec<String> = Vec::new();
            for (column, value) in row {
                let of_file = target == "found_values" && column == "file";
                let known = if of_file { "findings" } else { column.as_str() };
                let Some(declared) = types.get(known) else { continue };
                values.push(sql_of(value, if of_file { "TEXT" } else { declared }));
                places.push(if of_file {
                    format!("(SELECT number FROM findings WHERE file = ?{})", values.len())
                } else {
                    format!("?{}", values.len())
                });
                columns.push(known);
            }
            if let Some((_, key)) = REPLACED.iter().find(|(replaced, _)| *replaced == table) {
                let at = columns.iter().position(|column| column == key);
                if let Some(value) = at.and_then(|at| values.get(at)) {
                    self.conn.prepare_cached(&format!("DELETE FROM {table} WHERE {key} = ?1"))?.execute([value])?;
                }
            }
            let sql = format!("INSERT OR IGNORE INTO {target} ({}) VALUES ({})", columns.join(", "), places.join(", "));
            let done = self.conn.prepare_cached(&sql)?.execute(params_from_iter(&values));
            match done {
                Ok(1) => {}
                // A value of another type than its column has: the row is damaged.
                Ok(_)
                | Err(rusqlite::Error::SqliteFailure(
                    rusqlite::ffi::Error {
                        code: rusqlite::ErrorCode::ConstraintViolation | rusqlite::ErrorCode::TypeMismatch,
                        ..
                    },
                    _,
                )) => self.leave_out(table),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The history takes the place of that of the new profile, so that its numbers and its chain stay as they are.
    fn clear_history(&self) -> Result<()> {
        // Checks of the new profile knew another end of the history.
        let sql = "DELETE FROM chain; DELETE FROM history_documents; DELETE FROM history; DELETE FROM verifications";
        Ok(self.conn.execute_batch(sql)?)
    }

    fn insert_history(&mut self, portion: &TableRows) -> Result<()> {
        let steps = portion.get(HISTORY).map(Vec::as_slice).unwrap_or_default();
        for step in steps {
            let mut row = step.clone();
            let documents = row.remove("documents");
            let before = self.left_out.get(HISTORY).copied();
            self.insert(HISTORY, &[row])?;
            if self.left_out.get(HISTORY).copied() != before {
                continue;
            }
            let number = self.conn.last_insert_rowid();
            for document in documents.as_ref().and_then(Value::as_array).into_iter().flatten() {
                let sql = "INSERT OR IGNORE INTO history_documents (document, step) VALUES (?1, ?2)";
                self.conn.prepare_cached(sql)?.execute(params![document.as_str(), number])?;
            }
        }
        for link in portion.get(CHAIN).into_iter().flatten() {
            let mut link = link.clone();
            if let Some(Value::String(json)) = link.get("content") {
                let deflated = hex(&deflate(json.as_bytes()));
                link.insert("content".to_owned(), deflated.into());
            }
            self.insert(CHAIN, &[link])?;
        }
        Ok(())
    }

    /// A damaged file of the export may hold what other rows refer to. They lose the reference, or where they mean nothing
    /// without it, they are left out.
    fn cut_loose_ends(&mut self) -> Result<()> {
        loop {
            let loose: Vec<(String, i64, i64)> = self
                .conn
                .prepare("PRAGMA foreign_key_check")?
                .query_map([], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?, row.get(3)?)))?
                .filter_map(|row| row.map(|(table, row, key)| row.map(|row| (table, row, key))).transpose())
                .collect::<rusqlite::Result<_>>()?;
            let names: BTreeSet<&str> = EXPORTED.iter().map(|(table, _)| *table).collect();
            let mut cut = false;
            for (table, row, key) in loose.iter().filter(|(table, _, _)| names.contains(table.as_str())) {
                cut = true;
                let column: String = self.conn.query_row(
                    "SELECT \"from\" FROM pragma_foreign_key_list(?1) WHERE id = ?2",
                    params![table, key],
                    |row| row.get(0),
                )?;
                let must_be_there: bool = self.conn.query_row(
                    "SELECT \"notnull\" FROM pragma_table_info(?1) WHERE name = ?2",
                    [table, &column],
                    |row| row.get(0),
                )?;
                if must_be_there {
                    self.conn.execute(&format!("DELETE FROM {table} WHERE rowid = ?1"), [row])?;
                    self.leave_out(table);
                } else {
                    self.conn.execute(&format!("UPDATE {table} SET {column} = NULL WHERE rowid = ?1"), [row])?;
                }
            }
            if !cut {
                return Ok(());
            }
        }
    }

    fn leave_out(&mut self, table: &str) {
        *self.left_out.entry(table.to_owned()).or_default() += 1;
    }

    /// The types of the columns of a table; none where there is no such table.
    fn types_of(&mut self, table: &str) -> Result<Option<BTreeMap<String, String>>> {
        if let Some(known) = self.types.get(table) {
            return Ok(Some(known.clone()));
        }
        let types: BTreeMap<String, String> = self
            .conn
            .prepare("SELECT name, type FROM pragma_table_info(?1)")?
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        if types.is_empty() {
            return Ok(None);
        }
        self.types.insert(table.to_owned(), types.clone());
        Ok(Some(types))
    }
}

/// A value of a column as JSON.
pub(crate) fn value_of(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => exact(number),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        ValueRef::Blob(bytes) => hex(bytes).into(),
    }
}

/// A number as JSON; as text where reading it as JSON would give another one.
fn exact(number: f64) -> Value {
    let text = format!("{number:?}");
    let comes_back = serde_json::from_str::<f64>(&text).is_ok_and(|read| read.to_bits() == number.to_bits());
    match Number::from_f64(number).filter(|_| comes_back) {
        Some(number) => number.into(),
        None => text.into(),
    }
}

/// JSON as a value for a column of a type.
fn sql_of(value: &Value, declared: &str) -> SqlValue {
    match value {
        Value::Null => SqlValue::Null,
        Value::Bool(yes) => SqlValue::Integer((*yes).into()),
        Value::Number(number) => match number.as_i64() {
            Some(whole) if declared != "REAL" => SqlValue::Integer(whole),
            _ => number.as_f64().map_or(SqlValue::Null, SqlValue::Real),
        },
        Value::String(text) if declared == "REAL" => text.parse().map_or(SqlValue::Null, SqlValue::Real),
        Value::String(text) if declared == "BLOB" => unhex(text).map_or(SqlValue::Null, SqlValue::Blob),
        Value::String(text) => SqlValue::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => SqlValue::Text(value.to_string()),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len().saturating_mul(2)), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| u8::try_from(high << 4 | low).ok()).collect::<Option<_>>()?;
    rest.is_empty().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::intent_tables;

    /// A new table is either exported or named as one that need not be.
    #[test]
    fn every_table_is_exported_or_said_to_be_computed() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate::runner().run(&mut conn).unwrap();
        let tables: BTreeSet<String> = conn
            .prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        let exported: BTreeSet<&str> =
            EXPORTED.iter().map(|(table, _)| *table).chain(WORK.iter().copied()).chain([HISTORY, CHAIN]).collect();
        for table in intent_tables() {
            assert!(exported.contains(table), "{table} is what a person wants, and is not exported");
        }
        let shadow = |table: &str| ["search_index_", "search_trigrams_"].iter().any(|start| table.starts_with(start));
        for table in tables.iter().filter(|table| !shadow(table)) {
            let is_said = exported.contains(table.as_str()) || COMPUTED.contains(&table.as_str()) || table == "facts";
            assert!(is_said, "is {table} exported?");
        }
        for table in &exported {
            assert!(tables.contains(*table), "there is no {table}");
        }
    }

    #[test]
    fn every_value_comes_back_as_it_was() {
        for number in [0.1_f32, 0.83, 595.276, 841.89, 1.0, f32::MIN_POSITIVE, 1e30] {
            let number = f64::from(number);
            let text = serde_json::to_string(&exact(number)).unwrap();
            let back = sql_of(&serde_json::from_str(&text).unwrap(), "REAL");
            assert_eq!(back, SqlValue::Real(number), "{text}");
        }
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        assert_eq!((unhex("0"), unhex("0g")), (None, None));
    }
}
