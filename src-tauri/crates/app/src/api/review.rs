//! Review: a person confirms or corrects documents.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::{
    By, DocumentId, DocumentOrder, DocumentState, Evidence, FailureCode, Field, Gate, Money, NewTask, Reason, TaskKind,
    Value, is_over,
};
use serde::{Deserialize, Serialize};
use store::{DocumentFilter, Op, Read, StoreError};
use ts_rs::TS;

use crate::actions::filing::{self, FilingContext};
use crate::actions::{cases, existing, review};
use crate::api::documents::{OneDocument, SomeDocuments};
use crate::api::show::{self, ViewContext};
use crate::api::views::{DocumentRow, DocumentView, Page, PageQuery, TaskView};
use crate::runtime::results::known;
use crate::{App, Failure};

/// A correction of one field.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Correction {
    /// Which document.
    pub id: DocumentId,
    /// Which field.
    pub field: Field,
    /// The right value as typed; none means that the document does not say it.
    pub value: Option<String>,
    /// The place on the page, if one was clicked.
    #[serde(default)]
    #[ts(optional)]
    pub evidence: Option<Evidence>,
}

/// A document, with what a person is about to say about one of its fields.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PreviewQuery {
    /// Which document.
    pub id: DocumentId,
    /// Which field; none for the document as it is.
    #[serde(default)]
    #[ts(optional)]
    pub field: Option<Field>,
    /// The value as typed; none means that the document does not say it.
    #[serde(default)]
    #[ts(optional)]
    pub value: Option<String>,
}

/// A task that would be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PlannedView {
    /// What sort of thing.
    pub kind: TaskKind,
    /// Id of the deadline rule.
    pub rule: Option<String>,
    /// The day to act on.
    pub due: Option<NaiveDate>,
    /// Time of that day.
    pub due_time: Option<NaiveTime>,
    /// The latest legal day; the day of a debit.
    pub latest: Option<NaiveDate>,
    /// The date was proposed, not read.
    pub assumed: bool,
    /// How much.
    pub amount: Option<Money>,
    /// Its time has passed: nothing is left to do about it.
    pub over: bool,
    /// Its day has passed, and it can still be done.
    pub late: bool,
}

impl PlannedView {
    fn of(new: NewTask, now: NaiveDateTime) -> Self {
        let over = is_over(&new, now);
        let late = !over && new.latest.max(new.due).is_some_and(|last| last < now.date());
        let NewTask { kind, rule, due, due_time, latest, assumed, amount, .. } = new;
        Self { kind, rule, due, due_time, latest, assumed, amount, over, late }
    }
}

/// Why a kind or a value was taken.
#[derive(Clone, Debug, Serialize, TS)]
pub struct WhyView {
    /// The field; none for the kind of the document.
    pub field: Option<Field>,
    /// What speaks for it, then what speaks against it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// What followed from accepting.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Accepted {
    /// Tasks that were made.
    pub tasks: Vec<TaskView>,
    /// The next document that waits for a look.
    pub next: Option<DocumentId>,
}

/// So many of the documents that wait longest are looked at for whether anything is doubtful about them.
const LOOKED_AT: u32 = 50;

/// Documents that wait for a look, the one with the next day first; those without a day last.
pub fn list(app: &App, page: PageQuery) -> Result<Page<DocumentRow>, Failure> {
    let (limit, offset) = page.bounds();
    let context = app.view_context()?;
    app.store.read(|r| queue(r, &context, limit, offset)).map_err(Failure::from)
}

/// The documents in review, by the day of their next task: at most `limit` from `offset` on.
pub(super) fn queue(
    r: &Read<'_>,
    context: &ViewContext,
    limit: u32,
    offset: u32,
) -> Result<Page<DocumentRow>, StoreError> {
    let (state, order) = (Some(DocumentState::Review), DocumentOrder::Due);
    let page = r.documents(&DocumentFilter { state, order, ..DocumentFilter::default() }, limit, offset)?;
    let items = page.rows.into_iter().map(|row| show::document_row(context, row, None)).collect();
    Ok(Page { items, total: page.total })
}

/// Say what a field of a document really is.
pub fn correct(app: &App, correction: Correction) -> Result<DocumentView, Failure> {
    let Correction { id, field, value, evidence } = correction;
    let value = value.map(|text| typed(app, id, field, &text)).transpose()?;
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now };
    app.store.write(By::Person, Op::CorrectFact, |w| review::correct(w, &context, id, field, value, evidence))?;
    super::documents::get(app, OneDocument { id })
}

/// What would follow from accepting a document, if a field of it said something else; nothing is stored.
pub fn preview(app: &App, query: PreviewQuery) -> Result<Vec<PlannedView>, Failure> {
    let PreviewQuery { id, field, value } = query;
    let context = app.view_context()?;
    let document = app.store.read(|r| existing::document(r, id))?;
    let changed = match field {
        Some(field) => Some((field, value.map(|text| typed(app, id, field, &text)).transpose()?)),
        None => None,
    };
    let planned = app
        .store
        .read(|r| review::preview(r, document, changed, &context.preferences, context.now))
        .map_err(Failure::from)?;
    Ok(planned.into_iter().map(|new| PlannedView::of(new, context.local_now())).collect())
}

/// Why the kind of a document and each value read from it were taken: what weighed most.
pub fn why(app: &App, one: OneDocument) -> Result<Vec<WhyView>, Failure> {
    let reading = app.store.read(|r| r.reading(&existing::document(r, one.id)?.file))?;
    let reading = reading.unwrap_or_default().to_understand();
    let all = understand::reasons(&reading, &known(app)?);
    Ok(all.into_iter().map(|understand::Why { field, reasons }| WhyView { field, reasons }).collect())
}

/// The value that a person means.
fn typed(app: &App, id: DocumentId, field: Field, text: &str) -> Result<Value, Failure> {
    let language = app.store.read(|r| r.language(&existing::document(r, id)?.file))?;
    understand::value_of(field, text, language.as_deref())
        .map_err(|error| Failure::new(FailureCode::BadInput, error.to_string()))
}

/// Confirm a document as shown and make its tasks.
pub fn accept(app: &App, one: OneDocument) -> Result<Accepted, Failure> {
    let context = app.view_context()?;
    let filing_context = FilingContext { ids: app.ids.as_ref(), preferences: &context.preferences, now: app.now() };
    let written = app.store.write(By::Person, Op::AcceptDocument, |w| {
        w.label(&existing::document(w, one.id)?.title);
        review::accept(w, &filing_context, one.id)
    })?;
    app.store
        .read(|r| {
            let mut tasks = Vec::new();
            for id in &written.value {
                if let Some(task) = r.task(*id)? {
                    tasks.push(show::task(r, &context, task)?);
                }
            }
            Ok(Accepted { tasks, next: queue(r, &context, 1, 0)?.items.first().map(|row| row.id) })
        })
        .map_err(Failure::from)
}

/// The documents in review about which nothing is doubtful any more, such as after corrections: they can be accepted together.
/// They are among those that wait longest, so that it costs the same however many there are.
pub fn clear(app: &App, _: ()) -> Result<Vec<DocumentId>, Failure> {
    let context = app.view_context()?;
    app.store
        .read(|r| {
            let mut clear = Vec::new();
            for row in queue(r, &context, LOOKED_AT, 0)?.items {
                let document = existing::document(r, row.id)?;
                let is_clear = filing::gate(r, &document)? == Gate::Accept
                    && filing::would_change(r, &context.preferences, context.now, &document)?.is_empty();
                if is_clear && cases::repeats(r, row.id)?.is_none() {
                    clear.push(row.id);
                }
            }
            Ok(clear)
        })
        .map_err(Failure::from)
}

/// Confirm several documents as they are.
pub fn accept_many(app: &App, some: SomeDocuments) -> Result<(), Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now };
    app.store.write(By::Person, Op::AcceptDocument, |w| {
        some.ids.iter().try_for_each(|id| review::accept(w, &context, *id).map(drop))
    })?;
    Ok(())
}
