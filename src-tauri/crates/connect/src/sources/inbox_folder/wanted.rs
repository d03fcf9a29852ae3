//! What the thread of the inbox folder shall look at next: told by the system and by the program, gathered here.

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
    /// Look at everything.
    pub(super) everything: bool,
    /// The watched folder was removed or renamed: the system tells nothing more.
    pub(super) watch_lost: bool,
    /// Come to an end.
    pub(super) stop: bool,
}

impl Look {
    fn is_nothing(&self) -> bool {
        self.paths.is_empty() && !self.everything && !self.watch_lost && !self.stop
    }
}

/// A mailbox that holds each path once, however many events there are.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    look: Mutex<Look>,
    changed: Condvar,
}

impl Wanted {
    /// Asks to look at everything.
    pub(super) fn rescan(&self) {
        self.add(|look| look.everything = true);
    }

    /// Asks to come to an end.
    pub(super) fn stop(&self) {
        self.add(|look| look.stop = true);
    }

    /// Whether to come to an end.
    pub(super) fn stopping(&self) -> bool {
        self.lock().stop
    }

    /// Takes an event of the system in.
    pub(super) fn event(&self, folder: &Path, event: notify::Result<notify::Event>) {
        match event {
            Ok(event) if event.need_rescan() => self.rescan(),
            // Mere reading, our own included.
            Ok(event) if event.kind.is_access() => {}
            Ok(event) => self.add(|look| {
                let moved = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
                look.watch_lost |= moved && event.paths.iter().any(|path| path == folder);
                look.paths.extend(event.paths);
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
