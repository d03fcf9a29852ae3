//! When somebody comes back: after how many days they are told what happened meanwhile. The same rule holds for the window and for
//! notifications.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::today;

/// Who was not here for so many days is told what happened meanwhile.
pub const AWAY_DAYS: i64 = 3;

/// What happened while somebody was away, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct News {
    /// The day on which they were here last.
    pub since: NaiveDate,
    /// Letters that came in.
    pub letters: u32,
    /// What was paid.
    pub paid: u32,
    /// Debits whose day has passed.
    pub debited: u32,
    /// Payments whose day has passed, and which are still open.
    pub overdue: u32,
    /// Appointments that have begun and are still open.
    pub missed: u32,
    /// Rights that nobody used in time.
    pub lapsed: u32,
}

/// When the person was here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The last time.
    pub at: DateTime<Utc>,
    /// The last time on an earlier day than that.
    pub before: Option<DateTime<Utc>>,
}

impl Presence {
    /// The person is here now, having been here as `last` says. A time that is still to come was noted while the clock was wrong.
    pub fn noted(last: Option<Self>, now: DateTime<Utc>, zone: Tz) -> Self {
        let Some(last) = last.filter(|last| last.at <= now) else { return Self { at: now, before: None } };
        let same_day = today(last.at, zone) == today(now, zone);
        Self { at: now, before: if same_day { last.before } else { Some(last.at) } }
    }

    /// The last time before today, whether or not the person has been here today.
    pub fn before_today(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        if today(self.at, zone) < today(now, zone) { Some(self.at) } else { self.before }
    }
}

/// Since when somebody was away who was here `last`; none for fewer than [`AWAY_DAYS`].
pub fn away_since(last: Option<DateTime<Utc>>, day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    last.filter(|last| (day - today(*last, zone)).num_days() >= AWAY_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::noon;

    const BERLIN: Tz = chrono_tz::Europe::Berlin;

    #[test]
    fn who_comes_back_is_told_all_day_since_when_and_not_on_the_next_day() {
        let away = |presence: Presence, now: &str| {
            let now = noon(now);
            away_since(presence.before_today(now, BERLIN), today(now, BERLIN), BERLIN)
                .map(|at| today(at, BERLIN).to_string())
        };
        let first = Presence::noted(None, noon("2026-11-20"), BERLIN);
        assert_eq!(away(first, "2026-11-22"), None, "a weekend is no absence");
        assert_eq!(away(first, "2026-11-27").as_deref(), Some("2026-11-20"));
        let back = Presence::noted(Some(first), noon("2026-11-27"), BERLIN);
        let again = Presence::noted(Some(back), noon("2026-11-27"), BERLIN);
        assert_eq!(away(again, "2026-11-27").as_deref(), Some("2026-11-20"), "looking twice takes nothing away");
        assert_eq!(away(again, "2026-11-28"), None);
    }

    #[test]
    fn a_time_noted_while_the_clock_was_wrong_is_forgotten() {
        let wrong = Presence::noted(None, noon("2030-01-01"), BERLIN);
        let right = Presence::noted(Some(wrong), noon("2026-11-27"), BERLIN);
        assert_eq!(right, Presence { at: noon("2026-11-27"), before: None });
    }
}
