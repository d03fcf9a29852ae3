//! What a sentence says remains to be paid: after a credit, an advance or a part that was paid it counts, not the sum before.

use domain::{Check, Fact, Field, Origin};
use rust_decimal::Decimal;

use super::proof::{last_in_row, printed, prove};
use crate::context::Context;
use crate::forms::{amounts, pattern};
use crate::layout::{Layout, Row};
use crate::prose;

/// Takes what remains to be paid as what is due, if a larger sum was taken.
pub(super) fn remains(context: &Context, facts: &mut Vec<Fact>) {
    if facts.iter().any(|fact| fact.field == Field::AmountDue && fact.origin == Origin::Xml) {
        return;
    }
    let Some(rest) = rest(context) else { return };
    let of_due = |fact: &&mut Fact| fact.field == Field::AmountDue;
    let before: Vec<Decimal> = facts
        .iter_mut()
        .filter(of_due)
        .filter(|fact| fact.origin != Origin::Code)
        .filter_map(|fact| fact.value.amount())
        .filter(|amount| *amount > rest)
        .collect();
    // Less one part that was paid or credited, or two of them.
    let printed = printed(context);
    let is_less = |sum: &Decimal| {
        let less = *sum - rest;
        printed.contains(&less) || printed.iter().any(|part| *part < less && printed.contains(&(less - *part)))
    };
    let is_proven = before.iter().any(is_less);
    for fact in facts.iter_mut().filter(of_due) {
        if fact.value.amount().is_some_and(|amount| before.contains(&amount)) {
            fact.confidence *= 0.5;
            fact.certain = false;
        }
    }
    prove(context, facts, Field::AmountDue, rest, is_proven);
    for fact in facts.iter_mut().filter(of_due).filter(|fact| fact.value.amount() == Some(rest)) {
        fact.confidence = fact.confidence.max(0.88);
    }
}

/// What a sentence or a row says remains to be paid.
pub(crate) fn rest(context: &Context) -> Option<Decimal> {
    let said = context.sentences().filter_map(remainder).last();
    said.or_else(|| in_row(&context.layout))
}

/// Takes the total of the last row where something was added after the sum of net and tax: a fee that the sender has paid
/// for the reader, a deposit.
pub(super) fn added_after_tax(context: &Context, facts: &mut Vec<Fact>) {
    let called = pattern!(
        r"^\W*(?:rechnungs(?:end|gesamt)?(?:betrag|summe)|gesamt(?:betrag|summe)|end(?:betrag|summe)|zahlbetrag|zu zahlen|total (?:due|payable)|amount payable)\b"
    );
    if !context.is_bill() || facts.iter().any(|fact| fact.origin == Origin::Xml) {
        return;
    }
    let taxed = facts.iter().find(|fact| fact.field == Field::TotalGross && fact.checks.contains(&Check::SumsAgree));
    let gross = taxed.and_then(|fact| fact.value.amount());
    let (Some(gross), Some(last)) = (gross, last_in_row(&context.layout, called)) else { return };
    if last <= gross || !printed(context).contains(&(last - gross)) {
        return;
    }
    for field in [Field::TotalGross, Field::AmountDue] {
        for fact in facts.iter_mut().filter(|fact| fact.field == field && fact.value.amount() != Some(last)) {
            fact.confidence *= 0.6;
            fact.certain = false;
        }
        prove(context, facts, field, last, false);
        for fact in facts.iter_mut().filter(|fact| fact.field == field && fact.value.amount() == Some(last)) {
            fact.confidence = fact.confidence.max(0.9);
        }
    }
}

/// The amount of the last row that is called what remains: "mithin noch zu entrichten    539,19 €".
fn in_row(layout: &Layout) -> Option<Decimal> {
    let called = pattern!(
        r"^\W*(?:(?:mithin|somit|demnach|daher|also|bleib\p{L}*|verbleib\p{L}*) )*(?:noch )?(?:zu (?:entrichten|begleichen|zahlen|überweisen|leisten)\b|zu (?:begleichend|zahlend|leistend|entrichtend)e[rn]? |verbleibende[rn]? |offene[rn]? )?(?:rest(?:betrag|summe|zahlung|forderung|schuld)|noch zu (?:entrichten|begleichen|zahlen|leisten)|balance (?:due|remaining))\b|^\W*(?:es )?(?:ver)?bleib(?:t|en)\W*$|^\W*(?:mithin|somit|demnach|daher|also) noch zu (?:entrichten|begleichen|zahlen|überweisen|leisten)\b"
    );
    // What the reader's own part is, after what somebody else pays.
    let own = pattern!(
        r"^\W*(?:ihr |der |your |the )?(?:eigenanteil|zuzahlung|eigenleistung|(?:own |personal )?(?:share|contribution|co-?payment)(?: to pay)?|patient(?:'s)? (?:share|portion))\b[^\d%]{0,24}$"
    );
    let called = |text: &str| called.is_match(text) || own.is_match(text);
    // Columns of several taxes have a rest each, and no row for both.
    let is_one = |row: &&Row| row.cells.iter().map(|cell| amounts::find(&cell.text).len()).sum::<usize>() == 1;
    let rows = layout.rows.iter().filter(is_one);
    let named = rows.filter(|row| row.cells.iter().any(|cell| called(&cell.text)));
    let amount = |row: &Row| row.cells.iter().find_map(|cell| amounts::find(&cell.text).pop());
    named.filter_map(amount).next_back().map(|amount| amount.value.abs())
}

/// The amount of which a sentence says that it remains to be paid.
fn remainder(sentence: &str) -> Option<Decimal> {
    let remains = pattern!(r"\b(?:(?:ver)?bleib(?:t|en)|remains?|leaves)\b");
    let to_pay = pattern!(
        r"\b(?:zu (?:zahlen|überweisen|begleichen|entrichten|leisten)|offen|fällig|restbetrag|restzahlung|rest|to (?:pay|be paid|transfer|remit)|due|payable|outstanding)\b"
    );
    // "Die Rate bleibt bei 80 € im Monat": of what comes again nothing is left over.
    let again = pattern!(
        r"\b(?:monatlich\p{L}*|im monat|jährlich\p{L}*|unverändert|abschl\p{L}+|je rate|monthly|per month|unchanged)\b"
    );
    let verb = remains.find(sentence)?;
    // "Mit 3 % Skonto bleiben 3.551,20 €": only for who pays early.
    if pattern!(r"(?:\bskonto|\bdiscount)").is_match(sentence) {
        return None;
    }
    if !to_pay.is_match(sentence) || again.is_match(sentence) || prose::is_conditional(sentence) {
        return None;
    }
    let all = amounts::find(sentence);
    let behind = all.iter().find(|amount| amount.range.start >= verb.end());
    let amount = behind.or_else(|| all.iter().rev().find(|amount| amount.range.end <= verb.start()))?;
    Some(amount.value.abs()).filter(|rest| !rest.is_zero())
}

#[cfg(test)]
mod tests {
    use domain::Field::AmountDue;

    use super::*;
    use crate::testing::check;

    #[test]
    fn what_remains_is_due_and_not_the_sum_before() {
        check(
            "Hausverwaltung Muster\n\nAbrechnung 2025\n\nDatum: 14.04.2026\n\nSumme    1.874,30\nVorauszahlungen    1.620,00\nNachzahlung    254,30\n\nWegen der Baustelle schreiben wir Ihnen 38,00 Euro gut; von Ihnen zu zahlen bleiben demnach 216,30 Euro.",
            &[(AmountDue, "216.30")],
        );
    }

    #[test]
    fn what_is_added_after_the_tax_is_due_as_well() {
        check(
            "Werkstatt Muster\n\nRechnung Nr. 12\n\nDatum: 19.11.2025\n\nNettobetrag    412,60\n19 % MwSt.    78,39\nZwischensumme    490,99\nPrüfgebühr verauslagt    149,00\nRechnungsbetrag EUR    639,99\n\nZahlbar sofort ohne Abzug.",
            &[(AmountDue, "639.99")],
        );
    }

    #[test]
    fn only_words_about_paying_leave_a_rest() {
        let rest = |sentence: &str| remainder(sentence).map(|amount| amount.to_string());
        assert_eq!(rest("Es verbleibt ein Restbetrag von 84,20 €.").as_deref(), Some("84.20"));
        assert_eq!(rest("Damit bleiben 84,20 € zu zahlen.").as_deref(), Some("84.20"));
        assert_eq!(rest("This leaves 84.20 € to pay.").as_deref(), Some("84.20"));
        assert_eq!(rest("A balance of 84.20 € remains outstanding.").as_deref(), Some("84.20"));
        assert_eq!(rest("Ihr Abschlag bleibt bei 84,20 €, fällig am 1. des Monats."), None);
        assert_eq!(rest("Der Preis bleibt bei 84,20 €."), None);
        assert_eq!(rest("Nach Abzug von 2 % Skonto bleiben 84,20 € zu zahlen."), None);
    }
}
