//! Backups: encrypted, deduplicated, incremental, in a repository by the design of restic, which restic itself can read.
//!
//! The repository lies in a folder on an external disk or in a synced folder ([`Repository`]). Who backs up names the files and
//! where they stand in the snapshot ([`SourceFile`]); this crate knows nothing of profiles. A backup counts only after every
//! file was found in it again and a sample was read back; until then its snapshot has another label.

mod error;
mod folder;
mod key;
mod repository;
mod source;
mod words;

pub use error::{BackupError, Result};
pub use key::RepositoryKey;
pub use repository::{Backup, Kept, Repository, Restored, Snapshot, SnapshotId};
pub use source::{SourceFile, Unwatched, Watcher};
pub use words::{new_words, typed_words};
