//! Days that are not printed in full: without a year, as a part of a month, or counted in words.

use std::ops::Range;

use chrono::{Datelike as _, Days, Months, NaiveDate, TimeDelta, Weekday};

use super::dates::{self, DateOrder};
use super::lengths::{COUNT, Term, UNIT, term};
use super::pattern;

/// The days of a text that name no year, or only a part of a month, as the first such day on or after `from`: `15.04.`,
/// `15. April`, `Ende Mai`, `Anfang Mai 2026`, `KW 12`, `Monatsende`.
pub(crate) fn find(text: &str, from: NaiveDate) -> Vec<(Range<usize>, NaiveDate)> {
    let day = pattern!(r"\b\d{1,2}(?:\.\s?\d{1,2}\.|(?:\.|st|nd|rd|th)?\s\p{L}{3,10}\b)");
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hit) = day.find_at(text, at) {
        let before = text.get(..hit.start()).and_then(|t| t.chars().next_back());
        let glued = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '-' | ':'));
        match dates::without_year(text.get(hit.start()..).unwrap_or_default(), from).filter(|_| !glued) {
            Some((range, date)) => {
                found.push((hit.start() + range.start..hit.start() + range.end, date));
                at = hit.start() + range.end;
            }
            None => at = hit.start() + 1,
        }
    }
    found.extend(parts_of_month(text, from));
    found.extend(weeks(text, from));
    found.extend(weekdays(text, from));
    found
}

/// How much a day without a year is worth that is taken for the next one after the day of a letter: one that would lie most
/// of a year ahead is more likely of the past.
pub(crate) fn nearness(day: NaiveDate, issued: Option<NaiveDate>) -> f32 {
    /// Letters ask for little beyond this many days.
    const NEAR: i64 = 270;
    if issued.is_some_and(|issued| (day - issued).num_days() > NEAR) { 0.6 } else { 1.0 }
}

/// Names of the days of the week by their beginnings, Monday first.
const WEEKDAYS: [[&str; 2]; 7] = [
    ["montag", "monday"],
    ["dienstag", "tuesday"],
    ["mittwoch", "wednesday"],
    ["donnerstag", "thursday"],
    ["freitag", "friday"],
    ["samstag", "saturday"],
    ["sonntag", "sunday"],
];

fn weekday(name: &str) -> Option<Weekday> {
    let name = name.to_lowercase();
    let at = WEEKDAYS.iter().position(|names| names.iter().any(|day| name.starts_with(day)));
    Weekday::try_from(u8::try_from(at?).ok()?).ok()
}

/// `kommenden Dienstag`, `next Tuesday`: the first such day after `from`.
fn weekdays(text: &str, from: NaiveDate) -> Vec<(Range<usize>, NaiveDate)> {
    let form = pattern!(
        r"\b(?:kommende[nrm]?|nächste[nrm]?|diese[nrm]?|this|next|coming)\s(?P<name>(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    );
    let hits = form.captures_iter(text).filter_map(|hit| {
        let day = weekday(hit.name("name")?.as_str())?;
        let days =
            (i64::from(day.num_days_from_monday()) - i64::from(from.weekday().num_days_from_monday())).rem_euclid(7);
        let days = if days == 0 { 7 } else { days };
        Some((hit.get(0)?.range(), from.checked_add_signed(TimeDelta::days(days))?))
    });
    hits.collect()
}

/// `Ende Oktober 2025`, `Anfang Mai`, `mid-June`, `Monatsende`.
fn parts_of_month(text: &str, from: NaiveDate) -> Vec<(Range<usize>, NaiveDate)> {
    let form = pattern!(
        r"\b(?P<part>anfang|beginn|mitte|ende|beginning of|start of|mid|middle of|end of)[\s-](?:des |de[rs] monats )?(?P<name>\p{L}{3,10})\.?(?:\s(?P<year>20\d\d))?\b"
    );
    let ends = pattern!(r"\b(?:monatsende|ende des monats|ende dieses monats|end of (?:the |this )?month)\b");
    let mut found = Vec::new();
    for hit in form.captures_iter(text) {
        let (Some(whole), Some(month)) = (hit.get(0), hit.name("name").and_then(|m| dates::month(m.as_str()))) else {
            continue;
        };
        let part = hit.name("part").map(|m| m.as_str().to_lowercase()).unwrap_or_default();
        let of_year = |year: i32| {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            match part.as_str() {
                "ende" | "end of" => month_end(first),
                "mitte" | "mid" | "middle of" => first.with_day(15),
                _ => Some(first),
            }
        };
        let year = hit.name("year").and_then(|year| year.as_str().parse().ok());
        let next = || of_year(from.year()).filter(|day| *day >= from).or_else(|| of_year(from.year() + 1));
        found.extend(year.map_or_else(next, of_year).map(|day| (whole.range(), day)));
    }
    found.extend(ends.find_iter(text).filter_map(|hit| Some((hit.range(), month_end(from)?))));
    found
}

/// `KW 12`, `12. Kalenderwoche`: the day of the week that the next words name ("und zwar am Donnerstag"), else its Friday.
fn weeks(text: &str, from: NaiveDate) -> Vec<(Range<usize>, NaiveDate)> {
    let form =
        pattern!(r"\b(?:kw\s?(?P<a>\d{1,2})|(?P<b>\d{1,2})\.\s?(?:kw|kalenderwoche))\b(?:\s?/\s?(?P<year>20\d\d))?");
    let named = pattern!(
        r"^,?\s(?:(?:und )?zwar )?(?:(?:am|on) )?(?P<name>(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    );
    let hits = form.captures_iter(text).filter_map(|hit| {
        let week = hit.name("a").or(hit.name("b"))?.as_str().parse().ok()?;
        let year = hit.name("year").and_then(|year| year.as_str().parse().ok()).unwrap_or(from.year());
        let whole = hit.get(0)?;
        let behind = named.captures(text.get(whole.end()..)?);
        let of_week = behind.as_ref().and_then(|hit| weekday(hit.name("name")?.as_str()));
        let end = behind.and_then(|hit| hit.get(0)).map_or(whole.end(), |hit| whole.end() + hit.end());
        let of_year = |year| NaiveDate::from_isoywd_opt(year, week, of_week.unwrap_or(Weekday::Fri));
        let day = of_year(year).filter(|day| *day >= from).or_else(|| of_year(year + 1))?;
        Some((whole.start()..end, day))
    });
    hits.collect()
}

fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// Days that are counted in words: `innerhalb von 14 Tagen`, `10 Tage nach Valuta 12.03.2026`, `bis zum 15. des
/// Folgemonats`. They count from the day that the same words name, else from `from`.
pub(crate) fn counted(text: &str, from: NaiveDate, order: DateOrder) -> Vec<(Range<usize>, NaiveDate)> {
    /// So many bytes behind a term the day from which it counts may be named.
    const REACH: usize = 45;
    let plain = pattern!(&format!(r"\b{COUNT}\s?{UNIT}"));
    let starts = pattern!(r"^\W*(?:netto\W*)?(?:nach|ab|von|from|after|of)\b");
    let next = pattern!(
        r"\b(?P<day>\d{1,2})\.? (?:tag )?des (?:folgenden|nächsten|folge-?)\s?(?:monats|kalendermonats)|\bende des (?:folgenden |nächsten |folge-?)(?:monats|kalendermonats)|\bend of (?:the )?(?:following|next) month"
    );
    // "bis zum Ablauf des zweiten Kalendermonats nach Zugang"
    let months = pattern!(
        r"\b(?:ablauf|ende) des (?:(?P<second>zweiten|2\.|übernächsten)|(?P<third>dritten|3\.)) (?:kalender)?monats?,? (?:nach|der auf|auf) (?:dem |den |der |die )?(?:zugang|erhalt|eingang|empfang)"
    );
    let mut found = Vec::new();
    for hit in months.captures_iter(text) {
        let count = if hit.name("third").is_some() { 3 } else { 2 };
        let end = from.checked_add_months(Months::new(count)).and_then(month_end);
        found.extend(hit.get(0).zip(end).map(|(whole, day)| (whole.range(), day)));
    }
    for hit in plain.captures_iter(text) {
        let (Some(whole), Some(count), Some(unit)) = (hit.get(0), hit.name("count"), hit.name("unit")) else {
            continue;
        };
        let Some(term) = term(count.as_str(), unit.as_str()) else { continue };
        let rest = text.get(whole.end()..).unwrap_or_default();
        // "30 Tage vor Abreise" is counted back from that.
        if pattern!(r"^\W*(?:vor|vorher|before|prior to|ahead of)\b").is_match(rest) {
            continue;
        }
        let named = starts.is_match(rest).then(|| dates::first(rest, order)).flatten();
        let named = named.filter(|(range, _)| range.start < REACH);
        let (end, start) = named.map_or((whole.end(), from), |(range, day)| (whole.end() + range.end, day));
        found.extend(end_of(term, start).map(|day| (whole.start()..end, day)));
    }
    for hit in next.captures_iter(text) {
        let day = hit.name("day").and_then(|day| day.as_str().parse().ok()).unwrap_or(31);
        let (Some(whole), true) = (hit.get(0), (1..=31).contains(&day)) else { continue };
        found.extend(Term::NextMonth(day).end(from).map(|day| (whole.range(), day)));
    }
    found
}

/// The end of a term that is no more than half a year: longer ones are terms of contracts.
fn end_of(term: Term, from: NaiveDate) -> Option<NaiveDate> {
    let end = term.end(from)?;
    (end <= from.checked_add_days(Days::new(190))?).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let from = day("2026-02-20");
        let found = find(text, from).into_iter().chain(counted(text, from, DateOrder::DayFirst));
        let days: Vec<String> = found.map(|(_, day)| day.to_string()).collect();
        assert_eq!(days, expected, "{text}");
    }

    #[test]
    fn days_without_a_year_and_parts_of_months_follow_from_the_day_of_the_letter() {
        check("bitte bis 15.12. überweisen", &["2026-12-15"]);
        check("am 3. Januar um 10 Uhr", &["2027-01-03"]);
        check("bis Ende Oktober 2026", &["2026-10-31"]);
        check("Anfang Mai melden wir uns", &["2026-05-01"]);
        check("zum Monatsende", &["2026-02-28"]);
        check("in KW 12", &["2026-03-20"]);
        check("in KW 12, und zwar am Mittwoch zwischen 9 und 11 Uhr", &["2026-03-18"]);
        // The letter is of a Friday.
        check("schon am kommenden Dienstag um halb neun", &["2026-02-24"]);
        check("Telefon 0351.12.34, 12.03.2026", &[]);
    }

    #[test]
    fn terms_count_from_what_they_name() {
        check("30 Tage vor Abreise", &[]);
        check("binnen zwei Wochen ab Zustellung", &["2026-03-06"]);
        check("erstmals am 15. des Folgemonats", &["2026-03-15"]);
        check("binnen zwei Wochen nach Zugang", &["2026-03-06"]);
        check("14 Tage nach Valuta 12.03.2026", &["2026-03-26"]);
        check("bis zum 15. des Folgemonats", &["2026-03-15"]);
    }
}
