//! A file that comes in, and what becomes of it.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{FileId, Problem};

/// Where an arrival came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceId {
    /// The watched inbox folder.
    Inbox,
    /// Dropped on the window or chosen in its file dialog.
    Drop,
    /// `workmate-cli import`.
    Import,
    /// Found in the archive without a row: a take-in that was interrupted.
    Recovered,
    /// Made of the pages of other files, which stay as they came.
    Arranged,
}

impl SourceId {
    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Drop => "drop",
            Self::Import => "import",
            Self::Recovered => "recovered",
            Self::Arranged => "arranged",
        }
    }
}

/// A whole file as it came in.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Where from.
    pub source: SourceId,
    /// File name with extension, for people.
    pub name: String,
    /// Full path it came from, if any.
    pub path: Option<PathBuf>,
    /// Modification time of the file, if known.
    pub modified: Option<DateTime<Utc>>,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// When it came in.
    pub at: DateTime<Utc>,
}

/// What became of an arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// New: archived and queued.
    Taken(FileId),
    /// The same bytes are already here; the arrival was noted on them.
    Duplicate(FileId),
    /// Cannot be read at all; nothing was kept.
    Refused(Refusal),
}

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// File name, for people.
    pub name: String,
    /// What happened, and the way out.
    pub problem: Problem,
}
