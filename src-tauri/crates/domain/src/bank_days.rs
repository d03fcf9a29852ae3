//! Days on which banks and people work.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use crate::Land;

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
    let moving = easter(day.year()).is_some_and(|sunday| day == sunday - Days::new(2) || day == sunday + Days::new(1));
    !is_weekend(day) && !fixed && !moving
}

/// The last bank day not after `day`: pay then, and the money moves in time.
pub fn bank_day_on_or_before(mut day: NaiveDate) -> NaiveDate {
    while !is_bank_day(day) {
        day = day - Days::new(1);
    }
    day
}

/// The last bank day before `day`.
pub fn bank_day_before(day: NaiveDate) -> NaiveDate {
    bank_day_on_or_before(day - Days::new(1))
}

/// Moves an end of period off Saturdays, Sundays and the Land's public holidays (BGB § 193).
pub fn working_day_on_or_after(mut day: NaiveDate, land: Land) -> NaiveDate {
    while is_weekend(day) || land.is_holiday(day) {
        day = day + Days::new(1);
    }
    day
}

/// The last day not after `day` that is neither a weekend nor a public holiday of the Land.
pub(crate) fn working_day_on_or_before(mut day: NaiveDate, land: Land) -> NaiveDate {
    while is_weekend(day) || land.is_holiday(day) {
        day = day - Days::new(1);
    }
    day
}

/// A period of months ends on the same day number, or on the month's last day (BGB § 188 (2), (3)).
pub(crate) fn add_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
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
        assert_eq!(working_day_on_or_after(epiphany, Land::Bayern), day("2025-01-07"));
        assert_eq!(working_day_on_or_after(epiphany, Land::NordrheinWestfalen), epiphany);
        assert_eq!(add_months(day("2025-01-31"), 1), day("2025-02-28"));
    }
}
