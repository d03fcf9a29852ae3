//! The inbox thread: checks what changed, scans everything now and then, and waits until files are unchanged.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::Clock;

use super::InboxSettings;
use super::claim::own_path;
use super::file_state::FileState;
use super::names::ignored;
use super::troubles::Troubles;
use super::wanted::Wanted;
use super::watching::Watching;
use crate::{Receiver, Trouble};

/// How often a folder without events is scanned.
const POLL_EVERY: Duration = Duration::from_secs(2);
/// How often a folder that is missing or cannot be listed is tried again.
const LOOK_FOR_FOLDER_EVERY: Duration = Duration::from_secs(5);

/// A file that must stay unchanged for a while.
pub(super) struct Waiting {
    pub(super) state: FileState,
    /// Since when it is known to be in this state.
    pub(super) since: Instant,
    /// When to look at it again.
    pub(super) check_at: Instant,
    /// The receiver could not take it just now.
    pub(super) not_taken: bool,
}

pub(super) struct Worker {
    pub(super) settings: InboxSettings,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) receiver: Arc<dyn Receiver>,
    pub(super) wanted: Arc<Wanted>,
    watching: Watching,
    pub(super) waiting: BTreeMap<PathBuf, Waiting>,
    /// Files that were taken in but could not be removed: they are not taken in again.
    pub(super) left_over: HashMap<PathBuf, FileState>,
    pub(super) troubles: Troubles,
}

impl Worker {
    pub(super) fn new(
        settings: InboxSettings,
        clock: Arc<dyn Clock>,
        receiver: Arc<dyn Receiver>,
        wanted: Arc<Wanted>,
    ) -> Self {
        let troubles = Troubles::new(Arc::clone(&receiver));
        Self {
            settings,
            clock,
            receiver,
            wanted,
            watching: Watching::default(),
            waiting: BTreeMap::new(),
            left_over: HashMap::new(),
            troubles,
        }
    }

    /// Runs until a stop is requested; `beat` is called with every pass.
    pub(super) fn run(mut self, beat: &dyn Fn()) {
        // The folder is created only at start: later, files would be put into the empty mount point of a drive that is
        // not connected.
        if let Err(error) = fs::create_dir(&self.settings.folder)
            && error.kind() != ErrorKind::AlreadyExists
        {
            tracing::warn!(%error, folder = %self.settings.folder.display(), "creating the inbox folder");
        }
        let mut next_scan = Instant::now();
        loop {
            beat();
            if Instant::now() >= next_scan {
                self.scan();
                next_scan = Instant::now() + self.scan_every();
            }
            self.check_due();
            let next_check = self.waiting.values().map(|waiting| waiting.check_at).min();
            let look = self.wanted.wait(next_check.map_or(next_scan, |check| check.min(next_scan)));
            if look.stop {
                return;
            }
            if look.watch_lost {
                self.watching = Watching::default();
            }
            if look.everything || look.paths.contains(&self.settings.folder) {
                next_scan = Instant::now();
            }
            for path in look.paths {
                if path.is_dir() {
                    // No event comes for files that were put into a new folder before it was watched: it is scanned
                    // once more.
                    next_scan = next_scan.min(Instant::now() + self.settings.still_for);
                }
                self.look_at(&path);
            }
        }
    }

    fn scan_every(&self) -> Duration {
        let every = if self.troubles.with_a_folder() {
            LOOK_FOR_FOLDER_EVERY
        } else if self.watching.must_poll() {
            POLL_EVERY
        } else {
            Duration::MAX
        };
        every.min(self.settings.rescan_every)
    }

    fn scan(&mut self) {
        let folder = self.settings.folder.clone();
        match fs::metadata(&folder) {
            Ok(metadata) if metadata.is_dir() => {
                self.watching.ensure(&self.settings, &metadata, &self.wanted);
                self.look_into(&folder);
            }
            Ok(_) => self.folder_missing("there is a file in its place".to_owned()),
            Err(error) => self.folder_missing(error.to_string()),
        }
        self.troubles.end_of_vanished();
    }

    fn folder_missing(&mut self, reason: String) {
        self.watching = Watching::default();
        self.troubles.tell(Trouble::FolderMissing { path: self.settings.folder.clone(), reason });
    }

    pub(super) fn look_at(&mut self, path: &Path) {
        if ignored(&self.settings.folder, path) {
            return;
        }
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.look_into(path),
            // The target of a link is either in the folder itself or ignored.
            Ok(metadata) if metadata.is_file() => match FileState::of(&metadata) {
                Ok(state) => self.notice(path, state),
                Err(error) => self.unreadable(path, &error),
            },
            Ok(_) => self.forget(path),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => self.forget(path),
            Err(error) => self.unreadable(path, &error),
        }
    }

    fn look_into(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
        match entries {
            Ok(entries) => {
                self.troubles.end_of_folder(folder);
                for entry in entries {
                    let path = entry.path();
                    match own_path(&path) {
                        // Nothing is under way now: whoever gave it this name has ended.
                        Some(own) => self.put_back(&path, &own),
                        None => self.look_at(&path),
                    }
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => self.forget(folder),
            Err(error) => {
                let trouble = Trouble::FolderUnreadable { path: folder.to_owned(), reason: error.to_string() };
                self.troubles.tell(trouble);
            }
        }
    }

    /// Notes the state of a file; the time that it must stay unchanged begins.
    pub(super) fn notice(&mut self, path: &Path, state: FileState) {
        if self.left_over.get(path) == Some(&state) {
            return self.remove_left_over(path, state);
        }
        if self.settings.keep_originals && self.receiver.remembered(path, state.size(), state.modified()) {
            return;
        }
        let now = Instant::now();
        let soon = now + self.settings.still_for;
        let waiting = self.waiting.entry(path.to_owned()).or_insert(Waiting {
            state,
            since: now,
            check_at: soon,
            not_taken: false,
        });
        if waiting.state != state {
            (waiting.state, waiting.since, waiting.check_at) = (state, now, soon);
        }
    }
}
