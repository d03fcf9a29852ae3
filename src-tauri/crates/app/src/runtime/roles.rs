//! Which process has which role of a profile: the engine, the reminders.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Failure;

/// Who has a role in a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum RunBy {
    /// This process.
    Here,
    /// Another one.
    Elsewhere {
        /// Process id.
        pid: u32,
        /// `app`, `watch`, `serve` or `import`.
        kind: String,
    },
    /// Nobody.
    Nobody,
}

/// Who has which role in the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Roles {
    /// Who runs the engine: inbox folder and jobs.
    pub engine: RunBy,
    /// Who sends reminders.
    pub reminders: RunBy,
    /// This process waits, and takes over what another one runs as soon as that ends.
    pub takes_over: bool,
}

/// The state of a role in this process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Share {
    /// This process does not run the role.
    #[default]
    None,
    /// It is about to take the role.
    Begins,
    /// Another process has the role; this one waits.
    Waits,
    /// It has the role.
    Runs,
    /// It could not start the role, and tries again.
    Failed(Failure),
}
