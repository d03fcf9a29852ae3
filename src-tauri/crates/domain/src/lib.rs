//! Nouns and pure rules. This room knows nobody: no file, no clock, no chance, no network, no database.
//!
//! Start at [`plan`]: it turns a confirmed [`Document`] into tasks and reminders. The way of a letter through the
//! other rooms is made of the types here: [`Arrival`] → [`Reading`] → [`Findings`] → [`Document`] → [`Effect`].

#![cfg_attr(test, expect(clippy::arithmetic_side_effects, reason = "a test knows its days"))]

#[cfg(test)]
mod example;

mod by;
mod failure_code;
mod ids;
mod letters;
mod money;
mod scope;
pub mod search;
mod tasks;
mod time;

pub use by::{By, ByError};
pub use failure_code::{FailureClass, FailureCode};
pub use ids::{
    ArrivalId, ConnectionId, CorrespondentId, DocumentId, FileId, FileIdError, Ids, JobId, KeyId, PaymentId, ProblemId,
    RuleId, RunId, StepId, TagId, TaskId, ViewId,
};
pub use letters::*;
pub use money::*;
pub use scope::Scope;
pub use tasks::*;
pub use time::*;
