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
use super::{Corners, OcrError};
use crate::layout::Found;

use detect::Line;
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

/// When a line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Now,
    Later,
    Never,
}

/// What was read on a page, which lines of it are to be read later, and how many were print of its back.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) words: Vec<Found>,
    pub(super) left: Vec<Corners>,
    pub(super) of_back: usize,
}

impl Models {
    /// Reads the lines of a page: the `known` ones, or those that it finds where none are known. `when` says it of a line in a
    /// box, in fractions of the page.
    pub(super) fn read_lines(
        &self,
        sheet: &Sheet,
        look: Look,
        known: &[Corners],
        when: impl Fn(&Rect) -> When,
        limit: Duration,
    ) -> Result<Lines, OcrError> {
        let start = Instant::now();
        let picture = sheet.grey()?;
        let lines = match known {
            [] => self.lines(&picture, look)?,
            known => known.iter().map(|corners| Line::at(*corners, &picture)).collect(),
        };
        let mut read = Lines::default();
        for line in lines {
            // A network cannot be interrupted, but no line takes longer than a moment.
            if start.elapsed() > limit {
                return Err(OcrError::Slow(limit.as_secs() as u32));
            }
            match when(&line.rect(&picture)) {
                When::Now => match self.read(&picture, &line)? {
                    Some(words) => read.words.extend(words),
                    None => read.of_back += 1,
                },
                When::Later => read.left.push(line.corners(&picture)),
                When::Never => {}
            }
        }
        Ok(read)
    }
}
