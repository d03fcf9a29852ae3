//! SQLite and the file archive: what the program remembers. The only SQL in the project.
//!
//! May import: `domain`. Start at [`Store`]: `read` hands out [`Read`], `write` hands out [`Write`] inside one
//! transaction and records what it changed. Each noun has one file with its row function and its queries; the tables
//! are in `migrations/`.
//!
//! *Intent* tables hold what a person wants (documents, confirmed facts, tags, notes, views, tasks, wishes about reminders,
//! correspondents, settings):
//! their changes can be undone. *Ledger* tables hold what can be computed again or has simply happened.

mod archive;
mod assumptions;
mod bills;
mod changes;
mod connection;
mod correspondents;
mod documents;
mod engine;
mod error;
mod facts;
mod files;
mod handovers;
mod history;
mod jobs;
mod notes;
mod notifications;
mod op;
mod packed;
mod problems;
mod readings;
mod relations;
mod reminders;
mod row;
mod schedule;
mod search;
mod sender_rules;
mod settings;
mod store;
mod sweep;
mod tags;
mod take_in;
mod task_details;
mod tasks;
mod undo;
mod views;

pub use changes::{Changes, Ledger};
pub use correspondents::CorrespondentRow;
pub use documents::{DocumentFilter, DocumentPage, DocumentRow};
pub use engine::{EngineLock, Holder};
pub use error::StoreError;
pub use files::{ArrivalNote, StoredFile};
pub use handovers::Handover;
pub use history::HistoryRow;
pub use jobs::{Job, JobCounts, JobEvent, JobState, Step};
pub use notifications::Notification;
pub use op::{Actor, Op};
pub use problems::{NewProblem, ProblemRow};
pub use relations::Related;
pub use reminders::Waiting;
pub use search::{FacetCount, Facets, Find, Found, FoundDocument, HitPage, Nearness, Snippet, SnippetPart};
pub use sender_rules::SenderRuleRow;
pub use store::{Read, Store, Write, Written};
pub use sweep::Swept;
pub use tags::Tag;
pub use tasks::{DueRange, OpenTask, TaskFilter, TaskStep};
pub use undo::Undone;
pub use views::SavedView;

/// What every call gives.
pub type Result<T> = std::result::Result<T, StoreError>;
