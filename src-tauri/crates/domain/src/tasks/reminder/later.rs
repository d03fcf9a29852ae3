//! When "later" is.

use chrono::{DateTime, Datelike as _, Duration, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::hours::slot;
use crate::{Preferences, ShiftDay as _, ShiftTime as _, local, today};

/// When to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Later {
    /// In a quarter of an hour.
    FifteenMinutes,
    /// In an hour.
    OneHour,
    /// In three hours.
    ThreeHours,
    /// Today at the last slot.
    Tonight,
    /// Tomorrow at the first slot.
    TomorrowMorning,
    /// On Monday at the first slot.
    NextWeek,
    /// At a time of one's own, on the wall clock.
    At(NaiveDateTime),
}

impl Later {
    /// The instant that is meant, seen from `now`. One that has already passed means at once.
    pub fn instant(self, now: DateTime<Utc>, preferences: &Preferences) -> DateTime<Utc> {
        let today = today(now, preferences.zone);
        match self {
            Self::FifteenMinutes => now.plus(Duration::minutes(15)),
            Self::OneHour => now.plus(Duration::hours(1)),
            Self::ThreeHours => now.plus(Duration::hours(3)),
            // After the last slot "tonight" has passed: then it is an hour from now.
            Self::Tonight => slot(today, usize::MAX, None, preferences).max(now.plus(Duration::hours(1))),
            Self::TomorrowMorning => slot(today.plus_days(1), 0, None, preferences),
            Self::NextWeek => {
                let to_monday = 7 - u64::from(today.weekday().num_days_from_monday());
                slot(today.plus_days(to_monday), 0, None, preferences)
            }
            Self::At(wall) => local(wall, preferences.zone).max(now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    #[test]
    fn later_means_a_good_hour() {
        let friday_noon = Utc.with_ymd_and_hms(2026, 11, 20, 11, 0, 0).unwrap();
        for (later, expected) in [
            (Later::FifteenMinutes, "11-20 12:15"),
            (Later::Tonight, "11-20 20:00"),
            (Later::TomorrowMorning, "11-21 09:00"),
            (Later::NextWeek, "11-23 09:00"),
            (Later::At("2026-11-30T18:45:00".parse().unwrap()), "11-30 18:45"),
            (Later::At("2020-01-01T08:00:00".parse().unwrap()), "11-20 12:00"),
        ] {
            let preferences = Preferences::default();
            let at = later.instant(friday_noon, &preferences).with_timezone(&preferences.zone);
            assert_eq!(at.format("%m-%d %H:%M").to_string(), expected, "{later:?}");
        }
    }
}
