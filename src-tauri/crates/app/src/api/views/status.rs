use chrono::{DateTime, Utc};
use domain::{FailureCode, FileId, JobId, ProblemId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{RunBy, ThreadView};

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
    /// Which one.
    pub code: FailureCode,
    /// What happened and what to do.
    pub message: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The problems of one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProblemGroupView {
    /// The cause.
    pub code: FailureCode,
    /// How many problems, also those that are not listed.
    pub count: u32,
    /// When the last one came.
    pub last: DateTime<Utc>,
}

/// How far what reads files is shut off from the rest of the computer, lest a malicious file do harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SandboxView {
    /// Only the system calls that reading needs pass: nothing is sent, written or started.
    pub calls: bool,
    /// Version of Landlock by which the user's other files are closed off; none where the kernel has no Landlock.
    pub landlock: Option<u32>,
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
    /// Who runs the engine: inbox folder and jobs.
    pub engine: RunBy,
    /// Who sends reminders.
    pub reminders: RunBy,
    /// This process waits, and takes over what another one runs as soon as that ends.
    pub takes_over: bool,
    /// The threads of this process and what they are at.
    pub threads: Vec<ThreadView>,
    /// Files being worked on and those that come next.
    pub jobs: Vec<JobView>,
    /// How many files there are to work on in all.
    pub jobs_total: u32,
    /// Documents whose results are of an older version and are computed again; not among the files to work on.
    pub to_recompute: u32,
    /// Letters of which doubtful words are read a second time in the background.
    pub second_readings: u32,
    /// The backlog is held up, and so is what is computed again.
    pub backlog_paused: bool,
    /// What went wrong and was not dismissed, the newest first.
    pub problems: Vec<ProblemView>,
    /// The same by their causes, the newest first.
    pub problem_groups: Vec<ProblemGroupView>,
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
    /// How far what reads files is shut off.
    pub sandbox: SandboxView,
    /// The last backup was made then, and is so old that the person should know.
    pub old_backup: Option<DateTime<Utc>>,
    /// The data is encrypted, so it can be locked.
    pub encrypted: bool,
    /// Reminders are paused until then.
    pub reminders_paused_until: Option<DateTime<Utc>>,
}
