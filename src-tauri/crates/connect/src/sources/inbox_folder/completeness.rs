//! Checks whether a file is complete: a scanner writes for many seconds, with pauses, and half a letter must not be
//! taken in.

mod tiff;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;
use std::time::Duration;

/// So many bytes of the beginning and of the end are checked.
const EDGE: u64 = 1024;

/// Whether a file looks complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completeness {
    /// It ends as its format has to end.
    Whole,
    /// Something follows after its end, or its format is not known.
    Unsure,
    /// Text, which has no end: somebody may write more to it at any time.
    Text,
    /// The end is missing, or there is nothing in it, or it is still open for writing.
    Partial,
}

impl Completeness {
    /// Of the file at `path`.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut head = Vec::new();
        Read::by_ref(&mut file).take(EDGE).read_to_end(&mut head)?;
        file.seek(SeekFrom::Start(size.saturating_sub(EDGE)))?;
        if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") {
            return Ok(match tiff::is_whole(&mut BufReader::new(file), size) {
                Ok(true) => Self::Whole,
                // It refers to data beyond its end.
                Ok(false) | Err(_) => Self::Partial,
            });
        }
        let mut tail = Vec::new();
        file.take(EDGE).read_to_end(&mut tail)?;
        Ok(of_edges(&head, &tail, size))
    }

    /// How long such a file must stay unchanged before it is handed over. A cut-off file is handed over in the end,
    /// too, so that its problem is shown.
    pub(super) fn patience(self, still_for: Duration) -> Duration {
        match self {
            Self::Whole => still_for,
            Self::Unsure => still_for * 5,
            Self::Text | Self::Partial => still_for * 30,
        }
    }
}

fn of_edges(head: &[u8], tail: &[u8], size: u64) -> Completeness {
    let end = tail.trim_ascii_end();
    if size == 0 {
        Completeness::Partial
    } else if find(head, b"%PDF-").is_some() {
        // A linearized PDF has an end mark near its beginning, too, but says its full length (ISO 32000-1, annex F).
        if linearized_length(head).is_some_and(|length| size < length) {
            return Completeness::Partial;
        }
        by_end_mark(end, tail, b"%%EOF")
    } else if head.starts_with(b"\x89PNG") {
        by_end_mark(tail, tail, b"IEND\xae\x42\x60\x82")
    } else if head.starts_with(b"\xff\xd8\xff") {
        by_end_mark(tail, tail, b"\xff\xd9")
    } else if let (true, Some(&[a, b, c, d])) = (head.starts_with(b"RIFF"), head.get(4..8)) {
        let length = u64::from(u32::from_le_bytes([a, b, c, d])) + 8;
        if size < length { Completeness::Partial } else { Completeness::Whole }
    } else if let Some(name) = xml_root(head) {
        by_end_mark(end, tail, &[b"</", name, b">"].concat())
    } else if head.starts_with(b"PK\x03\x04") {
        // The directory of a ZIP file stands at its end.
        if find(tail, b"PK\x05\x06").is_some() { Completeness::Whole } else { Completeness::Partial }
    } else if !head.contains(&0) && !tail.contains(&0) {
        Completeness::Text
    } else {
        Completeness::Unsure
    }
}

/// Whole if `end` ends with `mark`; unsure if the mark is near the end (some programs write something after it).
fn by_end_mark(end: &[u8], tail: &[u8], mark: &[u8]) -> Completeness {
    if end.ends_with(mark) {
        Completeness::Whole
    } else if find(tail, mark).is_some() {
        Completeness::Unsure
    } else {
        Completeness::Partial
    }
}

/// The length that the dictionary of a linearized PDF gives, in bytes.
fn linearized_length(head: &[u8]) -> Option<u64> {
    let dictionary = &head[find(head, b"/Linearized")?..];
    let dictionary = &dictionary[..find(dictionary, b">>")?];
    let length = dictionary[find(dictionary, b"/L ")? + 3..].trim_ascii_start();
    let digits = length.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(length.len());
    std::str::from_utf8(&length[..digits]).ok()?.parse().ok()
}

/// The name of the first element, if the beginning is that of an XML file.
fn xml_root(head: &[u8]) -> Option<&[u8]> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if !text.starts_with(b"<") {
        return None;
    }
    let at = text.windows(2).position(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic())? + 1;
    let length = text[at..].iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))?;
    Some(&text[at..at + length])
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Completeness) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(
            Completeness::of(&path).unwrap(),
            expected,
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(80)])
        );
    }

    #[test]
    fn a_file_is_whole_when_its_format_has_come_to_its_end() {
        check(b"%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF\r\n", Completeness::Whole);
        check(b"\x89PNG\r\n\x1a\n....\0\0\0\0IEND\xae\x42\x60\x82", Completeness::Whole);
        check(b"\xff\xd8\xff\xe0 picture \xff\xd9", Completeness::Whole);
        check(b"PK\x03\x04 letter.pdf PK\x01\x02 PK\x05\x06 ....", Completeness::Whole);
        check(b"RIFF\x0c\0\0\0WEBPVP8 ....", Completeness::Whole);
        check(
            b"\xef\xbb\xbf<?xml version=\"1.0\"?><!-- x --><rsm:Invoice a=\"b\"><x/></rsm:Invoice>\n",
            Completeness::Whole,
        );
    }

    #[test]
    fn a_file_without_its_end_is_partial() {
        check(b"", Completeness::Partial);
        check(b"%PDF-1.7\n1 0 obj\nstartxr", Completeness::Partial);
        check(b"\x89PNG\r\n\x1a\n....", Completeness::Partial);
        check(b"\xff\xd8\xff\xe0 picture", Completeness::Partial);
        check(b"PK\x03\x04 letter.pdf", Completeness::Partial);
        check(b"RIFF\x0f\0\0\0WEBPVP8 ....", Completeness::Partial);
        check(b"<?xml version=\"1.0\"?><Invoice><x></x>", Completeness::Partial);
    }

    #[test]
    fn a_tiff_is_whole_when_all_that_its_pictures_name_has_come() {
        // Eight bytes of data, then a picture that names them, then its strip's place and length.
        let mut tiff = b"II*\0\x10\0\0\0datadata".to_vec();
        tiff.extend([2, 0]);
        tiff.extend([0x11, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0]);
        tiff.extend([0x17, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0]);
        tiff.extend([0; 4]);
        check(&tiff, Completeness::Whole);
        for length in [8, 16, 20, tiff.len() - 1] {
            check(&tiff[..length], Completeness::Partial);
        }
        // The picture comes first, and its data are still to come.
        tiff[26] = 200;
        check(&tiff, Completeness::Partial);
        let mut picture = std::io::Cursor::new(Vec::new());
        let grey = image::GrayImage::from_fn(300, 400, |x, y| image::Luma([(x * y) as u8]));
        grey.write_to(&mut picture, image::ImageFormat::Tiff).unwrap();
        let real = picture.into_inner();
        check(&real, Completeness::Whole);
        check(&real[..real.len() - 1], Completeness::Partial);
        check(&real[..real.len() / 2], Completeness::Partial);
    }

    #[test]
    fn the_first_end_mark_of_a_linearized_pdf_is_not_its_end() {
        let first_part = b"%PDF-1.4\n1 0 obj\n<</Linearized 1/L 5000/O 3>>\nendobj\nstartxref\n0\n%%EOF\n";
        check(first_part, Completeness::Partial);
        let mut whole = first_part.to_vec();
        whole.resize(4994, b' ');
        whole.extend(b"%%EOF\n");
        check(&whole, Completeness::Whole);
    }

    #[test]
    fn what_follows_after_the_end_and_unknown_formats_leave_doubt() {
        check(b"%PDF-1.7\n%%EOF\n<!-- added by a mail gateway -->", Completeness::Unsure);
        check(b"\xff\xd8\xff\xe0 picture \xff\xd9 maker's data", Completeness::Unsure);
        check(b"some\0thing", Completeness::Unsure);
        check(b"just some text", Completeness::Text);
    }
}
