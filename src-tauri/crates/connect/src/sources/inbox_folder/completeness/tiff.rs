//! Checks whether a TIFF is complete: it has no end mark, but every picture in it says where its data are (TIFF 6.0,
//! section 2).

use std::io::{self, Read, Seek, SeekFrom};

/// More pictures than this are not followed; a loop of pictures ends here, too.
const MOST_PICTURES: usize = 2000;
/// Places and lengths of the strips or tiles of a picture.
const PLACES: [u16; 2] = [273, 324];
const LENGTHS: [u16; 2] = [279, 325];

/// Whether all data of all pictures of a TIFF are within its `size` bytes; an error also if not.
pub(super) fn is_whole(file: &mut (impl Read + Seek), size: u64) -> io::Result<bool> {
    let mut tiff = Tiff { file, little: true };
    tiff.little = tiff.bytes::<4>(0)?.starts_with(b"II");
    let mut next = u64::from(tiff.long(4)?);
    for _ in 0..MOST_PICTURES {
        if next == 0 {
            return Ok(true);
        }
        let count = u64::from(tiff.short(next)?);
        let (mut places, mut lengths) = (Vec::new(), Vec::new());
        for entry in (0..count).map(|number| next + 2 + 12 * number) {
            let tag = tiff.short(entry)?;
            if PLACES.contains(&tag) {
                places = tiff.values(entry, size)?;
            } else if LENGTHS.contains(&tag) {
                lengths = tiff.values(entry, size)?;
            }
        }
        if places.is_empty() || places.iter().zip(&lengths).any(|(place, length)| place + length > size) {
            return Ok(false);
        }
        next = u64::from(tiff.long(next + 2 + 12 * count)?);
    }
    Ok(false)
}

struct Tiff<'a, F> {
    file: &'a mut F,
    little: bool,
}

impl<F: Read + Seek> Tiff<'_, F> {
    fn bytes<const N: usize>(&mut self, at: u64) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn short(&mut self, at: u64) -> io::Result<u16> {
        let bytes = self.bytes(at)?;
        Ok(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&mut self, at: u64) -> io::Result<u32> {
        let bytes = self.bytes(at)?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// The numbers of an entry: in its last four bytes if they fit there, else where these point.
    fn values(&mut self, entry: u64, size: u64) -> io::Result<Vec<u64>> {
        let (kind, count) = (self.short(entry + 2)?, u64::from(self.long(entry + 4)?));
        let width = if kind == 3 { 2 } else { 4 };
        if count * width > size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let at = if count * width <= 4 { entry + 8 } else { u64::from(self.long(entry + 8)?) };
        let value = |number| match width {
            2 => self.short(at + 2 * number).map(u64::from),
            _ => self.long(at + 4 * number).map(u64::from),
        };
        (0..count).map(value).collect()
    }
}
