//! OCR: from pictures of pages to words. Start at [`read_pages`].

mod engines;
mod fault;
mod holes;
mod merge;
mod native;
mod page;
mod paper;
mod ppocr;
mod prepare;
mod tesseract;

use std::ops::ControlFlow;
use std::time::Duration;

use domain::{FailureCode, Page, Problem, Rect};
use image::GrayImage;
use serde::{Deserialize, Serialize};

pub(crate) use engines::Engines;
use engines::Languages;
pub(crate) use fault::Fault;
pub(crate) use native::tesseract_version;
pub(crate) use paper::sheets_apart;
pub(crate) use ppocr::MODELS;
pub use ppocr::locate_ocr_models;

use self::native::{Pix, Print};
use self::prepare::Sheet;
pub(crate) use self::prepare::{ENOUGH, best_density};
use self::tesseract::Printed;
use crate::ReadError;
use crate::codes::FoundCode;
use crate::formats::Job;
use crate::host::caught;
use crate::layout::Found;
use crate::picture::PictureError;
use crate::prefetch::prefetch;

/// A page to recognise, in grey.
pub(crate) struct Picture {
    pub(crate) grey: GrayImage,
    /// Dots per inch.
    pub(crate) density: f32,
    /// Dots per inch at which it is best read.
    pub(crate) best: f32,
}

/// A page as recognised.
pub(crate) struct Recognised {
    pub(crate) page: Page,
    pub(crate) codes: Vec<FoundCode>,
    /// Why doubtful words were not read again by the second reader, which was wanted.
    pub(crate) doubt: Option<OcrError>,
    /// Whether its doubtful words wait for the second reader.
    pub(crate) waits: bool,
    /// What is wrong with the picture.
    pub(crate) fault: Option<Fault>,
}

/// A page of which the second reader has read lines.
pub(crate) struct RecognisedAgain {
    pub(crate) page: Page,
    /// Doubtful lines that were not read yet.
    pub(crate) left: Vec<Corners>,
}

/// The corners of a line of text in fractions of a page laid flat and level: top left, top right, bottom right, bottom left.
pub type Corners = [(f32, f32); 4];

/// The box around four corners.
fn box_around(corners: Corners) -> Rect {
    let (xs, ys) = (corners.map(|corner| corner.0), corners.map(|corner| corner.1));
    let least = |values: [f32; 4]| values.into_iter().fold(f32::INFINITY, f32::min);
    let most = |values: [f32; 4]| values.into_iter().fold(f32::NEG_INFINITY, f32::max);
    Rect { x: least(xs), y: least(ys), w: most(xs) - least(xs), h: most(ys) - least(ys) }
}

/// A page with words that the first reader is unsure of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToReadAgain {
    /// Its number, from 1.
    pub number: u32,
    /// The page as it was read.
    pub page: Page,
    /// Lines that were found before and are still to be read. None: they are to be found, and those that matter to be read.
    pub lines: Vec<Corners>,
}

/// What the second reader made of doubtful lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReadAgain {
    /// The pages as they are read now, with their numbers.
    pub(crate) pages: Vec<(u32, Page)>,
    /// Pages with lines that were left for later.
    pub(crate) left: Vec<ToReadAgain>,
    /// Of pages that could not be read again.
    pub(crate) problem: Option<Problem>,
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
    #[error("the second reader is not installed")]
    NoSecondReader,
}

impl OcrError {
    /// The page's problem.
    pub(crate) fn on_page(&self, name: &str, page: u32) -> Problem {
        let (code, way_out) = match self {
            Self::Missing(_) => {
                (FailureCode::EngineMissing, "Install the packages tesseract-ocr, -deu, -eng and -osd.")
            }
            Self::NoSecondReader => (FailureCode::SecondReaderMissing, "Install Workmate again."),
            Self::Picture(PictureError::TooLarge { .. }) => (FailureCode::TooLarge, "Scan it again at 300 dpi."),
            Self::Picture(PictureError::Unsupported(_)) => (FailureCode::Unsupported, "Save it as JPEG or PDF."),
            Self::Picture(PictureError::Damaged(_)) => (FailureCode::Damaged, "Scan it again."),
            Self::Slow(_) => (FailureCode::Slow, "Scan it again at 300 dpi, with text only."),
            Self::Failed(_) => (FailureCode::Engine, "Scan it again."),
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
            Self::Slow(_) | Self::Failed(_) | Self::NoSecondReader => {
                ReadError::Engine { name: name.to_owned(), detail: self.to_string() }
            }
        }
    }
}

/// The one problem of a file with doubtful pages that the second reader should have looked at, and why it did not; none
/// if there is no such page.
pub(crate) fn not_read_again(name: &str, mut doubts: Vec<(u32, OcrError)>) -> Option<Problem> {
    doubts.sort_by_key(|(page, _)| *page);
    let (page, why) = doubts.first()?;
    let (code, way_out) = match why {
        OcrError::NoSecondReader => {
            (FailureCode::SecondReaderMissing, "Install Workmate again, or switch it off in the settings.")
        }
        OcrError::Missing(_) | OcrError::Picture(_) | OcrError::Slow(_) | OcrError::Failed(_) => {
            (FailureCode::SecondReaderFailed, "Compare its words with the picture.")
        }
    };
    let more = match doubts.len() {
        1 => String::new(),
        all => format!(" and {} more", all - 1),
    };
    let message =
        format!("Page {page}{more} of “{name}” has doubtful words, which were not read again: {why}. {way_out}");
    Some(Problem::on_page(code, *page, message))
}

/// The problems of pages whose pictures should be taken again.
pub(crate) fn faulty(name: &str, mut faults: Vec<(u32, Fault)>) -> impl Iterator<Item = Problem> {
    faults.sort_by_key(|(page, _)| *page);
    faults.into_iter().map(|(page, fault)| fault.on_page(name, page))
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

/// What the first reader alone makes of a picture as it lies, boxes in fractions of it.
pub(crate) fn first_look(job: &Job<'_>, picture: &Picture) -> Result<Vec<Found>, OcrError> {
    let limit = Duration::from_secs(job.options.limits.seconds_per_page.into());
    let read = || {
        let sheet = Sheet::of(picture)?;
        let words =
            job.engines.tesseract(Languages::First, |engine| Printed(engine, Print::Even).words(&sheet, limit))?;
        Ok(words.into_iter().map(|word| Found { rect: sheet.on_picture(word.rect), ..word }).collect())
    };
    caught(read).map_err(OcrError::Failed)?
}

/// When the second reader reads what the first one is unsure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SecondReader {
    /// Never.
    Off,
    /// With the first one.
    AtOnce,
    /// Later, where the first one reads the page well enough to go on with.
    Later,
}

/// A picture of a TIFF in grey, in whatever way it is compressed; none if it cannot be decoded.
pub(crate) fn tiff_in_grey(bytes: &[u8], index: u32) -> Option<GrayImage> {
    Pix::of_tiff(bytes, index)?.grey()
}

/// Recognises the given pages (indexes from 0). `picture` fetches one page, ahead and on a thread of its own; `done`
/// gets each page as it is finished, in any order, on the calling thread.
pub(crate) fn read_pages(
    job: &Job<'_>,
    pages: &[u32],
    second: SecondReader,
    picture: &(dyn Fn(u32) -> Result<Picture, OcrError> + Sync),
    done: &mut dyn FnMut(u32, Result<Recognised, OcrError>),
) {
    let limit = Duration::from_secs(job.options.limits.seconds_per_page.into());
    let engines = job.engines;
    let fetch = |page| caught(|| picture(page));
    let work = |fetched: Result<Result<Picture, OcrError>, String>| {
        let picture = fetched.map_err(OcrError::Failed)??;
        caught(|| page::read(engines, picture, second, limit)).map_err(OcrError::Failed)?
    };
    prefetch(pages, job.threads as usize, &fetch, &work, &mut |page, read| {
        done(page, read);
        if (job.watch.stopped)() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
}

/// Has the second reader read doubtful lines of pages that the first one has read.
pub(crate) fn read_pages_again(
    job: &Job<'_>,
    pages: &[ToReadAgain],
    picture: &(dyn Fn(u32) -> Result<Picture, OcrError> + Sync),
) -> ReadAgain {
    let limit = Duration::from_secs(job.options.limits.seconds_per_page.into());
    let wanted = |index: u32| pages.iter().find(|wanted| wanted.number == index + 1);
    let fetch = |index| (index, caught(|| picture(index)));
    let work = |(index, fetched): (u32, Result<Result<Picture, OcrError>, String>)| {
        let picture = fetched.map_err(OcrError::Failed)??;
        let wanted = wanted(index).ok_or_else(|| OcrError::Failed("nothing of it was to be read".to_owned()))?;
        caught(|| page::read_again(job.engines, picture, wanted, limit)).map_err(OcrError::Failed)?
    };
    let indexes: Vec<u32> = pages.iter().map(|wanted| wanted.number.saturating_sub(1)).collect();
    let (mut again, mut doubts, mut finished) = (ReadAgain::default(), Vec::new(), 0);
    prefetch(&indexes, job.threads as usize, &fetch, &work, &mut |index, read| {
        let number = index + 1;
        match read {
            Ok(RecognisedAgain { page, left }) => {
                if !left.is_empty() {
                    again.left.push(ToReadAgain { number, page: page.clone(), lines: left });
                }
                again.pages.push((number, page));
            }
            Err(error) => doubts.push((number, error)),
        }
        finished += 1;
        job.progress(finished, pages.len() as u32);
        if (job.watch.stopped)() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    again.pages.sort_by_key(|(number, _)| *number);
    again.left.sort_by_key(|page| page.number);
    again.problem = not_read_again(job.name, doubts);
    again
}
