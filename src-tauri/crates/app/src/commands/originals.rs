//! The original of a document in the programs of the desktop.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use domain::FileId;

use super::{Derived, OneDocument, privacy};
use crate::{App, Failure, filing};

/// Opens a file or a folder as a double click would.
#[cfg(target_os = "linux")]
const OPENER: &str = "xdg-open";
#[cfg(target_os = "macos")]
const OPENER: &str = "open";
#[cfg(target_os = "windows")]
const OPENER: &str = "explorer";

/// A copy under its own name: what is in the archive is named by its content, and is not to be changed by any program.
pub(super) fn export(app: &App, one: OneDocument) -> Result<Derived, Failure> {
    Ok(Derived { path: copy(app, &one)?.display().to_string() })
}

pub(super) fn open(app: &App, one: OneDocument) -> Result<(), Failure> {
    start(app, &copy(app, &one)?)
}

pub(super) fn show(app: &App, one: OneDocument) -> Result<(), Failure> {
    let path = copy(app, &one)?;
    start(app, path.parent().unwrap_or(&path))
}

/// Copies of the files that a document's pages came in, where a person has laid them anew; else of its own.
pub(super) fn as_they_came(app: &App, one: &OneDocument) -> Result<Vec<Derived>, Failure> {
    let files = app.store.read(|r| {
        let file = filing::existing(r, one.id)?.file;
        let made_of = r.made_of(&file)?;
        Ok(if made_of.is_empty() { vec![file] } else { made_of })
    })?;
    files.iter().map(|file| Ok(Derived { path: copy_of(app, file)?.display().to_string() })).collect()
}

fn copy(app: &App, one: &OneDocument) -> Result<PathBuf, Failure> {
    copy_of(app, &app.store.read(|r| filing::existing(r, one.id))?.file)
}

fn copy_of(app: &App, file: &FileId) -> Result<PathBuf, Failure> {
    let name = app.store.read(|r| r.file_name(file))?;
    // Only the last part: a name from an archive or a mail may hold a path.
    let name =
        Path::new(&name).file_name().map_or_else(|| file.to_string(), |name| name.to_string_lossy().into_owned());
    let digits: String = file.as_str().chars().take(8).collect();
    app.keep_derived(&format!("{digits} {name}"), &app.store.original(file)?)
}

/// Opens a file in its program, and notes so.
pub(super) fn start(app: &App, path: &Path) -> Result<(), Failure> {
    privacy::note_opened(app, &path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()))?;
    let failed = |error: std::io::Error| {
        Failure::new("no_opener", format!("{} could not be opened with {OPENER}: {error}.", path.display()))
    };
    let mut child = Command::new(OPENER)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    // Somebody has to take note of its end.
    std::thread::spawn(move || child.wait());
    Ok(())
}
