//! Days and times of day.

use chrono::{Datelike as _, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::words::{Words, month, number, weekday};

/// A day: "morgen", "in 3 Tagen", "Freitag", "12.12.", "December 12", "2026-12-12", "next week", "Monatsende".
pub(super) fn day(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let ahead = |days| today.checked_add_days(Days::new(days));
    let (word, next) = (words.plain(at), words.plain(at + 1));
    let found = match word {
        "heute" | "today" | "tonight" => (1, ahead(0)?),
        "morgen" | "tomorrow" => (1, ahead(1)?),
        "übermorgen" => (1, ahead(2)?),
        "monatsende" => (1, end_of_month(today)?),
        "day" if words.are(at, &["day", "after", "tomorrow"]) => (3, ahead(2)?),
        "ende" if words.are(at, &["ende", "des", "monats"]) => (3, end_of_month(today)?),
        "end" if words.are(at, &["end", "of", "the", "month"]) => (4, end_of_month(today)?),
        "end" if words.are(at, &["end", "of", "month"]) => (3, end_of_month(today)?),
        "in" => {
            let (count, unit) = (number(next)?, words.plain(at + 2));
            (3, in_units(today, count, unit)?)
        }
        "nächste" | "nächsten" | "nächster" | "nächstes" | "kommenden" | "kommende" | "next" | "diesen" | "this" => {
            (2, next_one(today, next)?)
        }
        _ => return written(words, at, today).or_else(|| Some((1, next_weekday(weekday(word)?.0, today)?))),
    };
    Some(found)
}

fn in_units(today: NaiveDate, count: u32, unit: &str) -> Option<NaiveDate> {
    match unit {
        "tag" | "tage" | "tagen" | "day" | "days" => today.checked_add_days(Days::new(count.into())),
        "woche" | "wochen" | "week" | "weeks" => today.checked_add_days(Days::new(7 * u64::from(count))),
        "monat" | "monate" | "monaten" | "month" | "months" => today.checked_add_months(Months::new(count)),
        "jahr" | "jahre" | "jahren" | "year" | "years" => today.checked_add_months(Months::new(count.checked_mul(12)?)),
        _ => None,
    }
}

fn next_one(today: NaiveDate, what: &str) -> Option<NaiveDate> {
    match what {
        "woche" | "week" => next_weekday(Weekday::Mon, today),
        "monat" | "month" => today.with_day(1)?.checked_add_months(Months::new(1)),
        "jahr" | "year" => NaiveDate::from_ymd_opt(today.year() + 1, 1, 1),
        day => next_weekday(weekday(day)?.0, today),
    }
}

/// The next such day after today.
pub(super) fn next_weekday(day: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    today.iter_days().skip(1).take(7).find(|date| date.weekday() == day)
}

fn end_of_month(today: NaiveDate) -> Option<NaiveDate> {
    today.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// "12.12.", "12.12.2026", "12. Dezember 2026", "12th December", "December 12", "2026-12-12".
fn written(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let word = words.plain(at);
    if let Ok(day) = word.parse::<NaiveDate>() {
        return Some((1, day));
    }
    let parts: Vec<&str> = word.split('.').collect();
    if let [day, month, year] = parts.as_slice() {
        let (day, month) = (day.parse().ok()?, month.parse().ok()?);
        let year = if year.is_empty() { None } else { Some(full_year(year.parse().ok()?)) };
        return Some((1, on(day, month, year, today)?));
    }
    let day_at = |at| ordinal(words.plain(at)).or_else(|| words.plain(at).parse().ok());
    let of = usize::from(words.plain(at + 1) == "of");
    let day_first = day_at(at).zip(month(words.plain(at + 1 + of))).map(|(day, month)| (day, month, 2 + of));
    let month_first = || month(word).zip(day_at(at + 1)).map(|(month, day)| (day, month, 2));
    let (day, month, length) = day_first.or_else(month_first)?;
    let year = words.plain(at + length).parse().ok().filter(|year| (2000..2100).contains(year));
    Some((length + usize::from(year.is_some()), on(day, month, year, today)?))
}

fn full_year(year: i32) -> i32 {
    if year < 100 { 2000 + year } else { year }
}

/// Without a year, the next such day.
fn on(day: u32, month: u32, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
    match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => {
            let this = NaiveDate::from_ymd_opt(today.year(), month, day)?;
            if this >= today { Some(this) } else { NaiveDate::from_ymd_opt(today.year() + 1, month, day) }
        }
    }
}

/// "1.", "1st", "22nd".
fn ordinal(word: &str) -> Option<u32> {
    let endings = [".", "st", "nd", "rd", "th", "ten", "sten"];
    let digits = endings.iter().find_map(|ending| word.strip_suffix(ending))?;
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// A day of a month: "am 1.", "on the 1st". Only behind such a word: "1." alone may begin a list.
pub(super) fn day_of_month(words: &Words<'_>, at: usize) -> Option<(usize, u32)> {
    let before = at.checked_sub(1).map(|before| words.plain(before))?;
    let belongs = matches!(before, "am" | "zum" | "bis" | "den" | "the" | "jeden" | "every" | "on" | "by" | "jeweils");
    belongs.then(|| ordinal(words.plain(at))).flatten().map(|day| (1, day))
}

/// The next such day of a month from today on; the last of a shorter month.
pub(super) fn next_day_of_month(day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let in_month = |first: NaiveDate| first.with_day(day).or_else(|| end_of_month(first));
    let this = in_month(today.with_day(1)?)?;
    if this >= today { Some(this) } else { in_month(today.with_day(1)?.checked_add_months(Months::new(1))?) }
}

/// A time of day: "19 Uhr", "19:30", "um 19.30 Uhr", "7pm", "7:30 am", "mittags", "tonight" has none.
pub(super) fn time(words: &Words<'_>, at: usize) -> Option<(usize, NaiveTime)> {
    let (word, next) = (words.plain(at), words.plain(at + 1));
    let clock = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
    match word {
        "mittags" | "noon" => return Some((1, clock(12, 0)?)),
        "früh" | "morgens" => return Some((1, clock(8, 0)?)),
        "abends" | "abend" => return Some((1, clock(19, 0)?)),
        _ => {}
    }
    let half = |word: &'_ str| {
        word.strip_suffix("am").map(|w| (w.to_owned(), 0)).or(word.strip_suffix("pm").map(|w| (w.to_owned(), 12)))
    };
    if let Some((digits, add)) = half(word).filter(|(digits, _)| !digits.is_empty()) {
        let (hour, minute) = hour_and_minute(&digits)?;
        return Some((1, clock(twelve(hour, add)?, minute)?));
    }
    let (hour, minute) = hour_and_minute(word)?;
    match next {
        "uhr" => {
            // "19 Uhr 30"
            let more =
                words.plain(at + 2).parse().ok().filter(|minute| *minute < 60 && minute % 5 == 0 && word.len() <= 2);
            Some((2 + usize::from(more.is_some()), clock(hour, more.unwrap_or(minute))?))
        }
        "am" | "pm" => Some((2, clock(twelve(hour, if next == "pm" { 12 } else { 0 })?, minute)?)),
        "o'clock" => Some((2, clock(hour, minute)?)),
        _ if word.contains(':') => Some((1, clock(hour, minute)?)),
        _ if matches!(at.checked_sub(1).map(|before| words.plain(before)), Some("um" | "at")) => {
            Some((1, clock(hour, minute)?))
        }
        _ => None,
    }
}

fn twelve(hour: u32, add: u32) -> Option<u32> {
    (1..=12).contains(&hour).then_some(hour % 12 + add)
}

fn hour_and_minute(text: &str) -> Option<(u32, u32)> {
    match text.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => Some((hour.parse().ok()?, minute.parse().ok()?)),
        Some(_) => None,
        None => Some((text.parse().ok()?, 0)),
    }
}

/// "in 30 Minuten", "in 2 hours".
pub(super) fn relative_time(words: &Words<'_>, at: usize, now: NaiveDateTime) -> Option<(usize, NaiveDateTime)> {
    if words.plain(at) != "in" {
        return None;
    }
    let minutes = minutes(number(words.plain(at + 1))?, words.plain(at + 2))?;
    Some((3, now.checked_add_signed(Duration::minutes(minutes.into()))?))
}

/// How long it takes: "30 min", "(2 Stunden)".
pub(super) fn duration(words: &Words<'_>, at: usize) -> Option<(usize, u32)> {
    let count = words.plain(at).parse().ok()?;
    Some((2, minutes(count, words.plain(at + 1))?))
}

fn minutes(count: u32, unit: &str) -> Option<u32> {
    match unit {
        "min" | "min." | "minute" | "minuten" | "minutes" => Some(count),
        "h" | "std" | "std." | "stunde" | "stunden" | "hour" | "hours" => count.checked_mul(60),
        _ => None,
    }
}
