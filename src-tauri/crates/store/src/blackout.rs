//! Blacking out the names of somebody who is to be forgotten, in letters of others that are kept.
//!
//! Names are compared as salted hashes, so that what is kept to black them out again, when a letter is read anew, does not
//! hold them.

use std::collections::BTreeSet;

use domain::{DocumentId, FileId, Page, Reading, name_words};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::chain::{inflate, salt};
use crate::export::hex;
use crate::row::{Columns, json};
use crate::{Noun, Read, Result, What, Write, packed};

/// What stands in the place of a name.
const BLACK: &str = "█████";
const OF_NAME: &[u8] = b"workmate-private blacked out name 1";
/// Digits of a hash that are kept.
const DIGITS: usize = 20;

/// Names to black out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlackedNames {
    salt: String,
    names: BTreeSet<String>,
    /// The most words of a name.
    longest: usize,
}

impl BlackedNames {
    /// Of names in all their forms; see [`domain::name_forms`].
    ///
    /// # Errors
    /// If the system gives no random numbers.
    pub fn of(forms: &[Vec<String>]) -> Result<Self> {
        let mut names = Self { salt: hex(&salt()?), names: BTreeSet::new(), longest: 0 };
        for form in forms.iter().filter(|form| !form.is_empty()) {
            names.names.insert(names.hash(form.iter().map(String::as_str)));
            names.longest = names.longest.max(form.len());
        }
        Ok(names)
    }

    fn hash<'a>(&self, words: impl Iterator<Item = &'a str>) -> String {
        let mut hasher = Sha256::new();
        hasher.update(OF_NAME);
        hasher.update(&self.salt);
        for word in words {
            hasher.update(word);
            hasher.update(b" ");
        }
        hex(&hasher.finalize()).get(..DIGITS).unwrap_or_default().to_owned()
    }

    /// The places of the names in a text, in bytes.
    pub fn places(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        let words = name_words(text);
        let (mut places, mut at) = (Vec::new(), 0);
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let joined = 1 + rest.iter().skip(1).take_while(|word| word.joins).count();
            let most = self.longest.min(joined);
            let found = (1..=most).rev().find(|count| {
                let name = rest.iter().take(*count).map(|word| word.folded.as_str());
                self.names.contains(&self.hash(name))
            });
            match found.and_then(|count| Some((count, rest.first()?, rest.get(count.checked_sub(1)?)?))) {
                Some((count, first, last)) => {
                    places.push(first.place.start..last.place.end);
                    at = at.saturating_add(count);
                }
                None => at = at.saturating_add(1),
            }
        }
        places
    }

    /// The text without the names; none if it has none.
    pub fn blacked(&self, text: &str) -> Option<String> {
        let places = self.places(text);
        if places.is_empty() {
            return None;
        }
        let (mut blacked, mut from) = (String::with_capacity(text.len()), 0);
        for place in places {
            blacked.push_str(text.get(from..place.start).unwrap_or_default());
            blacked.push_str(BLACK);
            from = place.end;
        }
        blacked.push_str(text.get(from..).unwrap_or_default());
        Some(blacked)
    }

    /// The same for JSON, in all its texts.
    fn blacked_json(&self, text: &str) -> Option<String> {
        let Ok(mut value) = serde_json::from_str::<Value>(text) else { return self.blacked(text) };
        self.black_out_in(&mut value).then(|| value.to_string())
    }

    fn black_out_in(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => match self.blacked(text) {
                Some(blacked) => {
                    *text = blacked;
                    true
                }
                None => false,
            },
            // Each of them, also after the first that has a name.
            Value::Array(items) => {
                items.iter_mut().filter_map(|item| self.black_out_in(item).then_some(())).count() > 0
            }
            Value::Object(fields) => {
                fields.values_mut().filter_map(|item| self.black_out_in(item).then_some(())).count() > 0
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// Blacks out the words of a page; whether there was any.
    fn black_out_page(&self, page: &mut Page) -> bool {
        let mut text = String::new();
        let mut places = Vec::with_capacity(page.words.len());
        for word in &page.words {
            let begin = text.len();
            text.push_str(&word.text);
            places.push(begin..text.len());
            text.push(' ');
        }
        let found = self.places(&text);
        for (word, place) in page.words.iter_mut().zip(&places) {
            if found.iter().any(|name| name.start < place.end && place.start < name.end) {
                BLACK.clone_into(&mut word.text);
            }
        }
        !found.is_empty()
    }

    /// Blacks out what was read of a file.
    fn black_out_reading(&self, reading: &mut Reading) {
        for page in &mut reading.pages {
            self.black_out_page(page);
        }
        for code in &mut reading.codes {
            if let Some(blacked) = self.blacked(&code.text) {
                code.text = blacked;
            }
        }
        for attachment in &mut reading.attachments {
            if let Some(blacked) = std::str::from_utf8(&attachment.bytes).ok().and_then(|text| self.blacked(text)) {
                attachment.bytes = blacked.into_bytes();
            }
        }
    }
}

/// How a column is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Json,
}

/// Whose texts a table holds: an expression for the id of the document, or of the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Document(&'static str),
    File(&'static str),
    Nobody,
}

use Form::{Json, Plain};
use Whose::{Document as OfDocument, File as OfFile, Nobody};

/// A table, whose its texts are, and its columns.
type TextsOf = (&'static str, Whose, &'static [(&'static str, Form)]);

/// The columns in which names may stand. Pages, attachments and the history are looked through by themselves.
const TEXTS: &[TextsOf] = &[
    ("documents", OfDocument("id"), &[("title", Plain)]),
    ("document_notes", OfDocument("document"), &[("note", Plain)]),
    ("confirmed_facts", OfDocument("document"), &[("value", Json), ("plain", Plain), ("evidence", Json)]),
    ("assumptions", OfDocument("document"), &[("value", Json)]),
    (
        "found_values",
        OfFile("(SELECT file FROM findings WHERE number = found_values.findings)"),
        &[("value", Json), ("plain", Plain), ("evidence", Json)],
    ),
    ("findings", OfFile("file"), &[("problems", Json)]),
    ("readings", OfFile("file"), &[("codes", Json), ("problems", Json)]),
    ("tasks", OfDocument("document"), &[("title", Plain), ("payee", Plain), ("why", Plain), ("derivation", Json)]),
    (
        "task_details",
        OfDocument("(SELECT document FROM tasks WHERE id = task_details.task)"),
        &[("description", Plain)],
    ),
    ("task_steps", OfDocument("(SELECT document FROM tasks WHERE id = task_steps.task)"), &[("step", Plain)]),
    ("correspondents", Nobody, &[("name", Plain), ("normalised_name", Plain)]),
    ("tags", Nobody, &[("name", Plain)]),
    ("saved_views", Nobody, &[("name", Plain), ("query", Plain)]),
    ("sender_rules", Nobody, &[("anchor", Json)]),
    ("files", OfFile("id"), &[("name", Plain)]),
    ("arrivals", OfFile("file"), &[("name", Plain), ("path", Plain)]),
    ("problems", Nobody, &[("file_name", Plain), ("path", Plain), ("message", Plain)]),
    ("jobs", Nobody, &[("payload", Json), ("message", Plain)]),
    ("job_events", Nobody, &[("detail", Plain)]),
    ("disclosures", Nobody, &[("what", Plain)]),
    ("verifications", Nobody, &[("report", Json)]),
];

/// Where names were blacked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlackedOut {
    /// Letters that are kept.
    pub documents: BTreeSet<DocumentId>,
    /// Originals in which the names still stand.
    pub files: BTreeSet<FileId>,
    /// Places in the database, pages not counted.
    pub texts: u32,
    /// Pages.
    pub pages: u32,
    /// Steps of the history of which only remains who did them, and when.
    pub steps: u32,
}

impl Read<'_> {
    fn blackouts_of(&self, file: &FileId) -> Result<Vec<BlackedNames>> {
        self.rows("SELECT names FROM blackouts WHERE file = ?1", [file.as_str()], |row| {
            Columns { table: "blackouts", row }.json("names")
        })
    }

    /// The reading without the names that are blacked out in this file; none where there are no such names.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn without_blacked(&self, file: &FileId, reading: &Reading) -> Result<Option<Reading>> {
        let names = self.blackouts_of(file)?;
        if names.is_empty() {
            return Ok(None);
        }
        let mut reading = reading.clone();
        names.iter().for_each(|names| names.black_out_reading(&mut reading));
        Ok(Some(reading))
    }
}

impl Write<'_> {
    /// Blacks names out wherever they stand, and in what is read of these files from now on. To be called inside
    /// [`Store::erase`](crate::Store::erase).
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn black_out(&self, names: &BlackedNames) -> Result<BlackedOut> {
        let mut out = BlackedOut::default();
        for (table, whose, columns) in TEXTS {
            for (column, form) in *columns {
                self.black_out_column(names, table, *whose, column, *form, &mut out)?;
            }
        }
        self.black_out_pages(names, &mut out)?;
        self.black_out_attachments(names, &mut out)?;
        self.forget_steps_with(names, &mut out)?;
        for (name, owner) in self.rows("SELECT normalised_name, correspondent FROM correspondent_names", [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })? {
            if names.blacked(&name).is_some() {
                let sql = "DELETE FROM correspondent_names WHERE normalised_name = ?1 AND correspondent = ?2";
                self.execute(sql, [name, owner])?;
                out.texts = out.texts.saturating_add(1);
            }
        }
        // What it was in the inbox is only of use while it lies there.
        let paths = self.rows("SELECT path FROM inbox_memory", [], |row| Ok(row.get::<_, String>(0)?))?;
        for path in paths.iter().filter(|path| names.blacked(path).is_some()) {
            self.execute("DELETE FROM inbox_memory WHERE path = ?1", [path])?;
        }
        let words = json(names)?;
        for file in &out.files {
            self.execute(
                "INSERT OR IGNORE INTO blackouts (file, names) VALUES (?1, ?2)",
                params![file.as_str(), words],
            )?;
            let documents = self.rows("SELECT id FROM documents WHERE file = ?1", [file.as_str()], |row| {
                Columns { table: "documents", row }.parse::<DocumentId>("id")
            })?;
            out.documents.extend(documents);
        }
        for document in &out.documents {
            self.execute("INSERT OR IGNORE INTO search_queue (document) VALUES (?1)", [document.to_string()])?;
            self.touch(Noun::Document, document, What::Changed);
        }
        Ok(out)
    }

    fn black_out_column(
        &self,
        names: &BlackedNames,
        table: &str,
        whose: Whose,
        column: &str,
        form: Form,
        out: &mut BlackedOut,
    ) -> Result<()> {
        let id = match whose {
            OfDocument(id) | OfFile(id) => id,
            Nobody => "NULL",
        };
        // Its rows have no number of their own.
        let key = if table == "found_values" { "findings" } else { "rowid" };
        let sql = format!("SELECT {key}, {column}, {id} FROM {table} WHERE {column} IS NOT NULL AND {column} <> ''");
        let found = self.rows(&sql, [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
        })?;
        for (row, text, id) in found {
            let blacked = match form {
                Plain => names.blacked(&text),
                Json => names.blacked_json(&text),
            };
            let Some(blacked) = blacked else { continue };
            let sql = format!("UPDATE {table} SET {column} = ?2 WHERE {key} = ?1 AND {column} = ?3");
            self.execute(&sql, params![row, blacked, text])?;
            out.texts = out.texts.saturating_add(1);
            match whose {
                OfDocument(_) => out.documents.extend(id.and_then(|id| id.parse::<DocumentId>().ok())),
                OfFile(_) => out.files.extend(id.and_then(|id| id.parse::<FileId>().ok())),
                Nobody => {}
            }
        }
        Ok(())
    }

    fn black_out_pages(&self, names: &BlackedNames, out: &mut BlackedOut) -> Result<()> {
        let files =
            self.rows("SELECT DISTINCT file FROM pages", [], |row| Columns { table: "pages", row }.parse("file"))?;
        for file in files {
            let mut changed = Vec::new();
            for (number, mut page) in (1_u32..).zip(self.pages(&file)?) {
                if names.black_out_page(&mut page) {
                    changed.push((number, page));
                }
            }
            if changed.is_empty() {
                continue;
            }
            // What the words on the first page have taught is counted anew.
            self.unlearn(&file)?;
            for (number, page) in changed {
                let sql = "UPDATE pages SET words = '', packed = ?3 WHERE file = ?1 AND number = ?2";
                self.execute(sql, params![file.as_str(), number, packed::pack(&page.words)])?;
                out.pages = out.pages.saturating_add(1);
            }
            out.files.insert(file);
        }
        Ok(())
    }

    fn black_out_attachments(&self, names: &BlackedNames, out: &mut BlackedOut) -> Result<()> {
        let all = self.rows("SELECT rowid, file, bytes, name FROM attachments", [], |row| {
            let c = Columns { table: "attachments", row };
            Ok((
                row.get::<_, i64>(0)?,
                c.parse::<FileId>("file")?,
                c.get::<Vec<u8>>("bytes")?,
                c.get::<String>("name")?,
            ))
        })?;
        for (row, file, bytes, name) in all {
            let blacked = std::str::from_utf8(&bytes).ok().and_then(|text| names.blacked(text));
            let renamed = names.blacked(&name);
            if blacked.is_none() && renamed.is_none() {
                continue;
            }
            let bytes = blacked.map_or(bytes, String::into_bytes);
            let sql = "UPDATE attachments SET bytes = ?2, name = ?3 WHERE rowid = ?1";
            self.execute(sql, params![row, bytes, renamed.unwrap_or(name)])?;
            out.texts = out.texts.saturating_add(1);
            out.files.insert(file);
        }
        Ok(())
    }

    /// Steps are forgotten whole: what they say is under one hash.
    fn forget_steps_with(&self, names: &BlackedNames, out: &mut BlackedOut) -> Result<()> {
        let all = self.rows("SELECT number, content FROM chain WHERE content IS NOT NULL", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        for (number, content) in all {
            let says = inflate(&content).and_then(|json| String::from_utf8(json).ok()).unwrap_or_default();
            if names.blacked_json(&says).is_some() {
                out.steps = out.steps.saturating_add(self.forget_steps("(SELECT ?1)", &number.to_string())?);
            }
        }
        Ok(())
    }
}
