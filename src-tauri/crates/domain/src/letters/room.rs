//! How much one file may bring: one limit for every door, and one for all that comes out of a file, however deep.

/// Bytes of the largest file that is taken in, whatever it comes through: five hundred pages at 300 dpi have room in it.
pub const MOST_FILE_BYTES: u64 = 200_000_000;
/// More files than this in one file are not post.
pub const MOST_MEMBERS: u64 = 2000;
/// What comes out of a file may be this many times larger than the file. Text shrinks to a tenth, white pages to a hundredth.
const MOST_RATIO: u64 = 200;
/// Up to this many bytes may come out of any file, however small it is.
const ANY_FILE: u64 = 1_000_000;

/// Bytes and files that may still come out of a file. An archive in an archive on a mail shares the room of the mail, so that
/// depth gains nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Room {
    /// Bytes of all files together.
    pub bytes: u64,
    /// How many files.
    pub members: u64,
}

impl Room {
    /// For all that comes out of a file of `size` bytes that came in by itself.
    pub fn of(size: u64) -> Self {
        let bytes = size.saturating_mul(MOST_RATIO).clamp(ANY_FILE, MOST_FILE_BYTES);
        Self { bytes, members: MOST_MEMBERS }
    }

    /// What is left of it after so many files with so many bytes.
    #[must_use]
    pub fn after(self, members: u64, bytes: u64) -> Self {
        Self { bytes: self.bytes.saturating_sub(bytes), members: self.members.saturating_sub(members) }
    }

    /// Makes room for one more file; `false` where there is none, and nothing is taken.
    pub fn take(&mut self, bytes: u64) -> bool {
        let enough = self.members > 0 && self.bytes >= bytes;
        if enough {
            *self = self.after(1, bytes);
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_file_brings_little_and_none_brings_more_than_the_largest_file() {
        assert_eq!(Room::of(3_600).bytes, ANY_FILE);
        assert_eq!(Room::of(50_000).bytes, 10_000_000);
        assert_eq!(Room::of(u64::MAX).bytes, MOST_FILE_BYTES);
    }

    #[test]
    fn room_is_taken_until_none_is_left() {
        let mut room = Room { bytes: 10, members: 2 };
        assert!(!room.take(11));
        assert!(room.take(4) && room.take(6));
        assert!(!room.take(0), "no more files");
        assert_eq!(room, Room { bytes: 0, members: 0 });
        assert_eq!(Room::of(1).after(3000, 0).members, 0);
    }
}
