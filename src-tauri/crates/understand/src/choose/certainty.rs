//! What may be shown without a question: proven values lose their certainty to rivals, clearly labelled ones without a
//! rival gain it, and the page is held against the XML.

use domain::{Check, Fact, Field, Origin, Value};

use super::join::same;
use crate::context::Context;
use crate::problems;

/// Values with right check digits are certain only while no other value claims the field.
pub(super) fn rivals_of_numbers(_: &Context, facts: &mut [Fact]) {
    /// A candidate that might be meant instead.
    const RIVAL: f32 = 0.5;
    for field in [Field::Iban, Field::SellerVatId, Field::CreditorId, Field::PaymentReference, Field::DebtorIban] {
        let rivals = facts.iter().filter(|fact| fact.field == field && fact.confidence >= RIVAL).count();
        if rivals > 1 {
            let proven = |fact: &Fact| {
                fact.checks.iter().any(|c| matches!(c, Check::CodeAgrees | Check::Structured))
                    || fact.origin == Origin::Code
            };
            facts.iter_mut().filter(|fact| fact.field == field && !proven(fact)).for_each(|fact| fact.certain = false);
        }
    }
    // A code is the payee's own word; its account and reference need no second witness.
    let spoken = [Field::Iban, Field::Bic, Field::PaymentReference, Field::Currency];
    facts.iter_mut().filter(|f| f.origin == Origin::Code && spoken.contains(&f.field)).for_each(|f| f.certain = true);
}

/// A value beside a clear label is certain while nothing else on the document claims its field: by its label and by
/// elimination. What was recognised must have been read without any doubt as well. Amounts need arithmetic.
pub(super) fn unrivalled(context: &Context, facts: &mut [Fact]) {
    const CLEAR: f32 = 0.8;
    /// What comes nearer than this share claims the field as well.
    const RIVAL: f32 = 0.7;
    /// How sure the engine must be of the worst word.
    const READ: f32 = 0.95;
    for at in 0..facts.len() {
        let fact = &facts[at];
        let read = match (fact.origin, &fact.evidence) {
            (Origin::Text, _) => true,
            // Whose address a recognised one is, its place alone does not prove.
            (Origin::Ocr, Some(place)) => fact.field != Field::BuyerName && context.layout.sureness(place) >= READ,
            _ => false,
        };
        let labelled = fact.checks.contains(&Check::Labelled) && !matches!(fact.value, Value::Amount(_));
        let clear = labelled && fact.confidence >= CLEAR;
        let rival = |other: &Fact| {
            other.field == fact.field && !same(&other.value, &fact.value) && other.confidence >= RIVAL * fact.confidence
        };
        if clear && read && !facts.iter().any(rival) {
            facts[at].certain = true;
        }
    }
}

/// What the page says beyond the XML is a question.
pub(super) fn beyond_xml(_: &Context, facts: &mut [Fact]) {
    let stated: Vec<Field> = facts.iter().filter(|fact| fact.origin == Origin::Xml).map(|fact| fact.field).collect();
    if !stated.is_empty() {
        facts.iter_mut().filter(|fact| !stated.contains(&fact.field)).for_each(|fact| fact.certain = false);
    }
}

/// What the XML says otherwise than the page is a question.
pub(super) fn against_page(_: &Context, facts: &mut [Fact]) {
    /// A page value as clear as this counts against the XML.
    const CLEAR: f32 = 0.78;
    /// With as many differences the XML may belong to another bill.
    const SEVERAL: usize = 2;
    let page: Vec<(Field, Value)> = facts
        .iter()
        .filter(|f| f.origin != Origin::Xml && f.confidence >= CLEAR && problems::compared(f.field))
        .map(|f| (f.field, f.value.clone()))
        .collect();
    let differs = |fact: &Fact| {
        let mut values = page.iter().filter(|(field, _)| *field == fact.field).map(|(_, value)| value).peekable();
        // A value that the page confirms stays, whatever else the page names.
        !fact.checks.contains(&Check::SourcesAgree)
            && values.peek().is_some()
            && values.all(|value| !same(value, &fact.value))
    };
    let several = facts.iter().filter(|fact| fact.origin == Origin::Xml && differs(fact)).count() >= SEVERAL;
    for fact in facts.iter_mut().filter(|fact| fact.origin == Origin::Xml) {
        if several || differs(fact) {
            fact.certain = false;
        }
    }
}
