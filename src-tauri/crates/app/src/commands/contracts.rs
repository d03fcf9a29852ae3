//! Contracts: how long, for how much, and until when one can leave.

use chrono::NaiveDate;
use domain::{Currency, Document, DocumentKind, Field, Money, TaskKind, Value, times_a_year};
use rust_decimal::Decimal;
use serde::Serialize;
use store::{DocumentFilter, Read, StoreError, TaskFilter};
use ts_rs::TS;

use crate::views::{DocumentRow, TaskView};
use crate::{App, Failure, show};

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

pub(super) fn list(app: &App, _: ()) -> Result<Vec<ContractView>, Failure> {
    let lens = app.lens()?;
    app.store
        .read(|r| {
            let mut contracts = Vec::new();
            for kind in [DocumentKind::Contract, DocumentKind::InsurancePolicy] {
                let filter = DocumentFilter { kind: Some(kind), ..DocumentFilter::default() };
                for row in r.documents(&filter, u32::MAX, 0)?.rows {
                    let Some(document) = r.document(row.id)? else { continue };
                    let decision = r
                        .tasks(TaskFilter::OfDocument(row.id))?
                        .into_iter()
                        .find(|task| task.kind == TaskKind::CancelOrKeep)
                        .map(|task| show::task(r, &lens, task))
                        .transpose()?;
                    let currency = match document.fact(Field::Currency).map(|fact| &fact.value) {
                        Some(Value::Currency(currency)) => *currency,
                        Some(_) | None => Currency::EUR,
                    };
                    let cost = document.amount(Field::RecurringAmount).map(|amount| Money { amount, currency });
                    let times = times_paid(r, &document)?;
                    contracts.push(ContractView {
                        start: document.date(Field::ContractStart),
                        term_months: document.text(Field::InitialTermMonths),
                        notice: document.text(Field::NoticePeriod),
                        cost_a_year: cost
                            .zip(times)
                            .map(|(cost, times)| Money { amount: cost.amount * Decimal::from(times), ..cost }),
                        cost,
                        expiry: document.date(Field::ExpiryDate),
                        decision,
                        document: show::document_row(row, None),
                    });
                }
            }
            // What has to be decided first comes first; what needs no decision is last.
            contracts.sort_by_key(|contract| {
                let due = contract.decision.as_ref().and_then(|task| task.due);
                (due.is_none(), due, contract.document.title.clone())
            });
            Ok(contracts)
        })
        .map_err(Failure::from)
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
