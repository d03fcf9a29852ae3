//! The real sources of time and chance.

use chrono::{DateTime, Utc};
use domain::{Clock, Ids};
use uuid::Uuid;

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time enters")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
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
