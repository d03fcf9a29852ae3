//! Completing, reopening, paying and postponing tasks. `domain::transition` decides what follows, from the task as it
//! is in the same transaction: two windows, a double click or two processes cannot do a thing twice.

use chrono::{DateTime, NaiveDate, Utc};
use domain::transition::{self, PaymentError, PaymentOutcome, Transition};
use domain::{
    ChecklistStep, DeliveryState, DoneHow, Ids, Later, Money, PaidHow, Payment, PaymentId, Preferences,
    ReminderOverrides, Snoozed, Subject, Task, TaskDetails, TaskId, TaskStatus, would_wait_for_itself,
};
use store::{StoreError, Write};

use crate::actions::reminders::note_reaction;
use crate::actions::{contracts, existing};

/// When something is done, and who makes the ids of what follows.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    pub(crate) ids: &'a dyn Ids,
    pub(crate) now: DateTime<Utc>,
    pub(crate) today: NaiveDate,
}

/// Completes a task. Returns whether that is new.
pub(crate) fn complete(
    w: &Write<'_>,
    moment: Moment<'_>,
    id: TaskId,
    how: Option<DoneHow>,
) -> Result<bool, StoreError> {
    let task = existing::task(w, id)?;
    let change = transition::complete(&task, how, moment.now);
    if let Some(change) = change {
        end(w, moment, &task, change)?;
    }
    Ok(change.is_some())
}

fn end(w: &Write<'_>, moment: Moment<'_>, task: &Task, change: Transition) -> Result<(), StoreError> {
    w.label(&task.title);
    note_reaction(w, Subject::Task(task.id), DeliveryState::Acted, moment.now)?;
    create_next_occurrence(w, moment, task)?;
    if let Some(day) = transition::confirmation_day(task, change, moment.today) {
        contracts::await_confirmation(w, (moment.ids, moment.now), task, day)?;
        contracts::answer_others(w, task, moment.now)?;
    }
    w.set_task_status(task.id, change.status, change.ended)
}

/// Reopens a task.
pub(crate) fn reopen(w: &Write<'_>, id: TaskId) -> Result<(), StoreError> {
    let task = existing::task(w, id)?;
    w.label(&task.title);
    contracts::stop_waiting(w, &task)?;
    transition::reopen(&task).map_or(Ok(()), |change| w.set_task_status(id, change.status, change.ended))
}

/// Sets the status of a task: begun, waiting, open again, or cancelled.
pub(crate) fn move_to(w: &Write<'_>, id: TaskId, status: TaskStatus, now: DateTime<Utc>) -> Result<(), StoreError> {
    let task = existing::task(w, id)?;
    w.label(&task.title);
    transition::move_to(&task, status, now).map_or(Ok(()), |change| w.set_task_status(id, change.status, change.ended))
}

/// Records a payment towards a task, of all that is open if no amount is given. When nothing is left to pay, the task
/// is done. Returns whether this payment ended it.
pub(crate) fn pay(
    w: &Write<'_>,
    moment: Moment<'_>,
    id: TaskId,
    given: Option<Money>,
    (paid_on, how): (NaiveDate, PaidHow),
) -> Result<Result<bool, PaymentError>, StoreError> {
    let task = existing::task(w, id)?;
    let (amount, is_whole) = match transition::pay(&task, &w.payments(id)?, given) {
        Err(error) => return Ok(Err(error)),
        Ok(PaymentOutcome::NothingOpen) => return Ok(Ok(false)),
        Ok(PaymentOutcome::Part(amount)) => (amount, false),
        Ok(PaymentOutcome::Whole(amount)) => (amount, true),
    };
    w.label(&task.title);
    w.add_payment(id, &Payment { id: PaymentId::new(moment.ids), amount, paid_on, how })?;
    let ends = is_whole && task.status.is_open();
    if let Some(change) = transition::complete(&task, Some(DoneHow::Paid), moment.now).filter(|_| ends) {
        end(w, moment, &task, change)?;
    }
    Ok(Ok(ends))
}

/// Another day to act on a task.
pub(crate) fn postpone(w: &Write<'_>, id: TaskId, due: NaiveDate, now: DateTime<Utc>) -> Result<(), StoreError> {
    let task = existing::task(w, id)?;
    w.label(&task.title);
    w.set_task_due(id, Some(due), task.due_time)?;
    w.set_reminder_overrides(id, &ReminderOverrides { moved_at: Some(now), ..ReminderOverrides::default() })
}

/// The tasks that have to be done before a task. `false`, and nothing is changed, where it would wait for itself.
pub(crate) fn wait_for(w: &Write<'_>, id: TaskId, others: &[TaskId]) -> Result<bool, StoreError> {
    w.label(existing::task(w, id)?.title);
    others.iter().try_for_each(|other| existing::task(w, *other).map(drop))?;
    // Within the transaction: another window may be closing the circle from its other side.
    let mut failed = None;
    let in_a_circle = would_wait_for_itself(id, others, |task| {
        w.waits_for(task).unwrap_or_else(|error| {
            failed = Some(error);
            Vec::new()
        })
    });
    match failed {
        Some(error) => Err(error),
        None if in_a_circle => Ok(false),
        None => w.set_waits_for(id, others).map(|()| true),
    }
}

/// "I cannot today": moves the task or only its reminder to the next safe day.
pub(crate) fn not_today(
    w: &Write<'_>,
    moment: Moment<'_>,
    id: TaskId,
    preferences: &Preferences,
) -> Result<transition::NotToday, StoreError> {
    let task = existing::task(w, id)?;
    let choice = transition::not_today(&task, moment.today);
    let later = if choice.day.is_some() { Later::TomorrowMorning } else { Later::Tonight };
    let snooze = Some(Snoozed { at: moment.now, until: later.instant(moment.now, preferences) });
    w.label(&task.title);
    note_reaction(w, Subject::Task(id), DeliveryState::Snoozed, moment.now)?;
    if choice.moves_due {
        w.set_task_due(id, choice.day, task.due_time)?;
    }
    let overrides = w.reminder_overrides(id)?;
    let moved_at = if choice.moves_due { Some(moment.now) } else { overrides.moved_at };
    w.set_reminder_overrides(id, &ReminderOverrides { snooze, moved_at, ..overrides })?;
    Ok(choice)
}

/// Why an occurrence cannot be skipped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SkipError {
    #[error("This task does not come again: postpone or cancel it.")]
    ComesOnce,
    #[error(transparent)]
    Rule(#[from] domain::RuleError),
}

/// Skips the occurrence of a task on `due` (or the current one): the task moves to the next one. An occurrence that
/// the task has left already is not skipped again.
pub(crate) fn skip(
    w: &Write<'_>,
    moment: Moment<'_>,
    id: TaskId,
    due: Option<NaiveDate>,
) -> Result<Result<(), SkipError>, StoreError> {
    let task = existing::task(w, id)?;
    let Some((recurrence, day)) = w.task_details(id)?.recurrence.zip(task.due) else {
        return Ok(Err(SkipError::ComesOnce));
    };
    if due.is_some_and(|due| due != day) || !task.status.is_open() {
        return Ok(Ok(()));
    }
    let next = match recurrence.next(day, moment.today.max(day)) {
        Ok(next) => next,
        Err(error) => return Ok(Err(error.into())),
    };
    w.label(&task.title);
    match next {
        Some(next) => {
            w.set_task_due(id, Some(next), task.due_time)?;
            w.set_reminder_overrides(
                id,
                &ReminderOverrides { moved_at: Some(moment.now), ..ReminderOverrides::default() },
            )?;
        }
        None => w.set_task_status(id, TaskStatus::Cancelled, Some((moment.now, DoneHow::Other)))?,
    }
    Ok(Ok(()))
}

/// The next occurrence of a task that is done, as a task of its own; nothing where it is there already.
fn create_next_occurrence(w: &Write<'_>, moment: Moment<'_>, done: &Task) -> Result<(), StoreError> {
    let details = w.task_details(done.id)?;
    let Some((recurrence, due)) = details.recurrence.as_ref().zip(done.due) else { return Ok(()) };
    if w.has_next_occurrence(done.id)? {
        return Ok(());
    }
    let next = match recurrence.next(due, moment.today) {
        Ok(next) => next,
        Err(error) => {
            // The rule was checked when it was stored: a person cannot fix this here.
            tracing::error!(%error, task = %done.id, "the next occurrence of a task could not be found");
            None
        }
    };
    let Some(day) = next else { return Ok(()) };
    let id = TaskId::new(moment.ids);
    let steps: Vec<ChecklistStep> =
        w.task_steps(done.id)?.into_iter().map(|step| ChecklistStep { done: false, ..step }).collect();
    let task = Task {
        id,
        due: Some(day),
        latest: None,
        assumed: false,
        provisional: false,
        steps: Vec::new(),
        status: TaskStatus::Open,
        created_at: moment.now,
        done_at: None,
        done_how: None,
        ..done.clone()
    };
    w.insert_task(&task)?;
    w.set_follows(id, done.id)?;
    w.set_task_steps(id, &steps)?;
    w.set_task_details(id, &TaskDetails { blocked_by: Vec::new(), ..details })?;
    // The person knows the task: no reminder for stages that lie before today.
    w.set_reminder_overrides(id, &ReminderOverrides { moved_at: Some(moment.now), ..ReminderOverrides::default() })
}
