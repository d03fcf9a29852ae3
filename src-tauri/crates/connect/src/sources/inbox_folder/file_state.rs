//! The state of a file: while size and time are the same, it counts as the same file.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};

/// Size and time of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileState {
    /// In bytes.
    pub(super) size: u64,
    modified: SystemTime,
}

impl FileState {
    /// As the file system says it.
    pub(super) fn of(metadata: &Metadata) -> io::Result<Self> {
        Ok(Self { size: metadata.len(), modified: metadata.modified()? })
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

    /// When it was last written; the epoch if the file system claims a time that no calendar has.
    pub(super) fn modified(&self) -> DateTime<Utc> {
        let (seconds, nanoseconds) = match self.modified.duration_since(UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()), after.subsec_nanos()),
            Err(before) => (i64::try_from(before.duration().as_secs()).map(|seconds| -seconds), 0),
        };
        seconds.ok().and_then(|seconds| DateTime::from_timestamp(seconds, nanoseconds)).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

/// A file opened for reading; `None` if it is no longer in this state.
pub(super) fn open_in(path: &Path, state: FileState) -> io::Result<Option<File>> {
    let file = File::open(path)?;
    let now = file.metadata()?;
    Ok((now.is_file() && FileState::of(&now)? == state).then_some(file))
}
