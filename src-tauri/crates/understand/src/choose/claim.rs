//! What is claimed in all: the open bills, fees and interest of a reminder, or the costs of a court order, listed one below
//! the other with their sum.

use domain::{Fact, Field, Origin};
use rust_decimal::Decimal;

use super::proof::{best, prove};
use crate::context::Context;
use crate::forms::amounts;
use crate::layout::Row;

/// The whole of a claim.
struct Claim {
    total: Decimal,
    /// What it is made of, in the order of the page.
    parts: Vec<Decimal>,
}

/// Makes the whole of a claim the amount that is due; whether there is one.
pub(super) fn total_of_claim(context: &Context, facts: &mut Vec<Fact>) -> bool {
    let claim = if context.is_claim() { claim(context, facts) } else { None };
    let Some(claim) = claim else { return false };
    // The parts are claimed as well, but none of them is all.
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::AmountDue && fact.origin != Origin::Code) {
        if fact.value.amount().is_some_and(|amount| claim.parts.contains(&amount)) {
            fact.confidence *= 0.6;
            fact.certain = false;
        }
    }
    prove(context, facts, Field::AmountDue, claim.total, true);
    let fee = best(facts, Field::DunningFee).filter(|(fee, _)| claim.parts.contains(fee));
    if let Some((fee, _)) = fee {
        prove(context, facts, Field::DunningFee, fee, true);
    }
    true
}

/// The largest amount that is the sum of the rows above it, if one of these is called a claim or a fee.
fn claim(context: &Context, facts: &[Fact]) -> Option<Claim> {
    let listed = listed(context);
    let named = |part: &Decimal| {
        let of_claim = [Field::AmountDue, Field::TotalGross, Field::DunningFee];
        facts.iter().any(|fact| of_claim.contains(&fact.field) && fact.value.amount() == Some(*part))
    };
    let claims = (2..listed.len()).filter_map(|at| {
        let (total, above) = (*listed.get(at)?, listed.get(..at)?);
        let parts = parts(above, total)?;
        (total > Decimal::ZERO && parts.iter().any(named)).then_some(Claim { total, parts })
    });
    claims.max_by_key(|claim| claim.total)
}

/// The last amount on the pages that is the sum of those above it: the total of a bill that does not call it so.
pub(crate) fn last_sum(context: &Context) -> Option<Decimal> {
    let listed = listed(context);
    let sums =
        (2..listed.len()).rev().filter(|at| listed.get(..*at).and_then(|above| parts(above, listed[*at])).is_some());
    sums.map(|at| listed[at]).find(|sum| *sum > Decimal::ZERO)
}

/// The last amount of each row that has one.
fn listed(context: &Context) -> Vec<Decimal> {
    let last = |row: &Row| row.cells.iter().rev().find_map(|cell| amounts::find(&cell.text).pop());
    context.layout.rows.iter().filter_map(last).map(|amount| amount.value).collect()
}

/// The amounts right above a total that add up to it; at least two that are something.
fn parts(above: &[Decimal], total: Decimal) -> Option<Vec<Decimal>> {
    let mut sum = Decimal::ZERO;
    for (count, value) in (1..).zip(above.iter().rev()) {
        sum += value;
        let parts = above.get(above.len() - count..)?;
        if sum == total && parts.iter().filter(|part| !part.is_zero()).count() >= 2 {
            return Some(parts.to_vec());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, DunningFee};

    use crate::testing::check;

    #[test]
    fn open_amount_and_fee_are_due_together() {
        let letter = "Muster GmbH\n\n1. Mahnung\n\nSehr geehrte Frau Beispiel,\n\nOffener Betrag    100,00 €\nMahngebühr    5,00 €\nSumme    105,00 €";
        check(letter, &[(AmountDue, "105.00"), (DunningFee, "5.00")]);
    }

    #[test]
    fn several_bills_interest_and_payments_are_part_of_the_claim() {
        let letter = "Muster GmbH\n\nLetzte Mahnung\n\nSehr geehrte Frau Beispiel,\n\nRechnung 11    100,00 €\nRechnung 12    50,00 €\nIhre Zahlung    -20,00 €\nVerzugszinsen    1,20 €\nMahnkosten    2,50 €\nGesamt    133,70 €";
        check(letter, &[(AmountDue, "133.70"), (DunningFee, "2.50")]);
    }

    #[test]
    fn the_sum_of_the_bills_is_not_yet_the_claim() {
        let letter = "Muster GmbH\n\n2. Mahnung\n\nSehr geehrte Frau Beispiel,\n\nRechnung 11    100,00 €\nRechnung 12    50,00 €\nOffener Betrag    150,00 €\nMahngebühr    5,00 €\nBitte überweisen Sie    155,00 €";
        check(letter, &[(AmountDue, "155.00"), (DunningFee, "5.00")]);
    }
}
