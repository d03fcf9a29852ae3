//! After a credit, an advance or a part that was paid, what remains is due and not the sum before.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    let Some(rest) = letter.rest.filter(|_| letter.pays && letter.plan.is_none()) else { return 0.0 };
    match chosen.amount(Field::AmountDue) {
        Some(due) if due == rest => 4.5,
        Some(due) if due > rest => -4.5,
        Some(_) | None => 0.0,
    }
}
