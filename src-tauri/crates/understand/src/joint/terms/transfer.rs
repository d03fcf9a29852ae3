//! What is to be transferred is not debited, unless the letter says so.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    let transfers = letter.day_of_rest.is_some() && !letter.debits;
    let guessed = chosen.fact(Field::DirectDebitDate).is_some_and(|debit| debit.by == "roles");
    if transfers && guessed { -3.0 } else { 0.0 }
}
