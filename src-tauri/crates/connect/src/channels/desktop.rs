//! The desktop's own notifications.

#[cfg(target_os = "linux")]
mod bus;
#[cfg(not(target_os = "linux"))]
#[path = "desktop/elsewhere.rs"]
mod bus;

use std::sync::Arc;

use super::{Answer, Channel, ChannelError, Message};
use crate::Threads;

/// Shows messages on the desktop, with buttons.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desktop;

impl Channel for Desktop {
    fn id(&self) -> &'static str {
        "desktop"
    }

    fn set_threads(&self, threads: Arc<dyn Threads>) {
        bus::set_threads(threads);
    }

    fn probe(&self) -> Result<(), ChannelError> {
        bus::probe()
    }

    fn deliver(&self, message: &Message, answer: Arc<dyn Fn(Answer) + Send + Sync>) -> Result<(), ChannelError> {
        bus::deliver(message, answer)
    }

    fn has_buttons(&self) -> bool {
        bus::has_buttons()
    }

    fn withdraw(&self, tag: &str) {
        bus::withdraw(tag);
    }
}
