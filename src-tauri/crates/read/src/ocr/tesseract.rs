//! Reads the table of words that Tesseract prints.

use std::time::Duration;

use domain::Rect;

use super::OcrError;
use super::native::{Print, Tesseract};
use super::prepare::Sheet;
use crate::layout::Found;

/// A Tesseract engine, and how it separates print from paper.
pub(super) struct Printed<'a>(pub(super) &'a mut Tesseract, pub(super) Print);

impl Printed<'_> {
    /// The words of a prepared page, boxes in fractions of it. Gives up when `limit` has passed.
    pub(super) fn words(&mut self, sheet: &Sheet, limit: Duration) -> Result<Vec<Found>, OcrError> {
        let table = self.0.words(&sheet.pix, sheet.density as u32, self.1, limit);
        let table = table.ok_or(OcrError::Slow(limit.as_secs() as u32))?;
        Ok(table.lines().filter_map(|row| word_of(row, sheet.width, sheet.height)).collect())
    }
}

/// One row of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
fn word_of(row: &str, width: f32, height: f32) -> Option<Found> {
    let columns: Vec<&str> = row.splitn(12, '\t').collect();
    let [level, _, _, _, _, _, left, top, w, h, confidence, text] = columns[..] else { return None };
    let text = text.trim();
    if level != "5" || text.is_empty() {
        return None;
    }
    let (left, top, w, h) =
        (left.parse::<f32>().ok()?, top.parse::<f32>().ok()?, w.parse::<f32>().ok()?, h.parse::<f32>().ok()?);
    let rect = Rect { x: left / width, y: top / height, w: w / width, h: h / height };
    Some(Found { text: text.to_owned(), rect, confidence: (confidence.parse::<f32>().ok()? / 100.0).clamp(0.0, 1.0) })
}
