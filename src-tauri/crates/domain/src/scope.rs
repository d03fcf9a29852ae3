//! What a key may be used for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a key may be used for; each scope holds the ones before it. The words stay in the database for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// To look at what is in the profile.
    Read,
    /// To change what is in the profile, in ways that can be undone.
    Write,
    /// To do what reaches beyond documents and tasks: files and programs of this computer, settings, backups, keys.
    Admin,
}

impl Scope {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }
}
