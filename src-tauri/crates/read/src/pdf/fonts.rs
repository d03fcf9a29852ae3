//! Whether a font names its letters rightly.
//!
//! A font without a table of letters, or with a wrong one, gives other letters and digits than it draws. What is drawn
//! is held against what is named: a 1, 2, 3, 5 or 7 encloses no hole, nor do half of the letters; a 0, 6, 8, 9 and the others do.

use std::collections::BTreeMap;

use domain::Rect;
use image::GrayImage;
use imageproc::region_labelling::{Connectivity, connected_components};

use super::seen::pixels;

/// Fewer different letters than this say nothing about a font, nor fewer digits.
const FEW_LETTERS: usize = 6;
const FEW_DIGITS: usize = 3;
/// Share of the letters without a hole in which one is drawn, from which on their names are wrong: some ornate letters have one. Digits
/// have none.
const WRONG_LETTERS: f32 = 0.2;
const WRONG_DIGITS: f32 = 0.3;
/// How far from the paper's level to that of the print a stroke begins.
const STROKE: f32 = 0.5;
/// Lower print, in pixels of the drawn page, shows no holes.
const LEAST_HEIGHT: u32 = 11;
/// A hole is smaller than this share of its character's box, in pixels; larger ones are gaps between letters.
const MOST_OF_BOX: f32 = 0.5;

/// The fonts of a page, with the largest print of each character.
#[derive(Default)]
pub(super) struct Fonts {
    names: Vec<String>,
    /// By font and character.
    samples: BTreeMap<(usize, char), Rect>,
}

impl Fonts {
    /// The number of the font of this name.
    pub(super) fn number_of(&mut self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }

    /// Keeps the place of a character if it is the largest of its kind.
    pub(super) fn note(&mut self, font: usize, c: char, rect: &Rect) {
        if encloses_nothing(c) {
            let known = self.samples.entry((font, c)).or_insert(*rect);
            if rect.h > known.h {
                *known = *rect;
            }
        }
    }

    /// The fonts whose letters, or whose digits alone, are named otherwise than drawn. Small print has holes where strokes touch: what
    /// looks wrong on `picture` is looked at once more where `larger` draws it.
    pub(super) fn wrongly_named(
        &self,
        picture: &GrayImage,
        larger: impl FnOnce() -> Result<GrayImage, String>,
    ) -> Result<Vec<usize>, String> {
        let wrong = |picture: &GrayImage, fonts: Vec<usize>| -> Vec<usize> {
            fonts.into_iter().filter(|font| self.is_wrong(*font, picture)).collect()
        };
        match wrong(picture, (0..self.names.len()).collect()) {
            none if none.is_empty() => Ok(none),
            some => Ok(wrong(&larger()?, some)),
        }
    }

    fn is_wrong(&self, font: usize, picture: &GrayImage) -> bool {
        let of_font = || self.samples.range((font, '\0')..=(font, char::MAX));
        [(true, FEW_DIGITS, WRONG_DIGITS), (false, FEW_LETTERS, WRONG_LETTERS)].iter().any(|(digits, few, share)| {
            let of_kind = of_font().filter(|((_, c), _)| c.is_ascii_digit() == *digits);
            let holes: Vec<usize> = of_kind.filter_map(|(_, rect)| holes_in(picture, rect)).collect();
            let wrong = holes.iter().filter(|holes| **holes > 0).count();
            holes.len() >= *few && wrong as f32 > share * holes.len() as f32
        })
    }
}

/// Characters that enclose no hole in any font for letters.
fn encloses_nothing(c: char) -> bool {
    matches!(c, '1' | '2' | '3' | '5' | '7' | 'C' | 'E' | 'F' | 'H' | 'I' | 'K'..='N' | 'S'..='V' | 'X' | 'Z')
        || matches!(c, 'c' | 'f' | 'h' | 'k'..='n' | 'r'..='x' | 'z')
}

/// Holes of what is drawn in a box; `None` if it is too small to tell.
fn holes_in(picture: &GrayImage, rect: &Rect) -> Option<usize> {
    let (columns, rows) = pixels(picture, rect);
    let (width, height) = (columns.len() as u32, rows.len() as u32);
    if height < LEAST_HEIGHT || width < 3 {
        return None;
    }
    let cut = image::imageops::crop_imm(picture, columns.start, rows.start, width, height).to_image();
    let (low, high) = cut.as_raw().iter().fold((u8::MAX, 0), |(low, high), l| (low.min(*l), high.max(*l)));
    let middle = low / 2 + high / 2;
    // Dark print on light paper, or the other way round: there is more paper than print.
    let dark = cut.as_raw().iter().filter(|level| **level < middle).count();
    let (paper, print) = if 2 * dark > cut.as_raw().len() { (low, high) } else { (high, low) };
    let is_ink = |level: u8| f32::from(level.abs_diff(paper)) > STROKE * f32::from(print.abs_diff(paper));
    // Paper around it on all sides, so that the paper outside is one piece.
    let paper = GrayImage::from_fn(width + 2, height + 2, |x, y| {
        let inside = (1..=width).contains(&x) && (1..=height).contains(&y);
        let is_paper = !inside || !is_ink(cut.get_pixel(x - 1, y - 1).0[0]);
        image::Luma([u8::from(is_paper)])
    });
    let labels = connected_components(&paper, Connectivity::Four, image::Luma([0]));
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for label in labels.as_raw().iter().filter(|label| **label > 0) {
        *sizes.entry(*label).or_default() += 1;
    }
    let outside = labels.get_pixel(0, 0).0[0];
    let most = MOST_OF_BOX * (width * height) as f32;
    Some(sizes.iter().filter(|(label, size)| **label != outside && (**size as f32) < most).count())
}
