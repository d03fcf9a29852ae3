//! What was served on a day was written before it.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    let issued = chosen.day(Field::IssueDate);
    if issued.is_some() && issued == letter.served { -1.5 } else { 0.0 }
}
