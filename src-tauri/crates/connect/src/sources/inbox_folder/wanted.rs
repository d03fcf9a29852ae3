//! The queue of the inbox thread: what to check next, from events of the system and requests of the program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use notify::event::{EventKind, ModifyKind};

/// What to look at.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Files and folders that changed.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Scan everything.
    pub(super) everything: bool,
    /// The watched folder was removed, renamed or made again: the system sends no more events about the old one.
    pub(super) watch_lost: bool,
    /// Stop.
    pub(super) stop: bool,
}

impl Look {
    fn is_nothing(&self) -> bool {
        self.paths.is_empty() && !self.everything && !self.watch_lost && !self.stop
    }
}

/// A queue that holds each path once, however many events there are.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    look: Mutex<Look>,
    changed: Condvar,
}

impl Wanted {
    /// Requests a scan of everything.
    pub(super) fn rescan(&self) {
        self.add(|look| look.everything = true);
    }

    /// Requests a stop.
    pub(super) fn stop(&self) {
        self.add(|look| look.stop = true);
    }

    /// Whether a stop was requested.
    pub(super) fn stopping(&self) -> bool {
        self.lock().stop
    }

    /// Adds an event of the system.
    pub(super) fn event(&self, folder: &Path, event: notify::Result<notify::Event>) {
        match event {
            Ok(event) if event.need_rescan() => self.rescan(),
            // Reading, also our own, is no change.
            Ok(event) if event.kind.is_access() => {}
            // The parent folder is watched, too; its other entries are ignored.
            Ok(event) if !event.paths.iter().any(|path| path.starts_with(folder)) => {}
            Ok(event) => self.add(|look| {
                let is_another = matches!(
                    event.kind,
                    EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
                );
                look.watch_lost |= is_another && event.paths.iter().any(|path| path == folder);
                look.paths.extend(event.paths.into_iter().filter(|path| path.starts_with(folder)));
            }),
            Err(error) => {
                tracing::warn!(%error, folder = %folder.display(), "the system lost events; looking at everything");
                self.rescan();
            }
        }
    }

    /// Waits until something is wanted, at most until `until`.
    pub(super) fn wait(&self, until: Instant) -> Look {
        let time = until.saturating_duration_since(Instant::now());
        let (mut look, _) = self
            .changed
            .wait_timeout_while(self.lock(), time, |look| look.is_nothing())
            .unwrap_or_else(PoisonError::into_inner);
        let stop = look.stop;
        std::mem::replace(&mut *look, Look { stop, ..Look::default() })
    }

    fn add(&self, change: impl FnOnce(&mut Look)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Look> {
        self.look.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
