//! Tasks made and changed by hand, and tasks typed in one line.

use domain::{By, FailureCode, TaskDraft, TaskDraftError, TaskId, quick_add};
use serde::{Deserialize, Serialize};
use store::Op;
use ts_rs::TS;

use crate::actions::task_drafts;
use crate::api::tasks::{OneTask, get};
use crate::api::views::TaskView;
use crate::{App, Failure};

/// A change of a task.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TaskEdit {
    /// Which.
    pub id: TaskId,
    /// How it is to be, all of it.
    pub draft: TaskDraft,
}

/// A task in one line.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct QuickLine {
    /// Such as "Müll rausbringen jeden Donnerstag 19 Uhr".
    pub line: String,
    /// Only show what it would become.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub preview: bool,
}

/// What a line became.
#[derive(Clone, Debug, Serialize, TS)]
pub struct QuickAdded {
    /// What was understood.
    pub draft: TaskDraft,
    /// The task; none for a preview.
    pub task: Option<TaskView>,
}

impl From<TaskDraftError> for Failure {
    fn from(error: TaskDraftError) -> Self {
        Self::new(FailureCode::BadInput, error.to_string())
    }
}

/// Make a task.
pub fn add(app: &App, draft: TaskDraft) -> Result<TaskView, Failure> {
    let (draft, moment) = (draft.checked()?, app.moment()?);
    let id = app.store.write(By::Person, Op::AddTask, |w| task_drafts::add(w, moment, &draft))?.value;
    get(app, OneTask { id })
}

/// Say anew what a task is.
pub fn edit(app: &App, edit: TaskEdit) -> Result<TaskView, Failure> {
    let (id, draft, moment) = (edit.id, edit.draft.checked()?, app.moment()?);
    app.store.write(By::Person, Op::ChangeTask, |w| task_drafts::edit(w, moment, id, &draft))?;
    app.channels.withdraw(id);
    get(app, OneTask { id })
}

/// Make a task from one line of words, or show what it would be.
pub fn quick(app: &App, quick: QuickLine) -> Result<QuickAdded, Failure> {
    let draft = TaskDraft::from(quick_add(&quick.line, app.view_context()?.local_now()));
    let task = if quick.preview { None } else { Some(add(app, draft.clone())?) };
    Ok(QuickAdded { draft, task })
}
