//! Files on the disk: the few calls through which letters, copies and backups are written, and the points at which a
//! test can end the program.
//!
//! May import: nobody. [`Disk`] is what whoever keeps files goes through; [`RealDisk`] is the system's own. With the
//! feature `double`, [`double::Faults`] fails the n-th call, writes only a part, and forgets at a power cut what was not synced.
//! [`crash_point!`] names a moment between two of these calls; the list is [`CRASH_POINTS`].

mod crash;
#[cfg(all(unix, feature = "double"))]
pub mod double;
mod stamp;

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

pub use crash::{AT_VARIABLE, BACKUP_POINTS, CONVERSION_POINTS, CRASH_POINTS, CRASHES, LOG_VARIABLE, is_listed, pass};
pub use stamp::Stamp;

/// The end of the name of a file that is not whole yet. Whoever finds one after a crash removes it.
pub const PART: &str = ".part";

/// The calls of a file system. Each does one thing, so that a test can stand between any two.
pub trait Disk: Send + Sync + Debug {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// What the system says.
    fn open(&self, path: &Path) -> io::Result<File>;

    /// Makes a new file that only its owner may read and write.
    ///
    /// # Errors
    /// What the system says; [`ErrorKind::AlreadyExists`] if the name is taken.
    fn create(&self, path: &Path) -> io::Result<File>;

    /// Writes some of the bytes; returns how many. [`write_all`] writes them all.
    ///
    /// # Errors
    /// What the system says.
    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<usize>;

    /// Waits until a file is on the disk. After an error its bytes count as lost, whatever is read from it: it is
    /// written anew.
    ///
    /// # Errors
    /// What the system says.
    fn sync(&self, file: &File) -> io::Result<()>;

    /// Waits until the names in a folder are on the disk.
    ///
    /// # Errors
    /// What the system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Gives a file another name; a file that has the name is replaced.
    ///
    /// # Errors
    /// What the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Gives a file another name that must be free: no file is ever replaced.
    ///
    /// # Errors
    /// What the system says; [`ErrorKind::AlreadyExists`] if the name is taken.
    fn rename_to_free(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// What the system says.
    fn unlink(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder that only its owner may enter, unless it is there. Its parent must be there.
    ///
    /// # Errors
    /// What the system says; also if something else has the name.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// What lies in a folder.
    ///
    /// # Errors
    /// What the system says.
    fn read_dir(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
}

/// The file system of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn open(&self, path: &Path) -> io::Result<File> {
        File::open(path)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        private(OpenOptions::new().read(true).write(true).create_new(true)).open(path)
    }

    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Windows has no such call and needs none.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_to_free(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            Ok(()) => fs::remove_file(from),
            Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) => Err(error),
            // A file system without hard links, such as FAT: nothing better is there.
            Err(_) if fs::symlink_metadata(to).is_ok() => Err(ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(from, to),
        }
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        match private_folder().create(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            made => made,
        }
    }

    fn read_dir(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    }
}

/// A file opened so is readable for its owner only.
#[cfg(unix)]
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

/// On other systems the folders of a user are private by default.
#[cfg(not(unix))]
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// A folder made so can be entered by its owner only.
pub fn private_folder() -> fs::DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "rights are given on Unix only"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Writes all bytes.
///
/// # Errors
/// What the system says; [`ErrorKind::WriteZero`] if it takes no more.
pub fn write_all(disk: &dyn Disk, file: &File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match disk.write(file, bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written.min(bytes.len())..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A file that is not whole yet. Dropping it removes it, unless it was kept.
#[derive(Debug)]
pub struct Part<'d> {
    disk: &'d dyn Disk,
    path: PathBuf,
    file: File,
    kept: bool,
}

impl<'d> Part<'d> {
    /// Makes an empty one in a folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn in_folder(disk: &'d dyn Disk, folder: &Path) -> io::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{}-{number}{PART}", std::process::id()));
            match disk.create(&path) {
                // An earlier process with the same number left it.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(file) => return Ok(Self { disk, path, file, kept: false }),
            }
        }
    }

    /// Its path, which ends with [`PART`].
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The open file.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Gives it its name. The caller has synced it before, and syncs the folder afterwards.
    ///
    /// # Errors
    /// What the system says.
    pub fn keep(&mut self, name: &Path) -> io::Result<()> {
        self.disk.rename(&self.path, name)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        if !self.kept {
            // Where even that fails, whoever sweeps up removes it.
            drop(self.disk.unlink(&self.path));
        }
    }
}

/// Writes a small file durably: whoever looks sees the old bytes or the new ones, also after a power cut.
///
/// # Errors
/// What the system says. Then the old file is still there.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut part = Part::in_folder(disk, folder)?;
    write_all(disk, part.file(), bytes)?;
    disk.sync(part.file())?;
    part.keep(path)?;
    disk.sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_is_gone_and_what_is_kept_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("inside");
        RealDisk.make_folder(&inside).unwrap();
        RealDisk.make_folder(&inside).unwrap();
        drop(Part::in_folder(&RealDisk, &inside).unwrap());
        replace(&RealDisk, &inside.join("a"), b"one").unwrap();
        replace(&RealDisk, &inside.join("a"), b"two").unwrap();
        assert_eq!(RealDisk.read_dir(&inside).unwrap(), [inside.join("a")]);
        assert_eq!(fs::read(inside.join("a")).unwrap(), b"two");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&inside), mode(&inside.join("a"))), (0o700, 0o600));
        }
    }
}
