//! A bill is due on or after the day on which it was written; of two printed days to leave a contract by the later one ends it.

use chrono::Days;
use domain::{DocumentKind, Fact, Field, Origin};

use super::proof::best_fact;
use crate::context::Context;

/// Lowers dates that cannot be, and gives the day of the letter to the field of authority letters.
pub(super) fn order_of_days(_: &Context, facts: &mut Vec<Fact>) {
    let Some(issued) = best_fact(facts, Field::IssueDate).cloned() else { return };
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

/// A fine that is to be paid "two weeks after it has become final" names no day: its letter does not know when that is.
pub(crate) fn not_before_final(context: &Context, facts: &mut Vec<Fact>) {
    let is_final =
        |fact: &Fact| fact.field == Field::PaymentTerms && fact.value.plain().to_lowercase().contains("rechtskr");
    if context.kind() == DocumentKind::Fine && facts.iter().any(is_final) {
        facts.retain(|fact| fact.field != Field::DueDate || fact.origin != Origin::Derived);
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
    // One that is only counted may run out before: the printed day is the safe one.
    let printed = facts.iter().filter(granted).filter(|fact| fact.origin != Origin::Derived);
    let later = printed.filter_map(|fact| fact.value.date()).filter(|day| *day <= end).max();
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
    use domain::Field::{DueDate, PostingOrLetterDate, RespondBy};

    use crate::testing::{findings, value};

    #[test]
    fn a_bill_is_not_due_before_it_was_written() {
        let found = findings("Rechnung Nr. 12\nRechnungsdatum 03.02.2026\n\nFällig am 03.01.2026");
        assert!(found.best(DueDate).is_none_or(|fact| fact.confidence < 0.5 && !fact.certain));
    }

    #[test]
    fn the_term_of_a_payment_is_no_term_for_an_answer() {
        let fine = |asks: &str| {
            format!(
                "Stadt Muster · Ordnungsamt\n\nSchriftliche Verwarnung mit Verwarnungsgeld\nDatum: 18.11.2026\n\nVerwarnungsgeld: 25,00 €\n\n{asks}"
            )
        };
        let pays = "Bitte zahlen Sie das Verwarnungsgeld innerhalb einer Woche nach Zugang dieses Schreibens.";
        assert_eq!(value(&fine(pays), DueDate).as_deref(), Some("2026-11-25"));
        let doubted = findings(&fine(pays));
        assert!(doubted.best(RespondBy).is_none_or(|fact| fact.confidence < 0.5), "{doubted:?}");
    }

    #[test]
    fn a_fine_to_be_paid_once_it_is_final_names_no_day() {
        let fine = |asks: &str| {
            format!(
                "Stadt Muster · Bußgeldstelle\n\nBußgeldbescheid\nDatum: 18.11.2026\n\nGesamtbetrag 128,50 €\n\nGegen diesen Bescheid können Sie innerhalb von zwei Wochen nach Zustellung Einspruch einlegen.\n\n{asks}"
            )
        };
        let is_final = "Der Gesamtbetrag ist spätestens zwei Wochen nach Rechtskraft des Bescheids zu zahlen.";
        assert_eq!(value(&fine(is_final), DueDate), None);
        let printed = "Der Gesamtbetrag ist bis zum 16.12.2026 zu zahlen.";
        assert_eq!(value(&fine(printed), DueDate).as_deref(), Some("2026-12-16"));
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
