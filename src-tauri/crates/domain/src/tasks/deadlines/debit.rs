//! When an account will be debited.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, DocumentKind, Field, Note, ShiftDay as _, StartKind, TaskKind};

/// So many days before it a debit is announced, unless a shorter time was agreed: proposed where no day is printed.
const ANNOUNCED_DAYS: u64 = 14;

/// Direct debit: nothing to pay, but the money must be there on the bank day before.
pub(super) struct Debit;

impl DeadlineRule for Debit {
    fn id(&self) -> &'static str {
        "direct_debit"
    }

    fn valid_from(&self) -> NaiveDate {
        // End of the national schemes, Regulation (EU) No 260/2012 Art. 6.
        NaiveDate::from_ymd_opt(2014, 2, 1).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "SEPA Direct Debit Core Rulebook 4.3; TARGET (ECB/2022/8)"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        let mut amount = document.to_pay().and_then(|fact| fact.value.amount());
        // The last debit of a contract that has ended, beside a deposit that comes back.
        let is_beside_refund = document.kind == DocumentKind::CancellationConfirmation
            && amount.is_some_and(|amount| amount.is_sign_negative());
        if is_beside_refund {
            amount = document.amount(Field::RecurringAmount);
        }
        let nothing = amount.is_some_and(|amount| amount.is_zero() || amount.is_sign_negative());
        // "Die Nachzahlung wird abgebucht", beside the day on which it is due.
        let is_owed = document.likely(Field::AmountDue).is_some() && document.likely(Field::DueDate).is_some();
        let asks = document.kind.asks_for_money() || document.likely(Field::DirectDebitDate).is_some() || is_owed;
        let comes_in = matches!(document.kind, DocumentKind::CreditNote | DocumentKind::SelfBilledInvoice);
        // It tells when the last debit was, or that none follows; or which one is still to come.
        let to_come = || {
            let day = document.likely(Field::DirectDebitDate).and_then(|fact| fact.value.date());
            amount.is_some() && day.is_some_and(|day| day >= context.letter_day())
        };
        let is_ended = document.kind == DocumentKind::CancellationConfirmation && !to_come();
        if nothing || comes_in || is_ended || !document.is_direct_debit() || !asks {
            return None;
        }
        if amount.is_none() {
            context.note(Note::AmountUnknown);
        }
        let day = match document.date(Field::DirectDebitDate).or_else(|| document.date(Field::DueDate)) {
            Some(day) => day,
            None => context.proposed_due(context.letter_day().plus_days(ANNOUNCED_DAYS)),
        };
        let debited = Count::from(StartKind::Debit, day).next_bank_day();
        context.note(Note::DebitCanBeCalledBack);
        let safe = debited.clone().bank_day_before();
        let mut deadline = context.deadline(self.id(), Some(TaskKind::CheckDebit), Some(safe), Some(debited));
        // A contract names its whole price; debited is what it costs each time.
        let is_contract = document.fact(Field::AmountDue).is_none() && !document.kind.asks_for_money();
        if is_contract || is_beside_refund {
            deadline.amount = document.amount(Field::RecurringAmount);
        }
        Some(deadline)
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::tasks::deadlines::tests::check;
    use crate::{DocumentKind, Region};

    #[test]
    fn the_money_is_there_on_the_bank_day_before_the_debit() {
        use Field::{AmountDue, DebtorIban, DirectDebitDate, DueDate, PaymentMeansCode};
        let nw = Region::NordrheinWestfalen;
        let debit = (TaskKind::CheckDebit, "2025-12-31", "2026-01-02");
        let own_account = (DebtorIban, "DE89370400440532013000");
        for fields in [
            // New Year's Day is no bank day: debited on the next one.
            [(AmountDue, "140"), (DueDate, "2026-01-01"), (PaymentMeansCode, "59")],
            [(AmountDue, "140"), (DueDate, "2026-01-02"), own_account],
            [(AmountDue, "140"), (DirectDebitDate, "2026-01-02"), (DueDate, "2025-12-24")],
        ] {
            check(DocumentKind::Invoice, &fields, nw, debit);
        }
        // After a cancellation only the last debit that is still to come.
        let last = [(AmountDue, "29.90"), (DirectDebitDate, "2026-01-02"), (Field::IssueDate, "2025-12-10")];
        check(DocumentKind::CancellationConfirmation, &last, nw, debit);
        let refunded = [(AmountDue, "-20"), last[1], last[2], (Field::RecurringAmount, "29.90")];
        let letter = crate::example::letter(DocumentKind::CancellationConfirmation, &refunded);
        let tasks = crate::tasks::deadlines::deadlines(&letter, &crate::example::living_in(nw), NaiveDate::MIN);
        let tasks: Vec<_> = tasks.iter().map(|one| (one.task, one.amount)).collect();
        let twenty_nine_ninety = Decimal::new(2990, 2);
        assert!(tasks.contains(&(Some(TaskKind::CheckDebit), Some(twenty_nine_ninety))), "{tasks:?}");
        assert!(tasks.iter().any(|(task, _)| *task == Some(TaskKind::ExpectMoney)), "{tasks:?}");
        // Neither the day nor the amount is printed: asked about all the same, fourteen days after the letter.
        let proposed = (TaskKind::CheckDebit, "2026-02-13", "2026-02-16");
        check(DocumentKind::Invoice, &[(Field::IssueDate, "2026-02-02"), own_account], nw, proposed);
    }
}
