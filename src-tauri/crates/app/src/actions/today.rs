//! What the calendar alone does to tasks.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{DoneHow, Task, TaskId, TaskStatus, TodayTask, ended_by_calendar, priority};
use store::{OpenTask, Read, StoreError, Write};

/// A task as the rule of Today sees it on `today`.
pub(crate) fn seen_on(task: OpenTask, today: NaiveDate) -> TodayTask {
    TodayTask {
        id: task.id,
        document: task.document,
        kind: task.kind,
        rule: task.rule,
        status: task.status,
        due: task.due,
        due_time: task.due_time,
        latest: task.latest,
        priority: priority(task.due, task.document_kind, task.amount, today).overridden(task.urgency),
    }
}

/// The tasks that have ended by the calendar and are still open.
pub(crate) fn ended(r: &Read<'_>, today: NaiveDate) -> Result<Vec<TodayTask>, StoreError> {
    let tasks = r.may_end_by_calendar(today)?.into_iter().map(|task| seen_on(task, today));
    Ok(tasks.filter(|task| ended_by_calendar(task, today).is_some()).collect())
}

/// Ends what has ended by the calendar: a right that nobody has used, a debit whose day has passed.
pub(crate) fn end_by_calendar(w: &Write<'_>, today: NaiveDate, now: DateTime<Utc>) -> Result<(), StoreError> {
    for task in ended(w, today)? {
        let Some((status, how)) = ended_by_calendar(&task, today) else { continue };
        if let Some(task) = w.task(task.id)? {
            w.label(&task.title);
        }
        w.set_task_status(task.id, status, Some((now, how)))?;
        w.note_ended_by_calendar(task.id, now)?;
    }
    Ok(())
}

/// Did the right to do this end by the calendar?
pub(crate) fn has_lapsed(task: &Task) -> bool {
    task.status == TaskStatus::Cancelled && task.done_how == Some(DoneHow::Lapsed)
}

/// A right that had ended by the calendar turns out to last longer.
pub(crate) fn bring_back(w: &Write<'_>, task: TaskId) -> Result<(), StoreError> {
    w.set_task_status(task, TaskStatus::Open, None)?;
    w.forget_ended_by_calendar(task)
}
