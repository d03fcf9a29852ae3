//! The lines of a bill add up to its total; they are read incompletely too often to speak against one.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;
use crate::arithmetic::TOLERANCE;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    let Some(lines) = letter.lines else { return 0.0 };
    let totals = [Field::TotalNet, Field::TotalGross].into_iter().filter_map(|field| chosen.amount(field));
    let agrees = totals.into_iter().any(|total| (total.abs() - lines.abs()).abs() <= TOLERANCE);
    if agrees { 0.6 } else { 0.0 }
}
