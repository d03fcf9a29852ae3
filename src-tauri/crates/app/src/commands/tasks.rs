//! Tasks: list, do, undo.

use chrono::NaiveDate;
use domain::{DeliveryState, DoneHow, Subject, Task, TaskId, TaskKind, TaskStatus, Wishes};
use serde::{Deserialize, Serialize};
use store::{Op, Read, StoreError};
use ts_rs::TS;

use super::task_steps;
use crate::views::{AppEvent, TaskView};
use crate::{App, Failure, scheduler, show};

/// Which tasks to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskFilter {
    /// Still to be done, most pressing day first.
    #[default]
    Open,
    /// Done or cancelled, latest first.
    Done,
    /// All of them.
    All,
}

/// Which tasks to list; the open ones if left out.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct TaskQuery {
    /// Which.
    pub filter: Option<TaskFilter>,
    /// At most so many of those that are done, the last ones first.
    pub limit: Option<u32>,
}

/// One task.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OneTask {
    /// Which.
    pub id: TaskId,
}

/// A task that was done.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Completion {
    /// Which.
    pub id: TaskId,
    /// By what; by its kind if left out.
    #[serde(default)]
    #[ts(optional)]
    pub how: Option<DoneHow>,
}

/// Another day for a task.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Postponement {
    /// Which.
    pub id: TaskId,
    /// The new day to act on.
    pub due: NaiveDate,
}

pub(super) fn list(app: &App, query: TaskQuery) -> Result<Vec<TaskView>, Failure> {
    let filter = match query.filter.unwrap_or_default() {
        TaskFilter::Open => store::TaskFilter::Open,
        TaskFilter::Done => store::TaskFilter::Done(query.limit.unwrap_or(u32::MAX)),
        TaskFilter::All => store::TaskFilter::All,
    };
    let lens = app.lens()?;
    app.store.read(|r| show::tasks(r, &lens, filter)).map_err(Failure::from)
}

pub(super) fn get(app: &App, one: OneTask) -> Result<TaskView, Failure> {
    let lens = app.lens()?;
    app.store.read(|r| show::task(r, &lens, existing(r, one.id)?)).map_err(Failure::from)
}

/// Brings the task up in the main window, from wherever this is asked.
pub(super) fn show(app: &App, one: OneTask) -> Result<(), Failure> {
    app.store.read(|r| existing(r, one.id))?;
    app.tell(&AppEvent::OpenTask { id: one.id });
    Ok(())
}

pub(super) fn existing(r: &Read<'_>, id: TaskId) -> Result<Task, StoreError> {
    r.task(id)?.ok_or_else(|| StoreError::NotFound { noun: "task", id: id.to_string() })
}

pub(crate) fn complete(app: &App, completion: Completion) -> Result<TaskView, Failure> {
    let now = app.now();
    let today = app.today(&app.settings()?)?;
    app.store.write(Op::CompleteTask, |w| {
        let task = existing(w, completion.id)?;
        w.label(&task.title);
        let how = completion.how.unwrap_or(match task.kind {
            TaskKind::Pay => DoneHow::Paid,
            TaskKind::Object => DoneHow::Sent,
            TaskKind::CheckDebit
            | TaskKind::CancelOrKeep
            | TaskKind::Attend
            | TaskKind::PickUp
            | TaskKind::Redeem
            | TaskKind::Renew
            | TaskKind::Maintain
            | TaskKind::ExpectMoney
            | TaskKind::Other => DoneHow::Other,
        });
        scheduler::note_reaction(w, Subject::Task(task.id), DeliveryState::Acted, now)?;
        task_steps::come_again(w, app, &task, today, now)?;
        w.set_task_status(task.id, TaskStatus::Done, Some((now, how)))
    })?;
    scheduler::withdraw(app, completion.id);
    get(app, OneTask { id: completion.id })
}

pub(super) fn reopen(app: &App, one: OneTask) -> Result<TaskView, Failure> {
    app.store.write(Op::ReopenTask, |w| {
        w.label(&existing(w, one.id)?.title);
        w.set_task_status(one.id, TaskStatus::Open, None)
    })?;
    get(app, one)
}

pub(super) fn postpone(app: &App, postponement: Postponement) -> Result<TaskView, Failure> {
    let now = app.now();
    app.store.write(Op::PostponeTask, |w| {
        let task = existing(w, postponement.id)?;
        w.label(&task.title);
        w.set_task_due(task.id, Some(postponement.due), task.due_time)?;
        w.set_wishes(task.id, &Wishes { moved_at: Some(now), ..Wishes::default() })
    })?;
    scheduler::withdraw(app, postponement.id);
    get(app, OneTask { id: postponement.id })
}
