//! Contracts: term, cost, price rises, the last day to cancel, and where a cancellation stands.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::{
    Currency, Document, DocumentId, DocumentKind, DoneHow, Field, Money, ShiftDay as _, Task, TaskKind, Value,
    price_before, times_a_year,
};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use store::{ContractStanding, Read, StoreError, TaskFilter};
use ts_rs::TS;

use crate::actions::{contracts, existing};
use crate::api::show::{self, ViewContext};
use crate::api::views::{DocumentRow, Page, PageQuery, TaskView};
use crate::{App, Failure};

/// Which contracts to list.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct ContractQuery {
    /// Those that are decided; the others if left out.
    pub decided: Option<bool>,
    /// At most so many; 50 if left out.
    pub limit: Option<u32>,
    /// Skip so many.
    pub offset: Option<u32>,
}

/// Where a contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContractState {
    /// Somebody has to decide whether to keep it.
    Open,
    /// It is cancelled, and the confirmation has not come yet.
    Waits,
    /// It runs, and there is nothing to decide.
    Runs,
    /// It was decided to keep it.
    Kept,
    /// It is cancelled.
    Cancelled,
}

/// A contract as a list shows it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ContractView {
    /// Its document; of a price letter without its contract, that letter.
    pub document: DocumentRow,
    /// Where it stands.
    pub state: ContractState,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Months of the first term.
    pub term_months: Option<String>,
    /// Time of notice, as written.
    pub notice: Option<String>,
    /// What it costs each time, from today on.
    pub cost: Option<Money>,
    /// What it costs in a year, where the letter says how often it is paid.
    pub cost_a_year: Option<Money>,
    /// Last day of a term that was printed.
    pub expiry: Option<NaiveDate>,
    /// The question whether to keep it; its due day is the last safe day to cancel.
    pub decision: Option<TaskView>,
    /// The newest change of its price.
    pub rise: Option<PriceRise>,
    /// The confirmation that is or was waited for.
    pub confirmation: Option<TaskView>,
    /// The letter that confirms that it is cancelled.
    pub confirmed_by: Option<DocumentId>,
}

/// A change of a price.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PriceRise {
    /// The letter that says so.
    pub document: DocumentId,
    /// The price before, where it is known.
    pub old: Option<Money>,
    /// The price from then on.
    pub new: Option<Money>,
    /// From this day on.
    pub since: Option<NaiveDate>,
    /// It holds already.
    pub holds: bool,
    /// The question whether to keep the contract all the same; its due day is the last safe day to cancel.
    pub decision: Option<TaskView>,
}

/// What all contracts cost that still run.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ContractCosts {
    /// In a month, one sum for each currency.
    pub month: Vec<Money>,
    /// In a year, one sum for each currency.
    pub year: Vec<Money>,
    /// How many contracts that is.
    pub counted: u32,
    /// Contracts of which it is not known what they cost, or how often it is paid.
    pub unknown: u32,
    /// There are more contracts than were looked at.
    pub more: bool,
}

/// What is said about a contract that has been read once.
struct Contract {
    document: Document,
    currency: Currency,
    decision: Option<Task>,
    rise: Option<Rise>,
    confirmation: Option<Task>,
    confirmed_by: Option<DocumentId>,
    cost: Option<Decimal>,
}

struct Rise {
    letter: Document,
    old: Option<Decimal>,
    new: Option<Decimal>,
    since: Option<NaiveDate>,
    decision: Option<Task>,
}

/// The costs of so many contracts are added up; their pages are read for it.
const COUNTED: u32 = 300;

/// List contracts, the next decision first.
pub fn list(app: &App, query: ContractQuery) -> Result<Page<ContractView>, Failure> {
    let context = app.view_context()?;
    let (limit, offset) = PageQuery { limit: query.limit, offset: query.offset }.bounds();
    app.store
        .read(|r| {
            let (found, total) = r.contracts(query.decided.unwrap_or_default(), limit, offset)?;
            let mut items = Vec::with_capacity(found.len());
            for (id, standing) in found {
                items.extend(view(r, &context, id, standing)?);
            }
            Ok(Page { items, total })
        })
        .map_err(Failure::from)
}

/// What all contracts cost in a month and in a year.
pub fn costs(app: &App, _: ()) -> Result<ContractCosts, Failure> {
    let today = app.view_context()?.today;
    app.store
        .read(|r| {
            let (mut found, mut more) = (Vec::new(), false);
            for decided in [false, true] {
                let (ids, total) = r.contracts(decided, COUNTED, 0)?;
                more |= total > COUNTED;
                found.extend(ids);
            }
            let mut costs = ContractCosts { month: vec![], year: vec![], counted: 0, unknown: 0, more };
            let mut seen = HashSet::new();
            for (id, standing) in found {
                let contract = read(r, id, today)?;
                // A cancellation that nobody has confirmed has not ended anything yet.
                let is_cancelled = state(&contract, standing) == ContractState::Cancelled;
                if is_cancelled && !runs_on(r, &contract, today)? || !seen.insert(identity(&contract.document)) {
                    continue;
                }
                match a_year(r, &contract)? {
                    Some(year) => {
                        costs.counted = costs.counted.saturating_add(1);
                        add(&mut costs.year, year);
                    }
                    None => costs.unknown = costs.unknown.saturating_add(1),
                }
            }
            let month = |year: &Money| Money { amount: in_cents(year.amount / Decimal::from(12)), ..*year };
            costs.month = costs.year.iter().map(month).collect();
            Ok(costs)
        })
        .map_err(Failure::from)
}

/// Does a contract that is cancelled still run, by the end that its confirmation states?
fn runs_on(r: &Read<'_>, contract: &Contract, today: NaiveDate) -> Result<bool, StoreError> {
    let Some(letter) = contract.confirmed_by else { return Ok(false) };
    let letter = existing::document(r, letter)?;
    let end = letter.date(Field::ExpiryDate).or_else(|| letter.date(Field::EffectiveDate));
    Ok(end.is_some_and(|end| end >= today))
}

/// Papers of the same contract: a policy comes anew each year.
fn identity(document: &Document) -> (Option<domain::CorrespondentId>, String) {
    let number = document.text(Field::ContractNumber).map(|number| number.replace([' ', '-', '/', '.'], ""));
    (document.correspondent, number.unwrap_or_else(|| document.id.to_string()))
}

fn add(sums: &mut Vec<Money>, amount: Money) {
    match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
        Some(sum) => sum.amount += amount.amount,
        None => sums.push(amount),
    }
}

fn in_cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn view(
    r: &Read<'_>,
    context: &ViewContext,
    id: DocumentId,
    standing: ContractStanding,
) -> Result<Option<ContractView>, StoreError> {
    let Some(row) = r.document_row(id)? else { return Ok(None) };
    let contract = read(r, id, context.today)?;
    let (state, cost_a_year) = (state(&contract, standing), a_year(r, &contract)?);
    let Contract { document, currency, decision, rise, confirmation, confirmed_by, cost } = contract;
    let money = |amount: Option<Decimal>| amount.map(|amount| Money { amount, currency });
    let task = |task: Option<Task>| task.map(|task| show::task(r, context, task)).transpose();
    let rise = match rise {
        Some(Rise { letter, old, new, since, decision }) => Some(PriceRise {
            document: letter.id,
            old: money(old),
            new: money(new),
            since,
            holds: since.is_some_and(|since| since <= context.today),
            decision: task(decision)?,
        }),
        None => None,
    };
    Ok(Some(ContractView {
        state,
        start: document.date(Field::ContractStart),
        term_months: document.text(Field::InitialTermMonths),
        notice: document.text(Field::NoticePeriod),
        cost: money(cost),
        cost_a_year,
        expiry: document.date(Field::ExpiryDate),
        decision: task(decision)?,
        rise,
        confirmation: task(confirmation)?,
        confirmed_by,
        document: show::document_row(context, row, None),
    }))
}

fn state(contract: &Contract, standing: ContractStanding) -> ContractState {
    let is_sent = |task: &Task| task.done_how == Some(DoneHow::Sent);
    let rise = contract.rise.as_ref().and_then(|rise| rise.decision.as_ref());
    match standing {
        ContractStanding::Open => ContractState::Open,
        ContractStanding::Waits => ContractState::Waits,
        _ if contract.confirmed_by.is_some() => ContractState::Cancelled,
        ContractStanding::Runs => ContractState::Runs,
        ContractStanding::Decided if contract.decision.iter().chain(rise).any(is_sent) => ContractState::Cancelled,
        ContractStanding::Decided => ContractState::Kept,
    }
}

fn read(r: &Read<'_>, id: DocumentId, today: NaiveDate) -> Result<Contract, StoreError> {
    let document = existing::document(r, id)?;
    let currency = match document.fact(Field::Currency).map(|fact| &fact.value) {
        Some(Value::Currency(currency)) => *currency,
        Some(_) | None => Currency::EUR,
    };
    let rises = rises(r, &document)?;
    let mut waits = Vec::new();
    for paper in std::iter::once(id).chain(rises.iter().map(|letter| letter.id)) {
        waits.extend(r.tasks(TaskFilter::OfDocument(paper))?);
    }
    waits.retain(|task| task.kind == TaskKind::AwaitConfirmation);
    let confirmation = waits.into_iter().max_by_key(|task| (task.status.is_open(), task.created_at));

    // The price that held until each change, the oldest change first; what only is announced does not hold yet.
    let own = document.amount(Field::RecurringAmount).filter(|_| !is_rise(&document));
    let (mut cost, mut price, mut newest) = (own, own, None);
    for letter in rises {
        let since = letter.date(Field::EffectiveDate);
        let new = letter.amount(Field::RecurringAmount);
        let old = price.filter(|old| Some(*old) != new).or(match new {
            // A sentence or a row may hold both prices by itself.
            Some(new) => match price_before(&words_of_price(r, &letter, 0.0)?, new) {
                None => price_before(&words_of_price(r, &letter, HEAD_OF_TABLE)?, new),
                old => old,
            },
            None => None,
        });
        price = new.or(price);
        cost = match since {
            Some(since) if since > today => cost.or(old),
            Some(_) | None => price,
        };
        newest = Some(Rise { old, new, since, decision: decision(r, letter.id)?, letter });
    }
    // Long after the change it is the price, and no news.
    let is_news = |rise: &Rise| {
        let since = rise.since.or(rise.letter.letter_date());
        since.is_none_or(|since| since.plus_days(NEWS_DAYS) >= today)
            || rise.decision.as_ref().is_some_and(|task| task.status.is_open())
    };
    let own_decision = if is_rise(&document) { None } else { decision(r, id)? };
    Ok(Contract {
        decision: own_decision,
        rise: newest.filter(|rise| rise.letter.id == id || is_news(rise)),
        confirmed_by: contracts::confirmation_of(r, id)?,
        confirmation,
        cost,
        currency,
        document,
    })
}

/// A price rise is shown for so many days after the day from which it holds.
const NEWS_DAYS: u64 = 180;

/// Does the paper itself change a price?
fn is_rise(document: &Document) -> bool {
    document.kind == DocumentKind::PriceIncrease || document.date(Field::EffectiveDate).is_some()
}

/// The letters that change the price of a contract, the oldest change first; the paper itself where it does.
fn rises(r: &Read<'_>, document: &Document) -> Result<Vec<Document>, StoreError> {
    let mut found = Vec::new();
    if is_rise(document) {
        found.push(document.clone());
    }
    for pair in r.relations_of(document.id)?.into_iter().filter(|pair| pair.relation.is_some()) {
        let other = if pair.document == document.id { pair.other } else { pair.document };
        if r.trashed_at(other)?.is_some() || document.kind == DocumentKind::PriceIncrease {
            continue;
        }
        found.push(existing::document(r, other)?);
    }
    found.retain(|letter| letter.id == document.id || letter.kind == DocumentKind::PriceIncrease);
    found.sort_by_key(|letter| (letter.date(Field::EffectiveDate), letter.letter_date(), letter.id));
    Ok(found)
}

/// The question of a paper whether to keep the contract: an open one before one that is decided.
fn decision(r: &Read<'_>, paper: DocumentId) -> Result<Option<Task>, StoreError> {
    let tasks = r.tasks(TaskFilter::OfDocument(paper))?.into_iter();
    let questions = tasks.filter(|task| task.kind == TaskKind::CancelOrKeep);
    Ok(questions.min_by_key(|task| (!task.status.is_open(), task.due.is_none(), task.due, task.created_at)))
}

/// What a contract costs in a year, where a letter says how often its price is paid.
fn a_year(r: &Read<'_>, contract: &Contract) -> Result<Option<Money>, StoreError> {
    let Some(amount) = contract.cost else { return Ok(None) };
    let mut times = times_a_year(&words_of_price(r, &contract.document, 0.0)?);
    if let Some(rise) = contract.rise.as_ref().filter(|_| times.is_none()) {
        times = times_a_year(&words_of_price(r, &rise.letter, 0.0)?);
    }
    Ok(times.map(|times| Money { amount: amount * Decimal::from(times), currency: contract.currency }))
}

/// How far above its prices a table says which is which, as a fraction of the page.
const HEAD_OF_TABLE: f32 = 0.05;

/// The words of the line on which the price stands, and of so much of the page above it.
fn words_of_price(r: &Read<'_>, document: &Document, above: f32) -> Result<String, StoreError> {
    let Some(place) = document.fact(Field::RecurringAmount).and_then(|fact| fact.evidence.as_ref()) else {
        return Ok(String::new());
    };
    let words = r.page(&document.file, place.page)?.map_or_else(Vec::new, |page| page.words);
    let middle = place.rect.middle();
    let is_near = |word: &&domain::Word| {
        (word.rect.y..word.rect.bottom()).contains(&middle) || (middle - above..middle).contains(&word.rect.middle())
    };
    let near: Vec<_> = words.iter().filter(is_near).map(|word| word.text.as_str()).collect();
    Ok(near.join(" "))
}
