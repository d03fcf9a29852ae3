//! Steps, status, blocking tasks, “not today”, and skipping an occurrence.

use chrono::NaiveDate;
use domain::{By, FailureCode, TaskId, TaskStatus, transition};
use serde::{Deserialize, Serialize};
use store::{Op, Write};
use ts_rs::TS;

use crate::actions;
use crate::api::tasks::{OneTask, get};
use crate::api::views::TaskView;
use crate::{App, Failure};

/// A step to tick off.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct StepDone {
    /// Of which task.
    pub id: TaskId,
    /// Which, from 0 on.
    pub position: u32,
    /// Done, or not after all.
    pub done: bool,
}

/// Where a task stands.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct StatusChange {
    /// Which.
    pub id: TaskId,
    /// Open, begun, waiting or cancelled; `tasks.complete` says that it is done.
    pub status: TaskStatus,
}

/// What a task waits for.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Blocks {
    /// Which.
    pub id: TaskId,
    /// All the tasks that have to be done before it.
    pub blocked_by: Vec<TaskId>,
}

/// One time of a task that comes again.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Occurrence {
    /// Of which task.
    pub id: TaskId,
    /// The day it is due, as it is shown: one that has moved on meanwhile stays. The current one if left out.
    #[serde(default)]
    #[ts(optional)]
    pub due: Option<NaiveDate>,
}

/// "I cannot today."
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NotToday {
    /// Which.
    pub id: TaskId,
    /// Only show what would be done.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub preview: bool,
}

/// What follows from "I cannot today".
#[derive(Clone, Debug, Serialize, TS)]
pub struct NewDay {
    /// The next day that is still safe; none when today is the last one: then it comes back tonight.
    pub day: Option<NaiveDate>,
    /// The day to act on moves there, up to the latest legal day; else only the reminder does.
    pub moves_due: bool,
    /// The task, after it.
    pub task: TaskView,
}

/// Tick a step of a task off, or not after all.
pub fn step(app: &App, step: StepDone) -> Result<TaskView, Failure> {
    app.store.write(By::Person, Op::ChangeTask, |w| {
        w.label(actions::existing::task(w, step.id)?.title);
        w.set_step_done(step.id, step.position, step.done)
    })?;
    get(app, OneTask { id: step.id })
}

/// Begin a task, wait with it, take it up again or cancel it.
pub fn status(app: &App, change: StatusChange) -> Result<TaskView, Failure> {
    let op = match change.status {
        TaskStatus::Open | TaskStatus::InProgress | TaskStatus::Waiting => Op::ChangeTask,
        TaskStatus::Cancelled => Op::CompleteTask,
        TaskStatus::Done => {
            return Err(Failure::new(FailureCode::BadInput, "Use tasks.complete for what is done: it asks how."));
        }
    };
    app.store.write(By::Person, op, |w| actions::tasks::move_to(w, change.id, change.status, app.now()))?;
    if !change.status.is_open() {
        app.channels.withdraw(change.id);
    }
    get(app, OneTask { id: change.id })
}

/// Say which tasks have to be done before this one.
pub fn block(app: &App, blocks: Blocks) -> Result<TaskView, Failure> {
    let Blocks { id, mut blocked_by } = blocks;
    blocked_by.sort_unstable();
    blocked_by.dedup();
    let act = |w: &Write<'_>| actions::tasks::wait_for(w, id, &blocked_by);
    let written = app.store.write(By::Person, Op::ChangeTask, act)?;
    if !written.value {
        return Err(Failure::new(
            FailureCode::WaitsForItself,
            "The task would wait for itself: one of the others waits for it.",
        ));
    }
    get(app, OneTask { id })
}

/// Move a task to the next day that is still safe.
pub fn not_today(app: &App, choice: NotToday) -> Result<NewDay, Failure> {
    let (moment, id) = (app.moment()?, choice.id);
    let preferences = app.settings()?.preferences()?;
    let found = if choice.preview {
        let task = app.store.read(|r| actions::existing::task(r, id))?;
        transition::not_today(&task, moment.today)
    } else {
        let act = |w: &Write<'_>| actions::tasks::not_today(w, moment, id, &preferences);
        let written = app.store.write(By::Person, Op::PostponeTask, act)?;
        app.channels.withdraw(id);
        written.value
    };
    Ok(NewDay { day: found.day, moves_due: found.moves_due, task: get(app, OneTask { id })? })
}

/// Leaves this occurrence of a task out: it moves to the next one.
pub fn skip(app: &App, occurrence: Occurrence) -> Result<TaskView, Failure> {
    let (moment, Occurrence { id, due }) = (app.moment()?, occurrence);
    let written = app.store.write(By::Person, Op::PostponeTask, |w| actions::tasks::skip(w, moment, id, due))?;
    written.value.map_err(|error| Failure::new(FailureCode::BadInput, error.to_string()))?;
    app.channels.withdraw(id);
    get(app, OneTask { id })
}
