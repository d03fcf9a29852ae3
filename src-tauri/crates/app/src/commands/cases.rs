//! Cases: documents that belong together.

use domain::{DocumentId, Relation};
use serde::Deserialize;
use store::{Op, Related};
use ts_rs::TS;

use crate::views::DocumentView;
use crate::{App, Failure, OneDocument, cases, filing};

/// What a person says about two documents.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct SetRelation {
    /// The one.
    pub id: DocumentId,
    /// The other.
    pub other: DocumentId,
    /// What the one is to the other; left out where they do not belong together.
    #[serde(default)]
    #[ts(optional)]
    pub relation: Option<Relation>,
}

pub(super) fn relate(app: &App, said: SetRelation) -> Result<DocumentView, Failure> {
    if said.id == said.other {
        return Err(Failure::new("bad_input", "a document cannot belong to itself"));
    }
    app.store.write(Op::SetRelation, |w| {
        w.label(&filing::existing(w, said.id)?.title);
        filing::existing(w, said.other)?;
        cases::say(w, Related { document: said.id, other: said.other, relation: said.relation })
    })?;
    super::documents::get(app, OneDocument { id: said.id })
}
