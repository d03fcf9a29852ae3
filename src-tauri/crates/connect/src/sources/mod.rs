//! Sources of documents, and the two things they share: the receiver, and the troubles they report.

pub(crate) mod inbox_folder;
pub(crate) mod problems;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::{Arrival, FailureCode, Outcome, Refusal, SourceId};

/// The list of sources.
pub const SOURCES: &[&dyn Source] = &[&inbox_folder::InboxFolder];

/// A kind of place from which documents come by themselves.
pub trait Source: Sync {
    /// The word for its arrivals in the database.
    fn id(&self) -> SourceId;
    /// Its German name.
    fn name_de(&self) -> &'static str;
    /// Its English name.
    fn name_en(&self) -> &'static str;
}

/// Takes in what a source brings. Called from the source's own thread; calls never overlap.
pub trait Receiver: Send + Sync {
    /// Takes one whole file in. After [`Outcome::Taken`] and [`Outcome::Duplicate`] the bytes are durable elsewhere, and
    /// the source may remove its original.
    ///
    /// # Errors
    /// [`ReceiveError`] if the file cannot be taken in now, such as on a full disk. The source keeps the original and
    /// tries again. A file that is refused for good is no error: see [`Outcome::Refused`].
    fn receive(&self, arrival: Arrival) -> Result<Outcome, ReceiveError>;
    /// A file that was refused, or its copy where originals stay, now lies at `at`, beside a text that says why.
    fn set_aside(&self, refusal: &Refusal, at: &Path);
    /// Whether this state of an original that stays where it is was taken before.
    fn remembered(&self, path: &Path, size: u64, modified: DateTime<Utc>) -> bool;
    /// Notes that this state of an original that stays where it is was taken.
    fn remember(&self, path: &Path, size: u64, modified: DateTime<Utc>);
    /// Something is in the way. Told once until it is over; the source goes on and tries again by itself.
    fn trouble(&self, trouble: Trouble);
    /// The trouble told for this path is over.
    fn cleared(&self, path: &Path);
}

/// Why an arrival could not be taken in just now: disk full, database busy. The original stays and is tried again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ReceiveError(pub String);

/// What keeps a source from doing its work, with the path and the way out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The inbox folder is not there.
    #[error("The inbox folder {path} is not there ({reason}). Create it, connect its drive, or choose another folder.")]
    FolderMissing {
        /// The inbox folder.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The inbox folder or one inside it cannot be listed.
    #[error(
        "The folder {path} cannot be opened ({reason}). Allow reading and writing in it, or choose another folder."
    )]
    FolderUnreadable {
        /// The folder.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A file cannot be opened or read to its end.
    #[error("The file {path} cannot be read ({reason}). Allow reading it, or take it out of the inbox folder.")]
    FileUnreadable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The receiver cannot take anything in just now.
    #[error(
        "Files wait in the inbox folder {path}, because {file} cannot be taken in now: {reason}. It is tried again."
    )]
    NotTaken {
        /// The inbox folder.
        path: PathBuf,
        /// The first file that has to wait.
        file: String,
        /// What the receiver said.
        reason: String,
    },
    /// A file was taken in, but stays in the inbox folder.
    #[error("{path} is taken in, but cannot be removed from the inbox folder ({reason}). Allow writing in the folder.")]
    NotRemoved {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A refused file could not be put into the problems folder.
    #[error("{path} cannot be taken in, nor moved to the folder Problems ({reason}). Allow writing, or make room.")]
    NotSetAside {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
}

impl Trouble {
    /// Every [`code`](Self::code).
    pub const CODES: &[FailureCode] = &[
        FailureCode::FolderMissing,
        FailureCode::FolderUnreadable,
        FailureCode::FileUnreadable,
        FailureCode::NotTaken,
        FailureCode::NotRemoved,
        FailureCode::NotSetAside,
    ];

    /// The file or folder in question; [`Receiver::cleared`] names the same one.
    pub fn path(&self) -> &Path {
        match self {
            Self::FolderMissing { path, .. }
            | Self::FolderUnreadable { path, .. }
            | Self::FileUnreadable { path, .. }
            | Self::NotTaken { path, .. }
            | Self::NotRemoved { path, .. }
            | Self::NotSetAside { path, .. } => path,
        }
    }

    /// Its word, on which texts hang.
    pub fn code(&self) -> FailureCode {
        match self {
            Self::FolderMissing { .. } => FailureCode::FolderMissing,
            Self::FolderUnreadable { .. } => FailureCode::FolderUnreadable,
            Self::FileUnreadable { .. } => FailureCode::FileUnreadable,
            Self::NotTaken { .. } => FailureCode::NotTaken,
            Self::NotRemoved { .. } => FailureCode::NotRemoved,
            Self::NotSetAside { .. } => FailureCode::NotSetAside,
        }
    }
}
