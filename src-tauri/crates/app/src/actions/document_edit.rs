//! One change for several documents: tags, kind, sender, trash.

use domain::{CorrespondentId, DocumentId, DocumentKind};
use store::{StoreError, Write};

use crate::actions::cases;
use crate::actions::existing;
use crate::actions::filing::{self, FilingContext};

/// What changes; everything that is left out stays.
pub(crate) struct DocumentEdit {
    /// Paths of tags to put on; what does not exist yet is made.
    pub(crate) add_tags: Vec<String>,
    /// Paths of tags to take off.
    pub(crate) remove_tags: Vec<String>,
    pub(crate) kind: Option<DocumentKind>,
    pub(crate) correspondent: Option<CorrespondentId>,
    /// Into the trash, or out of it.
    pub(crate) trashed: Option<bool>,
}

impl DocumentEdit {
    /// Does it change nothing but tags?
    pub(crate) const fn is_only_tags(&self) -> bool {
        self.kind.is_none() && self.correspondent.is_none() && self.trashed.is_none()
    }
}

/// Changes all of these documents.
pub(crate) fn edit(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    ids: &[DocumentId],
    edit: &DocumentEdit,
) -> Result<(), StoreError> {
    if let [one] = ids {
        w.label(&existing::document(w, *one)?.title);
    }
    ids.iter().try_for_each(|id| edit_one(w, context, *id, edit))
}

fn edit_one(w: &Write<'_>, context: &FilingContext<'_>, id: DocumentId, edit: &DocumentEdit) -> Result<(), StoreError> {
    for path in &edit.add_tags {
        w.tag_document(id, w.ensure_tag(path)?)?;
    }
    for path in &edit.remove_tags {
        if let Some(tag) = w.tag_at(path)? {
            w.untag_document(id, tag.id)?;
        }
    }
    if let Some(correspondent) = edit.correspondent {
        w.set_correspondent(id, Some(correspondent))?;
    }
    if let Some(kind) = edit.kind {
        w.set_kind(id, kind, 1.0)?;
        filing::follow_correction(w, context, &existing::document(w, id)?)?;
    }
    match edit.trashed {
        Some(true) => cases::trash(w, id, context.now),
        Some(false) => cases::restore(w, id, context.now),
        None => Ok(()),
    }
}
