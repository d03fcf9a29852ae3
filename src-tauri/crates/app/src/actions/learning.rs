//! Learning from corrections for the next letter of the same sender, and recording whether earlier rules were right.

use domain::{Anchor, Document, DocumentId, Evidence, Fact, Field, SenderRule, Value};
use store::{Read, StoreError, Write};
use understand::{anchor_of, beside_anchor};

use crate::actions::existing;

/// Fields by which the sender itself is known: a rule of the sender cannot find them.
fn is_sender(field: Field) -> bool {
    matches!(field, Field::SellerName | Field::SellerVatId | Field::SellerTaxNumber | Field::SellerAddress)
}

/// Learns from a value that a person took from the page.
pub(crate) fn learn(w: &Write<'_>, document: &Document, field: Field, place: &Evidence) -> Result<(), StoreError> {
    let Some(sender) = document.correspondent.filter(|_| !is_sender(field)) else { return Ok(()) };
    let Some(anchor) = w.reading(&document.file)?.and_then(|reading| anchor_of(&reading, place)) else {
        return Ok(());
    };
    let known = w.sender_rule(sender, field)?;
    // The same place was shown before.
    if known.is_some_and(|known| known.holds() && known.rule.anchor == anchor) {
        return Ok(());
    }
    w.teach(sender, &SenderRule { field, anchor }, Some(document.id))
}

/// A person took `taken` for `field`: was that what a rule had found?
pub(crate) fn judge(w: &Write<'_>, document: &Document, field: Field, taken: Option<&Value>) -> Result<(), StoreError> {
    match found_by_rule(w, document)?.iter().find(|fact| fact.field == field) {
        Some(found) => note(w, document, found, taken),
        None => Ok(()),
    }
}

/// A person accepted the document as it is shown.
pub(crate) fn judge_all(w: &Write<'_>, document: &Document) -> Result<(), StoreError> {
    for fact in found_by_rule(w, document)? {
        note(w, document, &fact, document.fact(fact.field).map(|fact| &fact.value))?;
    }
    Ok(())
}

fn note(w: &Write<'_>, document: &Document, found: &Fact, taken: Option<&Value>) -> Result<(), StoreError> {
    let Some(sender) = document.correspondent else { return Ok(()) };
    match w.sender_rule(sender, found.field)? {
        Some(rule) => w.note_rule_use(&rule, document.id, taken == Some(&found.value)),
        None => Ok(()),
    }
}

fn found_by_rule(r: &Read<'_>, document: &Document) -> Result<Vec<Fact>, StoreError> {
    let mut facts = r.findings(&document.file)?.unwrap_or_default().facts;
    facts.retain(|fact| fact.by == SenderRule::EXTRACTOR);
    Ok(facts)
}

/// What a rule would find on one of the sender's documents.
pub(crate) fn trial(
    r: &Read<'_>,
    document: DocumentId,
    field: Field,
    anchor: &Anchor,
) -> Result<Option<Value>, StoreError> {
    let file = existing::document(r, document)?.file;
    let found = r.reading(&file)?.map(|reading| beside_anchor(&reading, field, anchor)).unwrap_or_default();
    Ok(match <[_; 1]>::try_from(found) {
        Ok([(value, _)]) => Some(value),
        Err(_) => None,
    })
}
