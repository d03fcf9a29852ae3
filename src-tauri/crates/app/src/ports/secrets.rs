//! Secrets are kept in the secret store of the system, never in a file of our own.

/// Keeps secrets by name.
pub trait Secrets: Send + Sync {
    /// The secret of this name, if there is one. May ask the person to unlock the store.
    ///
    /// # Errors
    /// If the secret store is missing, locked, or refuses.
    fn get(&self, name: &str) -> Result<Option<String>, SecretsError>;
    /// Keeps a secret in place of an earlier one of this name.
    ///
    /// # Errors
    /// If the secret store is missing, locked, or refuses.
    fn set(&self, name: &str, secret: &str) -> Result<(), SecretsError>;
    /// Forgets the secret of this name, if there is one.
    ///
    /// # Errors
    /// If the secret store is missing, locked, or refuses.
    fn remove(&self, name: &str) -> Result<(), SecretsError>;
}

/// Why a secret could not be kept or found.
#[derive(Debug, thiserror::Error)]
#[error("the system's secret store cannot be used ({0}). Start or unlock it, such as GNOME Keyring or KWallet.")]
pub struct SecretsError(pub String);

/// The secret store of the desktop: the Secret Service on Linux, Keychain and Credential Manager elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct SystemSecrets;

/// The name under which our secrets are listed in the secret store.
const SERVICE: &str = "Workmate Private";

impl Secrets for SystemSecrets {
    fn get(&self, name: &str) -> Result<Option<String>, SecretsError> {
        match entry(name)?.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(keyring::v1::Error::NoEntry) => Ok(None),
            Err(error) => Err(unusable(&error)),
        }
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), SecretsError> {
        entry(name)?.set_password(secret).map_err(|error| unusable(&error))
    }

    fn remove(&self, name: &str) -> Result<(), SecretsError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::v1::Error::NoEntry) => Ok(()),
            Err(error) => Err(unusable(&error)),
        }
    }
}

fn unusable(error: &keyring::v1::Error) -> SecretsError {
    match (error, keyring::v1::Entry::store_status()) {
        // This error only follows from the real one.
        (keyring::v1::Error::NoDefaultStore, Err(reason)) => SecretsError(reason.to_string()),
        _ => SecretsError(error.to_string()),
    }
}

fn entry(name: &str) -> Result<keyring::v1::Entry, SecretsError> {
    keyring::v1::Entry::new(SERVICE, name).map_err(|error| unusable(&error))
}
