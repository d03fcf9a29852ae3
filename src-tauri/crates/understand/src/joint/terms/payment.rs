//! The day and the amount stand together, as a model has learned from letters.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

/// The model is surer of pairs than the others of single values.
const TOGETHER: f32 = 1.25;
/// What is on no page as a pair, a sum of parts or a day that follows from terms, weighs so much.
const APART: f32 = -0.8;
/// No pair weighs less.
const LEAST: f32 = -6.0;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    let amount = chosen.amount(Field::AmountDue).map(|amount| amount.abs());
    if letter.pairs.is_empty() || amount.is_none_or(|amount| amount.is_zero()) {
        return 0.0;
    }
    let pair = |field, is_debit| {
        let key = ((chosen.day(field)?, amount?), is_debit);
        letter.pairs.get(&key).copied()
    };
    let best = [pair(Field::DueDate, false), pair(Field::DirectDebitDate, true)];
    best.into_iter().flatten().reduce(f32::max).map_or(APART, |score| (TOGETHER * score).max(LEAST))
}
