//! What comes again.

use chrono::Weekday;

use super::words::{Words, number, weekday};

/// A rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Repeats {
    every: u32,
    unit: Unit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Unit {
    Days,
    WorkingDays,
    Weeks,
    /// On these days of each week.
    Weekdays(Vec<Weekday>),
    Months,
    LastOfMonth,
    /// On the first, second … or last (-1) such day of a month.
    WeekdayOfMonth(i8, Weekday),
    Years,
}

impl Repeats {
    /// Does it count months?
    pub(super) fn is_monthly(&self) -> bool {
        self.unit == Unit::Months
    }

    /// The same without leaving any out.
    pub(super) fn each(&self) -> Self {
        Self { every: 1, unit: self.unit.clone() }
    }

    /// Its RRULE; `day` is the day of the month, if one was said.
    pub(super) fn rule(&self, day: Option<u32>) -> String {
        let rule = match &self.unit {
            Unit::Days => "FREQ=DAILY".to_owned(),
            Unit::WorkingDays => "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR".to_owned(),
            Unit::Weeks => "FREQ=WEEKLY".to_owned(),
            Unit::Weekdays(days) => {
                let days: Vec<&str> = days.iter().map(|day| code(*day)).collect();
                format!("FREQ=WEEKLY;BYDAY={}", days.join(","))
            }
            Unit::Months => match day {
                // The thirty-first of every month is its last day.
                Some(29..) => "FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
                Some(day) => format!("FREQ=MONTHLY;BYMONTHDAY={day}"),
                None => "FREQ=MONTHLY".to_owned(),
            },
            Unit::LastOfMonth => "FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
            Unit::WeekdayOfMonth(number, day) => format!("FREQ=MONTHLY;BYDAY={number}{}", code(*day)),
            Unit::Years => "FREQ=YEARLY".to_owned(),
        };
        if self.every == 1 { rule } else { format!("{rule};INTERVAL={}", self.every) }
    }
}

fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

/// The rhythm that begins at a word.
pub(super) fn at(words: &Words<'_>, at: usize) -> Option<(usize, Repeats)> {
    let once = |unit| Repeats { every: 1, unit };
    let word = words.plain(at);
    match word {
        "täglich" | "daily" => Some((1, once(Unit::Days))),
        "werktags" | "weekdays" => Some((1, once(Unit::WorkingDays))),
        "wöchentlich" | "weekly" => Some((1, once(Unit::Weeks))),
        "monatlich" | "monthly" => Some((1, once(Unit::Months))),
        "vierteljährlich" | "quarterly" => Some((1, Repeats { every: 3, unit: Unit::Months })),
        "halbjährlich" => Some((1, Repeats { every: 6, unit: Unit::Months })),
        "jährlich" | "yearly" | "annually" => Some((1, once(Unit::Years))),
        "jeden" | "jede" | "jedes" | "jeder" | "every" | "each" | "alle" => every(words, at),
        // "am 1. eines jeden Monats", "on the 1st of every month"
        "eines" | "of" if matches!(words.plain(at + 1), "jeden" | "every" | "each") => {
            every(words, at + 1).map(|(length, repeats)| (1 + length, repeats))
        }
        "am" | "on" | "the" | "first" | "last" => weekday_of_month(words, at),
        _ => match weekday(word)? {
            (_, false) => None,
            (_, true) => {
                let (length, days) = weekdays(words, at)?;
                Some((length, once(Unit::Weekdays(days))))
            }
        },
    }
}

/// "jeden Donnerstag", "every 2 weeks", "alle drei Monate", "jeden zweiten Dienstag", "every 1st".
fn every(words: &Words<'_>, at: usize) -> Option<(usize, Repeats)> {
    if let Some((length, days)) = weekdays(words, at + 1) {
        return Some((1 + length, Repeats { every: 1, unit: Unit::Weekdays(days) }));
    }
    if let Some(unit) = unit(words.plain(at + 1)) {
        return Some(with_days(words, at, 2, Repeats { every: 1, unit }));
    }
    if let Some(found) = weekday_of_month(words, at + 1) {
        return Some((1 + found.0, found.1));
    }
    // "jeden ersten Montag": of the month, what else.
    if let ("ersten" | "first" | "letzten" | "last", Some((weekday, _))) =
        (words.plain(at + 1), weekday(words.plain(at + 2)))
    {
        let number = if matches!(words.plain(at + 1), "ersten" | "first") { 1 } else { -1 };
        return Some((3, Repeats { every: 1, unit: Unit::WeekdayOfMonth(number, weekday) }));
    }
    if let Some(count) = number(words.plain(at + 1)) {
        if let Some((length, days)) = weekdays(words, at + 2) {
            return Some((2 + length, Repeats { every: count, unit: Unit::Weekdays(days) }));
        }
        return unit(words.plain(at + 2)).map(|unit| with_days(words, at, 3, Repeats { every: count, unit }));
    }
    // The day itself is read by whoever reads days of months.
    let is_day_of_month = super::days::day_of_month(words, at + 1).is_some();
    is_day_of_month.then_some((1, Repeats { every: 1, unit: Unit::Months }))
}

/// "alle zwei Wochen: Montag, Mittwoch", "every month on the last day".
fn with_days(words: &Words<'_>, at: usize, length: usize, bare: Repeats) -> (usize, Repeats) {
    let next = at + length;
    let last_day = [&["am", "letzten", "tag"][..], &["on", "the", "last", "day"]];
    match &bare.unit {
        Unit::Weeks => {
            let skipped = usize::from(matches!(words.plain(next), "am" | "on"));
            match weekdays(words, next + skipped) {
                Some((more, days)) => (length + skipped + more, Repeats { unit: Unit::Weekdays(days), ..bare }),
                None => (length, bare),
            }
        }
        Unit::Months => match last_day.iter().find(|said| words.are(next, said)) {
            Some(said) => (length + said.len(), Repeats { unit: Unit::LastOfMonth, ..bare }),
            None => (length, bare),
        },
        Unit::Days
        | Unit::WorkingDays
        | Unit::Weekdays(_)
        | Unit::LastOfMonth
        | Unit::WeekdayOfMonth(..)
        | Unit::Years => (length, bare),
    }
}

fn unit(word: &str) -> Option<Unit> {
    match word {
        "tag" | "tage" | "day" | "days" => Some(Unit::Days),
        "werktag" | "arbeitstag" | "weekday" | "workday" => Some(Unit::WorkingDays),
        "woche" | "wochen" | "week" | "weeks" => Some(Unit::Weeks),
        "monat" | "monats" | "monate" | "month" | "months" => Some(Unit::Months),
        "jahr" | "jahre" | "year" | "years" => Some(Unit::Years),
        _ => None,
    }
}

/// "Montag", "Montag und Donnerstag", "Mo, Mi und Fr".
fn weekdays(words: &Words<'_>, at: usize) -> Option<(usize, Vec<Weekday>)> {
    let mut days = vec![weekday(words.plain(at))?.0];
    let mut length = 1;
    loop {
        let joined = matches!(words.plain(at + length), "und" | "and" | "&");
        let next = at + length + usize::from(joined);
        let listed = joined || words.raw(at + length - 1).ends_with(',');
        match weekday(words.plain(next)) {
            Some((day, _)) if listed => {
                days.push(day);
                length = next + 1 - at;
            }
            _ => return Some((length, days)),
        }
    }
}

/// "am ersten Montag im Monat", "the last Friday of the month", "first Monday of every month".
fn weekday_of_month(words: &Words<'_>, at: usize) -> Option<(usize, Repeats)> {
    let mut next = at;
    while matches!(words.plain(next), "am" | "on" | "the") {
        next += 1;
    }
    let number = match words.plain(next) {
        "ersten" | "erster" | "first" => 1,
        "zweiten" | "second" => 2,
        "dritten" | "third" => 3,
        "vierten" | "fourth" => 4,
        "letzten" | "letzter" | "last" => -1,
        _ => return None,
    };
    let (day, _) = weekday(words.plain(next + 1))?;
    let after = next + 2;
    let ends = [
        &["im", "monat"][..],
        &["jeden", "monats"],
        &["des", "monats"],
        &["eines", "monats"],
        &["of", "the", "month"],
        &["of", "every", "month"],
        &["of", "each", "month"],
        &["every", "month"],
    ];
    let end = ends.iter().find(|end| words.are(after, end))?;
    Some((after + end.len() - at, Repeats { every: 1, unit: Unit::WeekdayOfMonth(number, day) }))
}
