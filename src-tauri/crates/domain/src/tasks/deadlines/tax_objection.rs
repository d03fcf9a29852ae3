//! Until when one can object to a tax assessment.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, fourth_day_since, objection_count, remedy_against};
use crate::{DeadlineContext, Field, Remedy};

/// Einspruch: one month after notification, which is the fourth day after posting (the third before 2025), moved off
/// weekends and holidays.
pub(super) struct TaxObjection;

impl DeadlineRule for TaxObjection {
    fn id(&self) -> &'static str {
        "tax_objection"
    }

    fn valid_from(&self) -> NaiveDate {
        // Postrechtsmodernisierungsgesetz: the fourth day.
        fourth_day_since()
    }

    fn source(&self) -> &'static str {
        "AO §§ 108 (3), 122 (2), 355 (1), 356 (2); BGB §§ 187–193"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        if remedy_against(document) != Some(Remedy::Einspruch) {
            return None;
        }
        // A reminder to hand in the return decides nothing.
        let only_asks = document.fact(Field::ResponsePeriod).is_none() && document.to_pay().is_none();
        if only_asks && document.likely(Field::RespondBy).is_some() {
            return None;
        }
        let counts = objection_count(&mut context, true);
        Some(context.objection(self.id(), counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::{check, derive};
    use crate::{Assumption, DocumentKind, Region, TaskKind};

    #[test]
    fn an_objection_counts_from_the_fictitious_notification() {
        for (posted, land, safe, latest) in [
            // Posted before 2025: third day, a Sunday, moved to Monday; safe without the move.
            ("2024-09-05", Region::Bayern, "2024-10-08", "2024-10-09"),
            // The last letter under the third day, and the first under the fourth (a Sunday).
            ("2024-12-30", Region::Berlin, "2025-01-31", "2025-02-03"),
            ("2025-01-01", Region::Berlin, "2025-02-05", "2025-02-06"),
            // The fourth day is Saturday before Whitsun: moved to Tuesday.
            ("2025-06-03", Region::Sachsen, "2025-07-07", "2025-07-10"),
            // Notified on 31 January: a month later there is no 31st.
            ("2025-01-27", Region::Hessen, "2025-02-28", "2025-02-28"),
            // The end falls on All Saints, a Saturday, in Bavaria.
            ("2025-09-27", Region::Bayern, "2025-10-31", "2025-11-03"),
        ] {
            let fields = [(Field::PostingOrLetterDate, posted)];
            check(DocumentKind::TaxNotice, &fields, land, (TaskKind::Object, safe, latest));
        }
    }

    #[test]
    fn what_a_person_says_counts_instead() {
        let mut notice = letter(DocumentKind::TaxNotice, &[(Field::PostingOrLetterDate, "2025-06-03")]);
        let latest = |notice: &crate::Document| derive(notice, Region::Sachsen).latest().unwrap().to_string();
        // Came later than the fourth day: then that day counts (AO § 122 (2)).
        notice.assumptions = vec![Assumption::Received("2025-06-16".parse().unwrap())];
        assert_eq!(latest(&notice), "2025-07-16");
        // Came earlier: the fiction holds all the same.
        notice.assumptions = vec![Assumption::Received("2025-06-05".parse().unwrap())];
        assert_eq!(latest(&notice), "2025-07-10");
        // Posted later than dated.
        notice.assumptions = vec![Assumption::Posted("2025-06-05".parse().unwrap())];
        assert_eq!(latest(&notice), "2025-07-10");
        // No word about the right to object: one year (AO § 356 (2)).
        notice.assumptions = vec![Assumption::Instructed(false)];
        assert_eq!(latest(&notice), "2026-06-10");
    }
}
