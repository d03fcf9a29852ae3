//! Letters that turn out to be from somebody else.

use domain::{CorrespondentId, Document, DocumentId, Field, Value, normalised_name};
use serde::Deserialize;
use store::{Op, StoreError, Write};
use ts_rs::TS;

use super::{OneDocument, OneSender};
use crate::filing::{self, Desk, existing};
use crate::views::DocumentRow;
use crate::{App, Failure, show};

/// Letters that are from somebody else.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SplitSender {
    /// Which letters.
    pub documents: Vec<DocumentId>,
    /// Who really sent them: a name, of somebody known or not.
    pub name: String,
}

/// The other letters of the same sender that look like they come from where this one does.
pub(super) fn alike(app: &App, one: OneDocument) -> Result<Vec<DocumentRow>, Failure> {
    let rows = app.store.read(|r| {
        let ids = r.alike(one.id)?;
        ids.into_iter().filter_map(|id| r.document_row(id).transpose()).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(rows.into_iter().map(|row| show::document_row(row, None)).collect())
}

pub(super) fn split(app: &App, split: SplitSender) -> Result<OneSender, Failure> {
    let name = split.name.trim();
    if normalised_name(name).is_empty() {
        return Err(Failure::new("bad_input", "Please say who sent it."));
    }
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let desk = Desk { ids: app.ids.as_ref(), preferences: &preferences, now };
    let written = app.store.write(Op::SplitCorrespondent, |w| {
        w.label(name);
        let documents = split.documents.iter().map(|id| existing(w, *id)).collect::<Result<Vec<_>, _>>()?;
        // Somebody of another name may have written under this one: just that is being put right.
        let known = w.correspondents_named(name)?.into_iter().find(|known| {
            let is_called_so = normalised_name(&known.name) == normalised_name(name);
            is_called_so || documents.iter().all(|document| document.correspondent != Some(known.id))
        });
        let to = match known {
            Some(known) => known.id,
            None => w.insert_correspondent(name)?.id,
        };
        documents.into_iter().try_for_each(|document| move_one(w, &desk, document, to, name))?;
        Ok(to)
    })?;
    Ok(OneSender { id: written.value })
}

/// The letter says the right name from now on, and so do its title and its tasks.
fn move_one(
    w: &Write<'_>,
    desk: &Desk<'_>,
    document: Document,
    to: CorrespondentId,
    name: &str,
) -> Result<(), StoreError> {
    match document.correspondent {
        Some(from) if from == to => return Ok(()),
        Some(from) => w.move_documents(&[document.id], from, to)?,
        None => w.set_correspondent(document.id, Some(to))?,
    }
    let named_before = document.text(Field::SellerName);
    w.confirm(document.id, &filing::confirmed(Field::SellerName, Value::Text(name.to_owned()), None))?;
    if let Some(rest) = named_before.and_then(|before| document.title.strip_prefix(before.as_str())) {
        w.set_title(document.id, &format!("{name}{rest}"))?;
    }
    filing::follow_correction(w, desk, &existing(w, document.id)?)
}
