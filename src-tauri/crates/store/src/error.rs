//! The errors of the store. Each message names the file and says what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::{Holder, Op, Unreadable};
use domain::FailureCode;

/// Why the store could not do something. [`code`](Self::code) is the stable word on which texts hang.
///
/// # Database errors
/// Every call that reaches the database can fail with [`Busy`](Self::Busy), [`DiskFull`](Self::DiskFull),
/// [`ReadOnly`](Self::ReadOnly) or [`Corrupt`](Self::Corrupt), with [`Outdated`](Self::Outdated) if a newer program has
/// changed the tables, and with [`Database`](Self::Database) for all else that SQLite refuses, such as a reference to a
/// row that does not exist. Within the closures of [`Store::read`](crate::Store::read) and
/// [`Store::write`](crate::Store::write) these are still [`Sqlite`](Self::Sqlite): the store names the file when it returns
/// them. A list is no error when one of its rows cannot be read: the row is left out, and a problem names it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room left.
    #[error("There is no room left on the disk that holds {}. Please make room and try again.", .path.display())]
    DiskFull {
        /// What could not be written.
        path: PathBuf,
    },
    /// Not allowed to write.
    #[error("{} cannot be written. Please check the rights of the folder, or choose another profile.", .path.display())]
    ReadOnly {
        /// What could not be written.
        path: PathBuf,
    },
    /// Any other error of the file system.
    #[error("{} could not be {doing}: {source}. Please check the disk and the rights of the folder.", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// "read", "written" …
        doing: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// Another process is writing for too long.
    #[error("{} is in use by another program. Please try again in a moment.", .path.display())]
    Busy {
        /// The database.
        path: PathBuf,
    },
    /// Made by a newer version of the program.
    #[error(
        "{} was made by a newer version of Workmate (version {found} of the tables, this program knows {known}). \
         Please update Workmate; nothing was changed.",
        .path.display()
    )]
    NewerDatabase {
        /// The database.
        path: PathBuf,
        /// Version of its tables.
        found: i32,
        /// Newest version known here.
        known: i32,
    },
    /// The tables need a migration, but a process of an older program has them open.
    #[error(
        "An older Workmate is still running on {}. Please close it (also in the tray, and `workmate-cli watch`), then start \
         again; nothing was changed.",
        .profile.display()
    )]
    OlderStillRuns {
        /// The profile.
        profile: PathBuf,
    },
    /// A newer program has brought the tables up to date while this one was running.
    #[error("Workmate was updated while it was running. Please close it and start it again; nothing is lost.")]
    Outdated {
        /// Version of the tables now.
        found: i32,
        /// Version that this program works with.
        known: i32,
    },
    /// The database is damaged.
    #[error("{} is damaged: {detail}. Please restore the last backup; the originals lie apart from it in the folder “archive”.", .path.display())]
    Corrupt {
        /// The database.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// The database is missing or empty, and the archive beside it is not: whatever a person said about the letters would
    /// be forgotten without a word.
    #[error(
        "{} is missing or empty, but letters lie in the archive beside it. Nothing was changed. Please put the database back (copies of it are in the folder “backups”), or run `workmate-cli adopt`: it makes a new one and takes in every original again.",
        .path.display()
    )]
    DatabaseGone {
        /// Where the database should be.
        path: PathBuf,
    },
    /// The database is that of another profile.
    #[error(
        "{} does not belong to this profile. Nothing was changed. Please put the right one back (copies of the database are in the folder “backups”), or run `workmate-cli adopt`: it sets this one aside, makes a new database and takes in every original again.",
        .path.display()
    )]
    ForeignDatabase {
        /// The database, or its log.
        path: PathBuf,
    },
    /// The profile is encrypted, and nobody has given its key.
    #[error("The data in {} is locked. Please open it with the password.", .folder.display())]
    Locked {
        /// The profile.
        folder: PathBuf,
    },
    /// The database is encrypted, and the file with the wrapped key is gone.
    #[error(
        "{} is encrypted, but the file “keys.json” beside it is gone, and its copy, too. Nothing was changed. Please bring one of them back from a backup: without it nobody can open the data.",
        .path.display()
    )]
    KeysGone {
        /// The database.
        path: PathBuf,
    },
    /// There is nothing to adopt.
    #[error("{} is there, whole, and belongs to this profile: there is nothing to adopt. Nothing was changed.", .path.display())]
    NotNeeded {
        /// The database.
        path: PathBuf,
    },
    /// The tables could not be brought up to date.
    #[error("{} could not be brought up to date: {source}. A copy from before is in the folder “backups”.", .path.display())]
    Migration {
        /// The database.
        path: PathBuf,
        /// What the migration says.
        source: Box<refinery::Error>,
    },
    /// Any other error of the database.
    #[error("{} gave an error: {source}. Please start Workmate again.", .path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// [Database errors](crate::StoreError#database-errors).
        source: rusqlite::Error,
    },
    /// An error of SQLite on its way to [`Store`](crate::Store), which names the file before handing it out.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// A value in the database that this program does not know.
    #[error(
        "“{}” cannot be shown: “{}” in column {} of table {} is not known. Please update Workmate or restore a backup.",
        .0.name, .0.value, .0.column, .0.table
    )]
    UnknownWord(Box<Unreadable>),
    /// A step cannot be taken back, because something newer builds on it. Nothing was changed.
    #[error("“{op}” cannot be undone: {standing}. Please change it by hand instead; nothing was changed.", op = .op.as_str())]
    UndoConflict {
        /// The step.
        op: Op,
        /// What stands in the way.
        standing: String,
    },
    /// Another process runs the engine of this profile.
    #[error(
        "This profile is already in use by process {} ({}), since {}. Please close it first.",
        .0.pid, .0.kind, .0.since.format("%Y-%m-%d %H:%M UTC")
    )]
    EngineHeld(Holder),
    /// No such thing.
    #[error("There is no {noun} {id}. It may have been undone; please load the list again.")]
    NotFound {
        /// The noun.
        noun: &'static str,
        /// Its id.
        id: String,
    },
    /// A job is no longer the worker's: its lease ran out, or it was called off. What the worker did is taken back.
    #[error("The work on “{name}” was given to somebody else, or called off.")]
    LeaseLost {
        /// What the work was on.
        name: String,
    },
    /// An original in the archive is not what came in, or not there any more.
    #[error("The original {} cannot be used: {reason}. Please restore it from a backup.", .path.display())]
    Damaged {
        /// Where it is, or should be.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A person called it off.
    #[error("It was called off. Nothing was changed.")]
    Cancelled,
    /// A write was begun inside a write.
    #[error("A write was begun inside another one: that is a mistake in the program. Nothing was changed.")]
    Nested,
}

impl StoreError {
    /// The stable word on which the interface's texts hang.
    pub fn code(&self) -> FailureCode {
        match self {
            Self::DiskFull { .. } => FailureCode::DiskFull,
            Self::ReadOnly { .. } => FailureCode::ReadOnly,
            Self::Io { .. } => FailureCode::Io,
            Self::Busy { .. } => FailureCode::Busy,
            Self::NewerDatabase { .. } => FailureCode::NewerDatabase,
            Self::OlderStillRuns { .. } => FailureCode::OlderStillRuns,
            Self::Outdated { .. } => FailureCode::Outdated,
            Self::Corrupt { .. } => FailureCode::Corrupt,
            Self::DatabaseGone { .. } => FailureCode::DatabaseGone,
            Self::ForeignDatabase { .. } => FailureCode::ForeignDatabase,
            Self::Locked { .. } => FailureCode::Locked,
            Self::KeysGone { .. } => FailureCode::KeysGone,
            Self::NotNeeded { .. } => FailureCode::BadInput,
            Self::Migration { .. } => FailureCode::Migration,
            Self::Database { .. } | Self::Sqlite(_) => FailureCode::Database,
            Self::UnknownWord(_) => FailureCode::UnknownWord,
            Self::UndoConflict { .. } => FailureCode::UndoConflict,
            Self::EngineHeld(_) => FailureCode::EngineHeld,
            Self::NotFound { .. } => FailureCode::NotFound,
            Self::LeaseLost { .. } => FailureCode::LeaseLost,
            Self::Damaged { .. } => FailureCode::OriginalDamaged,
            Self::Cancelled => FailureCode::Cancelled,
            Self::Nested => FailureCode::NestedWrite,
        }
    }

    /// What the file system says of a file or folder that could not be “read”, “written” …
    pub fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::PermissionDenied if doing != "read" => Self::ReadOnly { path },
            _ => Self::Io { path, doing, source },
        }
    }

    /// An original could not be read. Where that is no matter of rights and not the disk itself, only a backup helps.
    pub(crate) fn original(path: PathBuf, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::PermissionDenied || is_of_the_disk(&source) {
            return Self::Io { path, doing: "read", source };
        }
        Self::Damaged { path, reason: source.to_string() }
    }

    /// The tables could not be brought up to date; where the reason is the disk, that is what is said.
    pub(crate) fn migration(path: &Path, source: refinery::Error) -> Self {
        let mut cause: Option<&dyn std::error::Error> = Some(&source);
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref::<rusqlite::Error>()
                && let Some(known) = Self::of_the_disk(error, path)
            {
                return known;
            }
            cause = error.source();
        }
        Self::Migration { path: path.to_owned(), source: Box::new(source) }
    }

    /// What SQLite says about the disk and the file, not about what was asked of it.
    fn of_the_disk(error: &rusqlite::Error, path: &Path) -> Option<Self> {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        match error.sqlite_error_code()? {
            ErrorCode::DiskFull => Some(Self::DiskFull { path }),
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Some(Self::ReadOnly { path }),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Some(Self::Busy { path }),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                Some(Self::Corrupt { path, detail: error.to_string() })
            }
            ErrorCode::SystemIoFailure => {
                Some(Self::Io { path, doing: "read or written", source: io::Error::other(error.to_string()) })
            }
            ErrorCode::CannotOpen => {
                Some(Self::Io { path, doing: "opened", source: io::Error::other(error.to_string()) })
            }
            _ => None,
        }
    }

    /// Names the database in an error that comes from SQLite.
    pub(crate) fn in_database(self, path: &Path) -> Self {
        let Self::Sqlite(source) = self else { return self };
        Self::of_the_disk(&source, path).unwrap_or_else(|| Self::Database { path: path.to_owned(), source })
    }

    pub(crate) fn not_found(noun: &'static str, id: impl ToString) -> Self {
        Self::NotFound { noun, id: id.to_string() }
    }
}

/// Is it the device or the system that failed, and not the file? `EIO`, `ENXIO`, `ENOMEM`, `ENODEV`, `ENFILE`, `EMFILE`, and
/// of network drives `ETIMEDOUT` and `ESTALE` (errno(3), Linux).
fn is_of_the_disk(error: &io::Error) -> bool {
    cfg!(unix) && matches!(error.raw_os_error(), Some(5 | 6 | 12 | 19 | 23 | 24 | 110 | 116))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_locked_folder_are_told_apart_and_name_the_file() {
        let path = Path::new("archive/ab");
        for (kind, code) in [
            (io::ErrorKind::StorageFull, "disk_full"),
            (io::ErrorKind::ReadOnlyFilesystem, "read_only"),
            (io::ErrorKind::PermissionDenied, "read_only"),
            (io::ErrorKind::NotADirectory, "io"),
        ] {
            let error = StoreError::io("written", path, kind.into());
            assert_eq!(error.code().as_str(), code);
            assert!(error.to_string().contains("archive/ab") && error.to_string().contains("Please"), "{error}");
        }
    }
}
