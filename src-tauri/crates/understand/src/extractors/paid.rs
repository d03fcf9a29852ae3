//! Bills that are paid already: nothing is left to pay.

use std::ops::Range;

use domain::{Check, DocumentKind, Fact, Field, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::context::Context;
use crate::forms::{amounts, dates, pattern};
use crate::labels::{Found, Place, beside, found, in_prose};
use crate::layout::Run;
use crate::prose;

pub(super) struct Paid;

impl Extractor for Paid {
    fn id(&self) -> &'static str {
        "paid"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let bill = matches!(
            context.kind(),
            DocumentKind::Invoice
                | DocumentKind::CorrectedInvoice
                | DocumentKind::Receipt
                | DocumentKind::EventRegistration
                | DocumentKind::OrderConfirmation
        );
        if !bill {
            let may_be_settled = context.is_claim() || context.kind() == DocumentKind::Letter;
            return if may_be_settled { settled(context) } else { Vec::new() };
        }
        let phrase = pattern!(
            r"\b(?:(?:betrag|summe|zahlung) .{0,30}?erhalten|dankend erhalten|bereits (?:\w+ )?(?:bezahlt|beglichen)|bezahlt\W{1,2}(?:per|mit|am|über|durch|bar\b|maestro|visa|mastercard|girocard|giropay|ec\b|ec-karte|karte|kreditkarte|paypal|apple pay|google pay|klarna|paydirekt|wero)|(?:paypal|kreditkarte|karte|visa|mastercard|girocard|vorkasse)\W{1,5}bezahlt|(?:bar|in bar) bezahlt|wurde (?:bereits )?(?:per \w+ )?(?:bezahlt|beglichen|belastet)|paid (?:in full|by|via|with|on)|payment received|already (?:been )?paid|thank you for your payment|^paid$|^bezahlt$|no payment (?:is )?(?:due|required))"
        );
        let rest = rest(context);
        let mut days = days(context);
        let mut facts: Vec<Fact> =
            rest.iter().filter(|rest| rest.value.is_zero()).map(|rest| Self::nothing(rest.clone(), 0.96)).collect();
        // What is left by its own words is not paid, whatever was before.
        let weight = if rest.iter().any(|rest| rest.value > Decimal::ZERO) { 0.4 } else { 0.93 };
        for run in &context.layout.paragraphs {
            for hit in phrase.find_iter(&run.text) {
                let sentence = run.text.get(prose::sentence(&run.text, hit.start())).unwrap_or_default();
                // What was paid ahead is not all.
                let prepaid = pattern!(
                    r"(?:anzahlung|abschlag|vorauszahlung|vorschu(?:ss|ß)|vorschüss|akonto|a conto|\babzgl|\babzügl|advance|teilzahlung|teilrechnung|teilbetrag|rate\b|deposit|down payment|instal|acompte|part payment)"
                );
                // "Members who have not paid by then"
                let is_denied = pattern!(r"\b(?:not|nicht|never|nie)\s+(?:yet |been |vollständig |rechtzeitig )?$")
                    .is_match(run.text.get(..hit.start()).unwrap_or_default());
                if is_denied || prose::is_conditional(sentence) || prepaid.is_match(sentence) {
                    continue;
                }
                let paid = found(run, hit.range(), Decimal::ZERO, Place::Behind);
                facts.push(Self::nothing(paid, weight));
                days.extend(day_of(context, run, hit.range()));
            }
        }
        facts.append(&mut days);
        facts
    }
}

impl Paid {
    fn nothing(found: Found<Decimal>, weight: f32) -> Fact {
        let mut fact = found.fact("paid", Field::AmountDue, weight, Value::Amount);
        fact.checks.retain(|check| *check != Check::Labelled);
        fact
    }
}

/// The day of a payment by its label: "Bezahlt am: 03.11.2026".
fn days(context: &Context) -> Vec<Fact> {
    let label = pattern!(
        r"\b(?:(?:bezahlt|beglichen|gezahlt) am|zahlungsdatum|zahldatum|datum der zahlung|zahlungseingang(?: am| vom)|(?:paid|payment received) on|payment date|date (?:paid|of payment))\b"
    );
    let read = |text: &str| dates::first(text, context.order);
    let beside = beside(&context.layout, label, 4, &read).into_iter();
    let all = beside.chain(in_prose(&context.layout, label, 4, &read));
    all.map(|day| day.fact("paid", Field::PaidOn, 0.85, Value::Date)).collect()
}

/// The day in the sentence that says that it is paid, the one nearest to those words.
fn day_of(context: &Context, run: &Run, paid: Range<usize>) -> Option<Fact> {
    let sentence = prose::sentence(&run.text, paid.start);
    let dates = dates::find(run.text.get(sentence.clone())?, context.order).into_iter();
    let placed = dates.map(|(range, day)| (sentence.start + range.start..sentence.start + range.end, day));
    let (range, day) = placed.min_by_key(|(range, _)| range.start.abs_diff(paid.start))?;
    Some(found(run, range, day, Place::Behind).fact("paid", Field::PaidOn, 0.75, Value::Date))
}

/// A claim that its letter calls settled: "Die Forderung ist vollständig ausgeglichen, wir haben die Akte geschlossen."
fn settled(context: &Context) -> Vec<Fact> {
    let phrase = pattern!(concat!(
        r"(?:\b(?:vollständig|restlos|in voller höhe) (?:aus|be)geglichen\b|\bvollständig (?:bezahlt|gezahlt)\b|\bakte\b[^.;!?]{0,20}\bgeschlossen\b",
        r"|\b(?:angelegenheit|forderung|vorgang|sache)\b[^.;!?]{0,40}\b(?:damit|somit|für uns|hat sich)\b[^.;!?]{0,20}\b(?:erledigt|abgeschlossen|beendet)\b",
        r"|\b(?:has been|is) (?:now )?(?:fully (?:paid|settled)|paid in full|settled in full)|\bfile (?:is|has been) (?:now )?closed)"
    ));
    let runs = context.layout.paragraphs.iter();
    let hits = runs.flat_map(|run| phrase.find_iter(&run.text).map(move |hit| (run, hit)));
    let is_said = |run: &crate::layout::Run, at: usize| {
        let sentence = run.text.get(prose::sentence(&run.text, at)).unwrap_or_default();
        // "Bis die Forderung vollständig ausgeglichen ist", "sobald", "wenn".
        !prose::is_conditional(sentence)
            && !pattern!(r"\b(?:bis|sobald|erst wenn|nachdem|solange|until|once|bevor|kann|wird|werden)\b")
                .is_match(sentence)
    };
    hits.filter(|(run, hit)| is_said(run, hit.start()))
        .map(|(run, hit)| Paid::nothing(found(run, hit.range(), Decimal::ZERO, Place::Behind), 0.96))
        .collect()
}

/// What is left to pay by its words: "Noch offen    0,00 €", "Restforderung    3.484,00".
fn rest(context: &Context) -> Vec<Found<Decimal>> {
    let label = pattern!(
        r"\b(?:offener (?:rest)?betrag|noch offen|noch zu (?:zahlen|bezahlen|überweisen|entrichten|begleichen|leisten)|restbetrag|restforderung|restzahlung|offene forderung|zahlbetrag|amount (?:due|outstanding)|balance due|outstanding (?:amount|balance)|remaining (?:amount|balance))\b"
    );
    let beside = beside(&context.layout, label, 4, &amounts::first).into_iter();
    beside.chain(in_prose(&context.layout, label, 4, &amounts::first)).collect()
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, PaidOn};

    use crate::testing::value;

    #[test]
    fn a_paid_bill_leaves_nothing_to_pay() {
        let bill = "Rechnung Nr. 12\n\nRechnungsbetrag    119,00 €\n\n";
        for line in
            ["Betrag dankend erhalten.", "Die Rechnung wurde bereits per PayPal bezahlt.", "Paid by credit card"]
        {
            assert_eq!(value(&format!("{bill}{line}"), AmountDue).as_deref(), Some("0.00"), "{line}");
        }
        let rest = "abzüglich des dankend erhaltenen Vorschusses    30,00 €\nmithin noch zu entrichten    89,00 €";
        assert_eq!(value(&format!("{bill}{rest}"), AmountDue).as_deref(), Some("89.00"));
        for line in ["Wenn bereits bezahlt, nur zu den Akten.", "If already paid, please ignore this bill."] {
            assert_eq!(value(&format!("{bill}{line}"), AmountDue).as_deref(), Some("119.00"), "{line}");
        }
    }

    #[test]
    fn the_day_of_a_payment_is_the_one_that_is_printed_with_it() {
        let bill = "Rechnung Nr. 12\nRechnungsdatum 10.11.2026\n\nRechnungsbetrag    119,00 €\n\n";
        for line in [
            "Bezahlt am: 03.11.2026",
            "Ihre Rechnung wurde am 03.11.2026 per PayPal bezahlt. Lieferung am 12.11.2026.",
            "Payment date    3 November 2026",
        ] {
            assert_eq!(value(&format!("{bill}{line}"), PaidOn).as_deref(), Some("2026-11-03"), "{line}");
        }
        for line in ["Zahlungseingang bis zum 24.11.2026", "Bitte zahlen Sie bis zum 24.11.2026."] {
            assert_eq!(value(&format!("{bill}{line}"), PaidOn), None, "{line}");
        }
    }

    #[test]
    fn a_claim_that_is_settled_leaves_nothing_to_pay() {
        let letter = |line: &str| {
            format!(
                "Muster Inkasso GmbH\n\nDatum: 07.09.2026\n\nZahlungserinnerung\n\nSehr geehrte Frau Beispiel,\n\n{line}\n\nGesamtforderung    358,20 €"
            )
        };
        for line in [
            "Ihre Zahlung ist eingegangen, die Forderung ist damit vollständig ausgeglichen.",
            "Wir haben unsere Akte geschlossen.",
            "Your account has been fully settled.",
        ] {
            assert_eq!(value(&letter(line), AmountDue).as_deref(), Some("0.00"), "{line}");
        }
        for line in [
            "Wir mahnen, bis die Forderung vollständig ausgeglichen ist.",
            "Sobald Sie gezahlt haben, ist die Angelegenheit damit erledigt.",
            "Our hotline is fully staffed on weekdays.",
        ] {
            assert_eq!(value(&letter(line), AmountDue).as_deref(), Some("358.20"), "{line}");
        }
    }
}
