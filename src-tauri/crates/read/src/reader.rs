//! The room's front door.

use std::time::Duration;

use domain::Reading;

use crate::formats::{self, Job};
use crate::ocr::{self, Engines};
use crate::{ReadError, ReadOptions, host};

/// Raised whenever the same bytes may give another Reading, so that old results are computed again.
const READ_VERSION: u32 = 2;

/// How far a reading is: `page` of `pages` are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Pages done.
    pub page: u32,
    /// Pages to do.
    pub pages: u32,
}

/// A page as a picture.
#[derive(Clone, Debug)]
pub struct PageImage {
    /// `image/webp` or `image/jpeg`, whichever is smaller for this page.
    pub mime: &'static str,
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Reads files. Cheap to make: engines are loaded on first need, and kept until [`Reader::release_idle`].
///
/// May be used from several threads; PDFium takes one caller at a time, OCR runs in parallel.
pub struct Reader {
    options: ReadOptions,
    engines: Engines,
}

impl Reader {
    /// A reader that has loaded nothing yet.
    pub fn new(options: ReadOptions) -> Self {
        let engines = Engines::new(&options);
        Self { options, engines }
    }

    /// Reads the whole file. `name` is for messages only: what the file is, its content says. `progress` is called after
    /// each page, on the calling thread.
    pub fn read(&self, name: &str, bytes: &[u8], progress: &dyn Fn(Progress)) -> Result<Reading, ReadError> {
        let format = formats::format_of(bytes, name)?;
        let job = self.job(name, bytes, progress)?;
        host::run(name, || {
            let mut reading = format.read(&job)?;
            reading.mime_type = format.mime_type().to_owned();
            reading.language = crate::language::language_of(&reading.text());
            Ok(reading)
        })
    }

    /// Draws one page for people, `width_px` wide. `page` is counted from 1; `turned` is [`domain::Page::turned`].
    pub fn page_image(
        &self,
        name: &str,
        bytes: &[u8],
        page: u32,
        width_px: u32,
        turned: u16,
    ) -> Result<PageImage, ReadError> {
        let format = formats::format_of(bytes, name)?;
        let job = self.job(name, bytes, &|_| {})?;
        host::run(name, || format.page_image(&job, page, width_px, turned))
    }

    /// Lets OCR engines go that were not used for `idle` (about 70 MB each; the second reader about 100 MB).
    pub fn release_idle(&self, idle: Duration) {
        self.engines.release_idle(idle);
    }

    /// Names all that decides what a Reading looks like; part of the key under which results are kept.
    pub fn versions(&self) -> String {
        let (languages, tesseract) = (&self.options.languages, ocr::tesseract_version());
        let second = if self.options.reads_again() { ocr::MODELS } else { "no second reader" };
        format!("read {READ_VERSION}, pdfium {}, tesseract {tesseract} {languages}, {second}", crate::pdf::PDFIUM_BUILD)
    }

    fn job<'a>(&'a self, name: &'a str, bytes: &'a [u8], progress: &'a dyn Fn(Progress)) -> Result<Job<'a>, ReadError> {
        let limit = self.options.limits.bytes;
        if bytes.len() as u64 > limit {
            let megabytes = |n: u64| format!("{} MB", n / 1_000_000);
            let (size, limit) = (megabytes(bytes.len() as u64), megabytes(limit));
            return Err(ReadError::TooLarge { name: name.to_owned(), size, limit });
        }
        Ok(Job { name, bytes, options: &self.options, engines: &self.engines, progress })
    }
}
