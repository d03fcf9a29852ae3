//! Documents: list, show, change, trash.

use domain::search::Query;
use domain::{By, CorrespondentId, DocumentId, DocumentKind, DocumentOrder, DocumentState};
use serde::{Deserialize, Serialize};
use store::{DocumentFilter, Op, Read, StoreError};
use ts_rs::TS;

use crate::actions::cases;
use crate::actions::existing;
use crate::actions::filing::{self, FilingContext};
use crate::api::show::{self, ViewContext};
use crate::api::views::{DocumentRow, DocumentView, WordView};
use crate::runtime::recompute;
use crate::{App, Failure};

/// Which documents to list; everything that is left out does not restrict.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct DocumentQuery {
    /// Where they stand.
    pub state: Option<DocumentState>,
    /// What they are.
    pub kind: Option<DocumentKind>,
    /// Who sent them.
    pub correspondent: Option<CorrespondentId>,
    /// What else must hold, as in the search box: words, `von:`, `betrag:>100`, `tag:steuer` …
    pub query: Option<String>,
    /// Those in the trash instead of the others.
    pub trashed: Option<bool>,
    /// At most so many; 100 if left out.
    pub limit: Option<u32>,
    /// Skip so many.
    pub offset: Option<u32>,
    /// In which order; newest first if left out.
    pub order: Option<DocumentOrder>,
}

/// A part of the documents.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DocumentList {
    /// In the order asked for.
    pub items: Vec<DocumentRow>,
    /// How many there are in all.
    pub total: u32,
}

/// One document.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OneDocument {
    /// Which.
    pub id: DocumentId,
}

/// Several documents.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SomeDocuments {
    /// Which.
    pub ids: Vec<DocumentId>,
}

/// One page of a document.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct OnePage {
    /// Which document.
    pub id: DocumentId,
    /// Counted from 1.
    pub page: u32,
}

/// A kind for a document.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SetKind {
    /// Which document.
    pub id: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
}

/// Used where the caller names no limit.
const USUAL_LIMIT: u32 = 100;

/// List documents.
pub fn list(app: &App, query: DocumentQuery) -> Result<DocumentList, Failure> {
    let context = app.view_context()?;
    let filter = DocumentFilter {
        state: query.state,
        kind: query.kind,
        correspondent: query.correspondent,
        trashed: query.trashed.unwrap_or(false),
        query: Query::parse(query.query.as_deref().unwrap_or_default()).query,
        today: context.today,
        order: query.order.unwrap_or_default(),
    };
    let (limit, offset) = (query.limit.unwrap_or(USUAL_LIMIT), query.offset.unwrap_or(0));
    app.store
        .read(|r| {
            let page = r.documents(&filter, limit, offset)?;
            let items = page.rows.into_iter().map(|row| with_trash(r, &context, row)).collect::<Result<_, _>>()?;
            Ok(DocumentList { items, total: page.total })
        })
        .map_err(Failure::from)
}

/// A row with the instant since which it is in the trash.
pub(super) fn with_trash(
    r: &Read<'_>,
    context: &ViewContext,
    row: store::DocumentRow,
) -> Result<DocumentRow, StoreError> {
    let trashed_at = if row.trashed { r.trashed_at(row.id)? } else { None };
    Ok(show::document_row(context, row, trashed_at))
}

/// Everything about one document.
pub fn get(app: &App, one: OneDocument) -> Result<DocumentView, Failure> {
    if let Err(error) = recompute::was_opened(app, one.id) {
        tracing::warn!(%error, "a document that was opened is not computed again before others");
    }
    let context = app.view_context()?;
    app.store.read(|r| show::document(r, &context, one.id)).map_err(Failure::from)
}

/// The words of a page with their places, in reading order.
pub fn words(app: &App, one: OnePage) -> Result<Vec<WordView>, Failure> {
    let page = app.store.read(|r| r.page(&existing::document(r, one.id)?.file, one.page))?;
    let words = page.into_iter().flat_map(|page| page.words);
    Ok(words.map(|word| WordView { text: word.text, rect: word.rect }).collect())
}

/// Say what a document is.
pub fn set_kind(app: &App, choice: SetKind) -> Result<DocumentView, Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now };
    app.store.write(By::Person, Op::SetKind, |w| {
        w.label(&existing::document(w, choice.id)?.title);
        w.set_kind(choice.id, choice.kind, 1.0)?;
        filing::follow_correction(w, &context, &existing::document(w, choice.id)?)
    })?;
    get(app, OneDocument { id: choice.id })
}

/// Put a document into the trash.
pub fn trash(app: &App, one: OneDocument) -> Result<(), Failure> {
    let now = app.now();
    app.store.write(By::Person, Op::TrashDocument, |w| {
        w.label(&existing::document(w, one.id)?.title);
        cases::trash(w, one.id, now)
    })?;
    Ok(())
}

/// Put several documents into the trash.
pub fn trash_many(app: &App, some: SomeDocuments) -> Result<(), Failure> {
    let now = app.now();
    app.store.write(By::Person, Op::TrashDocument, |w| some.ids.iter().try_for_each(|id| cases::trash(w, *id, now)))?;
    Ok(())
}

/// Take a document out of the trash.
pub fn restore(app: &App, one: OneDocument) -> Result<(), Failure> {
    let now = app.now();
    app.store.write(By::Person, Op::RestoreDocument, |w| {
        w.label(&existing::document(w, one.id)?.title);
        cases::restore(w, one.id, now)
    })?;
    Ok(())
}
