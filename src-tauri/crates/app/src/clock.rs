//! The real sources of time and chance.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Clock, Ids};
use uuid::Uuid;

/// Names how many times as fast time goes, for tests of a whole program: "later" need not be waited for. Programs that
/// are built for use look at neither of these two.
const RATE_VARIABLE: &str = "WORKMATE_CLOCK_RATE";
/// Names the instant (RFC 3339) at which such a program begins: letters of the tests do not get old.
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

/// Begins at another instant than the computer's clock, and may go faster.
#[derive(Clone, Copy, Debug)]
struct MadeUpClock {
    start: DateTime<Utc>,
    rate: i32,
    /// The computer's time at the start.
    began: DateTime<Utc>,
}

impl Clock for MadeUpClock {
    fn now(&self) -> DateTime<Utc> {
        self.start + (SystemClock.now() - self.began) * self.rate
    }
}

/// The clock that a program runs by.
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
