//! A person's word on what a document is and says.

use chrono::{DateTime, Utc};
use domain::{Document, DocumentId, Doubt, Evidence, Fact, Field, Gate, NewTask, Preferences, TaskId, Value};
use store::{Read, StoreError, Write};

use crate::actions::filing::{self, FilingContext};
use crate::actions::{existing, learning};

/// Says what a field of a document really is; without a value, that the document does not say it.
pub(crate) fn correct(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    id: DocumentId,
    field: Field,
    value: Option<Value>,
    evidence: Option<Evidence>,
) -> Result<(), StoreError> {
    let document = existing::document(w, id)?;
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
    let corrected = existing::document(w, id)?;
    if let Some(place) = shown {
        learning::learn(w, &corrected, field, &place)?;
    }
    if matches!(field, Field::SellerName | Field::SellerVatId | Field::Iban) {
        w.set_correspondent(id, filing::sender(w, &corrected)?)?;
    }
    filing::follow_correction(w, context, &corrected)
}

fn place_of(r: &Read<'_>, document: &Document, field: Field, value: &Value) -> Result<Option<Evidence>, StoreError> {
    let findings = r.findings(&document.file)?.unwrap_or_default();
    let candidate = findings.facts.into_iter().find(|fact| fact.field == field && fact.value == *value);
    match candidate.and_then(|fact| fact.evidence) {
        Some(place) => Ok(Some(place)),
        None => Ok(r.reading(&document.file)?.and_then(|reading| understand::place_of(&reading, field, value))),
    }
}

/// What would follow from accepting a document, if a field of it said something else. Nothing is stored.
pub(crate) fn preview(
    r: &Read<'_>,
    mut document: Document,
    changed: Option<(Field, Option<Value>)>,
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Result<Vec<NewTask>, StoreError> {
    if let Some((field, value)) = changed {
        document.facts.retain(|fact| fact.field != field);
        document.facts.extend(value.map(|value| filing::confirmed(field, value, None)));
    }
    for said in looked_at(r, &document)? {
        document.facts.retain(|fact| fact.field != said.field);
        document.facts.push(said);
    }
    Ok(filing::planned(&document, preferences, now))
}

/// What was a question, as a person's word: who accepts a document has looked at it.
fn looked_at(r: &Read<'_>, document: &Document) -> Result<Vec<Fact>, StoreError> {
    let Gate::Review(doubts) = filing::gate(r, document)? else { return Ok(Vec::new()) };
    let unsure = doubts.into_iter().filter_map(|doubt| match doubt {
        Doubt::Unsure { field } => document.fact(field),
        Doubt::Kind
        | Doubt::Alarming
        | Doubt::Missing { .. }
        | Doubt::Picture { .. }
        | Doubt::SeveralLetters { .. }
        | Doubt::PageOrder
        | Doubt::FurtherPart { .. }
        | Doubt::TaskMoves { .. }
        | Doubt::TaskAmount { .. }
        | Doubt::TaskGoes { .. } => None,
    });
    Ok(unsure.map(|fact| filing::confirmed(fact.field, fact.value.clone(), fact.evidence.clone())).collect())
}

/// Makes what a document is and says a person's word, and plans what follows from it. Gives the tasks that are new.
pub(crate) fn accept(w: &Write<'_>, context: &FilingContext<'_>, id: DocumentId) -> Result<Vec<TaskId>, StoreError> {
    let document = existing::document(w, id)?;
    w.set_kind(id, document.kind, 1.0)?;
    learning::judge_all(w, &document)?;
    for fact in looked_at(w, &document)? {
        w.confirm(id, &fact)?;
    }
    filing::plan_again(w, context, id)
}
