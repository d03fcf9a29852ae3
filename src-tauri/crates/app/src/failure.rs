//! The one error at the edge of the program.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong, for the window, the command line and scripts. Texts of the interface hang on `code`, never on
/// `message`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// Short stable word.
    pub code: String,
    /// What happened, to which file or value, and what to do; English.
    pub message: String,
    /// More for a bug report.
    pub detail: Option<String>,
}

impl Failure {
    /// A failure without detail.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), detail: None }
    }

    /// The thing that was asked for does not exist (any more).
    pub fn not_found(what: &str, id: impl std::fmt::Display) -> Self {
        Self::new("not_found", format!("There is no {what} {id} any more."))
    }
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<read::ReadError> for Failure {
    fn from(error: read::ReadError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}
