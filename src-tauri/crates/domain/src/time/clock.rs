//! Where time enters the program.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::ShiftTime as _;

/// The only source of time. Tests hand in a fixed one; everything that needs "now" takes it as an argument.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
}

/// The calendar date of `now` in `zone`.
pub fn today(now: DateTime<Utc>, zone: Tz) -> NaiveDate {
    now.with_timezone(&zone).naive_local().date()
}

/// The instant of a wall-clock time in `zone`. In the hour that a daylight-saving change skips, the first instant after
/// it; in the hour that it repeats, the earlier one: a reminder rather comes early than not at all.
pub fn local(time: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let mut at = time;
    // No zone has ever skipped more than a day.
    for _ in 0..2 * 24 * 4 {
        if let Some(instant) = at.and_local_timezone(zone).earliest() {
            return instant.with_timezone(&Utc);
        }
        at = at.plus(chrono::Duration::minutes(15));
    }
    time.and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;
    use chrono_tz::Europe::Berlin;

    #[test]
    fn nine_oclock_stays_nine_oclock_over_the_change() {
        let nine = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap().and_hms_opt(9, 0, 0).unwrap();
        assert_eq!(local(nine(28), Berlin), Utc.with_ymd_and_hms(2026, 3, 28, 8, 0, 0).unwrap());
        assert_eq!(local(nine(29), Berlin), Utc.with_ymd_and_hms(2026, 3, 29, 7, 0, 0).unwrap());
    }

    #[test]
    fn a_skipped_hour_gives_the_first_instant_after_it() {
        let skipped = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap().and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(local(skipped, Berlin), Utc.with_ymd_and_hms(2026, 3, 29, 1, 0, 0).unwrap());
    }
}
