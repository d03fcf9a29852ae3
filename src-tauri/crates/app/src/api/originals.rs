//! Opens the original of a document in another program of the desktop.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use domain::{FailureCode, FileId};
use serde::Serialize;
use ts_rs::TS;

use super::privacy;
use crate::actions::existing;
use crate::api::documents::OneDocument;
use crate::{App, Failure, OWN_VARIABLES};

/// A file that was derived from a document.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Derived {
    /// Where it is.
    pub path: String,
}

/// Opens a file or a folder as a double click would.
#[cfg(target_os = "linux")]
const OPENER: &str = "xdg-open";
#[cfg(target_os = "macos")]
const OPENER: &str = "open";
#[cfg(target_os = "windows")]
const OPENER: &str = "explorer";

/// A copy under its own name: what is in the archive is named by its content, and is not to be changed by any program.
pub fn export(app: &App, one: OneDocument) -> Result<Derived, Failure> {
    Ok(Derived { path: copy(app, &one)?.display().to_string() })
}

/// Open a copy of the original in its program.
pub fn open(app: &App, one: OneDocument) -> Result<(), Failure> {
    start(app, &copy(app, &one)?)
}

/// Show a copy of the original in its folder.
pub fn show(app: &App, one: OneDocument) -> Result<(), Failure> {
    let path = copy(app, &one)?;
    start(app, path.parent().unwrap_or(&path))
}

/// Copies of the files that a document's pages came in, where a person has laid them anew; else of its own.
pub(super) fn as_they_came(app: &App, one: &OneDocument) -> Result<Vec<Derived>, Failure> {
    let files = app.store.read(|r| {
        let file = existing::document(r, one.id)?.file;
        let made_of = r.made_of(&file)?;
        Ok(if made_of.is_empty() { vec![file] } else { made_of })
    })?;
    files.iter().map(|file| Ok(Derived { path: copy_of(app, file)?.display().to_string() })).collect()
}

fn copy(app: &App, one: &OneDocument) -> Result<PathBuf, Failure> {
    copy_of(app, &app.store.read(|r| existing::document(r, one.id))?.file)
}

fn copy_of(app: &App, file: &FileId) -> Result<PathBuf, Failure> {
    let name = app.store.read(|r| r.file_name(file))?;
    app.keep_derived(Some(file), &name, &app.store.original(file)?)
}

/// Opens a file in its program, and notes so.
pub(super) fn start(app: &App, path: &Path) -> Result<(), Failure> {
    privacy::note_opened(app, &path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()))?;
    let failed = |error: std::io::Error| {
        Failure::new(FailureCode::NoOpener, format!("{} could not be opened with {OPENER}: {error}.", path.display()))
    };
    let set = std::env::var(OWN_VARIABLES).unwrap_or_default();
    let mut child = opener(path, &set).spawn().map_err(failed)?;
    // Somebody has to take note of its end.
    app.in_background("opened file", move || drop(child.wait()))
}

/// The call of the opener, without the variables that this program has `set` (names with commas between them) for its
/// own libraries: they would slow others down, or change how they look.
fn opener(path: &Path, set: &str) -> Command {
    let mut opener = Command::new(OPENER);
    for name in set.split(',').filter(|name| !name.is_empty()).chain([OWN_VARIABLES]) {
        opener.env_remove(name);
    }
    opener.arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    opener
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn an_opened_program_does_not_inherit_what_this_one_has_set_for_its_own_libraries() {
        let opener = opener(Path::new("letter.pdf"), "OMP_THREAD_LIMIT,MALLOC_ARENA_MAX");
        let removed: Vec<&OsStr> =
            opener.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        assert_eq!(removed, ["MALLOC_ARENA_MAX", "OMP_THREAD_LIMIT", OWN_VARIABLES]);
    }
}
