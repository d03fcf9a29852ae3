//! Tags: listed, renamed, made one.

use domain::{By, FailureCode, TagId};
use serde::{Deserialize, Serialize};
use store::Op;
use ts_rs::TS;

use crate::{App, Failure};

/// A tag.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TagView {
    /// Its id.
    pub id: TagId,
    /// Its name behind those of the tags above it: "Steuer/2026".
    pub path: String,
    /// Documents with this very tag.
    pub documents: u32,
    /// Tasks with this very tag.
    pub tasks: u32,
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

impl From<store::Tag> for TagView {
    fn from(tag: store::Tag) -> Self {
        Self { id: tag.id, path: tag.path, documents: tag.documents, tasks: tag.tasks }
    }
}

/// All tags by their paths.
pub fn list(app: &App, _: ()) -> Result<Vec<TagView>, Failure> {
    Ok(app.store.read(|r| r.tags())?.into_iter().map(TagView::from).collect())
}

/// Give a tag another name.
pub fn rename(app: &App, rename: RenameTag) -> Result<(), Failure> {
    let name = rename.name.trim();
    if name.is_empty() || name.contains('/') {
        return Err(Failure::new(FailureCode::BadInput, "The name of a tag is not empty and has no slash in it."));
    }
    app.store.write(By::Person, Op::ChangeTag, |w| {
        w.label(name);
        w.rename_tag(rename.id, name)
    })?;
    Ok(())
}

/// Make two tags one.
pub fn merge(app: &App, merge: MergeTags) -> Result<(), Failure> {
    app.store.write(By::Person, Op::MergeTags, |w| w.merge_tags(merge.from, merge.into))?;
    Ok(())
}
