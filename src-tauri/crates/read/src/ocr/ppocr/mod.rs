//! PP-OCRv6 (small), run by `rten`: slower than Tesseract, but it reads what is crooked, shadowed or blurred.
//!
//! Two networks, after Baidu's PaddleOCR: one finds lines of text as tilted rectangles (`detect`), the other reads one
//! straightened line (`recognise`).

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

/// The models, and which lines of a page they are to read.
pub(super) struct Lines<'a, Wanted: Fn(&Rect) -> bool> {
    pub(super) models: &'a Models,
    /// Whether to read the line in this box, in fractions of the page.
    pub(super) wanted: Wanted,
}

impl<Wanted: Fn(&Rect) -> bool> Ocr for Lines<'_, Wanted> {
    fn words(&mut self, sheet: &Sheet, limit: Duration) -> Result<Vec<Found>, OcrError> {
        let start = Instant::now();
        let picture = sheet.grey()?;
        let mut words = Vec::new();
        for line in self.models.lines(&picture)? {
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
