//! The history as a chain of hashes, with the old and the new values of each step. Ledger; only added to.
//!
//! A row is written in the transaction of its step. Its link is the SHA-256 of the row before and of its own columns, so a
//! row that is changed, removed or put in later breaks the chain there ([`Read::verify_chain`]). What a step says can be
//! forgotten: its salt and content go, its hash stays. The salt keeps what is forgotten from being guessed.
//!
//! The chain shows rot, half restores and changes by hand. It cannot show that its end was cut off, or that somebody
//! computed all of it anew: that shows only against a head that was kept elsewhere, as in every export and backup.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::str::FromStr;

use domain::{RunId, StepId};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::hooks::Action;
use rusqlite::session::{ChangesetItem, ChangesetIter};
use rusqlite::types::ValueRef;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::changes::belonging;
use crate::export::{hex, unhex, value_of};
use crate::row::Columns;
use crate::{Noun, Read, Result, StoreError, What, Write};

/// These words begin what is hashed, so that a hash of one kind is never taken for another.
const OF_CONTENT: &[u8] = b"workmate-private history content 1";
const OF_LINK: &[u8] = b"workmate-private history link 1";
/// Before the first row.
const BEGINNING: Hash = [0; 32];
/// Of a step that changes more than so many bytes only the numbers of rows are kept: an import, whose values are in what was
/// imported.
const LARGEST: usize = 8 << 20;

type Hash = [u8; 32];

/// What a step says: what it was about and what it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// What it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The steps that it took back or made again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<StepId>,
    /// The rows that it changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<RowChange>,
    /// The names of what the values refer to, as they were then, by its id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// Where the changes are too many to be kept: how many rows of which table.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub counts: BTreeMap<String, u64>,
}

/// A changed row of an intent table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowChange {
    /// The table.
    pub table: String,
    /// What happened to the row.
    pub what: What,
    /// Its key.
    pub key: Map<String, Value>,
    /// Values that are gone. Where a person's word stands in the place of what was read, that counts as the value before.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub old: Map<String, Value>,
    /// Values that are new.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub new: Map<String, Value>,
}

impl RowChange {
    /// What the row belongs to, and its id.
    pub fn subject(&self) -> Option<(Noun, &str)> {
        let (noun, column) = belonging(&self.table)?;
        Some((noun, self.key.get(column)?.as_str()?))
    }
}

/// The end of the chain: whoever keeps it elsewhere can see later whether the chain up to there is the same. Its text form
/// is `<number>:<64 hexadecimal digits>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ChainHead {
    /// The number of the step.
    pub number: i64,
    link: Hash,
}

/// Not the text form of a [`ChainHead`].
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no end of a history; it looks like 12:3fa9… with 64 digits")]
pub struct NoHead(String);

impl fmt::Display for ChainHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, hex(&self.link))
    }
}

impl FromStr for ChainHead {
    type Err = NoHead;
    fn from_str(text: &str) -> std::result::Result<Self, NoHead> {
        let parsed = text.trim().split_once(':').and_then(|(number, digits)| {
            Some(Self { number: number.parse().ok()?, link: unhex(&digits.to_ascii_lowercase())?.try_into().ok()? })
        });
        parsed.ok_or_else(|| NoHead(text.to_owned()))
    }
}

impl From<ChainHead> for String {
    fn from(head: ChainHead) -> Self {
        head.to_string()
    }
}

impl TryFrom<String> for ChainHead {
    type Error = NoHead;
    fn try_from(text: String) -> std::result::Result<Self, NoHead> {
        text.parse()
    }
}

/// The columns of a row that its link is computed from, beside the hash of its content.
struct Fields<'a> {
    number: i64,
    step: &'a str,
    op: &'a str,
    actor: &'a str,
    run: Option<&'a str>,
    at: &'a str,
    schema_version: i32,
}

impl Fields<'_> {
    /// Each text is preceded by its length, so that two rows never give the same bytes.
    fn link(&self, before: &Hash, hash: &Hash) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(OF_LINK);
        hasher.update(before);
        hasher.update(self.number.to_be_bytes());
        hasher.update(self.schema_version.to_be_bytes());
        for text in [self.step, self.op, self.actor, self.run.unwrap_or_default(), self.at] {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text);
        }
        hasher.update(hash);
        hasher.finalize().into()
    }
}

fn content_hash(salt: &[u8], json: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(OF_CONTENT);
    hasher.update((salt.len() as u64).to_be_bytes());
    hasher.update(salt);
    hasher.update(json);
    hasher.finalize().into()
}

/// Bytes that nobody guesses.
pub(crate) fn salt() -> Result<[u8; 16]> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt)
        .map_err(|error| StoreError::io("read", Path::new("the chance of the system"), error.into()))?;
    Ok(salt)
}

/// Deflated bytes.
pub(crate) fn deflate(plain: &[u8]) -> Vec<u8> {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let _ = deflated.write_all(plain);
    deflated.finish().unwrap_or_default()
}

/// What was deflated; none if it is damaged.
pub(crate) fn inflate(deflated: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    DeflateDecoder::new(deflated).read_to_end(&mut plain).ok()?;
    Some(plain)
}

/// What a row of the chain holds of its content.
fn content_of(row: &Row<'_>) -> Result<Option<Content>> {
    let c = Columns { table: "chain", row };
    let Some(deflated) = c.get::<Option<Vec<u8>>>("content")? else { return Ok(None) };
    let json = inflate(&deflated).and_then(|json| serde_json::from_slice(&json).ok());
    json.map(Some).ok_or_else(|| c.unknown("content", format!("{} bytes", deflated.len())))
}

fn hash_in(row: &Row<'_>, column: &str) -> Result<Hash> {
    let c = Columns { table: "chain", row };
    let bytes: Vec<u8> = c.get(column)?;
    bytes.try_into().map_err(|bytes: Vec<u8>| c.unknown(column, hex(&bytes)))
}

/// What was recorded of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// This.
    Content(Content),
    /// It was forgotten.
    Forgotten,
}

impl Read<'_> {
    /// The end of the chain; none while nothing was done.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn chain_head(&self) -> Result<Option<ChainHead>> {
        self.row("SELECT number, link FROM chain ORDER BY number DESC LIMIT 1", [], |row| {
            Ok(ChainHead { number: row.get(0)?, link: hash_in(row, "link")? })
        })
    }

    /// Is this head, which was kept elsewhere, a part of the chain?
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn has_head(&self, head: &ChainHead) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM chain WHERE number = ?1 AND link = ?2)";
        self.value(sql, params![head.number, head.link])
    }

    /// What a step says; none where there is no such step, or what is stored cannot be read, which is noted.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn said(&self, number: i64) -> Result<Option<Said>> {
        self.first("SELECT * FROM chain WHERE number = ?1", [number], |row| {
            Ok(content_of(row)?.map_or(Said::Forgotten, Said::Content))
        })
    }

    /// What a thing is called now; none where it has no name, or is not there any more.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn name_of(&self, noun: Noun, id: &str) -> Result<Option<String>> {
        let sql = match noun {
            Noun::Document => "SELECT title FROM documents WHERE id = ?1",
            Noun::Task | Noun::Reminder => "SELECT title FROM tasks WHERE id = ?1",
            Noun::Correspondent => "SELECT name FROM correspondents WHERE id = ?1",
            Noun::Tag => "SELECT name FROM tags WHERE id = ?1",
            Noun::View => "SELECT name FROM saved_views WHERE id = ?1",
            Noun::Setting
            | Noun::File
            | Noun::Job
            | Noun::Reading
            | Noun::Findings
            | Noun::Notification
            | Noun::Problem
            | Noun::Key => return Ok(None),
        };
        self.row(sql, [id], |row| Ok(row.get(0)?))
    }

    /// The rows of the chain for an export: the content as JSON text, hashes in hexadecimal digits.
    pub(crate) fn rows_of_chain(&self) -> Result<Vec<Map<String, Value>>> {
        let mut rows = self.plain_rows(CHAIN, "SELECT * FROM chain ORDER BY number", &[])?;
        for row in &mut rows {
            let json = row
                .get("content")
                .and_then(Value::as_str)
                .and_then(unhex)
                .and_then(|deflated| inflate(&deflated))
                .and_then(|json| String::from_utf8(json).ok());
            row.insert("content".to_owned(), json.map_or(Value::Null, Value::String));
        }
        Ok(rows)
    }

    /// Reads the whole chain; gives what is wrong with it, in the order of the steps, and how many there are.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn verify_chain(&self) -> Result<(Vec<String>, u64)> {
        let (mut wrong, mut steps, mut before) = (Vec::new(), 0_u64, BEGINNING);
        let mut query = self.conn.prepare("SELECT * FROM chain ORDER BY number")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            steps = steps.saturating_add(1);
            let number: i64 = row.get("number")?;
            let (step, op, actor): (String, String, String) = (row.get("step")?, row.get("op")?, row.get("actor")?);
            let (run, at): (Option<String>, String) = (row.get("run")?, row.get("at")?);
            let fields = Fields {
                number,
                step: &step,
                op: &op,
                actor: &actor,
                run: run.as_deref(),
                at: &at,
                schema_version: row.get("schema_version")?,
            };
            let (Ok(hash), Ok(link)) = (hash_in(row, "hash"), hash_in(row, "link")) else {
                wrong.push(format!("step {number} of {at}: its hashes are damaged"));
                continue;
            };
            if fields.link(&before, &hash) != link {
                wrong.push(format!("step {number} of {at}: it or the step before is not what was recorded"));
            }
            let (salt, content): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get("salt")?, row.get("content")?);
            let is_as_recorded = match (salt, content) {
                // Forgotten.
                (None, None) => true,
                (Some(salt), Some(content)) => inflate(&content).is_some_and(|json| content_hash(&salt, &json) == hash),
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !is_as_recorded {
                wrong.push(format!("step {number} of {at}: its old and new values are not what was recorded"));
            }
            before = link;
        }
        let sql = "SELECT number, at FROM history AS h WHERE NOT EXISTS (
                       SELECT 1 FROM chain AS c WHERE c.number = h.number AND c.step = h.step AND c.op = h.op
                         AND c.actor = h.actor AND c.run IS h.run AND c.at = h.at)
                   UNION ALL
                   SELECT number, at FROM chain AS c WHERE NOT EXISTS (SELECT 1 FROM history AS h WHERE h.number = c.number)
                   ORDER BY 1";
        let mut query = self.conn.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (number, at): (i64, String) = (row.get(0)?, row.get(1)?);
            wrong.push(format!("step {number} of {at}: the list of steps and the chain do not say the same"));
        }
        Ok((wrong, steps))
    }

    /// The names of the columns of a table, and whether each belongs to its key.
    fn columns_of(&self, table: &str) -> Result<Vec<(String, bool)>> {
        let sql = "SELECT name, pk > 0 FROM pragma_table_info(?1) ORDER BY cid";
        let mut query = self.conn.prepare_cached(sql)?;
        let columns = query.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(columns.collect::<rusqlite::Result<_>>()?)
    }

    /// What changesets changed, in words of the tables.
    fn content(&self, label: Option<String>, of: Vec<StepId>, changesets: &[&[u8]]) -> Result<Content> {
        let mut content = Content { label, of, ..Content::default() };
        let is_large = changesets.iter().map(|one| one.len()).sum::<usize>() > LARGEST;
        let mut columns: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
        for changeset in changesets {
            let mut bytes = *changeset;
            let input: &mut dyn std::io::Read = &mut bytes;
            let mut items = ChangesetIter::start_strm(&input)?;
            while let Some(item) = items.next()? {
                let table = item.op()?.table_name().to_owned();
                if is_large {
                    let count = content.counts.entry(table).or_default();
                    *count = count.saturating_add(1);
                    continue;
                }
                if !columns.contains_key(&table) {
                    columns.insert(table.clone(), self.columns_of(&table)?);
                }
                let known = columns.get(&table).map(Vec::as_slice).unwrap_or_default();
                let mut change = row_change(item, table, known)?;
                self.add_what_was_read(&mut change)?;
                content.changes.push(change);
            }
        }
        content.names = self.names_in(&content.changes)?;
        Ok(content)
    }

    /// A value that a person gives stands in the place of the one that was read, which is in no changeset.
    fn add_what_was_read(&self, change: &mut RowChange) -> Result<()> {
        let in_place = match (change.table.as_str(), change.what) {
            ("confirmed_facts", What::Added) => &mut change.old,
            ("confirmed_facts", What::Removed) => &mut change.new,
            _ => return Ok(()),
        };
        let of = |column: &str| change.key.get(column).and_then(Value::as_str).unwrap_or_default().to_owned();
        let sql = "SELECT plain FROM found_facts
                   WHERE file = (SELECT file FROM documents WHERE id = ?1) AND field = ?2 AND choice = 0";
        let read: Option<String> = self.row(sql, [of("document"), of("field")], |row| Ok(row.get(0)?))?;
        if let Some(read) = read {
            in_place.insert("plain".to_owned(), read.into());
        }
        Ok(())
    }

    fn names_in(&self, changes: &[RowChange]) -> Result<BTreeMap<String, String>> {
        let mut names = BTreeMap::new();
        let mut ids: BTreeSet<(&str, &str)> = BTreeSet::new();
        for change in changes {
            for (column, table) in [("correspondent", "correspondents"), ("tag", "tags")] {
                let values = [&change.key, &change.old, &change.new];
                ids.extend(values.iter().filter_map(|row| Some((table, row.get(column)?.as_str()?))));
            }
        }
        for (table, id) in ids {
            let name: Option<String> =
                self.row(&format!("SELECT name FROM {table} WHERE id = ?1"), [id], |row| Ok(row.get(0)?))?;
            if let Some(name) = name {
                names.insert(id.to_owned(), name);
            }
        }
        Ok(names)
    }
}

/// The table, as exports name it.
pub(crate) const CHAIN: &str = "chain";

fn row_change(item: &ChangesetItem, table: String, columns: &[(String, bool)]) -> Result<RowChange> {
    let what = match item.op()?.code() {
        Action::SQLITE_INSERT => What::Added,
        Action::SQLITE_DELETE => What::Removed,
        _ => What::Changed,
    };
    let mut change = RowChange { table, what, key: Map::new(), old: Map::new(), new: Map::new() };
    for (at, (name, is_key)) in columns.iter().enumerate() {
        // Of a changed row, a column that stays has neither.
        let old = if what == What::Added { None } else { item.old_value(at).ok() };
        let new = if what == What::Removed { None } else { item.new_value(at).ok() };
        if *is_key {
            if let Some(value) = old.or(new) {
                change.key.insert(name.clone(), value_of(value));
            }
            continue;
        }
        let is_there = |value: &ValueRef<'_>| what == What::Changed || *value != ValueRef::Null;
        if let Some(value) = old.filter(is_there) {
            change.old.insert(name.clone(), value_of(value));
        }
        if let Some(value) = new.filter(is_there) {
            change.new.insert(name.clone(), value_of(value));
        }
    }
    Ok(change)
}

/// A step as it is recorded.
pub(crate) struct Step<'a> {
    pub(crate) number: i64,
    pub(crate) step: StepId,
    pub(crate) op: &'a str,
    pub(crate) actor: &'a str,
    pub(crate) run: Option<RunId>,
    pub(crate) at: &'a str,
    pub(crate) schema_version: i32,
}

impl Write<'_> {
    /// Adds a step to the chain, with what its changesets changed. A step that is to leave no trace has none.
    pub(crate) fn chain(
        &self,
        step: &Step<'_>,
        label: Option<String>,
        of: Vec<StepId>,
        changesets: &[&[u8]],
    ) -> Result<()> {
        let content = self.content(label, of, changesets)?;
        self.add_link(step, &content)
    }

    fn add_link(&self, step: &Step<'_>, content: &Content) -> Result<()> {
        let json = serde_json::to_vec(content).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        let salt = salt()?;
        let hash = content_hash(&salt, &json);
        let before = self.chain_head()?.map_or(BEGINNING, |head| head.link);
        let (id, run) = (step.step.to_string(), step.run.map(|run| run.to_string()));
        let fields = Fields {
            number: step.number,
            step: &id,
            op: step.op,
            actor: step.actor,
            run: run.as_deref(),
            at: step.at,
            schema_version: step.schema_version,
        };
        let link = fields.link(&before, &hash);
        self.execute(
            "INSERT INTO chain (number, step, op, actor, run, at, schema_version, salt, content, hash, link)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                step.number,
                id,
                step.op,
                step.actor,
                run,
                step.at,
                step.schema_version,
                salt,
                deflate(&json),
                hash,
                link
            ],
        )?;
        Ok(())
    }

    /// Adds the steps that a program without a chain has recorded. What they changed is not known any more.
    pub(crate) fn begin_chain(&self) -> Result<()> {
        let sql = "SELECT * FROM history WHERE number > coalesce((SELECT max(number) FROM chain), 0) ORDER BY number";
        let old = self.rows(sql, [], |row| {
            let c = Columns { table: "history", row };
            let (op, actor, at): (String, String, String) = (c.get("op")?, c.get("actor")?, c.get("at")?);
            let run = c.or(c.parse_opt("run"), None)?;
            Ok((c.get("number")?, c.parse("step")?, op, actor, run, at, c.get("schema_version")?, c.get("label")?))
        })?;
        for (number, step, op, actor, run, at, schema_version, label) in old {
            let step = Step { number, step, op: &op, actor: &actor, run, at: &at, schema_version };
            self.add_link(&step, &Content { label, ..Content::default() })?;
        }
        Ok(())
    }
}
