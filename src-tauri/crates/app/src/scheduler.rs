//! Reminders at their time. A reminder is delivered only when a channel has confirmed it; what no channel takes is
//! tried again, and nothing is ever dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use connect::{Action, Answer, CHANNELS, Message, Severity};
use domain::{Delivery, DeliveryState, Reminder, ReminderId, Stage, TaskId};
use store::{Op, StoreError};

use crate::commands::{Completion, Later, OneTask, Snooze};
use crate::views::{AppEvent, Changed};
use crate::{App, Failure, Settings, commands, text};

/// The longest sleep: a suspended computer's timers stand still while the clock goes on.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);
/// After a failure.
const RETRY_MINUTES: i64 = 5;

/// Name of the row that says until when reminders are paused.
pub(crate) const PAUSED_UNTIL: &str = "reminders_paused_until";

const DONE: &str = "done";
const LATER: &str = "later";

/// Sends what is due until `stop` is set.
pub(crate) fn remind(app: &Arc<App>, stop: &AtomicBool) {
    note_problem(app, CHANNELS.iter().find_map(|channel| channel.probe().err()).map(|error| error.to_string()));
    let mut day = today(app);
    while !stop.load(Ordering::Relaxed) {
        let rings = app.reminders.rings();
        let present = today(app);
        if day != present {
            // "Tomorrow" has become "today" on every screen.
            day = present;
            app.tell(&AppEvent::Changed(Changed { all: true, ..Changed::default() }));
        }
        let sleep = match send_due(app) {
            Ok(next) => {
                next.map_or(LONGEST_SLEEP, |at| (at - app.now()).to_std().unwrap_or_default().min(LONGEST_SLEEP))
            }
            Err(error) => {
                tracing::error!(%error, "reminders could not be looked at; trying again");
                LONGEST_SLEEP
            }
        };
        // Never in a tight circle, whatever the next instant is.
        app.reminders.wait(rings, sleep.max(Duration::from_millis(200)));
    }
}

fn today(app: &App) -> Option<NaiveDate> {
    app.settings().and_then(|settings| app.today(&settings)).ok()
}

/// Sends what is due now; gives the next instant at which something will be.
pub(crate) fn send_due(app: &Arc<App>) -> Result<Option<DateTime<Utc>>, Failure> {
    let now = app.now();
    let settings = app.settings()?;
    let preferences = settings.preferences()?;
    let (reminders, deliveries, paused) = app.store.read(|r| {
        let reminders = r.open_reminders()?;
        let ids: Vec<ReminderId> = reminders.iter().map(|reminder| reminder.id).collect();
        Ok((reminders, r.deliveries(&ids)?, r.setting(PAUSED_UNTIL)?))
    })?;
    if let Some(until) = paused_until(paused.as_deref()).filter(|until| *until > now) {
        return Ok(Some(until));
    }
    for (reminder, superseded) in domain::due(&reminders, &deliveries, &preferences, now) {
        send(app, &settings, reminder, &superseded, now)?;
    }
    let ids: Vec<ReminderId> = reminders.iter().map(|reminder| reminder.id).collect();
    let deliveries = app.store.read(|r| r.deliveries(&ids))?;
    Ok(domain::next_due(&reminders, &deliveries, &preferences))
}

/// The instant kept in the row [`PAUSED_UNTIL`].
pub(crate) fn paused_until(json: Option<&str>) -> Option<DateTime<Utc>> {
    json.and_then(|json| serde_json::from_str(json).ok())
}

fn send(
    app: &Arc<App>,
    settings: &Settings,
    reminder: &Reminder,
    superseded: &[&Reminder],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let Some(task) = app.store.read(|r| r.task(reminder.task))? else { return Ok(()) };
    let tongue = text::Tongue::choose(settings.language);
    let (title, body) = text::reminder(&task, app.today(settings)?, tongue);
    let message = Message {
        // One message for each task: a later reminder takes the place of an earlier one.
        tag: task.id.to_string(),
        title,
        body,
        severity: severity(reminder.stage),
        actions: vec![
            Action { id: DONE.to_owned(), label: tongue.done().to_owned() },
            Action { id: LATER.to_owned(), label: tongue.later().to_owned() },
        ],
    };
    for channel in CHANNELS {
        let answering = Arc::clone(app);
        let (task, id) = (task.id, reminder.id);
        let sent = channel.deliver(&message, Arc::new(move |answer| answered(&answering, task, id, &answer)));
        let problem = sent.err().map(|error| error.to_string());
        note_problem(app, problem.clone());
        app.store.write(Op::Ledger, |w| {
            let state = if problem.is_none() { DeliveryState::Delivered } else { DeliveryState::Failed };
            let retry_at = problem.is_some().then(|| now + chrono::Duration::minutes(RETRY_MINUTES));
            let delivery = Delivery { reminder: reminder.id, at: now, state, retry_at };
            w.record_delivery(&delivery, Some(channel.id()), problem.as_deref())?;
            if state == DeliveryState::Delivered {
                for other in superseded {
                    let delivery =
                        Delivery { reminder: other.id, at: now, state: DeliveryState::Superseded, retry_at: None };
                    w.record_delivery(&delivery, None, None)?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Says in the window why no notification can be shown, or that they can be shown again.
fn note_problem(app: &App, problem: Option<String>) {
    let before = std::mem::replace(&mut app.surroundings().notifications_problem, problem.clone());
    if before != problem {
        app.tell(&AppEvent::Changed(Changed { reminders: true, ..Changed::default() }));
    }
}

fn severity(stage: Stage) -> Severity {
    match stage {
        Stage::Info => Severity::Info,
        Stage::Warning => Severity::Warning,
        Stage::Urgent => Severity::Urgent,
        Stage::Critical => Severity::Critical,
    }
}

/// Takes the messages of a task back, because it is done or was put off.
pub(crate) fn withdraw(task: TaskId) {
    for channel in CHANNELS {
        channel.withdraw(&task.to_string());
    }
}

/// The person has answered a notification.
fn answered(app: &App, task: TaskId, reminder: ReminderId, answer: &Answer) {
    let acted = match answer {
        Answer::Action { action_id, .. } if action_id == DONE => {
            commands::complete_task(app, Completion { id: task, how: None }).map(|_| true)
        }
        Answer::Action { action_id, .. } if action_id == LATER => {
            commands::snooze_task(app, Snooze { task, until: Later::OneHour }).map(|_| true)
        }
        Answer::Action { action_id, .. } => {
            tracing::warn!(action_id, "an unknown button of a notification was pressed");
            Ok(false)
        }
        Answer::Opened { .. } => {
            app.tell(&AppEvent::OpenTask { id: task });
            Ok(true)
        }
        // Closing is having seen it: this stage is silent from now on, the next one is not.
        Answer::Closed { .. } => commands::acknowledge_task(app, OneTask { id: task }).map(|_| false),
        Answer::Gone { .. } => return,
    };
    match acted {
        Ok(acted) => {
            if let Err(error) = note_answer(app, reminder, acted) {
                tracing::warn!(%error, "an answer to a notification could not be noted");
            }
        }
        Err(error) => tracing::error!(%error, "an answer to a notification could not be carried out"),
    }
}

fn note_answer(app: &App, reminder: ReminderId, acted: bool) -> Result<(), StoreError> {
    let now = app.now();
    app.store.write(Op::Ledger, |w| {
        let Some(last) = w.notifications(200)?.into_iter().find(|n| n.delivery.reminder == reminder) else {
            return Ok(());
        };
        w.mark_seen(last.id, now)?;
        if acted { w.mark_acted(last.id, now) } else { Ok(()) }
    })?;
    Ok(())
}
