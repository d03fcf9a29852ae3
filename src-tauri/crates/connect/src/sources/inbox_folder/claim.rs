//! Taking a file out of everybody's reach while it is taken in: it gets a private name in its folder.
//!
//! A scanner may write its next letter under the same name at any moment. Whatever is removed in the end is the file
//! that was read, under a name that only this program uses.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use disk::{Disk as _, RealDisk, Stamp, crash_point};

use super::file_state::FileState;

/// How a private name begins; a number and the name of the file follow. It is hidden, and ignored like all hidden ones.
const PRIVATE: &str = ".workmate-takes-";
/// So many bytes of a name fit behind that.
const LONGEST: usize = 200;

/// A file under its private name, open for reading.
#[derive(Debug)]
pub(super) struct Claim {
    private: PathBuf,
    /// Its own name.
    path: PathBuf,
    pub(super) file: Arc<File>,
    stamp: Stamp,
}

impl Claim {
    /// Gives the file at `path` a private name; `None` if it is not in this state any more.
    pub(super) fn of(path: &Path, state: FileState) -> io::Result<Option<Self>> {
        let private = private_name(path);
        RealDisk.rename(path, &private)?;
        crash_point!("inbox.claimed");
        let opened = RealDisk.open(&private).and_then(|file| {
            let metadata = file.metadata()?;
            Ok((file, Stamp::of(&metadata)?, metadata.is_file() && FileState::of(&metadata)? == state))
        });
        let (file, stamp, is_it) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                give_back(&private, path)?;
                return Err(error);
            }
        };
        let claim = Self { private, path: path.to_owned(), file: Arc::new(file), stamp };
        if !is_it {
            claim.give_back()?;
            return Ok(None);
        }
        crash_point!("inbox.opened");
        Ok(Some(claim))
    }

    /// Where it lies.
    pub(super) fn place(&self) -> &Path {
        &self.private
    }

    /// Whether nobody has changed anything about the file since it was claimed, and it is still the one with the private
    /// name.
    pub(super) fn is_unchanged(&self) -> io::Result<bool> {
        let named = fs::symlink_metadata(&self.private)?;
        Ok(Stamp::of(&self.file.metadata()?)? == self.stamp && Stamp::of(&named)? == self.stamp)
    }

    /// Gives it its own name again, or a similar one if that is taken. Returns where it is then.
    pub(super) fn give_back(&self) -> io::Result<PathBuf> {
        let at = give_back(&self.private, &self.path)?;
        crash_point!("inbox.given_back");
        Ok(at)
    }

    /// Removes it.
    pub(super) fn remove(&self) -> io::Result<()> {
        RealDisk.unlink(&self.private)
    }
}

/// A private name in the same folder that nobody has.
fn private_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // The end of a name says what it is.
    let mut from = name.len().saturating_sub(LONGEST);
    while !name.is_char_boundary(from) {
        from += 1;
    }
    let named = |number: u32| path.with_file_name(format!("{PRIVATE}{number}-{}", &name[from..]));
    (1_u32..).map(named).find(|private| fs::symlink_metadata(private).is_err()).unwrap_or_else(|| named(0))
}

/// The own path of a file with a private name, which an interruption has left.
pub(super) fn own_path(private: &Path) -> Option<PathBuf> {
    let name = private.file_name()?.to_str()?.strip_prefix(PRIVATE)?;
    let (number, name) = name.split_once('-')?;
    (number.parse::<u32>().is_ok() && !name.is_empty()).then(|| private.with_file_name(name))
}

/// Gives a file its own name back, or a similar one. No other file is ever replaced.
pub(super) fn give_back(private: &Path, path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name.as_ref(), String::new()),
    };
    for number in 1_u32.. {
        let at = match number {
            1 => path.to_owned(),
            number => path.with_file_name(format!("{stem} ({number}){extension}")),
        };
        match RealDisk.rename_to_free(private, &at) {
            Ok(()) => return Ok(at),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}
