//! The store: the SQLite database and the archive of originals. The only SQL in the project.
//!
//! May import: `domain`, `disk`, `vault`. Start at [`Store`]: `read` hands out [`Read`], `write` hands out [`Write`] inside one
//! transaction and records what it changed. Each noun has one file with its row function and its queries; the tables
//! are in `migrations/`.
//!
//! *Intent* tables hold what a person wants (documents, confirmed facts, tags, notes, views, tasks, reminder
//! overrides, correspondents, settings); their changes can be undone. *Ledger* tables hold what happened or can be
//! computed again.

mod archive;
mod assumptions;
mod backups;
mod bills;
mod blackout;
mod chain;
mod changes;
mod connection;
mod contracts;
mod conversion;
mod correspondents;
mod deletion;
mod diagnostics;
mod disclosures;
mod documents;
mod ended_by_calendar;
mod engine;
mod error;
mod events;
mod export;
mod facts;
mod files;
mod history;
mod identity;
mod ingest;
mod jobs;
mod keeping;
mod keys;
mod learned_words;
mod migrate;
mod notes;
mod notifications;
#[cfg(test)]
mod old_profiles;
mod op;
mod packed;
mod place;
mod presence;
mod private;
mod problems;
mod readings;
mod recompute;
mod relations;
mod reminders;
mod row;
mod run;
mod schedule;
mod search;
mod sender_rules;
mod senders;
mod settings;
mod store;
mod sweep;
mod tags;
mod task_details;
mod task_lists;
mod tasks;
mod undo;
mod verify;
mod views;

pub use archive::file_id;
pub use backups::{BackupMade, BackupRow};
pub use blackout::{BlackedNames, BlackedOut};
pub use chain::{ChainHead, Content, NoHead, RowChange, Said};
pub use changes::Changes;
pub use connection::DATABASE;
pub use contracts::ContractStanding;
pub use conversion::Converted;
pub use correspondents::{Billed, CorrespondentRow, KnownAccount, PaidTask};
pub use deletion::Deleted;
pub use diagnostics::JobsAlike;
pub use disclosures::Disclosure;
pub use documents::{DocumentFilter, DocumentPage, DocumentRow};
pub use engine::{Holder, Role, RoleLock, RoleWait};
pub use error::StoreError;
pub use events::{Event, Events, KEPT as EVENTS_KEPT, MOST as MOST_EVENTS, Noun, What};
pub use export::{RowsBrought, TableRows, schema_version};
pub use files::{ArrivalNote, StoredFile};
pub use history::{HistoryRow, KEPT_BYTES, KEPT_STEPS, StepsWanted};
pub use identity::Adopted;
pub use jobs::{BackOff, Job, JobCounts, JobEvent, JobKind, JobState, LEASE, NewJob};
pub use keys::Key;
pub use notifications::Notification;
pub use op::Op;
pub use place::Place;
pub use problems::{NewProblem, ProblemGroup, ProblemRow};
pub use recompute::{EngineVersions, RecomputePortion, RecomputeProgress};
pub use relations::Related;
pub use reminders::Waiting;
pub use row::Unreadable;
pub use run::Run;
pub use search::{FacetCount, Facets, Find, Found, FoundDocument, HitPage, Nearness, Snippet, SnippetPart};
pub use sender_rules::SenderRuleRow;
pub use store::{Read, Store, Write, Written};
pub use sweep::Swept;
pub use tags::Tag;
pub use task_lists::{CalendarTask, TaskList};
pub use tasks::{DueRange, OpenTask, TaskFilter};
pub use undo::{Skipped, Undone, UndoneStep};
pub use verify::{Finding, VerificationRow, Verified};
pub use views::SavedView;

/// The result of every call of the store.
pub type Result<T> = std::result::Result<T, StoreError>;
