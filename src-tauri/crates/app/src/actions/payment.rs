//! What is to be transferred for a task, and the code that a banking app scans.

use std::fmt::Write as _;

use chrono::NaiveDate;
use domain::{
    Discount, Document, DocumentKind, DocumentState, Field, Iban, Money, NoCode, Payment, Task, TaskKind, Transfer,
    Value, Warning, discounts, open_amount, payment_code,
};
use fast_qr::ECL;
use fast_qr::qr::{QRBuilder, QRCodeError};
use rust_decimal::Decimal;
use store::{Read, StoreError};

use crate::actions::cases;

/// Quiet zone around the code, in modules (ISO/IEC 18004).
const MARGIN: usize = 4;

/// Modules along the side of version 13, the largest that EPC069-12 allows.
const LARGEST: usize = 69;

/// Everything about the payment of a task.
pub(crate) struct Due {
    pub(crate) open: Option<Money>,
    pub(crate) discounts: Vec<Discount>,
    pub(crate) iban: Option<Iban>,
    pub(crate) bic: Option<String>,
    pub(crate) payee: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) payments: Vec<Payment>,
    pub(crate) warnings: Vec<Warning>,
    /// What of the open amount is the fee of a reminder.
    pub(crate) fee: Option<Money>,
    /// Why no payment code is shown, even if all values are known.
    pub(crate) guard: Option<NoCode>,
}

impl Due {
    pub(crate) fn of(r: &Read<'_>, task: &Task) -> Result<Self, StoreError> {
        let document = task.document.map(|id| r.document(id)).transpose()?.flatten();
        let payments = r.payments(task.id)?;
        let document = document.as_ref();
        let text = |field| document.and_then(|document| document.text(field));
        let iban = document.and_then(|document| iban_of(document, Field::Iban));
        let open = task.amount.map(|amount| open_amount(amount, &payments));
        let warnings = match document {
            Some(document) => {
                let findings = r.findings(&document.file)?.unwrap_or_default();
                cases::warnings(r, document, &findings.problems)?
            }
            None => Vec::new(),
        };
        Ok(Self {
            discounts: offered(task, document, &payments),
            bic: text(Field::Bic),
            payee: task.payee.clone().or_else(|| text(Field::PayeeName)).or_else(|| text(Field::SellerName)),
            reference: document.map(|document| cases::reference(r, document)).transpose()?.flatten(),
            fee: document.zip(open).and_then(|(document, open)| fee(document, open)),
            guard: guard(task, document, iban.as_ref(), open, !warnings.is_empty()),
            open,
            iban,
            payments,
            warnings,
        })
    }

    /// What to transfer on `today`: with the discount, while it holds and is wished.
    pub(crate) fn transfer(&self, with_discount: bool, today: NaiveDate) -> Result<Transfer, NoCode> {
        if let Some(reason) = self.guard {
            return Err(reason);
        }
        let holding = self.discounts.iter().filter(|discount| with_discount && today <= discount.until);
        let discounted = holding.min_by_key(|discount| discount.amount.amount);
        Ok(Transfer {
            payee: self.payee.clone().ok_or(NoCode::NoPayee)?,
            iban: self.iban.clone().ok_or(NoCode::NoAccount)?,
            bic: self.bic.clone(),
            amount: discounted.map(|discount| discount.amount).or(self.open).ok_or(NoCode::NoAmount)?,
            reference: self.reference.clone(),
        })
    }
}

/// The discounts that the letter of a payment offers: for who pays all of it at once.
pub(crate) fn offered(task: &Task, document: Option<&Document>, payments: &[Payment]) -> Vec<Discount> {
    let is_whole = task.kind == TaskKind::Pay && payments.is_empty();
    let (Some(document), Some(amount)) = (document, task.amount.filter(|_| is_whole)) else { return Vec::new() };
    match document.fact(Field::Skonto).map(|fact| &fact.value) {
        Some(Value::Skonto(skonto)) => discounts(skonto, amount, document.letter_date()),
        Some(_) | None => Vec::new(),
    }
}

/// The fee that a reminder adds, if it is a part of what is open.
fn fee(document: &Document, open: Money) -> Option<Money> {
    let amount = document.amount(Field::DunningFee).filter(|_| document.kind == DocumentKind::Dunning)?;
    (amount > Decimal::ZERO && amount < open.amount).then_some(Money { amount, ..open })
}

fn iban_of(document: &Document, field: Field) -> Option<Iban> {
    match document.fact(field).map(|fact| &fact.value) {
        Some(Value::Iban(iban)) => Some(iban.clone()),
        Some(_) | None => None,
    }
}

fn guard(
    task: &Task,
    document: Option<&Document>,
    iban: Option<&Iban>,
    open: Option<Money>,
    is_warned: bool,
) -> Option<NoCode> {
    match task.kind {
        TaskKind::Pay => {}
        TaskKind::CheckDebit => return Some(NoCode::DirectDebit),
        TaskKind::ExpectMoney => return Some(NoCode::Credit),
        TaskKind::Object
        | TaskKind::CancelOrKeep
        | TaskKind::Attend
        | TaskKind::PickUp
        | TaskKind::Redeem
        | TaskKind::Renew
        | TaskKind::Maintain
        | TaskKind::AwaitConfirmation
        | TaskKind::Other => return Some(NoCode::NotAPayment),
    }
    if !task.status.is_open() || open.is_some_and(|open| open.amount.is_zero()) {
        return Some(NoCode::NothingOpen);
    }
    let document = document?;
    if document.is_direct_debit() {
        return Some(NoCode::DirectDebit);
    }
    if document.kind == DocumentKind::CreditNote {
        return Some(NoCode::Credit);
    }
    if iban.is_some() && iban_of(document, Field::DebtorIban).as_ref() == iban {
        return Some(NoCode::OwnAccount);
    }
    if is_warned {
        return Some(NoCode::Warned);
    }
    let fact = document.fact(Field::Iban);
    let proven = |fact: Option<&domain::Fact>| fact.is_some_and(|fact| fact.certain);
    let unsure = fact.is_some() && !(proven(fact) && proven(document.to_pay()));
    (document.state == DocumentState::Review && unsure).then_some(NoCode::Unproven)
}

/// The code's text and its picture.
pub(crate) struct Picture {
    pub(crate) text: String,
    pub(crate) svg: String,
}

/// The code for a transfer: error correction M, version 13 at most (EPC069-12).
pub(crate) fn code(transfer: &Transfer) -> Result<Picture, NoCode> {
    let text = payment_code(transfer)?;
    let fits = |qr: &fast_qr::QRCode| qr.size <= LARGEST;
    let built = QRBuilder::new(text.as_str()).ecl(ECL::M).build();
    match built {
        Ok(qr) if fits(&qr) => Ok(Picture { svg: svg(&qr), text }),
        Ok(_) | Err(QRCodeError::EncodedData | QRCodeError::SpecifiedVersion) => Err(NoCode::TooLong),
    }
}

/// One square for each dark module, on white: a code has to be dark on light whatever the theme.
fn svg(qr: &fast_qr::QRCode) -> String {
    let side = qr.size + 2 * MARGIN;
    let mut path = String::new();
    for row in 0..qr.size {
        for column in (0..qr.size).filter(|column| qr[row][*column].value()) {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", column + MARGIN, row + MARGIN);
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>"##
    )
}
