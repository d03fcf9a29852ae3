//! Review: a person confirms or corrects.

use domain::{Document, DocumentId, DocumentState, Doubt, Evidence, Field, Gate, TaskId, Value};
use serde::{Deserialize, Serialize};
use store::{DocumentFilter, Op, Read, StoreError, Write};
use ts_rs::TS;

use crate::filing::{self, Desk};
use crate::views::{DocumentRow, DocumentView, TaskView};
use crate::{App, Failure, OneDocument, SomeDocuments, cases, learning, show};

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

pub(super) fn list(app: &App, _: ()) -> Result<Vec<DocumentRow>, Failure> {
    app.store.read(queue).map_err(Failure::from)
}

/// The documents in review, oldest first.
pub(super) fn queue(r: &Read<'_>) -> Result<Vec<DocumentRow>, StoreError> {
    let filter = DocumentFilter { state: Some(DocumentState::Review), ..DocumentFilter::default() };
    let page = r.documents(&filter, u32::MAX, 0)?;
    Ok(page.rows.into_iter().rev().map(|row| show::document_row(row, None)).collect())
}

pub(super) fn correct(app: &App, correction: Correction) -> Result<DocumentView, Failure> {
    let Correction { id, field, value, evidence } = correction;
    let language = app.store.read(|r| r.language(&filing::existing(r, id)?.file))?;
    let read = |text: String| understand::value_of(field, &text, language.as_deref());
    let value = value.map(read).transpose().map_err(|error| Failure::new("bad_input", error.to_string()))?;
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let desk = Desk { ids: app.ids.as_ref(), preferences: &preferences, now };
    app.store.write(Op::CorrectFact, |w| {
        let document = filing::existing(w, id)?;
        w.label(&document.title);
        learning::judge(w, &document, field, value.as_ref())?;
        let mut shown = None;
        match value {
            Some(value) => {
                // A candidate that was chosen, or a value that stands on the page just once, has its place there.
                let place = match evidence {
                    Some(place) => Some(place),
                    None => place_of(w, &document, field, &value)?,
                };
                shown.clone_from(&place);
                w.confirm(id, &filing::confirmed(field, value, place))?;
            }
            None => w.deny(id, field)?,
        }
        let corrected = filing::existing(w, id)?;
        if let Some(place) = shown {
            learning::learn(w, &corrected, field, &place)?;
        }
        if matches!(field, Field::SellerName | Field::SellerVatId | Field::Iban) {
            w.set_correspondent(id, filing::sender(w, &corrected)?)?;
        }
        filing::follow_correction(w, &desk, &corrected)
    })?;
    super::documents::get(app, OneDocument { id })
}

fn place_of(r: &Read<'_>, document: &Document, field: Field, value: &Value) -> Result<Option<Evidence>, StoreError> {
    let findings = r.findings(&document.file)?.unwrap_or_default();
    let candidate = findings.facts.into_iter().find(|fact| fact.field == field && fact.value == *value);
    match candidate.and_then(|fact| fact.evidence) {
        Some(place) => Ok(Some(place)),
        None => Ok(r.reading(&document.file)?.and_then(|reading| understand::place_of(&reading, field, value))),
    }
}

pub(super) fn accept(app: &App, one: OneDocument) -> Result<Accepted, Failure> {
    let lens = app.lens()?;
    let desk = Desk { ids: app.ids.as_ref(), preferences: &lens.preferences, now: app.now() };
    let written = app.store.write(Op::AcceptDocument, |w| {
        w.label(&filing::existing(w, one.id)?.title);
        settle(w, &desk, one.id)
    })?;
    app.store
        .read(|r| {
            let mut tasks = Vec::new();
            for id in &written.value {
                if let Some(task) = r.task(*id)? {
                    tasks.push(show::task(r, &lens, task)?);
                }
            }
            Ok(Accepted { tasks, next: queue(r)?.first().map(|row| row.id) })
        })
        .map_err(Failure::from)
}

/// Makes what a document is and says a person's word, and plans what follows from it. Gives the tasks that are new.
fn settle(w: &Write<'_>, desk: &Desk<'_>, id: DocumentId) -> Result<Vec<TaskId>, StoreError> {
    let document = filing::existing(w, id)?;
    w.set_kind(id, document.kind, 1.0)?;
    learning::judge_all(w, &document)?;
    // What was a question has been looked at: it is a person's word from now on.
    if let Gate::Review(doubts) = filing::gate(w, &document)? {
        for doubt in doubts {
            if let Doubt::Unsure { field } = doubt
                && let Some(fact) = document.fact(field)
            {
                w.confirm(id, &filing::confirmed(fact.field, fact.value.clone(), fact.evidence.clone()))?;
            }
        }
    }
    filing::plan_again(w, desk, id)
}

/// The documents in review about which nothing is doubtful any more, such as after corrections: they can be accepted together.
pub(super) fn clear(app: &App, _: ()) -> Result<Vec<DocumentId>, Failure> {
    app.store
        .read(|r| {
            let mut clear = Vec::new();
            for row in queue(r)? {
                let is_clear = filing::gate(r, &filing::existing(r, row.id)?)? == Gate::Accept;
                if is_clear && cases::repeats(r, row.id)?.is_none() {
                    clear.push(row.id);
                }
            }
            Ok(clear)
        })
        .map_err(Failure::from)
}

pub(super) fn accept_many(app: &App, some: SomeDocuments) -> Result<(), Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let desk = Desk { ids: app.ids.as_ref(), preferences: &preferences, now };
    app.store.write(Op::AcceptDocument, |w| some.ids.iter().try_for_each(|id| settle(w, &desk, *id).map(drop)))?;
    Ok(())
}
