//! What is wrong with a picture of a page, so that a person can take it again: cut off, dark, blurred.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::{FailureCode, Problem, Word};
use image::{GrayImage, Luma};

/// What is wrong with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Lines go on beyond the edge of the paper or of the picture.
    CutOff,
    /// Hardly anything can be read, and there was little light.
    Dark,
    /// Hardly anything can be read for another reason: out of focus, moved, too far away.
    Blurred,
}

impl Fault {
    /// The problem of the page.
    pub(crate) fn on_page(self, name: &str, page: u32) -> Problem {
        let again = "Take the picture again";
        let (code, what) = match self {
            Self::CutOff => (
                FailureCode::PictureCutOff,
                format!("lines are cut off at its edge. {again}, with the whole page on it."),
            ),
            Self::Dark => (FailureCode::PictureDark, format!("it is too dark to be read. {again}, with more light.")),
            Self::Blurred => (
                FailureCode::PictureBlurred,
                format!("it is too blurred to be read. {again}, closer and with a still hand."),
            ),
        };
        Problem::on_page(code, page, format!("Page {page} of “{name}”: {what}"))
    }
}

/// Confidence that a word keeps at most of which a part is cut off.
pub(super) const CUT_OFF: f32 = 0.3;
/// Words at an edge that make it one where lines are cut off.
const LEAST_CUT_OFF: usize = 2;
/// So far from the edge of the picture, in heights of the line, words end of which a part is beyond it: half a letter is none to a
/// reader.
const TOUCHES: f32 = 0.8;
/// The edge of the paper is looked for from so far before the end of a word to so far behind it, in heights of the line: the box of
/// a word is not exact.
const NEAR: (f32, f32) = (-0.4, 0.35);
/// In so many steps.
const STEPS: u8 = 8;
/// Width of what is looked at beside the paper, in heights of the line.
const STRIP: f32 = 0.6;
/// Share of the pixels at the border of a picture that are print where a line is cut off.
const PRINT: Range<f32> = 0.04..0.7;
/// Confidence from which on a word counts.
const LEGIBLE: f32 = 0.6;
/// Grey levels by which what lies under the paper is darker than it.
const DARKER: u8 = 50;
/// Share of pixels that are so much darker.
const MOSTLY: f32 = 0.85;

/// Mean confidence of letters below which a page could hardly be read.
const ILLEGIBLE: f32 = 0.55;
/// So many letters tell, where there was light.
const LEAST_LETTERS: usize = 20;
/// Share of the pixels that is at least ink, where there is any.
const INK: f32 = 0.01;
/// Share of the pixels at which the edges of a few letters are.
const EDGES: f32 = 0.0001;
/// Share of the contrast below which a step from pixel to pixel is no edge of a letter.
const SOFT: f32 = 0.2;
/// Level of the paper below which a picture is dark.
const DARK_PAPER: u8 = 90;

/// The words, as indexes, that stand at an edge at which lines are cut off; boxes are those of the picture.
pub(super) fn cut_off(picture: &GrayImage, words: &[Word]) -> Vec<usize> {
    let mut lines: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, word) in words.iter().enumerate() {
        lines.entry(word.line).or_default().push(index);
    }
    // The outermost word of a line on a side.
    let outermost = |line: &Vec<usize>, side: f32| {
        let end = |index: &usize| if side > 0.0 { words[*index].rect.right() } else { -words[*index].rect.x };
        line.iter().copied().max_by(|a, b| end(a).total_cmp(&end(b)))
    };
    let at_edge = |side: f32| -> Vec<usize> {
        let ends = lines.values().filter_map(|line| outermost(line, side));
        ends.filter(|index| ends_at_edge(picture, &words[*index], side)).collect()
    };
    [1.0, -1.0].map(at_edge).into_iter().filter(|side| side.len() >= LEAST_CUT_OFF).flatten().collect()
}

/// Whether there is no paper beside a word: to its right (`side` 1) or to its left (-1).
fn ends_at_edge(picture: &GrayImage, word: &Word, side: f32) -> bool {
    if word.confidence < LEGIBLE || !word.text.contains(char::is_alphanumeric) {
        return false;
    }
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let (x, w, y, h) = (word.rect.x * width, word.rect.w * width, word.rect.y * height, word.rect.h * height);
    let rows_of = |from: f32, to: f32| from.max(0.0) as u32..to.clamp(0.0, height) as u32;
    let rows = rows_of(y, y + h);
    // Above and below a line is what it stands on: a white word on a dark bar stands on no paper.
    let around = [rows_of(y - 0.4 * h, y - 0.1 * h), rows_of(y + 1.1 * h, y + 1.4 * h)];
    let Some(paper) = around.iter().filter_map(|rows| level_at(levels(picture, x..x + w, rows), 0.5)).min() else {
        return false;
    };
    let darker = |columns: Range<f32>| {
        let (mut dark, mut all) = (0_usize, 0_usize);
        for level in levels(picture, columns, &rows) {
            (dark, all) = (dark + usize::from(level.saturating_add(DARKER) < paper), all + 1);
        }
        dark as f32 / all.max(1) as f32
    };
    let outwards = |from: f32, to: f32| if side > 0.0 { from..to } else { to..from };
    let (edge, border) = if side > 0.0 { (x + w, width) } else { (x, 0.0) };
    if (border - edge) * side <= TOUCHES * h {
        // Print that is cut off goes up to the border; noise there is darker as a whole.
        return PRINT.contains(&darker(outwards(border - side * 2.0, border)));
    }
    let step = (NEAR.1 - NEAR.0) / f32::from(STEPS);
    let mut paper_ends = (0..=STEPS).map(|number| edge + side * h * (NEAR.0 + f32::from(number) * step));
    paper_ends
        .any(|end| darker(outwards(end, end + side * STRIP * h)) >= MOSTLY && darker(outwards(end, border)) >= MOSTLY)
}

/// The levels of some columns and rows.
fn levels(picture: &GrayImage, columns: Range<f32>, rows: &Range<u32>) -> impl Iterator<Item = u8> {
    let columns = columns.start.max(0.0) as u32..(columns.end.max(0.0) as u32).min(picture.width());
    let rows = rows.start..rows.end.min(picture.height());
    rows.flat_map(move |y| columns.clone().map(move |x| (x, y))).map(|(x, y)| {
        let Luma([level]) = *picture.get_pixel(x, y);
        level
    })
}

/// The level below which this share of them is.
fn level_at(levels: impl Iterator<Item = u8>, share: f32) -> Option<u8> {
    let mut levels: Vec<u8> = levels.collect();
    levels.sort_unstable();
    levels.get((share * levels.len() as f32) as usize).copied()
}

/// Why hardly anything can be read on a picture, if so.
pub(super) fn illegible(picture: &GrayImage, words: &[Word]) -> Option<Fault> {
    let letters = |word: &Word| word.text.chars().filter(|c| c.is_alphanumeric()).count();
    let all: usize = words.iter().map(letters).sum();
    let sure: f32 = words.iter().map(|word| word.confidence * letters(word) as f32).sum();
    if all >= LEAST_LETTERS && sure >= ILLEGIBLE * all as f32 {
        return None;
    }
    let paper = level_at(levels(picture, 0.0..picture.width() as f32, &(0..picture.height())), 0.5)?;
    match paper {
        ..DARK_PAPER if sure < ILLEGIBLE * all as f32 || all == 0 => Some(Fault::Dark),
        _ if all >= LEAST_LETTERS || is_smeared(picture) => Some(Fault::Blurred),
        _ => None,
    }
}

/// Whether something is on a picture, and nowhere with an edge.
fn is_smeared(picture: &GrayImage) -> bool {
    let all = |share| level_at(levels(picture, 0.0..picture.width() as f32, &(0..picture.height())), share);
    let (Some(dark), Some(light)) = (all(INK), all(1.0 - INK)) else { return false };
    let contrast = light.saturating_sub(dark);
    let rows = picture.rows().step_by(4);
    // The mean of two pixels on either side, lest the noise of the camera is taken for an edge.
    let steps = rows.flat_map(|row| {
        let row: Vec<u16> = row.map(|Luma([level])| u16::from(*level)).collect();
        row.windows(4).map(|w| ((w[0] + w[1]).abs_diff(w[2] + w[3]) / 2) as u8).collect::<Vec<_>>()
    });
    let steepest = level_at(steps, 1.0 - EDGES).unwrap_or(0);
    contrast >= DARKER && f32::from(steepest) < SOFT * f32::from(contrast)
}

#[cfg(test)]
mod tests {
    use domain::Rect;

    use super::*;

    const NONE: [usize; 0] = [];

    /// A sheet on a dark table, from 5 to 60 % of the width of the picture, with a word on each of four lines that ends so many
    /// per cent to the right.
    fn page(ends: [f32; 4]) -> (GrayImage, Vec<Word>) {
        let word = |(line, end): (u32, f32)| {
            let rect = Rect { x: end / 100.0 - 0.05, y: 0.1 + 0.1 * line as f32, w: 0.05, h: 0.02 };
            Word { text: "1.08".to_owned(), rect, confidence: 0.9, line, block: 0 }
        };
        let words: Vec<Word> = (0..).zip(ends).map(word).collect();
        let picture = GrayImage::from_fn(1000, 1000, |x, _| Luma([if (50..600).contains(&x) { 220 } else { 60 }]));
        (picture, words)
    }

    #[test]
    fn lines_that_end_where_the_paper_does_are_cut_off() {
        let cut = |ends| {
            let (picture, words) = page(ends);
            cut_off(&picture, &words)
        };
        assert_eq!(cut([30.0, 59.8, 59.9, 40.0]), [1, 2]);
        assert_eq!(cut([30.0, 56.5, 56.5, 56.5]), NONE, "there is a margin");
        assert_eq!(cut([30.0, 40.0, 59.9, 40.0]), NONE, "a single one may be a stroke");
        assert_eq!(cut([10.1, 10.0, 59.0, 40.0]), [0, 1], "at the left edge, too");
    }

    #[test]
    fn lines_that_end_where_the_picture_does_are_cut_off_and_dark_cells_are_none() {
        let (_, words) = page([99.9, 99.8, 50.0, 50.0]);
        let blank = GrayImage::from_pixel(1000, 1000, Luma([230]));
        assert_eq!(cut_off(&blank, &words), NONE, "no print goes on");
        let printed = GrayImage::from_fn(1000, 1000, |x, y| Luma([if x >= 950 && y % 3 == 0 { 60 } else { 230 }]));
        assert_eq!(cut_off(&printed, &words), [0, 1]);
        // A dark column of a table, and paper behind it.
        let (_, words) = page([59.9, 59.9, 59.9, 59.9]);
        let table = GrayImage::from_fn(1000, 1000, |x, _| Luma([if (600..700).contains(&x) { 60 } else { 220 }]));
        assert_eq!(cut_off(&table, &words), NONE);
        // White print on a dark bar.
        let bar = GrayImage::from_fn(1000, 1000, |x, y| {
            Luma([if x < 600 && (100..120).contains(&(y % 100 + 100)) && (x * y) % 3 == 0 { 220 } else { 60 }])
        });
        assert_eq!(cut_off(&bar, &words), NONE);
    }

    #[test]
    fn a_page_of_which_nothing_is_sure_says_why() {
        let (picture, mut words) = page([30.0, 30.0, 30.0, 30.0]);
        for word in &mut words {
            word.text = "Rechnung".to_owned();
        }
        assert_eq!(illegible(&picture, &words), None);
        for word in &mut words {
            word.confidence = 0.3;
        }
        let with_paper = |level| GrayImage::from_pixel(100, 100, Luma([level]));
        assert_eq!(illegible(&with_paper(200), &words), Some(Fault::Blurred));
        assert_eq!(illegible(&with_paper(60), &words), Some(Fault::Dark));
        assert_eq!(illegible(&with_paper(200), &words[..1]), None, "too little to tell");
        assert_eq!(illegible(&with_paper(200), &[]), None, "a blank page");
        assert_eq!(illegible(&with_paper(20), &[]), Some(Fault::Dark));
        let stripes = |slope: i32| {
            GrayImage::from_fn(400, 400, |x, _| {
                Luma([(140 + (slope * (((x as i32 % 100) - 50).abs() - 25)).clamp(-90, 90)) as u8])
            })
        };
        assert_eq!(illegible(&stripes(10), &[]), Some(Fault::Blurred), "smeared");
        assert_eq!(illegible(&stripes(280), &[]), None, "a drawing with edges");
    }
}
