//! Review: a person confirms or corrects documents.

use domain::{By, DocumentId, DocumentOrder, DocumentState, Evidence, FailureCode, Field, Gate};
use serde::{Deserialize, Serialize};
use store::{DocumentFilter, Op, Read, StoreError};
use ts_rs::TS;

use crate::actions::filing::{self, FilingContext};
use crate::actions::{cases, existing, review};
use crate::api::documents::{OneDocument, SomeDocuments};
use crate::api::show;
use crate::api::views::{DocumentRow, DocumentView, Page, PageQuery, TaskView};
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

/// Documents that wait for a look, oldest first.
pub fn list(app: &App, page: PageQuery) -> Result<Page<DocumentRow>, Failure> {
    let (limit, offset) = page.bounds();
    app.store.read(|r| queue(r, limit, offset)).map_err(Failure::from)
}

/// The documents in review, oldest first: at most `limit` from `offset` on.
pub(super) fn queue(r: &Read<'_>, limit: u32, offset: u32) -> Result<Page<DocumentRow>, StoreError> {
    let (state, order) = (Some(DocumentState::Review), DocumentOrder::Oldest);
    let page = r.documents(&DocumentFilter { state, order, ..DocumentFilter::default() }, limit, offset)?;
    let items = page.rows.into_iter().map(|row| show::document_row(row, None)).collect();
    Ok(Page { items, total: page.total })
}

/// Say what a field of a document really is.
pub fn correct(app: &App, correction: Correction) -> Result<DocumentView, Failure> {
    let Correction { id, field, value, evidence } = correction;
    let language = app.store.read(|r| r.language(&existing::document(r, id)?.file))?;
    let read = |text: String| understand::value_of(field, &text, language.as_deref());
    let value = value.map(read).transpose().map_err(|error| Failure::new(FailureCode::BadInput, error.to_string()))?;
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now };
    app.store.write(By::Person, Op::CorrectFact, |w| review::correct(w, &context, id, field, value, evidence))?;
    super::documents::get(app, OneDocument { id })
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
            Ok(Accepted { tasks, next: queue(r, 1, 0)?.items.first().map(|row| row.id) })
        })
        .map_err(Failure::from)
}

/// The documents in review about which nothing is doubtful any more, such as after corrections: they can be accepted together.
/// They are among those that wait longest, so that it costs the same however many there are.
pub fn clear(app: &App, _: ()) -> Result<Vec<DocumentId>, Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    app.store
        .read(|r| {
            let mut clear = Vec::new();
            for row in queue(r, LOOKED_AT, 0)?.items {
                let document = existing::document(r, row.id)?;
                let is_clear = filing::gate(r, &document)? == Gate::Accept
                    && filing::would_change(r, &preferences, now, &document)?.is_empty();
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
