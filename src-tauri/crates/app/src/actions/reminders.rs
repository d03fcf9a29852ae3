//! The ledger of reminders, and what a person's reaction means for those of a task.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    Acknowledged, Delivery, DeliveryState, Preferences, Reminder, ReminderOverrides, Snoozed, Subject, TaskId,
};
use store::{Notification, Read, StoreError, Write};

use crate::actions::existing;

/// Notes what the person did about the reminder that a subject was last delivered with, if there was any.
pub(crate) fn note_reaction(
    w: &Write<'_>,
    subject: Subject,
    state: DeliveryState,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let ledger = w.ledger(subject, now)?;
    let Some(last) = ledger.into_iter().rfind(|entry| entry.state == DeliveryState::Delivered) else { return Ok(()) };
    let delivery = Delivery { state, at: now, ..last };
    w.note(&Notification { subject, delivery, channel: String::new(), error: None })
}

/// Notes what became of a reminder on a channel.
pub(crate) fn note_delivery(
    w: &Write<'_>,
    (subject, reminder): &(Subject, Reminder),
    state: DeliveryState,
    channel: &str,
    error: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let delivery = Delivery { stage: reminder.stage, slot: reminder.slot, state, at: now };
    w.note(&Notification { subject: *subject, delivery, channel: channel.to_owned(), error })
}

/// A person has the reminders of these before the eyes.
pub(crate) fn seen(w: &Write<'_>, subjects: &[Subject], now: DateTime<Utc>) -> Result<(), StoreError> {
    subjects.iter().try_for_each(|subject| note_reaction(w, *subject, DeliveryState::Seen, now))
}

/// Silences the stage of the last reminder of a task that went out, not the next one.
pub(crate) fn acknowledge(w: &Write<'_>, id: TaskId, now: DateTime<Utc>) -> Result<(), StoreError> {
    w.label(existing::task(w, id)?.title);
    let subject = Subject::Task(id);
    let ledger = w.ledger(subject, now)?;
    if let Some(last) = ledger.iter().rfind(|entry| entry.state == DeliveryState::Delivered) {
        let acknowledged = Some(Acknowledged { stage: last.stage, at: now });
        note_reaction(w, subject, DeliveryState::Seen, now)?;
        w.set_reminder_overrides(id, &ReminderOverrides { acknowledged, ..w.reminder_overrides(id)? })?;
    }
    Ok(())
}

/// Snoozes these tasks until `until`; then each gets one reminder.
pub(crate) fn snooze(
    w: &Write<'_>,
    tasks: &[TaskId],
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for id in tasks {
        w.label(existing::task(w, *id)?.title);
        note_reaction(w, Subject::Task(*id), DeliveryState::Snoozed, now)?;
        let snooze = Some(Snoozed { at: now, until });
        w.set_reminder_overrides(*id, &ReminderOverrides { snooze, ..w.reminder_overrides(*id)? })?;
    }
    Ok(())
}

/// The open tasks that a person has put off, with when each comes back. One that a reminder has brought back is not among them.
pub(crate) fn put_off(
    r: &Read<'_>,
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Result<BTreeMap<TaskId, DateTime<Utc>>, StoreError> {
    let mut found = BTreeMap::new();
    for id in r.snoozed(now)? {
        found.extend(comes_back(r, id, preferences, now)?.map(|back| (id, back)));
    }
    Ok(found)
}

/// When a task comes back that a person has put off; none if it is here.
pub(crate) fn comes_back(
    r: &Read<'_>,
    id: TaskId,
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let Some(task) = r.remindable(id)? else { return Ok(None) };
    Ok(domain::comes_back(&task, &r.ledger(Subject::Task(id), now)?, preferences, now))
}
