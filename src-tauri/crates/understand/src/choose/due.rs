//! What is to pay where a bill does not say it.

use domain::{Check, DocumentKind, Fact, Field, Origin, Value};

use super::proof::{LABELLED, NAMED, best, best_fact, is_part, prove};
use super::{add_checks, claim};
use crate::context::Context;
use crate::forms::amounts;
use crate::labels::{Place, found};

/// What is to pay where the page does not say it in so many words: the gross total.
pub(super) fn settle(context: &Context, facts: &mut Vec<Fact>) {
    if !(context.is_bill() || context.is_claim() || context.kind() == DocumentKind::PaymentSlip) {
        named_as_both(facts);
        return;
    }
    if weaker(facts, Field::AmountDue, LABELLED) && weaker(facts, Field::TotalGross, LABELLED) {
        only(context, facts);
    }
    let summed = facts.iter().any(|f| f.field == Field::TotalGross && f.checks.contains(&Check::SumsAgree));
    if !summed
        && weaker(facts, Field::TotalGross, NAMED)
        && weaker(facts, Field::AmountDue, NAMED)
        && let Some(total) = claim::last_sum(context).filter(|total| !is_part(facts, *total))
    {
        prove(context, facts, Field::TotalGross, total, false);
    }
    if !named_as_both(facts) {
        follow(facts);
    }
}

/// Whether no amount of a field is as likely as that.
fn weaker(facts: &[Fact], field: Field, than: f32) -> bool {
    best(facts, field).is_none_or(|(_, sure)| sure < than)
}

/// Proves what is named as due and proven as the total; whether the total is named as due.
fn named_as_both(facts: &mut [Fact]) -> bool {
    /// Weaker words name nothing as due.
    const DUE: f32 = 0.55;
    let Some(gross) = best_fact(facts, Field::TotalGross).cloned() else { return false };
    let due = |fact: &&mut Fact| fact.field == Field::AmountDue && fact.value == gross.value && fact.confidence >= DUE;
    let Some(due) = facts.iter_mut().find(due) else { return false };
    if gross.certain && gross.checks.contains(&Check::SumsAgree) {
        due.confidence = due.confidence.max(0.95);
        due.certain = true;
        add_checks(due, [Check::SumsAgree]);
    }
    true
}

/// Takes the total for what is due, unless something was paid before.
fn follow(facts: &mut Vec<Fact>) {
    let paid_before = facts.iter().any(|fact| fact.field == Field::Prepaid && fact.confidence >= NAMED);
    let Some(gross) = best_fact(facts, Field::TotalGross).filter(|gross| gross.origin != Origin::Xml && !paid_before)
    else {
        return;
    };
    let due = Fact {
        field: Field::AmountDue,
        confidence: 0.86 * gross.confidence,
        certain: false,
        origin: Origin::Derived,
        checks: gross.checks.iter().copied().filter(|check| *check != Check::Labelled).collect(),
        ..gross.clone()
    };
    facts.push(due);
}

/// A bill that names one amount only can mean no other.
fn only(context: &Context, facts: &mut Vec<Fact>) {
    let mut all = context.layout.cells().flat_map(|cell| {
        let amounts = amounts::find(&cell.text).into_iter().filter(|amount| !amount.value.is_zero());
        amounts.map(move |amount| found(cell, amount.range, amount.value, Place::Right))
    });
    if let Some(first) = all.next()
        && all.all(|other| other.value == first.value)
    {
        facts.push(first.fact("sums", Field::AmountDue, 0.65, Value::Amount));
    }
}
