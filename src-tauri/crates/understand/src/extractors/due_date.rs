//! The day by which to pay, where the letter prints it.

use std::ops::Range;

use domain::{DocumentKind, Fact, Field, Origin, Value};

use super::Extractor;
use super::terms::issued;
use crate::context::Context;
use crate::forms::discounts::discounts;
use crate::forms::{dates, partial_days, pattern};
use crate::labels::{Place, beside, found};
use crate::layout::Run;
use crate::prose;

pub(super) struct DueDate;

const ID: &str = "due_date";

impl Extractor for DueDate {
    fn id(&self) -> &'static str {
        ID
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = labelled(context);
        facts.extend(in_sentences(context));
        facts
    }
}

/// Days beside a word for the day to pay by.
fn labelled(context: &Context) -> Vec<Fact> {
    let label = pattern!(
        r"^\W*(?:fällig(?:keit)?(?: am| zum)?|fälligkeitsdatum|fälligkeitstermin|zahlbar bis(?: zum)?|zahlungsziel|zahlung bis|zahlungstermin|zahlungsfrist|zu zahlen bis(?: zum)?|zahlen sie (?:bis zum|spätestens am)|bitte zahlen sie (?:bis zum|spätestens (?:am|bis zum))|due(?: date| on| by)?|payment due(?: date| by)?|pay by|payable by|total amount due on|date d.échéance(?:\W{1,3}due date)?|(?:letzter )?zahltag|zahlbar am|zu zahlen am|zu überweisen bis(?: zum)?|überweisung bis(?: zum)?|(?:erste |first )?(?:rate|instal+ment|prämie|beitrag|premium|payment) (?:fällig|zahlbar|due)(?: am| bis| zum| on| by)*|spätestens)\b"
    );
    let read = |text: &str| dates::first(text, context.order);
    let hits = beside(&context.layout, label, 6, &read).into_iter();
    hits.map(|hit| hit.fact(ID, Field::DueDate, 0.93, Value::Date)).collect()
}

/// Days behind a "by" in running text.
fn in_sentences(context: &Context) -> Vec<Fact> {
    let clear = pattern!(
        r"(?:\bfällig(?:keit)?\s*(?:ist\s*)?(?:am|zum|bis|:)?(?:\szum)?|\bzahlbar\s*(?:bis)?\s*(?:zum|am)?|\b(?:due|payable)\s*(?:date|on|by|until)?\s*:?)\s*"
    );
    let until = pattern!(
        r"\b(?:bis\s+(?:spätestens\s+)?(?:zum\s+|am\s+|einschließlich\s+)?|spätestens\s+(?:bis\s+)?(?:zum\s+|am\s+)?|(?:no later than|by|until|on or before)\s+)(?:(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mon|tues|wednes|thurs|fri|satur|sun)\w*,?\s+)?(?:den\s+|dem\s+)?"
    );
    let issued = issued(context).map(|(date, _)| date);
    let mut facts = Vec::new();
    for run in &context.layout.paragraphs {
        let discounts = discounts(&run.text, context.order);
        let discounted =
            |range: &Range<usize>| discounts.iter().any(|(d, _)| d.start < range.end && range.start < d.end);
        for (label, clear) in [(clear, true), (until, false)] {
            for hit in label.find_iter(&run.text) {
                let rest = run.text.get(hit.end()..).unwrap_or_default();
                let printed = dates::first(rest, context.order);
                // A year that is not printed follows from the day of the letter.
                let counted = || dates::without_year(rest, issued?);
                let origin = if printed.is_some() { run.origin } else { Origin::Derived };
                let Some((range, date)) = printed.or_else(counted).filter(|(range, _)| range.start <= 2) else {
                    continue;
                };
                let range = hit.end() + range.start..hit.end() + range.end;
                let weight = due_weight(run, hit.start(), clear, context)
                    * if origin == Origin::Derived { partial_days::nearness(date, issued) } else { 1.0 };
                if weight > 0.0 && !discounted(&range) {
                    let hit = found(run, range, date, Place::Behind);
                    facts.push(Fact { origin, ..hit.fact(ID, Field::DueDate, weight, Value::Date) });
                }
            }
        }
    }
    facts
}

/// How likely the date behind a "by" is the day to pay by.
fn due_weight(run: &Run, label: usize, clear: bool, context: &Context) -> f32 {
    let range = prose::sentence(&run.text, label);
    let sentence = run.text.get(range.clone()).unwrap_or_default();
    let before = run.text.get(range.start..label).unwrap_or_default();
    // "vom 1.1. bis 31.12.": the end of a period.
    let period = dates::find(before, context.order).last().is_some_and(|(last, _)| {
        let between = before.get(last.end..).unwrap_or_default();
        // "bis 20.02.2026, spätestens am 12.03.2026" are two days.
        between.len() <= 3 && !between.contains(',')
    }) || pattern!(r"\d{1,2}\.(?:\d{1,2}\.)?\s?$").is_match(before);
    let behind = run.text.get(label..range.end).unwrap_or_default();
    let was = pattern!(r"\b(?:war|waren|wurde|ursprünglich|was|were|originally)\b[^,;]{0,30}$").is_match(before)
        || pattern!(r"^.{0,40}?\d (?:fällig )?(?:war|waren|gewesen)\b").is_match(behind);
    // "oder bis 24.12.2025 rein netto"
    let net = pattern!(r"^[^;!?]{0,40}?\d,?\s+(?:rein )?(?:netto|ohne (?:jeden )?abzug|net\b)").is_match(behind);
    // "Die Wartung ist bis zum 31.03. fällig": nothing to pay.
    let visit = pattern!(
        r"\b\p{L}*(?:besuch|untersuchung|prüfung|inspektion|wartung|impfung|eichung|kontrolle|inspection|check-up)\b[^.;!?]{0,60}\b(?:ist|wird|sind|is|falls)\b"
    );
    let visits = visit.is_match(sentence) && crate::forms::amounts::find(sentence).is_empty();
    match (clear || net, prose::asks_to_pay(sentence), prose::about_something_else(sentence)) {
        _ if period || was => 0.0,
        _ if visits || prose::paper_arrives(sentence) => 0.1,
        // On a credit note the sender pays, and names the day.
        _ if context.kind() == DocumentKind::CreditNote && prose::pays_back(sentence) => 0.87,
        (_, _, true) => 0.2,
        (true, _, false) => 0.88,
        (false, true, false) => 0.87,
        // A deadline in a letter that asks for money, in a sentence without the word.
        (false, false, false) if context.kind() == DocumentKind::Dunning => 0.82,
        (false, false, false) => 0.3,
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::DueDate;

    use crate::testing::{check, findings, value};

    #[test]
    fn the_day_to_pay_by_stands_in_labels_and_sentences() {
        let head = "Rechnung Nr. 12 vom 03.02.2026\n\nRechnungsbetrag    119,00 €\n\n";
        for line in [
            "Fällig am 03.03.2026",
            "Bitte überweisen Sie den Betrag bis zum 3. März 2026.",
            "Zahlbar bis spätestens 03.03.26 ohne Abzug.",
            "Bitte zahlen Sie bis Dienstag, den 03.03.2026 auf unser Konto.",
            "Please transfer the total by 3 March 2026.",
        ] {
            assert_eq!(value(&format!("{head}{line}"), DueDate).as_deref(), Some("2026-03-03"), "{line}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_next_after_the_letter_and_a_question() {
        let text = "Rechnung Nr. 12 vom 03.02.2026\n\nBitte überweisen Sie den Betrag bis zum 3. März auf unser Konto.";
        let fact = findings(text).best(DueDate).unwrap().clone();
        assert_eq!((fact.value.plain().as_str(), fact.certain), ("2026-03-03", false));
    }

    #[test]
    fn on_a_credit_note_it_is_the_day_by_which_the_sender_pays() {
        let head = "Gutschrift Nr. 12 vom 03.02.2026\n\nGuthaben    119,00 €\n\n";
        for line in [
            "Wir überweisen Ihnen das Guthaben von 119,00 € bis zum 03.03.2026.",
            "Das Guthaben wird bis zum 3. März 2026 erstattet.",
        ] {
            assert_eq!(value(&format!("{head}{line}"), DueDate).as_deref(), Some("2026-03-03"), "{line}");
        }
    }

    #[test]
    fn other_deadlines_are_not_the_day_to_pay_by() {
        let head = "Rechnung Nr. 12 vom 03.02.2026\n\nZahlbar bis zum 03.03.2026.\n\n";
        for line in [
            "Leistung vom 01.01.2026 bis 31.01.2026",
            "Bei Zahlung bis zum 10.02.2026 2 % Skonto.",
            "Sie können bis zum 17.02.2026 widerrufen.",
        ] {
            check(&format!("{head}{line}"), &[(DueDate, "2026-03-03")]);
        }
    }
}
