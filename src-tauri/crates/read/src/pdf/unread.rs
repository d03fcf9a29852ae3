//! Print that is seen on a page but is not in its text layer: a scanned part, a stamp, a note, letters drawn as lines.

use domain::Rect;
use image::{GrayImage, Luma};
use imageproc::region_labelling::{Connectivity, connected_components};

use super::seen::{Drawn, pixels};

/// So much darker than its surroundings is ink.
const INK: u8 = 60;
/// Height of letters in pixels of the drawn page (100 dpi): from 4 to 45 points.
const HEIGHTS: std::ops::RangeInclusive<u32> = 5..=62;
/// Signs in a row that make a word.
const IN_A_ROW: usize = 4;
/// Signs in rows from which on a picture holds more print than a logo has.
const PRINT_OF_PICTURE: usize = 60;
/// The same for a stamp or note, which has few.
const PRINT_OF_NOTE: usize = 4;

/// Whether a picture or note of a page holds print outside the places whose words are known.
pub(super) fn has_unread_print(drawn: &Drawn, known: &[Rect]) -> bool {
    let print = |area: &Rect| signs_in_rows(&drawn.picture, area, known);
    drawn.notes.iter().any(|note| print(note) >= PRINT_OF_NOTE)
        || drawn.pictures.iter().any(|picture| print(picture) >= PRINT_OF_PICTURE)
}

/// Signs that stand in rows like letters, in a part of the page that no known word covers.
fn signs_in_rows(picture: &GrayImage, area: &Rect, words: &[Rect]) -> usize {
    let (columns, rows) = pixels(picture, area);
    let cut = image::imageops::crop_imm(picture, columns.start, rows.start, columns.len() as u32, rows.len() as u32);
    let mut ink = cut.to_image();
    let paper = commonest(&ink);
    for level in ink.as_mut() {
        *level = u8::from(level.abs_diff(paper) > INK);
    }
    for word in words.iter().filter(|word| area.overlaps(word)) {
        let (across, down) = pixels(picture, word);
        for y in down.start.max(rows.start)..down.end.min(rows.end) {
            for x in across.start.max(columns.start)..across.end.min(columns.end) {
                ink.put_pixel(x - columns.start, y - rows.start, Luma([0]));
            }
        }
    }
    let mut signs: Vec<Sign> = signs(&ink).into_iter().filter(Sign::is_like_a_letter).collect();
    signs.sort_by_key(|sign| (sign.top + sign.bottom, sign.left));
    in_rows(&signs)
}

/// The commonest level: the paper.
fn commonest(picture: &GrayImage) -> u8 {
    let mut counts = [0_u32; 256];
    for level in picture.as_raw() {
        counts[usize::from(*level)] += 1;
    }
    (0..=u8::MAX).max_by_key(|level| counts[usize::from(*level)]).unwrap_or(u8::MAX)
}

/// A connected piece of ink, in pixels.
#[derive(Clone, Copy)]
struct Sign {
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
}

impl Sign {
    fn height(&self) -> u32 {
        self.bottom + 1 - self.top
    }

    fn is_like_a_letter(&self) -> bool {
        let width = self.right + 1 - self.left;
        HEIGHTS.contains(&self.height()) && width <= 4 * self.height()
    }
}

fn signs(ink: &GrayImage) -> Vec<Sign> {
    let labels = connected_components(ink, Connectivity::Eight, Luma([0]));
    let mut signs: Vec<Option<Sign>> = Vec::new();
    for (x, y, label) in labels.enumerate_pixels() {
        let Some(number) = (label.0[0] as usize).checked_sub(1) else { continue };
        if number >= signs.len() {
            signs.resize(number + 1, None);
        }
        let sign = signs[number].get_or_insert(Sign { left: x, right: x, top: y, bottom: y });
        (sign.left, sign.right) = (sign.left.min(x), sign.right.max(x));
        sign.bottom = y;
    }
    signs.into_iter().flatten().collect()
}

/// How many signs stand in rows of at least [`IN_A_ROW`], sorted from top to bottom.
fn in_rows(signs: &[Sign]) -> usize {
    let mut rows: Vec<(Sign, usize)> = Vec::new();
    for sign in signs {
        let level = |row: &Sign| {
            let shared = row.bottom.min(sign.bottom) as i64 - row.top.max(sign.top) as i64;
            2 * shared > i64::from(row.height().min(sign.height())) && row.height() < 3 * sign.height()
        };
        match rows.iter_mut().rev().take(8).find(|(row, _)| level(row)) {
            Some((_, count)) => *count += 1,
            None => rows.push((*sign, 1)),
        }
    }
    rows.iter().map(|(_, count)| *count).filter(|count| *count >= IN_A_ROW).sum()
}
