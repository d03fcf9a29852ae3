//! What is said over the pipes: frames of a length and as many bytes.
//!
//! To the child: [`ReadOptions`](crate::ReadOptions) once, then for each piece of work a [`Request`] and what it is about,
//! see [`Follows`]. From the child: any number of [`Said::Progress`], then one [`Said::Done`]. Both sides are the same executable, so
//! that there is one version of all this.

use std::io::{self, ErrorKind, Read, Write};

use domain::Page;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Wishes;
use crate::arrange::{Sheet, Source};
use crate::{Kinds, Progress, ReadError};

/// Bytes of the largest frame: a file as large as files may be, taken apart and with its words, has room in it.
const MOST: u64 = 2_000_000_000;

/// What is to be done with a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Work {
    /// Gives a [`Reading`](domain::Reading).
    Read,
    /// Gives a [`PageImage`](crate::PageImage).
    PageImage { page: u32, width_px: u32, turned: u16 },
    /// Gives the [`Code`](domain::Code)s on its pages.
    Codes { kinds: Kinds, turned: Vec<u16> },
    /// Gives the bytes of a PDF in which the words of these pages can be found.
    SearchablePdf { pages: Vec<Page> },
    /// Gives the bytes of a PDF for each part.
    Arrange { sources: Vec<Source>, parts: Vec<Vec<Sheet>> },
}

/// How a child gets the file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Follows {
    /// Its bytes in a frame of their own.
    Bytes,
    /// The open file, see [`line`](super::line).
    File,
}

/// A piece of work.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) name: String,
    pub(super) wishes: Wishes,
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

/// The next frame; `None` where the other side has ended between two frames.
pub(super) fn read_frame(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    if from.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut length[1..])?;
    let length = u64::from_le_bytes(length);
    if length > MOST {
        return Err(io::Error::new(ErrorKind::InvalidData, format!("a frame of {length} bytes")));
    }
    let mut bytes = Vec::new();
    // Memory is taken as the bytes come, not as they are announced.
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
        assert_eq!(read_frame(&mut rest).expect("whole"), Some(b"one".to_vec()));
        assert_eq!(read_frame(&mut rest).expect("whole"), Some(Vec::new()));
        assert_eq!(read_frame(&mut rest).expect("the end"), None);
        assert!(read_frame(&mut &pipe[..9]).is_err(), "the end is missing");
        assert!(read_frame(&mut &[0xff; 16][..]).is_err(), "nobody sends that much");
    }

    #[test]
    fn an_error_arrives_with_its_code_and_words() {
        let error = ReadError::Password { name: "brief.pdf".to_owned() };
        let (code, message) = (error.code(), error.to_string());
        let frame = encode(&Said::<()>::Done(Err(error))).expect("encodes");
        let Said::<()>::Done(Err(arrived)) = decode(&frame).expect("decodes") else { panic!("an error") };
        assert_eq!((arrived.code(), arrived.to_string()), (code, message));
    }
}
