//! The content of a file: its bytes, or the open file. A large PDF is never in memory as a whole: PDFium reads what a
//! page needs.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use crate::formats;
use crate::host::HANDS_FILES_OVER;

/// Files up to this size are taken into memory: that is faster than many small reads.
const SMALL: u64 = 8_000_000;
/// So many first bytes tell whether a file stays on the disk.
pub(crate) const BEGINNING: u64 = 1024;

/// What is in a file.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// All its bytes.
    Bytes(&'a [u8]),
    /// The file, open for reading. Nobody else may use it meanwhile: its position moves.
    File(&'a File),
}

/// The content of a file, in memory unless it is large and of a kind that stays on the disk.
#[derive(Debug)]
pub(crate) enum Held<'a> {
    Bytes(Cow<'a, [u8]>),
    File(&'a File),
}

impl<'a> Content<'a> {
    /// How many bytes there are.
    pub(crate) fn size(self) -> io::Result<u64> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
            Self::File(file) => Ok(file.metadata()?.len()),
        }
    }

    /// The first bytes, at least as many as asked for if there are.
    pub(crate) fn beginning(self, bytes: u64) -> io::Result<Cow<'a, [u8]>> {
        self.part(SeekFrom::Start(0), bytes)
    }

    /// The last bytes, at least as many as asked for if there are.
    pub(crate) fn end(self, bytes: u64) -> io::Result<Cow<'a, [u8]>> {
        let start = self.size()?.saturating_sub(bytes);
        self.part(SeekFrom::Start(start), bytes)
    }

    fn part(self, from: SeekFrom, bytes: u64) -> io::Result<Cow<'a, [u8]>> {
        match self {
            Self::Bytes(all) => Ok(Cow::Borrowed(all)),
            Self::File(mut file) => {
                file.seek(from)?;
                let mut part = Vec::new();
                file.take(bytes).read_to_end(&mut part)?;
                Ok(Cow::Owned(part))
            }
        }
    }

    /// Takes a file into memory, unless it is large and of a kind that can stay on the disk.
    pub(crate) fn held(self) -> io::Result<Held<'a>> {
        if let Self::File(file) = self
            && HANDS_FILES_OVER
            && self.size()? > SMALL
            && formats::stays_on_disk(&self.beginning(BEGINNING)?)
        {
            return Ok(Held::File(file));
        }
        Ok(Held::Bytes(self.beginning(u64::MAX)?))
    }
}

impl Held<'_> {
    pub(crate) fn content(&self) -> Content<'_> {
        match self {
            Self::Bytes(bytes) => Content::Bytes(bytes),
            Self::File(file) => Content::File(file),
        }
    }
}

impl<'a> From<&'a [u8]> for Content<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a Vec<u8>> for Content<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a File> for Content<'a> {
    fn from(file: &'a File) -> Self {
        Self::File(file)
    }
}
