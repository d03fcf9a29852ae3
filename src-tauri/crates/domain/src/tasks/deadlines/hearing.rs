//! Until when one can say something before an authority decides.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, DocumentKind, Field, LegalAct, Period, StartKind, TaskKind};

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

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        let official = document.kind.is_alarming() && document.kind != DocumentKind::CourtOrder;
        if !official || document.legal_act() != Some(LegalAct::Hearing) {
            return None;
        }
        let printed = document.text(Field::ResponsePeriod).and_then(|text| Period::find(&text));
        // A printed day is the end of the time.
        let day = document.likely(Field::RespondBy).and_then(|fact| fact.value.date()).filter(|_| printed.is_none());
        if let Some(day) = day {
            let (post, land) = (context.post_days(), context.land());
            let latest = Count::from(StartKind::Printed, day);
            let safe = latest.clone().post(post).working_day_before(land);
            return Some(context.deadline(self.id(), Some(TaskKind::Object), Some(safe), Some(latest)));
        }
        let (safe, latest) = context.receipt();
        let period = match printed {
            Some(printed) => printed,
            None => context.response(Period::weeks(1)),
        };
        let land = context.land();
        let safe = safe.plus(period).working_day_before(land);
        let latest = latest.plus(period).next_working_day(land);
        Some(context.deadline(self.id(), Some(TaskKind::Object), Some(safe), Some(latest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::tasks::deadlines::tests::check;

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
            check(kind, &hearing, Region::Bayern, (TaskKind::Object, "2026-03-19", "2026-03-23"));
        }
        let printed = [hearing[0], hearing[1], (Field::RespondBy, "2026-04-10")];
        check(DocumentKind::AuthorityLetter, &printed, Region::Bayern, (TaskKind::Object, "2026-04-07", "2026-04-10"));
        check(DocumentKind::Fine, &hearing[..2], Region::Bayern, (TaskKind::Object, "2026-03-19", "2026-03-23"));
    }
}
