//! History: undo, redo.

use chrono::{DateTime, Utc};
use domain::{DocumentId, StepId};
use serde::{Deserialize, Serialize};
use store::{Actor, Undone};
use ts_rs::TS;

use crate::{App, Failure};

/// A change that can be undone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StepView {
    /// Its id.
    pub id: StepId,
    /// The word for what was done, such as `complete_task`.
    pub op: String,
    /// Was it a person, or the program?
    pub by_person: bool,
    /// What it was about, such as the title of the document.
    pub label: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Has it been undone?
    pub undone: bool,
}

/// What was undone, or done again.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UndoneView {
    /// The word for what had been done, such as `complete_task`.
    pub op: String,
    /// What it was about.
    pub label: Option<String>,
}

/// How many steps to list.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct HistoryQuery {
    /// At most so many; 50 if left out.
    pub limit: Option<u32>,
    /// Only those of a document and its tasks.
    pub document: Option<DocumentId>,
}

/// Used where the caller names no limit.
const USUAL_LIMIT: u32 = 50;

pub(super) fn list(app: &App, query: HistoryQuery) -> Result<Vec<StepView>, Failure> {
    let limit = query.limit.unwrap_or(USUAL_LIMIT);
    let rows = app.store.read(|r| match query.document {
        Some(document) => r.history_of(document, limit),
        None => r.history(limit),
    })?;
    Ok(rows
        .into_iter()
        .map(|row| StepView {
            id: row.step,
            op: row.op.as_str().to_owned(),
            by_person: row.actor == Actor::User,
            label: row.label,
            at: row.at,
            undone: row.undone,
        })
        .collect())
}

pub(super) fn undo(app: &App, _: ()) -> Result<Option<UndoneView>, Failure> {
    Ok(app.store.undo()?.map(view))
}

pub(super) fn redo(app: &App, _: ()) -> Result<Option<UndoneView>, Failure> {
    Ok(app.store.redo()?.map(view))
}

fn view(undone: Undone) -> UndoneView {
    UndoneView { op: undone.op.as_str().to_owned(), label: undone.label }
}
