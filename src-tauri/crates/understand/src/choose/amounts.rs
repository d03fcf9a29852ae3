//! Net and tax make gross; gross less what is paid is due.

use domain::{Check, DocumentKind, Fact, Field, Origin, Value};
use rust_decimal::Decimal;

use crate::context::Context;
use crate::forms::amounts;
use crate::labels::{Place, found};

/// A value with its confidence; unlabelled amounts of the page come in with a low one.
type Weighed = (Decimal, f32);

/// An amount that only stands somewhere on the page.
const PRINTED: f32 = 0.2;

/// Prefers amounts that agree with each other, proves them, and fills in what follows.
pub(super) fn settle(context: &Context, facts: &mut Vec<Fact>) {
    let printed = printed(context);
    let total = sums(facts, &printed);
    if let Some([net, tax, gross]) = total {
        for (field, value) in [(Field::TotalNet, net), (Field::TaxTotal, tax), (Field::TotalGross, gross)] {
            prove(context, facts, field, value);
        }
    }
    let gross = best(facts, Field::TotalGross);
    if let Some(gross) = gross.filter(|(_, sure)| *sure >= 0.6)
        && let Some((prepaid, due)) = rest(facts, &printed, gross.0)
    {
        prove(context, facts, Field::Prepaid, prepaid);
        prove(context, facts, Field::AmountDue, due);
    }
    due(context, facts);
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::AmountDue && fact.origin == Origin::Code) {
        // The amount of the code stands on the page as well.
        if fact.value.amount().is_some_and(|amount| printed.contains(&amount)) {
            if !fact.checks.contains(&Check::CodeAgrees) {
                fact.checks.push(Check::CodeAgrees);
            }
            fact.certain = true;
        }
    }
}

/// Every amount on the pages.
fn printed(context: &Context) -> Vec<Decimal> {
    let mut all: Vec<Decimal> =
        context.layout.cells().flat_map(|cell| amounts::find(&cell.text)).map(|amount| amount.value).collect();
    all.sort();
    all.dedup();
    all
}

fn best(facts: &[Fact], field: Field) -> Option<Weighed> {
    weighed(facts, field).into_iter().max_by(|a, b| a.1.total_cmp(&b.1))
}

fn weighed(facts: &[Fact], field: Field) -> Vec<Weighed> {
    let of_field = facts.iter().filter(|fact| fact.field == field);
    of_field.filter_map(|fact| Some((fact.value.amount()?, fact.confidence))).collect()
}

fn with_printed(mut labelled: Vec<Weighed>, printed: &[Decimal]) -> Vec<Weighed> {
    let more: Vec<Weighed> =
        printed.iter().filter(|p| !labelled.iter().any(|(v, _)| v == *p)).map(|p| (*p, PRINTED)).collect();
    labelled.extend(more);
    labelled
}

/// The likeliest net, tax and gross that add up. At least two of them must carry a label.
fn sums(facts: &[Fact], printed: &[Decimal]) -> Option<[Decimal; 3]> {
    let mut taxes = weighed(facts, Field::TaxTotal);
    // Two rates: the tax is their sum.
    let pairs: Vec<Weighed> = taxes
        .iter()
        .enumerate()
        .flat_map(|(i, a)| taxes.iter().skip(i + 1).map(move |b| (a.0 + b.0, 0.8 * a.1.min(b.1))))
        .collect();
    taxes.extend(pairs);
    let taxes = with_printed(taxes, printed);
    let grosses = with_printed(
        weighed(facts, Field::TotalGross).into_iter().chain(weighed(facts, Field::AmountDue)).collect(),
        printed,
    );
    let nets = with_printed(weighed(facts, Field::TotalNet), printed);
    let mut found: Option<([Decimal; 3], f32)> = None;
    for tax in taxes.iter().filter(|(tax, _)| !tax.is_zero()) {
        for gross in &grosses {
            let net = gross.0 - tax.0;
            // No rate of tax is above 30 percent.
            let plausible = net.is_sign_negative() == gross.0.is_sign_negative()
                && tax.0.is_sign_negative() == gross.0.is_sign_negative()
                && tax.0.abs() * Decimal::from(10) <= net.abs() * Decimal::from(3);
            let Some(sure) = nets.iter().find(|(n, _)| *n == net).map(|(_, sure)| *sure) else { continue };
            let labelled = [tax.1, gross.1, sure].iter().filter(|s| **s > PRINTED).count();
            let score = tax.1 + gross.1 + sure;
            if plausible && labelled >= 2 && found.as_ref().is_none_or(|(_, best)| score > *best) {
                found = Some(([net, tax.0, gross.0], score));
            }
        }
    }
    found.map(|(values, _)| values)
}

/// What was paid before and what is left of `gross`; both must stand on the page.
fn rest(facts: &[Fact], printed: &[Decimal], gross: Decimal) -> Option<(Decimal, Decimal)> {
    let prepaid = weighed(facts, Field::Prepaid);
    let dues = with_printed(weighed(facts, Field::AmountDue), printed);
    let pairs = prepaid.iter().filter(|(p, _)| !p.is_zero()).flat_map(|p| {
        dues.iter().filter(move |(d, _)| (gross.abs() - p.0.abs()).abs() == d.abs() && !d.is_zero()).map(move |d| (p, d))
    });
    pairs.max_by(|a, b| (a.0.1 + a.1.1).total_cmp(&(b.0.1 + b.1.1))).map(|(p, d)| (p.0, d.0))
}

/// Raises a fact that agrees with others; makes one from the page where the value stands without a label.
fn prove(context: &Context, facts: &mut Vec<Fact>, field: Field, value: Decimal) {
    let have = facts.iter_mut().find(|fact| fact.field == field && fact.value.amount() == Some(value));
    if let Some(fact) = have {
        fact.confidence = fact.confidence.max(0.97);
        fact.certain = true;
        if !fact.checks.contains(&Check::SumsAgree) {
            fact.checks.push(Check::SumsAgree);
        }
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
    fact.certain = true;
    facts.push(fact);
}

/// What is to pay where the page does not say it in so many words: the gross total.
fn due(context: &Context, facts: &mut Vec<Fact>) {
    let bill = matches!(
        context.kind(),
        DocumentKind::Invoice
            | DocumentKind::CorrectedInvoice
            | DocumentKind::SelfBilledInvoice
            | DocumentKind::CreditNote
            | DocumentKind::Dunning
    );
    let Some(gross) = best_fact(facts, Field::TotalGross).cloned() else { return };
    let proven = gross.checks.contains(&Check::SumsAgree);
    if let Some(same) =
        facts.iter_mut().find(|fact| fact.field == Field::AmountDue && fact.value == gross.value && fact.confidence >= 0.55)
    {
        // Named as due and proven as the total.
        if proven {
            same.confidence = same.confidence.max(0.95);
            same.certain = true;
            if !same.checks.contains(&Check::SumsAgree) {
                same.checks.push(Check::SumsAgree);
            }
        }
        return;
    }
    let paid_before = facts.iter().any(|fact| fact.field == Field::Prepaid && fact.confidence >= 0.7);
    if bill && gross.origin != Origin::Xml && !paid_before {
        let checks = gross.checks.iter().copied().filter(|check| *check != Check::Labelled).collect();
        let confidence = 0.86 * gross.confidence;
        facts.push(Fact { field: Field::AmountDue, confidence, certain: false, origin: Origin::Derived, checks, ..gross });
    }
}

fn best_fact(facts: &[Fact], field: Field) -> Option<&Fact> {
    facts.iter().filter(|fact| fact.field == field).max_by(|a, b| a.confidence.total_cmp(&b.confidence))
}
