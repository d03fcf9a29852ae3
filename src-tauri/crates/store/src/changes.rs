//! What a write changed: read from the recorded changeset, so that no write can forget to report a change.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use domain::{By, RunId};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::hooks::Action;
use rusqlite::session::{ChangesetItem, ChangesetIter};

use crate::store::Behalf;
use crate::{Noun, Op, Result, StoreError, Unreadable, What};

/// The tables whose changes are recorded and can be undone. Their first column is the id of the noun they belong to.
/// Beside each: the noun, and whether the table holds the noun itself, or something about it.
const INTENT: &[(&str, Noun, Holds)] = &[
    ("correspondents", Noun::Correspondent, Holds::Itself),
    ("correspondent_names", Noun::Correspondent, Holds::Part),
    ("sender_rules", Noun::Correspondent, Holds::Part),
    ("documents", Noun::Document, Holds::Itself),
    ("confirmed_facts", Noun::Document, Holds::Part),
    ("assumptions", Noun::Document, Holds::Part),
    ("relations", Noun::Document, Holds::Part),
    ("tags", Noun::Tag, Holds::Itself),
    ("document_tags", Noun::Document, Holds::Part),
    ("document_notes", Noun::Document, Holds::Part),
    ("saved_views", Noun::View, Holds::Itself),
    ("tasks", Noun::Task, Holds::Itself),
    ("task_steps", Noun::Task, Holds::Part),
    ("task_details", Noun::Task, Holds::Part),
    ("task_tags", Noun::Task, Holds::Part),
    ("task_links", Noun::Task, Holds::Part),
    ("task_blocks", Noun::Task, Holds::Part),
    ("task_payments", Noun::Task, Holds::Part),
    ("reminder_overrides", Noun::Reminder, Holds::Itself),
    ("settings", Noun::Setting, Holds::Itself),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Itself,
    Part,
}

/// The names of the intent tables.
pub(crate) fn intent_tables() -> impl Iterator<Item = &'static str> {
    INTENT.iter().map(|(table, _, _)| *table)
}

/// The noun that rows of a table belong to, and the column with its id; none of a table that this program does not have.
pub(crate) fn belonging(table: &str) -> Option<(Noun, &'static str)> {
    let (_, noun, holds) = INTENT.iter().find(|(name, _, _)| *name == table)?;
    let column = match (holds, noun) {
        (_, Noun::Setting) => "key",
        (_, Noun::Reminder) => "task",
        (Holds::Itself, _) => "id",
        (Holds::Part, Noun::Document) => "document",
        (Holds::Part, Noun::Task) => "task",
        (Holds::Part, Noun::Correspondent) => "correspondent",
        (Holds::Part, _) => return None,
    };
    Some((*noun, column))
}

/// What was touched: which noun, and which one of it.
pub(crate) type Touched = BTreeMap<(Noun, String), What>;

/// What one write changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// On whose behalf.
    pub by: By,
    /// As a part of which run.
    pub run: Option<RunId>,
    /// What was done.
    pub op: Op,
    touched: Touched,
}

impl Changes {
    /// Was nothing changed at all?
    pub fn is_empty(&self) -> bool {
        self.touched.is_empty()
    }

    /// Was anything of this noun touched?
    pub fn has(&self, noun: Noun) -> bool {
        self.ids(noun).next().is_some()
    }

    /// Which ones of a noun were touched, also those of which only a part was.
    pub fn ids(&self, noun: Noun) -> impl Iterator<Item = &str> {
        self.touched.keys().filter(move |(one, _)| *one == noun).map(|(_, id)| id.as_str())
    }

    /// The ids parsed as `T`; those that cannot be parsed are left out.
    pub fn of<T: FromStr + Ord>(&self, noun: Noun) -> BTreeSet<T> {
        self.ids(noun).filter_map(|id| id.parse().ok()).collect()
    }

    /// Everything that was touched, and how.
    pub fn all(&self) -> impl Iterator<Item = (&(Noun, String), &What)> {
        self.touched.iter()
    }

    /// Changes to ledger tables only; [`add`](Self::add) adds those to intent tables.
    pub(crate) fn none(Behalf { by, run }: Behalf, op: Op, touched: Touched) -> Self {
        Self { by, run, op, touched }
    }

    /// Adds what a changeset changes.
    pub(crate) fn add(&mut self, changeset: &[u8]) -> Result<()> {
        let mut bytes = changeset;
        let input: &mut dyn std::io::Read = &mut bytes;
        let mut items = ChangesetIter::start_strm(&input)?;
        while let Some(item) = items.next()? {
            let id = id_of(item)?;
            let op = item.op()?;
            let Some((_, noun, holds)) = INTENT.iter().find(|(table, _, _)| *table == op.table_name()) else {
                let (value, row, name) = (op.table_name().to_owned(), String::new(), id);
                let column = "changeset".to_owned();
                return Err(StoreError::UnknownWord(Box::new(Unreadable {
                    table: "history",
                    row,
                    column,
                    value,
                    name,
                })));
            };
            let what = match (holds, op.code()) {
                (Holds::Part, _) => What::Changed,
                (Holds::Itself, Action::SQLITE_INSERT) => What::Added,
                (Holds::Itself, Action::SQLITE_DELETE) => What::Removed,
                (Holds::Itself, _) => What::Changed,
            };
            // Several steps may be undone together: what one removed and another added exists, and is a change.
            let met = |known: &mut What| {
                *known = match (*known, what) {
                    (known, What::Changed) => known,
                    (What::Changed, what) => what,
                    (known, what) if known == what => what,
                    (_, _) => What::Changed,
                }
            };
            self.touched.entry((*noun, id)).and_modify(met).or_insert(what);
        }
        Ok(())
    }
}

/// The id in the first column of the changed row. Must not be called for a foreign-key conflict, which has no row.
pub(crate) fn id_of(item: &ChangesetItem) -> Result<String> {
    let value = match item.op()?.code() {
        Action::SQLITE_INSERT => item.new_value(0)?,
        _ => item.old_value(0)?,
    };
    Ok(value.as_str().map_err(rusqlite::Error::from)?.to_owned())
}
