//! The hour beside a day.

use std::ops::Range;

use chrono::NaiveTime;

use crate::forms::pattern;

/// The hours in words, from one.
const HOURS: [&str; 12] =
    ["eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];

/// The time of day right behind a date: `um 07:45 Uhr`, `, 9.30 Uhr`, `at 6:30 pm`, `20 Uhr`, `zwischen 8 und 12 Uhr`.
pub(super) fn behind(text: &str) -> Option<(Range<usize>, NaiveTime)> {
    let span = pattern!(
        r"^[\s,;:–—|/(-]*(?:(?:in der|zur) zeit\s*)?(?:zwischen|between|von|from|ab|,)?\s*(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?\s*(?:uhr\s*)?(?P<first>[ap]\.?m\.?)?\s*(?:und|bis|and|to|-|–)\s*(?:ca\.\s*)?\d{1,2}(?:[:.]\d{2})?\s*(?P<unit>uhr|h\b|[ap]\.?m\b\.?|noon|o'clock)"
    );
    let form = pattern!(
        r"^[\s,;:–—|/(-]*(?P<lead>(?:pünktlich |bereits |schon |etwa |ca\. ?|jeweils )?(?:um|at|ab|von|from|gegen|\(?beginn:?|uhrzeit:?|zeit:?|time:?)(?: etwa| ca\.| circa| genau)?)?\s*(?P<h>\d{1,2})(?:(?P<mark>[:.])(?P<m>\d{2}))?\s*(?P<unit>uhr|h\b|a\.?m\b\.?|p\.?m\b\.?|o.clock)?"
    );
    read(span, text).or_else(|| read(form, text)).or_else(|| spoken(text))
}

/// The time of day right before a date: `um 9 Uhr am`, `14:30 Uhr, Dienstag, den`, `at 8 am on Monday,`.
pub(super) fn before(text: &str) -> Option<(Range<usize>, NaiveTime)> {
    let form = pattern!(concat!(
        r"(?:^|[\s,(])(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?\s*(?:(?:uhr\s*)?(?:und|bis|and|to|-|–)\s*\d{1,2}(?:[:.]\d{2})?\s*)?",
        r"(?P<unit>uhr|a\.m\.?|am(?:,| on\b)|p\.?m\b\.?|o.clock)[\s,;:–—|(-]*(?:am|on|,)?\s*",
        r"(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mo|di|mi|do|fr|sa|so)\.)?",
        r"[\s,]*(?:(?:den|dem|the)\s)?\s*$",
    ));
    let hit = form.captures(text)?;
    let time = of(&hit)?;
    Some((hit.name("h")?.start()..text.len(), time))
}

/// The time of a cell that holds nothing else.
pub(super) fn alone(text: &str) -> Option<NaiveTime> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (range, time) = behind(text)?;
    let rest = text.get(range.end..)?;
    (rest.chars().filter(|c| c.is_alphabetic()).count() <= 4).then_some(time)
}

fn read(form: &regex::Regex, text: &str) -> Option<(Range<usize>, NaiveTime)> {
    let hit = form.captures(text)?;
    let has = |name| hit.name(name).is_some();
    // A lone number without a unit is no time, two numbers with a point may be anything.
    let is_told = has("unit") || has("first") || has("lead");
    if !has("unit") && (!has("m") || hit.name("mark").is_some_and(|mark| mark.as_str() == ".") && !is_told) {
        return None;
    }
    // "2026" is a year, "12.345" an amount, "15.05.2026" a day, "8,50" and "12.50 €" are money.
    let rest = text.get(hit.get(0)?.end()..)?;
    let goes_on = pattern!(r"^(?:\d|[.,:/]\d|\s?(?:€|eur\b|euro\b|%|km\b|kwh\b|cm\b|m²))").is_match(rest);
    if goes_on {
        return None;
    }
    Some((hit.get(0)?.range(), of(&hit)?))
}

/// The time that the groups `h`, `m`, `first` and `unit` say.
fn of(hit: &regex::Captures<'_>) -> Option<NaiveTime> {
    let number = |name| hit.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
    let half = hit.name("first").or(hit.name("unit")).map(|m| m.as_str().to_lowercase());
    let hour = match (half.as_deref().and_then(|unit| unit.chars().next()), number("h")?) {
        (Some('p'), hour) if hour < 12 => hour + 12,
        (_, hour) => hour,
    };
    NaiveTime::from_hms_opt(hour, number("m").unwrap_or(0), 0)
}

/// A time in words: "um halb neun", "um neun Uhr", "um Viertel nach drei", "um zwölf Uhr mittags".
fn spoken(text: &str) -> Option<(Range<usize>, NaiveTime)> {
    let form = pattern!(
        r"^[\s,]*(?:schon |bereits )?(?P<early>(?:nachmittags?|abends?)\s+)?(?:um|gegen|ab)\s+(?P<part>halb|viertel vor|viertel nach|dreiviertel)?\s*(?P<hour>\p{L}+)\b(?:\s+uhr)?(?P<late>\s+(?:am )?(?:nachmittags?|abends?))?"
    );
    let hit = form.captures(text)?;
    let word = hit.name("hour")?.as_str().to_lowercase();
    let word = if word == "ein" { "eins".to_owned() } else { word };
    let hour: i32 = (1..).zip(HOURS).find(|(_, name)| *name == word).map(|(hour, _)| hour)?;
    let minutes = match hit.name("part").map(|part| part.as_str().to_lowercase()).as_deref() {
        Some("halb") => -30,
        Some("viertel vor" | "dreiviertel") => -15,
        Some("viertel nach") => 15,
        _ => 0,
    };
    let is_late = hit.name("late").or(hit.name("early")).is_some();
    let late = if is_late && hour < 12 { 12 } else { 0 };
    let all = u32::try_from(60 * (hour + late) + minutes).ok()?;
    Some((hit.get(0)?.range(), NaiveTime::from_hms_opt(all / 60, all % 60, 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(time: Option<(Range<usize>, NaiveTime)>) -> Option<String> {
        time.map(|(_, time)| time.format("%H:%M").to_string())
    }

    #[test]
    fn times_behind_a_date_are_read() {
        for (text, expected) in [
            (" um 07:45 Uhr", "07:45"),
            (", 9:30 Uhr, Autohaus", "09:30"),
            (", 18:30 – 20:00 CET", "18:30"),
            (" at 6.30 pm", "18:30"),
            (", 20 Uhr", "20:00"),
            (" zwischen 8 und 10 Uhr", "08:00"),
            (" between 2 p.m. and 4 p.m.", "14:00"),
            (" um halb neun", "08:30"),
            (" um Viertel nach drei nachmittags", "15:15"),
            (" um zwölf Uhr", "12:00"),
        ] {
            assert_eq!(shown(behind(text)).as_deref(), Some(expected), "{text}");
        }
        for text in [" bis 12.3.", ", 3 Stück", "", " um 25:00 Uhr", " 15.05.2026", "  8,50", ", 12.50 €", " 9.30"] {
            assert_eq!(shown(behind(text)), None, "{text}");
        }
    }

    #[test]
    fn times_before_a_date_are_read() {
        for (text, expected) in [
            ("kommen Sie um 9 Uhr am ", "09:00"),
            ("Beginn 14:30 Uhr, Dienstag, den ", "14:30"),
            ("please come at 8 am on Monday, ", "08:00"),
            ("zwischen 8 und 10 Uhr am ", "08:00"),
        ] {
            assert_eq!(shown(before(text)).as_deref(), Some(expected), "{text}");
        }
        for text in ["Zimmer 9 am ", "von 8 bis 12 Uhr. Der Zähler wird am ", ""] {
            assert_eq!(shown(before(text)), None, "{text}");
        }
    }
}
