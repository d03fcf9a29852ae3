//! What can go wrong with a backup.

use std::io;
use std::path::{Path, PathBuf};

use rustic_core::{ErrorKind, RusticError};

/// Why a backup or its way back failed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder is not there: the disk is not plugged in, or it was moved.
    #[error("The backup folder {} is not there. Please plug in its disk, or choose another folder.", .0.display())]
    NotThere(PathBuf),
    /// The folder has no repository in it.
    #[error("There is no backup in the folder {}. Please choose the folder that has the file “config” in it.", .0.display())]
    NoRepository(PathBuf),
    /// The folder has something else in it.
    #[error("The folder {} is not empty. Please choose an empty one, or one that already has backups of this program.", .0.display())]
    NotEmpty(PathBuf),
    /// The password opens no key of the repository.
    #[error("These words do not open the backup. Please compare them with what you wrote down.")]
    WrongPassword,
    /// These are not the words of any repository: the number of the first one that is no word, or they do not belong together.
    #[error("{}", match .0 {
        Some(place) => format!("The {place}. word is none of the list. Please look at it again."),
        None => "These are not twelve words that belong together. Please compare them with what you wrote down.".to_owned(),
    })]
    BadWords(Option<usize>),
    /// Somebody broke it off.
    #[error("The backup was broken off.")]
    BrokenOff,
    /// A file could not be read while it was backed up.
    #[error("{} could not be read: {source}.", path.display())]
    Source {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not in the snapshot, or not as it was.
    #[error("The backup is not whole: {0} is missing in it or differs.")]
    NotWhole(String),
    /// The backup folder or the folder to restore into cannot be read or written.
    #[error("{} cannot be used: {source}.", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The snapshot is not there any more.
    #[error("This backup is not there any more.")]
    NoSnapshot,
    /// The repository is damaged, or rustic failed.
    #[error("The backup cannot be used: {0}")]
    Repository(String),
}

/// The result of whatever is done with backups.
pub type Result<T> = std::result::Result<T, BackupError>;

impl BackupError {
    pub(crate) fn io(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        let path = path.as_ref().to_path_buf();
        move |source| Self::Io { path, source }
    }

    /// The fault of the system behind it, if there is one.
    pub fn io_kind(&self) -> Option<io::ErrorKind> {
        match self {
            Self::Source { source, .. } | Self::Io { source, .. } => Some(source.kind()),
            Self::NotThere(_)
            | Self::NoRepository(_)
            | Self::NotEmpty(_)
            | Self::WrongPassword
            | Self::BadWords(_)
            | Self::BrokenOff
            | Self::NotWhole(_)
            | Self::NoSnapshot
            | Self::Repository(_) => None,
        }
    }
}

impl From<Box<RusticError>> for BackupError {
    fn from(error: Box<RusticError>) -> Self {
        if error.is_incorrect_password() {
            return Self::WrongPassword;
        }
        // Our own backend puts the fault of the system at the end of the chain.
        let mut source = std::error::Error::source(&*error);
        while let Some(cause) = source {
            if let Some(fault) = cause.downcast_ref::<crate::folder::Fault>() {
                return Self::Io {
                    path: fault.path.clone(),
                    source: io::Error::new(fault.source.kind(), fault.source.to_string()),
                };
            }
            source = cause.source();
        }
        Self::Repository(error.display_log())
    }
}

pub(crate) fn internal(message: impl std::fmt::Display) -> Box<RusticError> {
    RusticError::new(ErrorKind::Internal, message.to_string())
}
