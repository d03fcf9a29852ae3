//! Of a plan of parts the first comes first; what is due before it and is none of them is paid besides, such as the rest of a
//! year before the advances of the next one.

use domain::{Field, Instalment};
use rust_decimal::Decimal;

use super::super::Assignment;
use super::super::letter::Letter;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    let Some(plan) = letter.plan.filter(|_| letter.pays) else { return 0.0 };
    let (Some(first), Some(day), Some(amount)) =
        (plan.first(), chosen.day_of_payment(), chosen.amount(Field::AmountDue))
    else {
        return 0.0;
    };
    let is_first = day == first.due && amount == first.amount;
    if is_own(plan, amount) && day < first.due {
        4.5
    } else if is_first {
        1.5
    } else {
        -2.0
    }
}

/// Whether an amount is neither a part of a plan nor its sum.
fn is_own(plan: &[Instalment], amount: Decimal) -> bool {
    amount != plan.iter().map(|part| part.amount).sum() && plan.iter().all(|part| part.amount != amount)
}

/// The plan with the payment before it.
pub(in super::super) fn plan_with_own_payment(letter: &Letter, chosen: &Assignment) -> Option<Vec<Instalment>> {
    let plan = letter.plan.filter(|_| letter.pays)?;
    let (due, amount) = (chosen.day(Field::DueDate)?, chosen.amount(Field::AmountDue)?);
    let is_before = plan.first().is_some_and(|first| due < first.due) && is_own(plan, amount);
    is_before.then(|| std::iter::once(Instalment { due, amount }).chain(plan.iter().copied()).collect())
}
