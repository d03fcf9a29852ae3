//! Pictures made ready for recognition.

use domain::Rect;
use image::GrayImage;
use imageproc::contrast::stretch_contrast;
use imageproc::stats::cumulative_histogram;

use super::OcrError;
use super::native::Pix;
use super::paper::{FLAT_DENSITY, Flat};

/// The density at which Tesseract reads best.
pub(super) const BEST_DENSITY: f32 = 300.0;
/// Share of the pixels that are print, about, and the share up to which paper certainly begins.
const DARKEST: f32 = 0.01;
const PAPER: f32 = 0.5;
/// Grey level from which on the darkest print counts as pale.
const PALE: u8 = 40;
/// Grey level below which a pixel of a sheet is ink.
const INK: u8 = 160;
/// Share of a sheet that is ink, at least, where something is to be read: two letters of this size on A4.
const LEAST_INK: f32 = 0.00005;
/// Grey levels between print and paper below which there is no print but noise.
const LEAST_CONTRAST: u8 = 32;

/// A page laid flat and level at [`BEST_DENSITY`], on even paper, and the way back to its picture.
pub(super) struct Sheet {
    pub(super) pix: Pix,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Degrees by which it was levelled.
    skew: f32,
    flat: Option<Flat>,
    picture: (u32, u32),
}

impl Sheet {
    /// Even background, level lines, 300 dpi: measured, this halves the errors on crooked and shadowed pages and does no
    /// harm to good ones; binarising, in contrast, does.
    pub(super) fn of(picture: &GrayImage, density: f32) -> Result<Self, OcrError> {
        let flat = Flat::of(picture);
        let (grey, density) = flat.as_ref().map_or((picture, density), |f| (&f.grey, FLAT_DENSITY));
        let (pix, skew) = prepared(grey, density).ok_or_else(|| OcrError::Failed("out of memory".to_owned()))?;
        let (width, height) = pix.size();
        Ok(Self { pix, width: width as f32, height: height as f32, skew, flat, picture: picture.dimensions() })
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

    /// Takes back the levelling: the box's middle is turned about the page's middle, its size is kept.
    fn unlevelled(&self, rect: Rect) -> Rect {
        if self.skew == 0.0 {
            return rect;
        }
        let (sin, cos) = (-self.skew.to_radians()).sin_cos();
        let (dx, dy) = ((rect.x + rect.w / 2.0 - 0.5) * self.width, (rect.middle() - 0.5) * self.height);
        let (x, y) = (0.5 + (dx * cos - dy * sin) / self.width, 0.5 + (dx * sin + dy * cos) / self.height);
        Rect { x: x - rect.w / 2.0, y: y - rect.h / 2.0, ..rect }
    }
}

fn prepared(grey: &GrayImage, density: f32) -> Option<(Pix, f32)> {
    let pix = Pix::new(stretched(grey).as_ref().unwrap_or(grey))?;
    let pix = pix.background_normalised().unwrap_or(pix);
    let (pix, skew) = pix.deskewed()?;
    let factor = BEST_DENSITY / density;
    if (0.95..1.05).contains(&factor) {
        return Some((pix, skew));
    }
    Some((pix.scaled(factor)?, skew))
}

/// Pale print made dark: the darkest of the picture becomes black, the paper white. Without it the next step would take
/// pale print for paper.
fn stretched(grey: &GrayImage) -> Option<GrayImage> {
    let levels = cumulative_histogram(grey).channels[0];
    let all = levels[255];
    let level = |share: f32| levels.iter().position(|below| *below as f32 >= share * all as f32).unwrap_or(255) as u8;
    let (black, white) = (level(DARKEST), level(PAPER));
    (black >= PALE && white.saturating_sub(black) >= LEAST_CONTRAST)
        .then(|| stretch_contrast(grey, black, white, 0, 255))
}

#[cfg(test)]
mod tests {
    use image::Luma;

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
        let is_blank = |picture: &GrayImage| Sheet::of(picture, 150.0).and_then(|sheet| sheet.is_blank());
        assert!(is_blank(&paper(0, |_, _| false)).expect("prepares"));
        assert!(is_blank(&paper(20, |_, _| false)).expect("prepares"), "specks are no letters");
        // The strokes of four letters of 12 points.
        let word = |x: u32, y: u32| (600..636).contains(&x) && (800..818).contains(&y) && x % 9 < 3;
        assert!(!is_blank(&paper(0, word)).expect("prepares"));
    }
}
