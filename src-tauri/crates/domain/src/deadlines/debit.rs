//! When an account will be debited.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::bank_days::{bank_day_before, is_bank_day};
use crate::{Document, Field, Land, TaskKind};

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
        "SEPA Direct Debit Core Rulebook 4.3; TARGET calendar of the ECB"
    }

    fn derive(&self, document: &Document, _: Land) -> Option<Deadline> {
        let amount = document.to_pay().and_then(|fact| fact.value.amount())?;
        if !document.is_direct_debit()
            || !document.kind.asks_for_money()
            || amount.is_zero()
            || amount.is_sign_negative()
        {
            return None;
        }
        let day = document.date(Field::DirectDebitDate).or_else(|| document.date(Field::DueDate))?;
        let debited = std::iter::successors(Some(day), |day| day.succ_opt()).find(|day| is_bank_day(*day))?;
        let safe = bank_day_before(debited);
        Some(Deadline {
            rule: self.id(),
            task: TaskKind::CheckDebit,
            safe: Some(safe),
            time: None,
            latest: Some(debited),
            assumed: false,
            why: format!("will be debited on {debited}; have the money there on the bank day before, {safe}"),
        })
    }
}
