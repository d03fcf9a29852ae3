//! Waking threads that wait for work.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Wakes threads that wait for work. A ring before the sleep is not missed.
#[derive(Debug, Default)]
pub(crate) struct Wake {
    rings: Mutex<u64>,
    bell: Condvar,
}

impl Wake {
    /// The number of rings so far. Read it before looking for work and before checking for a stop: whatever is set
    /// before a ring is then either seen, or the sleep ends at once.
    pub(crate) fn rings(&self) -> u64 {
        *self.rings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes every sleeper.
    pub(crate) fn ring(&self) {
        *self.rings.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.bell.notify_all();
    }

    /// Sleeps until the next ring after `seen`, at most for `limit`.
    pub(crate) fn wait(&self, seen: u64, limit: Duration) {
        let rings = self.rings.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.bell.wait_timeout_while(rings, limit, |rings| *rings == seen));
    }
}
