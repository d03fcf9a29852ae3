//! The day and the amount of a standing order go together: neither is that of the bill beside it.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

pub(super) fn weigh(_: &Letter, chosen: &Assignment) -> f32 {
    let of_order = |field| chosen.fact(field).map(|fact| fact.by == "standing_order");
    match (of_order(Field::DueDate), of_order(Field::AmountDue)) {
        (Some(day), Some(amount)) if day != amount => -1.5,
        _ => 0.0,
    }
}
