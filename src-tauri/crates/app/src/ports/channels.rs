//! The ways to reach a person: in which order they are asked, which of them rest, and what is on the screen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use connect::Channel;
use domain::{LONGEST_RETRY, ShiftTime as _, Subject, TaskId, retry_pause};

/// Tag of the message about several things.
pub(crate) const TOGETHER: &str = "together";

/// The channels in the order in which they are asked, and what is known of them while the program runs.
pub(crate) struct Channels {
    pub(crate) all: Vec<&'static dyn Channel>,
    failing: Mutex<BTreeMap<&'static str, Failing>>,
    /// What the message about several things on the screen is about.
    together: Mutex<BTreeSet<Subject>>,
    /// Held from before a message is shown until the ledger says so.
    noting: Mutex<()>,
}

/// A channel that fails: how often in a row, and when to ask it again.
#[derive(Clone, Copy)]
struct Failing {
    times: u32,
    again_at: DateTime<Utc>,
}

impl Channels {
    pub(crate) fn new(all: Vec<&'static dyn Channel>) -> Self {
        Self { all, failing: Mutex::default(), together: Mutex::default(), noting: Mutex::default() }
    }

    /// Their ids, in that order.
    pub(crate) fn ids(&self) -> Vec<&'static str> {
        self.all.iter().map(|channel| channel.id()).collect()
    }

    /// Held from before a message is shown until the ledger says so.
    pub(crate) fn noting(&self) -> MutexGuard<'_, ()> {
        self.noting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when all that is shown stands in the ledger: an answer, however quick, comes after its question.
    pub(crate) fn all_noted(&self) {
        drop(self.noting());
    }

    /// When a channel may be asked again; none: now.
    pub(crate) fn resting_until(&self, channel: &'static str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let failing = self.failing.lock().unwrap_or_else(PoisonError::into_inner);
        let until = failing.get(channel).map(|failing| failing.again_at)?;
        (until > now && until - now <= LONGEST_RETRY).then_some(until)
    }

    /// It has taken a message.
    pub(crate) fn worked(&self, channel: &'static str) {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner).remove(channel);
    }

    /// It has not taken a message; gives when to ask it again.
    pub(crate) fn failed(&self, channel: &'static str, now: DateTime<Utc>) -> DateTime<Utc> {
        let mut failing = self.failing.lock().unwrap_or_else(PoisonError::into_inner);
        let times = failing.get(channel).map_or(0, |failing| failing.times) + 1;
        let again_at = now.plus(retry_pause(times));
        failing.insert(channel, Failing { times, again_at });
        again_at
    }

    /// Takes back what the new message says anew, so that each thing is on the screen once.
    pub(crate) fn replace_earlier(&self, tag: &str, subjects: impl Iterator<Item = Subject>) {
        if tag == TOGETHER {
            let subjects: BTreeSet<Subject> = subjects.collect();
            for subject in &subjects {
                self.take_back(&subject.to_string());
            }
            *self.together() = subjects;
        } else {
            subjects.for_each(|subject| self.leave_together(subject));
        }
    }

    /// Takes the messages about a task back, because it is done or was put off.
    pub(crate) fn withdraw(&self, task: TaskId) {
        self.take_back(&task.to_string());
        self.leave_together(Subject::Task(task));
    }

    fn leave_together(&self, subject: Subject) {
        let mut together = self.together();
        if together.remove(&subject) && together.is_empty() {
            self.take_back(TOGETHER);
        }
    }

    fn take_back(&self, tag: &str) {
        for channel in &self.all {
            channel.withdraw(tag);
        }
    }

    fn together(&self) -> MutexGuard<'_, BTreeSet<Subject>> {
        self.together.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
