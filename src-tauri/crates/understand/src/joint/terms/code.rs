//! A payment code asks for what is due.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    match chosen.amount(Field::AmountDue) {
        Some(due) if letter.coded.contains(&due) && !letter.discounted.contains(&due) => 1.0,
        _ => 0.0,
    }
}
