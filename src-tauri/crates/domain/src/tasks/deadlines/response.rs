//! Until when a letter wants an answer, papers or a registration.

use chrono::NaiveDate;

use super::document_expiry::asked_day;
use super::{Deadline, DeadlineRule, arrives_at_once, civil_code};
use crate::{Count, DeadlineContext, DocumentKind, Fact, Field, LegalAct, StartKind, TaskKind};

/// The printed day; to be safe sent on a working day before, with time for the post. What is handed over, such as the slip of
/// a school, or goes over the wire needs none.
pub(super) struct Response;

impl DeadlineRule for Response {
    fn id(&self) -> &'static str {
        "response"
    }

    fn valid_from(&self) -> NaiveDate {
        civil_code()
    }

    fn source(&self) -> &'static str {
        "the letter itself; BGB §§ 130, 193"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        // Nobody has to answer an offer.
        if context.document.kind == DocumentKind::Advertisement {
            return None;
        }
        // What is to be sent back after a contract has ended is asked about, not planned.
        if context.document.kind == DocumentKind::CancellationConfirmation {
            return None;
        }
        // What is said to an authority before it decides has its own task.
        if context.document.kind.is_alarming() && context.document.legal_act() == Some(LegalAct::Hearing) {
            return None;
        }
        // When to apply for a new paper is said with its own task.
        if context.document.kind == DocumentKind::IdentityDocument && asked_day(context.document).is_some() {
            return None;
        }
        // A tax office that asks for no money sets a day for the return.
        let of_return = context.document.kind == DocumentKind::TaxNotice && context.document.to_pay().is_none();
        let document = context.document;
        let asked = document.likely(Field::RespondBy).or_else(|| document.likely(Field::DueDate).filter(|_| of_return));
        let fact = asked?;
        let (day, land) = (fact.value.date()?, context.land());
        let printed = Count::from(StartKind::Printed, day);
        let sent = if is_handed_over(fact) { printed.clone() } else { printed.clone().post(context.post_days()) };
        let safe = sent.working_day_before(land);
        // What has to be declared on a weekend or a holiday may be declared on the next working day (BGB § 193); a longer
        // warranty for who registers in time is no declaration.
        let is_condition = context.document.kind == DocumentKind::Warranty;
        let latest = if is_condition { printed } else { printed.next_working_day(land) };
        // Who is asked to agree to a higher rent may leave instead (BGB §§ 558b, 561).
        let is_decision = document.kind == DocumentKind::PriceIncrease && document.likely(Field::CancelBy).is_none();
        let task = if is_decision { TaskKind::CancelOrKeep } else { TaskKind::Other };
        Some(context.deadline(self.id(), Some(task), Some(safe), Some(latest)))
    }
}

/// Do the words that ask for the answer say that it is handed over, or given at once over the wire?
fn is_handed_over(asked: &Fact) -> bool {
    let by_hand = [
        "abschnitt",
        "rücklauf",
        "rückmeldezettel",
        "elternbrief",
        "zettel",
        "ihrem kind",
        "ihr kind",
        "ranzen",
        "postmappe",
        "klassenleh",
        "klassenleitung",
        "gruppenleit",
        "in der gruppe",
        "erzieher",
        "sekretariat ab",
        "zurück an frau",
        "zurück an herrn",
        "bei frau",
        "bei herrn",
        "persönlich",
        "vorbeibring",
        "unserem büro",
        "slip",
        "your child",
        "class teacher",
        "form teacher",
        "school office",
        "in person",
        "hand it in",
        "hand in",
        "drop off",
        "melden sie sich",
        "rufen sie",
        "anrufen",
        "telefonisch",
        "registrier",
        "register",
        "online",
        "im internet",
        "im netz",
        "website",
        "portal",
        "call us",
        "elster",
        "elektronisch",
        "electronically",
    ];
    let by_post = ["per post", "postalisch", "by post", "by mail", "anschrift"];
    arrives_at_once(asked, &by_hand, &by_post)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::tasks::deadlines::tests::{check, safe_by_words};

    #[test]
    fn a_tax_office_that_asks_for_no_money_waits_for_the_return() {
        use crate::tasks::deadlines::deadlines;
        let tasks = |fields: &[(Field, &str)]| -> Vec<_> {
            let notice = crate::example::letter(DocumentKind::TaxNotice, fields);
            let found = deadlines(&notice, &crate::example::living_in(Region::Berlin), NaiveDate::MIN);
            found.iter().filter_map(|one| one.task).collect()
        };
        let fields = [(Field::IssueDate, "2026-10-08"), (Field::DueDate, "2026-11-09"), (Field::AmountDue, "90.00")];
        assert!(tasks(&fields[..2]).contains(&TaskKind::Other));
        assert!(!tasks(&fields).contains(&TaskKind::Other));
    }

    #[test]
    fn an_answer_is_sent_early_enough_for_the_post() {
        let fields = [(Field::IssueDate, "2025-11-18"), (Field::RespondBy, "2025-12-05")];
        check(DocumentKind::Letter, &fields, Region::Berlin, (TaskKind::Other, "2025-12-02", "2025-12-05"));
    }

    #[test]
    fn a_higher_rent_that_needs_consent_is_a_decision() {
        let fields = [(Field::IssueDate, "2025-11-18"), (Field::RespondBy, "2025-12-05")];
        let decision = (TaskKind::CancelOrKeep, "2025-12-02", "2025-12-05");
        check(DocumentKind::PriceIncrease, &fields, Region::Berlin, decision);
    }

    #[test]
    fn what_is_handed_over_needs_no_days_for_the_post() {
        let fields = [(Field::IssueDate, "2025-11-18"), (Field::RespondBy, "2025-12-05")];
        let safe = |words: &str| safe_by_words(DocumentKind::Letter, &fields, words, Region::Berlin);
        assert_eq!(safe("Den Abschnitt geben Sie bitte bis zum 05.12. ab.").as_deref(), Some("2025-12-05"));
        assert_eq!(safe("Please return the slip to the class teacher by 5 December.").as_deref(), Some("2025-12-05"));
        assert_eq!(safe("Bitte senden Sie den Abschnitt per Post bis zum 05.12.").as_deref(), Some("2025-12-02"));
        assert_eq!(safe("Bitte antworten Sie bis zum 05.12.").as_deref(), Some("2025-12-02"));
    }
}
