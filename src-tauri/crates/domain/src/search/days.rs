//! Days and spans of days: `2025`, `2025-03`, `14.03.2025`, `diese-woche`, `-30t`.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::names::{self, MONTHS, named};
use super::{QueryLanguage, Range};
use crate::ShiftDay as _;

/// A day or a span of days in a query. What is relative stays so until the query is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Day {
    /// A day.
    On(NaiveDate),
    /// A month of a year, 1–12.
    Month(i32, u32),
    /// A year.
    Year(i32),
    /// Seen from today.
    Relative(Relative),
    /// So many units from today, backwards if negative.
    From(i32, Unit),
}

/// A span of days seen from today. Weeks begin on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relative {
    /// The present day.
    Today,
    /// The day before.
    Yesterday,
    /// The day after.
    Tomorrow,
    /// The present week.
    ThisWeek,
    /// The week before.
    LastWeek,
    /// The week after.
    NextWeek,
    /// The present month.
    ThisMonth,
    /// The month before.
    LastMonth,
    /// The month after.
    NextMonth,
    /// The present year.
    ThisYear,
    /// The year before.
    LastYear,
    /// The year after.
    NextYear,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl Day {
    /// The first and the last day, seen from `today`; none where the calendar ends.
    pub fn span(&self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        match *self {
            Self::On(day) => Some((day, day)),
            Self::Month(year, month) => month_of(NaiveDate::from_ymd_opt(year, month, 1)?),
            Self::Year(year) => year_of(year),
            Self::Relative(relative) => relative.span(today),
            Self::From(count, unit) => {
                let day = unit.from(today, count)?;
                Some((day, day))
            }
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        if let Some(relative) = named(names::RELATIVES, &text) {
            return Some(Self::Relative(relative));
        }
        if let Ok(day) = text.parse() {
            return Some(Self::On(day));
        }
        if let Some(offset) = offset(&text) {
            return Some(offset);
        }
        let parts: Vec<&str> = text.split(['.', '-', '/']).filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [day, month, year] => {
                Some(Self::On(NaiveDate::from_ymd_opt(full_year(year)?, month_number(month)?, day.parse().ok()?)?))
            }
            [first, second] => {
                let (month, year) =
                    if first.len() == 4 && full_year(first).is_some() { (second, first) } else { (first, second) };
                Some(Self::Month(full_year(year)?, month_number(month)?))
            }
            [year] if year.len() == 4 => Some(Self::Year(full_year(year)?)),
            _ => None,
        }
    }

    pub(super) fn print(&self, language: QueryLanguage) -> String {
        match self {
            Self::On(day) => day.to_string(),
            Self::Month(year, month) => format!("{year}-{month:02}"),
            Self::Year(year) => year.to_string(),
            Self::Relative(relative) => names::name(names::RELATIVES, relative, language).to_owned(),
            Self::From(count, unit) => format!("{count:+}{}", names::name(names::UNITS, unit, language)),
        }
    }
}

impl Range<Day> {
    /// The first and the last day of the range, seen from `today`; an open end is none.
    pub fn days(&self, today: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let first = |day: &Day| day.span(today).map(|span| span.0);
        let last = |day: &Day| day.span(today).map(|span| span.1);
        match self {
            Self::Exactly(day) => (first(day), last(day)),
            Self::Between(from, to) => (from.as_ref().and_then(first), to.as_ref().and_then(last)),
            Self::Below(day) => (None, first(day).and_then(|day| day.pred_opt())),
            Self::Above(day) => (last(day).and_then(|day| day.succ_opt()), None),
        }
    }

    /// Does a day belong to the range, seen from `today`?
    pub fn contains(&self, day: NaiveDate, today: NaiveDate) -> bool {
        let (from, to) = self.days(today);
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    }
}

impl Relative {
    fn span(self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let day = |day: Option<NaiveDate>| day.map(|day| (day, day));
        let week = |shift: i64| {
            let monday = today.minus_days(today.weekday().num_days_from_monday().into());
            let monday = monday.checked_add_signed(chrono::Duration::weeks(shift))?;
            Some((monday, monday.checked_add_days(Days::new(6))?))
        };
        let first = today.with_day(1)?;
        match self {
            Self::Today => day(Some(today)),
            Self::Yesterday => day(today.pred_opt()),
            Self::Tomorrow => day(today.succ_opt()),
            Self::LastWeek => week(-1),
            Self::ThisWeek => week(0),
            Self::NextWeek => week(1),
            Self::LastMonth => month_of(first.pred_opt()?.with_day(1)?),
            Self::ThisMonth => month_of(first),
            Self::NextMonth => month_of(first.checked_add_months(Months::new(1))?),
            Self::LastYear => year_of(today.year() - 1),
            Self::ThisYear => year_of(today.year()),
            Self::NextYear => year_of(today.year() + 1),
        }
    }
}

impl Unit {
    fn from(self, today: NaiveDate, count: i32) -> Option<NaiveDate> {
        let months = |months: u32| {
            if count < 0 {
                today.checked_sub_months(Months::new(months))
            } else {
                today.checked_add_months(Months::new(months))
            }
        };
        let size = count.unsigned_abs();
        match self {
            Self::Day => today.checked_add_signed(chrono::Duration::days(count.into())),
            Self::Week => today.checked_add_signed(chrono::Duration::weeks(count.into())),
            Self::Month => months(size),
            Self::Year => months(size.checked_mul(12)?),
        }
    }
}

/// "+3m", "-30t", "+2-wochen".
fn offset(text: &str) -> Option<Day> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let text = text.get(1..)?;
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(digits);
    Some(Day::From(sign * count.parse::<i32>().ok()?, named(names::UNITS, unit.trim_start_matches('-'))?))
}

/// The days of "letzte-30-tage" or "next-2-weeks", from or to today.
pub(super) fn around_today(text: &str) -> Option<Range<Day>> {
    let text = text.to_lowercase();
    let (direction, rest) = text.split_once('-')?;
    let (count, unit) = rest.split_once('-')?;
    let (count, unit): (i32, _) = (count.parse().ok()?, named(names::UNITS, unit)?);
    let today = Some(Day::Relative(Relative::Today));
    match direction {
        "letzte" | "letzten" | "last" | "vergangene" | "past" => {
            Some(Range::Between(Some(Day::From(-count, unit)), today))
        }
        "nächste" | "nächsten" | "naechste" | "next" | "kommende" | "coming" => {
            Some(Range::Between(today, Some(Day::From(count, unit))))
        }
        _ => None,
    }
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 if (1900..2200).contains(&year) => Some(year),
        _ => None,
    }
}

fn month_number(text: &str) -> Option<u32> {
    let number = text.parse().ok().or_else(|| named(MONTHS, text));
    number.filter(|month| (1..=12).contains(month))
}

fn month_of(first: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
}

fn year_of(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
}
