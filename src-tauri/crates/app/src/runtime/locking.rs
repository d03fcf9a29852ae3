//! Locking an encrypted profile: by a key, after a while without a person, before the computer sleeps.
//!
//! Who hears [`AppEvent::Lock`] ends the program and starts it again without the keys: nothing of a letter can be left in a memory
//! that is gone. What is still to be reminded of is handed over, in as many words as the person allows.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use connect::{Answer, Channel, Message, Severity};
use domain::{Clock, FailureCode};
use serde::{Deserialize, Serialize};

use crate::runtime::events::AppEvent;
use crate::runtime::threads::Pulse;
use crate::text::Locale;
use crate::{App, Failure};

/// How often to look whether nobody was there for long.
const LOOK: Duration = Duration::from_secs(5);

/// A reminder that comes while the data is locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedReminder {
    /// When.
    pub at: DateTime<Utc>,
    /// What is due; none: that something is.
    pub title: Option<String>,
}

/// How often the locked program looks whether a reminder is due.
const TICK: Duration = Duration::from_secs(1);

/// Reminds while the data is locked, until nothing is left or `is_over` says so. Whoever opens the message unlocks. Nothing is written
/// down: what nobody has seen comes again in the open program.
pub fn remind_while_locked(
    mut coming: Vec<LockedReminder>,
    channels: &[&dyn Channel],
    clock: &dyn Clock,
    locale: Locale,
    opened: &Arc<dyn Fn() + Send + Sync>,
    is_over: &dyn Fn() -> bool,
) {
    coming.sort_by_key(|reminder| reminder.at);
    let mut coming = coming.into_iter().peekable();
    while coming.peek().is_some() && !is_over() {
        let now = clock.now();
        while let Some(reminder) = coming.next_if(|reminder| reminder.at <= now) {
            deliver(reminder, channels, locale, opened);
        }
        std::thread::sleep(TICK);
    }
}

fn deliver(reminder: LockedReminder, channels: &[&dyn Channel], locale: Locale, opened: &Arc<dyn Fn() + Send + Sync>) {
    let title = reminder.title.unwrap_or_else(|| locale.something_is_due().to_owned());
    let message = Message {
        tag: format!("locked {title}"),
        title,
        body: locale.locked_body().to_owned(),
        severity: Severity::Urgent,
        actions: Vec::new(),
    };
    for channel in channels {
        let opened = Arc::clone(opened);
        let answer = move |answer| match answer {
            Answer::Opened { .. } | Answer::Action { .. } => opened(),
            Answer::Closed { .. } | Answer::Gone { .. } => {}
        };
        match channel.deliver(&message, Arc::new(answer)) {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, channel = channel.id(), "a reminder could not be shown while locked"),
        }
    }
}

/// Locks when nobody was there for as long as the settings say.
///
/// # Errors
/// The errors of the [store](store::StoreError#database-errors).
pub(crate) fn watch(app: &Arc<App>, pulse: &Pulse) -> Result<(), Failure> {
    app.note_presence();
    while !pulse.is_stopping() {
        pulse.beat();
        if app.is_left()? {
            app.lock()?;
        }
        pulse.waits();
        pulse.sleep(LOOK);
    }
    Ok(())
}

impl App {
    /// Tells the host to lock, if the profile is encrypted.
    ///
    /// # Errors
    /// `not_found` if it is not.
    pub fn lock(&self) -> Result<(), Failure> {
        if !self.is_encrypted() {
            return Err(Failure::new(
                FailureCode::NotFound,
                "The data is not encrypted, so there is nothing to lock. It can be encrypted in the settings.",
            ));
        }
        self.tell(&AppEvent::Lock);
        Ok(())
    }

    /// The computer is about to sleep: locks, if the person wants that.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn before_sleep(&self) -> Result<(), Failure> {
        if self.is_encrypted() && self.settings()?.lock_before_sleep { self.lock() } else { Ok(()) }
    }

    /// Somebody is there.
    pub(crate) fn note_presence(&self) {
        let now = self.now();
        *self.last_used.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// Was nobody there for as long as the settings say?
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn is_left(&self) -> Result<bool, Failure> {
        let minutes = self.settings()?.lock_after_minutes;
        let last = *self.last_used.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(minutes > 0
            && last.is_some_and(|last| self.now().signed_duration_since(last).num_minutes() >= i64::from(minutes)))
    }

    /// Removes what was written for other programs to read: nothing readable outlives the program.
    pub fn forget_copies(&self) {
        self.cache.drop_copies();
    }
}
