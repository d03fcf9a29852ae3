//! A new amount that the reader pays again and again: "Ihre Gesamtmiete beträgt ab dem 1. Oktober 630,60 €. Bitte ändern Sie
//! Ihren Dauerauftrag." Nothing is debited, so the first payment of the new amount is something to do.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{Fact, Field, Instalment, Origin, Value};
use rust_decimal::Decimal;

use super::{Extractor, direct_debit, issued};
use crate::context::Context;
use crate::forms::{amounts, dates, partial_days, pattern};
use crate::labels::{Place, found};
use crate::layout::Run;
use crate::prose;

pub(super) struct StandingOrder;

/// How sure such a change is.
const CHANGED: f32 = 0.8;
/// So many sentences before the request may name the amount and its day.
const BACK: usize = 3;

impl Extractor for StandingOrder {
    fn id(&self) -> &'static str {
        "standing_order"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let Some((issued, _)) = issued(context) else { return Vec::new() };
        if context.layout.paragraphs.iter().any(|run| !direct_debit::announcements(run).is_empty()) {
            return Vec::new();
        }
        context.layout.paragraphs.iter().find_map(|run| changed(self.id(), run, context, issued)).unwrap_or_default()
    }
}

/// Whether a sentence asks to pay a new amount from now on.
fn asks_to_change(sentence: &str) -> bool {
    let order = pattern!(r"\b(?:dauerauftr[aä]g\p{L}*|standing order)\b");
    let changes = pattern!(
        r"\b(?:änder|zu ändern|anpass|anzupassen|passen\b|umstell|umzustellen|stellen\b|erhöh|aktualisier|einricht|richten\b|einzurichten|denken\b|amend|change|adjust|update|set up)"
    );
    // "Bitte überweisen Sie ab dann 712,00 €"
    let from_then = pattern!(
        r"\b(?:überweisen|zahlen|entrichten|pay|transfer)\b[^.;!?]{0,40}\b(?:ab (?:dann|diesem|dem|der|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|\d)|künftig|zukünftig|from (?:then|that|\d|january|february|march|april|may|june|july|august|september|october|november|december))\b"
    );
    order.is_match(sentence) && changes.is_match(sentence)
        || prose::asks_of_reader(sentence) && from_then.is_match(sentence)
}

/// The amount and the day of a change that a paragraph asks for.
fn changed(by: &str, run: &Run, context: &Context, issued: NaiveDate) -> Option<Vec<Fact>> {
    let all: Vec<_> = prose::sentences(&run.text).collect();
    let at = all.iter().position(|(_, sentence)| asks_to_change(sentence))?;
    let near = || all.get(at.saturating_sub(BACK)..=at).unwrap_or_default().iter().rev();
    // What it was before is none.
    let old = pattern!(
        r"(?:\b(?:bisher\p{L}*|bislang|zuvor|derzeit|zurzeit|aktuell|previously|until now)\b[^.;!?\d]{0,24}|\b(?:statt|von|instead of|from)\W*(?:monatlich\W*)?)$"
    );
    // The whole counts, not the part of it that has changed.
    let whole = pattern!(
        r"\b(?:gesamt\p{L}*|insgesamt|zusammen|miete|künftig|neue?[rns]?|dann|total|abschlag|beitrag|monatlich)\b[^.;!?\d]{0,60}$"
    );
    let (place, amount) = near().find_map(|(range, sentence)| {
        let sums: Vec<_> = amounts::find(sentence)
            .into_iter()
            .filter(|amount| amount.value > Decimal::ZERO)
            .filter(|amount| sentence.get(..amount.range.start).is_some_and(|text| !old.is_match(text)))
            .collect();
        let is_whole =
            |amount: &&amounts::Amount| sentence.get(..amount.range.start).is_some_and(|text| whole.is_match(text));
        let amount = sums.iter().rev().find(is_whole).or_else(|| sums.last())?;
        Some((range.start + amount.range.start..range.start + amount.range.end, amount.value))
    })?;
    let (in_text, day, is_printed) =
        near().find_map(|(range, sentence)| from_when(range, sentence, context, issued))?;
    let due = found(run, in_text.clone(), day, Place::Behind).fact(by, Field::DueDate, CHANGED, Value::Date);
    let origin = if is_printed { due.origin } else { Origin::Derived };
    let sum = found(run, place, amount, Place::Behind).fact(by, Field::AmountDue, CHANGED, Value::Amount);
    // Beside what a bill asks for now it is the next payment.
    let part = found(run, in_text, vec![Instalment { due: day, amount }], Place::Behind);
    let part = part.fact(by, Field::Instalments, CHANGED, Value::Instalments);
    Some(vec![Fact { origin, ..due }, sum, part])
}

/// From when a sentence says that something holds: "ab dem 1. Oktober", "zum 1. November", "mit der Zahlung für Mai".
fn from_when(
    at: &Range<usize>,
    sentence: &str,
    context: &Context,
    issued: NaiveDate,
) -> Option<(Range<usize>, NaiveDate, bool)> {
    let from = pattern!(
        r"\b(?:ab|zum|zu[rm] zahlung (?:am|zum)|seit|mit wirkung (?:vom|zum|ab)|erstmals|erstmalig|from|starting|as of|effective)\b[^.;!?\d]{0,24}$"
    );
    let printed = dates::find(sentence, context.order).into_iter().map(|hit| (hit, true));
    let partly = partial_days::find(sentence, issued).into_iter().map(|hit| (hit, false));
    let is_from = |(range, day): &(Range<usize>, NaiveDate)| {
        *day > issued && sentence.get(..range.start).is_some_and(|text| from.is_match(text))
    };
    let named = printed.chain(partly).find(|(hit, _)| is_from(hit));
    let named = named.map(|((range, day), is_printed)| (range, day, is_printed));
    // "ab Oktober 2026", "erstmals mit der Zahlung für Mai"
    let month = || {
        let form =
            pattern!(r"\b(?:ab|für|from|for)\s+(?:den monat |monat )?(?P<name>\p{L}{3,10})(?:\s(?P<year>20\d\d))?\b");
        form.captures_iter(sentence).find_map(|hit| {
            let month = dates::month(hit.name("name")?.as_str())?;
            let year = hit.name("year").and_then(|year| year.as_str().parse().ok());
            let first = |year| NaiveDate::from_ymd_opt(year, month, 1);
            let this = chrono::Datelike::year(&issued);
            let next = || first(this).filter(|day| *day > issued).or_else(|| first(this + 1));
            Some((hit.get(0)?.range(), year.map_or_else(next, first)?, false))
        })
    };
    let (range, day, is_printed) = named.or_else(month)?;
    Some((at.start + range.start..at.start + range.end, day, is_printed))
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, DueDate, Instalments};

    use crate::testing::{check, value};

    const HEAD: &str = "Hausverwaltung Muster GmbH\n\nDatum: 20.08.2026\n\nSehr geehrte Frau Beispiel,\n\n";

    #[test]
    fn a_new_rent_is_paid_from_its_day() {
        for (text, day, amount) in [
            (
                "Ihre neue Gesamtmiete beträgt ab dem 01.10.2026 monatlich 630,60 €.\nBitte ändern Sie Ihren Dauerauftrag entsprechend.",
                "2026-10-01",
                "630.60",
            ),
            (
                "Die Miete steigt zum 1. November 2026. Bitte überweisen Sie ab diesem Zeitpunkt 712,00 € (bisher 695,00 €).",
                "2026-11-01",
                "712.00",
            ),
            (
                "Die Vorauszahlung erhöht sich von 160,00 € auf 182,00 €, die Gesamtmiete beträgt damit ab Oktober 2026 630,60 €.\nDenken Sie bitte daran, Ihren Dauerauftrag anzupassen.",
                "2026-10-01",
                "630.60",
            ),
        ] {
            check(&format!("{HEAD}{text}"), &[(DueDate, day), (AmountDue, amount)]);
        }
    }

    #[test]
    fn beside_a_bill_it_is_the_next_payment() {
        let bill = "Hausverwaltung Muster GmbH\n\nBetriebskostenabrechnung 2025\n\nDatum: 20.08.2026\n\nKosten               2.184,77 €\nVorauszahlungen     -1.920,00 €\nNachzahlung            264,77 €\n\nBitte überweisen Sie 264,77 € bis zum 21.09.2026.\n\nIhre Gesamtmiete beträgt ab dem 01.10.2026 630,60 €. Bitte ändern Sie Ihren Dauerauftrag.";
        check(
            bill,
            &[(DueDate, "2026-09-21"), (AmountDue, "264.77"), (Instalments, "2026-09-21 264.77; 2026-10-01 630.60")],
        );
    }

    #[test]
    fn what_is_debited_needs_no_order() {
        let letter = format!(
            "{HEAD}Der Beitrag steigt ab dem 01.10.2026 auf 42,00 €. Wir buchen ihn am 01.10.2026 von Ihrem Konto ab.\nEinen Dauerauftrag zu ändern ist nicht nötig."
        );
        assert_eq!(value(&letter, Instalments), None);
    }
}
