//! The file formats, one file each, chosen by content and never by name.
//!
//! A new format is a file with an implementation of [`Format`] and a line in [`FORMATS`].

mod heic;
mod jpeg;
mod mail;
mod office;
mod pdf;
mod png;
mod refused;
mod text;
mod tiff;
mod webp;
mod xml;
mod xml_encoding;
mod xml_text;
mod zip;

use std::fs::File;
use std::io;

use domain::{Code, Page, Reading};

pub(crate) use office::reading_of as reading_of_office;
pub(crate) use xml::is_xml;
pub(crate) use xml_encoding::as_utf8;

use crate::host::{ReadSettings, Watch};
use crate::ocr::{Engines, ReadAgain, ToReadAgain};
use crate::{Content, Kinds, PageImage, Progress, ReadError, ReadOptions};

/// Bytes from the beginning of a file by which its kind is known; all of most files.
const KNOWN_BY: u64 = 8_000_000;

/// The list of formats.
const FORMATS: &[&dyn Format] = &[
    // First: a PDF may begin late, and one that is merely stored in an archive would be taken for the whole.
    &zip::Zip,
    &pdf::Pdf,
    &jpeg::Jpeg,
    &png::Png,
    &tiff::Tiff,
    &webp::Webp,
    &heic::Heic,
    &office::DOCX,
    &office::ODT,
    &office::DOC,
    &office::RTF,
    &xml::XmlInvoice,
    &mail::Mail,
    // Last: what is nothing else, and yet text.
    &text::Text,
];

/// A file to work on, and the tools for it.
pub(crate) struct Job<'a> {
    pub(crate) name: &'a str,
    pub(crate) content: Content<'a>,
    pub(crate) settings: &'a ReadSettings,
    pub(crate) options: &'a ReadOptions,
    pub(crate) engines: &'a Engines,
    pub(crate) watch: Watch<'a>,
    /// Pages that may be in work at the same time.
    pub(crate) threads: u32,
}

impl<'a> Job<'a> {
    /// All bytes of a file that does not [stay on the disk](Format::stays_on_disk).
    pub(crate) fn bytes(&self) -> Result<&'a [u8], ReadError> {
        match self.content {
            Content::Bytes(bytes) => Ok(bytes),
            Content::File(_) => {
                let detail = "it should have been taken into memory".to_owned();
                Err(ReadError::Engine { name: self.name.to_owned(), detail })
            }
        }
    }

    pub(crate) fn progress(&self, page: u32, pages: u32) {
        (self.watch.progress)(Progress { page, pages });
    }
}

/// A kind of file.
pub(crate) trait Format: Sync {
    /// Its MIME type.
    fn mime_type(&self) -> &'static str;
    /// Whether these bytes are of this kind. Cheap; no native library.
    fn recognises(&self, bytes: &[u8]) -> bool;
    /// Whether a large file of this kind is read where it lies ([`Content::File`]); others are taken into memory.
    fn stays_on_disk(&self) -> bool {
        false
    }
    /// The PDF that another program makes of it, in the program itself and not in a reading child; `None` for formats that
    /// are read as they are.
    fn as_pdf(
        &self,
        _name: &str,
        _bytes: &[u8],
        _options: &ReadOptions,
        _watch: Watch<'_>,
    ) -> Option<Result<Vec<u8>, ReadError>> {
        None
    }
    /// Reads the whole file; MIME type and language are filled in by the caller.
    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError>;
    /// Has the second reader read doubtful lines of these pages, which are recognised pictures.
    fn read_again(&self, job: &Job<'_>, _pages: &[ToReadAgain]) -> Result<ReadAgain, ReadError> {
        let detail = "it has no recognised pages".to_owned();
        Err(ReadError::Engine { name: job.name.to_owned(), detail })
    }
    /// Draws a page, counted from 1.
    fn page_image(&self, job: &Job<'_>, page: u32, width_px: u32, turned: u16) -> Result<PageImage, ReadError>;
    /// The codes on its pages; none on pages that the program itself has set from text. `turned` as for
    /// [`Reader::codes`](crate::Reader::codes).
    fn codes(&self, _job: &Job<'_>, _kinds: Kinds, _turned: &[u16]) -> Result<Vec<Code>, ReadError> {
        Ok(Vec::new())
    }
    /// A PDF that looks like the file and in which the words of its pages can be found.
    fn searchable_pdf(&self, job: &Job<'_>, pages: &[Page]) -> Result<Vec<u8>, ReadError>;
}

/// The name of a member without what would lead out of the file it came in.
pub(crate) fn inside(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// The MIME type of a file that can be read; otherwise why not, and what to do. Looks at the content only; `name` is for
/// the message. Cheap: no engine is loaded.
///
/// # Errors
/// [`ReadError::Empty`] without bytes, [`ReadError::NotWhatItSays`] if the ending of the name promises another format
/// than the content has, [`ReadError::Unsupported`] for all that is not in the list of formats.
pub fn sniff(bytes: &[u8], name: &str) -> Result<&'static str, ReadError> {
    format_of(bytes, name).map(Format::mime_type)
}

/// The same for an open file: only the bytes that are needed to know its format are read.
///
/// # Errors
/// Those of [`sniff`], and [`ReadError::Unreadable`].
pub fn sniff_file(file: &File, name: &str) -> Result<&'static str, ReadError> {
    let unreadable = |error: io::Error| ReadError::unreadable(name, &error);
    let beginning = Content::from(file).beginning(KNOWN_BY).map_err(unreadable)?;
    let format = format_of(&beginning, name)?;
    // The table of contents of a ZIP archive is at its end.
    if format.mime_type() == zip::MIME_TYPE && beginning.len() as u64 == KNOWN_BY && zip::is_office(file) {
        let office = office::of_archive(file).filter(|_| crate::host::libre_office().is_some());
        return office.map(Format::mime_type).ok_or_else(|| refused::office(name));
    }
    Ok(format.mime_type())
}

/// Whether a large file that begins so is read where it lies.
pub(crate) fn stays_on_disk(beginning: &[u8]) -> bool {
    FORMATS.iter().find(|format| format.recognises(beginning)).is_some_and(|format| format.stays_on_disk())
}

pub(crate) fn format_of(bytes: &[u8], name: &str) -> Result<&'static dyn Format, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    let format = FORMATS.iter().copied().find(|f| f.recognises(bytes));
    // Text by the name of a picture or a PDF is what a broken download leaves, and no letter.
    let is_mistaken = |f: &&dyn Format| f.mime_type() == text::MIME_TYPE && refused::claims_another_kind(name);
    format.filter(|f| !is_mistaken(f)).ok_or_else(|| refused::reason(bytes, name))
}
