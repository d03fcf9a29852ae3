//! Sorting documents: tags, notes, several at once.

use domain::{CorrespondentId, DocumentId, DocumentKind, TagId};
use serde::{Deserialize, Serialize};
use store::{Op, StoreError, Write};
use ts_rs::TS;

use super::OneDocument;
use crate::filing::{self, Desk};
use crate::{App, Failure, cases};

/// A tag.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TagView {
    /// Its id.
    pub id: TagId,
    /// Its name behind those of the tags above it: "Steuer/2026".
    pub path: String,
    /// Documents with this very tag.
    pub documents: u32,
}

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

/// Another name for a tag.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RenameTag {
    /// Which.
    pub id: TagId,
    /// Its name, without those above it.
    pub name: String,
}

/// Two tags that are one.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MergeTags {
    /// The one that goes.
    pub from: TagId,
    /// The one that stays.
    pub into: TagId,
}

fn tag_view(tag: store::Tag) -> TagView {
    TagView { id: tag.id, path: tag.path, documents: tag.documents }
}

pub(super) fn tags(app: &App, _: ()) -> Result<Vec<TagView>, Failure> {
    Ok(app.store.read(|r| r.tags())?.into_iter().map(tag_view).collect())
}

pub(super) fn note(app: &App, one: OneDocument) -> Result<NoteView, Failure> {
    let view = app.store.read(|r| {
        let note = r.note(one.id)?.unwrap_or_default();
        Ok(NoteView { note, tags: r.tags_of(one.id)?.into_iter().map(tag_view).collect() })
    })?;
    Ok(view)
}

pub(super) fn write_note(app: &App, note: WriteNote) -> Result<(), Failure> {
    app.store.write(Op::WriteNote, |w| {
        w.label(&filing::existing(w, note.id)?.title);
        w.set_note(note.id, &note.note)
    })?;
    Ok(())
}

pub(super) fn edit(app: &App, edit: EditDocuments) -> Result<(), Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let desk = Desk { ids: app.ids.as_ref(), preferences: &preferences, now };
    let only_tags = edit.kind.is_none() && edit.correspondent.is_none() && edit.trashed.is_none();
    let op = if only_tags { Op::TagDocuments } else { Op::EditDocuments };
    app.store.write(op, |w| edit.ids.iter().try_for_each(|id| edit_one(w, &desk, &edit, *id)))?;
    Ok(())
}

fn edit_one(w: &Write<'_>, desk: &Desk<'_>, edit: &EditDocuments, id: DocumentId) -> Result<(), StoreError> {
    if let [_] = edit.ids.as_slice() {
        w.label(&filing::existing(w, id)?.title);
    }
    for path in edit.add_tags.iter().flatten() {
        w.tag_document(id, w.ensure_tag(path)?)?;
    }
    for path in edit.remove_tags.iter().flatten() {
        if let Some(tag) = w.tag_at(path)? {
            w.untag_document(id, tag.id)?;
        }
    }
    if let Some(correspondent) = edit.correspondent {
        w.set_correspondent(id, Some(correspondent))?;
    }
    if let Some(kind) = edit.kind {
        w.set_kind(id, kind, 1.0)?;
        filing::follow_correction(w, desk, &filing::existing(w, id)?)?;
    }
    match edit.trashed {
        Some(true) => cases::trash(w, id, desk.now),
        Some(false) => cases::restore(w, id, desk.now),
        None => Ok(()),
    }
}

pub(super) fn rename_tag(app: &App, rename: RenameTag) -> Result<(), Failure> {
    let name = rename.name.trim();
    if name.is_empty() || name.contains('/') {
        return Err(Failure::new("bad_input", "The name of a tag is not empty and has no slash in it."));
    }
    app.store.write(Op::ChangeTag, |w| {
        w.label(name);
        w.rename_tag(rename.id, name)
    })?;
    Ok(())
}

pub(super) fn merge_tags(app: &App, merge: MergeTags) -> Result<(), Failure> {
    app.store.write(Op::MergeTags, |w| w.merge_tags(merge.from, merge.into))?;
    Ok(())
}
