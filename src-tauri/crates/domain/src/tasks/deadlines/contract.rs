//! Until when a contract has to be cancelled.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, consumer_contracts};
use crate::{Count, DeadlineContext, Document, DocumentKind, Field, Note, Period, StartKind, TaskKind};

/// The longest initial term that binds a consumer, in months (BGB § 309 no. 9 a, TKG § 56 (1)).
const LONGEST_TERM: u32 = 24;

/// The longest renewal that binds a consumer who agreed before March 2022, in months.
const LONGEST_RENEWAL: u32 = 12;

/// Renewals after which the dates on the letter are not believed: fifty years by the month.
const MOST_RENEWALS: u32 = 600;

/// A contract with a term: notice must have arrived so long before its end; the day never moves to a later one.
/// Agreed since 1 March 2022: one month's notice is enough, and after the initial term it can be cancelled at any time,
/// so that no later day has to be watched. Agreed before: it renews itself by up to a year.
pub(super) struct Contract;

impl DeadlineRule for Contract {
    fn id(&self) -> &'static str {
        "contract"
    }

    fn valid_from(&self) -> NaiveDate {
        consumer_contracts()
    }

    fn source(&self) -> &'static str {
        "BGB §§ 130, 187, 188, 309 no. 9; EGBGB Art. 229 § 60; TKG § 56; BGH III ZR 172/04"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        let agrees = matches!(document.kind, DocumentKind::Contract | DocumentKind::OrderConfirmation)
            || document.kind == DocumentKind::Letter && document.likely(Field::NoticePeriod).is_some();
        if !agrees || document.likely(Field::EffectiveDate).is_some() || document.cancel_by().is_some() {
            return None;
        }
        let concluded = document.letter_date().or_else(|| document.date(Field::ContractStart))?;
        let consumer = context.consumer();
        let (end, start) = match context.said_term_end() {
            Some(day) => (Count::from(StartKind::TermEnd, day), None),
            None => term(document, consumer)?,
        };
        let concluded = context.concluded(concluded.min(start.unwrap_or(concluded)));
        let new_law = consumer && concluded >= consumer_contracts();
        let legal = Period::months(1);
        let printed = document.text(Field::NoticePeriod).and_then(|text| Period::find(&text));
        // What was usual before the law limited it.
        let usual = if new_law { legal } else { Period::months(3) };
        let notice = context.notice(printed.unwrap_or(usual));
        let shorter = new_law && notice.longest_days() > legal.longest_days();
        let last = |end: &Count| end.clone().notice(if shorter { legal } else { notice });

        let mut end = end;
        if last(&end).day() < context.today {
            if new_law {
                return None;
            }
            let printed = document.integer(Field::RenewalMonths).unwrap_or(LONGEST_RENEWAL);
            let months = context.renewal_months(if consumer { printed.min(LONGEST_RENEWAL) } else { printed });
            let renewed = |times: &u32| last(&end.clone().renewed(months, *times)).day() >= context.today;
            let times = (1..=MOST_RENEWALS).find(renewed)?;
            end = end.renewed(months, times);
        }
        if shorter {
            context.note(Note::NoticeTooLong);
        }
        let latest = last(&end);
        Some(cancel(self.id(), context, &end, notice, latest))
    }
}

/// The end of the initial term, and the first day if it was counted from there.
fn term(document: &Document, consumer: bool) -> Option<(Count, Option<NaiveDate>)> {
    let start = document.date(Field::ContractStart);
    let months = document.integer(Field::InitialTermMonths).filter(|months| *months > 0);
    if let (Some(start), Some(months)) = (start, months) {
        let months = if consumer { months.min(LONGEST_TERM) } else { months };
        return Some((Count::from(StartKind::ContractStart, start).term(months), Some(start)));
    }
    let end = document.date(Field::ExpiryDate)?;
    Some((Count::from(StartKind::TermEnd, last_day(start, end)), start))
}

/// The last day of a contract that is printed to end on `end`: a contract from 1 May to 1 May, 0 o'clock, ends with 30
/// April.
pub(super) fn last_day(start: Option<NaiveDate>, end: NaiveDate) -> NaiveDate {
    use chrono::Datelike as _;
    let at_midnight = start.is_some_and(|start| start.day() == end.day() && start < end);
    if at_midnight { end.pred_opt().unwrap_or(end) } else { end }
}

/// The deadline to cancel: on the last day a notice may arrive; to be safe sent on a working day before, with time for
/// the post.
pub(super) fn cancel(
    rule: &'static str,
    mut context: DeadlineContext<'_>,
    end: &Count,
    notice: Period,
    latest: Count,
) -> Deadline {
    let (post, land) = (context.post_days(), context.land());
    context.note(Note::ArrivalCounts);
    let safe = end.clone().notice(notice).post(post).working_day_before(land);
    let amount = context.document.amount(Field::RecurringAmount);
    let mut deadline = context.deadline(rule, Some(TaskKind::CancelOrKeep), Some(safe), Some(latest));
    deadline.amount = amount;
    deadline
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{letter, living_in};
    use crate::tasks::deadlines::deadlines;
    use crate::tasks::deadlines::tests::check;
    use crate::{Assumption, Region};

    fn fields(
        signed: &'static str,
        start: &'static str,
        months: &'static str,
        notice: &'static str,
    ) -> [(Field, &'static str); 4] {
        [
            (Field::IssueDate, signed),
            (Field::ContractStart, start),
            (Field::InitialTermMonths, months),
            (Field::NoticePeriod, notice),
        ]
    }

    #[test]
    fn notice_arrives_before_the_end_and_is_never_moved_to_a_later_day() {
        let kind = DocumentKind::Contract;
        for (fields, land, safe, latest) in [
            (
                fields("2021-09-14", "2021-10-01", "24", "3 Monaten zum Ende der Laufzeit"),
                Region::NordrheinWestfalen,
                "2023-06-27",
                "2023-06-30",
            ),
            // The last day is a Sunday, and stays one.
            (fields("2024-03-18", "2024-04-02", "24", "1 Monat"), Region::Sachsen, "2026-02-26", "2026-03-01"),
            (fields("2023-10-26", "2023-12-01", "12", "einem Monat"), Region::Berlin, "2024-10-28", "2024-10-31"),
            // Three days for the post end on a Sunday after Christmas: sent on Christmas Eve.
            (fields("2024-12-20", "2025-01-01", "12", "vier Wochen"), Region::Berlin, "2025-11-28", "2025-12-03"),
            // More than two years do not bind a consumer; three months' notice neither since March 2022.
            (fields("2024-05-01", "2024-06-01", "36", "drei Monate"), Region::Berlin, "2026-02-25", "2026-04-30"),
        ] {
            check(kind, &fields, land, (TaskKind::CancelOrKeep, safe, latest));
        }
    }

    #[test]
    fn an_old_contract_renews_itself_and_a_new_one_can_be_left_at_any_time() {
        let seen = |fields: &[(Field, &str)], said: Vec<Assumption>, today: &str| {
            let mut contract = letter(DocumentKind::Contract, fields);
            contract.assumptions = said;
            let found = deadlines(&contract, &living_in(Region::Berlin), today.parse().unwrap());
            found.first().and_then(Deadline::latest).map(|day| day.to_string())
        };
        let old = fields("2021-09-14", "2021-10-01", "24", "3 Monate");
        assert_eq!(seen(&old, vec![], "2023-06-30").as_deref(), Some("2023-06-30"));
        assert_eq!(seen(&old, vec![], "2023-07-01").as_deref(), Some("2024-06-30"));
        assert_eq!(seen(&old, vec![], "2026-01-15").as_deref(), Some("2026-06-30"));
        let yearly = vec![Assumption::RenewalMonths(6)];
        assert_eq!(seen(&old, yearly, "2023-07-01").as_deref(), Some("2023-12-31"));
        let new = fields("2022-03-01", "2022-04-01", "24", "1 Monat");
        assert_eq!(seen(&new, vec![], "2024-02-29").as_deref(), Some("2024-02-29"));
        assert_eq!(seen(&new, vec![], "2024-03-01"), None);
        // Between businesses what is printed holds.
        let business = vec![Assumption::Consumer(false)];
        assert_eq!(seen(&new, business, "2024-03-01").as_deref(), Some("2025-02-28"));
    }

    #[test]
    fn without_an_end_there_is_nothing_to_watch() {
        let tenancy = [(Field::IssueDate, "2019-08-05"), (Field::ContractStart, "2019-10-01")];
        let today = "2019-08-08".parse().unwrap();
        assert_eq!(deadlines(&letter(DocumentKind::Contract, &tenancy), &living_in(Region::Bayern), today), []);
    }
}
