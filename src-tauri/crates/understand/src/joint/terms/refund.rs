//! A refund beside the advances of the next years is what the letter is about.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    let comes = chosen.amount(Field::AmountDue).is_some_and(|due| due.is_sign_negative() && !due.is_zero());
    if letter.refunds && comes { 4.0 } else { 0.0 }
}
