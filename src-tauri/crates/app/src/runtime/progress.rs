//! Progress of the work on files: written and told at most four times a second, for all files together.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::JobId;
use store::{Op, Store};

/// The shortest time between two reports of progress.
const EVERY: Duration = Duration::from_millis(250);

/// Progress that is not written yet.
#[derive(Default)]
pub(crate) struct Progress {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    written: Option<Instant>,
    /// Pages done, and pages in all.
    open: BTreeMap<JobId, (u32, u32)>,
}

impl Progress {
    /// A page of a file is done.
    pub(crate) fn note(&self, store: &Store, job: JobId, page: u32, pages: u32) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).open.insert(job, (page, pages));
        self.write(store);
    }

    /// Writes the progress if enough time has passed. Called again and again while a file is worked on.
    pub(crate) fn write(&self, store: &Store) {
        let open = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if state.open.is_empty() || state.written.is_some_and(|written| written.elapsed() < EVERY) {
                return;
            }
            state.written = Some(Instant::now());
            std::mem::take(&mut state.open)
        };
        let noted = store.write(domain::By::Program, Op::Ledger, |w| {
            open.iter().try_for_each(|(job, (page, pages))| w.progress(*job, *page, *pages))
        });
        if let Err(error) = noted {
            tracing::warn!(%error, "progress could not be noted");
        }
    }

    /// Forgets the progress of a file: the work on it has ended.
    pub(crate) fn end(&self, job: JobId) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).open.remove(&job);
    }
}
