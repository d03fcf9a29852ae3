//! The archive of originals: each file once, read-only, named by its SHA-256. In an encrypted profile it is sealed, and its
//! name is computed from that hash with a key.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use disk::{Disk, PART, Part, Stamp, crash_point};
use domain::{ArrivalContent, FileId};
use sha2::{Digest as _, Sha256};
use vault::Keys;

use crate::{Place, Result, StoreError};

const NOT_WHAT_CAME_IN: &str = "its content does not match its name, so it is not what came in";
/// Bytes of an original in memory while its hash is computed.
const AT_A_TIME: usize = 256 * 1024;

/// The folder `archive/` of a profile.
pub(crate) struct Archive {
    root: PathBuf,
    pub(crate) disk: Arc<dyn Disk>,
    /// With which the originals are sealed, if they are.
    keys: Option<Arc<Keys>>,
    /// Originals whose hash was checked, with their state at that time.
    whole: Mutex<HashMap<FileId, Stamp>>,
    /// What this process knows to be on the disk. That a file is there and whole does not say so: the sync of its
    /// folder may have failed.
    durable: Mutex<Durable>,
}

#[derive(Default)]
struct Durable {
    originals: HashSet<FileId>,
    /// Subfolders whose names are.
    folders: HashSet<PathBuf>,
}

/// What lies in the archive.
#[derive(Default)]
pub(crate) struct Listing {
    /// Originals.
    pub(crate) originals: Vec<PathBuf>,
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
    let (id, _) = copied(file, &mut io::sink())?;
    file.rewind()?;
    Ok(id)
}

/// Hands on the bytes that are left to read; returns their id and their number.
fn copied(from: impl Read, to: &mut dyn io::Write) -> io::Result<(FileId, u64)> {
    let (mut reader, mut hash, mut size) = (BufReader::with_capacity(AT_A_TIME, from), Sha256::new(), 0_u64);
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok((FileId::from_digest(&hash.finalize().into()), size));
        }
        to.write_all(bytes)?;
        hash.update(bytes);
        let read = bytes.len();
        size = size.saturating_add(read as u64);
        reader.consume(read);
    }
}

/// Writes through the disk, as everything of ours.
struct ThroughDisk<'a> {
    disk: &'a dyn Disk,
    file: &'a File,
}

impl io::Write for ThroughDisk<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.write(self.file, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Archive {
    /// Makes the folder if need be.
    pub(crate) fn open(place: &Place, disk: Arc<dyn Disk>) -> Result<Self> {
        let (archive, profile) = (Self::at(place, disk), &place.folder);
        let is_new = !archive.root.is_dir();
        archive.disk.make_folder(&archive.root).map_err(|e| StoreError::io("made", &archive.root, e))?;
        if is_new {
            archive.disk.sync_folder(profile).map_err(|e| StoreError::io("written", profile, e))?;
        }
        Ok(archive)
    }

    /// The same where nothing may be written.
    pub(crate) fn at(place: &Place, disk: Arc<dyn Disk>) -> Self {
        let (root, keys) = (place.folder.join("archive"), place.keys.clone());
        Self { root, disk, keys, whole: Mutex::default(), durable: Mutex::default() }
    }

    /// `archive/ab/abcdef…`: by the hash, or by what a key makes of it.
    pub(crate) fn path(&self, file: &FileId) -> PathBuf {
        let name = self.keys.as_ref().map_or_else(|| file.to_string(), |keys| keys.name_of(file.as_str()));
        self.root.join(name.get(..2).unwrap_or_default()).join(name)
    }

    /// Stores a file durably under its hash, which it returns. Storing it again changes nothing, but replaces a
    /// damaged original, and syncs again what may not be on the disk. An open file is streamed: it is never in memory
    /// as a whole.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::ReadOnly`] or [`StoreError::Io`] if the file cannot be written, or
    /// changes while it is copied. Then nothing is left behind.
    pub(crate) fn put(&self, content: &ArrivalContent) -> Result<FileId> {
        match content {
            ArrivalContent::Bytes(bytes) => self.put_bytes(bytes),
            ArrivalContent::File(file) => {
                let part = self.part()?;
                let taken = self.copied_unchanged(file, &part);
                let id = taken.map_err(|e| StoreError::io("copied to", part.path(), e))?;
                self.keep(&id, part)?;
                Ok(id)
            }
        }
    }

    /// The same for bytes in memory.
    pub(crate) fn put_bytes(&self, bytes: &[u8]) -> Result<FileId> {
        let id = file_id(bytes);
        if !self.is_durable(&id)? {
            let part = self.part()?;
            let written = self.write(&part, |to| to.write_all(bytes));
            written.map_err(|e| StoreError::io("written", part.path(), e))?;
            self.keep(&id, part)?;
        }
        Ok(id)
    }

    /// A temporary file in the archive. It is removed when it is dropped, or after a crash at the next start.
    fn part(&self) -> Result<Part<'_>> {
        let part =
            Part::in_folder(self.disk.as_ref(), &self.root).map_err(|e| StoreError::io("written", &self.root, e))?;
        crash_point!("archive.part_made");
        Ok(part)
    }

    /// Copies a whole file; returns the id of its bytes. An error if somebody writes to it meanwhile.
    fn copied_unchanged(&self, mut from: &File, to: &Part<'_>) -> io::Result<FileId> {
        let before = Stamp::of(&from.metadata()?)?;
        from.rewind()?;
        let (id, size) = self.write(to, |to| copied(from, to))?;
        if Stamp::of(&from.metadata()?)? != before || size != before.size {
            return Err(io::Error::other("the file changed while it was read"));
        }
        Ok(id)
    }

    /// Writes an original into a temporary file, sealed where the profile is encrypted.
    fn write<T>(&self, part: &Part<'_>, write: impl FnOnce(&mut dyn io::Write) -> io::Result<T>) -> io::Result<T> {
        let mut through = ThroughDisk { disk: self.disk.as_ref(), file: part.file() };
        let Some(keys) = &self.keys else { return write(&mut through) };
        let mut sealed = keys.seal(through)?;
        let written = write(&mut sealed)?;
        sealed.finish()?;
        Ok(written)
    }

    /// Moves a temporary file to its place, unless the whole original is there already.
    fn keep(&self, file: &FileId, mut part: Part<'_>) -> Result<()> {
        crash_point!("archive.part_written");
        if self.is_durable(file)? {
            return Ok(());
        }
        let path = self.path(file);
        let folder = path.parent().unwrap_or(&self.root);
        let unwritten = |e| StoreError::io("written", &path, e);
        read_only(part.file()).map_err(unwritten)?;
        crash_point!("archive.part_read_only");
        self.disk.sync(part.file()).map_err(unwritten)?;
        crash_point!("archive.part_synced");
        self.disk.make_folder(folder).map_err(|e| StoreError::io("made", folder, e))?;
        crash_point!("archive.folder_made");
        part.keep(&path).map_err(unwritten)?;
        crash_point!("archive.named");
        // A file that was just written need not be hashed when it is first read.
        if let Ok(stamp) = part.file().metadata().and_then(|metadata| Stamp::of(&metadata)) {
            self.whole().insert(file.clone(), stamp);
        }
        self.sync_names(file, folder)
    }

    /// Makes durable that an original has its name, and that its folder has.
    fn sync_names(&self, file: &FileId, folder: &Path) -> Result<()> {
        self.disk.sync_folder(folder).map_err(|e| StoreError::io("written", folder, e))?;
        crash_point!("archive.folder_synced");
        let mut durable = self.durable();
        if !durable.folders.contains(folder) {
            self.disk.sync_folder(&self.root).map_err(|e| StoreError::io("written", &self.root, e))?;
            durable.folders.insert(folder.to_owned());
        }
        durable.originals.insert(file.clone());
        drop(durable);
        crash_point!("archive.root_synced");
        Ok(())
    }

    /// Whether the original is there, unchanged and on the disk. What an earlier try may have left without a sync is
    /// synced first; where that fails, it is no more than what memory holds of it, and is written anew.
    pub(crate) fn is_durable(&self, file: &FileId) -> Result<bool> {
        let path = self.path(file);
        let whole = |stored: File| Ok(self.checked(file, &stored)?.map(|_| stored));
        let Ok(Some(stored)) = self.disk.open(&path).and_then(whole) else {
            self.durable().originals.remove(file);
            return Ok(false);
        };
        if self.durable().originals.contains(file) {
            return Ok(true);
        }
        if let Err(error) = self.disk.sync(&stored) {
            tracing::warn!(path = %path.display(), %error, "an original could not be synced, and is written anew");
            return Ok(false);
        }
        self.sync_names(file, path.parent().unwrap_or(&self.root))?;
        Ok(true)
    }

    /// The bytes of an original, if they are still what came in.
    pub(crate) fn get(&self, file: &FileId) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = self.read_stored(&self.path(file), &mut bytes);
        self.as_came_in(file, read.map(|(id, _)| (id == *file).then_some(bytes)))
    }

    /// Opens an original for reading. Its hash is compared at the first use, and again once anything about the file
    /// changed; comparing it for each page of a long scan would take longer than drawing the page.
    pub(crate) fn open_original(&self, file: &FileId) -> Result<File> {
        let opened = self.disk.open(&self.path(file)).and_then(|stored| self.checked(file, &stored));
        self.as_came_in(file, opened)
    }

    /// What was read of an original; none of it says that it is not what came in.
    fn as_came_in<T>(&self, file: &FileId, read: io::Result<Option<T>>) -> Result<T> {
        let path = self.path(file);
        match read {
            Ok(Some(original)) => Ok(original),
            Ok(None) => Err(StoreError::Damaged { path, reason: NOT_WHAT_CAME_IN.to_owned() }),
            // A sealed file that was changed cannot be opened.
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                Err(StoreError::Damaged { path, reason: error.to_string() })
            }
            Err(error) => Err(StoreError::original(path, error)),
        }
    }

    /// The id of what lies at a path of the archive, and how many bytes it has; they are handed on.
    pub(crate) fn read_stored(&self, path: &Path, to: &mut dyn io::Write) -> io::Result<(FileId, u64)> {
        let stored = self.disk.open(path)?;
        match &self.keys {
            Some(keys) => copied(keys.open(BufReader::with_capacity(AT_A_TIME, stored))?, to),
            None => copied(stored, to),
        }
    }

    /// What lies at a path of the archive, to be read as it came in.
    pub(crate) fn open_stored(&self, path: &Path) -> io::Result<File> {
        self.opened(self.disk.open(path)?)
    }

    /// What is sealed is opened into memory.
    fn opened(&self, stored: File) -> io::Result<File> {
        match &self.keys {
            Some(keys) => keys.open_in_memory(&stored),
            None => Ok(stored),
        }
    }

    /// The original in a file of the archive, open at its beginning; none if it is not what came in.
    fn checked(&self, file: &FileId, stored: &File) -> io::Result<Option<File>> {
        let now = Stamp::of(&stored.metadata()?)?;
        let original = self.opened(stored.try_clone()?)?;
        if self.whole().get(file) != Some(&now) {
            if file_id_of(&original)? != *file {
                return Ok(None);
            }
            self.whole().insert(file.clone(), now);
        }
        Ok(Some(original))
    }

    /// The folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Does the name of an original say that it has this id?
    pub(crate) fn is_named(&self, path: &Path, file: &FileId) -> bool {
        self.path(file).file_name() == path.file_name()
    }

    /// Removes an original for good. That it is gone already is well.
    ///
    /// # Errors
    /// What the file system says of the archive.
    pub(crate) fn remove(&self, file: &FileId) -> Result<()> {
        let path = self.path(file);
        self.whole().remove(file);
        self.durable().originals.remove(file);
        match self.disk.unlink(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io("removed", &path, error)),
            _ => match path.parent() {
                Some(folder) if folder.is_dir() => {
                    self.disk.sync_folder(folder).map_err(|e| StoreError::io("written", folder, e))
                }
                _ => Ok(()),
            },
        }
    }

    fn whole(&self) -> MutexGuard<'_, HashMap<FileId, Stamp>> {
        // An entry is inserted in one step, so a panic elsewhere leaves no half entry.
        self.whole.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn durable(&self) -> MutexGuard<'_, Durable> {
        self.durable.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Is there any original? Looks no further than the first.
    pub(crate) fn has_any(&self) -> Result<bool> {
        for entry in self.entries(&self.root)? {
            if entry.is_dir() && self.entries(&entry)?.iter().any(|path| is_original(path)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Everything in the archive.
    pub(crate) fn list(&self) -> Result<Listing> {
        let mut listing = Listing::default();
        for entry in self.entries(&self.root)? {
            if entry.is_dir() {
                match self.entries(&entry) {
                    Ok(paths) => {
                        for path in paths {
                            let to = if is_original(&path) { &mut listing.originals } else { &mut listing.strange };
                            to.push(path);
                        }
                    }
                    Err(error) => {
                        tracing::error!(%error, "a folder of the archive is left out");
                        listing.unreadable.push(entry);
                    }
                }
            } else if entry.to_string_lossy().ends_with(PART) {
                listing.temporary.push(entry);
            } else {
                listing.strange.push(entry);
            }
        }
        Ok(listing)
    }

    fn entries(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        self.disk.read_dir(folder).map_err(|e| StoreError::io("read", folder, e))
    }
}

/// Has a file of the archive the name of an original? Sealed or not, it looks like a hash.
fn is_original(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.parse::<FileId>().is_ok())
}

/// Nobody changes an original by mistake.
fn read_only(file: &File) -> io::Result<()> {
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(true);
    file.set_permissions(permissions)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::SystemTime;

    use disk::RealDisk;
    use disk::double::{EDQUOT, EIO, ENOSPC, EROFS, Fault, Faults};

    use super::*;

    #[test]
    fn an_original_lies_read_only_under_the_hash_that_sha256sum_prints() {
        let profile = tempfile::tempdir().unwrap();
        let archive = Archive::open(&profile.path().into(), Arc::new(RealDisk)).unwrap();
        let id = file_id(b"abc");
        assert_eq!(id.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        archive.put_bytes(b"abc").unwrap();
        archive.put_bytes(b"abc").unwrap();
        assert!(fs::metadata(archive.path(&id)).unwrap().permissions().readonly());
        assert_eq!(archive.get(&id).unwrap(), b"abc");
        assert_eq!(io::read_to_string(archive.open_original(&id).unwrap()).unwrap(), "abc");
        let listing = archive.list().unwrap();
        assert_eq!((listing.originals, listing.temporary.len()), (vec![archive.path(&id)], 0));
    }

    #[test]
    fn a_damaged_original_is_noticed_and_made_whole_by_taking_it_in_again() {
        let profile = tempfile::tempdir().unwrap();
        let archive = Archive::open(&profile.path().into(), Arc::new(RealDisk)).unwrap();
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
        let archive = Archive::open(&profile.path().into(), Arc::new(RealDisk)).unwrap();
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
        assert_eq!((listing.originals, listing.temporary.len()), (vec![archive.path(&id)], 0));
    }

    #[test]
    fn where_nothing_can_be_written_the_folder_is_named_and_nothing_is_left_behind() {
        let profile = tempfile::tempdir().unwrap();
        let archive = Archive::open(&profile.path().into(), Arc::new(RealDisk)).unwrap();
        fs::write(profile.path().join("archive/ba"), "in the way").unwrap();
        let error = archive.put_bytes(b"abc").unwrap_err();
        assert!(error.to_string().contains("archive/ba"), "{error}");
        assert_eq!(archive.list().unwrap().temporary.len(), 0);
    }

    /// An archive on a disk that fails when it is told to.
    fn faulty(profile: &Path) -> (Archive, Faults) {
        fs::create_dir(profile.join("archive")).unwrap();
        let faults = Faults::over(profile).unwrap();
        (Archive::open(&profile.into(), Arc::new(faults.clone())).unwrap(), faults)
    }

    #[test]
    fn what_was_said_to_be_stored_survives_a_power_cut_whatever_failed_before() {
        let letter = ArrivalContent::Bytes(b"a letter".to_vec());
        let id = file_id(b"a letter");
        let steps = {
            let profile = tempfile::tempdir().unwrap();
            let (archive, faults) = faulty(profile.path());
            faults.heal();
            archive.put(&letter).unwrap();
            faults.calls()
        };
        assert!(steps >= 7, "{steps}");
        for nth in 1..=steps {
            for fault in
                [Fault::Once(EIO), Fault::From(ENOSPC), Fault::From(EROFS), Fault::Once(EDQUOT), Fault::Short(ENOSPC)]
            {
                let profile = tempfile::tempdir().unwrap();
                let (archive, faults) = faulty(profile.path());
                faults.fail(nth, fault);
                let first = archive.put(&letter);
                faults.heal();
                // The next try, after which the inbox gives its letter up.
                if first.is_err() {
                    archive.put(&letter).unwrap();
                }
                faults.power_cut().unwrap();
                let after = Archive::open(&profile.path().into(), Arc::new(RealDisk)).unwrap();
                assert_eq!(after.get(&id).unwrap(), b"a letter", "call {nth}, {fault:?}, {first:?}");
                let listing = after.list().unwrap();
                assert_eq!(listing.originals.len(), 1, "call {nth}, {fault:?}");
                // Where no file can be removed, the next start does it.
                assert!(listing.temporary.is_empty() || fault == Fault::From(EROFS), "call {nth}, {fault:?}");
            }
        }
    }

    #[test]
    fn a_power_cut_leaves_the_whole_original_or_none() {
        for nth in 1..20 {
            let profile = tempfile::tempdir().unwrap();
            let (archive, faults) = faulty(profile.path());
            faults.fail(nth, Fault::PowerCut);
            let stored = archive.put_bytes(b"a letter");
            faults.power_cut().unwrap();
            let after = Archive::open(&profile.path().into(), Arc::new(RealDisk)).unwrap();
            let id = file_id(b"a letter");
            let there = after.list().unwrap().originals;
            assert!(there.is_empty() && stored.is_err() || there == [after.path(&id)], "cut at {nth}");
            assert!(there.is_empty() || after.get(&id).is_ok(), "cut at {nth}");
        }
    }

    #[test]
    fn what_an_earlier_process_left_unsynced_is_synced_before_it_counts() {
        let profile = tempfile::tempdir().unwrap();
        let (archive, faults) = faulty(profile.path());
        faults.heal();
        archive.put_bytes(b"a letter").unwrap();
        let synced = faults.log().iter().position(|(what, _)| *what == "rename").unwrap() + 2;
        let profile = tempfile::tempdir().unwrap();
        let (archive, faults) = faulty(profile.path());
        faults.fail(synced, Fault::Once(EIO));
        archive.put_bytes(b"a letter").unwrap_err();
        assert_eq!(archive.list().unwrap().originals.len(), 1, "there and equal");
        drop(archive);
        let again = Archive::open(&profile.path().into(), Arc::new(faults.clone())).unwrap();
        faults.heal();
        again.put_bytes(b"a letter").unwrap();
        faults.power_cut().unwrap();
        assert_eq!(again.list().unwrap().originals.len(), 1, "and on the disk");
    }
}
