//! Times of day, parts of a day and lengths of time.

use chrono::{Duration, NaiveDateTime, NaiveTime, Timelike as _};

use super::words::{Words, number};

/// An hour as one says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    hour: u32,
    minute: u32,
    /// Said on a dial of twelve hours, so that morning and evening can be meant: "halb acht".
    twelve: bool,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Forenoon,
    Noon,
    Afternoon,
    Evening,
    /// "tonight": an evening without an hour of its own.
    Tonight,
}

/// What is said on a dial of twelve hours is meant from seven in the morning to seven in the evening.
const DAY_BEGINS: u32 = 7;

impl Part {
    /// Its hour where none is said.
    fn hour(self) -> Option<u32> {
        match self {
            Self::Morning => Some(8),
            Self::Forenoon => Some(10),
            Self::Noon => Some(12),
            Self::Afternoon => Some(15),
            Self::Evening => Some(19),
            Self::Tonight => None,
        }
    }
}

/// The time that is meant. `now` where the day is not said: then the next such hour is meant.
pub(super) fn resolve(clock: Option<Clock>, part: Option<Part>, now: Option<NaiveTime>) -> Option<NaiveTime> {
    let Some(Clock { hour, minute, twelve }) = clock else {
        return NaiveTime::from_hms_opt(part.and_then(Part::hour)?, 0, 0);
    };
    let later = (hour + 12) % 24;
    let hour = match part {
        Some(Part::Afternoon | Part::Evening | Part::Tonight) if hour < 12 => later,
        Some(Part::Noon) if hour < 6 => later,
        Some(_) => hour,
        None if !twelve => hour,
        None => {
            let is_by_day = |hour: &u32| (DAY_BEGINS..DAY_BEGINS + 12).contains(hour);
            let is_to_come =
                |hour: &u32| *hour >= DAY_BEGINS && now.is_some_and(|now| (*hour, minute) > (now.hour(), now.minute()));
            let both = [hour.min(later), hour.max(later)];
            both.into_iter().find(is_to_come).or_else(|| both.into_iter().find(is_by_day))?
        }
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// A time of day: "19 Uhr", "19:30", "um 19.30 Uhr", "halb acht", "Viertel nach sieben", "7pm", "half past seven".
pub(super) fn clock(words: &Words<'_>, at: usize) -> Option<(usize, Clock)> {
    let exactly = |hour, minute| Some(Clock { hour, minute, twelve: false }).filter(|_| hour < 24 && minute < 60);
    let (word, next) = (words.plain(at), words.plain(at + 1));
    if let Some(found) = said_on_a_dial(words, at) {
        return Some(found);
    }
    let behind = |ending, add| Some((word.strip_suffix(ending).filter(|digits| !digits.is_empty())?, add));
    if let Some((digits, add)) = behind("am", 0).or_else(|| behind("pm", 12)) {
        let (hour, minute) = hour_and_minute(digits)?;
        return Some((1, exactly(twelve(hour, add)?, minute)?));
    }
    let Some((hour, minute)) = hour_and_minute(word) else {
        let hour = number(word).filter(|hour| next == "uhr" && (1..=12).contains(hour))?;
        return Some((2, exactly(hour, 0)?));
    };
    match next {
        "uhr" => {
            // "19 Uhr 30"
            let more =
                words.plain(at + 2).parse().ok().filter(|minute| *minute < 60 && minute % 5 == 0 && word.len() <= 2);
            Some((2 + usize::from(more.is_some()), exactly(hour, more.unwrap_or(minute))?))
        }
        "am" | "pm" => Some((2, exactly(twelve(hour, if next == "pm" { 12 } else { 0 })?, minute)?)),
        "o'clock" => Some((2, exactly(hour, minute)?)),
        _ if word.contains(':') => Some((1, exactly(hour, minute)?)),
        _ if matches!(words.before(at), "um" | "at") => Some((1, exactly(hour, minute)?)),
        _ => None,
    }
}

/// "halb acht", "Viertel nach sieben", "dreiviertel acht", "um zehn vor acht", "um acht", "half past seven", "at eight".
fn said_on_a_dial(words: &Words<'_>, at: usize) -> Option<(usize, Clock)> {
    let hour_at = |at| number(words.plain(at)).filter(|hour| (1..=12).contains(hour)).map(|hour| hour % 12);
    // So many minutes after the hour, or before it.
    let clock = |hour: u32, minute: u32| Clock { hour: hour % 12, minute, twelve: true };
    let before = |hour: u32, minutes: u32| clock(hour + 11, 60 - minutes);
    let (word, next) = (words.plain(at), words.plain(at + 1));
    let is_after_at = matches!(words.before(at), "um" | "at" | "gegen" | "punkt");
    let found = match (word, next) {
        ("halb", _) => (2, before(hour_at(at + 1)?, 30)),
        ("half", "past") => (3, clock(hour_at(at + 2)?, 30)),
        ("half", _) if is_after_at => (2, clock(hour_at(at + 1)?, 30)),
        ("viertel" | "quarter", "nach" | "past") => (3, clock(hour_at(at + 2)?, 15)),
        ("viertel" | "quarter", "vor" | "to") => (3, before(hour_at(at + 2)?, 15)),
        ("viertel", _) => (2, before(hour_at(at + 1)?, 45)),
        ("dreiviertel", _) => (2, before(hour_at(at + 1)?, 15)),
        (_, "nach" | "past") if is_after_at => (3, clock(hour_at(at + 2)?, number(word).filter(|it| *it < 30)?)),
        (_, "vor" | "to") if is_after_at => {
            (3, before(hour_at(at + 2)?, number(word).filter(|it| (1..30).contains(it))?))
        }
        // Digits are read as they stand: "um 8".
        _ if is_after_at && word.parse::<u32>().is_err() && !is_unit(next) => {
            let length = if matches!(next, "uhr" | "o'clock") { 2 } else { 1 };
            // "um einen Termin bitten", "at one of the shops"
            let is_article = matches!(word, "a" | "an" | "one" | "ein" | "eine" | "einem" | "einer" | "einen");
            (length, clock(hour_at(at).filter(|_| !is_article || length == 2)?, 0))
        }
        _ => return None,
    };
    Some(found)
}

/// "at two places": what is counted is no hour.
fn is_unit(word: &str) -> bool {
    minutes(1, word).is_some() || matches!(word, "am" | "pm")
}

/// A part of a day: "abends", "heute Abend", "Freitag früh", "in the morning", "this evening", "noon".
pub(super) fn part(words: &Words<'_>, at: usize) -> Option<(usize, Part)> {
    let (word, next) = (words.plain(at), words.plain(at + 1));
    let adverb = match word {
        "morgens" => Some(Part::Morning),
        "vormittags" => Some(Part::Forenoon),
        "mittags" | "noon" => Some(Part::Noon),
        "nachmittags" => Some(Part::Afternoon),
        "abends" => Some(Part::Evening),
        "in" if next == "the" => return english(words.plain(at + 2)).map(|part| (3, part)),
        "this" => return english(next).map(|part| (2, part)),
        _ => None,
    };
    if let Some(part) = adverb {
        return Some((1, part));
    }
    // Other words are part of a day only beside one: "früh aufstehen" says no hour.
    let is_beside = at.checked_sub(1).is_some_and(|before| words.is_used(before)) || words.before(at) == "am";
    if !is_beside {
        let clock_follows = clock(words, at + 1).is_some() || matches!(next, "um" | "gegen" | "at");
        return (word == "früh" && clock_follows).then_some((1, Part::Morning));
    }
    match word {
        "früh" | "morgen" => Some((1, Part::Morning)),
        _ => compound(word).or_else(|| english(word)).map(|part| (1, part)),
    }
}

/// What stands behind a day, or in one word with it: "Abend".
pub(super) fn compound(word: &str) -> Option<Part> {
    match word {
        "morgen" | "früh" => Some(Part::Morning),
        "vormittag" => Some(Part::Forenoon),
        "mittag" => Some(Part::Noon),
        "nachmittag" => Some(Part::Afternoon),
        "abend" => Some(Part::Evening),
        _ => None,
    }
}

fn english(word: &str) -> Option<Part> {
    match word {
        "morning" => Some(Part::Morning),
        "afternoon" => Some(Part::Afternoon),
        "evening" => Some(Part::Evening),
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

/// "in 30 Minuten", "in 2 hours", "in einer halben Stunde".
pub(super) fn relative(words: &Words<'_>, at: usize, now: NaiveDateTime) -> Option<(usize, NaiveDateTime)> {
    const HALVES: &[(&[&str], u32)] = &[
        (&["in", "einer", "halben", "stunde"], 30),
        (&["in", "half", "an", "hour"], 30),
        (&["in", "einer", "viertelstunde"], 15),
        (&["in", "anderthalb", "stunden"], 90),
    ];
    if words.plain(at) != "in" {
        return None;
    }
    let half = HALVES.iter().find(|(said, _)| words.are(at, said)).map(|(said, minutes)| (said.len(), *minutes));
    let counted = || Some((3, minutes(number(words.plain(at + 1))?, words.plain(at + 2))?));
    let (length, minutes) = half.or_else(counted)?;
    Some((length, now.checked_add_signed(Duration::minutes(minutes.into()))?))
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
