//! What a person adds to documents and changes of several at once: note, tags, kind, sender, trash.

use domain::{By, CorrespondentId, DocumentId, DocumentKind};
use serde::{Deserialize, Serialize};
use store::Op;
use ts_rs::TS;

use crate::actions::document_edit::{self, DocumentEdit};
use crate::actions::existing;
use crate::actions::filing::FilingContext;
use crate::api::documents::OneDocument;
use crate::api::tags::TagView;
use crate::{App, Failure};

/// What a person has added to a document.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NoteView {
    /// Markdown; empty if nothing was noted.
    pub note: String,
    /// Tags.
    pub tags: Vec<TagView>,
}

/// A note for a document.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WriteNote {
    /// Which document.
    pub id: DocumentId,
    /// Markdown; an empty note goes.
    pub note: String,
}

/// A change of several documents; everything that is left out stays.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct EditDocuments {
    /// Which.
    pub ids: Vec<DocumentId>,
    /// Paths of tags to put on; what does not exist yet is made.
    pub add_tags: Option<Vec<String>>,
    /// Paths of tags to take off.
    pub remove_tags: Option<Vec<String>>,
    /// What they are.
    pub kind: Option<DocumentKind>,
    /// Who sent them.
    pub correspondent: Option<CorrespondentId>,
    /// Into the trash, or out of it.
    pub trashed: Option<bool>,
}

/// What a person has noted about a document, and its tags.
pub fn note(app: &App, one: OneDocument) -> Result<NoteView, Failure> {
    let view = app.store.read(|r| {
        let note = r.note(one.id)?.unwrap_or_default();
        Ok(NoteView { note, tags: r.tags_of(one.id)?.into_iter().map(TagView::from).collect() })
    })?;
    Ok(view)
}

/// Note something about a document, in Markdown.
pub fn write_note(app: &App, note: WriteNote) -> Result<(), Failure> {
    app.store.write(By::Person, Op::WriteNote, |w| {
        w.label(&existing::document(w, note.id)?.title);
        w.set_note(note.id, &note.note)
    })?;
    Ok(())
}

/// Change several documents at once: tags, kind, sender, trash.
pub fn edit(app: &App, edit: EditDocuments) -> Result<(), Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now };
    let EditDocuments { ids, add_tags, remove_tags, kind, correspondent, trashed } = edit;
    let (add_tags, remove_tags) = (add_tags.unwrap_or_default(), remove_tags.unwrap_or_default());
    let edit = DocumentEdit { add_tags, remove_tags, kind, correspondent, trashed };
    let op = if edit.is_only_tags() { Op::TagDocuments } else { Op::EditDocuments };
    app.store.write(By::Person, op, |w| document_edit::edit(w, &context, &ids, &edit))?;
    Ok(())
}
