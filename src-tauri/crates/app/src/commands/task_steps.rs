//! What happens to a task on the way: steps, status, waiting for others, not today, coming again.

use chrono::{NaiveDate, Utc};
use domain::{
    DeliveryState, DoneHow, Later, Recurrence, Snoozed, Subject, Task, TaskId, TaskStatus, Wishes, next_safe_day,
    would_wait_for_itself,
};
use serde::{Deserialize, Serialize};
use store::{Op, StoreError, TaskStep, Write};
use ts_rs::TS;

use super::tasks::{existing, get};
use crate::views::TaskView;
use crate::{App, Failure, OneTask, scheduler};

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

pub(super) fn step(app: &App, step: StepDone) -> Result<TaskView, Failure> {
    app.store.write(Op::ChangeTask, |w| {
        w.label(existing(w, step.id)?.title);
        w.set_step_done(step.id, step.position, step.done)
    })?;
    get(app, OneTask { id: step.id })
}

pub(super) fn status(app: &App, change: StatusChange) -> Result<TaskView, Failure> {
    let op = match change.status {
        TaskStatus::Open | TaskStatus::InProgress | TaskStatus::Waiting => Op::ChangeTask,
        TaskStatus::Cancelled => Op::CompleteTask,
        TaskStatus::Done => {
            return Err(Failure::new("bad_input", "Use tasks.complete for what is done: it asks how."));
        }
    };
    app.store.write(op, |w| {
        w.label(existing(w, change.id)?.title);
        // When it was called off is kept, so that it is found among what is over.
        let over = (!change.status.is_open()).then(|| (app.now(), DoneHow::Other));
        w.set_task_status(change.id, change.status, over)
    })?;
    if !change.status.is_open() {
        scheduler::withdraw(app, change.id);
    }
    get(app, OneTask { id: change.id })
}

pub(super) fn block(app: &App, blocks: Blocks) -> Result<TaskView, Failure> {
    let Blocks { id, mut blocked_by } = blocks;
    blocked_by.sort_unstable();
    blocked_by.dedup();
    let written = app.store.write(Op::ChangeTask, |w| {
        w.label(existing(w, id)?.title);
        blocked_by.iter().try_for_each(|other| existing(w, *other).map(drop))?;
        // Within the transaction: another window may be closing the circle from its other side.
        let mut failed = None;
        let in_a_circle = would_wait_for_itself(id, &blocked_by, |task| {
            w.waits_for(task).unwrap_or_else(|error| {
                failed = Some(error);
                Vec::new()
            })
        });
        match failed {
            Some(error) => return Err(error),
            None if in_a_circle => return Ok(false),
            None => w.set_waits_for(id, &blocked_by)?,
        }
        Ok(true)
    })?;
    if !written.value {
        return Err(Failure::new(
            "waits_for_itself",
            "The task would wait for itself: one of the others waits for it.",
        ));
    }
    get(app, OneTask { id })
}

pub(super) fn not_today(app: &App, choice: NotToday) -> Result<NewDay, Failure> {
    let (lens, now) = (app.lens()?, app.now());
    let task = app.store.read(|r| existing(r, choice.id))?;
    let day = next_safe_day(task.due, task.latest, lens.today);
    let moves_due = day.is_some_and(|day| task.due.is_some_and(|due| due < day));
    if !choice.preview {
        let later = if day.is_some() { Later::TomorrowMorning } else { Later::Tonight };
        let snooze = Some(Snoozed { at: now, until: later.instant(now, &lens.preferences) });
        app.store.write(Op::PostponeTask, |w| {
            w.label(&task.title);
            scheduler::note_reaction(w, Subject::Task(task.id), DeliveryState::Snoozed, now)?;
            if moves_due {
                w.set_task_due(task.id, day, task.due_time)?;
            }
            let wishes = w.wishes(task.id)?;
            let moved_at = if moves_due { Some(now) } else { wishes.moved_at };
            w.set_wishes(task.id, &Wishes { snooze, moved_at, ..wishes })
        })?;
        scheduler::withdraw(app, task.id);
    }
    Ok(NewDay { day, moves_due, task: get(app, OneTask { id: choice.id })? })
}

/// Leaves this occurrence of a task out: it moves to the next one.
pub(super) fn skip(app: &App, one: OneTask) -> Result<TaskView, Failure> {
    let (lens, now) = (app.lens()?, app.now());
    let (task, details) = app.store.read(|r| Ok((existing(r, one.id)?, r.task_details(one.id)?)))?;
    let Some((recurrence, due)) = details.recurrence.zip(task.due) else {
        return Err(Failure::new("bad_input", "This task does not come again: postpone or cancel it."));
    };
    let next = next_day(&recurrence, due, lens.today.max(due))?;
    app.store.write(Op::PostponeTask, |w| {
        w.label(&task.title);
        match next {
            Some(day) => {
                w.set_task_due(task.id, Some(day), task.due_time)?;
                w.set_wishes(task.id, &Wishes { moved_at: Some(now), ..Wishes::default() })
            }
            None => w.set_task_status(task.id, TaskStatus::Cancelled, Some((now, DoneHow::Other))),
        }
    })?;
    scheduler::withdraw(app, one.id);
    get(app, one)
}

fn next_day(recurrence: &Recurrence, due: NaiveDate, today: NaiveDate) -> Result<Option<NaiveDate>, Failure> {
    recurrence.next(due, today).map_err(|error| Failure::new("bad_input", error.to_string()))
}

/// The next occurrence of a task that was just done, as a task of its own.
pub(super) fn come_again(
    w: &Write<'_>,
    app: &App,
    done: &Task,
    today: NaiveDate,
    now: chrono::DateTime<Utc>,
) -> Result<(), StoreError> {
    let details = w.task_details(done.id)?;
    let Some((recurrence, due)) = details.recurrence.as_ref().zip(done.due) else { return Ok(()) };
    let next = match recurrence.next(due, today) {
        Ok(next) => next,
        Err(error) => {
            // The rule was checked when it came in: this cannot be the person's to solve now.
            tracing::error!(%error, task = %done.id, "the next occurrence of a task could not be found");
            None
        }
    };
    let Some(day) = next else { return Ok(()) };
    let id = TaskId::new(app.ids.as_ref());
    let steps: Vec<TaskStep> =
        w.task_steps(done.id)?.into_iter().map(|step| TaskStep { done: false, ..step }).collect();
    w.insert_task(&Task {
        id,
        due: Some(day),
        latest: None,
        assumed: false,
        steps: Vec::new(),
        status: TaskStatus::Open,
        created_at: now,
        done_at: None,
        done_how: None,
        ..done.clone()
    })?;
    w.set_task_steps(id, &steps)?;
    w.set_task_details(id, &domain::TaskDetails { blocked_by: Vec::new(), ..details })?;
    // It is known already: no contact at once for stages that lie before today.
    w.set_wishes(id, &Wishes { moved_at: Some(now), ..Wishes::default() })
}
