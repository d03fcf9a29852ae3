//! Prepares a picture for recognition: density, even background, level lines.

use domain::Rect;
use image::{GrayImage, Luma};

use super::native::Pix;
use super::paper::{FLAT_DENSITY, Flat};
use super::{OcrError, Picture};

/// Dots per inch that are enough: of a finer picture Tesseract reads no more, and takes a quarter longer.
pub(crate) const ENOUGH: f32 = 240.0;
/// Below this a picture is coarse: it is read better when it is enlarged to [`FINE`].
const COARSE: f32 = 190.0;
/// Dots per inch to which what is coarse or bent is drawn.
const FINE: f32 = 300.0;
/// Share of the pixels that are print, about, and the share up to which paper certainly begins.
const DARKEST: f32 = 0.01;
const PAPER: f32 = 0.5;
/// Grey level from which on the darkest print counts as pale.
const PALE: u8 = 40;
/// Grey level below which a pixel of a sheet is ink.
const INK: u8 = 160;
/// Share of a sheet that is ink, at least, where something is to be read: two letters of this size on A4.
const LEAST_INK: f32 = 0.00005;
/// Rows of which one is looked at to tell print from paper.
const ROWS_APART: usize = 4;
/// Each grey level stays what it is.
pub(super) const AS_IT_IS: [u8; 256] = {
    let mut tones = [0; 256];
    let mut level = 0;
    while level < 256 {
        tones[level] = level as u8;
        level += 1;
    }
    tones
};
/// Grey levels between print and paper below which there is no print but noise.
const LEAST_CONTRAST: u8 = 32;

/// The dots per inch at which a picture of this density is best read.
pub(crate) fn best_density(density: f32) -> f32 {
    match density {
        coarse if coarse < COARSE => FINE,
        // Not worth a step that makes it a little smaller.
        good if good < 1.1 * ENOUGH => good,
        _ => ENOUGH,
    }
}

/// A page laid flat and level at the density at which it is best read, on even paper, and the way back to its picture.
pub(super) struct Sheet {
    pub(super) pix: Pix,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Dots per inch.
    pub(super) density: f32,
    /// Degrees by which it was levelled.
    skew: f32,
    flat: Option<Flat>,
    picture: (u32, u32),
}

impl Sheet {
    /// Even background, level lines, the best density: measured, this halves the errors on crooked and shadowed pages and does no
    /// harm to good ones; binarising, in contrast, does.
    pub(super) fn of(picture: &Picture) -> Result<Self, OcrError> {
        Self::with_tones(picture, tones)
    }

    /// The same without what is paler than the darkest print, such as the print of the back that shines through; none if there is
    /// too little contrast to tell.
    pub(super) fn of_dark_print(picture: &Picture) -> Result<Option<Self>, OcrError> {
        if tones_of_dark_print(&picture.grey).is_none() {
            return Ok(None);
        }
        Self::with_tones(picture, |grey| tones_of_dark_print(grey).unwrap_or(AS_IT_IS)).map(Some)
    }

    fn with_tones(picture: &Picture, tones: impl Fn(&GrayImage) -> [u8; 256]) -> Result<Self, OcrError> {
        let Picture { grey, density, best } = picture;
        let flat = Flat::of(grey);
        let (grey, density, best) = match &flat {
            Some(flat) => (&flat.grey, FLAT_DENSITY, FLAT_DENSITY),
            None => (grey, *density, *best),
        };
        let (pix, skew) =
            prepared(grey, best / density, &tones(grey)).ok_or_else(|| OcrError::Failed("out of memory".to_owned()))?;
        let (width, height) = pix.size();
        let (width, height) = (width as f32, height as f32);
        Ok(Self { pix, width, height, density: best, skew, flat, picture: picture.grey.dimensions() })
    }

    /// The grey levels.
    pub(super) fn grey(&self) -> Result<GrayImage, OcrError> {
        self.pix.grey().ok_or_else(|| OcrError::Failed("the prepared picture is not grey".to_owned()))
    }

    /// Whether there is hardly any ink on it: a back that was scanned along, with its specks.
    pub(super) fn is_blank(&self) -> Result<bool, OcrError> {
        let grey = self.grey()?;
        let ink = grey.as_raw().iter().filter(|level| **level < INK).count();
        Ok((ink as f32) < LEAST_INK * grey.as_raw().len() as f32)
    }

    /// A box on the sheet as a box on its picture, both in fractions.
    pub(super) fn on_picture(&self, rect: Rect) -> Rect {
        let rect = self.unlevelled(rect);
        let rect = self.flat.as_ref().map_or(rect, |flat| flat.on_picture(rect, self.picture));
        let (x, y) = (rect.x.clamp(0.0, 1.0), rect.y.clamp(0.0, 1.0));
        Rect { x, y, w: rect.right().clamp(0.0, 1.0) - x, h: rect.bottom().clamp(0.0, 1.0) - y }
    }

    /// A box on its picture as a box on the sheet, both in fractions: the way back of [`Self::on_picture`].
    pub(super) fn on_sheet(&self, rect: Rect) -> Rect {
        let rect = self.flat.as_ref().map_or(rect, |flat| flat.on_flat(rect, self.picture));
        self.turned(rect, self.skew)
    }

    /// Takes back the levelling.
    fn unlevelled(&self, rect: Rect) -> Rect {
        self.turned(rect, -self.skew)
    }

    /// The box's middle is turned about the page's middle by so many degrees, its size is kept.
    fn turned(&self, rect: Rect, degrees: f32) -> Rect {
        if degrees == 0.0 {
            return rect;
        }
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (dx, dy) = ((rect.x + rect.w / 2.0 - 0.5) * self.width, (rect.middle() - 0.5) * self.height);
        let (x, y) = (0.5 + (dx * cos - dy * sin) / self.width, 0.5 + (dx * sin + dy * cos) / self.height);
        Rect { x: x - rect.w / 2.0, y: y - rect.h / 2.0, ..rect }
    }
}

/// Levelled by the degrees that it says, and `scale` times as large: made smaller first and larger last, because each
/// step costs by the pixel.
fn prepared(grey: &GrayImage, scale: f32, tones: &[u8; 256]) -> Option<(Pix, f32)> {
    let pix = Pix::new(grey, tones)?;
    let pix = if scale < 1.0 { pix.scaled(scale)? } else { pix };
    let pix = pix.background_normalised().unwrap_or(pix);
    let (pix, skew) = pix.deskewed()?;
    let pix = if scale > 1.0 { pix.scaled(scale)? } else { pix };
    Some((pix, skew))
}

/// What each grey level becomes, so that pale print is dark: the darkest of the picture turns black, the paper white.
/// Without it the next step would take pale print for paper. Other pictures stay as they are.
fn tones(grey: &GrayImage) -> [u8; 256] {
    let (black, white) = print_and_paper(grey, DARKEST);
    let contrast = white.saturating_sub(black);
    if black < PALE || contrast < LEAST_CONTRAST {
        return AS_IT_IS;
    }
    stretched(black, contrast)
}

/// What each grey level becomes, so that only dark print stays: what is nearer to the paper than to it turns white.
fn tones_of_dark_print(grey: &GrayImage) -> Option<[u8; 256]> {
    /// Share of the pixels that are the strokes of print.
    const STROKES: f32 = 0.003;
    let (black, white) = print_and_paper(grey, STROKES);
    let contrast = white.saturating_sub(black) / 2;
    (contrast >= LEAST_CONTRAST).then(|| stretched(black, contrast))
}

/// The level up to which this share of the pixels is, and that of the paper.
fn print_and_paper(grey: &GrayImage, print: f32) -> (u8, u8) {
    let mut counts = [0_u32; 256];
    for row in grey.rows().step_by(ROWS_APART) {
        for Luma([level]) in row {
            counts[usize::from(*level)] += 1;
        }
    }
    let all: u32 = counts.iter().sum();
    let below = |level: usize| counts[..=level].iter().sum::<u32>() as f32;
    let level = |share: f32| (0..256).find(|level| below(*level) >= share * all as f32).unwrap_or(255) as u8;
    (level(print), level(PAPER))
}

/// Black up to a level, white from so many levels above it on.
fn stretched(black: u8, contrast: u8) -> [u8; 256] {
    AS_IT_IS.map(|level| (u32::from(level.saturating_sub(black)) * 255 / u32::from(contrast)).min(255) as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Grey paper with the noise of a scanner and so many specks; `print` draws on it.
    fn paper(specks: u32, print: impl Fn(u32, u32) -> bool) -> GrayImage {
        GrayImage::from_fn(1240, 1754, |x, y| {
            let noise = (x.wrapping_mul(31).wrapping_add(y.wrapping_mul(17)) ^ (x * y)) % 9;
            let is_speck = specks > 0 && y % (1754 / specks) == 7 && x == 200 + y % 900;
            Luma([if is_speck {
                60
            } else if print(x, y) {
                90
            } else {
                225 + noise as u8
            }])
        })
    }

    #[test]
    fn a_back_with_specks_is_blank_and_a_page_with_one_word_is_not() {
        let is_blank = |grey: GrayImage| {
            let picture = Picture { grey, density: 150.0, best: best_density(150.0) };
            Sheet::of(&picture).and_then(|sheet| sheet.is_blank())
        };
        assert!(is_blank(paper(0, |_, _| false)).expect("prepares"));
        assert!(is_blank(paper(20, |_, _| false)).expect("prepares"), "specks are no letters");
        // The strokes of four letters of 12 points.
        let word = |x: u32, y: u32| (600..636).contains(&x) && (800..818).contains(&y) && x % 9 < 3;
        assert!(!is_blank(paper(0, word)).expect("prepares"));
    }

    proptest! {
        #[test]
        fn a_box_on_a_levelled_sheet_is_on_its_picture_and_comes_back(
            (x, y) in (0.0_f32..0.9, 0.0_f32..0.9),
            (w, h) in (0.001_f32..0.1, 0.001_f32..0.1),
            skew in -7.0_f32..7.0,
        ) {
            let sheet = |skew| Sheet {
                pix: Pix::new(&GrayImage::new(4, 4), &AS_IT_IS).expect("memory"),
                width: 1653.0,
                height: 2339.0,
                density: 200.0,
                skew,
                flat: None,
                picture: (1653, 2339),
            };
            let rect = Rect { x, y, w, h };
            let seen = sheet(skew).on_picture(rect);
            prop_assert!(seen.x >= 0.0 && seen.y >= 0.0 && seen.w >= 0.0 && seen.h >= 0.0, "{seen:?}");
            prop_assert!(seen.right() <= 1.0001 && seen.bottom() <= 1.0001, "{seen:?}");
            let back = sheet(skew).on_sheet(sheet(skew).unlevelled(rect));
            prop_assert!((back.x - x).abs() < 1e-4 && (back.y - y).abs() < 1e-4, "{back:?} is not {rect:?}");
        }
    }
}
