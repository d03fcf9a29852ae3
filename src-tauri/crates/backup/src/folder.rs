//! A repository in a folder. Unlike the backend that comes with rustic, it syncs every file and its folder before it says that
//! something is written, and a folder that cannot be listed is an error instead of an empty one.
//!
//! The layout is that of restic's local backend: `config`, and `keys`, `snapshots`, `index`, `data/xx`.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use disk::{Disk, PART, Part, crash_point, write_all};
use rustic_core::{ALL_FILE_TYPES, BytesList, FileType, Id, ReadBackend, RusticError, RusticResult, WriteBackend};

/// A fault of the system, and at which file.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub(crate) struct Fault {
    pub(crate) path: PathBuf,
    pub(crate) source: io::Error,
}

#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    disk: Arc<dyn Disk>,
}

impl Folder {
    pub(crate) fn new(root: &Path, disk: Arc<dyn Disk>) -> Self {
        Self { root: root.to_path_buf(), disk }
    }

    /// Removes what an interrupted backup left half written.
    pub(crate) fn sweep(&self) -> io::Result<()> {
        let others = ALL_FILE_TYPES.iter().map(|tpe| self.root.join(tpe.dirname()));
        for folder in self.folders_of_packs()?.into_iter().chain(others).chain([self.root.clone()]) {
            for path in self.disk.read_dir(&folder)? {
                if path.to_string_lossy().ends_with(PART) {
                    self.disk.unlink(&path)?;
                }
            }
        }
        Ok(())
    }

    fn folders_of_packs(&self) -> io::Result<Vec<PathBuf>> {
        let data = self.disk.read_dir(&self.root.join(FileType::Pack.dirname()))?;
        Ok(data.into_iter().filter(|path| path.is_dir()).collect())
    }

    fn path(&self, tpe: FileType, id: &Id) -> PathBuf {
        let name = id.to_hex();
        let folder = self.root.join(tpe.dirname());
        match tpe {
            FileType::Config => folder,
            FileType::Pack => folder.join(name.get(..2).unwrap_or_default()).join(name.as_str()),
            FileType::Index | FileType::Key | FileType::Snapshot => folder.join(name.as_str()),
        }
    }

    fn write(&self, path: &Path, content: &BytesList) -> io::Result<()> {
        let folder = path.parent().unwrap_or(&self.root);
        if !folder.try_exists()? {
            self.disk.make_folder(folder)?;
            crash_point!("backup.folder_made");
            sync_folder(&*self.disk, folder.parent().unwrap_or(&self.root))?;
        }
        let mut part = Part::in_folder(&*self.disk, folder)?;
        content.slice().iter().try_for_each(|bytes| write_all(&*self.disk, part.file(), bytes))?;
        crash_point!("backup.part_written");
        self.disk.sync(part.file())?;
        part.keep(path)?;
        crash_point!("backup.file_named");
        sync_folder(&*self.disk, folder)
    }

    fn sizes(&self, tpe: FileType) -> io::Result<Vec<(Id, u32)>> {
        let folders = match tpe {
            FileType::Config => {
                let config = self.root.join(FileType::Config.dirname());
                return match fs::metadata(config) {
                    Ok(data) => Ok(vec![(Id::default(), size(data.len())?)]),
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
                    Err(error) => Err(error),
                };
            }
            FileType::Pack => self.folders_of_packs()?,
            FileType::Index | FileType::Key | FileType::Snapshot => vec![self.root.join(tpe.dirname())],
        };
        let mut found = Vec::new();
        for folder in folders {
            for path in self.disk.read_dir(&folder)? {
                // Other names are no files of the repository: a half written one, or what the system puts there.
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let Ok(id) = name.parse::<Id>() else { continue };
                found.push((id, size(fs::metadata(&path)?.len())?));
            }
        }
        Ok(found)
    }
}

fn size(bytes: u64) -> io::Result<u32> {
    u32::try_from(bytes).map_err(|_| io::Error::new(ErrorKind::FileTooLarge, "it is larger than a pack can be"))
}

pub(crate) fn sync_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    match disk.sync_folder(folder) {
        // Some network disks cannot sync folders.
        Err(error) if error.kind() == ErrorKind::InvalidInput || error.kind() == ErrorKind::Unsupported => Ok(()),
        done => done,
    }
}

/// The fault as an error of rustic.
fn fault(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Box<RusticError> {
    let path = path.into();
    move |source| {
        let message = format!("{} cannot be used.", path.display());
        RusticError::with_source(rustic_core::ErrorKind::Backend, message, Fault { path, source })
    }
}

impl ReadBackend for Folder {
    fn location(&self) -> String {
        self.root.display().to_string()
    }

    fn list_with_size(&self, tpe: FileType) -> RusticResult<Vec<(Id, u32)>> {
        self.sizes(tpe).map_err(fault(self.root.join(tpe.dirname())))
    }

    fn read_full(&self, tpe: FileType, id: &Id) -> RusticResult<Bytes> {
        let path = self.path(tpe, id);
        fs::read(&path).map(Bytes::from).map_err(fault(path))
    }

    fn read_partial(&self, tpe: FileType, id: &Id, _: bool, offset: u32, length: u32) -> RusticResult<Bytes> {
        let path = self.path(tpe, id);
        let read = || {
            let mut file = File::open(&path)?;
            file.seek(SeekFrom::Start(offset.into()))?;
            let mut part = vec![0; usize::try_from(length).map_err(io::Error::other)?];
            file.read_exact(&mut part)?;
            Ok(Bytes::from(part))
        };
        read().map_err(fault(path.clone()))
    }

    fn warmup_path(&self, tpe: FileType, id: &Id) -> String {
        self.path(tpe, id).display().to_string()
    }
}

impl WriteBackend for Folder {
    fn create(&self) -> RusticResult<()> {
        let create = || {
            for tpe in ALL_FILE_TYPES {
                fs::create_dir_all(self.root.join(tpe.dirname()))?;
            }
            sync_folder(&*self.disk, &self.root)
        };
        create().map_err(fault(&self.root))
    }

    fn write_bytes(&self, tpe: FileType, id: &Id, _: bool, content: BytesList) -> RusticResult<()> {
        let path = self.path(tpe, id);
        self.write(&path, &content).map_err(fault(path))
    }

    fn remove(&self, tpe: FileType, id: &Id, _: bool) -> RusticResult<()> {
        let path = self.path(tpe, id);
        let removed = self.disk.unlink(&path);
        // What is needed no more must not be gone before what needed it.
        removed.and_then(|()| sync_folder(&*self.disk, path.parent().unwrap_or(&self.root))).map_err(fault(path))
    }
}
