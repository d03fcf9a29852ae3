//! Until when an employee can go to court against a dismissal.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{DeadlineContext, LegalAct, Note, Period, TaskKind};

/// Kündigungsschutzklage: three weeks from receipt of the written notice, else it counts as right (KSchG § 7).
pub(super) struct Dismissal;

impl DeadlineRule for Dismissal {
    fn id(&self) -> &'static str {
        "dismissal"
    }

    fn valid_from(&self) -> NaiveDate {
        // Gesetz zu Reformen am Arbeitsmarkt: the three weeks hold for every reason.
        NaiveDate::from_ymd_opt(2004, 1, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "KSchG §§ 4, 7; ZPO § 222; BGB §§ 187, 188"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        if context.document.legal_act() != Some(LegalAct::Dismissal) || context.document.kind.is_alarming() {
            return None;
        }
        let (safe, latest) = context.receipt();
        let land = context.land();
        context.note(Note::ArrivalCounts);
        let safe = safe.plus(Period::weeks(3)).working_day_before(land);
        // The letter may have been handed over on its own day: the later reading needs the day of receipt.
        let latest = context.known_receipt().map(|_| latest.plus(Period::weeks(3)).next_working_day(land));
        Some(context.deadline(self.id(), Some(TaskKind::Object), Some(safe), latest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::{check, derive};
    use crate::{Assumption, DocumentKind, Field, Region};

    #[test]
    fn three_weeks_from_the_letter_and_later_only_if_the_day_of_receipt_is_known() {
        let fields = [(Field::IssueDate, "2025-10-10"), (Field::LegalAct, "Kündigung des Arbeitsverhältnisses")];
        // Reformation Day in Saxony.
        check(DocumentKind::Letter, &fields, Region::Sachsen, (TaskKind::Object, "2025-10-30", ""));
        check(DocumentKind::Letter, &fields, Region::Berlin, (TaskKind::Object, "2025-10-31", ""));
        let mut dismissed = letter(DocumentKind::Letter, &fields);
        dismissed.assumptions = vec![Assumption::Received("2025-10-11".parse().unwrap())];
        let found = derive(&dismissed, Region::Sachsen);
        assert_eq!(found.latest().map(|day| day.to_string()).as_deref(), Some("2025-11-03"));
    }
}
