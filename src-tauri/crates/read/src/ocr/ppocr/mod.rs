//! PP-OCR, run by `rten`: slower than Tesseract, but it reads what is crooked, shadowed or blurred.
//!
//! Networks of Baidu's PaddleOCR: one finds lines of text as tilted rectangles (`detect`), another reads one straightened
//! line (`recognise`, PP-OCRv6 small). Two find lines: PP-OCRv4 mobile as many as are on letters, in 0.4 of the time;
//! PP-OCRv6 small more of them where print is pale, bent or blurred. Measured: BENCHMARKS.md.

mod detect;
mod models;
mod recognise;

use std::time::{Duration, Instant};

use domain::Rect;

use super::prepare::Sheet;
use super::{Ocr, OcrError};
use crate::layout::Found;

pub(crate) use models::MODELS;
pub(super) use models::Models;
pub use models::locate_ocr_models;

/// How a page looks, as far as it matters for finding its lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Height of its print in pixels; none if unknown.
    pub(super) print: Option<f32>,
    /// Whether it is pale, bent or blurred.
    pub(super) is_hard: bool,
}

/// The models, and which lines of a page they are to read.
pub(super) struct Lines<'a, Wanted: Fn(&Rect) -> bool> {
    pub(super) models: &'a Models,
    pub(super) look: Look,
    /// Whether to read the line in this box, in fractions of the page.
    pub(super) wanted: Wanted,
}

impl<Wanted: Fn(&Rect) -> bool> Ocr for Lines<'_, Wanted> {
    fn words(&mut self, sheet: &Sheet, limit: Duration) -> Result<Vec<Found>, OcrError> {
        let start = Instant::now();
        let picture = sheet.grey()?;
        let mut words = Vec::new();
        for line in self.models.lines(&picture, self.look)? {
            // A network cannot be interrupted, but no line takes longer than a moment.
            if start.elapsed() > limit {
                return Err(OcrError::Slow(limit.as_secs() as u32));
            }
            if (self.wanted)(&line.rect(&picture)) {
                words.extend(self.models.read(&picture, &line)?);
            }
        }
        Ok(words)
    }
}
