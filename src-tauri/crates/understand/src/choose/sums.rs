//! Which amounts of a page add up.

use std::collections::BTreeSet;

use domain::{Fact, Field};
use rust_decimal::Decimal;

use super::proof::{LABELLED, NAMED, Weighed, weighed};
use crate::arithmetic::is_possible_tax;

/// An amount that only stands somewhere on the page.
const PRINTED: f32 = 0.2;

/// The likeliest net, tax and gross that add up, and whether that proves them: the line of one tax rate adds up as well,
/// so the gross must be named as the total.
pub(super) fn sums(facts: &[Fact], printed: &BTreeSet<Decimal>) -> Option<([Decimal; 3], bool)> {
    let nets = weighed(facts, Field::TotalNet);
    let mut taxes = weighed(facts, Field::TaxTotal);
    // Two rates: the tax is their sum.
    let pairs = taxes.iter().enumerate().flat_map(|(i, a)| taxes.iter().skip(i + 1).map(move |b| (a, b)));
    let both: Vec<Weighed> = pairs.map(|(a, b)| (a.0 + b.0, 0.8 * a.1.min(b.1))).collect();
    taxes.extend(both);
    let mut grosses = weighed(facts, Field::TotalGross);
    grosses.extend(weighed(facts, Field::AmountDue));

    // Two of the three carry a label; the third must at least stand on the page.
    let of = |a: &[Weighed], b: &[Weighed], make: fn(Decimal, Decimal) -> [Decimal; 3]| -> Vec<[Decimal; 3]> {
        a.iter().flat_map(|a| b.iter().map(move |b| make(a.0, b.0))).collect()
    };
    let triples = [
        of(&nets, &taxes, |net, tax| [net, tax, net + tax]),
        of(&nets, &grosses, |net, gross| [net, gross - net, gross]),
        of(&taxes, &grosses, |tax, gross| [gross - tax, tax, gross]),
    ];
    let weight = |list: &[Weighed], value: Decimal| {
        let labelled = list.iter().filter(|(v, _)| *v == value).map(|(_, sure)| *sure).fold(0.0, f32::max);
        (labelled > 0.0).then_some(labelled).or(printed.contains(&value).then_some(PRINTED))
    };
    let judged = triples.into_iter().flatten().filter(plausible).filter_map(|triple| {
        let weights = [weight(&nets, triple[0])?, weight(&taxes, triple[1])?, weight(&grosses, triple[2])?];
        let labelled = weights.iter().filter(|weight| **weight >= LABELLED).count();
        // Where there is no tax, all three must say so.
        let enough = if triple[1].is_zero() { 3 } else { 2 };
        (labelled >= enough).then(|| (triple, weights.iter().sum::<f32>(), weights[2] >= NAMED))
    });
    judged.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(triple, _, certain)| (triple, certain))
}

/// Net, tax and gross of one sign, with a tax that a rate can give.
fn plausible(&[net, tax, gross]: &[Decimal; 3]) -> bool {
    net.is_sign_negative() == gross.is_sign_negative()
        && (tax.is_zero() || tax.is_sign_negative() == gross.is_sign_negative())
        && is_possible_tax(tax, net)
}

/// What was paid before and what is left of `gross`; both must stand on the page.
pub(super) fn rest(facts: &[Fact], printed: &BTreeSet<Decimal>, gross: Decimal) -> Option<(Decimal, Decimal)> {
    let dues = weighed(facts, Field::AmountDue);
    let left =
        weighed(facts, Field::Prepaid).into_iter().filter(|(paid, _)| !paid.is_zero()).filter_map(|(paid, sure)| {
            let left = (gross.abs() - paid.abs()).abs();
            let named = dues.iter().filter(|(due, _)| due.abs() == left).map(|(_, sure)| *sure).fold(0.0, f32::max);
            let stands = named > 0.0 || printed.contains(&left) || printed.contains(&-left);
            (!left.is_zero() && stands).then_some((paid, left, sure + named))
        });
    left.max_by(|a, b| a.2.total_cmp(&b.2)).map(|(paid, left, _)| (paid, left))
}

/// What was paid before where no label says so: less than `gross` is named as due, and the difference stands on the page.
pub(super) fn paid(facts: &[Fact], printed: &BTreeSet<Decimal>, gross: Decimal) -> Option<(Decimal, Decimal)> {
    let (due, _) = weighed(facts, Field::AmountDue)
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|(_, sure)| *sure >= NAMED)?;
    let paid = gross - due;
    (!due.is_zero() && paid > Decimal::ZERO && printed.contains(&paid)).then_some((paid, due))
}

/// The fee of a reminder and what is due with it; without the fee it must stand on the page.
pub(super) fn with_fee(facts: &[Fact], printed: &BTreeSet<Decimal>) -> Option<(Decimal, Decimal)> {
    let likeliest = |field| {
        let clear = weighed(facts, field).into_iter().filter(|(value, sure)| !value.is_zero() && *sure >= NAMED);
        clear.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(value, _)| value)
    };
    let (fee, due) = (likeliest(Field::DunningFee)?, likeliest(Field::AmountDue)?);
    (fee < due && printed.contains(&(due - fee))).then_some((fee, due))
}
