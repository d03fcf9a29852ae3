//! Until when a defect can be claimed: a day to know, not a task.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, DocumentKind, Field, Period, StartKind};

/// A warranty to its printed day; for what was bought, the statutory two years from delivery, which is taken for the
/// day of the receipt. In the first year the seller has to prove that it was in order (BGB § 477).
pub(super) struct Warranty;

impl DeadlineRule for Warranty {
    fn id(&self) -> &'static str {
        "warranty"
    }

    fn valid_from(&self) -> NaiveDate {
        // Sale of Goods Directive (EU) 2019/771 in German law.
        NaiveDate::from_ymd_opt(2022, 1, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "BGB §§ 438 (1) no. 3, 443, 477"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        if !matches!(document.kind, DocumentKind::Warranty | DocumentKind::Receipt) {
            return None;
        }
        let end = match document.date(Field::ExpiryDate) {
            Some(day) => Count::from(StartKind::Expiry, day),
            None => {
                let period = context.valid_for(Period::months(24));
                Count::from(StartKind::LetterDate, document.letter_date()?).plus(period)
            }
        };
        Some(context.deadline(self.id(), None, Some(end.clone()), Some(end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::derive;

    #[test]
    fn the_end_is_known_without_a_task() {
        let card = letter(DocumentKind::Warranty, &[(Field::ExpiryDate, "2028-08-25")]);
        let receipt = letter(DocumentKind::Receipt, &[(Field::IssueDate, "2024-02-29")]);
        for (document, end) in [(card, "2028-08-25"), (receipt, "2026-02-28")] {
            let found = derive(&document, Region::Berlin);
            assert_eq!((found.task, found.latest().map(|day| day.to_string()).as_deref()), (None, Some(end)));
        }
    }
}
