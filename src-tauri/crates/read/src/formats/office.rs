//! Text documents of office programs. Where LibreOffice is installed, it makes a PDF of each, which is then read as a document
//! of its own; the office file is kept as what it came in. Where it is not, they are refused with the way out.

use std::io::{Cursor, Read, Seek};

use ::zip::ZipArchive;
use domain::{Member, Page, Reading};

use super::{Format, Job};
use crate::host::{self, Watch};
use crate::{PageImage, ReadError, ReadOptions};

/// A kind of office document that LibreOffice Writer opens.
pub(crate) struct Office {
    mime_type: &'static str,
    /// The ending by which LibreOffice knows it.
    ending: &'static str,
    is: fn(&[u8]) -> bool,
}

/// ECMA-376, part 1, 11.3.10.
pub(super) const DOCX: Office = Office {
    mime_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ending: "docx",
    is: |bytes| is_archive(bytes) && is_docx(Cursor::new(bytes)),
};

/// OpenDocument 1.3, part 2, 3.3.
pub(super) const ODT: Office = Office {
    mime_type: "application/vnd.oasis.opendocument.text",
    ending: "odt",
    is: |bytes| is_archive(bytes) && is_odt(Cursor::new(bytes)),
};

/// [MS-DOC], 2.1: a compound file with this stream. One with an encrypted package is locked ([MS-OFFCRYPTO], 1.3).
pub(super) const DOC: Office =
    Office { mime_type: "application/msword", ending: "doc", is: |bytes| is_compound_with(bytes, "WordDocument") };

/// Rich Text Format 1.9.1.
pub(super) const RTF: Office =
    Office { mime_type: "application/rtf", ending: "rtf", is: |bytes| bytes.starts_with(b"{\\rtf") };

impl Format for Office {
    fn mime_type(&self) -> &'static str {
        self.mime_type
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        (self.is)(bytes) && host::libre_office().is_some()
    }

    fn as_pdf(
        &self,
        name: &str,
        bytes: &[u8],
        options: &ReadOptions,
        watch: Watch<'_>,
    ) -> Option<Result<Vec<u8>, ReadError>> {
        Some(host::as_pdf(name, bytes, self.ending, options, watch))
    }

    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError> {
        Err(not_converted(job))
    }

    fn page_image(&self, job: &Job<'_>, page: u32, _: u32, _: u16) -> Result<PageImage, ReadError> {
        Err(ReadError::NoSuchPage { name: job.name.to_owned(), page, pages: 0 })
    }

    fn searchable_pdf(&self, job: &Job<'_>, _: &[Page]) -> Result<Vec<u8>, ReadError> {
        Err(not_converted(job))
    }
}

/// The reading of an office document: its PDF.
pub(crate) fn reading_of(format: &dyn Format, name: &str, pdf: Vec<u8>) -> Reading {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let pdf = Member { name: format!("{stem}.pdf"), bytes: pdf, reading: None };
    Reading { mime_type: format.mime_type().to_owned(), members: vec![pdf], ..Reading::default() }
}

/// The kind of an archive that is an office document, in whatever order its parts were packed.
pub(super) fn of_archive(archive: impl Read + Seek + Copy) -> Option<&'static Office> {
    if is_docx(archive) {
        Some(&DOCX)
    } else if is_odt(archive) {
        Some(&ODT)
    } else {
        None
    }
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn is_docx(archive: impl Read + Seek) -> bool {
    ZipArchive::new(archive).is_ok_and(|archive| archive.file_names_raw().any(|name| name == b"word/document.xml"))
}

fn is_odt(archive: impl Read + Seek) -> bool {
    let Ok(mut archive) = ZipArchive::new(archive) else { return false };
    let mut kind = String::new();
    // Longer than any type is.
    let read = archive.by_name("mimetype").map(|file| file.take(200).read_to_string(&mut kind));
    matches!(read, Ok(Ok(_))) && kind.trim_end() == ODT.mime_type
}

/// A compound file ([MS-CFB], 2.2) with a stream of this name.
pub(super) fn is_compound_with(bytes: &[u8], stream: &str) -> bool {
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") && bytes.windows(name.len()).any(|part| part == name)
}

fn not_converted(job: &Job<'_>) -> ReadError {
    let detail = "it should have been turned into a PDF".to_owned();
    ReadError::Engine { name: job.name.to_owned(), detail }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use ::zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(text.as_bytes()).expect("written");
        }
        zip.finish().expect("an archive").into_inner()
    }

    #[test]
    fn the_content_tells_text_documents_whatever_the_order_of_their_parts() {
        let compound = |stream: &str| {
            let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600], &name].concat()
        };
        let kinds = [&DOCX, &ODT, &DOC, &RTF];
        for (bytes, ending) in [
            (archive(&[("_rels/.rels", ""), ("word/document.xml", ""), ("[Content_Types].xml", "")]), Some("docx")),
            (archive(&[("content.xml", ""), ("mimetype", "application/vnd.oasis.opendocument.text")]), Some("odt")),
            (archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]), None),
            (archive(&[("xl/workbook.xml", ""), ("[Content_Types].xml", "")]), None),
            (compound("WordDocument"), Some("doc")),
            (compound("Workbook"), None),
            (b"{\\rtf1\\ansi Hallo}".to_vec(), Some("rtf")),
        ] {
            let found = kinds.iter().find(|kind| (kind.is)(&bytes)).map(|kind| kind.ending);
            assert_eq!(found, ending);
        }
    }
}
