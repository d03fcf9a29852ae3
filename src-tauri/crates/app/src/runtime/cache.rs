//! The cache: page pictures, searchable PDFs, copies for other programs. Everything in it can be made again. It is
//! limited in size, and entries are removed together with their document.
//!
//! In an encrypted profile pictures are sealed. Copies for other programs cannot be: they lie where nothing outlives the session,
//! and go when the program starts, ends or is locked.

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use std::sync::Arc;

use domain::{DocumentId, FileId};
use store::{Place, Store};
use tempfile::NamedTempFile;
use vault::Keys;

/// The limit in bytes over all kinds; above it, the oldest entries are removed.
const MOST: u64 = 400_000_000;
/// The folder of entries that belong to no document, such as the separator sheet.
const OF_NONE: &str = "other";

/// A kind of entry; each has a folder of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Pictures of pages.
    Pages,
    /// Files for people and other programs.
    Derived,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Pages, Self::Derived];
}

/// The folder `cache/` of a profile.
#[derive(Debug)]
pub(crate) struct Cache {
    root: PathBuf,
    /// Copies for other programs.
    derived: PathBuf,
    keys: Option<Arc<Keys>>,
    most: u64,
    /// Bytes that may still be written before the size is measured again; 0 at first.
    room: AtomicU64,
}

impl Cache {
    pub(crate) fn new(place: &Place) -> Self {
        let root = place.folder.join("cache");
        let derived = match &place.keys {
            Some(_) => copies_of(&place.folder).join(std::process::id().to_string()),
            None => root.join("derived"),
        };
        Self { root, derived, keys: place.keys.clone(), most: MOST, room: AtomicU64::new(0) }
    }

    /// Removes the copies of this process for other programs that can be read without a key.
    pub(crate) fn drop_copies(&self) {
        if self.keys.is_some()
            && let Err(error) = removed(&self.derived)
        {
            tracing::warn!(folder = %self.derived.display(), %error, "copies for other programs are still there");
        }
    }

    /// The same for those of processes that were killed.
    fn drop_copies_of_the_dead(&self) -> io::Result<()> {
        if self.keys.is_none() {
            return Ok(());
        }
        for path in entries(self.derived.parent().unwrap_or(&self.derived))? {
            let process = path.file_name().map(|name| Path::new("/proc").join(name));
            if process.is_some_and(|process| !process.exists()) {
                removed(&path)?;
            }
        }
        Ok(())
    }

    /// The entry of a file with this name; none as well if it cannot be opened.
    pub(crate) fn get(&self, kind: Kind, of: &FileId, name: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.folder(kind, Some(of)).join(name)).ok()?;
        match (kind, &self.keys) {
            (Kind::Pages, Some(keys)) => keys.opened(&bytes).ok(),
            (Kind::Pages | Kind::Derived, _) => Some(bytes),
        }
    }

    /// Stores an entry of a file, or of none. It is written to a temporary file and renamed, so that no half file is
    /// ever opened.
    pub(crate) fn keep(&self, kind: Kind, of: Option<&FileId>, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let (folder, size) = (self.folder(kind, of), bytes.len() as u64);
        if self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(size)).is_err() {
            self.make_room()?;
        }
        disk::private_folder().recursive(true).create(&folder)?;
        let mut half = NamedTempFile::new_in(&folder)?;
        match (kind, &self.keys) {
            (Kind::Pages, Some(keys)) => half.write_all(&keys.sealed(bytes)?)?,
            (Kind::Pages | Kind::Derived, _) => half.write_all(bytes)?,
        }
        let path = folder.join(name);
        half.persist(&path)?;
        Ok(path)
    }

    /// Lets go of what was made of those of the documents that are in the trash now.
    pub(crate) fn forget_trashed(&self, store: &Store, documents: &[DocumentId]) {
        let gone = store.read(|r| {
            let mut gone = Vec::new();
            for id in documents {
                if r.trashed_at(*id)?.is_some()
                    && let Some(document) = r.document(*id)?
                {
                    gone.push(document.file);
                }
            }
            Ok(gone)
        });
        let forgotten =
            gone.map_err(io::Error::other).and_then(|gone| gone.iter().try_for_each(|file| self.forget(file)));
        if let Err(error) = forgotten {
            tracing::warn!(%error, "pictures and copies of a document in the trash stay until the next start");
        }
    }

    /// Lets go of what was made of documents that are in the trash or gone: another process may have put them there.
    pub(crate) fn sweep(&self, store: &Store) {
        let swept = store.read(|r| {
            let keyed: HashMap<String, FileId> = match &self.keys {
                Some(_) => r.files()?.into_iter().map(|file| (self.name_of(&file.id), file.id)).collect(),
                None => HashMap::new(),
            };
            let wanted = |name: &str| {
                let Some(file) = keyed.get(name).cloned().or_else(|| name.parse().ok()) else { return false };
                r.is_shown(&file).unwrap_or_else(|error| {
                    tracing::warn!(%file, %error, "it could not be looked up whether a file has a document");
                    true
                })
            };
            Ok(self.forget_unless(wanted))
        });
        let swept = swept.map_err(io::Error::other).flatten().and_then(|()| self.drop_copies_of_the_dead());
        if let Err(error) = swept {
            tracing::warn!(%error, "old pictures and copies stay until the next start");
        }
    }

    /// Lets go of all that was made of a file.
    fn forget(&self, file: &FileId) -> io::Result<()> {
        Kind::ALL.into_iter().try_for_each(|kind| removed(&self.folder(kind, Some(file))))
    }

    /// Lets go of what was made of files that are not `wanted` any more.
    fn forget_unless(&self, wanted: impl Fn(&str) -> bool) -> io::Result<()> {
        for kind in Kind::ALL {
            for path in entries(&self.folder_of(kind))? {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                let stays = name == OF_NONE || wanted(name);
                if !stays {
                    removed(&path)?;
                }
            }
        }
        Ok(())
    }

    /// Over the limit, removes the oldest entries until a quarter of the room is free, so that not every new entry has
    /// to remove one.
    fn make_room(&self) -> io::Result<()> {
        let mut files = Vec::new();
        for kind in Kind::ALL {
            for folder in entries(&self.folder_of(kind))? {
                files.extend(entries(&folder)?.into_iter().filter_map(|path| Some((state(&path)?, path))));
            }
        }
        let mut bytes: u64 = files.iter().map(|((_, size), _)| size).sum();
        if bytes > self.most {
            files.sort();
            for ((_, size), path) in files {
                if bytes <= self.most / 4 * 3 {
                    break;
                }
                removed(&path)?;
                bytes -= size;
            }
        }
        self.room.store(self.most.saturating_sub(bytes), Ordering::Relaxed);
        Ok(())
    }

    fn folder_of(&self, kind: Kind) -> PathBuf {
        match kind {
            Kind::Pages => self.root.join("pages"),
            Kind::Derived => self.derived.clone(),
        }
    }

    fn folder(&self, kind: Kind, of: Option<&FileId>) -> PathBuf {
        self.folder_of(kind).join(of.map_or_else(|| OF_NONE.to_owned(), |file| self.name_of(file)))
    }

    /// The name of the folder of a file: as in the archive.
    fn name_of(&self, file: &FileId) -> String {
        self.keys.as_ref().map_or_else(|| file.to_string(), |keys| keys.name_of(file.as_str()))
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        self.drop_copies();
    }
}

/// Where the copies of an encrypted profile lie: in memory that goes with the session, where the system has that.
fn copies_of(profile: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    profile.hash(&mut hasher);
    match dirs::runtime_dir().filter(|folder| folder.is_dir()) {
        Some(session) => session.join(format!("workmate-{:016x}", hasher.finish())),
        None => profile.join("cache").join("copies"),
    }
}

/// When a file was written, and its bytes; none where it has gone meanwhile.
fn state(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = fs::symlink_metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// What lies in a folder; nothing where there is none.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Removes a file or a folder, if it is there.
fn removed(path: &Path) -> io::Result<()> {
    let gone = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    gone.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn file(digit: u8) -> FileId {
        FileId::from_digest(&[digit; 32])
    }

    #[test]
    fn what_was_made_of_a_file_goes_with_it_and_the_rest_stays() {
        let profile = tempfile::tempdir().unwrap();
        let cache = Cache::new(&profile.path().into());
        for digit in [1, 2] {
            cache.keep(Kind::Pages, Some(&file(digit)), "1", b"picture").unwrap();
            cache.keep(Kind::Derived, Some(&file(digit)), "Brief.pdf", b"copy").unwrap();
        }
        let sheet = cache.keep(Kind::Derived, None, "separator.pdf", b"sheet").unwrap();
        cache.forget(&file(1)).unwrap();
        cache.forget(&file(1)).unwrap();
        assert_eq!(cache.get(Kind::Pages, &file(1), "1"), None);
        assert_eq!(cache.get(Kind::Derived, &file(2), "Brief.pdf").as_deref(), Some(&b"copy"[..]));

        // Left by an earlier version, or by a document that another process put into the trash.
        fs::write(profile.path().join("cache/pages/left"), "over").unwrap();
        cache.forget_unless(|name| name == file(1).as_str()).unwrap();
        assert_eq!(cache.get(Kind::Pages, &file(2), "1"), None);
        assert!(!profile.path().join("cache/pages/left").exists() && sheet.exists());
    }

    #[test]
    fn it_stays_below_its_size_and_the_oldest_go_first() {
        let profile = tempfile::tempdir().unwrap();
        let mut cache = Cache::new(&profile.path().into());
        cache.most = 1000;
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        for digit in 0..30 {
            let path = cache.keep(Kind::Pages, Some(&file(digit)), "1", &[0; 100]).unwrap();
            // A file system's clock is coarse.
            let written = now - Duration::from_secs(100 - u64::from(digit));
            fs::File::options().write(true).open(path).unwrap().set_modified(written).unwrap();
        }
        let kept: Vec<u8> = (0..30).filter(|digit| cache.get(Kind::Pages, &file(*digit), "1").is_some()).collect();
        assert!(kept.len() <= 10 && kept.contains(&29) && !kept.contains(&0), "{kept:?}");
    }
}
