//! When money should have come in.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, civil_code};
use crate::{Document, DocumentKind, Field, Land, TaskKind};

/// A credit note is expected money, not a bill.
pub(super) struct ExpectedMoney;

impl DeadlineRule for ExpectedMoney {
    fn id(&self) -> &'static str {
        "expected_money"
    }

    fn valid_from(&self) -> NaiveDate {
        civil_code()
    }

    fn source(&self) -> &'static str {
        "BGB § 271"
    }

    fn derive(&self, document: &Document, _: Land) -> Option<Deadline> {
        if document.kind != DocumentKind::CreditNote || document.to_pay().is_none() {
            return None;
        }
        let day = document.date(Field::DueDate);
        let why = match day {
            Some(day) => format!("the money is promised by {day}"),
            None => "the letter names no day for the money".to_owned(),
        };
        Some(Deadline {
            rule: self.id(),
            task: TaskKind::ExpectMoney,
            safe: day,
            time: None,
            latest: day,
            assumed: false,
            why,
        })
    }
}
