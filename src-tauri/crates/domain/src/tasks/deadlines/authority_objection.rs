//! Until when one can object to an authority, a health insurer or a benefits office.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, fourth_day_since, objection_count, remedy_against};
use crate::{DeadlineContext, DocumentKind, Remedy};

/// Widerspruch: one month after notification, which is the fourth day after posting (the third before 2025). Whether
/// that day moves off a weekend is disputed outside taxes, so that the latest day is then left open.
pub(super) struct AuthorityObjection;

impl DeadlineRule for AuthorityObjection {
    fn id(&self) -> &'static str {
        "authority_objection"
    }

    fn valid_from(&self) -> NaiveDate {
        // Postrechtsmodernisierungsgesetz: the fourth day.
        fourth_day_since()
    }

    fn source(&self) -> &'static str {
        "VwVfG § 41 (2); SGB X § 37 (2); VwGO §§ 58 (2), 70; SGG § 84; BGB §§ 187–193"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        if remedy_against(context.document) != Some(Remedy::Widerspruch) {
            return None;
        }
        // Of a commune's tax.
        let moves = context.document.kind == DocumentKind::TaxNotice;
        let counts = objection_count(&mut context, moves);
        Some(context.objection(self.id(), counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{letter, living_in};
    use crate::tasks::deadlines::tests::{check, derive};
    use crate::{Assumption, Field, Note, Region, TaskKind};

    const DECISION: (Field, &str) = (Field::LegalAct, "Bescheid");

    #[test]
    fn a_letter_that_decides_nothing_is_not_objected_to() {
        let informs = letter(DocumentKind::AuthorityLetter, &[(Field::PostingOrLetterDate, "2025-10-06")]);
        let found = crate::tasks::deadlines::deadlines(&informs, &living_in(Region::Berlin), NaiveDate::MIN);
        assert_eq!(found, []);
    }

    #[test]
    fn a_month_after_the_fourth_day_and_open_where_the_law_is() {
        let kind = DocumentKind::AuthorityLetter;
        for (posted, land, safe, latest) in [
            ("2025-10-06", Region::Berlin, "2025-11-10", "2025-11-10"),
            // The fourth day is a Sunday: disputed.
            ("2025-01-22", Region::NordrheinWestfalen, "2025-02-26", ""),
            // The end on a Sunday is moved for all.
            ("2025-10-15", Region::Berlin, "2025-11-19", ""),
            ("2025-10-09", Region::Berlin, "2025-11-13", "2025-11-13"),
        ] {
            let found = derive(&letter(kind, &[(Field::PostingOrLetterDate, posted), DECISION]), land);
            let latest_day = found.latest().map_or_else(String::new, |day| day.to_string());
            let safe_day = found.safe().unwrap().to_string();
            // 15 + 4 is a Sunday as well.
            assert_eq!((safe_day.as_str(), latest_day.as_str()), (safe, latest), "{posted}");
            assert_eq!(found.derivation.notes.contains(&Note::Disputed), latest.is_empty(), "{posted}");
        }
        // Day of notification Friday 31 October 2025: a holiday in Saxony, not in Berlin; there the end is a Sunday.
        let fields = [(Field::PostingOrLetterDate, "2025-10-27"), DECISION];
        check(kind, &fields, Region::Sachsen, (TaskKind::Object, "2025-11-28", ""));
        check(kind, &fields, Region::Berlin, (TaskKind::Object, "2025-11-28", "2025-12-01"));
    }

    #[test]
    fn a_person_can_settle_what_is_disputed() {
        let mut decision =
            letter(DocumentKind::AuthorityLetter, &[(Field::PostingOrLetterDate, "2025-01-22"), DECISION]);
        for (moves, latest) in [(true, "2025-02-27"), (false, "2025-02-26")] {
            decision.assumptions = vec![Assumption::NotificationMoves(moves)];
            let found = derive(&decision, Region::NordrheinWestfalen);
            assert_eq!(found.latest().map(|day| day.to_string()).as_deref(), Some(latest));
            assert!(found.derivation.notes.is_empty());
        }
    }
}
