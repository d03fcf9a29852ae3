//! Correspondents: who writes, and for how much; naming one, making one of two.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use domain::{CorrespondentId, Currency, DocumentKind, Field, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::{DocumentFilter, DocumentRow, Op};
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
    let found = app.store.read(|r| {
        let Some(known) = r.correspondent(one.id)? else { return Ok(None) };
        let filter = DocumentFilter { correspondent: Some(one.id), ..DocumentFilter::default() };
        let rows = r.documents(&filter, u32::MAX, 0)?.rows;
        let mut documents = Vec::with_capacity(rows.len());
        for row in &rows {
            documents.extend(r.document(row.id)?);
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
            years: years(&rows),
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

fn years(rows: &[DocumentRow]) -> Vec<YearView> {
    let mut sums: BTreeMap<(i32, String), (u32, Decimal, Currency)> = BTreeMap::new();
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
        let currency = row.currency.unwrap_or(Currency::EUR);
        let sum = sums.entry((day.year(), currency.to_string())).or_insert((0, Decimal::ZERO, currency));
        sum.0 += 1;
        sum.1 += amount;
    }
    sums.into_iter()
        .rev()
        .map(|((year, _), (bills, amount, currency))| YearView { year, bills, billed: Money { amount, currency } })
        .collect()
}
