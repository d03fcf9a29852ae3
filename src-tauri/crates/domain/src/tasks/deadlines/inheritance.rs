//! Until when an heir can disclaim.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{DeadlineContext, Field, LegalAct, Note, Period, TaskKind};

/// Ausschlagung: six weeks from the letter of the court, else the inheritance counts as accepted, with its debts (BGB §§ 1943,
/// 1944); where the letter itself names a period, that one.
pub(super) struct Inheritance;

impl DeadlineRule for Inheritance {
    fn id(&self) -> &'static str {
        "inheritance"
    }

    fn valid_from(&self) -> NaiveDate {
        super::civil_code()
    }

    fn source(&self) -> &'static str {
        "BGB §§ 1943–1945, 187–193; ZGB art. 559, 567"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        if context.document.legal_act() != Some(LegalAct::Inheritance) {
            return None;
        }
        let printed = context.document.text(Field::ResponsePeriod).and_then(|text| Period::find(&text));
        let period = printed.unwrap_or(Period::weeks(6));
        let (safe, latest) = context.receipt();
        let land = context.land();
        context.note(Note::ArrivalCounts);
        let safe = safe.plus(period).working_day_before(land);
        Some(context.deadline(
            self.id(),
            Some(TaskKind::Object),
            Some(safe),
            Some(latest.plus(period).next_working_day(land)),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::deadlines::tests::check;
    use crate::{DocumentKind, Region};

    #[test]
    fn six_weeks_from_the_letter_or_as_long_as_it_says() {
        let fields = [(Field::PostingOrLetterDate, "2025-10-09"), (Field::LegalAct, "Anfall einer Erbschaft")];
        // Received on the 12th; 23 November 2025 is a Sunday.
        for kind in [DocumentKind::AuthorityLetter, DocumentKind::CourtOrder, DocumentKind::Letter] {
            check(kind, &fields, Region::Brandenburg, (TaskKind::Object, "2025-11-20", "2025-11-24"));
        }
        let said = [&fields[..], &[(Field::ResponsePeriod, "drei Monaten")]].concat();
        check(DocumentKind::Letter, &said, Region::Brandenburg, (TaskKind::Object, "2026-01-09", "2026-01-12"));
    }
}
