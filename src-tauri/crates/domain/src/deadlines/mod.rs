//! Deadlines with their derivation. Adding a rule: one file here and one line in [`DEADLINE_RULES`].
//!
//! Engineering, not legal advice. Two days are worked out where counting is uncertain: the *safe* one (earliest
//! reasonable reading, the one reminders are counted from) and the *latest* legal one.

mod appointment;
mod debit;
mod expected_money;
mod objection;
mod payment;

use chrono::{NaiveDate, NaiveTime};

use crate::{Document, Land, TaskKind};

/// A date with its derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Id of the rule.
    pub rule: &'static str,
    /// What is to be done until then.
    pub task: TaskKind,
    /// The day to act on.
    pub safe: Option<NaiveDate>,
    /// Time of that day, for appointments.
    pub time: Option<NaiveTime>,
    /// The last legal day; none where it is not known or disputed.
    pub latest: Option<NaiveDate>,
    /// The date was proposed, not read.
    pub assumed: bool,
    /// Start, steps and result in one line.
    pub why: String,
}

/// Works out one kind of deadline.
pub trait DeadlineRule: Sync {
    /// Stable id.
    fn id(&self) -> &'static str;
    /// The day from which it holds.
    fn valid_from(&self) -> NaiveDate;
    /// Statute and section.
    fn source(&self) -> &'static str;
    /// The deadline of this document, if the rule is about it.
    fn derive(&self, document: &Document, land: Land) -> Option<Deadline>;
}

/// Every rule; for each kind of task the first one that applies counts.
pub const DEADLINE_RULES: &[&dyn DeadlineRule] = &[
    &objection::Objection,
    &debit::Debit,
    &payment::Payment,
    &expected_money::ExpectedMoney,
    &appointment::Appointment,
];

/// All deadlines of a document.
pub fn deadlines(document: &Document, land: Land) -> Vec<Deadline> {
    let mut found: Vec<Deadline> = Vec::new();
    for rule in DEADLINE_RULES {
        if let Some(deadline) = rule.derive(document, land)
            && !found.iter().any(|other| other.task == deadline.task)
        {
            found.push(deadline);
        }
    }
    found
}

/// The day on which the Civil Code came into force: for rules that have held ever since.
fn civil_code() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_have_unique_ids_and_name_their_source() {
        let mut ids: Vec<_> = DEADLINE_RULES.iter().map(|rule| rule.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), DEADLINE_RULES.len());
        assert!(DEADLINE_RULES.iter().all(|rule| !rule.source().is_empty() && rule.valid_from() < NaiveDate::MAX));
    }
}
