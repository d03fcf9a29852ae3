//! Reminders: look, put off, pause.

use chrono::{DateTime, Duration, Utc};
use domain::{Acknowledged, DeliveryState, Later, ReminderState, Snoozed, Subject, TaskId, Wishes};
use serde::{Deserialize, Serialize};
use store::{Notification, Op, Read, StoreError};
use ts_rs::TS;

use crate::commands::tasks;
use crate::scheduler::{self, PAUSED_UNTIL};
use crate::show::Lens;
use crate::text::{self, Tongue};
use crate::views::{NotificationView, ReminderView, TaskView};
use crate::{App, Failure, OneTask};

/// Subjects that a list of reminders goes through, the next ones first.
const LISTED: u32 = 500;

/// How much of the ledger to show; a hundred entries if left out.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct HistoryOfReminders {
    /// Of this task only.
    pub task: Option<TaskId>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// Tasks that a person has before the eyes.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SeenTasks {
    /// Which.
    pub tasks: Vec<TaskId>,
}

/// Put the reminders of a task off.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Snooze {
    /// Which task.
    pub task: TaskId,
    /// Until when.
    pub until: Later,
}

/// For how long nothing reminds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// For an hour.
    OneHour,
    /// Until tomorrow's first slot.
    UntilTomorrow,
    /// Not any longer.
    Resume,
}

/// Pause all reminders.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PauseReminders {
    /// For how long.
    pub pause: Pause,
}

/// Until when reminders are paused.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Paused {
    /// Nothing reminds before; none when they are not paused.
    pub until: Option<DateTime<Utc>>,
}

pub(super) fn list(app: &App, _: ()) -> Result<Vec<ReminderView>, Failure> {
    let (lens, tongue) = (app.lens()?, app.tongue()?);
    app.store
        .read(|r| {
            let mut views = Vec::new();
            for subject in r.scheduled(LISTED)? {
                views.extend(coming(r, &lens, subject, tongue)?);
            }
            views.sort_by_key(|view| view.next_at);
            Ok(views)
        })
        .map_err(Failure::from)
}

fn coming(r: &Read<'_>, lens: &Lens, subject: Subject, tongue: Tongue) -> Result<Vec<ReminderView>, StoreError> {
    let ledger = r.ledger(subject, lens.now)?;
    let contacts = match subject {
        Subject::Task(id) => {
            r.remindable(id)?.map_or_else(Vec::new, |task| domain::coming(&task, &ledger, &lens.preferences, lens.now))
        }
        Subject::Review => scheduler::next_contact(r, subject, &lens.preferences, lens.now)?.into_iter().collect(),
    };
    let title = title(r, subject, tongue)?;
    let view = |contact| view(subject, &title, contact, domain::reminder_state(contact, &ledger, lens.now));
    Ok(contacts.iter().map(view).collect())
}

fn view(subject: Subject, title: &str, contact: &domain::Contact, state: ReminderState) -> ReminderView {
    let task = match subject {
        Subject::Task(id) => Some(id),
        Subject::Review => None,
    };
    ReminderView { task, title: title.to_owned(), stage: contact.stage, next_at: contact.slot, state }
}

fn title(r: &Read<'_>, subject: Subject, tongue: Tongue) -> Result<String, StoreError> {
    Ok(match subject {
        Subject::Task(id) => r.task(id)?.map_or_else(String::new, |task| task.title),
        Subject::Review => {
            r.waiting_for_review()?.map_or_else(String::new, |waiting| text::review(waiting.count, tongue).0)
        }
    })
}

/// What was shown or should have been, and nobody has reacted to: it stays in the window and the tray until then.
pub(super) fn waiting(app: &App, _: ()) -> Result<Vec<ReminderView>, Failure> {
    let (now, tongue) = (app.now(), app.tongue()?);
    app.store
        .read(|r| {
            let mut views = Vec::new();
            for (subject, entry) in r.unanswered(now)? {
                let state = match entry.state {
                    DeliveryState::Delivered => ReminderState::Delivered,
                    DeliveryState::Failed | DeliveryState::Seen | DeliveryState::Snoozed | DeliveryState::Acted => {
                        ReminderState::Attempted
                    }
                };
                let Subject::Task(id) = subject else { continue };
                let title = title(r, subject, tongue)?;
                views.push(ReminderView { task: Some(id), title, stage: entry.stage, next_at: entry.slot, state });
            }
            Ok(views)
        })
        .map_err(Failure::from)
}

/// The ledger: what was tried, delivered, seen, put off and done.
pub(super) fn history(app: &App, query: HistoryOfReminders) -> Result<Vec<NotificationView>, Failure> {
    let subject = query.task.map(Subject::Task);
    let entries = app.store.read(|r| r.notifications(subject, query.limit.unwrap_or(100)))?;
    let view = |entry: Notification| NotificationView {
        task: match entry.subject {
            Subject::Task(id) => Some(id),
            Subject::Review => None,
        },
        stage: entry.delivery.stage,
        planned_for: entry.delivery.slot,
        state: entry.delivery.state,
        at: entry.delivery.at,
        channel: entry.channel,
        error: entry.error,
    };
    Ok(entries.into_iter().map(view).collect())
}

/// Nothing about the task before the chosen instant, and one contact then.
pub(super) fn snooze(app: &App, snooze: Snooze) -> Result<TaskView, Failure> {
    snooze_tasks(app, &[snooze.task], snooze.until)?;
    tasks::get(app, OneTask { id: snooze.task })
}

/// The same for several tasks, as one step.
pub(crate) fn snooze_tasks(app: &App, ids: &[TaskId], until: Later) -> Result<(), Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let snooze = Snoozed { at: now, until: until.instant(now, &preferences) };
    app.store.write(Op::SnoozeReminder, |w| {
        for id in ids {
            w.label(tasks::existing(w, *id)?.title);
            scheduler::note_reaction(w, Subject::Task(*id), DeliveryState::Snoozed, now)?;
            w.set_wishes(*id, &Wishes { snooze: Some(snooze), ..w.wishes(*id)? })?;
        }
        Ok(())
    })?;
    ids.iter().for_each(|id| scheduler::withdraw(app, *id));
    Ok(())
}

/// Notes that the last reminder of each of these tasks was seen, where one went out and nobody has reacted to it yet:
/// the rest of its day is silent, the next stage is not.
pub(super) fn seen(app: &App, seen: SeenTasks) -> Result<(), Failure> {
    let now = app.now();
    let waiting = app.store.read(|r| r.unanswered(now))?;
    let shown = waiting.into_iter().filter_map(|(subject, last)| match subject {
        Subject::Task(id) if last.state == DeliveryState::Delivered && seen.tasks.contains(&id) => Some(subject),
        Subject::Task(_) | Subject::Review => None,
    });
    let shown: Vec<_> = shown.collect();
    if !shown.is_empty() {
        app.store.write(Op::Ledger, |w| {
            shown.iter().try_for_each(|subject| scheduler::note_reaction(w, *subject, DeliveryState::Seen, now))
        })?;
    }
    Ok(())
}

/// Silences the stage of the last reminder that went out, not the next one.
pub(super) fn acknowledge(app: &App, one: OneTask) -> Result<TaskView, Failure> {
    let now = app.now();
    app.store.write(Op::AcknowledgeReminder, |w| {
        w.label(tasks::existing(w, one.id)?.title);
        let subject = Subject::Task(one.id);
        let ledger = w.ledger(subject, now)?;
        if let Some(last) = ledger.iter().rfind(|entry| entry.state == DeliveryState::Delivered) {
            let acknowledged = Some(Acknowledged { stage: last.stage, at: now });
            scheduler::note_reaction(w, subject, DeliveryState::Seen, now)?;
            w.set_wishes(one.id, &Wishes { acknowledged, ..w.wishes(one.id)? })?;
        }
        Ok(())
    })?;
    scheduler::withdraw(app, one.id);
    tasks::get(app, one)
}

pub(super) fn pause(app: &App, choice: PauseReminders) -> Result<Paused, Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let until = match choice.pause {
        Pause::OneHour => Some(now + Duration::hours(1)),
        Pause::UntilTomorrow => Some(Later::TomorrowMorning.instant(now, &preferences)),
        Pause::Resume => None,
    };
    app.store.write(Op::PauseReminders, |w| match until {
        Some(until) => w.set_setting(PAUSED_UNTIL, &serde_json::Value::String(until.to_rfc3339()).to_string()),
        None => w.remove_setting(PAUSED_UNTIL),
    })?;
    Ok(Paused { until })
}
