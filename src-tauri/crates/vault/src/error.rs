//! What can go wrong with keys.

use std::io;
use std::path::PathBuf;

/// Why a profile stays closed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The password, the words or the key of the secret store open no slot.
    #[error("This does not open the data. Please type it again; capital letters matter in a password.")]
    WrongSecret,
    /// The key file is there, and its copy, too, but neither can be read.
    #[error(
        "The file {path} with the wrapped key is damaged, and so is its copy. Please bring it back from a backup: without it nobody can open the data."
    )]
    Damaged {
        /// The key file.
        path: PathBuf,
    },
    /// A newer program has written it.
    #[error("The file {path} was written by a newer version. Please update the program; nothing was changed.")]
    Newer {
        /// The key file.
        path: PathBuf,
    },
    /// The system gives no random numbers, or no memory for a password.
    #[error("The system gives {0}.")]
    System(&'static str),
    /// The disk.
    #[error("{path} cannot be {doing}: {source}.")]
    Io {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        doing: &'static str,
        /// What the system says.
        source: io::Error,
    },
}
