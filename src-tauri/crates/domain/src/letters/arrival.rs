//! A file that comes in, and what becomes of it.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

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
    /// From an export of paperless-ngx.
    Paperless,
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
            Self::Paperless => "paperless",
        }
    }
}

/// What is in a file that comes in.
#[derive(Clone, Debug)]
pub enum ArrivalContent {
    /// All its bytes.
    Bytes(Vec<u8>),
    /// The file, open for reading at its beginning: however large it is, it is never held in memory.
    File(Arc<File>),
}

impl ArrivalContent {
    /// How many bytes there are.
    ///
    /// # Errors
    /// Where the system does not say how large the file is.
    pub fn size(&self) -> io::Result<u64> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
            Self::File(file) => Ok(file.metadata()?.len()),
        }
    }
}

impl From<Vec<u8>> for ArrivalContent {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
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
    /// What is in it.
    pub content: ArrivalContent,
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
