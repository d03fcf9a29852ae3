//! Systems for which notifications are not built yet.

use std::sync::Arc;

use crate::{Answer, ChannelError, Message, Threads};

pub(super) fn set_threads(_threads: Arc<dyn Threads>) {}

pub(super) fn probe() -> Result<(), ChannelError> {
    Err(ChannelError::NoService("not built for this system yet; reminders are in the window and the tray".to_owned()))
}

pub(super) fn deliver(_message: &Message, _answer: Arc<dyn Fn(Answer) + Send + Sync>) -> Result<(), ChannelError> {
    probe()
}

pub(super) fn has_buttons() -> bool {
    false
}

pub(super) fn withdraw(_tag: &str) {}
