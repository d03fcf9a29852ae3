//! Until when a letter wants an answer, papers or a registration.

use chrono::NaiveDate;

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
        let day = context.document.likely(Field::RespondBy)?.value.date()?;
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
    fn an_answer_is_sent_early_enough_for_the_post() {
        let fields = [(Field::IssueDate, "2025-11-18"), (Field::RespondBy, "2025-12-05")];
        check(DocumentKind::Letter, &fields, Region::Berlin, (TaskKind::Other, "2025-12-02", "2025-12-05"));
    }
}
