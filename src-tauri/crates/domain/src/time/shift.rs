//! Days and instants moved without a panic.
//!
//! chrono's own `+` and `-` panic where the result lies outside its years, and how far to go comes from letters and from
//! what people type. Clippy forbids them (`arithmetic_side_effects`); these end at the first and last day instead.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// The first day that is counted with.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
/// The last day that is counted with: the last one of four digits (ISO 8601), so that days still sort as texts.
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();

/// A day some days or months away. Never before [`FIRST_DAY`], never after [`LAST_DAY`].
pub trait ShiftDay {
    /// So many days later.
    #[must_use]
    fn plus_days(self, days: u64) -> Self;
    /// So many days earlier.
    #[must_use]
    fn minus_days(self, days: u64) -> Self;
    /// The same day of a later month, or that month's last day (BGB § 188 (2), (3)).
    #[must_use]
    fn plus_months(self, months: u32) -> Self;
    /// The same day of an earlier month, or that month's last day.
    #[must_use]
    fn minus_months(self, months: u32) -> Self;
}

impl ShiftDay for NaiveDate {
    fn plus_days(self, days: u64) -> Self {
        self.checked_add_days(Days::new(days)).unwrap_or(LAST_DAY).clamp(FIRST_DAY, LAST_DAY)
    }

    fn minus_days(self, days: u64) -> Self {
        self.checked_sub_days(Days::new(days)).unwrap_or(FIRST_DAY).clamp(FIRST_DAY, LAST_DAY)
    }

    fn plus_months(self, months: u32) -> Self {
        self.checked_add_months(Months::new(months)).unwrap_or(LAST_DAY).clamp(FIRST_DAY, LAST_DAY)
    }

    fn minus_months(self, months: u32) -> Self {
        self.checked_sub_months(Months::new(months)).unwrap_or(FIRST_DAY).clamp(FIRST_DAY, LAST_DAY)
    }
}

/// An instant, or a time on the wall, some time away. Never outside the years of [`FIRST_DAY`] and [`LAST_DAY`].
pub trait ShiftTime {
    /// So much later; earlier where `by` is negative.
    #[must_use]
    fn plus(self, by: TimeDelta) -> Self;
    /// So much earlier; later where `by` is negative.
    #[must_use]
    fn minus(self, by: TimeDelta) -> Self;
}

/// Midnight of the second day and of the last: in every zone they lie on days that are counted with.
const FIRST_TIME: NaiveDateTime = NaiveDate::from_ymd_opt(1, 1, 2).unwrap().and_time(NaiveTime::MIN);
const LAST_TIME: NaiveDateTime = LAST_DAY.and_time(NaiveTime::MIN);

impl ShiftTime for NaiveDateTime {
    fn plus(self, by: TimeDelta) -> Self {
        let limit = if by < TimeDelta::zero() { FIRST_TIME } else { LAST_TIME };
        self.checked_add_signed(by).unwrap_or(limit).clamp(FIRST_TIME, LAST_TIME)
    }

    fn minus(self, by: TimeDelta) -> Self {
        let limit = if by < TimeDelta::zero() { LAST_TIME } else { FIRST_TIME };
        self.checked_sub_signed(by).unwrap_or(limit).clamp(FIRST_TIME, LAST_TIME)
    }
}

impl ShiftTime for DateTime<Utc> {
    fn plus(self, by: TimeDelta) -> Self {
        self.naive_utc().plus(by).and_utc()
    }

    fn minus(self, by: TimeDelta) -> Self {
        self.naive_utc().minus(by).and_utc()
    }
}

/// The first day from `day` on that is `wanted`; [`LAST_DAY`] if there is none.
pub(crate) fn day_on_or_after(mut day: NaiveDate, wanted: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    while day < LAST_DAY && !wanted(day) {
        day = day.plus_days(1);
    }
    day
}

/// The last day up to `day` that is `wanted`; [`FIRST_DAY`] if there is none.
pub(crate) fn day_on_or_before(mut day: NaiveDate, wanted: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    while day > FIRST_DAY && !wanted(day) {
        day = day.minus_days(1);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_moves_as_the_calendar_says() {
        assert_eq!(day("2026-02-28").plus_days(1), day("2026-03-01"));
        assert_eq!(day("2026-03-01").minus_days(1), day("2026-02-28"));
        assert_eq!(day("2025-01-31").plus_months(1), day("2025-02-28"));
        assert_eq!(day("2024-03-31").minus_months(1), day("2024-02-29"));
        let noon: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().unwrap();
        assert_eq!(noon.plus(TimeDelta::hours(13)).minus(TimeDelta::hours(13)), noon);
    }

    proptest! {
        #[test]
        fn no_count_however_large_leaves_the_calendar(days: u64, months: u32, ms: i64, from in -700_000_i64..3_000_000) {
            let start = NaiveDate::default().checked_add_signed(TimeDelta::days(from)).unwrap();
            let instant = start.and_time(NaiveTime::MIN).and_utc();
            let days = [start.plus_days(days), start.minus_days(days), start.plus_months(months), start.minus_months(months)];
            prop_assert!(days.iter().all(|day| (FIRST_DAY..=LAST_DAY).contains(day)));
            for at in [instant.plus(TimeDelta::milliseconds(ms)), instant.minus(TimeDelta::milliseconds(ms))] {
                let there = crate::today(at, chrono_tz::Pacific::Kiritimati);
                prop_assert!((FIRST_DAY..=LAST_DAY).contains(&there));
            }
        }
    }

    #[test]
    fn a_search_without_end_stops_at_the_end_of_the_calendar() {
        assert_eq!(day_on_or_after(day("9999-12-01"), |_| false), LAST_DAY);
        assert_eq!(day_on_or_before(day("0001-01-31"), |_| false), FIRST_DAY);
        assert_eq!(day_on_or_after(day("+12000-01-01"), |_| false), day("+12000-01-01"));
    }
}
