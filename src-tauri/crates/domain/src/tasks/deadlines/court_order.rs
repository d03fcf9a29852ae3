//! Until when one can object to a court payment order.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, court_count};
use crate::{DeadlineContext, DocumentKind, LegalAct, Note};

/// Mahnbescheid: two weeks from formal service. A later objection still helps until the enforcement order is made
/// (ZPO § 694), which nobody should rely on.
pub(super) struct CourtOrder;

impl DeadlineRule for CourtOrder {
    fn id(&self) -> &'static str {
        "court_order"
    }

    fn valid_from(&self) -> NaiveDate {
        // Vereinfachungsnovelle.
        NaiveDate::from_ymd_opt(1977, 7, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "ZPO §§ 180, 222, 692 (1) no. 3, 694"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        let is_other = matches!(document.legal_act(), Some(LegalAct::EnforcementOrder | LegalAct::Summons));
        if document.kind != DocumentKind::CourtOrder || is_other {
            return None;
        }
        let counts = court_count(&mut context);
        context.note(Note::CheckPayee);
        Some(context.objection(self.id(), counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::{check, derive};
    use crate::{Assumption, Field, Region, TaskKind};

    #[test]
    fn two_weeks_from_the_letter_to_be_safe_and_from_service_once_it_is_known() {
        use Field::{AmountDue, PostingOrLetterDate, ServiceDate};
        let order = [(PostingOrLetterDate, "2024-08-21"), (AmountDue, "273.04"), (ServiceDate, "2024-08-24")];
        let kind = DocumentKind::CourtOrder;
        check(kind, &order[..2], Region::Sachsen, (TaskKind::Object, "2024-09-04", ""));
        // A Saturday: the law gives until Monday (ZPO § 222 (2)).
        check(kind, &order, Region::Sachsen, (TaskKind::Object, "2024-09-06", "2024-09-09"));
        let mut said = letter(kind, &order[..2]);
        said.assumptions = vec![Assumption::Served("2024-08-26".parse().unwrap())];
        let found = derive(&said, Region::Sachsen);
        assert_eq!(found.latest().map(|day| day.to_string()).as_deref(), Some("2024-09-09"));
        assert!(!found.derivation.notes.contains(&Note::ServiceUnknown));
    }
}
