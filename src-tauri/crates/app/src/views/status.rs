use chrono::{DateTime, Utc};
use domain::{FileId, JobId, ProblemId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who runs the engine (inbox folder, jobs, reminders) of this profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum EngineView {
    /// This process.
    Here,
    /// Another one.
    Elsewhere {
        /// Process id.
        pid: u32,
        /// `app`, `watch` or `import`.
        kind: String,
    },
    /// Nobody: nothing is read and nothing reminds.
    Nobody,
}

/// A file being worked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// The file.
    pub file: FileId,
    /// Name of the file.
    pub name: String,
    /// `queued` or `running`.
    pub state: String,
    /// Pages done.
    pub page: u32,
    /// Pages in all; 0 while unknown.
    pub pages: u32,
}

/// Something that went wrong and that a person should know of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProblemView {
    /// Its id.
    pub id: ProblemId,
    /// File or folder name.
    pub name: String,
    /// Where it is now, if it still exists outside the archive.
    pub path: Option<String>,
    /// Short stable word.
    pub code: String,
    /// What happened and what to do.
    pub message: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// How things stand around the documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatusView {
    /// Version of the program.
    pub version: String,
    /// The profile's folder.
    pub profile: String,
    /// The inbox folder.
    pub inbox: String,
    /// Who runs the engine.
    pub engine: EngineView,
    /// Files being worked on.
    pub jobs: Vec<JobView>,
    /// The backlog is held up.
    pub backlog_paused: bool,
    /// What went wrong and was not dismissed.
    pub problems: Vec<ProblemView>,
    /// Documents waiting for a look.
    pub review_count: u32,
    /// Is there a tray to live in? None while unknown or without a window.
    pub tray: Option<bool>,
    /// Ids of the channels that a reminder can go out on, in the order in which they are asked.
    pub channels: Vec<String>,
    /// Why no notification can be shown, if so.
    pub notifications_problem: Option<String>,
    /// Is the second reader installed?
    pub second_reader_installed: bool,
    /// Reminders are paused until then.
    pub reminders_paused_until: Option<DateTime<Utc>>,
}
