//! Plain text; and how text without pages is set on sheets, for all such formats.

use std::borrow::Cow;

use domain::{FailureCode, Page, Problem, Reading};
use encoding_rs::{Encoding, WINDOWS_1252};

use super::pdf::Pdf;
use super::refused::is_text;
use super::xml::is_xml;
use super::{Format, Job};
use crate::typeset::Sheets;
use crate::{Content, PageImage, ReadError};

pub(super) const MIME_TYPE: &str = "text/plain";

pub(super) struct Text;

impl Format for Text {
    fn mime_type(&self) -> &'static str {
        MIME_TYPE
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        let unicode = Encoding::for_bom(bytes).is_some();
        (unicode || is_text(bytes))
            && !is_xml(bytes)
            && infer::get(bytes).is_none()
            && !decoded(bytes).trim().is_empty()
    }

    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError> {
        Ok(read_sheets(job, &decoded(job.bytes()?)))
    }

    fn page_image(&self, job: &Job<'_>, page: u32, width_px: u32, turned: u16) -> Result<PageImage, ReadError> {
        sheet_image(job, &decoded(job.bytes()?), page, width_px, turned)
    }

    fn searchable_pdf(&self, job: &Job<'_>, _: &[Page]) -> Result<Vec<u8>, ReadError> {
        Ok(sheets(job, &decoded(job.bytes()?)).0.pdf())
    }
}

/// UTF-8 or UTF-16 where the file says so or is valid, else the encoding of Western Windows.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0,
        None => std::str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode(bytes).0, Cow::Borrowed),
    }
}

/// The sheets that are read, and how many there would be.
pub(super) fn sheets(job: &Job<'_>, text: &str) -> (Sheets, usize) {
    let mut sheets = Sheets::of(text);
    let all = sheets.truncate(job.options.limits.pages as usize);
    (sheets, all)
}

/// A reading of text without pages.
pub(super) fn read_sheets(job: &Job<'_>, text: &str) -> Reading {
    let (sheets, all) = sheets(job, text);
    let mut reading = Reading { pages: sheets.pages(), ..Reading::default() };
    let read = reading.pages.len();
    if read < all {
        let message = format!("“{}” has {all} pages of text; the first {read} were read. Split the file.", job.name);
        reading.problems.push(Problem::new(FailureCode::TooManyPages, message));
    }
    job.progress(read as u32, read as u32);
    reading
}

/// A sheet as a picture.
pub(super) fn sheet_image(
    job: &Job<'_>,
    text: &str,
    page: u32,
    width_px: u32,
    turned: u16,
) -> Result<PageImage, ReadError> {
    let pdf = sheets(job, text).0.pdf();
    Pdf.page_image(&Job { content: Content::Bytes(&pdf), ..*job }, page, width_px, turned)
}
