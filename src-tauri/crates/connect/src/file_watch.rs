//! Watches small files and calls back when they change: this is how processes of one profile wake each other.

use std::path::{Path, PathBuf};

use notify::{RecursiveMode, Watcher as _};

/// Watches until it is dropped.
#[derive(Debug)]
pub struct FileWatch {
    _watcher: notify::RecommendedWatcher,
}

/// Why a file cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum FileWatchError {
    /// The path has no folder or no name.
    #[error("{0} is not a path of a file in a folder")]
    NotAFile(std::path::PathBuf),
    /// The system refused, for instance because the folder is missing or its limit of watches is used up.
    #[error("the folder of {path} cannot be watched: {source}; changes by other programs show after a restart")]
    Refused {
        /// The file.
        path: std::path::PathBuf,
        /// The system's words.
        source: notify::Error,
    },
}

/// Calls `callback` with a path of `files` when it is created, written, touched, replaced or removed by any process, from
/// a thread of the library; one change can call several times. The files need not exist yet, their folder must; it is the
/// folder of the first one for all.
///
/// # Errors
/// [`FileWatchError`], if the system watches nothing there.
pub fn watch_files(files: &[PathBuf], callback: impl Fn(&Path) + Send + 'static) -> Result<FileWatch, FileWatchError> {
    let first = files.first().cloned().unwrap_or_default();
    // The folder is watched, because a watch on the file itself ends when the file is replaced.
    let folder = first.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.ok_or_else(|| FileWatchError::NotAFile(first.clone()))?;
    let refused = |source| FileWatchError::Refused { path: first.clone(), source };
    let files = files.to_vec();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| match event {
        Ok(event) => {
            let names = |file: &&PathBuf| event.paths.iter().any(|path| path.file_name() == file.file_name());
            let told = |file: &&PathBuf| event.need_rescan() || (!event.kind.is_access() && names(file));
            files.iter().filter(told).for_each(|file| callback(file));
        }
        Err(error) => tracing::warn!(%error, "watching a file"),
    })
    .map_err(refused)?;
    watcher.watch(folder, RecursiveMode::NonRecursive).map_err(refused)?;
    Ok(FileWatch { _watcher: watcher })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn calls_back_on_creating_touching_and_replacing_but_not_for_neighbours() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("changed");
        let (called, calls) = mpsc::channel();
        let other = folder.path().join("other");
        let _watch =
            watch_files(&[path.clone(), other.clone()], move |file| called.send(file.to_owned()).unwrap()).unwrap();
        let assert_called = |why: &str| {
            assert_eq!(calls.recv_timeout(Duration::from_secs(10)).expect(why), path);
            while calls.recv_timeout(Duration::from_millis(50)).is_ok() {}
        };

        std::fs::write(folder.path().join("neighbour"), b"x").unwrap();
        assert!(calls.recv_timeout(Duration::from_millis(100)).is_err());
        std::fs::write(&path, b"").unwrap();
        assert_called("created");
        std::fs::File::open(&path).unwrap().set_modified(std::time::UNIX_EPOCH).unwrap();
        assert_called("touched");
        std::fs::write(folder.path().join("new"), b"1").unwrap();
        std::fs::rename(folder.path().join("new"), &path).unwrap();
        assert_called("replaced");
        std::fs::write(&other, b"").unwrap();
        assert_eq!(calls.recv_timeout(Duration::from_secs(10)).unwrap(), other);
    }

    #[test]
    fn a_missing_folder_is_an_error_that_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = watch_files(&[folder.path().join("no/changed")], |_| {}).unwrap_err();
        assert!(error.to_string().contains("no/changed"), "{error}");
    }
}
