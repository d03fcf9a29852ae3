//! The archive of originals: each file once, read-only, named by its SHA-256.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use domain::{ArrivalContent, FileId};
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use crate::{Result, StoreError};

const TEMPORARY: &str = ".part";
const NOT_WHAT_CAME_IN: &str = "its content does not match its name, so it is not what came in";
/// Bytes of an original in memory while its hash is computed.
const AT_A_TIME: usize = 256 * 1024;

/// The folder `archive/` of a profile.
pub(crate) struct Archive {
    root: PathBuf,
    /// Originals whose hash was checked, with their state at that time.
    whole: Mutex<HashMap<FileId, State>>,
    /// Subfolders that are known to be on the disk.
    synced: Mutex<HashSet<PathBuf>>,
}

/// Size and time of the last change. While both stay the same, a file counts as unchanged.
type State = (u64, SystemTime);

/// What lies in the archive.
#[derive(Default)]
pub(crate) struct Listing {
    /// Originals, by the hash that is their name.
    pub(crate) originals: Vec<FileId>,
    /// Temporary files that an interrupted import left behind.
    pub(crate) temporary: Vec<PathBuf>,
    /// Folders that cannot be looked into.
    pub(crate) unreadable: Vec<PathBuf>,
    /// Other files, which nobody of the program has put there.
    pub(crate) strange: Vec<PathBuf>,
}

/// The id of the file with these bytes.
pub fn file_id(bytes: &[u8]) -> FileId {
    FileId::from_digest(&Sha256::digest(bytes).into())
}

/// The id of the bytes of an open file, which is then set back to its beginning.
pub(crate) fn file_id_of(mut file: &File) -> io::Result<FileId> {
    let id = copied(file, &mut io::sink())?;
    file.rewind()?;
    Ok(id)
}

/// Copies a file from its current position on; returns the id of the copied bytes.
fn copied(file: &File, to: &mut impl io::Write) -> io::Result<FileId> {
    let (mut reader, mut hash) = (BufReader::with_capacity(AT_A_TIME, file), Sha256::new());
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(FileId::from_digest(&hash.finalize().into()));
        }
        to.write_all(bytes)?;
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
        Ok(Self { root, whole: Mutex::default(), synced: Mutex::default() })
    }

    /// `archive/ab/abcdef…`
    pub(crate) fn path(&self, file: &FileId) -> PathBuf {
        let (folder, _) = file.as_str().split_at(2);
        self.root.join(folder).join(file.as_str())
    }

    /// Stores a file durably under its hash, which it returns. Storing it again changes nothing, but replaces a
    /// damaged original. An open file is streamed: it is never in memory as a whole.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::ReadOnly`] or [`StoreError::Io`] if the file cannot be written, or
    /// changes while it is copied. Then nothing is left behind.
    pub(crate) fn put(&self, content: &ArrivalContent) -> Result<FileId> {
        match content {
            ArrivalContent::Bytes(bytes) => self.put_bytes(bytes),
            ArrivalContent::File(file) => {
                let mut temporary = self.temporary()?;
                let taken = copied_unchanged(file, temporary.as_file_mut());
                let id = taken.map_err(|e| StoreError::io("copied to", temporary.path(), e))?;
                self.keep(&id, temporary)?;
                Ok(id)
            }
        }
    }

    /// The same for bytes in memory.
    pub(crate) fn put_bytes(&self, bytes: &[u8]) -> Result<FileId> {
        let id = file_id(bytes);
        if !self.is_whole(&id) {
            let mut temporary = self.temporary()?;
            temporary.write_all(bytes).map_err(|e| StoreError::io("written", temporary.path(), e))?;
            self.keep(&id, temporary)?;
        }
        Ok(id)
    }

    /// A temporary file in the archive. It is removed when it is dropped, or after a crash at the next start.
    fn temporary(&self) -> Result<NamedTempFile> {
        let made = tempfile::Builder::new().suffix(TEMPORARY).tempfile_in(&self.root);
        made.map_err(|e| StoreError::io("written", &self.root, e))
    }

    /// Moves a temporary file to its place, unless the whole original is there already.
    fn keep(&self, file: &FileId, temporary: NamedTempFile) -> Result<()> {
        if self.is_whole(file) {
            return Ok(());
        }
        let path = self.path(file);
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(|e| StoreError::io("made", folder, e))?;
        let kept = made_durable(temporary, &path).map_err(|e| StoreError::io("written", &path, e))?;
        sync_folder(folder).map_err(|e| StoreError::io("written", folder, e))?;
        self.sync_root_for(folder)?;
        // A file that was just written need not be hashed when it is first read.
        if let Ok(state) = state(&kept) {
            self.whole().insert(file.clone(), state);
        }
        Ok(())
    }

    /// Syncs the archive folder once for each new subfolder: without that a crash could lose the subfolder.
    fn sync_root_for(&self, folder: &Path) -> Result<()> {
        let mut synced = self.synced.lock().unwrap_or_else(PoisonError::into_inner);
        if !synced.contains(folder) {
            sync_folder(&self.root).map_err(|e| StoreError::io("written", &self.root, e))?;
            synced.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Whether the original is there and unchanged.
    fn is_whole(&self, file: &FileId) -> bool {
        self.open_original(file).is_ok()
    }

    /// The bytes of an original, if they are still what came in.
    pub(crate) fn get(&self, file: &FileId) -> Result<Vec<u8>> {
        let path = self.path(file);
        match fs::read(&path) {
            Ok(bytes) if file_id(&bytes) == *file => Ok(bytes),
            Ok(_) => Err(StoreError::Damaged { path, reason: NOT_WHAT_CAME_IN.to_owned() }),
            Err(error) => Err(StoreError::original(path, error)),
        }
    }

    /// Opens an original for reading. Its hash is compared at the first use, and again once the file was written to;
    /// comparing it for each page of a long scan would take longer than drawing the page.
    pub(crate) fn open_original(&self, file: &FileId) -> Result<File> {
        let path = self.path(file);
        let opened = || {
            let original = File::open(&path)?;
            let now = state(&original)?;
            if self.whole().get(file) != Some(&now) {
                if file_id_of(&original)? != *file {
                    return Ok(None);
                }
                self.whole().insert(file.clone(), now);
            }
            Ok(Some(original))
        };
        match opened() {
            Ok(Some(original)) => Ok(original),
            Ok(None) => Err(StoreError::Damaged { path, reason: NOT_WHAT_CAME_IN.to_owned() }),
            Err(error) => Err(StoreError::original(path, error)),
        }
    }

    fn whole(&self) -> MutexGuard<'_, HashMap<FileId, State>> {
        // An entry is inserted in one step, so a panic elsewhere leaves no half entry.
        self.whole.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything in the archive.
    pub(crate) fn list(&self) -> Result<Listing> {
        let mut listing = Listing::default();
        for entry in entries(&self.root)? {
            if entry.is_dir() {
                match entries(&entry) {
                    Ok(paths) => {
                        for path in paths {
                            match path.file_name().and_then(|name| name.to_str()?.parse().ok()) {
                                Some(file) => listing.originals.push(file),
                                None => listing.strange.push(path),
                            }
                        }
                    }
                    Err(error) => {
                        tracing::error!(%error, "a folder of the archive is left out");
                        listing.unreadable.push(entry);
                    }
                }
            } else if entry.to_string_lossy().ends_with(TEMPORARY) {
                listing.temporary.push(entry);
            } else {
                listing.strange.push(entry);
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

fn state(file: &File) -> io::Result<State> {
    let now = file.metadata()?;
    Ok((now.len(), now.modified()?))
}

/// Copies a whole file; returns the id of its bytes. An error if somebody writes to it meanwhile.
fn copied_unchanged(mut from: &File, to: &mut File) -> io::Result<FileId> {
    let before = state(from)?;
    from.rewind()?;
    let id = copied(from, to)?;
    if state(from)? != before || to.metadata()?.len() != before.0 {
        return Err(io::Error::other("the file changed while it was read"));
    }
    Ok(id)
}

/// Makes a file read-only and syncs it before it gets its final name.
fn made_durable(temporary: NamedTempFile, path: &Path) -> io::Result<File> {
    let mut permissions = temporary.as_file().metadata()?.permissions();
    permissions.set_readonly(true);
    temporary.as_file().set_permissions(permissions)?;
    temporary.as_file().sync_all()?;
    Ok(temporary.persist(path)?)
}

/// Syncs a folder: without that a crash could lose the name of a new file. Windows has no such call and needs none.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_original_lies_read_only_under_the_hash_that_sha256sum_prints() {
        let profile = tempfile::tempdir().unwrap();
        let archive = Archive::open(profile.path()).unwrap();
        let id = file_id(b"abc");
        assert_eq!(id.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        archive.put_bytes(b"abc").unwrap();
        archive.put_bytes(b"abc").unwrap();
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
        archive.put_bytes(b"abc").unwrap();
        archive.open_original(&id).unwrap();
        fs::remove_file(archive.path(&id)).unwrap();
        fs::write(archive.path(&id), b"abd").unwrap();
        // A file system's clock is coarse; what is written to later has another time.
        File::options().write(true).open(archive.path(&id)).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(archive.get(&id).unwrap_err().code().as_str(), "original_damaged");
        assert_eq!(archive.open_original(&id).unwrap_err().code().as_str(), "original_damaged");
        archive.put_bytes(b"abc").unwrap();
        assert_eq!(archive.get(&id).unwrap(), b"abc");
    }

    #[test]
    fn a_file_is_copied_as_it_is_read_and_a_second_time_nothing_is_left_behind() {
        let profile = tempfile::tempdir().unwrap();
        let archive = Archive::open(profile.path()).unwrap();
        let path = profile.path().join("letter");
        // Larger than what is in memory at a time, and not by a whole number.
        let bytes: Vec<u8> = (0..AT_A_TIME as u32 * 2 + 77).map(|n| (n % 251) as u8).collect();
        fs::write(&path, &bytes).unwrap();
        let letter = || ArrivalContent::File(std::sync::Arc::new(File::open(&path).unwrap()));
        let id = archive.put(&letter()).unwrap();
        assert_eq!(id, file_id(&bytes));
        assert_eq!(archive.get(&id).unwrap(), bytes);
        assert!(fs::metadata(archive.path(&id)).unwrap().permissions().readonly());
        // One that was looked at before is taken from its beginning.
        let looked_at = letter();
        if let ArrivalContent::File(file) = &looked_at {
            let mut file = file.as_ref();
            io::Read::read_exact(&mut file, &mut [0; 10]).unwrap();
        }
        assert_eq!(archive.put(&looked_at).unwrap(), id);
        let listing = archive.list().unwrap();
        assert_eq!((listing.originals, listing.temporary.len()), (vec![id], 0));
    }

    #[test]
    fn where_nothing_can_be_written_the_folder_is_named_and_nothing_is_left_behind() {
        let profile = tempfile::tempdir().unwrap();
        let archive = Archive::open(profile.path()).unwrap();
        fs::write(profile.path().join("archive/ba"), "in the way").unwrap();
        let error = archive.put_bytes(b"abc").unwrap_err();
        assert!(error.to_string().contains("archive/ba"), "{error}");
        assert_eq!(archive.list().unwrap().temporary.len(), 0);
    }
}
