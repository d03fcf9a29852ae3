//! History: undo, redo.

use chrono::{DateTime, Utc};
use domain::{By, DocumentId, RunId, StepId};
use serde::{Deserialize, Serialize};
use store::{HistoryRow, Skipped, Undone};
use ts_rs::TS;

use crate::{App, Failure};

/// A change that can be undone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StepView {
    /// Its id.
    pub id: StepId,
    /// The word for what was done, such as `complete_task`.
    pub op: String,
    /// On whose behalf.
    pub by: By,
    /// The run of a rule or a sync that it was a part of.
    pub run: Option<RunId>,
    /// What it was about, such as the title of the document.
    pub label: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Has it been undone?
    pub undone: bool,
    /// Can it be undone now, unless something newer builds on it?
    pub can_be_undone: bool,
}

/// What was undone, or done again.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UndoneView {
    /// The step; of a run the newest one.
    pub step: StepId,
    /// The word for what had been done, such as `complete_task`.
    pub op: String,
    /// What it was about.
    pub label: Option<String>,
    /// How many steps; one, unless it was a run.
    pub steps: usize,
    /// Steps that were left as they are, because something newer builds on them.
    pub skipped: Vec<SkippedView>,
}

/// A step that was not undone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SkippedView {
    /// Which.
    pub step: StepId,
    /// The word for what had been done.
    pub op: String,
    /// What it was about.
    pub label: Option<String>,
    /// What stands in the way; English.
    pub standing: String,
}

/// What undo and redo would do now.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NextSteps {
    /// The step that undo takes back.
    pub undo: Option<StepView>,
    /// The step that redo makes again.
    pub redo: Option<StepView>,
}

/// Which step to undo.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct UndoStep {
    /// This one, or none at all; without it the newest one of the person that can be undone.
    pub step: Option<StepId>,
}

/// Which run to undo.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct UndoRun {
    /// The run.
    pub run: RunId,
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

/// What was done, newest first.
pub fn list(app: &App, query: HistoryQuery) -> Result<Vec<StepView>, Failure> {
    let limit = query.limit.unwrap_or(USUAL_LIMIT);
    let rows = app.store.read(|r| match query.document {
        Some(document) => r.history_of(document, limit),
        None => r.history(limit),
    })?;
    Ok(rows.into_iter().map(step_view).collect())
}

/// What undo and redo would do now.
pub fn next(app: &App, _: ()) -> Result<NextSteps, Failure> {
    let (undo, redo) = (app.store.next_to_undo()?, app.store.read(|r| r.next_to_redo())?);
    Ok(NextSteps { undo: undo.map(step_view), redo: redo.map(step_view) })
}

/// Undo the newest change of the person, or the step that is named.
pub fn undo(app: &App, which: Option<UndoStep>) -> Result<Option<UndoneView>, Failure> {
    let undone = match which.and_then(|which| which.step) {
        Some(step) => app.store.undo_step(step)?,
        None => app.store.undo()?,
    };
    Ok(undone.and_then(view))
}

/// Undo a whole run of a rule or a sync.
pub fn undo_run(app: &App, which: UndoRun) -> Result<Option<UndoneView>, Failure> {
    Ok(app.store.undo_run(which.run)?.and_then(view))
}

/// Do again what was undone last.
pub fn redo(app: &App, _: ()) -> Result<Option<UndoneView>, Failure> {
    Ok(app.store.redo()?.and_then(view))
}

fn step_view(row: HistoryRow) -> StepView {
    StepView {
        id: row.step,
        op: row.op.as_str().to_owned(),
        by: row.by,
        run: row.run,
        label: row.label,
        at: row.at,
        undone: row.undone,
        can_be_undone: row.can_be_undone,
    }
}

fn view(undone: Undone) -> Option<UndoneView> {
    let steps = undone.steps.len();
    let first = undone.steps.into_iter().next()?;
    let skipped = |Skipped { step, standing }: Skipped| SkippedView {
        step: step.step,
        op: step.op.as_str().to_owned(),
        label: step.label,
        standing,
    };
    Some(UndoneView {
        step: first.step,
        op: first.op.as_str().to_owned(),
        label: first.label,
        steps,
        skipped: undone.skipped.into_iter().map(skipped).collect(),
    })
}
