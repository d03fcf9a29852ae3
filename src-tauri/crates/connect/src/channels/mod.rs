//! Channels: ways to show a notification to the user and to hear the answer.

mod desktop;

use std::sync::Arc;

use crate::Threads;

/// The list of channels.
pub const CHANNELS: &[&dyn Channel] = &[&desktop::Desktop];

/// A way to reach the user.
pub trait Channel: Send + Sync {
    /// A short stable word, kept in the database and in settings.
    fn id(&self) -> &'static str;
    /// Sets how it starts the thread on which it hears answers. Called once, before anything is delivered.
    fn set_threads(&self, _threads: Arc<dyn Threads>) {}
    /// Whether it could deliver now. Shows nothing.
    ///
    /// # Errors
    /// [`ChannelError::NoService`] if nothing is there that could show a message.
    fn probe(&self) -> Result<(), ChannelError>;
    /// Shows a message, in place of an earlier one with the same tag. `Ok` only if the other side has accepted it.
    /// `answer` is called from another thread, possibly several times, until the message is gone; a message that stays is
    /// still shown after its button was pressed, until it is withdrawn. Blocks until the other side has replied.
    ///
    /// # Errors
    /// [`ChannelError::NoService`] if nothing is there that could show it, [`ChannelError::NotAccepted`] if it was
    /// refused or not confirmed in time.
    fn deliver(&self, message: &Message, answer: Arc<dyn Fn(Answer) + Send + Sync>) -> Result<(), ChannelError>;
    /// Whether its messages have buttons, so that one can answer there. Where they have none, the host shows a window with
    /// the same choices besides.
    fn has_buttons(&self) -> bool {
        true
    }
    /// Takes a message back, for instance because its task is done. `answer` is not called for it any more.
    fn withdraw(&self, tag: &str);
}

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Names the message in answers; the id of the notification.
    pub tag: String,
    /// First line, plain text.
    pub title: String,
    /// The rest, plain text, may have several lines.
    pub body: String,
    /// How much it matters.
    pub severity: Severity,
    /// Buttons.
    pub actions: Vec<Action>,
}

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know; goes away by itself.
    Info,
    /// Soon; goes away by itself.
    Warning,
    /// Today; stays until the user acts.
    Urgent,
    /// Too late already; stays until the user acts.
    Critical,
}

impl Severity {
    /// Whether the message stays until the user acts on it.
    pub fn stays(self) -> bool {
        match self {
            Self::Info | Self::Warning => false,
            Self::Urgent | Self::Critical => true,
        }
    }
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Comes back in [`Answer::Action`]. Any word but `default`.
    pub id: String,
    /// What the button says.
    pub label: String,
}

/// What became of a message that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A button was pressed.
    Action {
        /// Of the message.
        tag: String,
        /// Of the button.
        action_id: String,
    },
    /// The message itself was clicked.
    Opened {
        /// Of the message.
        tag: String,
    },
    /// The user closed it without an answer.
    Closed {
        /// Of the message.
        tag: String,
    },
    /// It went away without the user: its time was over, or the service that showed it ended.
    Gone {
        /// Of the message.
        tag: String,
    },
}

/// Why a message could not be delivered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChannelError {
    /// Nobody is there who could show it.
    #[error("no service for notifications runs on this desktop ({0}); start one, such as the desktop's own or dunst")]
    NoService(String),
    /// Somebody is there, but did not accept it.
    #[error("the notification was not accepted ({0}); it is tried again later")]
    NotAccepted(String),
}
