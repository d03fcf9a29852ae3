//! Until when one can object to an enforcement order.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, court_count};
use crate::{DeadlineContext, DocumentKind, LegalAct, Note};

/// Vollstreckungsbescheid: two weeks from formal service, and not a day longer (Notfrist); it can be enforced at once.
pub(super) struct EnforcementOrder;

impl DeadlineRule for EnforcementOrder {
    fn id(&self) -> &'static str {
        "enforcement_order"
    }

    fn valid_from(&self) -> NaiveDate {
        // Vereinfachungsnovelle.
        NaiveDate::from_ymd_opt(1977, 7, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "ZPO §§ 180, 222, 339, 700"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        if document.kind != DocumentKind::CourtOrder || document.legal_act() != Some(LegalAct::EnforcementOrder) {
            return None;
        }
        let counts = court_count(&mut context);
        context.note(Note::ArrivalCounts);
        Some(context.objection(self.id(), counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::derive;
    use crate::{Field, Region};

    #[test]
    fn it_is_told_from_a_payment_order_by_its_own_word() {
        let fields = [
            (Field::PostingOrLetterDate, "2025-12-10"),
            (Field::LegalAct, "Vollstreckungsbescheid"),
            (Field::ServiceDate, "2025-12-11"),
        ];
        let found = derive(&letter(DocumentKind::CourtOrder, &fields), Region::Berlin);
        assert_eq!(found.rule, "enforcement_order");
        // Christmas Day: on to Saturday 27th, so Monday; back to Christmas Eve.
        assert_eq!(found.latest().map(|day| day.to_string()).as_deref(), Some("2025-12-29"));
        assert_eq!(found.safe().map(|day| day.to_string()).as_deref(), Some("2025-12-24"));
    }
}
