//! Where a profile lies, and what opens it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use vault::{KeyFile, Keys};

use crate::{Result, StoreError, connection};

/// What a database that is not encrypted begins with (SQLite's file format, 1.3.1).
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// The folder of a profile, and its keys if it is encrypted.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// What opens it.
    pub keys: Option<Arc<Keys>>,
}

impl<P: AsRef<Path>> From<P> for Place {
    /// One that is not encrypted.
    fn from(folder: P) -> Self {
        Self { folder: folder.as_ref().to_owned(), keys: None }
    }
}

impl Place {
    pub(crate) fn keys(&self) -> Option<&Keys> {
        self.keys.as_deref()
    }

    /// Refuses an encrypted profile without keys, whatever lies in the place of its database.
    pub(crate) fn must_open(&self) -> Result<()> {
        match self.keys.is_none() && KeyFile::is_in(&self.folder) {
            true => Err(StoreError::Locked { folder: self.folder.clone() }),
            false => Ok(()),
        }
    }

    /// Refuses an encrypted profile without keys, and keys for a profile that is not. SQLite itself would call both damaged.
    pub(crate) fn check(&self) -> Result<()> {
        let path = connection::database_path(&self.folder);
        let is_plain = is_plain(&path).map_err(|e| StoreError::io("read", &path, e))?;
        match (&self.keys, is_plain, KeyFile::is_in(&self.folder)) {
            (None, Some(true) | None, false) | (Some(_), Some(false) | None, _) => Ok(()),
            (None, Some(false) | None, true) => Err(StoreError::Locked { folder: self.folder.clone() }),
            // A key file beside a database that needs none, or the other way round: they do not belong together.
            (None, Some(true), true) | (Some(_), Some(true), _) => Err(StoreError::ForeignDatabase { path }),
            // Encrypted, or destroyed: the originals tell. SQLite says what is wrong with a destroyed one.
            (None, Some(false), false) if has_sealed(&self.folder) => Err(StoreError::KeysGone { path }),
            (None, Some(false), false) => Ok(()),
        }
    }
}

/// Is the first original sealed? What cannot be read is not.
fn has_sealed(profile: &Path) -> bool {
    let folders = fs::read_dir(profile.join("archive")).into_iter().flatten().flatten();
    let mut originals = folders.filter_map(|folder| fs::read_dir(folder.path()).ok()).flatten().flatten();
    let mut begin = [0; vault::SEALED.len()];
    let first = originals.next().and_then(|original| File::open(original.path()).ok());
    first.is_some_and(|mut file| file.read_exact(&mut begin).is_ok() && begin == *vault::SEALED)
}

/// Is the database readable without a key? None where there is none, or an empty one.
fn is_plain(path: &Path) -> io::Result<Option<bool>> {
    let mut begin = [0; PLAIN.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    match read {
        Ok(()) => Ok(Some(begin == *PLAIN)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof) => Ok(None),
        Err(error) => Err(error),
    }
}
