//! Days.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use super::times::{self, Part};
use super::words::{Words, month, number, ordinal, weekday};

/// A day: "morgen", "in 14 Tagen", "übernächsten Freitag", "12.12.", "December 12", "2026-12-12", "Ende März".
pub(super) fn day(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    if let Some(found) = weeks_from(words, at, today) {
        return Some(found);
    }
    let (length, day) = plain(words, at, today)?;
    // "Freitag in zwei Wochen"
    let (more, weeks) = weeks_behind(words, at + length).unwrap_or_default();
    Some((length + more, day.checked_add_days(Days::new(7 * u64::from(weeks)))?))
}

/// "in 2 Wochen" behind a day, and "Friday week" at the end of the line.
fn weeks_behind(words: &Words<'_>, at: usize) -> Option<(usize, u32)> {
    if words.plain(at) == "week" && words.plain(at + 1).is_empty() && weekday(words.before(at)).is_some() {
        return Some((1, 1));
    }
    let (count, unit) = (number(words.plain(at + 1))?, words.plain(at + 2));
    let weeks = match unit {
        "woche" | "wochen" | "week" | "weeks" => count,
        "tagen" | "days" if count.is_multiple_of(7) => count / 7,
        _ => return None,
    };
    (words.plain(at) == "in").then_some((3, weeks))
}

/// "a week on Friday", "two weeks from tomorrow".
fn weeks_from(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let weeks = number(words.plain(at)).filter(|_| matches!(words.plain(at + 1), "week" | "weeks"))?;
    if !matches!(words.plain(at + 2), "on" | "from") {
        return None;
    }
    let (length, day) = plain(words, at + 3, today)?;
    Some((3 + length, day.checked_add_days(Days::new(7 * u64::from(weeks)))?))
}

fn plain(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let ahead = |days| today.checked_add_days(Days::new(days));
    let found = match words.plain(at) {
        "heute" | "today" => (1, ahead(0)?),
        // "Guten Morgen", "am Morgen"
        "morgen" if matches!(words.before(at), "guten" | "am" | "jeden" | "diesen" | "den") => return None,
        "morgen" | "tomorrow" => (1, ahead(1)?),
        "übermorgen" => (1, ahead(2)?),
        "day" if words.are(at, &["day", "after", "tomorrow"]) => (3, ahead(2)?),
        "monatsende" | "monatsletzten" => (1, end_of_month(today)?),
        "monatsersten" | "monatsanfang" => (1, next_day_of_month(1, today)?),
        "jahresende" => (1, end_of_year(today)?),
        // Alone it may be what the task is about.
        "wochenende" | "weekend" if is_asked_for(words.before(at)) => (1, from(Weekday::Sat, today)?),
        "in" | "binnen" | "innerhalb" | "within" => {
            let count = at + if words.are(at, &["innerhalb", "von"]) { 2 } else { 1 };
            let (number, unit) = (number(words.plain(count))?, words.plain(count + 1));
            let day = in_units(today, number, unit)?;
            let is_weeks = matches!(unit, "woche" | "wochen" | "week" | "weeks");
            let length = count + 2 - at;
            // "in 2 Wochen am Freitag"
            match weekday_behind(words, at + length).filter(|_| is_weeks) {
                Some((more, weekday)) => (length + more, in_week(day, weekday)?),
                None => (length, day),
            }
        }
        _ => {
            return part_of_span(words, at, today)
                .or_else(|| week(words, at, today))
                .or_else(|| next_one(words, at, today))
                .or_else(|| weekday_of_month(words, at, today))
                .or_else(|| written(words, at, today))
                .or_else(|| of_month(words, at, today))
                .or_else(|| weekday_there(words, at, today));
        }
    };
    Some(found)
}

/// Words before a day that is asked for.
fn is_asked_for(before: &str) -> bool {
    matches!(before, "am" | "bis" | "zum" | "the" | "this" | "dieses" | "nächstes" | "kommendes" | "next")
}

fn in_units(today: NaiveDate, count: u32, unit: &str) -> Option<NaiveDate> {
    match unit {
        "tag" | "tage" | "tagen" | "day" | "days" => today.checked_add_days(Days::new(count.into())),
        "woche" | "wochen" | "week" | "weeks" => today.checked_add_days(Days::new(7 * u64::from(count))),
        "fortnight" | "fortnights" => today.checked_add_days(Days::new(14 * u64::from(count))),
        "monat" | "monate" | "monaten" | "month" | "months" => today.checked_add_months(Months::new(count)),
        "jahr" | "jahre" | "jahren" | "year" | "years" => today.checked_add_months(Months::new(count.checked_mul(12)?)),
        _ => None,
    }
}

/// How many spans ahead: "diese" 0, "nächste" 1, "übernächste" 2.
fn ahead(word: &str) -> Option<u32> {
    Some(match word {
        "diese" | "dieser" | "diesen" | "dieses" | "this" => 0,
        "nächste" | "nächsten" | "nächster" | "nächstes" | "kommenden" | "kommende" | "kommender" | "kommendes"
        | "next" => 1,
        "übernächste" | "übernächsten" | "übernächster" | "übernächstes" => 2,
        _ => return None,
    })
}

/// "nächste Woche", "übernächste Woche Mittwoch", "the week after next on Friday": its Monday where no day is said.
fn week(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let (length, weeks) = week_name(words, at)?;
    let first = today.checked_add_days(Days::new(7 * u64::from(weeks)))?;
    if let Some((more, weekday)) = weekday_behind(words, at + length) {
        let day = in_week(first, weekday)?;
        return Some((length + more, day)).filter(|_| day >= today);
    }
    let day = match weeks {
        // What is to be done this week ends with it.
        0 => in_week(today, Weekday::Fri).filter(|day| *day >= today).or_else(|| in_week(today, Weekday::Sun))?,
        _ => in_week(first, Weekday::Mon)?,
    };
    Some((length, day))
}

fn week_name(words: &Words<'_>, at: usize) -> Option<(usize, u32)> {
    if words.are(at, &["week", "after", "next"]) {
        return Some((3, 2));
    }
    let weeks = ahead(words.plain(at))?;
    matches!(words.plain(at + 1), "woche" | "week").then_some((2, weeks))
}

/// "Freitag", "am Freitag" behind a week.
fn weekday_behind(words: &Words<'_>, at: usize) -> Option<(usize, Weekday)> {
    let skipped = usize::from(matches!(words.plain(at), "am" | "on"));
    let (day, every) = weekday(words.plain(at + skipped))?;
    (!every).then_some((skipped + 1, day))
}

/// "nächsten Freitag", "übernächsten Freitag", "Friday after next", "nächsten Monat", "am nächsten Ersten".
fn next_one(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    if words.are(at + 1, &["after", "next"]) {
        let day = next_weekday(weekday(words.plain(at))?.0, today)?;
        return Some((3, day.checked_add_days(Days::new(7))?));
    }
    let count = ahead(words.plain(at))?;
    let next = words.plain(at + 1);
    let day = match next {
        // "diesen Monat" says no day.
        "monat" | "month" => today.with_day(1)?.checked_add_months(Months::new(Some(count).filter(|it| *it > 0)?))?,
        "jahr" | "year" => {
            NaiveDate::from_ymd_opt(today.year() + i32::try_from(Some(count).filter(|it| *it > 0)?).ok()?, 1, 1)?
        }
        "ersten" if count == 1 => next_day_of_month(1, today.succ_opt()?)?,
        "wochenende" | "weekend" => from(Weekday::Sat, today)?,
        day => {
            let first = next_weekday(weekday(day)?.0, today)?;
            first.checked_add_days(Days::new(7 * u64::from(count.saturating_sub(1))))?
        }
    };
    Some((2, day))
}

/// "Ende März", "Anfang nächsten Monats", "Mitte Mai 2027", "end of the year", "mid-March", "Ende der Woche".
fn part_of_span(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    #[derive(Clone, Copy)]
    enum Part {
        First,
        Middle,
        Last,
    }
    let (part, has_of) = match words.plain(at) {
        "anfang" => (Part::First, true),
        "mitte" | "mid" => (Part::Middle, true),
        "ende" | "end" => (Part::Last, true),
        "beginning" | "start" => (Part::First, false),
        "middle" => (Part::Middle, false),
        "last" | "letzter" | "letzten" if matches!(words.plain(at + 1), "day" | "tag") => (Part::Last, false),
        word => {
            let month = month(word.strip_prefix("mid-")?)?;
            return Some((1, on(15, month, None, today)?));
        }
    };
    let day_word = usize::from(matches!(words.plain(at + 1), "day" | "tag"));
    let mut next = at + 1 + day_word;
    while matches!(words.plain(next), "of" | "des" | "der" | "the" | "im") {
        next += 1;
    }
    if !has_of && next == at + 1 + day_word {
        return None;
    }
    let in_month = |first: NaiveDate| match part {
        Part::First => Some(first),
        Part::Middle => first.with_day(15),
        Part::Last => end_of_month(first),
    };
    let (count, name) = match ahead(words.plain(next)) {
        Some(count) => (count, next + 1),
        None => (0, next),
    };
    let is_named = name > next;
    let length = name + 1 - at;
    if let Some(number) = month(words.plain(name)).filter(|_| !is_named) {
        let year = year(words.plain(name + 1));
        let of = |year| in_month(NaiveDate::from_ymd_opt(year, number, 1)?);
        let this = of(year.unwrap_or(today.year()))?;
        let day = if year.is_none() && this < today { of(today.year() + 1)? } else { this };
        return Some((length + usize::from(year.is_some()), day));
    }
    let day = match words.plain(name) {
        "monats" | "monat" | "month" => {
            let of = |months| in_month(today.with_day(1)?.checked_add_months(Months::new(months))?);
            let this = of(count)?;
            if this < today { of(count + 1)? } else { this }
        }
        "jahres" | "jahr" | "year" => {
            let of = |years| {
                let year = today.year() + years;
                match part {
                    Part::First => NaiveDate::from_ymd_opt(year, 1, 1),
                    Part::Middle => NaiveDate::from_ymd_opt(year, 7, 1),
                    Part::Last => NaiveDate::from_ymd_opt(year, 12, 31),
                }
            };
            let years = i32::try_from(count).ok()?;
            let this = of(years)?;
            if this < today { of(years + 1)? } else { this }
        }
        "woche" | "week" => {
            let of = |weeks: u32| {
                let weekday = match part {
                    Part::First => Weekday::Mon,
                    Part::Middle => Weekday::Wed,
                    Part::Last => Weekday::Fri,
                };
                in_week(today.checked_add_days(Days::new(7 * u64::from(weeks)))?, weekday)
            };
            let this = of(count)?;
            if this < today { of(count + 1)? } else { this }
        }
        _ => return None,
    };
    Some((length, day))
}

/// "ersten Montag im Dezember", "last Friday of March".
fn weekday_of_month(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let word = words.plain(at);
    let is_last = matches!(word, "letzten" | "letzter" | "last");
    let number = if is_last { 0 } else { ordinal(word).filter(|number| (1..=4).contains(number))? };
    let (weekday, _) = weekday(words.plain(at + 1))?;
    if !matches!(words.plain(at + 2), "im" | "in" | "of") {
        return None;
    }
    let month = month(words.plain(at + 3))?;
    let year = year(words.plain(at + 4));
    let of = |year| {
        if is_last {
            let end = end_of_month(NaiveDate::from_ymd_opt(year, month, 1)?)?;
            let back = (7 + end.weekday().num_days_from_monday() - weekday.num_days_from_monday()) % 7;
            return end.checked_sub_days(Days::new(back.into()));
        }
        NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(number).ok()?)
    };
    let this = of(year.unwrap_or(today.year()))?;
    let day = if year.is_none() && this < today { of(today.year() + 1)? } else { this };
    Some((4 + usize::from(year.is_some()), day))
}

/// "Ersten des nächsten Monats", "1st of next month".
fn of_month(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let day = ordinal_day(words.plain(at))?;
    let counted = ahead(words.plain(at + 2)).filter(|_| matches!(words.plain(at + 1), "des" | "of" | "im"))?;
    let first = today.with_day(1)?.checked_add_months(Months::new(counted))?;
    let is_month = matches!(words.plain(at + 3), "monats" | "monat" | "month");
    is_month.then_some((4, first.with_day(day).or_else(|| end_of_month(first))?))
}

/// A day of the week, with the date, the week or nothing behind it: "Freitag", "Freitag, den 4. Dezember", "Friday next week".
fn weekday_there(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let (weekday, _) = weekday(words.plain(at))?;
    // "am zweiten Montag", "last Friday": not the next one.
    let before = words.before(at);
    if ordinal(before).is_some() || matches!(before, "letzten" | "letzter" | "last" | "vergangenen" | "previous") {
        return None;
    }
    if !may_be_a_day(words, at) {
        return None;
    }
    let skipped = usize::from(matches!(words.plain(at + 1), "den" | "dem" | "the"));
    let dated = at + 1 + skipped;
    if let Some((length, day)) = written(words, dated, today) {
        return Some((1 + skipped + length, day));
    }
    if let Some(day) = ordinal_day(words.plain(dated)).and_then(|day| next_day_of_month(day, today)) {
        return Some((2 + skipped, day)).filter(|_| skipped == 1 || words.plain(dated).ends_with('.'));
    }
    let linked = at + 1 + usize::from(matches!(words.plain(at + 1), "of" | "in"));
    if let Some((length, weeks)) = week_name(words, linked) {
        let day = in_week(today.checked_add_days(Days::new(7 * u64::from(weeks)))?, weekday)?;
        return Some((linked + length - at, day)).filter(|_| day >= today);
    }
    Some((1, next_weekday(weekday, today)?))
}

/// Short names of days that are words of their own ("do the dishes", "so bald es geht") count only where a day is asked for.
fn may_be_a_day(words: &Words<'_>, at: usize) -> bool {
    let is_word = matches!(words.plain(at), "do" | "so" | "sun" | "sat" | "wed" | "mi" | "mo" | "di");
    let (before, raw) = (words.before(at), words.raw(at));
    let follows = || {
        let next = at + 1;
        let next = next + usize::from(matches!(words.plain(next), "um" | "at" | "den" | "gegen"));
        times::clock(words, next).is_some()
            || words.plain(next).ends_with('.') && ordinal_day(words.plain(next)).is_some()
    };
    let is_last = || words.plain(at + 1).is_empty() && raw.starts_with(char::is_uppercase) && at > 0;
    !is_word
        || raw.ends_with('.') && !words.plain(at + 1).is_empty()
        || matches!(before, "am" | "bis" | "ab" | "zum" | "by" | "until" | "till")
        || ahead(before).is_some()
        || follows()
        || is_last()
        || words.len() == 1
        || before == "on" && matches!(words.plain(at), "sun" | "sat" | "wed")
}

/// "Freitagabend": a day with a part of it.
pub(super) fn with_part(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(NaiveDate, Part)> {
    let word = words.plain(at);
    let midweek = word.strip_prefix("mittwoch").map(|part| ("mittwoch", part));
    let split = midweek.or_else(|| word.find("tag").map(|found| word.split_at(found + 3)));
    let (day, part) = split.filter(|(_, part)| !part.is_empty())?;
    Some((next_weekday(weekday(day)?.0, today)?, times::compound(part)?))
}

/// The next such day after today.
pub(super) fn next_weekday(day: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    from(day, today.succ_opt()?)
}

/// The next such day, `first` being one of those asked for.
pub(super) fn from(day: Weekday, first: NaiveDate) -> Option<NaiveDate> {
    first.iter_days().take(7).find(|date| date.weekday() == day)
}

/// That day of the week that `day` is in.
fn in_week(day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let monday = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))?;
    monday.checked_add_days(Days::new(weekday.num_days_from_monday().into()))
}

fn end_of_month(today: NaiveDate) -> Option<NaiveDate> {
    today.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

fn end_of_year(today: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(today.year(), 12, 31)
}

/// "12.12.", "12.12.2026", "12/12/2026", "12. Dezember 2026", "12th December", "December 12", "2026-12-12".
pub(super) fn written(words: &Words<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let word = words.plain(at);
    if let Ok(day) = word.parse::<NaiveDate>() {
        return Some((1, day));
    }
    let sign = if word.contains('/') { '/' } else { '.' };
    let parts: Vec<&str> = word.split(sign).collect();
    match parts.as_slice() {
        [day, month, rest] => {
            let (day, month) = (day.parse().ok()?, month.parse().ok()?);
            // "1/2/" is no date, and "1.2.3" a version.
            let year = if rest.is_empty() && sign == '.' { None } else { Some(full_year(rest)?) };
            // "12.12. 2026"
            let beside = year.is_none().then(|| self::year(words.plain(at + 1))).flatten();
            return Some((1 + usize::from(beside.is_some()), on(day, month, year.or(beside), today)?));
        }
        // "bis 12.12": beside other words it may be a number.
        [day, month]
            if sign == '.'
                && !month.is_empty()
                && matches!(words.before(at), "am" | "bis" | "zum" | "ab" | "by" | "until") =>
        {
            let is_time = words.plain(at + 1) == "uhr";
            return Some((1, on(day.parse().ok()?, month.parse().ok()?, None, today)?)).filter(|_| !is_time);
        }
        // "dentist 3/11 at 2pm": elsewhere it may be a fraction.
        [day, month]
            if sign == '/'
                && (matches!(words.before(at), "am" | "bis" | "zum" | "ab" | "on" | "by" | "until")
                    || matches!(words.plain(at + 1), "at" | "um")) =>
        {
            return Some((1, on(day.parse().ok()?, month.parse().ok()?, None, today)?));
        }
        _ => {}
    }
    let day_at = |at| ordinal_day(words.plain(at)).or_else(|| words.plain(at).parse().ok());
    let of = usize::from(words.plain(at + 1) == "of");
    let day_first = day_at(at).zip(month(words.plain(at + 1 + of))).map(|(day, month)| (day, month, 2 + of));
    let the = usize::from(words.plain(at + 1) == "the");
    let month_first = || month(word).zip(day_at(at + 1 + the)).map(|(month, day)| (day, month, 2 + the));
    let (day, month, length) = day_first.or_else(month_first)?;
    let year = year(words.plain(at + length));
    Some((length + usize::from(year.is_some()), on(day, month, year, today)?))
}

/// A year of our time.
fn year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| (2000..2100).contains(year))
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

/// Without a year, the next such day.
fn on(day: u32, month: u32, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
    match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => {
            // The twenty-ninth of February is not in every year.
            let next = (0..8).filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day));
            next.into_iter().find(|day| *day >= today)
        }
    }
}

/// "1.", "1st", "22nd", "Ersten", "first".
pub(super) fn ordinal_day(word: &str) -> Option<u32> {
    digits(word).or_else(|| ordinal(word))
}

fn digits(word: &str) -> Option<u32> {
    let endings = [".", "st", "nd", "rd", "th", "ten", "sten"];
    let digits = endings.iter().find_map(|ending| word.strip_suffix(ending))?;
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// A day of a month: "am 1.", "on the 1st", "am Ersten". Only behind such a word: "1." alone may begin a list.
pub(super) fn day_of_month(words: &Words<'_>, at: usize) -> Option<(usize, u32)> {
    const NOT_DAYS: &[&str] = &[
        "advent",
        "stock",
        "etage",
        "klasse",
        "tag",
        "woche",
        "semester",
        "quartal",
        "rate",
        "schultag",
        "arbeitstag",
        "wochenende",
        "halbjahr",
        "floor",
        "class",
        "week",
        "day",
        "grade",
        "half",
        "quarter",
        "step",
        "stage",
        "weekend",
    ];
    let german = matches!(words.before(at), "am" | "zum" | "bis" | "den" | "jeden" | "jeweils");
    if !german && !matches!(words.before(at), "the" | "every" | "on" | "by") {
        return None;
    }
    let next = words.plain(at + 1);
    // "am 31. Februar" is no day at all.
    if month(next).is_some() || NOT_DAYS.contains(&next) {
        return None;
    }
    let of_month = [&["des", "monats"][..], &["im", "monat"], &["of", "the", "month"]];
    let behind = of_month.iter().find(|said| words.are(at + 1, said)).map_or(0, |said| said.len());
    if let Some(day) = digits(words.plain(at)) {
        return Some((1 + behind, day));
    }
    let is_noun = words.raw(at).starts_with(char::is_uppercase) && german;
    if words.plain(at) == "letzten" && is_noun {
        return Some((1 + behind, 31));
    }
    let day = ordinal(words.plain(at))?;
    // In small letters it may belong to the next word: "on the first floor", "am ersten Wochenende".
    let ends = next.is_empty()
        || next.starts_with('#')
        || next.starts_with(|c: char| c.is_ascii_digit())
        || matches!(next, "um" | "at" | "gegen" | "every" | "each" | "jeden" | "jedes")
        || matches!((next, words.plain(at + 2)), ("of", "every" | "each") | ("eines", "jeden"))
        || german && next.ends_with('n') && words.raw(at + 1).starts_with(char::is_lowercase);
    (behind > 0 || is_noun || ends).then_some((1 + behind, day))
}

/// The next such day of a month from today on; the last of a shorter month.
pub(super) fn next_day_of_month(day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let in_month = |first: NaiveDate| first.with_day(day).or_else(|| end_of_month(first));
    let this = in_month(today.with_day(1)?)?;
    if this >= today { Some(this) } else { in_month(today.with_day(1)?.checked_add_months(Months::new(1))?) }
}
