//! The disk on which the profile lies: full, failed, or not to be written. That is no fault of any letter.
//!
//! Work waits, each time longer, and is not given up. The trouble is logged once when it begins and once when it is over,
//! and shown as one problem.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::{By, FailureClass};
use store::{NewProblem, Op, Store};

use crate::Failure;

/// The pause after the first failure; doubled with each further one.
const FIRST: Duration = Duration::from_secs(5);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// What is in the way at the moment.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    /// What failed last.
    pub(crate) failure: Failure,
    /// When it began.
    pub(crate) since: Instant,
    /// Whether the window finds it among the problems: on a full disk it may be impossible to store it there.
    pub(crate) is_stored: bool,
    pause: Duration,
}

/// How the disk does.
#[derive(Default)]
pub(crate) struct OwnDisk(Mutex<Option<Trouble>>);

/// Is it the disk that failed, and not what was worked on?
pub(crate) fn is_its_fault(failure: &Failure) -> bool {
    match failure.code.class() {
        FailureClass::OwnDisk | FailureClass::Busy => true,
        FailureClass::BadInput
        | FailureClass::NotFound
        | FailureClass::Forbidden
        | FailureClass::Stopped
        | FailureClass::LeaseLost
        | FailureClass::Crashed
        | FailureClass::Failed => false,
    }
}

impl OwnDisk {
    /// What is in the way now.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.lock().clone()
    }

    /// Something could not be done. Returns how long to wait before the next try, and whether the trouble is new.
    pub(crate) fn failed(&self, store: &Store, failure: &Failure) -> (Duration, bool) {
        let (pause, is_new, is_stored) = {
            let mut now = self.lock();
            let before = now.take().filter(|before| before.failure.code == failure.code);
            let pause = before.as_ref().map_or(FIRST, |before| (before.pause * 2).min(LONGEST));
            let (since, is_stored) =
                before.as_ref().map_or_else(|| (Instant::now(), false), |before| (before.since, before.is_stored));
            *now = Some(Trouble { failure: failure.clone(), since, is_stored, pause });
            (pause, before.is_none(), is_stored)
        };
        if is_new {
            tracing::error!(%failure, code = %failure.code, "work waits until the disk can be used again");
        }
        if !is_stored {
            let stored = store.write(By::Program, Op::Ledger, |w| {
                w.clear_problems(store.profile())?;
                w.add_problem(&problem(store.profile(), failure))
            });
            if let (Ok(_), Some(now)) = (stored, self.lock().as_mut()) {
                now.is_stored = true;
            }
        }
        (pause, is_new)
    }

    /// The profile is open for reading only.
    pub(crate) fn is_read_only(&self, failure: &Failure) {
        tracing::warn!(%failure, code = %failure.code, "the profile is open for reading only");
        *self.lock() =
            Some(Trouble { failure: failure.clone(), since: Instant::now(), is_stored: false, pause: FIRST });
    }

    /// Something was written: whatever was in the way is over. Says whether anything was.
    pub(crate) fn works(&self, store: &Store) -> bool {
        let Some(over) = self.lock().take() else { return false };
        tracing::warn!(was = %over.failure, code = %over.failure.code, "the disk can be used again");
        self.forget(store);
        true
    }

    /// What an earlier run has shown is not true any more.
    pub(crate) fn forget(&self, store: &Store) {
        let cleared = store.write(By::Program, Op::Ledger, |w| w.clear_problems(store.profile()));
        if let Err(error) = cleared {
            tracing::warn!(%error, "a trouble that is over is still shown");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Trouble>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The trouble as one problem, about the folder of the profile.
pub(crate) fn problem(profile: &Path, failure: &Failure) -> NewProblem {
    NewProblem {
        file_name: "Workmate".to_owned(),
        path: Some(profile.to_path_buf()),
        file: None,
        code: failure.code,
        message: failure.message.clone(),
    }
}
