//! PDFium: one library for the process, one caller at a time.

mod arranged;
mod attachments;
mod bare_font;
mod fields;
mod fonts;
mod library;
mod mixed;
mod parts;
mod place;
mod render;
mod searchable;
mod seen;
mod text;
mod unread;
mod words;

use pdfium_render::prelude::{PdfDocument, PdfFormType, PdfPage, Pdfium, PdfiumError, PdfiumInternalError};

pub(crate) use arranged::arranged;
pub(crate) use library::PDFIUM_BUILD;
pub use library::locate_pdfium;
pub(crate) use mixed::{beside, is_confirmed, sample_of, without_words};
pub(crate) use searchable::of_pictures;
pub(crate) use text::{Draft, Wants, turned_by};

use crate::formats::Job;
use crate::{Content, ReadError};

/// An open file.
pub(crate) struct Document<'a> {
    document: PdfDocument<'a>,
    name: &'a str,
    /// Most pixels of a rendered page.
    pixels: u64,
}

impl<'a> Document<'a> {
    pub(crate) fn open(job: &Job<'a>) -> Result<Self, ReadError> {
        let name = job.name.to_owned();
        let pdfium: &'a Pdfium = library::pdfium(&job.options.pdfium).map_err(|detail| missing(job.name, detail))?;
        let _lock = library::lock();
        let passwords = job.settings.passwords.iter().map(|password| Some(password.as_str()));
        // Most files are not locked: those are opened at the first try.
        let mut tries = [None].into_iter().chain(passwords).map(|password| match job.content {
            Content::Bytes(bytes) => pdfium.load_pdf_from_byte_slice(bytes, password),
            Content::File(file) => pdfium.load_pdf_from_reader(file, password),
        });
        let opened = tries.find(|opened| {
            !matches!(opened, Err(PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PasswordError)))
        });
        let document = match opened {
            None => return Err(ReadError::Password { name }),
            Some(Ok(document)) => document,
            Some(Err(PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::SecurityError))) => {
                return Err(ReadError::Unsupported {
                    name,
                    found: "protected in a way".to_owned(),
                    way_out: "Open it in your PDF viewer, print it to PDF, then drop that.".into(),
                });
            }
            Some(Err(e)) => return Err(ReadError::Damaged { name, detail: said(&e) }),
        };
        if document.pages().len() <= 0 {
            return Err(ReadError::Damaged { name, detail: "it has no pages".to_owned() });
        }
        Ok(Self { document, name: job.name, pixels: job.options.limits.pixels })
    }

    /// Whether its pages are made by a program inside of it, which only Adobe Reader runs (XML Forms Architecture 3.3, dynamic forms).
    /// What stands on the page is only that one should wait.
    pub(crate) fn is_dynamic_form(&self) -> bool {
        self.document.form().is_some_and(|form| form.form_type() == PdfFormType::XfaFull)
    }

    pub(crate) fn pages(&self) -> u32 {
        self.document.pages().len().try_into().unwrap_or(0)
    }

    fn page(&self, index: u32) -> Result<PdfPage<'_>, String> {
        let index = index.try_into().map_err(|_| "no such page".to_owned())?;
        self.document.pages().get(index).map_err(|e| said(&e))
    }
}

fn missing(name: &str, detail: String) -> ReadError {
    ReadError::EngineMissing {
        name: name.to_owned(),
        engine: "PDFium".into(),
        detail,
        way_out: "Install Workmate again, or set WORKMATE_PDFIUM to the path of libpdfium.so.".into(),
    }
}

/// PDFium's errors in words.
fn said(e: &PdfiumError) -> String {
    match e {
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::FormatError) => "not a valid PDF".to_owned(),
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PageError) => "a page cannot be found".to_owned(),
        PdfiumError::PdfiumLibraryInternalError(_) => "PDFium cannot read it".to_owned(),
        other => other.to_string(),
    }
}
