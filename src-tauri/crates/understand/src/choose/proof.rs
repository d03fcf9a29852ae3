//! Amounts among the candidates: the likeliest of a field, and the one that is proven.

use std::collections::BTreeSet;

use domain::{Check, Fact, Field, Origin, Value};
use regex::Regex;
use rust_decimal::Decimal;

use super::add_checks;
use crate::context::Context;
use crate::forms::{amounts, misread};
use crate::labels::{Place, found};
use crate::layout::{Layout, Row};

/// An amount with its confidence.
pub(super) type Weighed = (Decimal, f32);

/// An amount beside a label that says little less than what it is.
pub(super) const LABELLED: f32 = 0.5;
/// An amount that is clearly named.
pub(super) const NAMED: f32 = 0.7;

/// The likeliest amount of a field.
pub(super) fn best(facts: &[Fact], field: Field) -> Option<Weighed> {
    weighed(facts, field).into_iter().max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The likeliest fact of a field.
pub(super) fn best_fact(facts: &[Fact], field: Field) -> Option<&Fact> {
    facts.iter().filter(|fact| fact.field == field).max_by(|a, b| a.confidence.total_cmp(&b.confidence))
}

/// The amounts of a field with their confidences.
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

/// The last amount, without its sign, of the last row that is called so; none of nothing.
pub(super) fn last_in_row(layout: &Layout, called: &Regex) -> Option<Decimal> {
    let of_row = |row: &Row| {
        let first = row.cells.iter().position(|cell| called.is_match(&cell.text))?;
        let amounts = row.cells[first..].iter().flat_map(|cell| amounts::find(&cell.text));
        amounts.last().map(|amount| amount.value.abs()).filter(|amount| !amount.is_zero())
    };
    layout.rows.iter().rev().find_map(of_row)
}

/// Whether an amount is named as the net total or the tax.
pub(super) fn is_part(facts: &[Fact], amount: Decimal) -> bool {
    let named = |field| weighed(facts, field).iter().any(|(value, sure)| *value == amount && *sure >= LABELLED);
    named(Field::TotalNet) || named(Field::TaxTotal)
}

/// Every amount on the pages, and what may be one that lost its decimal mark.
pub(super) fn printed<'c>(context: &'c Context) -> &'c BTreeSet<Decimal> {
    context.printed.get_or_init(|| {
        let cells = || context.layout.cells();
        let read = cells().flat_map(|cell| amounts::find(&cell.text)).map(|amount| amount.value);
        let recognised = cells().filter(|cell| cell.origin == Origin::Ocr);
        read.chain(recognised.flat_map(|cell| misread::unmarked(&cell.text))).collect()
    })
}
