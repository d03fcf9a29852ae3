//! Who sent a letter.

use domain::{CorrespondentId, Document, DocumentId, Field, Value, normalised_name};
use store::{StoreError, Write};

use crate::actions::existing;
use crate::actions::filing::{self, FilingContext};

/// Says that letters are from somebody of this name, known or not.
pub(crate) fn split(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    documents: &[DocumentId],
    name: &str,
) -> Result<CorrespondentId, StoreError> {
    w.label(name);
    let documents = documents.iter().map(|id| existing::document(w, *id)).collect::<Result<Vec<_>, _>>()?;
    // Somebody of another name may have written under this one: just that is being put right.
    let known = w.correspondents_named(name)?.into_iter().find(|known| {
        let is_called_so = normalised_name(&known.name) == normalised_name(name);
        is_called_so || documents.iter().all(|document| document.correspondent != Some(known.id))
    });
    let to = match known {
        Some(known) => known.id,
        None => w.insert_correspondent(name)?.id,
    };
    documents.into_iter().try_for_each(|document| move_one(w, context, document, to, name))?;
    Ok(to)
}

/// The letter says the right name from now on, and so do its title and its tasks.
fn move_one(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    document: Document,
    to: CorrespondentId,
    name: &str,
) -> Result<(), StoreError> {
    match document.correspondent {
        Some(from) if from == to => return Ok(()),
        Some(from) => w.move_documents(&[document.id], from, to)?,
        None => w.set_correspondent(document.id, Some(to))?,
    }
    w.confirm(document.id, &filing::confirmed(Field::SellerName, Value::Text(name.to_owned()), None))?;
    filing::follow_correction(w, context, &existing::document(w, document.id)?)
}
