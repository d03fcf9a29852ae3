//! A day, a time or a rhythm in a field of its own, in the words of a task typed in one line.

use chrono::{Days, Months, NaiveDate, NaiveDateTime, NaiveTime};

use super::days;
use super::quick_add;
use super::words::{Words, number, weekday};
use crate::Recurrence;

/// What the words of a field say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// The day.
    pub day: Option<NaiveDate>,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// How it comes again.
    pub recurrence: Option<Recurrence>,
}

/// Reads a field about what is to come, seen from `now` on the wall clock; none where a word of it is not understood.
pub fn coming_when(text: &str, now: NaiveDateTime) -> Option<When> {
    let read = |text: &str| {
        let task = quick_add(text, now);
        let all = task.title.is_empty() && task.amount.is_none() && task.minutes.is_none() && task.tags.is_empty();
        let when = When { day: task.due, time: task.due_time, recurrence: task.recurrence };
        Some(when).filter(|when| all && *when != When::default())
    };
    // The day of an hour is said in another field: "halb acht" is one of the morning, whatever the hour is now.
    let hour = |text: &str| {
        let tomorrow = read(&format!("morgen {text}")).filter(|it| it.time.is_some() && it.recurrence.is_none())?;
        Some(When { day: None, ..tomorrow })
    };
    // In a field "15." and "12.12" are days as they would be behind "am", and "8" is an hour as it would be behind "um".
    match read(text) {
        Some(found) if found.time.is_some() => hour(text).or(Some(found)),
        Some(found) => Some(found),
        None => read(&format!("am {text}")).or_else(|| hour(&format!("um {text}"))),
    }
}

/// Reads the day of something that has happened, at the latest `today`: "gestern", "letzten Freitag", "12.11.", "3 days ago".
/// None where a word of it is not understood.
pub fn past_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let words = Words::new(text);
    let ago = |days| today.checked_sub_days(Days::new(days));
    let skipped = usize::from(matches!(words.plain(0), "am" | "on"));
    let (word, next) = (words.plain(skipped), words.plain(skipped + 1));
    let (length, day) = match word {
        "heute" | "today" => (1, today),
        "gestern" | "yesterday" => (1, ago(1)?),
        "vorgestern" => (1, ago(2)?),
        "day" if words.are(skipped, &["day", "before", "yesterday"]) => (3, ago(2)?),
        "the" if words.are(skipped, &["the", "day", "before", "yesterday"]) => (4, ago(2)?),
        "vor" => (3, back(today, number(next)?, words.plain(skipped + 2))?),
        _ if words.plain(skipped + 2) == "ago" => (3, back(today, number(word)?, next)?),
        // The last one before today.
        "letzten" | "letzter" | "last" => (2, days::from(weekday(next)?.0, ago(7)?)?),
        _ => behind(&words, skipped, today)?,
    };
    (skipped + length == words.len() && day <= today).then_some(day)
}

/// A day without its year, its month or its week is the last such day.
fn behind(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let a_year = today.checked_sub_months(Months::new(12))?.succ_opt()?;
    if let Some(found) = days::written(words, at, a_year) {
        return Some(found);
    }
    // "12.11"
    let (day, month) = words.plain(at).split_once('.').filter(|(_, month)| !month.is_empty()).unwrap_or_default();
    if let Some(found) = days::written(&Words::new(&format!("{day}.{month}.")), 0, a_year) {
        return Some(found);
    }
    if let Some((weekday, false)) = weekday(words.plain(at)) {
        return Some((1, days::from(weekday, today.checked_sub_days(Days::new(6))?)?));
    }
    let day = days::ordinal_day(words.plain(at)).filter(|day| *day <= 31)?;
    let a_month = today.checked_sub_months(Months::new(1))?.succ_opt()?;
    Some((1, days::next_day_of_month(day, a_month)?))
}

fn back(today: NaiveDate, count: u32, unit: &str) -> Option<NaiveDate> {
    match unit {
        "tag" | "tagen" | "day" | "days" => today.checked_sub_days(Days::new(count.into())),
        "woche" | "wochen" | "week" | "weeks" => today.checked_sub_days(Days::new(7 * u64::from(count))),
        "monat" | "monaten" | "month" | "months" => today.checked_sub_months(Months::new(count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Friday, 20 November 2026, noon.
    fn noon() -> NaiveDateTime {
        "2026-11-20T12:00:00".parse().unwrap()
    }

    #[test]
    fn a_field_takes_the_words_of_a_task_and_days_as_they_are_written() {
        for (text, day) in [
            ("morgen", "2026-11-21"),
            ("Fr", "2026-11-27"),
            ("übernächsten Freitag", "2026-12-04"),
            ("in 14 Tagen", "2026-12-04"),
            ("15.", "2026-12-15"),
            ("Ersten", "2026-12-01"),
            ("12.12", "2026-12-12"),
            ("12.12.26", "2026-12-12"),
            ("12. Dez. 2026", "2026-12-12"),
            ("12 Dec 2026", "2026-12-12"),
            ("Sat 12 December", "2026-12-12"),
            ("12/12/2026", "2026-12-12"),
            ("2026-12-12", "2026-12-12"),
            ("the 1st", "2026-12-01"),
            ("end of March", "2027-03-31"),
        ] {
            assert_eq!(coming_when(text, noon()).and_then(|when| when.day), day.parse().ok(), "{text}");
        }
        for (text, time) in [("halb acht", "07:30:00"), ("8", "08:00:00"), ("8:15", "08:15:00"), ("7 pm", "19:00:00")] {
            assert_eq!(coming_when(text, noon()).and_then(|when| when.time), time.parse().ok(), "{text}");
        }
        let weekly = coming_when("jeden Donnerstag", noon()).and_then(|when| when.recurrence).unwrap();
        assert_eq!(weekly.rule.to_string(), "FREQ=WEEKLY;BYDAY=TH");
        // The words in which the window shows a rhythm can be typed again.
        for (text, rule) in [
            ("jeden Montag, Donnerstag", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("werktags", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("alle 2 Wochen: Dienstag", "FREQ=WEEKLY;BYDAY=TU;INTERVAL=2"),
            ("jeden Monat am 22.", "FREQ=MONTHLY;BYMONTHDAY=22"),
            ("every month on the 22nd", "FREQ=MONTHLY;BYMONTHDAY=22"),
            ("every month on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ] {
            let read = coming_when(text, noon()).and_then(|when| when.recurrence).map(|it| it.rule.to_string());
            assert_eq!(read.as_deref(), Some(rule), "{text}");
        }
        let both = coming_when("Freitag 14 Uhr", noon()).unwrap();
        assert_eq!((both.day, both.time), ("2026-11-27".parse().ok(), "14:00:00".parse().ok()));
        for text in ["", "bald", "morgen vielleicht", "31.2.", "12.13.2026", "morgen 5 €"] {
            assert_eq!(coming_when(text, noon()), None, "{text}");
        }
    }

    #[test]
    fn what_has_happened_was_on_the_last_such_day() {
        let today = noon().date();
        for (text, day) in [
            ("heute", "2026-11-20"),
            ("gestern", "2026-11-19"),
            ("vorgestern", "2026-11-18"),
            ("the day before yesterday", "2026-11-18"),
            ("vor 3 Tagen", "2026-11-17"),
            ("two weeks ago", "2026-11-06"),
            ("Montag", "2026-11-16"),
            ("am Freitag", "2026-11-20"),
            ("letzten Freitag", "2026-11-13"),
            ("last Monday", "2026-11-16"),
            ("12.11.", "2026-11-12"),
            ("12.11", "2026-11-12"),
            ("24.12.", "2025-12-24"),
            ("24 Dec", "2025-12-24"),
            ("3.", "2026-11-03"),
            ("28.", "2026-10-28"),
            ("1.10.2026", "2026-10-01"),
        ] {
            assert_eq!(past_day(text, today), day.parse().ok(), "{text}");
        }
        for text in ["", "morgen", "21.11.2026", "neulich", "gestern vielleicht"] {
            assert_eq!(past_day(text, today), None, "{text}");
        }
    }
}
