//! What is to pay where a bill does not say it.

use domain::{Check, DocumentKind, Fact, Field, Origin, Value};

use super::proof::{LABELLED, NAMED, best, best_fact, is_part, prove};
use super::{add_checks, claim};
use crate::context::Context;
use crate::forms::{amounts, pattern};
use crate::labels::{Place, found};
use crate::prose;

/// What the total of a bill is worth as what is due.
const FOLLOWS: f32 = 0.86;

/// What is to pay where the page does not say it in so many words: the gross total.
pub(super) fn due_from_total(context: &Context, facts: &mut Vec<Fact>) {
    if !(context.is_bill()
        || context.is_claim()
        || matches!(context.kind(), DocumentKind::PaymentSlip | DocumentKind::Fine))
    {
        if !named_as_both(facts) && weaker(facts, Field::AmountDue, LABELLED) && asks_by_a_day(context, facts) {
            in_all(context, facts);
            if weaker(facts, Field::AmountDue, LABELLED) {
                only(context, facts);
            }
        }
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

/// Whether a sentence asks the reader to pay by a day.
fn asks_by_a_day(context: &Context, facts: &[Fact]) -> bool {
    let dated = facts.iter().any(|fact| fact.field == Field::DueDate && fact.confidence >= NAMED);
    dated && context.sentences().any(prose::demands_payment)
}

/// The amount that the letter calls the sum of all: "insgesamt also 95,00 €".
fn in_all(context: &Context, facts: &mut Vec<Fact>) {
    let whole =
        pattern!(r"\b(?:insgesamt|zusammen|alles in allem|in summe|gesamt\p{L}*|in total|altogether)\b[^\d.;]{0,24}$");
    let hits = context.layout.paragraphs.iter().flat_map(|run| {
        let named =
            |amount: &amounts::Amount| run.text.get(..amount.range.start).is_some_and(|before| whole.is_match(before));
        amounts::find(&run.text)
            .into_iter()
            .filter(named)
            .map(move |amount| found(run, amount.range, amount.value, Place::Right))
    });
    let hits: Vec<_> = hits.collect();
    facts.extend(hits.into_iter().next_back().map(|hit| hit.fact("sums", Field::AmountDue, 0.66, Value::Amount)));
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
    // Named as the total and asked for: at least as likely as what only follows from the total.
    due.confidence = due.confidence.max(FOLLOWS * gross.confidence);
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
        confidence: FOLLOWS * gross.confidence,
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
