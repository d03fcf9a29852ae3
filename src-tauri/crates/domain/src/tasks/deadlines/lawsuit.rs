//! Until when one can sue against a decision, where the letter names no other remedy before.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, fourth_day_since, objection_count, remedy_against};
use crate::{DeadlineContext, DocumentKind, Remedy};

/// Klage at the administrative or the social court: one month after notification. Some Länder have no objection before it.
pub(super) struct Lawsuit;

impl DeadlineRule for Lawsuit {
    fn id(&self) -> &'static str {
        "lawsuit"
    }

    fn valid_from(&self) -> NaiveDate {
        // Postrechtsmodernisierungsgesetz: the fourth day.
        fourth_day_since()
    }

    fn source(&self) -> &'static str {
        "VwVfG § 41 (2); VwGO §§ 58 (2), 68 (1), 74; SGG § 87; BGB §§ 187–193"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        if remedy_against(context.document) != Some(Remedy::Lawsuit) {
            return None;
        }
        let moves = context.document.kind == DocumentKind::TaxNotice;
        let counts = objection_count(&mut context, moves);
        Some(context.objection(self.id(), counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{letter, living_in};
    use crate::{Field, Region};

    /// The rule by which one acts against a decision with these words for it.
    fn rule(kind: DocumentKind, remedy: &str) -> Option<&'static str> {
        let fields = [
            (Field::PostingOrLetterDate, "2025-10-06"),
            (Field::LegalAct, "Bescheid"),
            (Field::AmountDue, "10"),
            (Field::Remedy, remedy),
        ];
        let day = "2025-10-08".parse().unwrap();
        let found = crate::tasks::deadlines::deadlines(&letter(kind, &fields), &living_in(Region::Berlin), day);
        found.iter().find(|one| one.task == Some(crate::TaskKind::Object)).map(|one| one.rule)
    }

    #[test]
    fn the_word_of_the_letter_says_which_right_it_is() {
        for (remedy, of_tax, of_authority) in [
            ("Einspruch", "tax_objection", "tax_objection"),
            ("Widerspruch", "authority_objection", "authority_objection"),
            ("Klage", "lawsuit", "lawsuit"),
        ] {
            assert_eq!(rule(DocumentKind::TaxNotice, remedy), Some(of_tax));
            assert_eq!(rule(DocumentKind::AuthorityLetter, remedy), Some(of_authority));
        }
    }
}
