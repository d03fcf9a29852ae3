//! What is to pay where a bill does not say it.

use domain::{Check, DocumentKind, Fact, Field, Origin, Value};

use super::add_checks;
use super::amounts::{LABELLED, NAMED, best, best_fact, is_part, prove};
use super::claim;
use crate::context::Context;
use crate::forms::amounts;
use crate::labels::{Place, found};

/// What is to pay where the page does not say it in so many words: the gross total.
pub(super) fn settle(context: &Context, facts: &mut Vec<Fact>) {
    let bill = matches!(
        context.kind(),
        DocumentKind::Invoice
            | DocumentKind::CorrectedInvoice
            | DocumentKind::SelfBilledInvoice
            | DocumentKind::CreditNote
            | DocumentKind::Dunning
            | DocumentKind::CourtOrder
            | DocumentKind::PaymentSlip
    );
    if bill
        && [Field::AmountDue, Field::TotalGross]
            .iter()
            .all(|field| best(facts, *field).is_none_or(|(_, sure)| sure < LABELLED))
    {
        only(context, facts);
    }
    let unnamed = |field| best(facts, field).is_none_or(|(_, sure)| sure < NAMED);
    let summed = facts.iter().any(|f| f.field == Field::TotalGross && f.checks.contains(&Check::SumsAgree));
    if bill
        && !summed
        && unnamed(Field::TotalGross)
        && unnamed(Field::AmountDue)
        && let Some(total) = claim::last_sum(context).filter(|total| !is_part(facts, *total))
    {
        prove(context, facts, Field::TotalGross, total, false);
    }
    let Some(gross) = best_fact(facts, Field::TotalGross).cloned() else { return };
    let proven = gross.certain && gross.checks.contains(&Check::SumsAgree);
    if let Some(same) = facts
        .iter_mut()
        .find(|fact| fact.field == Field::AmountDue && fact.value == gross.value && fact.confidence >= 0.55)
    {
        // Named as due and proven as the total.
        if proven {
            same.confidence = same.confidence.max(0.95);
            same.certain = true;
            add_checks(same, [Check::SumsAgree]);
        }
        return;
    }
    let paid_before = facts.iter().any(|fact| fact.field == Field::Prepaid && fact.confidence >= 0.7);
    if bill && gross.origin != Origin::Xml && !paid_before {
        let checks = gross.checks.iter().copied().filter(|check| *check != Check::Labelled).collect();
        let confidence = 0.86 * gross.confidence;
        facts.push(Fact {
            field: Field::AmountDue,
            confidence,
            certain: false,
            origin: Origin::Derived,
            checks,
            ..gross
        });
    }
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
