//! Ids as types, so that a task's id cannot be handed over as a document's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Where chance enters the program: new ids. Tests hand in a counting one.
pub trait Ids: Send + Sync {
    /// A fresh UUID, version 7 (sorted by time) in production.
    fn uuid(&self) -> Uuid;
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id.
            pub fn new(ids: &dyn Ids) -> Self {
                Self(ids.uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

id! {
    /// A document.
    DocumentId,
    /// A correspondent.
    CorrespondentId,
    /// A task.
    TaskId,
    /// A payment towards a task.
    PaymentId,
    /// One arrival of a file.
    ArrivalId,
    /// One step of work on a file.
    JobId,
    /// Something that went wrong and that a person should know of.
    ProblemId,
    /// One undoable change.
    StepId,
    /// A tag.
    TagId,
    /// A saved view.
    ViewId,
    /// A rule that does something by itself.
    RuleId,
    /// A connection to another program.
    ConnectionId,
    /// A key with which another program may use this one.
    KeyId,
    /// One run of a rule or of a sync: all its steps are taken back as one.
    RunId,
}

/// The SHA-256 of an original file, written as 64 lower-case hex digits: the name under which the archive keeps it,
/// so that `sha256sum` can still verify it in twenty years.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct FileId(String);

/// Not 64 lower-case hex digits.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{0}” is not a SHA-256 in lower-case hex")]
pub struct FileIdError(String);

impl FileId {
    /// The id of the file whose SHA-256 is `digest`.
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        use fmt::Write as _;
        Self(digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        }))
    }

    /// The hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for FileId {
    type Err = FileIdError;
    fn from_str(text: &str) -> Result<Self, FileIdError> {
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() == 64 && text.bytes().all(hex) {
            Ok(Self(text.to_owned()))
        } else {
            Err(FileIdError(text.to_owned()))
        }
    }
}

impl TryFrom<String> for FileId {
    type Error = FileIdError;
    fn try_from(text: String) -> Result<Self, FileIdError> {
        text.parse()
    }
}

impl From<FileId> for String {
    fn from(id: FileId) -> Self {
        id.0
    }
}
