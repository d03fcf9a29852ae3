//! Handles answers to notifications.

use connect::Answer;
use domain::{By, DeliveryState, Later, Reminder, Subject, TaskId};
use store::Op;

use crate::actions;
use crate::actions::reminders::note_delivery;
use crate::runtime::events::AppEvent;
use crate::text::Locale;
use crate::{App, Failure};

pub(super) const DONE: &str = "done";

/// A button that snoozes.
pub(super) struct LaterButton {
    pub(super) id: &'static str,
    pub(super) label: fn(Locale) -> &'static str,
    later: Later,
}

/// The choices of "later" on a notification: desktops show three buttons at most, and the first one is "Done". All
/// others are a click on the message away.
pub(super) const LATER: &[LaterButton] = &[
    LaterButton { id: "soon", label: Locale::in_15_minutes, later: Later::FifteenMinutes },
    LaterButton { id: "later", label: Locale::in_1_hour, later: Later::OneHour },
];

/// The person has answered a notification about these reminders, shown by `channel`.
pub(super) fn answered(app: &App, about: &[(Subject, Reminder)], channel: &str, answer: &Answer) {
    app.channels.all_noted();
    if !matches!(answer, Answer::Gone { .. })
        && let Err(failure) = note_present(app)
    {
        tracing::error!(%failure, code = %failure.code, "that somebody was here could not be noted");
    }
    let tasks: Vec<TaskId> = about.iter().filter_map(|(subject, _)| subject.task()).collect();
    let carried_out = match answer {
        Answer::Action { action_id, .. } if action_id == DONE => complete(app, &tasks),
        Answer::Action { action_id, .. } => match LATER.iter().find(|button| button.id == action_id) {
            Some(button) => snooze(app, &tasks, button.later),
            None => {
                tracing::warn!(action_id, "an unknown button of a notification was pressed");
                Ok(())
            }
        },
        Answer::Opened { .. } => {
            match tasks.as_slice() {
                [id] => app.tell(&AppEvent::OpenTask { id: *id }),
                _ => app.tell(&AppEvent::OpenToday),
            }
            note_seen(app, about, channel)
        }
        // Closing counts as seen: the stage is silent for the rest of the day, the next stage is not.
        Answer::Closed { .. } => note_seen(app, about, channel),
        Answer::Gone { .. } => Ok(()),
    };
    if let Err(error) = carried_out {
        tracing::error!(%error, "an answer to a notification could not be carried out");
    }
}

/// Who answers a notification is here.
fn note_present(app: &App) -> Result<(), Failure> {
    let (zone, now) = (app.settings()?.preferences()?.zone, app.now());
    app.store.write(By::Person, Op::Ledger, |w| actions::today::note_present(w, now, zone))?;
    Ok(())
}

fn note_seen(app: &App, about: &[(Subject, Reminder)], channel: &str) -> Result<(), Failure> {
    let now = app.now();
    app.store.write(By::Person, Op::Ledger, |w| {
        about.iter().try_for_each(|one| note_delivery(w, one, DeliveryState::Seen, channel, None, now))
    })?;
    Ok(())
}

/// Snoozes these tasks until the chosen instant, as one step.
pub(crate) fn snooze(app: &App, tasks: &[TaskId], until: Later) -> Result<(), Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let until = until.instant(now, &preferences);
    app.store.write(By::Person, Op::SnoozeReminder, |w| actions::reminders::snooze(w, tasks, until, now))?;
    tasks.iter().for_each(|id| app.channels.withdraw(*id));
    Ok(())
}

/// "Done" on a notification about several tasks: as one step.
fn complete(app: &App, tasks: &[TaskId]) -> Result<(), Failure> {
    let moment = app.moment()?;
    app.store.write(By::Person, Op::CompleteTask, |w| {
        tasks.iter().try_for_each(|id| actions::tasks::complete(w, moment, *id, None).map(drop))
    })?;
    tasks.iter().for_each(|id| app.channels.withdraw(*id));
    Ok(())
}
