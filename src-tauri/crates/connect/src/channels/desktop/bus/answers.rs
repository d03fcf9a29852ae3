//! Handles signals of the notification service: answers of the user, and closed messages.

use std::sync::Arc;

use futures_lite::StreamExt as _;
use zbus::{MessageStream, block_on};

use super::{BUS, DEFAULT_ACTION, OnAnswer, SERVICE, Shown, session};
use crate::Answer;

/// Reports the `lost` messages, then the answers, until the connection ends. All calls are made without the lock and
/// outside of `block_on`, so that an answer may itself deliver or withdraw. After a panic it can be run again.
pub(super) fn hear(signals: &mut MessageStream, lost: &mut Vec<(OnAnswer, Answer)>) {
    tell(std::mem::take(lost));
    while let Some(Ok(signal)) = block_on(signals.next()) {
        match answers(&signal) {
            Ok(answers) => tell(answers),
            Err(error) => tracing::warn!(%error, "a signal of the notification service is not as specified"),
        }
    }
    let mut session = session();
    // A later connection has taken these messages over.
    let lost = if session.is_connected() { Vec::new() } else { session.take_all() };
    drop(session);
    tell(lost);
}

fn tell(answers: Vec<(OnAnswer, Answer)>) {
    answers.into_iter().for_each(|(on_answer, answer)| on_answer(answer));
}

fn answers(signal: &zbus::Message) -> zbus::Result<Vec<(OnAnswer, Answer)>> {
    let header = signal.header();
    if header.message_type() != zbus::message::Type::Signal {
        return Ok(Vec::new());
    }
    let member = header.member().map(|member| member.as_str());
    Ok(match (header.interface().map(|interface| interface.as_str()), member) {
        (Some(SERVICE), Some("ActionInvoked")) => {
            let (number, action_id): (u32, String) = signal.body().deserialize()?;
            acted(number, action_id).into_iter().collect()
        }
        (Some(SERVICE), Some("NotificationClosed")) => {
            let (number, reason): (u32, u32) = signal.body().deserialize()?;
            closed(number, reason).into_iter().collect()
        }
        (Some(BUS), Some("NameOwnerChanged")) => {
            let (name, old, _new): (String, String, String) = signal.body().deserialize()?;
            if name == SERVICE && !old.is_empty() { session().take_all() } else { Vec::new() }
        }
        _ => Vec::new(),
    })
}

fn acted(number: u32, action_id: String) -> Option<(OnAnswer, Answer)> {
    let mut session = session();
    let shown = session.shown.get_mut(&number)?;
    shown.answered = true;
    let tag = shown.tag.clone();
    let answer = if action_id == DEFAULT_ACTION { Answer::Opened { tag } } else { Answer::Action { tag, action_id } };
    Some((Arc::clone(&shown.on_answer), answer))
}

fn closed(number: u32, reason: u32) -> Option<(OnAnswer, Answer)> {
    const DISMISSED_BY_THE_USER: u32 = 2;
    let Shown { tag, on_answer, answered } = session().shown.remove(&number)?;
    let answer = if reason == DISMISSED_BY_THE_USER { Answer::Closed { tag } } else { Answer::Gone { tag } };
    (!answered).then_some((on_answer, answer))
}
