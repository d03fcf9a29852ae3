//! A secret store in memory, which can be missing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use app::{Secrets, SecretsError};

/// Keeps secrets as long as the test runs.
#[derive(Default)]
pub struct TestSecrets {
    kept: Mutex<BTreeMap<String, String>>,
    closed: AtomicBool,
}

impl TestSecrets {
    /// From now on it is as if there were none.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Loses all of them, as on a new computer.
    pub fn forget(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// All that are kept.
    pub fn all(&self) -> Vec<String> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    fn open(&self) -> Result<std::sync::MutexGuard<'_, BTreeMap<String, String>>, SecretsError> {
        if self.closed.load(Ordering::Relaxed) {
            return Err(SecretsError("no secret store".to_owned()));
        }
        Ok(self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Secrets for TestSecrets {
    fn get(&self, name: &str) -> Result<Option<String>, SecretsError> {
        Ok(self.open()?.get(name).cloned())
    }

    fn remove(&self, name: &str) -> Result<(), SecretsError> {
        self.open()?.remove(name);
        Ok(())
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), SecretsError> {
        self.open()?.insert(name.to_owned(), secret.to_owned());
        Ok(())
    }
}
