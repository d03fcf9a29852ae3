//! Net and tax make gross; gross less what is paid is due.

use std::collections::BTreeSet;

use domain::{Check, DocumentKind, Fact, Field, Origin, Value};
use rust_decimal::Decimal;

use crate::context::Context;
use crate::forms::{amounts, misread};
use crate::labels::{Place, found};

use super::sums::{paid, rest, sums, with_fee};
use super::{add_checks, claim, due, sets};

/// A value with its confidence; unlabelled amounts of the page come in with a low one.
pub(super) type Weighed = (Decimal, f32);

/// Rounding in each of two rates.
pub(crate) const TOLERANCE: Decimal = Decimal::from_parts(2, 0, 0, false, 2);
/// An amount beside a label that says little less than what it is.
pub(super) const LABELLED: f32 = 0.5;
/// An amount that is clearly named.
pub(super) const NAMED: f32 = 0.7;

/// Prefers amounts that agree with each other, proves them, and fills in what follows.
pub(super) fn settle(context: &Context, facts: &mut Vec<Fact>) {
    let printed = printed(context);
    improbable(facts);
    if let Some(([net, tax, gross], certain)) = sums(facts, &printed) {
        // Tills round the sum before it is paid.
        let certain = certain && context.kind() != DocumentKind::Receipt;
        for (field, value) in [(Field::TotalNet, net), (Field::TaxTotal, tax), (Field::TotalGross, gross)] {
            prove(context, facts, field, value, certain);
        }
    }
    untaxed(facts);
    if !claim::settle(context, facts) {
        left(context, facts, &printed);
    }
    if context.kind() == DocumentKind::Fine {
        with_costs(facts);
    }
    coded(context, facts);
    sets::settle(context, facts);
    due::settle(context, facts);
    doubt(facts);
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::AmountDue && fact.origin == Origin::Code) {
        // The amount of the code stands on the page as well.
        if fact.value.amount().is_some_and(|amount| printed.contains(&amount)) {
            add_checks(fact, [Check::CodeAgrees]);
            fact.certain = true;
        }
    }
}

/// Where no tax is charged, the total without it is the total.
fn untaxed(facts: &mut Vec<Fact>) {
    let none = best(facts, Field::TaxTotal).is_some_and(|(tax, sure)| tax.is_zero() && sure >= NAMED);
    let net = best(facts, Field::TotalNet).is_some_and(|(_, sure)| sure >= LABELLED);
    let Some(gross) = best_fact(facts, Field::TotalGross).filter(|gross| none && !net && gross.confidence >= NAMED)
    else {
        return;
    };
    let net = Fact {
        field: Field::TotalNet,
        confidence: 0.8 * gross.confidence,
        certain: false,
        origin: Origin::Derived,
        ..gross.clone()
    };
    facts.push(net);
}

/// What is left to pay of the total, or is due with a fee.
fn left(context: &Context, facts: &mut Vec<Fact>, printed: &BTreeSet<Decimal>) {
    let gross = best(facts, Field::TotalGross);
    if let Some(gross) = gross.filter(|(_, sure)| *sure >= 0.6)
        && let Some((prepaid, due)) = rest(facts, printed, gross.0)
    {
        prove(context, facts, Field::Prepaid, prepaid, true);
        prove(context, facts, Field::AmountDue, due, true);
    } else if let Some((gross, _)) = gross.filter(|(_, sure)| *sure >= 0.6)
        && let Some((paid, due)) = paid(facts, printed, gross)
    {
        // A part of the total may differ by chance from another.
        let part = is_part(facts, paid);
        prove(context, facts, Field::Prepaid, paid, !part);
        prove(context, facts, Field::AmountDue, due, !part);
    }
    if context.kind() == DocumentKind::Dunning
        && let Some((fee, due)) = with_fee(facts, printed)
    {
        prove(context, facts, Field::DunningFee, fee, true);
        prove(context, facts, Field::AmountDue, due, true);
    }
}

/// Of several totals the one that the payment code asks for is the bill's.
fn coded(context: &Context, facts: &mut [Fact]) {
    let asked: Vec<Decimal> = context.payment_codes.iter().filter_map(|code| code.amount).collect();
    let asked = |fact: &Fact| fact.value.amount().is_some_and(|amount| asked.contains(&amount));
    let total = |fact: &Fact| fact.field == Field::TotalGross;
    if facts.iter().any(|fact| total(fact) && asked(fact)) && !facts.iter().any(|fact| fact.field == Field::Prepaid) {
        for fact in facts.iter_mut().filter(|fact| total(fact) && fact.origin != Origin::Xml && !fact.certain) {
            fact.confidence = if asked(fact) { fact.confidence.max(0.9) } else { fact.confidence * 0.5 };
        }
    }
}

/// A fine comes with fees and expenses: where a larger total is printed, that is what is to be paid.
fn with_costs(facts: &mut Vec<Fact>) {
    let (Some((total, sure)), Some((due, _))) = (best(facts, Field::TotalGross), best(facts, Field::AmountDue)) else {
        return;
    };
    let printed = facts.iter().find(|fact| fact.field == Field::TotalGross && fact.value.amount() == Some(total));
    let Some(printed) = printed.filter(|_| sure >= 0.6 && total > due).cloned() else { return };
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::AmountDue && fact.origin != Origin::Code) {
        fact.confidence *= 0.5;
        fact.certain = false;
    }
    facts.push(Fact { field: Field::AmountDue, certain: false, ..printed });
}

/// Lowers taxes that no rate can give.
fn improbable(facts: &mut [Fact]) {
    let Some((gross, sure)) = best(facts, Field::TotalGross) else { return };
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::TaxTotal && fact.origin != Origin::Xml) {
        let tax = fact.value.amount().unwrap_or_default();
        if sure >= 0.6 && tax.abs() * Decimal::from(10) > gross.abs() * Decimal::from(3) {
            fact.confidence *= 0.3;
        }
    }
}

/// Net, tax and gross that do not add up are questions, even where the XML states them.
fn doubt(facts: &mut [Fact]) {
    let parts = [Field::TotalNet, Field::TaxTotal, Field::TotalGross];
    let [Some(net), Some(tax), Some(gross)] = parts.map(|field| best(facts, field)) else { return };
    if (net.0 + tax.0 - gross.0).abs() > TOLERANCE {
        let total = |fact: &Fact| fact.field == Field::AmountDue && fact.value.amount() == Some(gross.0);
        facts.iter_mut().filter(|f| parts.contains(&f.field) || total(f)).for_each(|fact| fact.certain = false);
    }
}

/// Every amount on the pages, and what may be one that lost its decimal mark.
fn printed(context: &Context) -> BTreeSet<Decimal> {
    let cells = || context.layout.cells();
    let read = cells().flat_map(|cell| amounts::find(&cell.text)).map(|amount| amount.value);
    let recognised = cells().filter(|cell| cell.origin == Origin::Ocr);
    read.chain(recognised.flat_map(|cell| misread::unmarked(&cell.text))).collect()
}

pub(super) fn best(facts: &[Fact], field: Field) -> Option<Weighed> {
    weighed(facts, field).into_iter().max_by(|a, b| a.1.total_cmp(&b.1))
}

pub(super) fn weighed(facts: &[Fact], field: Field) -> Vec<Weighed> {
    /// More candidates than a page of one bill has; the rest of a price list proves nothing.
    const MOST: usize = 12;
    let of_field = facts.iter().filter(|fact| fact.field == field);
    of_field.filter_map(|fact| Some((fact.value.amount()?, fact.confidence))).take(MOST).collect()
}

/// Raises a fact that agrees with others; makes one from the page where the value stands without a label.
pub(super) fn prove(context: &Context, facts: &mut Vec<Fact>, field: Field, value: Decimal, certain: bool) {
    let have = facts.iter_mut().find(|fact| fact.field == field && fact.value.amount() == Some(value));
    if let Some(fact) = have {
        fact.confidence = fact.confidence.max(if certain { 0.97 } else { 0.7 });
        fact.certain |= certain;
        add_checks(fact, [Check::SumsAgree]);
        return;
    }
    let place = context.layout.cells().find_map(|cell| {
        let amount = amounts::find(&cell.text).into_iter().find(|amount| amount.value == value)?;
        Some(found(cell, amount.range, value, Place::Right))
    });
    let mut fact = match place {
        Some(place) => place.fact("sums", field, 0.93, Value::Amount),
        None => Fact {
            field,
            value: Value::Amount(value),
            confidence: 0.9,
            certain: false,
            origin: Origin::Derived,
            by: "sums".to_owned(),
            evidence: None,
            checks: Vec::new(),
        },
    };
    fact.checks = vec![Check::SumsAgree];
    fact.certain = certain;
    fact.confidence *= if certain { 1.0 } else { 0.75 };
    facts.push(fact);
}

/// Whether an amount is named as the net total or the tax.
pub(super) fn is_part(facts: &[Fact], amount: Decimal) -> bool {
    let named = |field| weighed(facts, field).iter().any(|(value, sure)| *value == amount && *sure >= LABELLED);
    named(Field::TotalNet) || named(Field::TaxTotal)
}

pub(super) fn best_fact(facts: &[Fact], field: Field) -> Option<&Fact> {
    facts.iter().filter(|fact| fact.field == field).max_by(|a, b| a.confidence.total_cmp(&b.confidence))
}
