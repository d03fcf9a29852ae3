//! Contracts: term, cost, and the last day to cancel.

use chrono::NaiveDate;
use domain::{Currency, Document, DocumentId, Field, Money, TaskId, Value, times_a_year};
use rust_decimal::Decimal;
use serde::Serialize;
use store::{Read, StoreError};
use ts_rs::TS;

use crate::api::show::{self, ViewContext};
use crate::api::views::{DocumentRow, Page, PageQuery, TaskView};
use crate::{App, Failure};

/// A contract as a list shows it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ContractView {
    /// Its document.
    pub document: DocumentRow,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Months of the first term.
    pub term_months: Option<String>,
    /// Time of notice, as written.
    pub notice: Option<String>,
    /// What it costs each time.
    pub cost: Option<Money>,
    /// What it costs in a year, where the letter says how often it is paid.
    pub cost_a_year: Option<Money>,
    /// Last day of a term that was printed.
    pub expiry: Option<NaiveDate>,
    /// The question whether to keep it; its due day is the last safe day to cancel.
    pub decision: Option<TaskView>,
}

/// List contracts, the next decision first.
pub fn list(app: &App, page: PageQuery) -> Result<Page<ContractView>, Failure> {
    let context = app.view_context()?;
    let (limit, offset) = page.bounds();
    app.store
        .read(|r| {
            let (found, total) = r.contracts(limit, offset)?;
            let mut items = Vec::with_capacity(found.len());
            for (id, decision) in found {
                items.extend(view(r, &context, id, decision)?);
            }
            Ok(Page { items, total })
        })
        .map_err(Failure::from)
}

fn view(
    r: &Read<'_>,
    context: &ViewContext,
    id: DocumentId,
    decision: Option<TaskId>,
) -> Result<Option<ContractView>, StoreError> {
    let (Some(row), Some(document)) = (r.document_row(id)?, r.document(id)?) else { return Ok(None) };
    let decision = decision.map(|id| r.task(id)).transpose()?.flatten();
    let currency = match document.fact(Field::Currency).map(|fact| &fact.value) {
        Some(Value::Currency(currency)) => *currency,
        Some(_) | None => Currency::EUR,
    };
    let cost = document.amount(Field::RecurringAmount).map(|amount| Money { amount, currency });
    let times = times_paid(r, &document)?;
    let a_year = |(cost, times): (Money, u32)| Money { amount: cost.amount * Decimal::from(times), ..cost };
    Ok(Some(ContractView {
        start: document.date(Field::ContractStart),
        term_months: document.text(Field::InitialTermMonths),
        notice: document.text(Field::NoticePeriod),
        cost_a_year: cost.zip(times).map(a_year),
        cost,
        expiry: document.date(Field::ExpiryDate),
        decision: decision.map(|task| show::task(r, context, task)).transpose()?,
        document: show::document_row(context, row, None),
    }))
}

/// How often a year its price is paid, by the line of the page on which the price stands.
fn times_paid(r: &Read<'_>, document: &Document) -> Result<Option<u32>, StoreError> {
    let Some(place) = document.fact(Field::RecurringAmount).and_then(|fact| fact.evidence.as_ref()) else {
        return Ok(None);
    };
    let words = r.page(&document.file, place.page)?.map_or_else(Vec::new, |page| page.words);
    let on_line = |top: f32, bottom: f32| (top..bottom).contains(&place.rect.middle());
    let beside = words.iter().filter(|word| on_line(word.rect.y, word.rect.bottom()));
    let line: Vec<_> = beside.map(|word| word.text.as_str()).collect();
    Ok(times_a_year(&line.join(" ")))
}
