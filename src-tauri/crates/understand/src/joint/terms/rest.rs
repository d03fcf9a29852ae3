//! What is due is the total less what was paid.

use domain::Field;
use rust_decimal::Decimal;

use super::super::Assignment;
use super::super::letter::Letter;
use crate::arithmetic::TOLERANCE;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    if letter.is_till {
        return 0.0;
    }
    let near = |a: Decimal, b: Decimal| (a.abs() - b.abs()).abs() <= TOLERANCE;
    match [Field::TotalGross, Field::Prepaid, Field::AmountDue].map(|field| chosen.amount(field)) {
        [Some(gross), Some(paid), Some(due)] if near(gross.abs() - paid.abs(), due) => 0.8,
        [Some(_), Some(_), Some(_)] => -0.4,
        // What was paid may have been overlooked, and a reminder asks for more than the bill.
        [Some(gross), None, Some(due)] if near(gross, due) => 0.4,
        _ => 0.0,
    }
}
