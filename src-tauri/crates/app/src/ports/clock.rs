//! The real clock and ids.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Clock, Ids, ShiftTime as _};
use uuid::Uuid;

/// Environment variable: the factor by which the clock runs faster, for tests of the whole program. Release builds
/// read neither of these two variables.
const RATE_VARIABLE: &str = "WORKMATE_CLOCK_RATE";
/// Environment variable: the instant (RFC 3339) at which such a program starts, so that the letters of the tests do
/// not get old.
const START_VARIABLE: &str = "WORKMATE_CLOCK_START";

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time enters")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that starts at another instant than the computer's, and may run faster.
#[derive(Clone, Copy, Debug)]
struct MadeUpClock {
    start: DateTime<Utc>,
    rate: i32,
    /// The computer's time at the start.
    began: DateTime<Utc>,
}

impl Clock for MadeUpClock {
    fn now(&self) -> DateTime<Utc> {
        let passed = SystemClock.now() - self.began;
        self.start.plus(passed.checked_mul(self.rate).unwrap_or(TimeDelta::MAX))
    }
}

/// The clock of this program: the real one, or that of a test.
pub(crate) fn clock() -> Arc<dyn Clock> {
    let variable = |name| std::env::var(name).ok().filter(|_| cfg!(debug_assertions));
    let rate = variable(RATE_VARIABLE).and_then(|rate| rate.parse().ok());
    let start = variable(START_VARIABLE).and_then(|start| start.parse().ok());
    if rate.is_none() && start.is_none() {
        return Arc::new(SystemClock);
    }
    let began = SystemClock.now();
    Arc::new(MadeUpClock { start: start.unwrap_or(began), rate: rate.unwrap_or(1), began })
}

/// Random ids that sort by time (UUID version 7, RFC 9562).
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "the one place where chance enters")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}
