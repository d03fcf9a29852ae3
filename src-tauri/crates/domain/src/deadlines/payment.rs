//! When a bill is to be paid.

use chrono::{Days, NaiveDate};

use super::{Deadline, DeadlineRule, civil_code};
use crate::bank_days::{bank_day_before, bank_day_on_or_before, working_day_on_or_after};
use crate::{Document, DocumentKind, Field, Land, TaskKind};

/// Proposed when no date is printed: default comes 30 days later at the earliest (§ 286 (3)), so 14 days are safe.
const PROPOSED_DAYS: u64 = 14;

/// Payment of a bill: due on the printed or counted day, moved off weekends and holidays; safe on the bank day before.
pub(super) struct Payment;

impl DeadlineRule for Payment {
    fn id(&self) -> &'static str {
        "payment"
    }

    fn valid_from(&self) -> NaiveDate {
        civil_code()
    }

    fn source(&self) -> &'static str {
        "BGB §§ 193, 271, 286; TARGET calendar of the ECB; AO § 224 for taxes"
    }

    fn derive(&self, document: &Document, land: Land) -> Option<Deadline> {
        if !wants_payment(document) {
            return None;
        }
        let land = document.land(land);
        Some(match document.date(Field::DueDate) {
            Some(due) => {
                let latest = working_day_on_or_after(due, land);
                let arrives = document.kind == DocumentKind::TaxNotice;
                let safe = if arrives { bank_day_before(due) } else { bank_day_on_or_before(due) };
                let mut why = format!("due {due}");
                if latest != due {
                    why += &format!("; moved to {latest} (§ 193 BGB, {})", land.code());
                }
                if arrives {
                    why += "; taxes count as paid when the money has arrived (§ 224 AO)";
                }
                if safe != due {
                    why += &format!("; pay on the bank day {safe}");
                }
                Deadline {
                    rule: self.id(),
                    task: TaskKind::Pay,
                    safe: Some(safe),
                    time: None,
                    latest: Some(latest),
                    assumed: false,
                    why,
                }
            }
            None => {
                let start = document.letter_date();
                let safe = start.map(|start| bank_day_on_or_before(start + Days::new(PROPOSED_DAYS)));
                let why = match start {
                    Some(start) => format!(
                        "no due date is printed: due at once (§ 271 BGB), default after 30 days; {PROPOSED_DAYS} days after {start} are proposed"
                    ),
                    None => "no date could be read".to_owned(),
                };
                Deadline { rule: self.id(), task: TaskKind::Pay, safe, time: None, latest: None, assumed: true, why }
            }
        })
    }
}

fn wants_payment(document: &Document) -> bool {
    let asks = document.kind.asks_for_money()
        || (matches!(
            document.kind,
            DocumentKind::TaxNotice | DocumentKind::OrderConfirmation | DocumentKind::EventRegistration
        ) && document.date(Field::DueDate).is_some());
    asks && document.kind != DocumentKind::CourtOrder
        && !document.is_direct_debit()
        && document
            .to_pay()
            .and_then(|fact| fact.value.amount())
            .is_some_and(|amount| amount.is_sign_positive() && !amount.is_zero())
}
