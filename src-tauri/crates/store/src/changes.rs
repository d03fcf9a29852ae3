//! What a write changed: read off the recorded changeset, so that nobody can forget to report it.

use std::collections::BTreeSet;

use domain::{CorrespondentId, DocumentId, TagId, TaskId, ViewId};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::hooks::Action;
use rusqlite::session::{ChangesetItem, ChangesetIter};
use serde::{Deserialize, Serialize};

use crate::{Actor, Op, Result, StoreError};

/// The tables whose changes are recorded and can be undone. Their first column is the id of the noun they belong to.
pub(crate) const INTENT_TABLES: &[&str] = &[
    "correspondents",
    "correspondent_names",
    "sender_rules",
    "documents",
    "confirmed_facts",
    "assumptions",
    "relations",
    "tags",
    "document_tags",
    "document_notes",
    "saved_views",
    "tasks",
    "task_steps",
    "task_details",
    "task_links",
    "task_blocks",
    "task_payments",
    "reminder_wishes",
    "settings",
];

/// A noun that only the ledger knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ledger {
    /// Originals and arrivals.
    Files,
    /// Work on files.
    Jobs,
    /// What was read.
    Readings,
    /// What was computed.
    Findings,
    /// What went out.
    Notifications,
    /// What went wrong.
    Problems,
}

/// What one write changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// What was done.
    pub op: Op,
    /// On whose behalf.
    pub actor: Actor,
    /// Documents, also those of which only a confirmed fact changed.
    pub documents: BTreeSet<DocumentId>,
    /// Tasks, also those of which only a step changed.
    pub tasks: BTreeSet<TaskId>,
    /// Tasks about whose reminders something was wished.
    pub reminders: BTreeSet<TaskId>,
    /// Correspondents.
    pub correspondents: BTreeSet<CorrespondentId>,
    /// Keys of settings.
    pub settings: BTreeSet<String>,
    /// Tags that are new, named otherwise or gone.
    pub tags: BTreeSet<TagId>,
    /// Saved views.
    pub views: BTreeSet<ViewId>,
    /// What was touched in the ledger.
    pub ledger: BTreeSet<Ledger>,
}

impl Changes {
    /// Was nothing changed at all?
    pub fn is_empty(&self) -> bool {
        self.ledger.is_empty()
            && self.documents.is_empty()
            && self.tasks.is_empty()
            && self.reminders.is_empty()
            && self.correspondents.is_empty()
            && self.settings.is_empty()
            && self.tags.is_empty()
            && self.views.is_empty()
    }

    /// Reads the list off a changeset.
    pub(crate) fn of(op: Op, changeset: &[u8], ledger: BTreeSet<Ledger>) -> Result<Self> {
        let mut changes = Self {
            op,
            actor: op.actor(),
            documents: BTreeSet::new(),
            tasks: BTreeSet::new(),
            reminders: BTreeSet::new(),
            correspondents: BTreeSet::new(),
            settings: BTreeSet::new(),
            tags: BTreeSet::new(),
            views: BTreeSet::new(),
            ledger,
        };
        let mut bytes = changeset;
        let input: &mut dyn std::io::Read = &mut bytes;
        let mut items = ChangesetIter::start_strm(&input)?;
        while let Some(item) = items.next()? {
            let id = id_of(item)?;
            match item.op()?.table_name() {
                "correspondents" | "correspondent_names" | "sender_rules" => {
                    insert(&mut changes.correspondents, "correspondents", id)?
                }
                "documents" | "confirmed_facts" | "assumptions" | "relations" | "document_tags" | "document_notes" => {
                    insert(&mut changes.documents, "documents", id)?
                }
                "tags" => insert(&mut changes.tags, "tags", id)?,
                "saved_views" => insert(&mut changes.views, "saved_views", id)?,
                "tasks" | "task_steps" | "task_details" | "task_links" | "task_blocks" | "task_payments" => {
                    insert(&mut changes.tasks, "tasks", id)?
                }
                "reminder_wishes" => insert(&mut changes.reminders, "reminder_wishes", id)?,
                "settings" => insert(&mut changes.settings, "settings", id)?,
                table => {
                    return Err(StoreError::UnknownWord {
                        table: "history",
                        column: "changeset".to_owned(),
                        value: table.to_owned(),
                    });
                }
            }
        }
        Ok(changes)
    }
}

fn insert<T: Ord + std::str::FromStr>(set: &mut BTreeSet<T>, table: &'static str, id: String) -> Result<()> {
    match id.parse() {
        Ok(parsed) => set.insert(parsed),
        Err(_) => return Err(StoreError::UnknownWord { table, column: "id".to_owned(), value: id }),
    };
    Ok(())
}

/// The first column of the row that an item is about. Not to be asked for a foreign-key conflict: it has no row.
pub(crate) fn id_of(item: &ChangesetItem) -> Result<String> {
    let value = match item.op()?.code() {
        Action::SQLITE_INSERT => item.new_value(0)?,
        _ => item.old_value(0)?,
    };
    Ok(value.as_str().map_err(rusqlite::Error::from)?.to_owned())
}
