//! Deadlines: say what is assumed otherwise, and they are counted again.

use domain::{Assumption, DocumentId, TaskId, deadlines::deadlines};
use serde::Deserialize;
use store::{Op, StoreError, TaskFilter, Write};
use ts_rs::TS;

use super::OneTask;
use super::tasks::{existing, get};
use crate::filing::{self, Desk};
use crate::views::TaskView;
use crate::{App, Failure, scheduler};

/// What a person says about the letter that a task came from.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Assume {
    /// The task whose deadline rests on it; the others of its letter are counted again too.
    pub id: TaskId,
    /// What holds instead.
    pub assumption: Assumption,
}

pub(super) fn assume(app: &App, said: Assume) -> Result<TaskView, Failure> {
    let lens = app.lens()?;
    let desk = Desk { ids: app.ids.as_ref(), preferences: &lens.preferences, now: app.now() };
    let recounted = app.store.write(Op::AssumeDeadline, |w| {
        let task = existing(w, said.id)?;
        let document =
            task.document.ok_or_else(|| StoreError::NotFound { noun: "letter of the task", id: task.title.clone() })?;
        w.label(&task.title);
        w.assume(document, &said.assumption)?;
        count_again(w, &desk, document)
    })?;
    for task in recounted.value {
        scheduler::withdraw(app, task);
    }
    get(app, OneTask { id: said.id })
}

/// Counts the deadlines of a document's open tasks again, each under its own rule; gives those that moved.
fn count_again(w: &Write<'_>, desk: &Desk<'_>, document: DocumentId) -> Result<Vec<TaskId>, StoreError> {
    let document = filing::existing(w, document)?;
    let today = domain::today(desk.now, desk.preferences.zone);
    let found = deadlines(&document, desk.preferences.land, today);
    let mut moved = Vec::new();
    for mut task in w.tasks(TaskFilter::OfDocument(document.id))? {
        // Of several instalments each is known by its day.
        let mut of_rule = found.iter().filter(|one| Some(one.rule) == task.rule.as_deref());
        let same_day = of_rule.clone().find(|one| one.safe() == filing::planned_day(&task));
        let deadline = same_day.or_else(|| of_rule.next());
        let Some(deadline) = deadline.filter(|_| task.status.is_open()) else { continue };
        let before = (task.due, task.due_time);
        (task.due, task.due_time) = filing::due_now(&task, deadline.safe(), deadline.time);
        task.latest = deadline.latest();
        task.assumed = deadline.is_assumed();
        task.why = deadline.derivation.why();
        task.derivation = Some(deadline.derivation.clone());
        w.set_task_deadline(&task)?;
        if (task.due, task.due_time) != before {
            filing::moved(w, task.id, desk.now)?;
            moved.push(task.id);
        }
    }
    Ok(moved)
}
