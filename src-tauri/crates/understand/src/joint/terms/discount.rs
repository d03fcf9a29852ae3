//! A discount ends before the bill is due: neither its day nor its sum is the one to pay, where another is named.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    if !letter.pays {
        return 0.0;
    }
    let early = chosen.day(Field::DueDate).is_some_and(|day| letter.discounted_days.contains(&day));
    let less = chosen.amount(Field::AmountDue).is_some_and(|amount| letter.discounted.contains(&amount));
    -4.0 * f32::from(u8::from(early) + u8::from(less))
}
