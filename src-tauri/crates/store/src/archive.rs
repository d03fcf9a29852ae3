//! The originals: each once, read-only, under its SHA-256.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use domain::{ArrivalId, FileId};
use sha2::{Digest as _, Sha256};

use crate::{Result, StoreError};

const TEMPORARY: &str = ".part";
/// Bytes of an original in memory while its hash is computed.
const AT_A_TIME: usize = 256 * 1024;

/// The folder `archive/` of a profile.
pub(crate) struct Archive {
    root: PathBuf,
    /// Originals that were found to be what came in, as they were then.
    whole: Mutex<HashMap<FileId, State>>,
}

/// Size and time of change: while they stay, nobody has written to a file.
type State = (u64, SystemTime);

/// What lies in the archive.
#[derive(Default)]
pub(crate) struct Listing {
    /// Originals, by the hash that is their name.
    pub(crate) originals: Vec<FileId>,
    /// What an interrupted take-in left.
    pub(crate) temporary: Vec<PathBuf>,
}

/// The id of these bytes.
pub(crate) fn file_id(bytes: &[u8]) -> FileId {
    FileId::from_digest(&Sha256::digest(bytes).into())
}

/// The id of the bytes of a file, which then stands at its beginning.
fn file_id_of(mut file: &File) -> io::Result<FileId> {
    let (mut reader, mut hash) = (BufReader::with_capacity(AT_A_TIME, file), Sha256::new());
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            file.rewind()?;
            return Ok(FileId::from_digest(&hash.finalize().into()));
        }
        hash.update(bytes);
        let read = bytes.len();
        reader.consume(read);
    }
}

impl Archive {
    /// Makes the folder if need be.
    pub(crate) fn open(profile: &Path) -> Result<Self> {
        let root = profile.join("archive");
        fs::create_dir_all(&root).map_err(|e| StoreError::io("made", &root, e))?;
        Ok(Self { root, whole: Mutex::default() })
    }

    /// `archive/ab/abcdef…`
    pub(crate) fn path(&self, file: &FileId) -> PathBuf {
        let (folder, _) = file.as_str().split_at(2);
        self.root.join(folder).join(file.as_str())
    }

    /// Makes an original durable under its name. Doing it twice changes nothing; a damaged one is made whole.
    pub(crate) fn put(&self, file: &FileId, bytes: &[u8], arrival: ArrivalId) -> Result<()> {
        let path = self.path(file);
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(|e| StoreError::io("made", folder, e))?;
        // Named by the arrival: two threads or processes may take in the same bytes at the same time.
        let temporary = self.root.join(format!("{arrival}{TEMPORARY}"));
        let written = write_durably(&temporary, bytes).and_then(|()| fs::rename(&temporary, &path));
        if let Err(e) = written {
            // On a full disk half a file may be left; if it cannot be removed either, the next start does it.
            if let Err(left) = fs::remove_file(&temporary) {
                tracing::debug!(path = %temporary.display(), error = %left, "temporary file stays until the next start");
            }
            return Err(StoreError::io("written", &path, e));
        }
        for folder in [folder, &self.root] {
            sync_folder(folder).map_err(|e| StoreError::io("written", folder, e))?;
        }
        Ok(())
    }

    /// The bytes of an original, if they are still what came in.
    pub(crate) fn get(&self, file: &FileId) -> Result<Vec<u8>> {
        let path = self.path(file);
        let bytes = fs::read(&path).map_err(|e| StoreError::io("read", &path, e))?;
        if file_id(&bytes) == *file { Ok(bytes) } else { Err(StoreError::Damaged { file: file.clone(), path }) }
    }

    /// An original opened for reading, if it is still what came in: compared when it is first used, and again once it was
    /// written to. For each page of a long scan that would take longer than drawing it.
    pub(crate) fn open_original(&self, file: &FileId) -> Result<File> {
        let path = self.path(file);
        let opened = || {
            let original = File::open(&path)?;
            let now = original.metadata().and_then(|now| Ok((now.len(), now.modified()?)))?;
            if self.whole().get(file) != Some(&now) {
                if file_id_of(&original)? != *file {
                    return Ok(None);
                }
                self.whole().insert(file.clone(), now);
            }
            Ok(Some(original))
        };
        let original = opened().map_err(|e| StoreError::io("read", &path, e))?;
        original.ok_or_else(|| StoreError::Damaged { file: file.clone(), path })
    }

    fn whole(&self) -> MutexGuard<'_, HashMap<FileId, State>> {
        // Entries are written whole, so a panic elsewhere does not spoil the list.
        self.whole.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything in the archive.
    pub(crate) fn list(&self) -> Result<Listing> {
        let mut listing = Listing::default();
        for entry in entries(&self.root)? {
            if entry.is_dir() {
                let names = entries(&entry)?.into_iter().filter_map(|path| path.file_name()?.to_str()?.parse().ok());
                listing.originals.extend(names);
            } else if entry.to_string_lossy().ends_with(TEMPORARY) {
                listing.temporary.push(entry);
            }
        }
        Ok(listing)
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(|e| StoreError::io("read", folder, e))
}

fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(true);
    file.set_permissions(permissions)?;
    file.sync_all()
}

/// A new name lasts only when its folder is on the disk too. Windows has no such call and needs none.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrival() -> ArrivalId {
        "00000000-0000-0000-0000-000000000001".parse().unwrap()
    }

    #[test]
    fn an_original_lies_read_only_under_the_hash_that_sha256sum_prints() {
        let profile = tempfile::tempdir().unwrap();
        let archive = Archive::open(profile.path()).unwrap();
        let id = file_id(b"abc");
        assert_eq!(id.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        archive.put(&id, b"abc", arrival()).unwrap();
        archive.put(&id, b"abc", arrival()).unwrap();
        assert!(fs::metadata(archive.path(&id)).unwrap().permissions().readonly());
        assert_eq!(archive.get(&id).unwrap(), b"abc");
        assert_eq!(io::read_to_string(archive.open_original(&id).unwrap()).unwrap(), "abc");
        let listing = archive.list().unwrap();
        assert_eq!((listing.originals, listing.temporary.len()), (vec![id], 0));
    }

    #[test]
    fn a_damaged_original_is_noticed_and_made_whole_by_taking_it_in_again() {
        let profile = tempfile::tempdir().unwrap();
        let archive = Archive::open(profile.path()).unwrap();
        let id = file_id(b"abc");
        archive.put(&id, b"abc", arrival()).unwrap();
        archive.open_original(&id).unwrap();
        fs::remove_file(archive.path(&id)).unwrap();
        fs::write(archive.path(&id), b"abd").unwrap();
        // A file system's clock is coarse; what is written to later has another time.
        File::options().write(true).open(archive.path(&id)).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(archive.get(&id).unwrap_err().code(), "damaged");
        assert_eq!(archive.open_original(&id).unwrap_err().code(), "damaged");
        archive.put(&id, b"abc", arrival()).unwrap();
        assert_eq!(archive.get(&id).unwrap(), b"abc");
    }

    #[test]
    fn where_nothing_can_be_written_the_folder_is_named_and_nothing_is_left_behind() {
        let profile = tempfile::tempdir().unwrap();
        let archive = Archive::open(profile.path()).unwrap();
        let id = file_id(b"abc");
        fs::write(profile.path().join("archive/ba"), "in the way").unwrap();
        let error = archive.put(&id, b"abc", arrival()).unwrap_err();
        assert!(error.to_string().contains("archive/ba"), "{error}");
        assert_eq!(archive.list().unwrap().temporary.len(), 0);
    }
}
