//! Progress of the work on files: written and told at most four times a second, for all files together.

use domain::JobId;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use store::{Op, Store};

use crate::runtime::pace::Pace;

/// Progress that is not written yet.
#[derive(Default)]
pub(crate) struct Progress {
    pace: Pace,
    /// Pages done, and pages in all.
    open: Mutex<BTreeMap<JobId, (u32, u32)>>,
}

impl Progress {
    /// A page of a file is done.
    pub(crate) fn note(&self, store: &Store, job: JobId, page: u32, pages: u32) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).insert(job, (page, pages));
        self.write(store);
    }

    /// Writes the progress if enough time has passed. Called again and again while a file is worked on.
    pub(crate) fn write(&self, store: &Store) {
        let open = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            if open.is_empty() || !self.pace.is_due() {
                return;
            }
            std::mem::take(&mut *open)
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
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&job);
    }
}
