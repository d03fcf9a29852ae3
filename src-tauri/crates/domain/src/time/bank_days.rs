//! Days on which banks and people work.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::shift::{ShiftDay as _, day_on_or_after, day_on_or_before};
use crate::Region;

/// Easter Sunday of a year; none outside the Gregorian calendar.
fn easter(year: i32) -> Option<NaiveDate> {
    computus::gregorian_naive(year).ok()
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Is money moved on `day`? TARGET calendar of the European Central Bank: closed on weekends, 1 January, Good Friday,
/// Easter Monday, 1 May, 25 and 26 December.
pub fn is_bank_day(day: NaiveDate) -> bool {
    let fixed = matches!((day.month(), day.day()), (1, 1) | (5, 1) | (12, 25 | 26));
    let moving = easter(day.year()).is_some_and(|sunday| day == sunday.minus_days(2) || day == sunday.plus_days(1));
    !is_weekend(day) && !fixed && !moving
}

/// The last bank day not after `day`: pay then, and the money moves in time.
pub fn bank_day_on_or_before(day: NaiveDate) -> NaiveDate {
    day_on_or_before(day, is_bank_day)
}

/// The last bank day before `day`.
pub fn bank_day_before(day: NaiveDate) -> NaiveDate {
    bank_day_on_or_before(day.minus_days(1))
}

/// Moves an end of period off Saturdays, Sundays and the Region's public holidays (BGB § 193).
pub fn working_day_on_or_after(day: NaiveDate, land: Region) -> NaiveDate {
    day_on_or_after(day, |day| !is_weekend(day) && !land.is_holiday(day))
}

/// The last day not after `day` that is neither a weekend nor a public holiday of the Region.
pub(crate) fn working_day_on_or_before(day: NaiveDate, land: Region) -> NaiveDate {
    day_on_or_before(day, |day| !is_weekend(day) && !land.is_holiday(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_is_found() {
        for (year, expected) in [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")]
        {
            assert_eq!(easter(year), Some(day(expected)));
        }
    }

    #[test]
    fn banks_close_on_target_holidays_only() {
        assert!(!is_bank_day(day("2026-04-03"))); // Good Friday
        assert!(!is_bank_day(day("2026-04-06"))); // Easter Monday
        assert!(is_bank_day(day("2026-10-29")));
        assert!(is_bank_day(day("2025-10-31"))); // Reformation Day: a holiday in some Länder, a bank day everywhere
        assert_eq!(bank_day_on_or_before(day("2024-12-26")), day("2024-12-24"));
        assert_eq!(bank_day_before(day("2026-01-02")), day("2025-12-31"));
    }

    #[test]
    fn the_end_of_a_period_moves_by_the_holidays_of_the_land() {
        let epiphany = day("2025-01-06");
        assert_eq!(working_day_on_or_after(epiphany, Region::Bayern), day("2025-01-07"));
        assert_eq!(working_day_on_or_after(epiphany, Region::NordrheinWestfalen), epiphany);
    }
}
