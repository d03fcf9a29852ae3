//! When something is inspected or serviced again.

use chrono::{Datelike as _, NaiveDate};

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, Document, DocumentKind, Field, Origin, StartKind, TaskKind};

/// The next inspection: to the printed day; "in October" from the first to the last day of the month.
pub(super) struct Maintenance;

impl DeadlineRule for Maintenance {
    fn id(&self) -> &'static str {
        "maintenance"
    }

    fn valid_from(&self) -> NaiveDate {
        // Kehr- und Überprüfungsordnung; StVZO in the form of 2012.
        NaiveDate::from_ymd_opt(2012, 5, 5).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "the report itself; StVZO § 29 and annex VIII; SchfHwG § 1; KÜO § 1"
    }

    fn derive(&self, context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        // A recall or a reminder of the workshop wants the same.
        if document.kind != DocumentKind::MaintenanceReport && !is_named(document) {
            return None;
        }
        let fact = context.document.fact(Field::NextDueDate)?;
        let day = fact.value.date()?;
        let safe = Count::from(StartKind::Printed, day);
        // A month without a day is worked out as its first day.
        let is_month = fact.origin == Origin::Derived && day.day() == 1;
        let latest = if is_month { safe.clone().month_end() } else { safe.clone() };
        Some(context.deadline(self.id(), Some(TaskKind::Maintain), Some(safe), Some(latest)))
    }
}

/// Whether a letter of another kind names a day for it that is not only the day of something else that it announces.
fn is_named(document: &Document) -> bool {
    let Some(day) = document.likely(Field::NextDueDate).and_then(|fact| fact.value.date()) else { return false };
    let others = [Field::EffectiveDate, Field::DirectDebitDate, Field::DueDate, Field::ContractStart];
    others.into_iter().all(|field| document.likely(field).and_then(|fact| fact.value.date()) != Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::example::letter;
    use crate::tasks::deadlines::tests::{check, derive};

    #[test]
    fn a_month_lasts_from_its_first_to_its_last_day() {
        let kind = DocumentKind::MaintenanceReport;
        let fields = [(Field::NextDueDate, "2028-02-01")];
        check(kind, &fields, Region::Sachsen, (TaskKind::Maintain, "2028-02-01", "2028-02-01"));
        let mut report = letter(kind, &fields);
        report.facts[0].origin = Origin::Derived;
        assert_eq!(derive(&report, Region::Sachsen).latest().map(|day| day.to_string()).as_deref(), Some("2028-02-29"));
        // "Within six weeks" is a day.
        let mut report = letter(kind, &[(Field::NextDueDate, "2026-04-06")]);
        report.facts[0].origin = Origin::Derived;
        assert_eq!(derive(&report, Region::Sachsen).latest().map(|day| day.to_string()).as_deref(), Some("2026-04-06"));
    }
}
