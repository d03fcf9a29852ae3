//! What the person answered to a notification.

use chrono::{DateTime, Utc};
use connect::Answer;
use domain::{Contact, DeliveryState, Later, Subject, TaskId};
use store::{Notification, Op, Write};

use super::delivery::{note, task_of};
use crate::commands::{self, Completion};
use crate::text::Tongue;
use crate::views::AppEvent;
use crate::{App, Failure};

pub(super) const DONE: &str = "done";

/// A button that puts off.
pub(super) struct LaterButton {
    pub(super) id: &'static str,
    pub(super) label: fn(Tongue) -> &'static str,
    later: Later,
}

/// The choices of "later" on a notification: desktops show three buttons at most, and the first one is "Done". All
/// others are a click on the message away.
pub(super) const LATER: &[LaterButton] = &[
    LaterButton { id: "soon", label: Tongue::in_15_minutes, later: Later::FifteenMinutes },
    LaterButton { id: "later", label: Tongue::in_1_hour, later: Later::OneHour },
];

/// The person has answered a notification about these contacts, shown by `channel`.
pub(super) fn answered(app: &App, about: &[(Subject, Contact)], channel: &str, answer: &Answer) {
    app.channels.all_noted();
    let tasks: Vec<TaskId> = about.iter().filter_map(|(subject, _)| task_of(*subject)).collect();
    let carried_out = match answer {
        Answer::Action { action_id, .. } if action_id == DONE => {
            tasks.iter().try_for_each(|id| commands::complete_task(app, Completion { id: *id, how: None }).map(drop))
        }
        Answer::Action { action_id, .. } => match LATER.iter().find(|button| button.id == action_id) {
            Some(button) => commands::snooze_tasks(app, &tasks, button.later),
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
        // Closing is having seen it: the rest of this day is silent, the next stage is not.
        Answer::Closed { .. } => note_seen(app, about, channel),
        Answer::Gone { .. } => Ok(()),
    };
    if let Err(error) = carried_out {
        tracing::error!(%error, "an answer to a notification could not be carried out");
    }
}

fn note_seen(app: &App, about: &[(Subject, Contact)], channel: &str) -> Result<(), Failure> {
    let now = app.now();
    app.store.write(Op::Ledger, |w| {
        about.iter().try_for_each(|one| note(w, one, DeliveryState::Seen, channel, None, now))
    })?;
    Ok(())
}

/// Notes what the person did about the contact that a subject was last delivered with, if there was any.
pub(crate) fn note_reaction(
    w: &Write<'_>,
    subject: Subject,
    state: DeliveryState,
    now: DateTime<Utc>,
) -> store::Result<()> {
    let ledger = w.ledger(subject, now)?;
    let Some(last) = ledger.into_iter().rfind(|entry| entry.state == DeliveryState::Delivered) else { return Ok(()) };
    let delivery = domain::Delivery { state, at: now, ..last };
    w.note(&Notification { subject, delivery, channel: String::new(), error: None })
}
