//! A day and an amount that one sentence joins are one payment, whatever tables say beside it.

use domain::{Check, Field};

use super::super::Assignment;
use super::super::letter::Letter;
use crate::asked::Asked;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    if !letter.pays {
        return 0.0;
    }
    let amount = chosen.amount(Field::AmountDue);
    let both = |asked: Option<Asked>, field, weight: f32| match asked {
        Some(asked) if (chosen.day(field), amount) == (Some(asked.day), Some(asked.amount)) => weight,
        Some(_) | None => 0.0,
    };
    // What adds up was proven: no sentence outdoes it.
    let proven = chosen
        .fact(Field::AmountDue)
        .is_some_and(|due| due.certain && due.checks.contains(&Check::SumsAgree) && letter.plan.is_none());
    let asked = both(letter.asked.filter(|asked| !asked.by_name), Field::DueDate, 4.0);
    let named = both(letter.asked.filter(|asked| asked.by_name), Field::DueDate, 1.0);
    let debited = both(letter.debited, Field::DirectDebitDate, 3.0);
    let of_rest = letter.day_of_rest.is_some() && chosen.day(Field::DueDate) == letter.day_of_rest;
    let proven = if proven { 1.5 } else { 0.0 };
    (asked + named + debited).max(proven) + if of_rest { 1.5 } else { 0.0 }
}
