//! What an opened profile tells its listeners: what changed, who runs it, what to show.

use domain::{DocumentId, TaskId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::runtime::roles::Roles;

/// What changed, so that what is on screen can be fetched again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changed {
    /// These documents were added, changed or removed.
    pub documents: Vec<DocumentId>,
    /// These tasks were.
    pub tasks: Vec<TaskId>,
    /// Names of correspondents, or what was learned about their letters.
    pub correspondents: bool,
    /// Reminders or their deliveries were.
    pub reminders: bool,
    /// The work list or its progress.
    pub jobs: bool,
    /// Problems.
    pub problems: bool,
    /// Settings.
    pub settings: bool,
    /// Tags.
    pub tags: bool,
    /// Saved views.
    pub views: bool,
    /// Backups, or how far one is.
    pub backups: bool,
    /// Keys of other programs.
    pub keys: bool,
    /// Something, by another process: fetch everything.
    pub all: bool,
}

/// What the engine tells the window without being asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum AppEvent {
    /// Data changed.
    Changed(Changed),
    /// Another process runs the profile now, or this one does.
    Roles(Roles),
    /// Show this document.
    OpenDocument {
        /// Which.
        id: DocumentId,
    },
    /// Start the program again: a restored profile takes its place.
    Restart,
    /// End the program and start it again without the keys of the profile.
    Lock,
    /// Show what matters today.
    OpenToday,
    /// Show the reminders that nobody has reacted to in a small window: the desktop's own have no buttons.
    ShowReminders,
    /// Show this task.
    OpenTask {
        /// Which.
        id: TaskId,
    },
}
