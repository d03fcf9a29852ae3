//! What is backed up: files, each with its place in the snapshot.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use rustic_core::jiff::Timestamp;
use rustic_core::repofile::{Metadata, Node, NodeType};
use rustic_core::{ReadSource, ReadSourceEntry, ReadSourceOpen, RusticResult};

use crate::BackupError;
use crate::error::internal;

/// A file to back up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Its place in the snapshot: relative, parts divided by `/`.
    pub place: String,
    /// Where it is now.
    pub path: PathBuf,
}

/// Hears how far a backup or its way back is, and may hold it up or break it off.
pub trait Watcher: Send + Sync {
    /// So many bytes are done of so many. Called from several threads.
    fn is_at(&self, done: u64, total: u64);
    /// Waits while it is paused; false breaks off.
    fn may_go_on(&self) -> bool;
}

/// Lets everything go on, and tells nobody.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn is_at(&self, _: u64, _: u64) {}

    fn may_go_on(&self) -> bool {
        true
    }
}

/// What all readers of one backup share.
pub(crate) struct Run {
    pub(crate) watcher: Arc<dyn Watcher>,
    pub(crate) total: u64,
    done: Mutex<u64>,
    /// Why the snapshot cannot be whole. rustic goes on without a file that it could not read.
    failure: Mutex<Option<BackupError>>,
}

impl Run {
    pub(crate) fn new(watcher: Arc<dyn Watcher>, total: u64) -> Arc<Self> {
        Arc::new(Self { watcher, total, done: Mutex::default(), failure: Mutex::default() })
    }

    pub(crate) fn take_failure(&self) -> Option<BackupError> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn fail(&self, error: BackupError) {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    /// False if it was broken off.
    pub(crate) fn may_go_on(&self) -> bool {
        let goes_on = self.watcher.may_go_on();
        if !goes_on {
            self.fail(BackupError::BrokenOff);
        }
        goes_on
    }

    pub(crate) fn add(&self, bytes: u64) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done = done.saturating_add(bytes).min(self.total);
        self.watcher.is_at(*done, self.total);
    }
}

/// The files of a backup, as rustic reads them.
pub(crate) struct Files {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) run: Arc<Run>,
}

pub(crate) struct Open {
    path: PathBuf,
    run: Arc<Run>,
}

pub(crate) struct Reader {
    file: File,
    path: PathBuf,
    run: Arc<Run>,
}

impl ReadSourceOpen for Open {
    type Reader = Reader;

    fn open(self) -> RusticResult<Reader> {
        if !self.run.may_go_on() {
            return Err(internal(BackupError::BrokenOff));
        }
        match File::open(&self.path) {
            Ok(file) => Ok(Reader { file, path: self.path, run: self.run }),
            Err(source) => {
                let failure = internal(format!("{}: {source}", self.path.display()));
                self.run.fail(BackupError::Source { path: self.path, source });
                Err(failure)
            }
        }
    }
}

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.run.may_go_on() {
            return Err(io::Error::other(BackupError::BrokenOff.to_string()));
        }
        match self.file.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let told = io::Error::new(error.kind(), error.to_string());
                self.run.fail(BackupError::Source { path: self.path.clone(), source: error });
                Err(told)
            }
            Ok(read) => {
                self.run.add(u64::try_from(read).unwrap_or_default());
                Ok(read)
            }
        }
    }
}

impl ReadSource for Files {
    type Open = Open;
    type Iter = std::vec::IntoIter<RusticResult<ReadSourceEntry<Open>>>;

    fn size(&self) -> RusticResult<Option<u64>> {
        Ok(Some(self.run.total))
    }

    fn entries(&self) -> Self::Iter {
        let mut entries = Vec::with_capacity(self.files.len());
        for file in &self.files {
            match self.entry(file) {
                Ok(entry) => entries.push(Ok(entry)),
                Err(source) => self.run.fail(BackupError::Source { path: file.path.clone(), source }),
            }
        }
        entries.into_iter()
    }
}

impl Files {
    fn entry(&self, file: &SourceFile) -> io::Result<ReadSourceEntry<Open>> {
        let place = PathBuf::from(format!("/{}", file.place));
        let name = place.file_name().unwrap_or_default().to_owned();
        let node = Node::new_node(&name, NodeType::File, metadata(&fs::metadata(&file.path)?));
        let open = Open { path: file.path.clone(), run: Arc::clone(&self.run) };
        Ok(ReadSourceEntry { path: place, node, open: Some(open) })
    }
}

/// What rustic compares to see that a file has not changed since the last backup: size, times, inode. Owners are not kept: the
/// files are those of whoever restores them.
fn metadata(data: &fs::Metadata) -> Metadata {
    #[cfg(unix)]
    let (inode, changed) = {
        use std::os::unix::fs::MetadataExt as _;
        (data.ino(), Timestamp::new(data.ctime(), i32::try_from(data.ctime_nsec()).unwrap_or_default()).ok())
    };
    #[cfg(not(unix))]
    let (inode, changed) = (0, None);
    Metadata {
        mode: Some(0o600),
        mtime: data.modified().ok().and_then(timestamp),
        ctime: changed,
        inode,
        size: data.len(),
        links: 1,
        ..Metadata::default()
    }
}

fn timestamp(time: SystemTime) -> Option<Timestamp> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    Timestamp::new(i64::try_from(since.as_secs()).ok()?, i32::try_from(since.subsec_nanos()).ok()?).ok()
}
