//! When a paper or a grant has to be renewed before it ends.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, Document, DocumentKind, Field, Period, StartKind, TaskKind};

/// A passport, permit or granted benefit: applied for again by the day or so long before its last day as the letter asks, else eight
/// weeks before for papers (making them takes up to six) and two months before for benefits.
pub(super) struct DocumentExpiry;

impl DeadlineRule for DocumentExpiry {
    fn id(&self) -> &'static str {
        "document_expiry"
    }

    fn valid_from(&self) -> NaiveDate {
        // Personalausweisgesetz.
        NaiveDate::from_ymd_opt(2010, 11, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "PAuswG § 6; PassG § 5; AufenthG § 81 (4); WoGG §§ 22, 25"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        let usual = match document.kind {
            DocumentKind::IdentityDocument => Period::weeks(8),
            DocumentKind::AuthorityLetter => Period::months(2),
            _ => return None,
        };
        let end = Count::from(StartKind::Expiry, document.date(Field::ExpiryDate)?);
        let printed = document.text(Field::NoticePeriod).and_then(|text| Period::find(&text));
        let ahead = context.notice(printed.unwrap_or(usual));
        let land = context.land();
        let usual = end.clone().ahead(ahead).working_day_before(land);
        // The day that the office itself names. A letter about a grant names days for other things as well: there it counts
        // only where the usual day has passed.
        let too_late = document.letter_date().is_some_and(|letter| usual.day() <= letter);
        let named = asked_day(document).filter(|_| document.kind == DocumentKind::IdentityDocument || too_late);
        let safe = named.map_or(usual, |day| Count::from(StartKind::Printed, day).working_day_before(land));
        Some(context.deadline(self.id(), Some(TaskKind::Renew), Some(safe), Some(end)))
    }
}

/// The day by which the letter asks to apply: between the letter and the end.
pub(super) fn asked_day(document: &Document) -> Option<NaiveDate> {
    let day = document.likely(Field::RespondBy)?.value.date()?;
    let end = document.date(Field::ExpiryDate)?;
    (day < end && document.letter_date().is_none_or(|letter| letter <= day)).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::example::{letter, living_in};
    use crate::tasks::deadlines::deadlines;
    use crate::tasks::deadlines::tests::check;

    #[test]
    fn it_is_applied_for_ahead_of_its_end() {
        use Field::{ExpiryDate, NoticePeriod};
        let fields = [(ExpiryDate, "2027-01-11"), (NoticePeriod, "drei Monate vor Ablauf")];
        let kind = DocumentKind::IdentityDocument;
        check(kind, &fields[..1], Region::Berlin, (TaskKind::Renew, "2026-11-16", "2027-01-11"));
        // 11 October 2026 is a Sunday.
        check(kind, &fields, Region::Berlin, (TaskKind::Renew, "2026-10-09", "2027-01-11"));
        // The office asks for it by a day of its own.
        let fields = [(Field::IssueDate, "2026-10-05"), (ExpiryDate, "2027-01-11"), (Field::RespondBy, "2026-12-01")];
        check(kind, &fields, Region::Berlin, (TaskKind::Renew, "2026-12-01", "2027-01-11"));
        // Two months before 31 October 2025 is a Sunday.
        let benefit = letter(DocumentKind::AuthorityLetter, &[(ExpiryDate, "2025-10-31")]);
        let found = deadlines(&benefit, &living_in(Region::NordrheinWestfalen), NaiveDate::MIN);
        let renew = found.iter().find(|one| one.task == Some(TaskKind::Renew)).unwrap();
        let days = [renew.safe(), renew.latest()].map(|day| day.unwrap().to_string());
        assert_eq!(days, ["2025-08-29", "2025-10-31"]);
    }
}
