//! Until when an insurance has to be cancelled.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, contract};
use crate::{Count, DeadlineContext, DocumentKind, Field, Period, StartKind, TaskKind};

/// The longest time that binds, in months: then it can be left at the end of every year (VVG § 11 (4)).
const LONGEST_TERM: u32 = 36;

/// Years after which the dates on the policy are not believed.
const MOST_YEARS: u32 = 100;

/// An insurance: notice three months before the end of the term or of the insurance year, unless the policy prints
/// another period; one month for cars (AKB: arrived on 30 November for calendar years).
pub(super) struct Insurance;

impl DeadlineRule for Insurance {
    fn id(&self) -> &'static str {
        "insurance"
    }

    fn valid_from(&self) -> NaiveDate {
        // Versicherungsvertragsgesetz of 2007.
        NaiveDate::from_ymd_opt(2008, 1, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "VVG § 11; BGB §§ 130, 187, 188; BGH III ZR 172/04"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        if document.kind != DocumentKind::InsurancePolicy || document.likely(Field::EffectiveDate).is_some() {
            return None;
        }
        let start = document.date(Field::ContractStart);
        let printed = document.date(Field::ExpiryDate).map(|end| contract::last_day(start, end));
        let longest = start.map(|start| Count::from(StartKind::ContractStart, start).term(LONGEST_TERM));
        let year = start.map(|start| Count::from(StartKind::ContractStart, start).term(12));
        let end = match (context.said_term_end(), printed, longest) {
            (Some(day), ..) => Count::from(StartKind::TermEnd, day),
            (None, Some(day), Some(longest)) if day > longest.day() => longest,
            (None, Some(day), _) => Count::from(StartKind::TermEnd, day),
            (None, None, _) => year?,
        };
        let period = document.text(Field::NoticePeriod).and_then(|text| Period::find(&text));
        let notice = context.notice(period.unwrap_or(Period::months(3)));
        let last = |times: u32| end.clone().renewed(12, times).notice(notice);
        let times = (0..MOST_YEARS).find(|times| last(*times).day() >= context.today)?;
        let end = end.clone().renewed(12, times);
        let latest = end.clone().notice(notice);
        let mut deadline = contract::cancel(self.id(), context, &end, notice, latest);
        deadline.task = Some(TaskKind::CancelOrKeep);
        Some(deadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::example::{letter, living_in};
    use crate::tasks::deadlines::deadlines;

    #[test]
    fn notice_arrives_before_the_insurance_year_ends() {
        use Field::{ContractStart, ExpiryDate, NoticePeriod};
        let check = |fields: &[(Field, &str)], today: &str, expected: (&str, &str)| {
            let found = deadlines(
                &letter(DocumentKind::InsurancePolicy, fields),
                &living_in(Region::Bayern),
                today.parse().unwrap(),
            );
            let [found] = found.as_slice() else { panic!("one deadline, not {found:?}") };
            let day = |day: Option<NaiveDate>| day.unwrap().to_string();
            assert_eq!((day(found.safe()), day(found.latest())), (expected.0.to_owned(), expected.1.to_owned()));
        };
        // To 1 May, 0 o'clock: the last day is 30 April.
        let home =
            [(ContractStart, "2023-05-01"), (ExpiryDate, "2026-05-01"), (NoticePeriod, "drei Monate vor dem Ablauf")];
        check(&home, "2023-04-20", ("2026-01-28", "2026-01-31"));
        check(&home, "2026-02-01", ("2027-01-28", "2027-01-31"));
        // A car by the calendar year: arrived on 30 November, a Saturday in 2024.
        let car = [(ContractStart, "2024-01-01"), (NoticePeriod, "ein Monat")];
        check(&car, "2024-01-10", ("2024-11-27", "2024-11-30"));
        // Five years bind for three only.
        let long = [(ContractStart, "2023-01-01"), (ExpiryDate, "2027-12-31")];
        check(&long, "2023-01-10", ("2025-09-26", "2025-09-30"));
    }
}
