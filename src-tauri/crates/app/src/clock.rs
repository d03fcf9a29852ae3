//! The real sources of time and chance.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Clock, Ids};
use uuid::Uuid;

/// Names how many times as fast time goes, for tests of a whole program: "later" need not be waited for. Programs that
/// are built for use do not look at it.
const RATE_VARIABLE: &str = "WORKMATE_CLOCK_RATE";

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time enters")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Goes faster than the computer's clock, from when it was made.
#[derive(Clone, Copy, Debug)]
struct HurriedClock {
    since: DateTime<Utc>,
    rate: i32,
}

impl Clock for HurriedClock {
    fn now(&self) -> DateTime<Utc> {
        self.since + (SystemClock.now() - self.since) * self.rate
    }
}

/// The clock that a program runs by.
pub(crate) fn clock() -> Arc<dyn Clock> {
    let rate = std::env::var(RATE_VARIABLE).ok().filter(|_| cfg!(debug_assertions));
    match rate.and_then(|rate| rate.parse().ok()) {
        Some(rate) => Arc::new(HurriedClock { since: SystemClock.now(), rate }),
        None => Arc::new(SystemClock),
    }
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
