//! Discounts for early payment in words: "2 % Skonto bis 12.03.2026".

use std::ops::Range;

use domain::Skonto;
use regex::Captures;
use rust_decimal::Decimal;

use super::dates::{self, DateOrder};
use super::lengths::{COUNT, Term, UNIT, term};
use super::pattern;

/// Discounts for early payment in a text, with their places.
pub(crate) fn discounts(text: &str, order: DateOrder) -> Vec<(Range<usize>, Skonto)> {
    const PERCENT: &str = r"(?P<percent>\d{1,2}(?:[.,]\d{1,2})?)\s?(?:%|prozent|percent|v\.\s?h\.)";
    const WORD: &str = r"(?:skonto|discount|nachlass|rabatt|abzug)";
    let percent_first = pattern!(&format!(
        r"{PERCENT}\s+(?:\p{{L}}+\s+)?{WORD}[^.;%]{{0,50}}?\b(?:(?:innerhalb|binnen|within|in|bis)\s+(?:von\s+)?{COUNT}\s?{UNIT}(?:[^.;%,]{{0,12}}?bis\s+(?:zum\s+)?(?P<date>\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}))?|(?:bis|until|by)\s+(?:zum\s+)?(?P<until>[\d./-]{{6,10}}|\d{{1,2}}\.?\s\p{{L}}{{3,9}}\s\d{{4}}))"
    ));
    let days_first = pattern!(&format!(
        r"(?:(?:innerhalb|binnen|within|in)\s+(?:von\s+)?)?\b{COUNT}\s?{UNIT}[^.;%]{{0,70}}?{PERCENT}\s+(?:\p{{L}}+\s+)?{WORD}"
    ));
    let date_first = pattern!(&format!(
        r"\b(?:bis|until|by)\s+(?:zum\s+)?(?P<until>\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|\d{{1,2}}\.?\s\p{{L}}{{3,9}}\s\d{{4}})[^.;%]{{0,70}}?{PERCENT}\s+(?:\p{{L}}+\s+)?{WORD}"
    ));
    // "innerhalb von 8 Tagen mit 2 % Skonto, das ist bis 02.12.2025"
    let day_behind = pattern!(&format!(
        r"\b{COUNT}\s?{UNIT}[^.;%]{{0,30}}?{PERCENT}\s+(?:\p{{L}}+\s+)?{WORD}[^;%]{{0,50}}?\b(?:das ist|also|somit|d\.\s?h\.)\s+bis\s+(?:zum\s+)?(?P<date>\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}})"
    ));
    // "bis 20.02.2026 2 % Skonto, bis 12.03.2026 netto": the day before it is its own.
    let right_before = pattern!(&format!(
        r"\b(?:bis|until|by)\s+(?:zum\s+)?(?P<until>\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|\d{{1,2}}\.?\s\p{{L}}{{3,9}}\s\d{{4}})[\s:=–-]{{1,4}}(?:mit\s+|abzüglich\s+|abzgl\.\s+|less\s+)?{PERCENT}\s+(?:\p{{L}}+\s+)?{WORD}"
    ));
    let short = pattern!(r"\b(?P<percent>\d)\s?%?\s?/\s?(?P<count>\d{1,2})\s?,?\s?(?P<unit>)net(?:to)?\b");
    let mut found: Vec<(Range<usize>, Skonto)> = Vec::new();
    for form in [right_before, percent_first, day_behind, days_first, date_first, short] {
        let hits = form.captures_iter(text).filter_map(|hit| discount(&hit, order));
        for (place, discount) in hits {
            if found.iter().all(|(other, _)| other.start >= place.end || place.start >= other.end) {
                found.push((place, discount));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// The discount that a pattern has found, with its place; none without an end, or at a rate that no discount has.
fn discount(hit: &Captures, order: DateOrder) -> Option<(Range<usize>, Skonto)> {
    /// In percent. More is a reduction of the price.
    const HIGHEST: Decimal = Decimal::from_parts(20, 0, 0, false, 0);
    let get = |name| hit.name(name).map(|group| group.as_str());
    let percent: Decimal = get("percent")?.replace(',', ".").parse().ok()?;
    let days = match term(get("count").unwrap_or_default(), get("unit").unwrap_or_default()) {
        Some(Term::Days(days)) => Some(days),
        Some(Term::Months(months)) => Some(30 * months),
        _ => None,
    };
    let end = get("date").or(get("until"));
    let date = end.and_then(|end| dates::find(end, order).first().map(|(_, date)| *date));
    let found = (days.is_some() || date.is_some()) && percent > Decimal::ZERO && percent < HIGHEST;
    found.then_some((hit.get(0)?.range(), Skonto { percent, days, date, basis: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discounts_are_read() {
        let read = |text| {
            discounts(text, DateOrder::DayFirst)
                .into_iter()
                .map(|(_, s)| (s.percent.to_string(), s.days, s.date.map(|d| d.to_string())))
                .collect::<Vec<_>>()
        };
        let days = |percent: &str, days| vec![(percent.to_owned(), Some(days), None)];
        assert_eq!(read("innerhalb von 10 Tagen abzüglich 2 % Skonto"), days("2", 10));
        assert_eq!(read("Bei Zahlung innerhalb 8 Tagen 2,5 % Skonto"), days("2.5", 8));
        assert_eq!(read("2% cash discount if paid within 10 days"), days("2", 10));
        assert_eq!(
            read("3% Skonto innerhalb 10 Tagen bis 15.03.2018"),
            vec![("3".to_owned(), Some(10), Some("2018-03-15".to_owned()))]
        );
        assert_eq!(read("2 % Skonto bis zum 12.03.2026"), vec![("2".to_owned(), None, Some("2026-03-12".to_owned()))]);
        assert_eq!(
            read("bis 17.02.2026  3,00 % Skonto"),
            vec![("3.00".to_owned(), None, Some("2026-02-17".to_owned()))]
        );
        assert_eq!(
            read(
                "innerhalb von 8 Tagen mit 2 % Skonto vom Restbetrag (2.222,31 €), das ist bis 02.12.2025, oder bis 24.12.2025"
            ),
            vec![("2".to_owned(), Some(8), Some("2025-12-02".to_owned()))]
        );
        let own = vec![("2".to_owned(), None, Some("2026-02-20".to_owned()))];
        assert_eq!(read("Bei Zahlung bis 20.02.2026 2 % Skonto = 116,62 EUR, bis 12.03.2026 netto"), own);
        assert_eq!(read("zzgl. 19 % MwSt. innerhalb von 14 Tagen"), vec![]);
    }
}
