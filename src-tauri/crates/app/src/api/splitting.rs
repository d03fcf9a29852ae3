//! Letters that turn out to come from another sender.

use domain::{By, DocumentId, FailureCode, normalised_name};
use serde::Deserialize;
use store::{Op, Write};
use ts_rs::TS;

use crate::actions::filing::FilingContext;
use crate::actions::senders;
use crate::api::documents::OneDocument;
use crate::api::sender_rules::OneSender;
use crate::api::show;
use crate::api::views::DocumentRow;
use crate::{App, Failure};

/// Letters that are from somebody else.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SplitSender {
    /// Which letters.
    pub documents: Vec<DocumentId>,
    /// Who really sent them: a name, of somebody known or not.
    pub name: String,
}

/// The other letters of the same sender that look like they come from where this one does.
pub fn alike(app: &App, one: OneDocument) -> Result<Vec<DocumentRow>, Failure> {
    let context = app.view_context()?;
    let rows = app.store.read(|r| {
        let ids = r.alike(one.id)?;
        ids.into_iter().filter_map(|id| r.document_row(id).transpose()).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(rows.into_iter().map(|row| show::document_row(&context, row, None)).collect())
}

/// Say that letters are from somebody else.
pub fn split(app: &App, split: SplitSender) -> Result<OneSender, Failure> {
    let name = split.name.trim();
    if normalised_name(name).is_empty() {
        return Err(Failure::new(FailureCode::BadInput, "Please say who sent it."));
    }
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now };
    let act = |w: &Write<'_>| senders::split(w, &context, &split.documents, name);
    let written = app.store.write(By::Person, Op::SplitCorrespondent, act)?;
    Ok(OneSender { id: written.value })
}
