//! Lengths of time in words: "14 Tage", "one month".

use chrono::{Datelike as _, Days, Months, NaiveDate};

/// A length of time from the day of the bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// So many days.
    Days(u32),
    /// So many months.
    Months(u32),
    /// To the end of the bill's month.
    MonthEnd,
    /// To this day of the month after the bill's; a day that the month does not have is its last.
    NextMonth(u32),
    /// At once.
    AtOnce,
}

impl Term {
    /// The day on which the term begins when it ends at `to`; only of days and months.
    pub(crate) fn begin(self, to: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => to.checked_sub_days(Days::new(days.into())),
            Self::Months(months) => to.checked_sub_months(Months::new(months)),
            Self::MonthEnd | Self::NextMonth(_) | Self::AtOnce => None,
        }
    }

    /// The day on which the term ends when it starts at `from`.
    pub(crate) fn end(self, from: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => from.checked_add_days(Days::new(days.into())),
            Self::Months(months) => from.checked_add_months(Months::new(months)),
            Self::MonthEnd => from.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt(),
            Self::NextMonth(day) => {
                let first = from.with_day(1)?.checked_add_months(Months::new(1))?;
                let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
                first.with_day(day).or(Some(last))
            }
            Self::AtOnce => Some(from),
        }
    }
}

/// How many: the group `count` of a pattern.
pub(super) const COUNT: &str = r"(?P<count>\d{1,3}|eine[mnrs]?|one|a|zwei|two|drei|three|vier|four|fünf|five|sechs|six|sieben|seven|acht|eight|neun|nine|zehn|ten|zwölf|twelve|vierzehn|fourteen|zwanzig|twenty|einundzwanzig|dreißig|thirty)";
/// Of what: the group `unit` of a pattern.
pub(super) const UNIT: &str = r"(?P<unit>(?:kalender|werk|arbeits|bank|bankarbeits)?tage?n?\b|(?:calendar|business|working)?\s?days?\b|jours?\b|dagen\b|woche?n?\b|weeks?\b|monat(?:e[ns]?|s)?\b|months?\b)";

/// A number in words or digits, as [`COUNT`] finds it.
fn count(text: &str) -> Option<u32> {
    let word = text.to_lowercase();
    match word.as_str() {
        "one" | "a" => Some(1),
        "zwei" | "two" => Some(2),
        "drei" | "three" => Some(3),
        "vier" | "four" => Some(4),
        "fünf" | "five" => Some(5),
        "sechs" | "six" => Some(6),
        "sieben" | "seven" => Some(7),
        "acht" | "eight" => Some(8),
        "neun" | "nine" => Some(9),
        "zehn" | "ten" => Some(10),
        "zwölf" | "twelve" => Some(12),
        "vierzehn" | "fourteen" => Some(14),
        "zwanzig" | "twenty" => Some(20),
        "einundzwanzig" => Some(21),
        "dreißig" | "thirty" => Some(30),
        one if one.starts_with("eine") && one.len() <= 5 => Some(1),
        digits => digits.parse().ok(),
    }
}

/// The length that [`COUNT`] and [`UNIT`] have found.
pub(super) fn term(number: &str, unit: &str) -> Option<Term> {
    let number = count(number)?;
    let unit = unit.trim().to_lowercase();
    Some(match () {
        () if unit.starts_with("monat") || unit.starts_with("month") => Term::Months(number),
        () if unit.starts_with("woche") || unit.starts_with("week") => Term::Days(7 * number),
        () => Term::Days(number),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_end_on_calendar_days() {
        let from = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
        let end = |term: Term| term.end(from).unwrap().to_string();
        assert_eq!(end(Term::Days(14)), "2026-02-14");
        assert_eq!(end(Term::Months(1)), "2026-02-28");
        assert_eq!(end(Term::MonthEnd), "2026-01-31");
        assert_eq!(end(Term::NextMonth(15)), "2026-02-15");
        assert_eq!(end(Term::NextMonth(31)), "2026-02-28");
        assert_eq!(end(Term::AtOnce), "2026-01-31");
    }
}
