//! Net and tax make gross; gross less what is paid is due.

use domain::{Check, DocumentKind, Fact, Field, Origin, Value};
use rust_decimal::Decimal;

use super::proof::{LABELLED, NAMED, best, best_fact, is_part, printed, prove};
use super::sums::{paid, rest, sums, with_fee};
use super::{add_checks, claim};
use crate::arithmetic::{adds_up, is_possible_tax};
use crate::context::Context;

/// The first two make the third.
const PARTS: [Field; 3] = [Field::TotalNet, Field::TaxTotal, Field::TotalGross];
/// A total from which others may follow.
const LIKELY: f32 = 0.6;

/// Proves net, tax and gross that add up, and fills in the one that is missing.
pub(super) fn prove_sums(context: &Context, facts: &mut Vec<Fact>) {
    let Some((amounts, certain)) = sums(facts, printed(context)) else { return };
    // Tills round the sum before it is paid.
    let certain = certain && context.kind() != DocumentKind::Receipt;
    for (field, amount) in PARTS.into_iter().zip(amounts) {
        prove(context, facts, field, amount, certain);
    }
}

/// Where no tax is charged, the total without it is the total.
pub(super) fn untaxed(_: &Context, facts: &mut Vec<Fact>) {
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

/// The whole of a claim; else what is left to pay of the total, or is due with a fee.
pub(super) fn claim_or_rest(context: &Context, facts: &mut Vec<Fact>) {
    if claim::total_of_claim(context, facts) {
        return;
    }
    // A deposit that is asked for as one of several parts was not paid before.
    let parts: Vec<Decimal> = facts
        .iter()
        .filter_map(|fact| if let Value::Instalments(parts) = &fact.value { Some(parts) } else { None })
        .flatten()
        .map(|part| part.amount)
        .collect();
    facts.retain(|fact| fact.field != Field::Prepaid || fact.value.amount().is_none_or(|paid| !parts.contains(&paid)));
    let printed = printed(context);
    let gross = best(facts, Field::TotalGross).filter(|(_, sure)| *sure >= LIKELY).map(|(gross, _)| gross);
    // "2 % Skonto (26,61 €)": what a discount saves was not paid.
    let saves = discounted(facts);
    if let Some((prepaid, due)) = gross.and_then(|gross| rest(facts, printed, gross)).filter(|(_, due)| !saves(*due)) {
        prove(context, facts, Field::Prepaid, prepaid, true);
        prove(context, facts, Field::AmountDue, due, true);
    } else if let Some((paid, due)) =
        gross.and_then(|gross| paid(facts, printed, gross)).filter(|(_, due)| !saves(*due))
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
pub(super) fn coded_total(context: &Context, facts: &mut [Fact]) {
    let asked: Vec<Decimal> = context.payment_codes.iter().filter_map(|code| code.amount).collect();
    let asked = |fact: &Fact| fact.value.amount().is_some_and(|amount| asked.contains(&amount));
    let total = |fact: &Fact| fact.field == Field::TotalGross;
    if facts.iter().any(|fact| total(fact) && asked(fact)) && !facts.iter().any(|fact| fact.field == Field::Prepaid) {
        for fact in facts.iter_mut().filter(|fact| total(fact) && fact.origin != Origin::Xml && !fact.certain) {
            fact.confidence = if asked(fact) { fact.confidence.max(0.9) } else { fact.confidence * 0.5 };
        }
    }
}

/// Whether an amount is a total of the letter less a discount that it offers.
pub(crate) fn is_discounted(facts: &[Fact], amount: Decimal) -> bool {
    discounted(facts)(amount)
}

/// What tells a total less a discount that the letter offers.
fn discounted(facts: &[Fact]) -> impl Fn(Decimal) -> bool + use<> {
    let rates: Vec<Decimal> = facts
        .iter()
        .filter_map(|fact| if let Value::Skonto(terms) = &fact.value { Some(terms) } else { None })
        .flatten()
        .map(|term| term.percent)
        .collect();
    let totals: Vec<Decimal> = facts
        .iter()
        .filter(|fact| matches!(fact.field, Field::TotalGross | Field::AmountDue) && fact.origin != Origin::Code)
        .filter(|fact| fact.confidence >= LABELLED)
        .filter_map(|fact| fact.value.amount())
        .collect();
    move |amount| {
        rates.iter().any(|rate| {
            totals.iter().any(|total| {
                ((total * (Decimal::ONE_HUNDRED - rate) / Decimal::ONE_HUNDRED) - amount).abs() <= Decimal::new(1, 2)
            })
        })
    }
}

/// A payment code that asks for the discounted sum is no word on what is due in full: that keeps its own day.
pub(super) fn discounted_code(_: &Context, facts: &mut [Fact]) {
    let is_discounted = discounted(facts);
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::AmountDue && fact.origin != Origin::Xml) {
        if fact.value.amount().is_some_and(&is_discounted) {
            fact.confidence = fact.confidence.min(0.4);
            fact.certain = false;
        }
    }
}

/// A payment code whose amount stands on the page as well is right about it.
pub(super) fn printed_code(context: &Context, facts: &mut [Fact]) {
    let printed = printed(context);
    let coded = facts.iter_mut().filter(|fact| fact.field == Field::AmountDue && fact.origin == Origin::Code);
    for fact in coded
        .filter(|fact| fact.confidence > 0.4)
        .filter(|fact| fact.value.amount().is_some_and(|amount| printed.contains(&amount)))
    {
        add_checks(fact, [Check::CodeAgrees]);
        fact.certain = true;
    }
}

/// A fine comes with fees and expenses: where a larger total is printed, that is what is to be paid.
pub(super) fn fine_with_costs(context: &Context, facts: &mut Vec<Fact>) {
    if context.kind() != DocumentKind::Fine {
        return;
    }
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
pub(super) fn improbable_taxes(_: &Context, facts: &mut [Fact]) {
    let Some((gross, sure)) = best(facts, Field::TotalGross) else { return };
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::TaxTotal && fact.origin != Origin::Xml) {
        let tax = fact.value.amount().unwrap_or_default();
        if sure >= LIKELY && !is_possible_tax(tax, gross) {
            fact.confidence *= 0.3;
        }
    }
}

/// Net, tax and gross that do not add up are questions, even where the XML states them.
pub(super) fn doubt_sums(_: &Context, facts: &mut [Fact]) {
    let [Some(net), Some(tax), Some(gross)] = PARTS.map(|field| best(facts, field)) else { return };
    if !adds_up(net.0, tax.0, gross.0) {
        let total = |fact: &Fact| fact.field == Field::AmountDue && fact.value.amount() == Some(gross.0);
        facts.iter_mut().filter(|f| PARTS.contains(&f.field) || total(f)).for_each(|fact| fact.certain = false);
    }
}
