//! A bill is due on or after the day on which it was written.

use domain::{Fact, Field};

/// Lowers dates that cannot be, and gives the day of the letter to the field of authority letters.
pub(super) fn settle(facts: &mut Vec<Fact>) {
    let issued = facts
        .iter()
        .filter(|fact| fact.field == Field::IssueDate)
        .max_by(|a, b| a.confidence.total_cmp(&b.confidence))
        .cloned();
    let Some(issued) = issued else { return };
    let Some(day) = issued.value.date() else { return };
    for fact in facts.iter_mut() {
        let later = matches!(
            fact.field,
            Field::DueDate | Field::DirectDebitDate | Field::ExpiryDate | Field::NextDueDate | Field::AppointmentStart
        );
        if later && issued.confidence >= 0.5 && fact.value.date().is_some_and(|date| date < day) {
            fact.confidence *= 0.4;
            fact.certain = false;
        }
    }
    if !facts.iter().any(|fact| fact.field == Field::PostingOrLetterDate) {
        facts.push(Fact { field: Field::PostingOrLetterDate, ..issued });
    }
}
