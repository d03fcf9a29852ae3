//! Until when a voucher or a credit can be used.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, civil_code};
use crate::{Count, DeadlineContext, DocumentKind, Field, StartKind, TaskKind};

/// The printed last day; to be safe a working day, because a shop may be closed.
pub(super) struct Voucher;

impl DeadlineRule for Voucher {
    fn id(&self) -> &'static str {
        "voucher"
    }

    fn valid_from(&self) -> NaiveDate {
        civil_code()
    }

    fn source(&self) -> &'static str {
        "the voucher itself; BGB §§ 195, 199 where no day is printed"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let day = context.document.likely(Field::RedeemBy)?.value.date()?;
        let kind = context.document.kind;
        // What an employer or a bank tells of a benefit is no voucher.
        if matches!(kind, DocumentKind::Payslip | DocumentKind::BankStatement) {
            return None;
        }
        let land = context.land();
        let latest = Count::from(StartKind::Expiry, day);
        let safe = latest.clone().working_day_before(land);
        let document = context.document;
        let worth = document.likely(Field::TotalGross).or_else(|| document.likely(Field::AmountDue));
        let worth = worth.and_then(|fact| fact.value.amount());
        let mut deadline = context.deadline(self.id(), Some(TaskKind::Redeem), Some(safe), Some(latest));
        deadline.amount = worth.filter(|_| {
            matches!(
                kind,
                DocumentKind::Letter
                    | DocumentKind::Other
                    | DocumentKind::Appointment
                    | DocumentKind::EventRegistration
                    | DocumentKind::CreditNote
                    | DocumentKind::Advertisement
            )
        });
        Some(deadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::tasks::deadlines::tests::check;

    #[test]
    fn a_voucher_is_used_on_a_working_day() {
        // A Sunday.
        let fields = [(Field::IssueDate, "2026-01-20"), (Field::RedeemBy, "2027-01-31")];
        check(DocumentKind::Other, &fields, Region::Berlin, (TaskKind::Redeem, "2027-01-29", "2027-01-31"));
    }
}
