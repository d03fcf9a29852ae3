//! Until when a letter wants an answer, papers or a registration.

use chrono::NaiveDate;

use super::document_expiry::asked_day;
use super::{Deadline, DeadlineRule, civil_code};
use crate::{Count, DeadlineContext, DocumentKind, Field, LegalAct, StartKind, TaskKind};

/// The printed day; to be safe sent on a working day before, with time for the post.
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
        let day = asked?.value.date()?;
        let (post, land) = (context.post_days(), context.land());
        let printed = Count::from(StartKind::Printed, day);
        let safe = printed.clone().post(post).working_day_before(land);
        // What has to be declared on a weekend or a holiday may be declared on the next working day (BGB § 193).
        let latest = printed.next_working_day(land);
        Some(context.deadline(self.id(), Some(TaskKind::Other), Some(safe), Some(latest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::tasks::deadlines::tests::check;

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
}
