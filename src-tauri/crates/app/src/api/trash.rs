//! The trash: what is in it, how long it stays, and deleting for good.

use chrono::NaiveDate;
use domain::{By, DocumentId};
use serde::{Deserialize, Serialize};
use store::Deleted;
use ts_rs::TS;

use crate::runtime::trash::{TRASH_DAYS, gone_on};
use crate::{App, Failure};

/// The trash.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TrashView {
    /// So many days a document stays in it.
    pub days: u32,
    /// How many documents are in it.
    pub documents: u32,
    /// The day on which the first of them is deleted for good.
    pub next: Option<NaiveDate>,
}

/// What to delete for good.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct DeleteForGood {
    /// These documents, which are in the trash; without it everything in the trash.
    pub ids: Option<Vec<DocumentId>>,
    /// Only say what would be deleted.
    pub preview: Option<bool>,
}

/// What was deleted for good, or would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeletedView {
    /// Documents.
    pub documents: u32,
    /// Tasks about them.
    pub tasks: u32,
    /// Originals, with what was read of them.
    pub originals: u32,
    /// Steps of the history of which only remains who did them, and when.
    pub steps: u32,
    /// Files that stay, because other letters came in them, or are made of their pages.
    pub staying: Vec<String>,
}

impl From<Deleted> for DeletedView {
    fn from(deleted: Deleted) -> Self {
        let Deleted { documents, tasks, originals, steps, staying } = deleted;
        let staying = staying.into_iter().map(|file| file.name).collect();
        Self { documents, tasks, originals, steps, staying }
    }
}

/// What is in the trash, and until when.
pub fn get(app: &App, _: ()) -> Result<TrashView, Failure> {
    let zone = app.settings()?.preferences()?.zone;
    let (documents, first) = app.store.read(|r| {
        let trashed = r.trashed()?;
        let first = trashed.first().map(|id| r.trashed_at(*id)).transpose()?.flatten();
        Ok((u32::try_from(trashed.len()).unwrap_or(u32::MAX), first))
    })?;
    Ok(TrashView { days: TRASH_DAYS, documents, next: first.map(|at| gone_on(at, zone)) })
}

/// Delete for good what is in the trash, or say what that would delete.
pub fn delete(app: &App, DeleteForGood { ids, preview }: DeleteForGood) -> Result<DeletedView, Failure> {
    let ids = match ids {
        Some(ids) => ids,
        None => app.store.read(|r| r.trashed())?,
    };
    let deleted = if preview == Some(true) { app.would_delete(&ids)? } else { app.delete_for_good(By::Person, &ids)? };
    Ok(deleted.into())
}
