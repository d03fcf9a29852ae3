//! Terms of payment in words: "zahlbar innerhalb von 14 Tagen", "30 days net".

use std::ops::Range;

use chrono::{Days, NaiveDate};
use regex::Regex;

use super::dates::{self, DateOrder};
use super::discounts::discounts;
use super::lengths::{COUNT, Term, UNIT, term};
use super::pattern;

/// The term for the whole amount in a sentence about payment, with its place. Discount periods are left out.
pub(crate) fn due(sentence: &str, order: DateOrder) -> Option<(Range<usize>, Term)> {
    let mut text = sentence.to_owned();
    for (range, _) in discounts(sentence, order) {
        text.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    let month_end =
        pattern!(r"\b(?:bis (?:zum )?(?:monatsende|ende des monats)|by (?:the )?end of (?:the |this )?month)\b");
    let at_once = pattern!(
        r"\b(?:sofort (?:fällig|zahlbar|nach|rein netto|netto|ohne)|sofort und ohne|zahlbar (?:ohne abzug )?(?:sofort|prompt|umgehend)|(?:sofort|prompt|umgehend) nach erhalt|fällig (?:sofort|bei erhalt)|(?:due|payable) (?:up)?on receipt|(?:due|payable) immediately|paiement immédiat|à réception)"
    );
    let plain = |form: &Regex, term| form.find(&text).map(|hit| (hit.range(), term));
    counted(&text)
        .or_else(|| in_next_month(&text))
        .or_else(|| plain(month_end, Term::MonthEnd))
        .or_else(|| plain(at_once, Term::AtOnce))
}

/// "innerhalb von 14 Tagen", "30 days net".
fn counted(text: &str) -> Option<(Range<usize>, Term)> {
    let before = pattern!(&format!(
        r"\b(?:innerhalb|innert|binnen|within|sous|dans|à|nach|in|zahlungsziel|zahlungsfrist|zahlungsbedingung(?:en)?|zahlungskonditionen|payment terms?|terms|net|netto)\b[:\s]+(?:(?:einer|der) frist von\s+|von\s+|der nächsten\s+|the next\s+|a period of\s+|net\s+)?{COUNT}\s?{UNIT}"
    ));
    let behind = pattern!(&format!(r"\b{COUNT}\s?{UNIT}\s+(?:netto|net|rein netto|nach|ab|from|after|ohne abzug)\b"));
    let ahead = pattern!(r"^\W*(?:vor|before|prior to)\b");
    [before, behind].into_iter().find_map(|form| {
        let hit = form.captures_iter(text).find(|hit| {
            let end = hit.get(0).map_or(0, |whole| whole.end());
            !ahead.is_match(text.get(end..).unwrap_or_default())
        })?;
        let term = term(hit.name("count")?.as_str(), hit.name("unit")?.as_str())?;
        Some((hit.get(0)?.range(), term))
    })
}

/// "30 Tage vor Abreise", "four weeks before arrival": how long before, with the word for what.
pub(crate) fn ahead_of(sentence: &str) -> Option<(Range<usize>, Term, &str)> {
    let form = pattern!(&format!(
        r"\b{COUNT}\s?{UNIT}\s+(?:vor|before|prior to|ahead of)\s+(?:(?:dem|der|ihrer|ihrem|eurer|deiner|the|your|antritt der|beginn der|beginn des|start of the|start of your)\s+){{0,2}}(?P<what>\p{{L}}{{4,}}(?:-in)?)"
    ));
    let hit = form.captures(sentence)?;
    let term = term(hit.name("count")?.as_str(), hit.name("unit")?.as_str())?;
    Some((hit.get(0)?.range(), term, hit.name("what")?.as_str()))
}

/// "bis zum 15. des Folgemonats", "by the end of the following month".
fn in_next_month(text: &str) -> Option<(Range<usize>, Term)> {
    /// The day for the end of a month: one that it does not have is its last.
    const LAST: u32 = 31;
    let form = pattern!(
        r"\b(?:(?P<day>\d{1,2})\.? (?:tag )?des (?:folgenden|nächsten|folge-?)\s?(?:monats|kalendermonats)|(?P<day2>\d{1,2})(?:st|nd|rd|th)? of (?:the )?(?:following|next) month|(?P<end>ende des (?:folgenden |nächsten |folge-?)(?:monats|kalendermonats)|end of (?:the )?(?:following|next) month))"
    );
    let hit = form.captures(text)?;
    let day = hit.name("day").or(hit.name("day2")).and_then(|day| day.as_str().parse().ok()).unwrap_or(LAST);
    (1..=LAST).contains(&day).then_some((hit.get(0)?.range(), Term::NextMonth(day)))
}

/// The days from which the terms of a sentence are counted, where it prints their length and their end: "innerhalb 30
/// Tagen netto bis 04.04.2013". Months are left out: several days may be a month before one.
pub(crate) fn counted_from(sentence: &str, order: DateOrder) -> Vec<(Range<usize>, NaiveDate)> {
    /// How many bytes a printed end stands behind its term.
    const REACH: usize = 30;
    let discounts = discounts(sentence, order);
    let discounted = discounts.iter().filter_map(|(place, discount)| {
        let days = Days::new(discount.days?.into());
        Some((place.clone(), discount.date?.checked_sub_days(days)?))
    });
    let whole = due(sentence, order).and_then(|(term, length)| {
        let Term::Days(days) = length else { return None };
        let inside = |range: &Range<usize>| discounts.iter().any(|(d, _)| d.start < range.end && range.start < d.end);
        let ends =
            dates::find(sentence, order).into_iter().find(|(range, _)| range.start >= term.end && !inside(range));
        let (end, date) = ends.filter(|(range, _)| range.start - term.end <= REACH)?;
        Some((term.start..end.end, date.checked_sub_days(Days::new(days.into()))?))
    });
    whole.into_iter().chain(discounted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: Option<Term>) {
        assert_eq!(due(sentence, DateOrder::DayFirst).map(|(_, term)| term), expected, "{sentence}");
    }

    #[test]
    fn usual_terms_are_read() {
        check("Zahlbar innerhalb von 14 Tagen ohne Abzug.", Some(Term::Days(14)));
        check("Bitte überweisen Sie den Betrag binnen zwei Wochen.", Some(Term::Days(14)));
        check("Zahlungsziel: 30 Tage netto", Some(Term::Days(30)));
        check("14 Tage nach Rechnungsdatum", Some(Term::Days(14)));
        check("Payable within 14 days of the invoice date", Some(Term::Days(14)));
        check("Payment terms: 15 Days", Some(Term::Days(15)));
        check("Net 30 days", Some(Term::Days(30)));
        check("zahlbar innerhalb eines Monats", Some(Term::Months(1)));
        check("fällig innerhalb einer Woche ab Zugang", Some(Term::Days(7)));
        check("sofort fällig", Some(Term::AtOnce));
        check("Rechnungsbetrag zahlbar ohne Abzug sofort nach Erhalt der Rechnung.", Some(Term::AtOnce));
        check("Due upon receipt", Some(Term::AtOnce));
        check("Bitte zahlen Sie bis zum Monatsende.", Some(Term::MonthEnd));
        check("Zahlbar bis zum 15. des Folgemonats.", Some(Term::NextMonth(15)));
        check("Payable by the 10th of the following month", Some(Term::NextMonth(10)));
        check("Zahlbar bis Ende des nächsten Monats", Some(Term::NextMonth(31)));
        check("Paiement sous 30 jours", Some(Term::Days(30)));
        check("Te betalen binnen 14 dagen", Some(Term::Days(14)));
        check("Vielen Dank für Ihren Auftrag.", None);
    }

    #[test]
    fn a_discount_period_is_not_the_term() {
        check("Zahlbar innerhalb von 10 Tagen abzüglich 2 % Skonto, sonst ohne Abzug.", None);
        check("Zahlbar innerhalb 30 Tagen netto, 3% Skonto innerhalb 10 Tagen.", Some(Term::Days(30)));
        check("10 Tage 2 % Skonto, 30 Tage netto", Some(Term::Days(30)));
    }

    #[test]
    fn a_term_with_its_end_tells_from_when_it_is_counted() {
        let days =
            |text| counted_from(text, DateOrder::DayFirst).into_iter().map(|(_, d)| d.to_string()).collect::<Vec<_>>();
        let text = "Zahlbar innerhalb 30 Tagen netto bis 04.04.2013, 3% Skonto innerhalb 10 Tagen bis 15.03.2013";
        assert_eq!(days(text), ["2013-03-05", "2013-03-05"]);
        assert!(days("Zahlbar innerhalb von 14 Tagen ohne Abzug.").is_empty());
        assert!(days("Zahlbar bis 04.04.2013").is_empty());
    }
}
