//! Correspondents: who writes, and for how much; naming one, making one of two.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;
use domain::{CorrespondentId, Currency, DocumentKind, DoneHow, Field, Money, TaskKind, TaskStatus, today};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::{DocumentFilter, DocumentRow, Op, Read, StoreError, TaskFilter};
use ts_rs::TS;

use crate::{App, Failure};

/// A line in the list of correspondents.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CorrespondentRow {
    /// Its id.
    pub id: CorrespondentId,
    /// Its name.
    pub name: String,
    /// How many documents came from it.
    pub documents: u32,
}

/// One correspondent.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OneCorrespondent {
    /// Which.
    pub id: CorrespondentId,
}

/// Another name for a sender.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RenameCorrespondent {
    /// Which.
    pub id: CorrespondentId,
    /// Its name.
    pub name: String,
}

/// Two senders that are one.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MergeCorrespondents {
    /// The one that goes.
    pub from: CorrespondentId,
    /// The one that stays.
    pub into: CorrespondentId,
}

/// Everything about one correspondent.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CorrespondentView {
    /// Its id.
    pub id: CorrespondentId,
    /// Its name.
    pub name: String,
    /// What its bills came to, the newest year first.
    pub years: Vec<YearView>,
    /// The accounts it asked to be paid to, without spaces.
    pub accounts: Vec<String>,
    /// Its VAT ids.
    pub vat_ids: Vec<String>,
    /// The numbers it knows this person by: of the customer and of contracts.
    pub numbers: Vec<String>,
}

/// The bills of one year.
#[derive(Clone, Debug, Serialize, TS)]
pub struct YearView {
    /// The year of the letters.
    pub year: i32,
    /// How many bills, credit notes among them.
    pub bills: u32,
    /// What they come to; credit notes count against it, dunning letters do not count again.
    pub billed: Money,
    /// What was paid in that year, as far as it is known: payments that were noted, debits that were checked, receipts.
    pub paid: Money,
}

pub(super) fn list(app: &App, _: ()) -> Result<Vec<CorrespondentRow>, Failure> {
    let rows = app.store.read(|r| r.correspondents())?;
    Ok(rows
        .into_iter()
        .filter(|row| row.documents > 0)
        .map(|store::CorrespondentRow { id, name, documents }| CorrespondentRow { id, name, documents })
        .collect())
}

pub(super) fn get(app: &App, one: OneCorrespondent) -> Result<CorrespondentView, Failure> {
    let zone = app.settings()?.preferences()?.zone;
    let found = app.store.read(|r| {
        let Some(known) = r.correspondent(one.id)? else { return Ok(None) };
        let filter = DocumentFilter { correspondent: Some(one.id), ..DocumentFilter::default() };
        let rows = r.documents(&filter, u32::MAX, 0)?.rows;
        let mut documents = Vec::with_capacity(rows.len());
        let mut paid = Vec::new();
        for row in &rows {
            documents.extend(r.document(row.id)?);
            paid.extend(payments(r, row, zone)?);
        }
        let values = |fields: &[Field]| {
            let mut found = Vec::new();
            for value in documents.iter().flat_map(|document| fields.iter().filter_map(|field| document.text(*field))) {
                if !found.contains(&value) {
                    found.push(value);
                }
            }
            found
        };
        Ok(Some(CorrespondentView {
            id: known.id,
            name: known.name,
            years: years(&rows, &paid),
            accounts: values(&[Field::Iban]),
            vat_ids: values(&[Field::SellerVatId]),
            numbers: values(&[Field::CustomerNumber, Field::ContractNumber]),
        }))
    })?;
    found.ok_or_else(|| Failure::not_found("correspondent", one.id))
}

pub(super) fn rename(app: &App, rename: RenameCorrespondent) -> Result<(), Failure> {
    let name = rename.name.trim();
    if name.is_empty() {
        return Err(Failure::new("bad_input", "A sender needs a name."));
    }
    app.store.write(Op::RenameCorrespondent, |w| {
        w.label(name);
        w.rename_correspondent(rename.id, name)
    })?;
    Ok(())
}

pub(super) fn merge(app: &App, merge: MergeCorrespondents) -> Result<(), Failure> {
    app.store.write(Op::MergeCorrespondents, |w| w.merge_correspondents(merge.from, merge.into))?;
    Ok(())
}

/// What was paid for a document, and when.
fn payments(r: &Read<'_>, row: &DocumentRow, zone: Tz) -> Result<Vec<(NaiveDate, Money)>, StoreError> {
    let mut found = Vec::new();
    if let (DocumentKind::Receipt, Some(day), Some(amount)) = (row.kind, row.issue_date, row.amount) {
        found.push((day, Money { amount, currency: row.currency.unwrap_or(Currency::EUR) }));
    }
    for task in r.tasks(TaskFilter::OfDocument(row.id))? {
        let noted = r.payments(task.id)?;
        let was_paid = match task.kind {
            TaskKind::Pay => task.done_how == Some(DoneHow::Paid),
            TaskKind::CheckDebit => task.status == TaskStatus::Done,
            _ => false,
        };
        match (task.amount, task.done_at) {
            (Some(amount), Some(at)) if was_paid && noted.is_empty() => found.push((today(at, zone), amount)),
            _ => found.extend(noted.into_iter().map(|payment| (payment.paid_on, payment.amount))),
        }
    }
    Ok(found)
}

fn years(rows: &[DocumentRow], paid: &[(NaiveDate, Money)]) -> Vec<YearView> {
    let mut years: BTreeMap<(i32, String), YearView> = BTreeMap::new();
    let none = |currency| Money { amount: Decimal::ZERO, currency };
    let mut of = |day: NaiveDate, currency: Currency, change: &dyn Fn(&mut YearView)| {
        let empty = YearView { year: day.year(), bills: 0, billed: none(currency), paid: none(currency) };
        change(years.entry((day.year(), currency.to_string())).or_insert(empty));
    };
    for row in rows {
        let (Some(day), Some(amount)) = (row.issue_date, row.amount) else { continue };
        let amount = match row.kind {
            DocumentKind::Invoice
            | DocumentKind::CorrectedInvoice
            | DocumentKind::PaymentSlip
            | DocumentKind::Receipt => amount,
            DocumentKind::CreditNote => -amount.abs(),
            _ => continue,
        };
        of(day, row.currency.unwrap_or(Currency::EUR), &|year| {
            year.bills += 1;
            year.billed.amount += amount;
        });
    }
    for (day, money) in paid {
        of(*day, money.currency, &|year| year.paid.amount += money.amount);
    }
    years.into_values().rev().collect()
}
