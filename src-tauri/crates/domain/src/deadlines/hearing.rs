//! Until when one can say something before an authority decides.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{DocumentKind, Field, LegalAct, Period, Premises, TaskKind};

/// Anhörung: the time that the letter grants, counted from its receipt; one week where none could be read.
pub(super) struct Hearing;

impl DeadlineRule for Hearing {
    fn id(&self) -> &'static str {
        "hearing"
    }

    fn valid_from(&self) -> NaiveDate {
        // Ordnungswidrigkeitengesetz.
        NaiveDate::from_ymd_opt(1968, 10, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "OWiG § 55; VwVfG § 28; SGB X § 24; BGB §§ 187, 188, 193"
    }

    fn derive(&self, mut premises: Premises<'_>) -> Option<Deadline> {
        let document = premises.document;
        let official = document.kind.is_alarming() && document.kind != DocumentKind::CourtOrder;
        if !official || document.legal_act() != Some(LegalAct::Hearing) {
            return None;
        }
        let printed = document.text(Field::ResponsePeriod).and_then(|text| Period::find(&text));
        let (safe, latest) = premises.receipt();
        let period = match printed {
            Some(printed) => printed,
            None => premises.response(Period::weeks(1)),
        };
        let land = premises.land();
        let safe = safe.plus(period).working_day_before(land);
        let latest = latest.plus(period).next_working_day(land);
        Some(premises.deadline(self.id(), Some(TaskKind::Object), Some(safe), Some(latest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Land;
    use crate::deadlines::tests::check;

    #[test]
    fn the_time_to_answer_runs_from_receipt_and_nothing_is_paid_yet() {
        use Field::{AmountDue, LegalAct, PostingOrLetterDate, ResponsePeriod};
        let hearing = [
            (LegalAct, "Anhörung"),
            (PostingOrLetterDate, "2026-03-12"),
            (AmountDue, "115.00"),
            (ResponsePeriod, "innerhalb einer Woche ab Zugang"),
        ];
        // Received on Sunday 15 March, a week later is a Sunday.
        for kind in [DocumentKind::Fine, DocumentKind::AuthorityLetter] {
            check(kind, &hearing, Land::Bayern, (TaskKind::Object, "2026-03-19", "2026-03-23"));
        }
        check(DocumentKind::Fine, &hearing[..2], Land::Bayern, (TaskKind::Object, "2026-03-19", "2026-03-23"));
    }
}
