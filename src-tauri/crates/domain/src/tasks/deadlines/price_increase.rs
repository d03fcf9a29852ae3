//! Until when one can leave a contract because it gets dearer.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, DocumentKind, Field, Note, StartKind, TaskKind};

/// Special right to cancel when a price or the terms change: without notice, to the day from which the change holds
/// (energy), so the notice must have arrived the day before; for insurance within a month of the letter, at the latest
/// to that same day (VVG § 40).
pub(super) struct PriceIncrease;

impl DeadlineRule for PriceIncrease {
    fn id(&self) -> &'static str {
        "price_increase"
    }

    fn valid_from(&self) -> NaiveDate {
        // Energy Industry Act as amended on 27 July 2021.
        NaiveDate::from_ymd_opt(2021, 7, 27).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "EnWG § 41 (5); StromGVV and GasGVV § 5 (3); TKG § 57; VVG § 40; BGB §§ 130, 314"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        let may_change = matches!(
            document.kind,
            DocumentKind::PriceIncrease | DocumentKind::Contract | DocumentKind::InsurancePolicy | DocumentKind::Letter
        );
        // What needs the reader's consent does not come by itself.
        let asks_consent = document.likely(Field::RespondBy).is_some_and(|fact| {
            let words = fact.words();
            ["zustimm", "einverst", "consent", "agree"].iter().any(|word| words.contains(word))
        });
        let day = document.date(Field::EffectiveDate).filter(|_| may_change && !asks_consent)?;
        let (post, land) = (context.post_days(), context.land());
        context.note(Note::ArrivalCounts);
        let latest = Count::from(StartKind::EffectiveDate, day).day_before();
        let safe = latest.clone().post(post).working_day_before(land);
        let mut deadline = context.deadline(self.id(), Some(TaskKind::CancelOrKeep), Some(safe), Some(latest));
        deadline.amount = document.amount(Field::RecurringAmount);
        Some(deadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::tasks::deadlines::tests::check;

    #[test]
    fn notice_arrives_before_the_new_price_holds() {
        // 28 December 2025 is a Sunday after Christmas: sent on Christmas Eve.
        let fields = [(Field::IssueDate, "2025-11-14"), (Field::EffectiveDate, "2026-01-01")];
        for kind in [DocumentKind::PriceIncrease, DocumentKind::Contract] {
            check(kind, &fields, Region::Sachsen, (TaskKind::CancelOrKeep, "2025-12-24", "2025-12-31"));
        }
    }
}
