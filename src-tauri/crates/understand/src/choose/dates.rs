//! A bill is due on or after the day on which it was written; of two rights to leave a contract the later one ends it.

use chrono::Days;
use domain::{Fact, Field};

use crate::context::Context;

/// Lowers dates that cannot be, and gives the day of the letter to the field of authority letters.
pub(super) fn order_of_days(_: &Context, facts: &mut Vec<Fact>) {
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
            Field::DueDate
                | Field::DirectDebitDate
                | Field::ExpiryDate
                | Field::NextDueDate
                | Field::AppointmentStart
                | Field::RespondBy
                | Field::CancelBy
                | Field::RedeemBy
        );
        // Nobody is asked for something by the very day of the letter.
        let from = if matches!(fact.field, Field::RespondBy | Field::CancelBy | Field::RedeemBy) {
            day.succ_opt().unwrap_or(day)
        } else {
            day
        };
        if later && issued.confidence >= 0.5 && fact.value.date().is_some_and(|date| date < from) {
            fact.confidence *= 0.4;
            fact.certain = false;
        }
    }
    if !facts.iter().any(|fact| fact.field == Field::PostingOrLetterDate) {
        facts.push(Fact { field: Field::PostingOrLetterDate, ..issued });
    }
}

/// From this a last day to cancel is one that the letter grants.
const GRANTED: f32 = 0.55;
/// So much later the other right may end; what lies further off is for another year.
const SAME_NOTICE: Days = Days::new(45);

/// Gives the later of two last days to cancel, such as that of a special right and that of the ordinary one: until then the
/// contract can be left.
pub(super) fn later_right(_: &Context, facts: &mut [Fact]) {
    let granted = |fact: &&Fact| fact.field == Field::CancelBy && fact.confidence >= GRANTED;
    let best = facts.iter().filter(granted).max_by(|a, b| a.confidence.total_cmp(&b.confidence));
    let Some((first, sure)) = best.and_then(|best| Some((best.value.date()?, best.confidence))) else { return };
    let Some(end) = first.checked_add_days(SAME_NOTICE) else { return };
    let later = facts.iter().filter(granted).filter_map(|fact| fact.value.date()).filter(|day| *day <= end).max();
    let Some(later) = later.filter(|later| *later > first) else { return };
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::CancelBy) {
        if fact.value.date() == Some(later) {
            fact.confidence = fact.confidence.max(sure);
        } else {
            fact.confidence *= 0.6;
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::{DueDate, PostingOrLetterDate};

    use crate::testing::{findings, value};

    #[test]
    fn a_bill_is_not_due_before_it_was_written() {
        let found = findings("Rechnung Nr. 12\nRechnungsdatum 03.02.2026\n\nFällig am 03.01.2026");
        assert!(found.best(DueDate).is_none_or(|fact| fact.confidence < 0.5 && !fact.certain));
    }

    #[test]
    fn the_day_of_posting_is_the_day_of_the_letter_unless_stated() {
        assert_eq!(value("Bescheid\nDatum 03.02.2026", PostingOrLetterDate).as_deref(), Some("2026-02-03"));
        let posted = "Bescheid\nDatum 03.02.2026\n\nZur Post gegeben am 05.02.2026";
        assert_eq!(value(posted, PostingOrLetterDate).as_deref(), Some("2026-02-05"));
    }

    #[test]
    fn the_later_of_two_rights_to_cancel_is_the_one_to_know() {
        let head = "Muster Versicherung AG\n\nDatum: 26.10.2026\n\nSehr geehrte Frau Beispiel,\n\nIhr Beitrag steigt zum 01.01.2027.\n";
        let special = "Sie können innerhalb eines Monats nach Zugang dieses Schreibens kündigen.\n";
        let ordinary =
            "Im Übrigen ist die ordentliche Kündigung möglich; sie muss uns\nbis zum 30.11.2026 zugegangen sein.";
        let day = |text: &str| value(&format!("{head}{text}"), domain::Field::CancelBy);
        assert_eq!(day(special).as_deref(), Some("2026-11-26"));
        assert_eq!(day(&format!("{special}{ordinary}")).as_deref(), Some("2026-11-30"));
        assert_eq!(
            day("You may cancel by 15 December 2026.\nYour ordinary notice must reach us by 30 November 2026.")
                .as_deref(),
            Some("2026-12-15")
        );
    }
}
