//! Until when a consumer can withdraw from a contract.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, DocumentKind, Field, Note, Period, StartKind, TaskKind};

/// Widerruf: fourteen days, where the letter speaks of the right; counted from the letter. Sending in time is enough,
/// and the last day moves off weekends and holidays.
pub(super) struct Withdrawal;

impl DeadlineRule for Withdrawal {
    fn id(&self) -> &'static str {
        "withdrawal"
    }

    fn valid_from(&self) -> NaiveDate {
        // Directive 2011/83/EU in German law.
        NaiveDate::from_ymd_opt(2014, 6, 13).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "BGB §§ 187, 188, 193, 312g, 355, 356; VVG § 8"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        let is_agreement = matches!(
            document.kind,
            DocumentKind::Contract | DocumentKind::InsurancePolicy | DocumentKind::OrderConfirmation
        );
        let printed = document.text(Field::WithdrawalPeriod).filter(|_| is_agreement)?;
        let period = Period::find(&printed).unwrap_or(Period::days(14));
        let concluded = document.likely(Field::ConcludedOn).and_then(|fact| fact.value.date());
        let start = match (context.known_receipt(), concluded) {
            (_, Some(day)) => Count::from(StartKind::Concluded, day),
            (Some(_), None) => context.receipt().1,
            (None, None) => Count::from(StartKind::LetterDate, document.letter_date()?),
        };
        let land = context.land();
        context.note(Note::SendingCounts);
        let end = start.plus(period);
        let (safe, latest) = (end.clone().working_day_before(land), end.next_working_day(land));
        // A policy answers one's own application, and an order was meant: the right is good to know, but no task.
        let task = (document.kind == DocumentKind::Contract).then_some(TaskKind::Object);
        Some(context.deadline(self.id(), task, Some(safe), Some(latest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::{check, derive};

    #[test]
    fn fourteen_days_that_end_on_easter_monday_end_on_tuesday() {
        let fields = [(Field::IssueDate, "2024-03-18"), (Field::WithdrawalPeriod, "binnen 14 Tagen")];
        let withdrawal = (TaskKind::Object, "2024-03-28", "2024-04-02");
        check(DocumentKind::Contract, &fields, Region::Sachsen, withdrawal);
        // From the day of the contract, where the letter says so.
        let concluded = [
            (Field::ConcludedOn, "2025-10-17"),
            (Field::IssueDate, "2025-10-20"),
            (Field::WithdrawalPeriod, "14 days"),
        ];
        let withdrawal = (TaskKind::Object, "2025-10-31", "2025-10-31");
        check(DocumentKind::Contract, &concluded, Region::NordrheinWestfalen, withdrawal);
        // Ascension Day is one in every Region. An order was meant: the day is good to know, but no task.
        let fields = [(Field::IssueDate, "2026-04-30"), (Field::WithdrawalPeriod, "within two weeks")];
        let found = derive(&letter(DocumentKind::OrderConfirmation, &fields), Region::Hamburg);
        let days = [found.safe(), found.latest()].map(|day| day.unwrap().to_string());
        assert_eq!((found.task, days), (None, ["2026-05-13".to_owned(), "2026-05-15".to_owned()]));
    }
}
