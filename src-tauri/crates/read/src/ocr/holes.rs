//! Punched holes of a binder, which OCR takes for letters: an O, an @ or a ®.

use super::prepare::Sheet;
use crate::layout::Found;

/// Millimetres between the middle of a hole and the nearest edge. ISO 838 says 12; scanners and hands are less exact.
const FROM_EDGE: std::ops::RangeInclusive<f32> = 4.0..=18.0;
/// Millimetres that a hole is wide and high. ISO 838 says 6; its box has a shadow or lacks a rim.
const SIZE: std::ops::RangeInclusive<f32> = 4.0..=9.0;
/// More signs than this are no hole.
const MOST_SIGNS: usize = 2;

/// The words that are none of these holes.
pub(super) fn without_holes(mut found: Vec<Found>, sheet: &Sheet) -> Vec<Found> {
    let mm = |pixels: f32| pixels * 25.4 / sheet.density;
    let (width, height) = (mm(sheet.width), mm(sheet.height));
    found.retain(|word| !is_hole(word, width, height));
    found
}

/// Whether a word on a page of so many millimetres is one. Holes are on the long side that is bound: left, seldom right;
/// letters of this size do not stand alone in a margin so narrow.
fn is_hole(word: &Found, width: f32, height: f32) -> bool {
    let rect = &word.rect;
    let middle = width * (rect.x + rect.w / 2.0);
    word.text.chars().count() <= MOST_SIGNS
        && FROM_EDGE.contains(&middle.min(width - middle))
        && SIZE.contains(&(width * rect.w))
        && SIZE.contains(&(height * rect.h))
}

#[cfg(test)]
mod tests {
    use domain::Rect;

    use super::*;

    #[test]
    fn a_sign_as_large_as_a_hole_where_holes_are_punched_is_one_and_letters_are_not() {
        // On A4: the middle from the left edge and the size in millimetres.
        let is_hole = |text: &str, from_left: f32, size: f32| {
            let (w, h) = (size / 210.0, size / 297.0);
            let rect = Rect { x: from_left / 210.0 - w / 2.0, y: 0.36, w, h };
            is_hole(&Found { text: text.to_owned(), rect, confidence: 0.5 }, 210.0, 297.0)
        };
        assert!(is_hole("O", 12.0, 6.0) && is_hole("®", 10.0, 5.5) && is_hole("(@", 198.0, 6.5));
        assert!(!is_hole("O", 12.0, 2.5), "a letter of twelve points");
        assert!(!is_hole("O", 25.0, 6.0), "the first letter of a line");
        assert!(!is_hole("Nr.", 12.0, 6.0), "several letters");
    }
}
