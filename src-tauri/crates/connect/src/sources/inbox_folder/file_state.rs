//! Size and time of a file: as long as both are the same, it is taken to be the same file.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
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

/// All bytes of a file; `None` if it is no longer in this state, or did not stay in it while it was read.
pub(super) fn read_whole(path: &Path, state: FileState) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    let is_state = |file: &File| Ok::<bool, io::Error>(FileState::of(&file.metadata()?)? == state);
    if !is_state(&file)? {
        return Ok(None);
    }
    file.read_to_end(&mut bytes)?;
    Ok((is_state(&file)? && u64::try_from(bytes.len()) == Ok(state.size)).then_some(bytes))
}
