//! Terms of payment in words: "zahlbar innerhalb von 14 Tagen", "30 days net", "2 % Skonto bis 12.03.2026".

use std::ops::Range;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use domain::Skonto;
use rust_decimal::Decimal;

use super::dates::{self, Order};
use super::pattern;

/// A length of time from the day of the bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// So many days.
    Days(u32),
    /// So many months.
    Months(u32),
    /// To the end of the bill's month.
    MonthEnd,
    /// To this day of the month after the bill's; a day that the month does not have is its last.
    NextMonth(u32),
    /// At once.
    AtOnce,
}

impl Term {
    /// The day on which the term ends when it starts at `from`.
    pub(crate) fn end(self, from: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => from.checked_add_days(Days::new(days.into())),
            Self::Months(months) => from.checked_add_months(Months::new(months)),
            Self::MonthEnd => from.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt(),
            Self::NextMonth(day) => {
                let first = from.with_day(1)?.checked_add_months(Months::new(1))?;
                let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
                first.with_day(day).or(Some(last))
            }
            Self::AtOnce => Some(from),
        }
    }
}

/// How many bytes a printed end stands behind its term.
const REACH: usize = 30;

const COUNT: &str = r"(?P<count>\d{1,3}|eine[mnrs]?|one|a|zwei|two|drei|three|vier|four|fünf|five|sechs|six|sieben|seven|acht|eight|zehn|ten|vierzehn|fourteen|dreißig|thirty)";
const UNIT: &str = r"(?P<unit>(?:kalender|werk|arbeits|bank|bankarbeits)?tage?n?\b|(?:calendar|business|working)?\s?days?\b|jours?\b|dagen\b|woche?n?\b|weeks?\b|monat(?:e[ns]?|s)?\b|months?\b)";

fn count(text: &str) -> Option<u32> {
    let word = text.to_lowercase();
    match word.as_str() {
        "one" | "a" => Some(1),
        "zwei" | "two" => Some(2),
        "drei" | "three" => Some(3),
        "vier" | "four" => Some(4),
        "fünf" | "five" => Some(5),
        "sechs" | "six" => Some(6),
        "sieben" | "seven" => Some(7),
        "acht" | "eight" => Some(8),
        "zehn" | "ten" => Some(10),
        "vierzehn" | "fourteen" => Some(14),
        "dreißig" | "thirty" => Some(30),
        one if one.starts_with("eine") => Some(1),
        digits => digits.parse().ok(),
    }
}

fn term(number: &str, unit: &str) -> Option<Term> {
    let number = count(number)?;
    let unit = unit.trim().to_lowercase();
    Some(match () {
        () if unit.starts_with("monat") || unit.starts_with("month") => Term::Months(number),
        () if unit.starts_with("woche") || unit.starts_with("week") => Term::Days(7 * number),
        () => Term::Days(number),
    })
}

/// The term for the whole amount in a sentence about payment, with its place. Discount periods are left out.
pub(crate) fn due(sentence: &str, order: Order) -> Option<(Range<usize>, Term)> {
    let mut text = sentence.to_owned();
    for (range, _) in discounts(sentence, order) {
        text.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    let text = text.as_str();
    let before = pattern!(&format!(
        r"\b(?:innerhalb|binnen|within|sous|dans|à|nach|in|zahlungsziel|zahlungsfrist|zahlungsbedingung(?:en)?|zahlungskonditionen|payment terms?|terms|net|netto)\b[:\s]+(?:von\s+|der nächsten\s+|the next\s+|net\s+)?{COUNT}\s?{UNIT}"
    ));
    let behind = pattern!(&format!(r"\b{COUNT}\s?{UNIT}\s+(?:netto|net|rein netto|nach|ab|from|after|ohne abzug)\b"));
    for form in [before, behind] {
        if let Some(hit) = form.captures(text)
            && let (Some(whole), Some(number), Some(unit)) = (hit.get(0), hit.name("count"), hit.name("unit"))
            && let Some(term) = term(number.as_str(), unit.as_str())
        {
            return Some((whole.range(), term));
        }
    }
    let next_month = pattern!(
        r"\b(?:(?P<day>\d{1,2})\.? (?:tag )?des (?:folgenden|nächsten|folge-?)\s?(?:monats|kalendermonats)|(?P<day2>\d{1,2})(?:st|nd|rd|th)? of (?:the )?(?:following|next) month|(?P<end>ende des (?:folgenden |nächsten |folge-?)(?:monats|kalendermonats)|end of (?:the )?(?:following|next) month))"
    );
    if let Some(hit) = next_month.captures(text) {
        let day = hit.name("day").or(hit.name("day2")).and_then(|day| day.as_str().parse().ok());
        let day = day.unwrap_or(31);
        if let Some(whole) = hit.get(0).filter(|_| (1..=31).contains(&day)) {
            return Some((whole.range(), Term::NextMonth(day)));
        }
    }
    let month_end =
        pattern!(r"\b(?:bis (?:zum )?(?:monatsende|ende des monats)|by (?:the )?end of (?:the |this )?month)\b");
    let at_once = pattern!(
        r"\b(?:sofort (?:fällig|zahlbar|nach|rein netto|netto|ohne)|sofort und ohne|zahlbar (?:ohne abzug )?(?:sofort|prompt)|(?:sofort|prompt|umgehend) nach erhalt|fällig (?:sofort|bei erhalt)|(?:due|payable) (?:up)?on receipt|(?:due|payable) immediately|paiement immédiat|à réception)"
    );
    [(month_end, Term::MonthEnd), (at_once, Term::AtOnce)]
        .into_iter()
        .find_map(|(form, term)| form.find(text).map(|hit| (hit.range(), term)))
}

/// The days from which the terms of a sentence are counted, where it prints their length and their end: "innerhalb 30
/// Tagen netto bis 04.04.2013". Months are left out: several days may be a month before one.
pub(crate) fn counted_from(sentence: &str, order: Order) -> Vec<(Range<usize>, NaiveDate)> {
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

/// Discounts for early payment in a text, with their places.
pub(crate) fn discounts(text: &str, order: Order) -> Vec<(Range<usize>, Skonto)> {
    const PERCENT: &str = r"(?P<percent>\d{1,2}(?:[.,]\d{1,2})?)\s?(?:%|prozent|percent|v\.\s?h\.)";
    const WORD: &str = r"(?:skonto|discount|nachlass|rabatt|abzug)";
    let percent_first = pattern!(&format!(
        r"{PERCENT}\s+(?:\p{{L}}+\s+)?{WORD}[^.;%]{{0,50}}?\b(?:(?:innerhalb|binnen|within|in|bis)\s+(?:von\s+)?{COUNT}\s?{UNIT}(?:[^.;%,]{{0,12}}?bis\s+(?:zum\s+)?(?P<date>\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}))?|(?:bis|until|by)\s+(?:zum\s+)?(?P<until>[\d./-]{{6,10}}|\d{{1,2}}\.?\s\p{{L}}{{3,9}}\s\d{{4}}))"
    ));
    let days_first = pattern!(&format!(
        r"(?:(?:innerhalb|binnen|within|in)\s+(?:von\s+)?)?\b{COUNT}\s?{UNIT}[^.;%]{{0,40}}?{PERCENT}\s+(?:\p{{L}}+\s+)?{WORD}"
    ));
    let short = pattern!(r"\b(?P<percent>\d)\s?%?\s?/\s?(?P<count>\d{1,2})\s?,?\s?(?P<unit>)net(?:to)?\b");
    let mut found: Vec<(Range<usize>, Skonto)> = Vec::new();
    for form in [percent_first, days_first, short] {
        for hit in form.captures_iter(text) {
            let (Some(whole), Some(percent)) = (hit.get(0), hit.name("percent")) else { continue };
            let get = |name| hit.name(name).map(|m| m.as_str());
            let Ok(percent) = percent.as_str().replace(',', ".").parse::<Decimal>() else { continue };
            let days = match (get("count"), get("unit")) {
                (Some(number), Some(unit)) => match term(number, unit) {
                    Some(Term::Days(days)) => Some(days),
                    Some(Term::Months(months)) => Some(30 * months),
                    _ => None,
                },
                _ => None,
            };
            let date = get("date").or(get("until")).and_then(|t| dates::find(t, order).first().map(|(_, date)| *date));
            let taken = found.iter().any(|(range, _)| range.start < whole.end() && whole.start() < range.end);
            if !taken && (days.is_some() || date.is_some()) && percent > Decimal::ZERO && percent < Decimal::from(20) {
                found.push((whole.range(), Skonto { percent, days, date, basis: None }));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: Option<Term>) {
        assert_eq!(due(sentence, Order::DayFirst).map(|(_, term)| term), expected, "{sentence}");
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
            |text| counted_from(text, Order::DayFirst).into_iter().map(|(_, d)| d.to_string()).collect::<Vec<_>>();
        let text = "Zahlbar innerhalb 30 Tagen netto bis 04.04.2013, 3% Skonto innerhalb 10 Tagen bis 15.03.2013";
        assert_eq!(days(text), ["2013-03-05", "2013-03-05"]);
        assert!(days("Zahlbar innerhalb von 14 Tagen ohne Abzug.").is_empty());
        assert!(days("Zahlbar bis 04.04.2013").is_empty());
    }

    #[test]
    fn discounts_are_read() {
        let read = |text| {
            discounts(text, Order::DayFirst)
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
        assert_eq!(read("zzgl. 19 % MwSt. innerhalb von 14 Tagen"), vec![]);
    }

    #[test]
    fn terms_end_on_calendar_days() {
        let from = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
        let end = |term: Term| term.end(from).unwrap().to_string();
        assert_eq!(end(Term::Days(14)), "2026-02-14");
        assert_eq!(end(Term::Months(1)), "2026-02-28");
        assert_eq!(end(Term::MonthEnd), "2026-01-31");
        assert_eq!(end(Term::NextMonth(15)), "2026-02-15");
        assert_eq!(end(Term::NextMonth(31)), "2026-02-28");
        assert_eq!(end(Term::AtOnce), "2026-01-31");
    }
}
