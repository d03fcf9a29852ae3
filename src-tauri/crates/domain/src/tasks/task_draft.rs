//! What a person says about a task: one draft serves for adding it, for changing it, and for a task typed in one line.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CountedFrom, DocumentId, Money, QuickTask, Recurrence, Rule, TaskKind, Urgency};

/// Everything that a person can say about a task.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TaskDraft {
    /// Whom or what it is about.
    pub title: String,
    /// What sort of thing.
    pub kind: TaskKind,
    /// The day to act on.
    pub due: Option<NaiveDate>,
    /// Time of that day.
    pub due_time: Option<NaiveTime>,
    /// How much.
    pub amount: Option<Money>,
    /// Who gets the money.
    pub payee: Option<String>,
    /// In as many words as one likes.
    pub description: String,
    /// How many minutes it takes.
    pub minutes: Option<u32>,
    /// How pressing, whatever the score says.
    pub urgency: Option<Urgency>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Its steps.
    pub steps: Vec<ChecklistStep>,
    /// How it comes again.
    pub recurrence: Option<Repeat>,
    /// Documents that belong to it.
    pub documents: Vec<DocumentId>,
}

impl Default for TaskDraft {
    fn default() -> Self {
        Self {
            title: String::new(),
            kind: TaskKind::Other,
            due: None,
            due_time: None,
            amount: None,
            payee: None,
            description: String::new(),
            minutes: None,
            urgency: None,
            tags: Vec::new(),
            steps: Vec::new(),
            recurrence: None,
            documents: Vec::new(),
        }
    }
}

/// A step of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChecklistStep {
    /// Id of its text, or the text itself.
    pub step: String,
    /// Is it done?
    pub done: bool,
}

/// How a task comes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Repeat {
    /// RRULE (RFC 5545), such as `FREQ=WEEKLY;BYDAY=TH`.
    pub rule: Rule,
    /// From what it is counted.
    #[serde(default)]
    pub counted_from: CountedFrom,
    /// Days that are left out.
    #[serde(default)]
    pub except: Vec<NaiveDate>,
}

impl From<Recurrence> for Repeat {
    fn from(it: Recurrence) -> Self {
        Self { rule: it.rule, counted_from: it.counted_from, except: it.except }
    }
}

/// Why a draft is no task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaskDraftError {
    /// No title.
    #[error("A task needs a title: what is to be done?")]
    NoTitle,
    /// A time of day without a day.
    #[error("A time of day needs a day.")]
    TimeWithoutDay,
    /// A recurrence without a day.
    #[error("What comes again needs a first day.")]
    RecurrenceWithoutDay,
}

impl TaskDraft {
    /// The draft without blank steps and with each document once.
    ///
    /// # Errors
    /// [`TaskDraftError`] if it makes no task.
    pub fn checked(mut self) -> Result<Self, TaskDraftError> {
        self.title = self.title.trim().to_owned();
        if self.title.is_empty() {
            return Err(TaskDraftError::NoTitle);
        }
        if self.due_time.is_some() && self.due.is_none() {
            return Err(TaskDraftError::TimeWithoutDay);
        }
        if self.recurrence.is_some() && self.due.is_none() {
            return Err(TaskDraftError::RecurrenceWithoutDay);
        }
        self.steps.retain(|step| !step.step.trim().is_empty());
        self.documents.sort_unstable();
        self.documents.dedup();
        Ok(self)
    }
}

impl From<QuickTask> for TaskDraft {
    fn from(quick: QuickTask) -> Self {
        let QuickTask { title, kind, due, due_time, recurrence, amount, tags, minutes } = quick;
        let recurrence = recurrence.map(Repeat::from);
        Self { title, kind, due, due_time, recurrence, amount, tags, minutes, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn a_draft_needs_a_title_and_a_day_for_what_hangs_on_one() {
        let titled = TaskDraft { title: " Pay ".to_owned(), ..TaskDraft::default() };
        assert_eq!(TaskDraft::default().checked().unwrap_err(), TaskDraftError::NoTitle);
        let timed = TaskDraft { due_time: NaiveTime::from_hms_opt(9, 0, 0), ..titled.clone() };
        assert_eq!(timed.clone().checked().unwrap_err(), TaskDraftError::TimeWithoutDay);
        assert!(TaskDraft { due: NaiveDate::from_ymd_opt(2026, 3, 2), ..timed }.checked().is_ok());
        let blank = ChecklistStep { step: "  ".to_owned(), done: false };
        let kept = TaskDraft { steps: vec![blank], ..titled }.checked().unwrap();
        assert_eq!((kept.title.as_str(), kept.steps.len()), ("Pay", 0));
    }
}
