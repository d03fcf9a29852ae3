//! What opens a repository: the words on paper, or the key in the secret store of the system.

use std::fmt;

use rustic_core::Credentials;
use rustic_core::repofile::MasterKey;

use crate::{BackupError, Result};

/// The key of a repository. It opens it at once, without the second that a password takes (scrypt).
#[derive(Clone)]
pub struct RepositoryKey(MasterKey);

/// The key is never printed.
impl fmt::Debug for RepositoryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RepositoryKey(…)")
    }
}

impl RepositoryKey {
    pub(crate) fn new(key: MasterKey) -> Self {
        Self(key)
    }

    pub(crate) fn credentials(&self) -> Credentials {
        Credentials::Masterkey(self.0.clone())
    }

    /// As a text for the secret store of the system: JSON in the form of restic's key files.
    ///
    /// # Errors
    /// [`BackupError::Repository`] if it cannot be written as JSON.
    pub fn to_secret(&self) -> Result<String> {
        serde_json::to_string(&self.0)
            .map_err(|_| BackupError::Repository("its key cannot be written down.".to_owned()))
    }

    /// The key from such a text.
    ///
    /// # Errors
    /// [`BackupError::Repository`] if the text is no key.
    pub fn from_secret(secret: &str) -> Result<Self> {
        // What was read is not repeated in the message.
        serde_json::from_str(secret)
            .map(Self)
            .map_err(|_| BackupError::Repository("the key in the system's secret store is none.".to_owned()))
    }
}
