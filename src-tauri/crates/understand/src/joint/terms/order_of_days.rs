//! Nothing is due before the letter was written, and on that very day only where words say so.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;

/// The model alone takes the day of the letter for a day to pay by.
const GUESSED: f32 = 2.5;

pub(super) fn weigh(_: &Letter, chosen: &Assignment) -> f32 {
    let Some(issued) = chosen.day(Field::IssueDate) else { return 0.0 };
    let days = [Field::DueDate, Field::DirectDebitDate].into_iter().filter_map(|field| chosen.day(field));
    let before = days.filter(|day| *day < issued).count() as f32;
    let guessed = chosen.fact(Field::DueDate).is_some_and(|due| due.by == "roles" && due.value.date() == Some(issued));
    -before - if guessed { GUESSED } else { 0.0 }
}
