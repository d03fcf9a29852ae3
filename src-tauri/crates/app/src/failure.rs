//! The error type of all commands.

use std::io::ErrorKind;

use domain::FailureCode;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong, for the window, the command line and scripts. Texts of the interface hang on `code`, never on
/// `message`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// Which one.
    pub code: FailureCode,
    /// What happened, to which file or value, and what to do; English.
    pub message: String,
    /// More for a bug report.
    pub detail: Option<String>,
}

impl Failure {
    /// A failure without detail.
    pub fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), detail: None }
    }

    /// The thing that was asked for does not exist (any more).
    pub fn not_found(what: &str, id: impl std::fmt::Display) -> Self {
        Self::new(FailureCode::NotFound, format!("There is no {what} {id} any more."))
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

/// What the disk says, as a code.
fn of_disk(kind: ErrorKind) -> FailureCode {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FailureCode::DiskFull,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => FailureCode::ReadOnly,
        _ => FailureCode::Io,
    }
}

impl From<vault::VaultError> for Failure {
    fn from(error: vault::VaultError) -> Self {
        use vault::VaultError as E;
        let code = match &error {
            E::WrongSecret => FailureCode::WrongPassword,
            E::Damaged { .. } => FailureCode::KeysGone,
            E::Newer { .. } => FailureCode::NewerDatabase,
            E::System(_) => FailureCode::Internal,
            E::Io { source, .. } => of_disk(source.kind()),
        };
        Self::new(code, error.to_string())
    }
}

impl From<backup::BackupError> for Failure {
    fn from(error: backup::BackupError) -> Self {
        use backup::BackupError as E;
        let code = match &error {
            E::NotThere(_) => FailureCode::BackupAway,
            E::NoRepository(_) => FailureCode::NoBackup,
            E::NotEmpty(_) => FailureCode::FolderNotEmpty,
            E::WrongPassword => FailureCode::WrongPassword,
            E::BadWords(_) => FailureCode::BadWords,
            E::BrokenOff => FailureCode::Cancelled,
            E::Source { .. } => FailureCode::FileUnreadable,
            E::Io { source, .. } => of_disk(source.kind()),
            E::NoSnapshot => FailureCode::NotFound,
            E::NotWhole(_) | E::Repository(_) => FailureCode::BackupDamaged,
        };
        Self::new(code, error.to_string())
    }
}
