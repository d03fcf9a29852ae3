//! Amounts, accounts, discounts, sums, where money stands, and the code that a banking app scans.

mod amount;
mod discount;
mod iban;
mod paid;
mod payment_code;
mod regular;
mod state;
mod sum_rule;

pub use amount::{Currency, Money, MoneyError};
pub use discount::{Discount, discounts};
pub use iban::{Iban, IbanError};
pub use paid::{Paid, PaidSums, paid_sums, payments_of};
pub use payment_code::{NoCode, Transfer, payment_code};
pub use regular::{Bill, RegularBill, Rhythm, regular_bills};
pub use state::{MoneyPaper, MoneyState, MoneyTask, Stated, money_of_tasks, money_state};
pub use sum_rule::{BrokenSum, SumRule};
