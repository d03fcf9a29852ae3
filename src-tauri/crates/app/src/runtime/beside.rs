//! Removing and renaming folders beside the profile, durably.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use backup::BackupError;
use disk::{Disk as _, RealDisk};

use crate::Failure;

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(io(folder)(error)),
        _ => Ok(()),
    }
}

/// Renames durably.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), Failure> {
    RealDisk.rename(from, to).map_err(io(to))?;
    let parent = to.parent().unwrap_or(to);
    // Without it, a power cut could bring the old name back.
    RealDisk.sync_folder(parent).map_err(io(parent))
}

pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let path = path.to_path_buf();
    move |source| BackupError::Io { path, source }.into()
}
