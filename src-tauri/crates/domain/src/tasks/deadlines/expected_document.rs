//! When the next paper of a series should be there: a day to know, not a task.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, DocumentKind, Period, StartKind};

/// A payslip or a statement of account comes every month: the next one a month after this one.
pub(super) struct ExpectedDocument;

impl DeadlineRule for ExpectedDocument {
    fn id(&self) -> &'static str {
        "expected_document"
    }

    fn valid_from(&self) -> NaiveDate {
        // Gewerbeordnung § 108 in its present form.
        NaiveDate::from_ymd_opt(2003, 1, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "GewO § 108; BGB § 675d and EGBGB Art. 248 § 7"
    }

    fn derive(&self, context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        if !matches!(document.kind, DocumentKind::Payslip | DocumentKind::BankStatement) {
            return None;
        }
        let next = Count::from(StartKind::LetterDate, document.letter_date()?).plus(Period::months(1));
        Some(context.deadline(self.id(), None, Some(next.clone()), Some(next)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::derive;
    use crate::{Field, Region};

    #[test]
    fn the_next_one_is_expected_a_month_later() {
        let statement = letter(DocumentKind::BankStatement, &[(Field::IssueDate, "2025-01-31")]);
        let found = derive(&statement, Region::Bayern);
        assert_eq!((found.task, found.safe().map(|day| day.to_string()).as_deref()), (None, Some("2025-02-28")));
    }
}
