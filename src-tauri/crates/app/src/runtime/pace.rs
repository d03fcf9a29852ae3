//! Reports that come often, told at most four times a second.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The shortest time between two reports.
const EVERY: Duration = Duration::from_millis(250);

/// When the last report was told.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<Option<Instant>>);

impl Pace {
    /// Whether it is time for the next report, which counts as told then.
    pub(crate) fn is_due(&self) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = told.is_none_or(|told| told.elapsed() >= EVERY);
        if is_due {
            *told = Some(Instant::now());
        }
        is_due
    }

    /// The next report is told at once.
    pub(crate) fn reset(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
