//! The messages between the program and a reading child: frames with a length and as many bytes.
//!
//! To the child: [`ReadOptions`](crate::ReadOptions) once; then for each piece of work a [`Request`] and its content,
//! see [`Follows`]. From the child: any number of [`Said::Progress`], then one [`Said::Done`]. Both sides are the same
//! executable, so there is only one version of this protocol.

use std::io::{self, ErrorKind, Read, Write};

use domain::Page;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::ReadSettings;
use crate::arrange::{Sheet, Source};
use crate::ocr::ToReadAgain;
use crate::{Kinds, Limits, Progress, ReadError};

/// Bytes of the largest frame to a child: several files as large as files may be have room in it.
pub(super) const MOST_TOLD: u64 = 2_000_000_000;
/// Bytes that words, codes and problems may take, beside the files that come with them: a page of a book has 20 kB of them.
const MOST_WORDS: u64 = 64_000_000;

/// The kinds of work on a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Work {
    /// Gives a [`Reading`](domain::Reading).
    Read,
    /// Gives a [`ReadAgain`](crate::ocr::ReadAgain): what the second reader makes of doubtful lines of these pages.
    ReadAgain { pages: Vec<ToReadAgain> },
    /// Gives a [`PageImage`](crate::PageImage).
    PageImage { page: u32, width_px: u32, turned: u16 },
    /// Gives the [`Code`](domain::Code)s on its pages.
    Codes { kinds: Kinds, turned: Vec<u16> },
    /// Gives the bytes of a PDF in which the words of these pages can be found.
    SearchablePdf { pages: Vec<Page> },
    /// Gives the bytes of a PDF for each part.
    Arrange { sources: Vec<Source>, parts: Vec<Vec<Sheet>> },
}

impl Work {
    /// The largest frame in bytes that a child may send for this work. A file that has taken over a library could send
    /// anything, and all of it would be held in memory.
    pub(super) fn most_said(&self, limits: &Limits) -> u64 {
        match self {
            // Its pages, and once more the files that were in it: together as large as one file may be.
            Self::Read | Self::ReadAgain { .. } | Self::PageImage { .. } | Self::Codes { .. } => {
                limits.bytes + MOST_WORDS
            }
            // Its pictures may be kept in a form that takes more room than they came in.
            Self::SearchablePdf { .. } | Self::Arrange { .. } => 2 * limits.bytes + MOST_WORDS,
        }
    }
}

/// How a child gets the file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Follows {
    /// Its bytes in a frame of their own.
    Bytes,
    /// The open file, see [`socket`](super::socket).
    File,
}

/// A piece of work.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) name: String,
    pub(super) settings: ReadSettings,
    pub(super) work: Work,
    /// Pages that may be worked on at the same time.
    pub(super) threads: u32,
    pub(super) follows: Follows,
}

/// What a child says about its piece of work.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Said<T> {
    Progress(Progress),
    Done(Result<T, ReadError>),
}

pub(super) fn write_frame(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// The next frame, of at most `most` bytes, asked when one has begun; `None` where the other side has ended between two frames.
///
/// # Errors
/// `InvalidData` if the frame is larger than `most`, before any of it is read; else what the pipe gives.
pub(super) fn read_frame(from: &mut impl Read, most: impl Fn() -> u64) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    if from.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut length[1..])?;
    let length = u64::from_le_bytes(length);
    let most = most();
    if length > most {
        return Err(io::Error::new(ErrorKind::InvalidData, format!("a frame of {length} bytes, at most {most}")));
    }
    let mut bytes = Vec::new();
    // Memory is allocated as the bytes arrive, not as they are announced.
    if from.take(length).read_to_end(&mut bytes)? as u64 == length {
        Ok(Some(bytes))
    } else {
        Err(ErrorKind::UnexpectedEof.into())
    }
}

pub(super) fn encode(message: &impl Serialize) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(message).map_err(io::Error::other)
}

pub(super) fn decode<T: DeserializeOwned>(frame: &[u8]) -> io::Result<T> {
    postcard::from_bytes(frame).map_err(|e| io::Error::new(ErrorKind::InvalidData, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_out_as_they_went_in_and_a_cut_one_is_an_error() {
        let mut pipe = Vec::new();
        write_frame(&mut pipe, b"one").expect("fits");
        write_frame(&mut pipe, b"").expect("fits");
        let mut rest = pipe.as_slice();
        assert_eq!(read_frame(&mut rest, || 3).expect("whole"), Some(b"one".to_vec()));
        assert_eq!(read_frame(&mut rest, || 3).expect("whole"), Some(Vec::new()));
        assert_eq!(read_frame(&mut rest, || 3).expect("the end"), None);
        assert!(read_frame(&mut &pipe[..9], || 3).is_err(), "the end is missing");
        assert!(read_frame(&mut &[0xff; 16][..], || u64::MAX - 1).is_err(), "nobody sends that much");
        assert!(read_frame(&mut pipe.as_slice(), || 2).is_err(), "more than may be said");
    }

    #[test]
    fn an_error_arrives_with_its_code_and_words() {
        let error = ReadError::Password { name: "brief.pdf".to_owned() };
        let (code, message) = (error.code().as_str(), error.to_string());
        let frame = encode(&Said::<()>::Done(Err(error))).expect("encodes");
        let Said::<()>::Done(Err(arrived)) = decode(&frame).expect("decodes") else { panic!("an error") };
        assert_eq!((arrived.code().as_str(), arrived.to_string()), (code, message));
    }
}
