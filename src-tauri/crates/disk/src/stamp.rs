//! Which file it is, and whether it changed.

use std::fs::Metadata;
use std::io;
use std::time::SystemTime;

/// What tells one state of a file from another: device, number, size, and the times of the last change of its bytes and
/// of anything else about it. The last cannot be set by hand, so it shows also what was made to look old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    place: (u64, u64),
    /// In bytes.
    pub size: u64,
    /// When its bytes were changed last, as the file system says it.
    pub modified: SystemTime,
    changed: (i64, i64),
}

impl Stamp {
    /// As the file system says it.
    ///
    /// # Errors
    /// Where it knows no times.
    pub fn of(metadata: &Metadata) -> io::Result<Self> {
        let (place, changed) = beside(metadata);
        Ok(Self { place, size: metadata.len(), modified: metadata.modified()?, changed })
    }

    /// Is it the same file with the same bytes? It may have got another name, which changes the last of the times.
    pub fn is_same_but_for_its_name(&self, other: &Self) -> bool {
        Self { changed: other.changed, ..*self } == *other
    }
}

#[cfg(unix)]
fn beside(metadata: &Metadata) -> ((u64, u64), (i64, i64)) {
    use std::os::unix::fs::MetadataExt as _;
    ((metadata.dev(), metadata.ino()), (metadata.ctime(), metadata.ctime_nsec()))
}

/// Other systems tell neither without unsafe calls: there size and time have to do.
#[cfg(not(unix))]
fn beside(_: &Metadata) -> ((u64, u64), (i64, i64)) {
    ((0, 0), (0, 0))
}
