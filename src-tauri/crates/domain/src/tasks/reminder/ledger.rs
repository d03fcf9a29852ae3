//! What became of reminders. The ledger is only ever added to; where a reminder stands is derived from it.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Reminder, Stage};

/// A small step back of the clock makes nothing undone.
pub(super) const SMALL_STEP_BACK: Duration = Duration::days(1);

/// What happened to a reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// A channel was asked and could not take it; the next one is asked, and this one again later.
    Failed,
    /// A channel confirmed it.
    Delivered,
    /// A person looked at it or closed it.
    Seen,
    /// A person put it off.
    Snoozed,
    /// A person did what it is about.
    Acted,
}

/// One entry of the ledger, about one reminder of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// How pressing the reminder was.
    pub stage: Stage,
    /// For when it was planned.
    pub slot: DateTime<Utc>,
    /// What happened.
    pub state: DeliveryState,
    /// When.
    pub at: DateTime<Utc>,
}

impl Delivery {
    /// Did this happen, as seen from `now`? What lies far ahead was written while the clock was wrong: the person was
    /// reminded of another day than the real one, so it does not count.
    pub(super) fn counts(&self, now: DateTime<Utc>) -> bool {
        self.at <= now || (self.slot <= now && self.at - now <= SMALL_STEP_BACK)
    }
}

/// The latest instant that a confirmed delivery covers: every reminder planned up to then has been made, or was passed
/// over by a later, more pressing one.
pub(super) fn covered_until(deliveries: &[Delivery], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    deliveries
        .iter()
        .filter(|delivery| delivery.state == DeliveryState::Delivered && delivery.counts(now))
        .map(|delivery| delivery.slot.max(delivery.at.min(now)))
        .max()
}

/// Where a reminder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReminderState {
    /// Its time has not come.
    Planned,
    /// Its time has come, and it has not been shown yet.
    Due,
    /// Its time has come, and a channel failed; it stays in the window and is tried again.
    Attempted,
    /// A channel showed it; nobody has reacted.
    Delivered,
    /// A person looked at it or closed it.
    Seen,
    /// Put off; it comes back.
    Snoozed,
    /// A person did what it is about.
    Acted,
    /// A later reminder took its place before it was shown.
    Expired,
}

impl ReminderState {
    /// The word at every edge.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Due => "due",
            Self::Attempted => "attempted",
            Self::Delivered => "delivered",
            Self::Seen => "seen",
            Self::Snoozed => "snoozed",
            Self::Acted => "acted",
            Self::Expired => "expired",
        }
    }
}

/// Where `reminder` stands at `now`, by the ledger of its subject.
pub fn reminder_state(reminder: &Reminder, ledger: &[Delivery], now: DateTime<Utc>) -> ReminderState {
    let has = |state| {
        let is_it = |entry: &Delivery| entry.slot == reminder.slot && entry.stage == reminder.stage;
        ledger.iter().any(|entry| entry.state == state && is_it(entry) && entry.counts(now))
    };
    let expired = || covered_until(ledger, now).is_some_and(|covered| covered >= reminder.slot);
    if has(DeliveryState::Acted) {
        ReminderState::Acted
    } else if has(DeliveryState::Snoozed) || (reminder.asked && reminder.slot > now) {
        ReminderState::Snoozed
    } else if has(DeliveryState::Seen) {
        ReminderState::Seen
    } else if has(DeliveryState::Delivered) {
        ReminderState::Delivered
    } else if expired() {
        ReminderState::Expired
    } else if has(DeliveryState::Failed) {
        ReminderState::Attempted
    } else if reminder.slot <= now {
        ReminderState::Due
    } else {
        ReminderState::Planned
    }
}
