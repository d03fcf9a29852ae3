//! Money on a task: what to transfer, the code for it, what was paid.

use chrono::NaiveDate;
use domain::{By, FailureCode, Money, NoCode, PaidHow, Payment, TaskId, Warning};
use serde::{Deserialize, Serialize};
use store::{Op, Write};
use ts_rs::TS;

use crate::actions;
use crate::actions::payment::{self, Due};
use crate::api::show;
use crate::api::tasks::{OneTask, get};
use crate::api::views::{AccountView, DiscountView, PaymentView, TaskView};
use crate::{App, Failure};

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
    /// What of that is the fee of a reminder.
    pub fee: Option<Money>,
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
    /// The accounts that a warning is about.
    pub accounts: Vec<AccountView>,
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

/// What to transfer for a task, and the code to scan.
pub fn show(app: &App, query: PaymentQuery) -> Result<TransferView, Failure> {
    let today = app.view_context()?.today;
    let (task, due, accounts) = app.store.read(|r| {
        let task = actions::existing::task(r, query.id)?;
        let due = Due::of(r, &task)?;
        let document = task.document.map(|id| r.document(id)).transpose()?.flatten();
        let accounts = document.map(|document| show::accounts(r, &document, &due.warnings)).transpose()?;
        Ok((task, due, accounts.unwrap_or_default()))
    })?;
    let made = due.transfer(query.with_discount, today).and_then(|transfer| {
        let picture = payment::code(&transfer)?;
        Ok(CodeView { text: picture.text, svg: picture.svg, amount: transfer.amount })
    });
    let (code, no_code) = match made {
        Ok(code) => (Some(code), None),
        Err(reason) => (None, Some(reason)),
    };
    // An account that may be a fraud's, or is not to be paid to, is not offered for copying.
    let hide_account =
        matches!(no_code, Some(NoCode::DirectDebit | NoCode::Credit | NoCode::Warned | NoCode::OwnAccount));
    Ok(TransferView {
        iban: due.iban.filter(|_| !hide_account).map(|iban| iban.to_string()),
        payee: due.payee,
        bic: due.bic,
        open: due.open,
        fee: due.fee,
        reference: due.reference,
        due: task.due,
        discounts: due.discounts.iter().map(|one| DiscountView::on(one, today)).collect(),
        payments: due
            .payments
            .into_iter()
            .map(|Payment { id, amount, paid_on, how }| PaymentView { id, amount, paid_on, how })
            .collect(),
        code,
        no_code,
        warnings: due.warnings,
        accounts,
    })
}

/// Notes a payment; when nothing is left to pay, the task is done.
pub fn pay(app: &App, paid: Paid) -> Result<TaskView, Failure> {
    let (moment, id) = (app.moment()?, paid.id);
    let way = (paid.paid_on.unwrap_or(moment.today), paid.how.unwrap_or(PaidHow::Transfer));
    let act = |w: &Write<'_>| actions::tasks::pay(w, moment, id, paid.amount, way);
    let written = app.store.write(By::Person, Op::CompleteTask, act)?;
    let ended = written.value.map_err(|error| Failure::new(FailureCode::BadInput, error.to_string()))?;
    if ended {
        app.channels.withdraw(id);
    }
    get(app, OneTask { id })
}
