//! Net and tax make gross; gross less what is paid is due.

use std::collections::BTreeSet;

use domain::{Check, DocumentKind, Fact, Field, Origin};
use rust_decimal::Decimal;

use super::proof::{LABELLED, NAMED, best, best_fact, is_part, printed, prove};
use super::sums::{paid, rest, sums, with_fee};
use super::{add_checks, claim, due, sets};
use crate::arithmetic::{adds_up, is_possible_tax};
use crate::context::Context;

/// The first two make the third.
const PARTS: [Field; 3] = [Field::TotalNet, Field::TaxTotal, Field::TotalGross];
/// A total from which others may follow.
const LIKELY: f32 = 0.6;

/// Prefers amounts that agree with each other, proves them, and fills in what follows.
pub(super) fn settle(context: &Context, facts: &mut Vec<Fact>) {
    let printed = printed(context);
    improbable(facts);
    if let Some((amounts, certain)) = sums(facts, &printed) {
        // Tills round the sum before it is paid.
        let certain = certain && context.kind() != DocumentKind::Receipt;
        for (field, amount) in PARTS.into_iter().zip(amounts) {
            prove(context, facts, field, amount, certain);
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
    printed_code(facts, &printed);
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
    let gross = best(facts, Field::TotalGross).filter(|(_, sure)| *sure >= LIKELY).map(|(gross, _)| gross);
    if let Some((prepaid, due)) = gross.and_then(|gross| rest(facts, printed, gross)) {
        prove(context, facts, Field::Prepaid, prepaid, true);
        prove(context, facts, Field::AmountDue, due, true);
    } else if let Some((paid, due)) = gross.and_then(|gross| paid(facts, printed, gross)) {
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

/// A payment code whose amount stands on the page as well is right about it.
fn printed_code(facts: &mut [Fact], printed: &BTreeSet<Decimal>) {
    let coded = facts.iter_mut().filter(|fact| fact.field == Field::AmountDue && fact.origin == Origin::Code);
    for fact in coded.filter(|fact| fact.value.amount().is_some_and(|amount| printed.contains(&amount))) {
        add_checks(fact, [Check::CodeAgrees]);
        fact.certain = true;
    }
}

/// A fine comes with fees and expenses: where a larger total is printed, that is what is to be paid.
fn with_costs(facts: &mut Vec<Fact>) {
    let (Some((total, sure)), Some((due, _))) = (best(facts, Field::TotalGross), best(facts, Field::AmountDue)) else {
        return;
    };
    let printed = facts.iter().find(|fact| fact.field == Field::TotalGross && fact.value.amount() == Some(total));
    let Some(printed) = printed.filter(|_| sure >= LIKELY && total > due).cloned() else { return };
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
        if sure >= LIKELY && !is_possible_tax(tax, gross) {
            fact.confidence *= 0.3;
        }
    }
}

/// Net, tax and gross that do not add up are questions, even where the XML states them.
fn doubt(facts: &mut [Fact]) {
    let [Some(net), Some(tax), Some(gross)] = PARTS.map(|field| best(facts, field)) else { return };
    if !adds_up(net.0, tax.0, gross.0) {
        let total = |fact: &Fact| fact.field == Field::AmountDue && fact.value.amount() == Some(gross.0);
        facts.iter_mut().filter(|f| PARTS.contains(&f.field) || total(f)).for_each(|fact| fact.certain = false);
    }
}
