//! Correspondents: list, show, rename, merge.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use domain::{By, CorrespondentId, Currency, DocumentKind, FailureCode, Field, Money, today};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::{Billed, Op};
use ts_rs::TS;

use crate::api::views::{Page, PageQuery};
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

/// Which correspondents to list.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct CorrespondentQuery {
    /// Whose name has this in it.
    pub name: Option<String>,
    /// At most so many; 50 if left out.
    pub limit: Option<u32>,
    /// Skip so many.
    pub offset: Option<u32>,
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

/// The newest letters of a correspondent, whose numbers are shown.
const LETTERS: u32 = 300;

/// List correspondents by name.
pub fn list(app: &App, query: CorrespondentQuery) -> Result<Page<CorrespondentRow>, Failure> {
    let wanted = query.name.unwrap_or_default().trim().to_lowercase();
    let rows = app.store.read(|r| r.correspondents())?.into_iter();
    let fits = |row: &store::CorrespondentRow| row.documents > 0 && row.name.to_lowercase().contains(&wanted);
    let rows: Vec<_> = rows.filter(fits).collect();
    let row = |store::CorrespondentRow { id, name, documents }| CorrespondentRow { id, name, documents };
    Ok(PageQuery { limit: query.limit, offset: query.offset }.of(rows.into_iter().map(row)))
}

/// Everything about one correspondent.
pub fn get(app: &App, one: OneCorrespondent) -> Result<CorrespondentView, Failure> {
    let zone = app.settings()?.preferences()?.zone;
    let found = app.store.read(|r| {
        let Some(known) = r.correspondent(one.id)? else { return Ok(None) };
        let fields = [Field::Iban, Field::SellerVatId, Field::CustomerNumber, Field::ContractNumber];
        let said = r.values_of(one.id, &fields, LETTERS)?;
        let values = |fields: &[Field]| {
            let mut values: Vec<String> = Vec::new();
            for (_, value) in said.iter().filter(|(field, _)| fields.contains(field)) {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
            values
        };
        let mut paid = r.payments_to(one.id)?;
        paid.extend(r.paid_tasks(one.id)?.into_iter().map(|task| (today(task.done_at, zone), task.amount)));
        Ok(Some(CorrespondentView {
            id: known.id,
            name: known.name,
            years: years(&r.billed(one.id)?, &paid),
            accounts: values(&[Field::Iban]),
            vat_ids: values(&[Field::SellerVatId]),
            numbers: values(&[Field::CustomerNumber, Field::ContractNumber]),
        }))
    })?;
    found.ok_or_else(|| Failure::not_found("correspondent", one.id))
}

/// Give a sender another name.
pub fn rename(app: &App, rename: RenameCorrespondent) -> Result<(), Failure> {
    let name = rename.name.trim();
    if name.is_empty() {
        return Err(Failure::new(FailureCode::BadInput, "A sender needs a name."));
    }
    app.store.write(By::Person, Op::RenameCorrespondent, |w| {
        w.label(name);
        w.rename_correspondent(rename.id, name)
    })?;
    Ok(())
}

/// Make two senders one.
pub fn merge(app: &App, merge: MergeCorrespondents) -> Result<(), Failure> {
    app.store.write(By::Person, Op::MergeCorrespondents, |w| w.merge_correspondents(merge.from, merge.into))?;
    Ok(())
}

fn years(bills: &[Billed], paid: &[(NaiveDate, Money)]) -> Vec<YearView> {
    let mut years: BTreeMap<(i32, String), YearView> = BTreeMap::new();
    let none = |currency| Money { amount: Decimal::ZERO, currency };
    let mut of = |year: i32, currency: Currency, change: &dyn Fn(&mut YearView)| {
        let empty = YearView { year, bills: 0, billed: none(currency), paid: none(currency) };
        change(years.entry((year, currency.to_string())).or_insert(empty));
    };
    for bill in bills {
        let amount = Decimal::new(bill.hundredths, 2);
        of(bill.year, bill.currency, &|year| {
            year.bills += bill.count;
            year.billed.amount += if bill.kind == DocumentKind::CreditNote { -amount.abs() } else { amount };
            // Who gives a receipt has been paid.
            if bill.kind == DocumentKind::Receipt {
                year.paid.amount += amount;
            }
        });
    }
    for (day, money) in paid {
        of(day.year(), money.currency, &|year| year.paid.amount += money.amount);
    }
    years.into_values().rev().collect()
}
