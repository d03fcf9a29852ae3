//! What can go wrong, in words that say to which file and what to do.

use std::io;
use std::path::{Path, PathBuf};

use domain::FileId;

use crate::{Holder, Op};

/// Why the store could not do something. [`code`](Self::code) is the stable word on which texts hang.
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
    /// The database is damaged.
    #[error("{} is damaged: {detail}. Please restore the last backup; the originals in the archive are whole.", .path.display())]
    Corrupt {
        /// The database.
        path: PathBuf,
        /// What was found.
        detail: String,
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
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// An error of SQLite on its way to [`Store`](crate::Store), which names the file before handing it out.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// A value in the database that this program does not know.
    #[error("“{value}” in column {column} of table {table} is not known. Please update Workmate or restore a backup.")]
    UnknownWord {
        /// The table.
        table: &'static str,
        /// Its column.
        column: String,
        /// What stands there.
        value: String,
    },
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
    /// An original in the archive is not what came in.
    #[error("The original {} is damaged: its content does not match its name {file}. Please restore it from a backup.", .path.display())]
    Damaged {
        /// The original.
        file: FileId,
        /// Where it is.
        path: PathBuf,
    },
    /// A write was begun inside a write.
    #[error("A write was begun inside another one: that is a mistake in the program. Nothing was changed.")]
    Nested,
}

impl StoreError {
    /// The stable word on which the interface's texts hang.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DiskFull { .. } => "disk_full",
            Self::ReadOnly { .. } => "read_only",
            Self::Io { .. } => "io",
            Self::Busy { .. } => "busy",
            Self::NewerDatabase { .. } => "newer_database",
            Self::Corrupt { .. } => "corrupt",
            Self::Migration { .. } => "migration",
            Self::Database { .. } | Self::Sqlite(_) => "database",
            Self::UnknownWord { .. } => "unknown_word",
            Self::UndoConflict { .. } => "undo_conflict",
            Self::EngineHeld(_) => "engine_held",
            Self::NotFound { .. } => "not_found",
            Self::Damaged { .. } => "damaged",
            Self::Nested => "nested_write",
        }
    }

    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::PermissionDenied if doing != "read" => Self::ReadOnly { path },
            _ => Self::Io { path, doing, source },
        }
    }

    /// Names the database in an error that comes from SQLite.
    pub(crate) fn in_database(self, path: &Path) -> Self {
        use rusqlite::ErrorCode;
        let Self::Sqlite(source) = self else { return self };
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt { path, detail: source.to_string() }
            }
            _ => Self::Database { path, source },
        }
    }

    pub(crate) fn not_found(noun: &'static str, id: impl ToString) -> Self {
        Self::NotFound { noun, id: id.to_string() }
    }
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
            assert_eq!(error.code(), code);
            assert!(error.to_string().contains("archive/ab") && error.to_string().contains("Please"), "{error}");
        }
    }
}
