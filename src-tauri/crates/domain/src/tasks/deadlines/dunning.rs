//! When a reminded bill is to be paid.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Deadline, DeadlineRule, civil_code, payment};
use crate::{DeadlineContext, DocumentKind, Field, Note};

/// Dunning: counted like a bill. Courts mostly accept fees of 2–3 €, hardly above 5 €: more is pointed out.
pub(super) struct Dunning;

/// The highest usual fee in euros.
const USUAL_FEE: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

impl DeadlineRule for Dunning {
    fn id(&self) -> &'static str {
        "dunning"
    }

    fn valid_from(&self) -> NaiveDate {
        civil_code()
    }

    fn source(&self) -> &'static str {
        "BGB §§ 193, 286, 288, 309 no. 5; TARGET (ECB/2022/8)"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        if document.kind != DocumentKind::Dunning || !payment::wants_money(document) {
            return None;
        }
        if document.amount(Field::DunningFee).is_some_and(|fee| fee > USUAL_FEE) {
            context.note(Note::FeeTooHigh);
        }
        if document.fact(Field::PayeeName).is_some() {
            context.note(Note::CheckPayee);
        }
        Some(payment::count(self.id(), context))
    }

    fn derive_all(&self, context: DeadlineContext<'_>) -> Vec<Deadline> {
        // An agreement to pay what is open in parts.
        let parts = payment::open_parts(&context);
        if parts.is_empty() || self.derive(context.clone()).is_none() {
            return self.derive(context).into_iter().collect();
        }
        parts.into_iter().map(|part| payment::instalment(self.id(), context.clone(), part)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::derive;
    use crate::{Region, TaskKind};

    #[test]
    fn a_dunning_letter_is_paid_like_a_bill_and_an_unusual_fee_is_pointed_out() {
        for (fee, notes) in [("5.00", vec![]), ("15.00", vec![Note::FeeTooHigh])] {
            let fields = [(Field::AmountDue, "93.30"), (Field::DueDate, "2023-03-16"), (Field::DunningFee, fee)];
            let found = derive(&letter(DocumentKind::Dunning, &fields), Region::NordrheinWestfalen);
            assert_eq!((found.rule, found.task), ("dunning", Some(TaskKind::Pay)));
            assert_eq!(found.safe().map(|day| day.to_string()).as_deref(), Some("2023-03-16"));
            assert_eq!(found.derivation.notes, notes, "{fee}");
        }
    }
}
