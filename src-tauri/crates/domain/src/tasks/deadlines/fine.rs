//! Until when one can object to a fine.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, court_count};
use crate::{DeadlineContext, DocumentKind, LegalAct};

/// Bußgeldbescheid: two weeks from service. A warning is not objected to: who does not pay it is fined.
pub(super) struct Fine;

impl DeadlineRule for Fine {
    fn id(&self) -> &'static str {
        "fine"
    }

    fn valid_from(&self) -> NaiveDate {
        // Second amendment of the Ordnungswidrigkeitengesetz: two weeks instead of one.
        NaiveDate::from_ymd_opt(1987, 4, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "OWiG §§ 46, 51, 56, 67; StPO § 43"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let act = context.document.legal_act();
        let is_other = matches!(act, Some(LegalAct::Warning | LegalAct::Hearing | LegalAct::Discontinuation));
        if context.document.kind != DocumentKind::Fine || is_other {
            return None;
        }
        let counts = court_count(&mut context);
        Some(context.objection(self.id(), counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{letter, living_in};
    use crate::tasks::deadlines::deadlines;
    use crate::{Field, Region, TaskKind};

    #[test]
    fn what_is_due_once_a_fine_is_final_has_no_latest_day_yet() {
        let mut fine = letter(
            DocumentKind::Fine,
            &[
                (Field::PostingOrLetterDate, "2026-03-05"),
                (Field::AmountDue, "128.50"),
                (Field::DueDate, "2026-03-19"),
                (Field::PaymentTerms, "Der Betrag ist innerhalb von zwei Wochen nach Rechtskraft zu zahlen."),
            ],
        );
        let days = |fine: &crate::Document| {
            let found = deadlines(fine, &living_in(Region::Berlin), "2026-03-08".parse().unwrap());
            let pay = found.iter().find(|one| one.task == Some(TaskKind::Pay)).unwrap();
            (pay.safe().unwrap().to_string(), pay.latest().is_some())
        };
        assert_eq!(days(&fine), ("2026-03-19".to_owned(), true), "a printed day is one");
        fine.facts[2].origin = crate::Origin::Derived;
        // Two weeks to object, then two weeks to pay; Thursday 2 April is a bank day.
        assert_eq!(days(&fine), ("2026-04-02".to_owned(), false));
    }

    #[test]
    fn a_fine_is_objected_to_or_paid_and_a_warning_only_paid() {
        let fields = [
            (Field::PostingOrLetterDate, "2025-08-13"),
            (Field::AmountDue, "20.00"),
            (Field::PaymentTerms, "wenn Sie den Betrag innerhalb einer Woche ab Zugang zahlen"),
            (Field::LegalAct, "Verwarnung"),
        ];
        let found = |fields: &[(Field, &str)]| -> Vec<_> {
            let all = deadlines(
                &letter(DocumentKind::Fine, fields),
                &living_in(Region::Niedersachsen),
                "2025-08-16".parse().unwrap(),
            );
            all.iter()
                .map(|one| (one.task, one.safe().unwrap().to_string(), one.latest().map(|day| day.to_string())))
                .collect()
        };
        let day = |text: &str| text.to_owned();
        let pay = (Some(TaskKind::Pay), day("2025-08-20"), Some(day("2025-08-25")));
        assert_eq!(found(&fields), std::slice::from_ref(&pay));
        assert_eq!(found(&fields[..3]), [(Some(TaskKind::Object), day("2025-08-27"), None), pay]);
    }
}
