//! Until when a prescription is redeemed.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, DocumentKind, Field, Period, StartKind, TaskKind};

/// A prescription: to the printed day, else 28 days, after which the statutory health insurance no longer pays. A
/// private prescription is good for three months, which a person may say.
pub(super) struct Prescription;

impl DeadlineRule for Prescription {
    fn id(&self) -> &'static str {
        "prescription"
    }

    fn valid_from(&self) -> NaiveDate {
        // Arzneimittel-Richtlinie as amended: 28 days instead of a month.
        NaiveDate::from_ymd_opt(2021, 7, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "Arzneimittel-Richtlinie § 11 (4); AMVV § 2 (5)"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        if document.kind != DocumentKind::Prescription {
            return None;
        }
        let end = match document.date(Field::ExpiryDate) {
            Some(day) => Count::from(StartKind::Expiry, day),
            None => {
                let period = context.valid_for(Period::days(28));
                Count::from(StartKind::LetterDate, context.letter_day()).plus(period)
            }
        };
        let land = context.land();
        let safe = end.clone().working_day_before(land);
        Some(context.deadline(self.id(), Some(TaskKind::Redeem), Some(safe), Some(end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::{check, derive};
    use crate::{Assumption, Region};

    #[test]
    fn it_is_redeemed_on_a_working_day_before_it_ends() {
        use Field::{ExpiryDate, IssueDate};
        let kind = DocumentKind::Prescription;
        let issued = [(IssueDate, "2026-02-16"), (ExpiryDate, "2026-05-16")];
        check(kind, &issued, Region::Berlin, (TaskKind::Redeem, "2026-05-15", "2026-05-16"));
        check(kind, &issued[..1], Region::Berlin, (TaskKind::Redeem, "2026-03-16", "2026-03-16"));
        let mut private = letter(kind, &issued[..1]);
        private.assumptions = vec![Assumption::ValidFor(Period::months(3))];
        assert_eq!(derive(&private, Region::Berlin).latest().map(|day| day.to_string()).as_deref(), Some("2026-05-16"));
    }
}
