//! Pictures of pages to words. Start at [`read_pages`].

mod engines;
mod native;
mod page;
mod paper;
mod prepare;

use std::ops::ControlFlow;
use std::time::Duration;

use domain::{Page, Problem};
use image::GrayImage;

pub(crate) use engines::Engines;
pub(crate) use native::tesseract_version;

use crate::ReadError;
use crate::ahead::fetch_ahead;
use crate::codes::FoundCode;
use crate::formats::Job;
use crate::host::caught;
use crate::picture::PictureError;

/// A page to recognise, in grey.
pub(crate) struct Picture {
    pub(crate) grey: GrayImage,
    /// Dots per inch.
    pub(crate) density: f32,
}

/// A page as recognised.
pub(crate) struct Recognised {
    pub(crate) page: Page,
    pub(crate) codes: Vec<FoundCode>,
}

/// Why a page was not recognised; each becomes a problem of that page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OcrError {
    #[error("Tesseract is not fully installed ({0})")]
    Missing(String),
    #[error("its picture cannot be decoded: {0}")]
    Picture(#[from] PictureError),
    #[error("recognising it took longer than {0} seconds, or failed")]
    Slow(u32),
    #[error("recognising it failed ({0})")]
    Failed(String),
}

impl OcrError {
    /// The page's problem.
    pub(crate) fn on_page(&self, name: &str, page: u32) -> Problem {
        let (code, way_out) = match self {
            Self::Missing(_) => ("engine_missing", "Install the packages tesseract-ocr, -deu, -eng and -osd."),
            Self::Picture(PictureError::TooLarge { .. }) => ("too_large", "Scan it again at 300 dpi."),
            Self::Picture(PictureError::Unsupported(_)) => ("unsupported", "Save it as JPEG or PDF."),
            Self::Picture(PictureError::Damaged(_)) => ("damaged", "Scan it again."),
            Self::Slow(_) => ("slow", "Scan it again at 300 dpi, with text only."),
            Self::Failed(_) => ("engine", "Scan it again."),
        };
        Problem::on_page(code, page, format!("Page {page} of “{name}” has no text: {self}. {way_out}"))
    }

    /// The file's error, when no page of it could be read.
    fn of_file(self, name: &str) -> ReadError {
        match self {
            Self::Missing(detail) => ReadError::EngineMissing {
                name: name.to_owned(),
                engine: "Tesseract".into(),
                detail,
                way_out:
                    "Install the packages tesseract-ocr, tesseract-ocr-deu, tesseract-ocr-eng and tesseract-ocr-osd."
                        .into(),
            },
            Self::Picture(e) => e.of_file(name),
            Self::Slow(_) | Self::Failed(_) => ReadError::Engine { name: name.to_owned(), detail: self.to_string() },
        }
    }
}

/// Makes the first failure the file's error when all `pages` failed: it is better tried again than kept without text.
pub(crate) fn refuse_if_nothing_read(
    name: &str,
    pages: usize,
    failed: &mut Vec<(u32, OcrError)>,
) -> Result<(), ReadError> {
    if failed.len() < pages || failed.is_empty() {
        return Ok(());
    }
    Err(failed.swap_remove(0).1.of_file(name))
}

/// Recognises the given pages (indexes from 0). `picture` fetches one page, ahead and on a thread of its own; `done` gets each page as it is finished, in any order, on the calling thread.
pub(crate) fn read_pages(
    job: &Job<'_>,
    pages: &[u32],
    picture: &(dyn Fn(u32) -> Result<Picture, OcrError> + Sync),
    done: &mut dyn FnMut(u32, Result<Recognised, OcrError>),
) {
    let limit = Duration::from_secs(job.options.limits.seconds_per_page.into());
    let fetch = |page| caught(|| picture(page));
    let work = |fetched: Result<Result<Picture, OcrError>, String>| {
        let picture = fetched.map_err(OcrError::Failed)??;
        caught(|| page::read(job.engines, picture, limit)).map_err(OcrError::Failed)?
    };
    fetch_ahead(pages, job.threads as usize, &fetch, &work, &mut |page, read| {
        done(page, read);
        if (job.watch.stopped)() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
}
