//! The state of a file: while it stays the same, it is the same letter.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use chrono::{DateTime, Utc};
use disk::Stamp;

/// Which file it is, its size and its time. Another name makes no other state.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileState(Stamp);

impl PartialEq for FileState {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same_but_for_its_name(&other.0)
    }
}

impl FileState {
    /// As the file system says it.
    pub(super) fn of(metadata: &Metadata) -> io::Result<Self> {
        Stamp::of(metadata).map(Self)
    }

    /// Of the file at `path`; `None` if there is no regular file.
    pub(super) fn at(path: &Path) -> io::Result<Option<Self>> {
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => Self::of(&metadata).map(Some),
            Ok(_) => Ok(None),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// In bytes.
    pub(super) fn size(&self) -> u64 {
        self.0.size
    }

    /// When it was last written; the epoch if the file system claims a time that no calendar has.
    pub(super) fn modified(&self) -> DateTime<Utc> {
        let (seconds, nanoseconds) = match self.0.modified.duration_since(UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()), after.subsec_nanos()),
            Err(before) => (i64::try_from(before.duration().as_secs()).map(|seconds| -seconds), 0),
        };
        seconds.ok().and_then(|seconds| DateTime::from_timestamp(seconds, nanoseconds)).unwrap_or(DateTime::UNIX_EPOCH)
    }
}
