//! Money on a task: what to transfer, the code for it, what was paid.

use chrono::NaiveDate;
use domain::{
    DeliveryState, DoneHow, Money, NoCode, PaidHow, Payment, PaymentId, Subject, TaskId, TaskStatus, Warning,
    open_amount,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::Op;
use ts_rs::TS;

use super::tasks::{existing, get};
use crate::payment::{self, Due};
use crate::views::{PaymentView, TaskView};
use crate::{App, Failure, OneTask, scheduler};

/// Which payment to show.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PaymentQuery {
    /// Of which task.
    pub id: TaskId,
    /// With the discount, while it holds.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub with_discount: bool,
}

/// What to transfer, each part to be copied by itself.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TransferView {
    /// Exact name of the payee.
    pub payee: Option<String>,
    /// Account, without spaces.
    pub iban: Option<String>,
    /// Bank.
    pub bic: Option<String>,
    /// What is left to pay.
    pub open: Option<Money>,
    /// What to write on it.
    pub reference: Option<String>,
    /// The day to pay on.
    pub due: Option<NaiveDate>,
    /// Less, if paid earlier; the earliest first.
    pub discounts: Vec<DiscountView>,
    /// What was paid already.
    pub payments: Vec<PaymentView>,
    /// The code to scan.
    pub code: Option<CodeView>,
    /// Why there is none.
    pub no_code: Option<NoCode>,
    /// What to look at before paying.
    pub warnings: Vec<Warning>,
}

/// Less to pay, if paid early.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DiscountView {
    /// Percent off.
    #[ts(type = "string")]
    pub percent: Decimal,
    /// The last day.
    pub until: NaiveDate,
    /// What is to be paid then.
    pub amount: Money,
    /// It still holds.
    pub holds: bool,
}

/// A payment code (EPC069-12).
#[derive(Clone, Debug, Serialize, TS)]
pub struct CodeView {
    /// Its text.
    pub text: String,
    /// Its picture, an SVG document.
    pub svg: String,
    /// The amount in it.
    pub amount: Money,
}

/// Something was paid.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Paid {
    /// For which task.
    pub id: TaskId,
    /// How much; all that is open if left out.
    #[serde(default)]
    #[ts(optional)]
    pub amount: Option<Money>,
    /// On which day; today if left out.
    #[serde(default)]
    #[ts(optional)]
    pub paid_on: Option<NaiveDate>,
    /// In which way; by a transfer if left out.
    #[serde(default)]
    #[ts(optional)]
    pub how: Option<PaidHow>,
}

pub(super) fn show(app: &App, query: PaymentQuery) -> Result<TransferView, Failure> {
    let today = app.lens()?.today;
    let (task, due) = app.store.read(|r| {
        let task = existing(r, query.id)?;
        let due = Due::of(r, &task)?;
        Ok((task, due))
    })?;
    let made = due.transfer(query.with_discount, today).and_then(|transfer| {
        let picture = payment::code(&transfer)?;
        Ok(CodeView { text: picture.text, svg: picture.svg, amount: transfer.amount })
    });
    let (code, no_code) = match made {
        Ok(code) => (Some(code), None),
        Err(reason) => (None, Some(reason)),
    };
    let discount = |one: &domain::Discount| DiscountView {
        percent: one.percent,
        until: one.until,
        amount: one.amount,
        holds: today <= one.until,
    };
    // An account that may be a fraud's, or is not to be paid to, is not offered for copying.
    let hide_account =
        matches!(no_code, Some(NoCode::DirectDebit | NoCode::Credit | NoCode::Warned | NoCode::OwnAccount));
    Ok(TransferView {
        iban: due.iban.filter(|_| !hide_account).map(|iban| iban.to_string()),
        payee: due.payee,
        bic: due.bic,
        open: due.open,
        reference: due.reference,
        due: task.due,
        discounts: due.discounts.iter().map(discount).collect(),
        payments: due
            .payments
            .into_iter()
            .map(|Payment { id, amount, paid_on, how }| PaymentView { id, amount, paid_on, how })
            .collect(),
        code,
        no_code,
        warnings: due.warnings,
    })
}

/// Notes a payment; when nothing is left to pay, the task is done.
pub(super) fn pay(app: &App, paid: Paid) -> Result<TaskView, Failure> {
    let (now, today) = (app.now(), app.lens()?.today);
    let id = paid.id;
    let (task, before) = app.store.read(|r| Ok((existing(r, id)?, r.payments(id)?)))?;
    let Some(whole) = task.amount else {
        return Err(Failure::new("bad_input", "This task has no amount: say how much it is first."));
    };
    let amount = paid.amount.unwrap_or_else(|| open_amount(whole, &before));
    if amount.amount <= Decimal::ZERO || amount.currency != whole.currency {
        let message = format!("“{amount}” cannot be paid towards {whole}: use a positive amount in the same currency.");
        return Err(Failure::new("bad_input", message));
    }
    let payment = Payment {
        id: PaymentId::new(app.ids.as_ref()),
        amount,
        paid_on: paid.paid_on.unwrap_or(today),
        how: paid.how.unwrap_or(PaidHow::Transfer),
    };
    let written = app.store.write(Op::CompleteTask, |w| {
        w.label(&task.title);
        w.add_payment(id, &payment)?;
        let settled = open_amount(whole, &w.payments(id)?).amount.is_zero() && task.status.is_open();
        if settled {
            scheduler::note_reaction(w, Subject::Task(id), DeliveryState::Acted, now)?;
            super::task_steps::come_again(w, app, &task, today, now)?;
            w.set_task_status(id, TaskStatus::Done, Some((now, DoneHow::Paid)))?;
        }
        Ok(settled)
    })?;
    if written.value {
        scheduler::withdraw(app, id);
    }
    get(app, OneTask { id })
}
