//! When to remind, how urgently, and until when: a reminder ends only when a person has acted.
//!
//! Nothing is planned in advance and stored. The reminders about a task follow from its due date, from what the person
//! wished ([`ReminderOverrides`]) and from what the ledger says was delivered ([`Delivery`]): [`next_reminder`] gives the next one.
//! So a moved date, a changed zone, a clock that was wrong or a week without power need no repair. [`turn`] decides what
//! of all that is due is sent now, as one notification.

mod batch;
mod hours;
mod later;
mod ledger;
mod next;
mod pattern;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{TaskId, TaskKind};
use ledger::SMALL_STEP_BACK;

pub use batch::{LONGEST_RETRY, ReminderBatch, Sent, batch, retry_pause};
pub use later::Later;
pub use ledger::{Delivery, DeliveryState, ReminderState, reminder_state};
pub use next::{Reminder, comes_back, coming, next_reminder, next_review_reminder};
pub use pattern::ReminderPattern;

/// How pressing a reminder is. Ordered: info < warning < urgent < critical.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Seven days before, once.
    Info,
    /// Two days before.
    Warning,
    /// The day before and the due day, up to four slots, until seen.
    Urgent,
    /// Overdue: at the next good hour, then twice a day at most.
    Critical,
}

impl Stage {
    /// Every stage.
    pub const ALL: &[Self] = &[Self::Info, Self::Warning, Self::Urgent, Self::Critical];

    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Urgent => "urgent",
            Self::Critical => "critical",
        }
    }

    /// How pressing something due on `due` is on `day`.
    pub fn on(day: NaiveDate, due: Option<NaiveDate>) -> Self {
        match due.map(|due| (due - day).num_days()) {
            Some(..0) => Self::Critical,
            Some(0..=1) => Self::Urgent,
            Some(2) => Self::Warning,
            Some(_) | None => Self::Info,
        }
    }
}

/// What a reminder is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Subject {
    /// The letters that wait for a look, all together.
    Review,
    /// A task.
    Task(TaskId),
}

impl Subject {
    /// The task, if it is one.
    pub fn task(self) -> Option<TaskId> {
        match self {
            Self::Task(id) => Some(id),
            Self::Review => None,
        }
    }
}

const REVIEW: &str = "review";

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Review => f.write_str(REVIEW),
            Self::Task(id) => id.fmt(f),
        }
    }
}

impl FromStr for Subject {
    type Err = <TaskId as FromStr>::Err;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == REVIEW { Ok(Self::Review) } else { text.parse().map(Self::Task) }
    }
}

impl TryFrom<String> for Subject {
    type Error = <TaskId as FromStr>::Err;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

/// What a person has said about the reminders of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReminderOverrides {
    /// The date was moved by hand then: earlier reminders of the new date are not made up for.
    pub moved_at: Option<DateTime<Utc>>,
    /// Put off.
    pub snooze: Option<Snoozed>,
    /// This stage was seen, and no more of it is wanted.
    pub acknowledged: Option<Acknowledged>,
}

impl ReminderOverrides {
    /// Without what was said while the clock was far ahead: it was about another day than the real one.
    fn as_seen_from(&self, now: DateTime<Utc>) -> Self {
        let is_real = |at: DateTime<Utc>| at - now <= SMALL_STEP_BACK;
        Self {
            moved_at: self.moved_at.map(|at| at.min(now)),
            snooze: self.snooze.filter(|snooze| is_real(snooze.at)),
            acknowledged: self.acknowledged.filter(|seen| is_real(seen.at)),
        }
    }
}

/// Put off: silent until then, and back then for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snoozed {
    /// When the person said so.
    pub at: DateTime<Utc>,
    /// When it comes back.
    pub until: DateTime<Utc>,
}

/// A stage that is to be silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// Which.
    pub stage: Stage,
    /// When the person said so.
    pub at: DateTime<Utc>,
}

/// What the reminders about a task depend on, besides the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remindable {
    /// What sort of thing.
    pub kind: TaskKind,
    /// How it wants to be reminded of.
    pub pattern: ReminderPattern,
    /// The day to act on.
    pub due: Option<NaiveDate>,
    /// Time of that day.
    pub due_time: Option<NaiveTime>,
    /// When the task was made.
    pub since: DateTime<Utc>,
    /// What the person has said.
    pub overrides: ReminderOverrides,
}
