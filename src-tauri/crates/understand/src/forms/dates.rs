//! Calendar dates: `14.03.2026`, `14.3.26`, `14. März 2026`, `14 March 2026`, `March 14, 2026`, `2026-03-14`,
//! `03/14/2026`.

use std::ops::Range;

use chrono::{Datelike as _, NaiveDate};

use super::pattern;

/// How `03/04/2026` is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// German, English, Dutch, French, Italian, Spanish; short forms of the first two and the third.
const MONTHS: [&[&str]; 12] = [
    &["januar", "jänner", "january", "jan", "januari", "janvier", "gennaio", "enero"],
    &["februar", "feber", "february", "feb", "februari", "février", "febbraio", "febrero"],
    &["märz", "maerz", "march", "mär", "mrz", "mar", "maart", "mrt", "mars", "marzo"],
    &["april", "apr", "avril", "aprile", "abril"],
    &["mai", "may", "mei", "maggio", "mayo"],
    &["juni", "june", "jun", "juin", "giugno", "junio"],
    &["juli", "july", "jul", "juillet", "luglio", "julio"],
    &["august", "aug", "augustus", "août", "agosto"],
    &["september", "sept", "sep", "septembre", "settembre", "septiembre"],
    &["oktober", "october", "okt", "oct", "octobre", "ottobre", "octubre"],
    &["november", "nov", "novembre", "noviembre"],
    &["dezember", "december", "dez", "dec", "décembre", "dicembre", "diciembre"],
];

/// The month of a name, 1–12.
pub(crate) fn month(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.').to_lowercase();
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&name.as_str())).map(|(number, _)| number)
}

/// The first date of a text, with its bytes.
pub(crate) fn first(text: &str, order: DateOrder) -> Option<(Range<usize>, NaiveDate)> {
    find(text, order).into_iter().next()
}

/// All dates in a text with their byte ranges, in the order of the text.
pub(crate) fn find(text: &str, order: DateOrder) -> Vec<(Range<usize>, NaiveDate)> {
    let form = pattern!(concat!(
        r"(?P<iy>\d{4})[-/](?P<im>\d{2})[-/](?P<id>\d{2})",
        r"|(?P<a>\d{1,2})(?P<mark>\s?[./-])\s?(?P<b>\d{1,2})\s?[./-]\s?(?P<y>\d{4}|\d{2})",
        // A point that was read as a colon.
        r"|(?P<ca>\d{1,2}):(?P<cb>\d{1,2})\.(?P<cy>\d{4})\b|(?P<ca2>\d{1,2})\.(?P<cb2>\d{1,2}):(?P<cy2>\d{4})\b",
        r"|(?P<nd>\d{1,2})(?:\.|st|nd|rd|th)?\s?(?P<nm>\p{L}{3,10})\.?,?\s?(?P<ny>\d{4}|\d{2})",
        r"|(?P<em>\p{L}{3,10})\.?\s?(?P<ed>\d{1,2})(?:st|nd|rd|th)?\s?,\s?(?P<ey>\d{4})",
    ));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hit) = form.captures_at(text, at) {
        let Some(whole) = hit.get(0) else { break };
        let get = |name| hit.name(name).map(|m| m.as_str());
        let number = |name| get(name).and_then(|t| t.parse::<u32>().ok());
        let date = if let (Some(y), Some(m), Some(d)) = (number("iy"), number("im"), number("id")) {
            day(y, m, d)
        } else if let (Some(a), Some(b), Some(y)) = (number("a"), number("b"), number("y")) {
            let month_first = get("mark").is_some_and(|mark| mark.ends_with('/')) && order == DateOrder::MonthFirst;
            // What cannot be a month is the day.
            if month_first && a <= 12 || b > 12 { day(y, a, b) } else { day(y, b, a) }
        } else if let (Some(d), Some(m), Some(y)) =
            (number("ca").or(number("ca2")), number("cb").or(number("cb2")), number("cy").or(number("cy2")))
        {
            day(y, m, d)
        } else if let (Some(d), Some(m), Some(y)) = (number("nd"), get("nm").and_then(month), number("ny")) {
            day(y, m, d)
        } else if let (Some(m), Some(d), Some(y)) = (get("em").and_then(month), number("ed"), number("ey")) {
            day(y, m, d)
        } else {
            None
        };
        let before = text.get(..whole.start()).and_then(|t| t.chars().next_back());
        let after = text.get(whole.end()..).unwrap_or_default();
        let glued = before.is_some_and(|c| c.is_alphanumeric() || c == '/' || c == '-')
            || after.starts_with(|c: char| c.is_ascii_digit())
            || after.strip_prefix(['.', '/', '-']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            // "06/07-2025-S118" is the number of a case.
            || super::pattern!(r"^[-/]\p{L}{1,3}\d").is_match(after);
        // "4. März, 14:15 Uhr", "4. März 14 Uhr": an hour is no year.
        let is_hour = number("ny").is_some_and(|year| year < 100)
            && super::pattern!(
                r"^(?:[:.]\d{2}\b|\s?(?:uhr|h|[ap]\.?m)\b|\s?(?:-|–|bis|und)\s?\d{1,2}(?:[:.]\d{2})?\s?uhr)"
            )
            .is_match(after);
        // "15. Februar, 15. Mai": the next day is no year.
        let is_next_day =
            number("ny").is_some_and(|year| year < 100) && super::pattern!(r"^\.\s?(?:\p{L}{3}|\d)").is_match(after);
        match date {
            Some(date) if !glued && !is_hour && !is_next_day => {
                found.push((whole.range(), date));
                at = whole.end();
            }
            // Go on behind the first character: a date may start inside what was no date.
            _ => at = whole.start() + whole.as_str().chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// The day at the start of a text that names no year, as the first such day on or after `from`: `15.04.`, `15. April`.
pub(crate) fn without_year(text: &str, from: NaiveDate) -> Option<(Range<usize>, NaiveDate)> {
    let form = pattern!(
        r"^\W{0,2}(?P<day>\d{1,2})(?:\.\s?(?P<number>\d{1,2})\.|(?:\.|st|nd|rd|th)?\s(?P<name>\p{L}{3,10})\b)"
    );
    let hit = form.captures(text)?;
    let whole = hit.get(0)?;
    let month =
        hit.name("number").and_then(|m| m.as_str().parse().ok()).or_else(|| month(hit.name("name")?.as_str()))?;
    // A year behind it, even a misread one, makes it something else; an hour does not.
    let rest = text.get(whole.end()..)?.trim_start();
    let is_hour = super::pattern!(
        r"^\d{1,2}(?:[:.]\d{2})?(?:\s?(?:-|–|bis|und)\s?\d{1,2}(?:[:.]\d{2})?)?\s?(?:uhr|h|[ap]\.?m)\b"
    )
    .is_match(rest);
    let goes_on = rest.starts_with(|c: char| c.is_ascii_digit()) && !is_hour;
    let day: u32 = hit.name("day")?.as_str().parse().ok()?;
    let of_year = |year| NaiveDate::from_ymd_opt(year, month, day).filter(|date| *date >= from);
    let date = of_year(from.year()).or_else(|| of_year(from.year() + 1)).filter(|_| !goes_on)?;
    Some((hit.name("day")?.start()..whole.end(), date))
}

/// A day of the years that letters are about; two digits are of this century.
fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = if year < 100 { 2000 + year } else { year };
    let year = i32::try_from(year).ok().filter(|y| (1950..2100).contains(y))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// How slashed dates are meant in a whole document: proven by any of them, else by the language and the currency.
pub(crate) fn order(text: &str, language: Option<&str>) -> DateOrder {
    let slashed = pattern!(r"\b(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})\b");
    let dollars = pattern!(r"\$ ?\d|\bUSD\b").is_match(text);
    let mut american = language == Some("en") && dollars && !text.contains(['€', '£']);
    for hit in slashed.captures_iter(text) {
        let number = |i| hit.get(i).and_then(|m| m.as_str().parse::<u32>().ok()).unwrap_or(0);
        if (13..=31).contains(&number(2)) {
            american = true;
        } else if (13..=31).contains(&number(1)) {
            american = false;
        }
    }
    if american { DateOrder::MonthFirst } else { DateOrder::DayFirst }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, order: DateOrder, expected: &[&str]) {
        let found: Vec<String> = find(text, order).iter().map(|(_, d)| d.to_string()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn usual_forms_are_read() {
        for text in [
            "14.03.2026",
            "14.3.26",
            "14. März 2026",
            "14 March 2026",
            "March 14, 2026",
            "2026-03-14",
            "14. 03. 2026",
            "Mar 14, 2026",
            "14. Mär. 2026",
            "den 14.3.2026.",
            "14th March 2026",
            "14/03/2026",
            "14-03-2026",
            "14.Mrz.26",
            "2026/03/14 10:11",
        ] {
            check(text, DateOrder::DayFirst, &["2026-03-14"]);
        }
        check("29 maart 2014, 3 août 2014", DateOrder::DayFirst, &["2014-03-29", "2014-08-03"]);
        check("4. März, 14:15 Uhr, 4. März 14 Uhr, 4. März 26", DateOrder::DayFirst, &["2026-03-04"]);
        check("21. Feber 2025", DateOrder::DayFirst, &["2025-02-21"]);
        check("August 3 , 2014", DateOrder::DayFirst, &["2014-08-03"]);
        check("vom 01.01.2024 - 31.12.2024", DateOrder::DayFirst, &["2024-01-01", "2024-12-31"]);
    }

    #[test]
    fn slashed_dates_follow_the_document() {
        check("03/04/2026", DateOrder::DayFirst, &["2026-04-03"]);
        check("03/04/2026", DateOrder::MonthFirst, &["2026-03-04"]);
        check("03/14/2026", DateOrder::DayFirst, &["2026-03-14"]);
        check("14/03/2026", DateOrder::MonthFirst, &["2026-03-14"]);
        assert_eq!(super::order("03/20/2023 and 04/04/2023", None), DateOrder::MonthFirst);
        assert_eq!(super::order("04/04/2023 for $ 12", Some("en")), DateOrder::MonthFirst);
        assert_eq!(super::order("04/04/2023 for € 12", Some("en")), DateOrder::DayFirst);
    }

    #[test]
    fn a_day_without_a_year_is_the_next_one() {
        let from = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let read = |text: &str| without_year(text, from).map(|(_, date)| date.to_string());
        assert_eq!(read("15.12.").as_deref(), Some("2026-12-15"));
        assert_eq!(read(" 15. Januar auf unser Konto").as_deref(), Some("2027-01-15"));
        assert_eq!(read("1st December to us").as_deref(), Some("2026-12-01"));
        for text in ["15.12.2026", "15. Januar 2027", "31.02.", "15. Mann", "15,12"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in
            ["31.02.2026", "231/244/05518", "5.1120.004471.3", "0341 555-7710", "12.13", "1.2.3.4", "25-0081947"]
        {
            check(text, DateOrder::DayFirst, &[]);
        }
    }
}
