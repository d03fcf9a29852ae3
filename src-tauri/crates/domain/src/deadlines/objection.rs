//! Until when one can object to a court, a fine, a tax office or another authority.

use chrono::{Days, NaiveDate};

use super::{Deadline, DeadlineRule};
use crate::bank_days::{add_months, working_day_on_or_after, working_day_on_or_before};
use crate::{Document, DocumentKind, Land, TaskKind};

/// Objection: two weeks for courts and fines, counted from the letter's date as the safe reading (formal service may
/// come later, and only the envelope tells); one month after the fictitious notification for tax offices and other
/// authorities: the fourth day after posting, the third before 2025.
pub(super) struct Objection;

impl DeadlineRule for Objection {
    fn id(&self) -> &'static str {
        "objection"
    }

    fn valid_from(&self) -> NaiveDate {
        // Postrechtsmodernisierungsgesetz: the fourth day.
        fourth_day_since()
    }

    fn source(&self) -> &'static str {
        "ZPO §§ 339, 694, 700; OWiG § 67; AO §§ 108 (3), 122, 355; VwVfG § 41; SGB X § 37; VwGO § 70"
    }

    fn derive(&self, document: &Document, land: Land) -> Option<Deadline> {
        let posted = document.letter_date()?;
        let (safe, latest, why) = match document.kind {
            DocumentKind::CourtOrder | DocumentKind::Fine => {
                let end = posted + Days::new(14);
                let safe = working_day_on_or_before(end, land);
                (
                    safe,
                    None,
                    format!(
                        "two weeks from service; the day of service is on the envelope, counted from {posted} to be safe"
                    ),
                )
            }
            DocumentKind::TaxNotice | DocumentKind::AuthorityLetter => {
                let days = if posted >= fourth_day_since() { 4 } else { 3 };
                let notified = posted + Days::new(days);
                let is_tax = document.kind == DocumentKind::TaxNotice;
                let moved = working_day_on_or_after(notified, land);
                let safe = working_day_on_or_before(add_months(notified, 1), land);
                // Whether the day of notification moves off a weekend is settled for taxes only.
                let latest = (is_tax || moved == notified).then(|| working_day_on_or_after(add_months(moved, 1), land));
                (
                    safe,
                    latest,
                    format!("posted {posted}, notified {moved} (day {days}), one month to object ({})", land.code()),
                )
            }
            _ => return None,
        };
        Some(Deadline {
            rule: self.id(),
            task: TaskKind::Object,
            safe: Some(safe),
            time: None,
            latest,
            assumed: latest.is_none(),
            why,
        })
    }
}

fn fourth_day_since() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or(NaiveDate::MIN)
}
