//! When a contract starts, how long it binds, and how it ends.

use std::ops::Range;

use domain::{DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{dates, pattern};
use crate::labels::{beside, in_prose};

pub(super) struct Contract;

impl Extractor for Contract {
    fn id(&self) -> &'static str {
        "contract"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        let notice = pattern!(
            r"\b(?:mit (?:einer )?(?:frist von|(?:kündigungs)?frist (?:von )?)|kündigungsfrist(?: von| beträgt)?:?|notice period(?: of| is)?:?|with a notice (?:period )?of|wenn er nicht (?:spätestens )?|wird er nicht (?:spätestens )?)\s*"
        );
        let beside_notice = beside(&context.layout, notice, 2, &period);
        for hit in in_prose(&context.layout, notice, 2, &period).into_iter().chain(beside_notice) {
            facts.push(hit.fact(self.id(), Field::NoticePeriod, 0.78, Value::Text));
        }
        let agreement = matches!(
            context.kind(),
            DocumentKind::Contract | DocumentKind::InsurancePolicy | DocumentKind::OrderConfirmation
        );
        if !agreement {
            return facts;
        }
        let day = |text: &str| dates::find(text, context.order).into_iter().next();
        let start = pattern!(
            r"\b(?:vertragsbeginn|versicherungsbeginn|lieferbeginn|mietbeginn|beginn(?:t am)?|laufzeit ab|contract start|start date|commence(?:s|ment)(?: date)?|beliefern (?:wir )?sie ab(?: dem)?|ab dem|beginnt (?:am|mit dem))\b(?:\s\([^)]*\))?"
        );
        for hit in beside(&context.layout, start, 4, &day).into_iter().chain(in_prose(&context.layout, start, 4, &day))
        {
            facts.push(hit.fact(self.id(), Field::ContractStart, 0.85, Value::Date));
        }
        let term = pattern!(
            r"\b(?:mindest(?:vertrags)?laufzeit|erst(?:vertrags)?laufzeit|vertragslaufzeit|mindestvertragsdauer|vertragsdauer|initial term|minimum term|contract term)\b"
        );
        for hit in
            beside(&context.layout, term, 6, &months).into_iter().chain(in_prose(&context.layout, term, 6, &months))
        {
            facts.push(hit.fact(self.id(), Field::InitialTermMonths, 0.85, Value::Integer));
        }
        facts
    }
}

/// `24 Monate`, `2 Jahre`, `one year` as months.
fn months(text: &str) -> Option<(Range<usize>, i32)> {
    let hit = pattern!(r"(?P<count>\d{1,2}|ein(?:em)?|zwei|one|two)\s+(?P<unit>monat\w*|months?|jahr\w*|years?)")
        .captures(text)?;
    let count = match hit.name("count")?.as_str().to_lowercase().as_str() {
        "ein" | "einem" | "one" => 1,
        "zwei" | "two" => 2,
        digits => digits.parse().ok()?,
    };
    let unit = hit.name("unit")?.as_str().to_lowercase();
    let months = if unit.starts_with("jahr") || unit.starts_with("year") { 12 * count } else { count };
    Some((hit.get(0)?.range(), months))
}

/// A notice period as printed: `drei Monate vor Ablauf`, `1 Monat zum Ende der Laufzeit`.
fn period(text: &str) -> Option<(Range<usize>, String)> {
    let form = pattern!(
        r"^(?:\d{1,2}|eine[mrsn]?|ein|zwei|drei|vier|sechs|one|two|three|six)\s+(?:\w+\s)?(?:monat\w*|woche\w*|tage?n?|months?|weeks?|days?|jahr\w*)(?:\s+(?:zum (?:ende (?:der|des|eines) \p{L}+|\p{L}+ende|quartal|jahresende|monatsende)|vor (?:dem )?ablauf))?"
    );
    form.find(text).map(|hit| (hit.range(), hit.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use domain::Field::{ContractStart, InitialTermMonths, NoticePeriod};

    use crate::testing::check;

    #[test]
    fn start_term_and_notice_are_found() {
        check(
            "Mitgliedsvertrag\n\nVertragsbeginn    01.10.2026\nErstlaufzeit    24 Monate\nKündigungsfrist    3 Monate zum Ende der Laufzeit",
            &[
                (ContractStart, "2026-10-01"),
                (InitialTermMonths, "24"),
                (NoticePeriod, "3 Monate zum Ende der Laufzeit"),
            ],
        );
        check(
            "Membership agreement\n\nStart date    1 May 2026\nInitial term    one year",
            &[(ContractStart, "2026-05-01"), (InitialTermMonths, "12")],
        );
    }
}
