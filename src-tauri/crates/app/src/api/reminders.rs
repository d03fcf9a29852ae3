//! Reminders: list, snooze, pause.

use chrono::{DateTime, Duration, Utc};
use domain::{By, DeliveryState, Later, ReminderState, ShiftTime as _, Subject, TaskId};
use serde::{Deserialize, Serialize};
use store::{Notification, Op, Read, StoreError};
use ts_rs::TS;

use crate::actions;
use crate::api::show::ViewContext;
use crate::api::tasks;
use crate::api::tasks::OneTask;
use crate::api::views::{NotificationView, ReminderView, TaskView};
use crate::runtime::scheduler::{self, PAUSED_UNTIL};
use crate::text::{self, Locale};
use crate::{App, Failure};

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

/// List reminders that are still to come or wait to be seen.
pub fn list(app: &App, _: ()) -> Result<Vec<ReminderView>, Failure> {
    let (context, locale) = (app.view_context()?, app.locale()?);
    app.store
        .read(|r| {
            let mut views = Vec::new();
            for subject in r.scheduled(LISTED)? {
                views.extend(coming(r, &context, subject, locale)?);
            }
            views.sort_by_key(|view| view.next_at);
            Ok(views)
        })
        .map_err(Failure::from)
}

fn coming(
    r: &Read<'_>,
    context: &ViewContext,
    subject: Subject,
    locale: Locale,
) -> Result<Vec<ReminderView>, StoreError> {
    let ledger = r.ledger(subject, context.now)?;
    let reminders = match subject {
        Subject::Task(id) => r
            .remindable(id)?
            .map_or_else(Vec::new, |task| domain::coming(&task, &ledger, &context.preferences, context.now)),
        Subject::Review => {
            scheduler::next_reminder(r, subject, &context.preferences, context.now)?.into_iter().collect()
        }
    };
    let title = title(r, subject, locale)?;
    let view = |reminder| view(subject, &title, reminder, domain::reminder_state(reminder, &ledger, context.now));
    Ok(reminders.iter().map(view).collect())
}

fn view(subject: Subject, title: &str, reminder: &domain::Reminder, state: ReminderState) -> ReminderView {
    ReminderView { task: subject.task(), title: title.to_owned(), stage: reminder.stage, next_at: reminder.slot, state }
}

fn title(r: &Read<'_>, subject: Subject, locale: Locale) -> Result<String, StoreError> {
    Ok(match subject {
        Subject::Task(id) => r.task(id)?.map_or_else(String::new, |task| task.title),
        Subject::Review => {
            r.waiting_for_review()?.map_or_else(String::new, |waiting| text::review(waiting.count, locale).0)
        }
    })
}

/// What was shown or should have been, and nobody has reacted to: it stays in the window and the tray until then.
pub fn waiting(app: &App, _: ()) -> Result<Vec<ReminderView>, Failure> {
    let (now, locale) = (app.now(), app.locale()?);
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
                let title = title(r, subject, locale)?;
                views.push(ReminderView { task: Some(id), title, stage: entry.stage, next_at: entry.slot, state });
            }
            Ok(views)
        })
        .map_err(Failure::from)
}

/// The ledger: what was tried, delivered, seen, put off and done.
pub fn history(app: &App, query: HistoryOfReminders) -> Result<Vec<NotificationView>, Failure> {
    let subject = query.task.map(Subject::Task);
    let entries = app.store.read(|r| r.notifications(subject, query.limit.unwrap_or(100)))?;
    let view = |entry: Notification| NotificationView {
        task: entry.subject.task(),
        stage: entry.delivery.stage,
        planned_for: entry.delivery.slot,
        state: entry.delivery.state,
        at: entry.delivery.at,
        channel: entry.channel,
        error: entry.error,
    };
    Ok(entries.into_iter().map(view).collect())
}

/// Nothing about the task before the chosen instant, and one reminder then.
pub fn snooze(app: &App, snooze: Snooze) -> Result<TaskView, Failure> {
    scheduler::snooze(app, &[snooze.task], snooze.until)?;
    tasks::get(app, OneTask { id: snooze.task })
}

/// Notes that the last reminder of each of these tasks was seen, where one went out and nobody has reacted to it yet:
/// the rest of its day is silent, the next stage is not.
pub fn seen(app: &App, seen: SeenTasks) -> Result<(), Failure> {
    let now = app.now();
    let waiting = app.store.read(|r| r.unanswered(now))?;
    let shown = waiting.into_iter().filter_map(|(subject, last)| match subject {
        Subject::Task(id) if last.state == DeliveryState::Delivered && seen.tasks.contains(&id) => Some(subject),
        Subject::Task(_) | Subject::Review => None,
    });
    let shown: Vec<_> = shown.collect();
    if !shown.is_empty() {
        app.store.write(By::Person, Op::Ledger, |w| actions::reminders::seen(w, &shown, now))?;
    }
    Ok(())
}

/// Silences the stage of the last reminder that went out, not the next one.
pub fn acknowledge(app: &App, one: OneTask) -> Result<TaskView, Failure> {
    let now = app.now();
    app.store.write(By::Person, Op::AcknowledgeReminder, |w| actions::reminders::acknowledge(w, one.id, now))?;
    app.channels.withdraw(one.id);
    tasks::get(app, one)
}

/// Pause all reminders, or resume them.
pub fn pause(app: &App, choice: PauseReminders) -> Result<Paused, Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let until = match choice.pause {
        Pause::OneHour => Some(now.plus(Duration::hours(1))),
        Pause::UntilTomorrow => Some(Later::TomorrowMorning.instant(now, &preferences)),
        Pause::Resume => None,
    };
    app.store.write(By::Person, Op::PauseReminders, |w| match until {
        Some(until) => w.set_setting(PAUSED_UNTIL, &serde_json::Value::String(until.to_rfc3339()).to_string()),
        None => w.remove_setting(PAUSED_UNTIL),
    })?;
    Ok(Paused { until })
}
