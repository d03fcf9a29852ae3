//! A disk that fails when a test wants it, and that forgets at a power cut what was not synced.
//!
//! It works on real files below one folder. What is durable is kept beside: the names of a folder as they were when the
//! folder was synced last, and the bytes of a file as they were when the file was synced last.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{Disk, RealDisk};

/// What goes wrong, from the n-th call on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This one call fails with this error of the system (`libc` number).
    Once(i32),
    /// This call and all after it that need room fail with this error, as on a full disk; on one that can only be read no
    /// file can be removed, either.
    From(i32),
    /// This call writes half of what it is given; the next one fails with this error.
    Short(i32),
    /// This call and every one after it fail: the power is off. [`Faults::power_cut`] then leaves what was durable.
    PowerCut,
}

/// No room.
pub const ENOSPC: i32 = 28;
/// The disk failed.
pub const EIO: i32 = 5;
/// It may only be read.
pub const EROFS: i32 = 30;
/// No more room for this user.
pub const EDQUOT: i32 = 122;

/// A file, whatever its name is: device and number.
type Inode = (u64, u64);

#[derive(Debug, Default)]
struct State {
    calls: usize,
    fault: Option<(usize, Fault)>,
    /// What each synced folder held.
    names: BTreeMap<PathBuf, BTreeMap<PathBuf, Entry>>,
    /// What each synced file held.
    bytes: BTreeMap<Inode, Vec<u8>>,
    /// How many removed files have another number than they had.
    renumbered: u64,
    /// Every call, for a test that wants to know their order.
    log: Vec<(&'static str, PathBuf)>,
}

impl State {
    /// A file was made. Its number may be that of one that was removed, which a power cut brings back under another.
    fn is_new(&mut self, number: Inode) {
        let Some(bytes) = self.bytes.remove(&number) else { return };
        let other = (u64::MAX, self.renumbered);
        self.renumbered += 1;
        for entry in self.names.values_mut().flat_map(BTreeMap::values_mut) {
            if *entry == Entry::File(number) {
                *entry = Entry::File(other);
            }
        }
        self.bytes.insert(other, bytes);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    File(Inode),
    Folder,
}

/// The double.
#[derive(Clone, Debug)]
pub struct Faults {
    root: PathBuf,
    state: Arc<Mutex<State>>,
}

impl Faults {
    /// Over everything below a folder; what is there now is durable.
    ///
    /// # Errors
    /// What the system says.
    pub fn over(root: &Path) -> io::Result<Self> {
        let faults = Self { root: root.to_owned(), state: Arc::default() };
        faults.settle()?;
        Ok(faults)
    }

    /// Everything that is there now is durable, whoever wrote it.
    ///
    /// # Errors
    /// What the system says.
    pub fn settle(&self) -> io::Result<()> {
        let mut state = self.state();
        state.names.clear();
        state.bytes.clear();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let names = names_in(&folder)?;
            for (path, entry) in &names {
                match entry {
                    Entry::Folder => folders.push(path.clone()),
                    Entry::File(inode) => drop(state.bytes.insert(*inode, fs::read(path)?)),
                }
            }
            state.names.insert(folder, names);
        }
        Ok(())
    }

    /// From now on the `nth` call (the first is 1) has this fault. Counting begins anew.
    pub fn fail(&self, nth: usize, fault: Fault) {
        let mut state = self.state();
        (state.calls, state.fault) = (0, Some((nth, fault)));
    }

    /// Nothing fails any more. Counting begins anew.
    pub fn heal(&self) {
        let mut state = self.state();
        (state.calls, state.fault) = (0, None);
        state.log.clear();
    }

    /// How many calls there were since counting began.
    pub fn calls(&self) -> usize {
        self.state().calls
    }

    /// The calls since [`heal`](Self::heal): what was done, and to what.
    pub fn log(&self) -> Vec<(&'static str, PathBuf)> {
        self.state().log.clone()
    }

    /// The power is cut and comes back: every file and every name that was not synced is gone, and every name that was
    /// removed without a sync is there again. Nothing fails any more.
    ///
    /// # Errors
    /// What the system says.
    pub fn power_cut(&self) -> io::Result<()> {
        self.heal();
        let (names, bytes) = {
            let state = self.state();
            (state.names.clone(), state.bytes.clone())
        };
        let mut kept: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
        let mut folders = BTreeSet::new();
        let mut open = vec![self.root.clone()];
        while let Some(folder) = open.pop() {
            for (path, entry) in names.get(&folder).into_iter().flatten() {
                match entry {
                    // A folder whose own names were never synced comes back empty.
                    Entry::Folder => open.push(path.clone()),
                    Entry::File(inode) => {
                        drop(kept.insert(path.clone(), bytes.get(inode).cloned().unwrap_or_default()))
                    }
                }
            }
            folders.insert(folder);
        }
        for path in names_in(&self.root)?.into_keys() {
            if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
        }
        // A parent sorts before what is in it.
        folders.iter().try_for_each(fs::create_dir_all)?;
        kept.iter().try_for_each(|(path, bytes)| fs::write(path, bytes))?;
        self.settle()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call; the error that it has to give, or whether it writes only half.
    fn call(&self, what: &'static str, path: &Path, writes: bool) -> io::Result<bool> {
        let mut state = self.state();
        state.calls += 1;
        state.log.push((what, path.to_owned()));
        let Some((nth, fault)) = state.fault else { return Ok(false) };
        let fails = |number| Err(io::Error::from_raw_os_error(number));
        match fault {
            Fault::Once(number) if state.calls == nth => fails(number),
            Fault::From(number) if state.calls >= nth && (writes || what == "unlink" && number == EROFS) => {
                fails(number)
            }
            Fault::Short(_) if state.calls == nth => Ok(true),
            Fault::Short(number) if state.calls == nth + 1 => fails(number),
            Fault::PowerCut if state.calls >= nth => fails(EIO),
            Fault::Once(_) | Fault::From(_) | Fault::Short(_) | Fault::PowerCut => Ok(false),
        }
    }
}

fn names_in(folder: &Path) -> io::Result<BTreeMap<PathBuf, Entry>> {
    let mut names = BTreeMap::new();
    for path in RealDisk.read_dir(folder)? {
        let metadata = match fs::symlink_metadata(&path) {
            // Another thread has just removed it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            found => found?,
        };
        let entry = if metadata.is_dir() { Entry::Folder } else { Entry::File(inode(&metadata)) };
        names.insert(path, entry);
    }
    Ok(names)
}

fn inode(metadata: &fs::Metadata) -> Inode {
    (metadata.dev(), metadata.ino())
}

/// What an open file holds, whatever its name is by now.
fn bytes_of(file: &File) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt as _;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, 0)?;
    Ok(bytes)
}

impl Disk for Faults {
    fn open(&self, path: &Path) -> io::Result<File> {
        self.call("open", path, false)?;
        RealDisk.open(path)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        self.call("create", path, true)?;
        let file = RealDisk.create(path)?;
        self.state().is_new(inode(&file.metadata()?));
        Ok(file)
    }

    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<usize> {
        let half = self.call("write", Path::new(""), true)?;
        RealDisk.write(file, if half { &bytes[..bytes.len().div_ceil(2)] } else { bytes })
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.call("sync", Path::new(""), true)?;
        let (number, bytes) = (inode(&file.metadata()?), bytes_of(file)?);
        self.state().bytes.insert(number, bytes);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call("sync_folder", folder, true)?;
        let names = names_in(folder)?;
        self.state().names.insert(folder.to_owned(), names);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename", to, true)?;
        RealDisk.rename(from, to)
    }

    fn rename_to_free(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename_to_free", to, true)?;
        RealDisk.rename_to_free(from, to)
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        self.call("unlink", path, false)?;
        RealDisk.unlink(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.call("make_folder", path, true)?;
        RealDisk.make_folder(path)
    }

    fn read_dir(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.call("read_dir", folder, false)?;
        RealDisk.read_dir(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Part, replace, write_all};

    #[test]
    fn at_a_power_cut_what_was_not_synced_is_gone_and_what_was_removed_is_there_again() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("old"), "old").unwrap();
        let disk = Faults::over(folder.path()).unwrap();
        replace(&disk, &folder.path().join("kept"), b"kept").unwrap();
        let mut unsynced = Part::in_folder(&disk, folder.path()).unwrap();
        write_all(&disk, unsynced.file(), b"bytes that were never synced").unwrap();
        unsynced.keep(&folder.path().join("hollow")).unwrap();
        disk.sync_folder(folder.path()).unwrap();
        disk.unlink(&folder.path().join("old")).unwrap();
        disk.rename(&folder.path().join("kept"), &folder.path().join("renamed")).unwrap();
        disk.power_cut().unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).ok();
        assert_eq!((read("old"), read("kept"), read("renamed")), (Some("old".into()), Some("kept".into()), None));
        assert_eq!(read("hollow"), Some(String::new()), "its name was synced, its bytes were not");
    }

    #[test]
    fn the_nth_call_fails_or_writes_only_a_part() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Faults::over(folder.path()).unwrap();
        let path = folder.path().join("a");
        replace(&disk, &path, b"one").unwrap();
        let calls = disk.calls();
        for nth in 1..calls {
            for fault in [Fault::Once(ENOSPC), Fault::From(EIO), Fault::PowerCut] {
                disk.fail(nth, fault);
                assert!(replace(&disk, &path, b"two").is_err(), "{nth} {fault:?}");
                disk.heal();
            }
            if fs::read(&path).unwrap() != b"one" {
                replace(&disk, &path, b"one").unwrap();
            }
        }
        disk.fail(2, Fault::Short(ENOSPC));
        assert!(replace(&disk, &path, b"longer").is_err(), "half is written, and the rest is refused");
    }
}
