//! Being called when one small file changes: how another process of the same profile wakes this one.

use std::ffi::OsStr;
use std::path::Path;

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

/// Calls `callback` when `path` is created, written, touched, replaced or removed by any process, from a thread of its
/// own; one change can call several times. The file need not exist yet, its folder must.
pub fn watch_file(path: &Path, callback: impl Fn() + Send + 'static) -> Result<FileWatch, FileWatchError> {
    let not_a_file = || FileWatchError::NotAFile(path.to_owned());
    // The folder is watched, because a watch on the file itself ends when the file is replaced.
    let folder = path.parent().filter(|folder| *folder != Path::new("")).ok_or_else(not_a_file)?;
    let name = path.file_name().ok_or_else(not_a_file)?.to_owned();
    let refused = |source| FileWatchError::Refused { path: path.to_owned(), source };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| match event {
        Ok(event) if event.need_rescan() || (!event.kind.is_access() && names(&event, &name)) => callback(),
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "watching a file"),
    })
    .map_err(refused)?;
    watcher.watch(folder, RecursiveMode::NonRecursive).map_err(refused)?;
    Ok(FileWatch { _watcher: watcher })
}

fn names(event: &notify::Event, name: &OsStr) -> bool {
    event.paths.iter().any(|path| path.file_name() == Some(name))
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
        let _watch = watch_file(&path, move || called.send(()).unwrap()).unwrap();
        let assert_called = |why: &str| {
            calls.recv_timeout(Duration::from_secs(10)).expect(why);
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
    }

    #[test]
    fn a_missing_folder_is_an_error_that_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = watch_file(&folder.path().join("no/changed"), || {}).unwrap_err();
        assert!(error.to_string().contains("no/changed"), "{error}");
    }
}
