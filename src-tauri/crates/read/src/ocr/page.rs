//! One page: prepared, recognised, turned if it lies on its side or head, and its boxes brought back to the page.

use std::time::Duration;

use domain::{Page, PageOrigin, Rect, Word};
use image::{GrayImage, imageops};
use imageproc::contrast::stretch_contrast;
use imageproc::stats::cumulative_histogram;

use super::native::{Pix, Print};
use super::paper::{FLAT_DENSITY, Flat};
use super::{Engines, OcrError, Picture, Recognised};
use crate::codes::codes_on;
use crate::layout::{Found, arrange};

/// The density at which Tesseract reads best.
const BEST_DENSITY: f32 = 300.0;
/// Mean confidence below which the page may lie on its side or head.
const DOUBTFUL: f32 = 0.7;
/// Share of the pixels that are print, about, and the share up to which paper certainly begins.
const DARKEST: f32 = 0.01;
const PAPER: f32 = 0.5;
/// Grey level from which on the darkest print counts as pale.
const PALE: u8 = 40;
/// Grey levels between print and paper below which there is no print but noise.
const LEAST_CONTRAST: u8 = 32;

/// Reads one picture of a page.
pub(super) fn read(engines: &Engines, picture: Picture, limit: Duration) -> Result<Recognised, OcrError> {
    let density = picture.density;
    let (mut grey, mut turned) = (picture.grey, 0);
    let mut words = recognise(engines, &grey, density, Print::Even, limit)?;
    if looks_turned(&words) {
        let turn = which_turn(engines, &grey, density)?;
        if turn != 0 {
            let upright = turned_by(&grey, turn);
            let again = recognise(engines, &upright, density, Print::Even, limit)?;
            if worth(&again) > worth(&words) {
                (words, grey, turned) = (again, upright, turn);
            }
        }
    }
    if mean_confidence(&words) < DOUBTFUL {
        let again = recognise(engines, &grey, density, Print::Pale, limit)?;
        if worth(&again) > worth(&words) {
            words = again;
        }
    }
    let origin = if words.is_empty() { PageOrigin::Empty } else { PageOrigin::Ocr };
    let points = |pixels: u32| pixels as f32 * 72.0 / density;
    let page = Page { width: points(grey.width()), height: points(grey.height()), origin, turned, words };
    Ok(Recognised { page, codes: codes_on(&grey) })
}

/// Reads a picture the way it lies.
fn recognise(
    engines: &Engines,
    picture: &GrayImage,
    density: f32,
    print: Print,
    limit: Duration,
) -> Result<Vec<Word>, OcrError> {
    let flat = Flat::of(picture);
    let (grey, density) = flat.as_ref().map_or((picture, density), |f| (&f.grey, FLAT_DENSITY));
    let (pix, skew) = prepare(grey, density).ok_or_else(|| OcrError::Failed("out of memory".to_owned()))?;
    let table = engines
        .with(|engine| engine.words(&pix, BEST_DENSITY as u32, print, limit))
        .map_err(OcrError::Missing)?
        .ok_or(OcrError::Slow(limit.as_secs() as u32))?;
    let (width, height) = pix.size();
    let found = table.lines().filter_map(|line| word_of(line, width as f32, height as f32)).collect();
    let mut words = arrange(found, height as f32 / width as f32);
    for word in &mut words {
        let rect = unlevelled(word.rect, skew, width as f32, height as f32);
        word.rect = within_page(flat.as_ref().map_or(rect, |f| f.on_picture(rect, picture)));
    }
    Ok(words)
}

/// Even background, level lines, 300 dpi: measured, this halves the errors on crooked and shadowed pages and does no
/// harm to good ones; binarising, in contrast, does.
fn prepare(grey: &GrayImage, density: f32) -> Option<(Pix, f32)> {
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
    (black >= PALE && white.saturating_sub(black) >= LEAST_CONTRAST).then(|| stretch_contrast(grey, black, white, 0, 255))
}

/// One row of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
fn word_of(row: &str, width: f32, height: f32) -> Option<Found> {
    let columns: Vec<&str> = row.splitn(12, '\t').collect();
    let [level, _, _, _, _, _, left, top, w, h, confidence, text] = columns[..] else { return None };
    let text = text.trim();
    if level != "5" || text.is_empty() {
        return None;
    }
    let (left, top, w, h) = (left.parse::<f32>().ok()?, top.parse::<f32>().ok()?, w.parse::<f32>().ok()?, h.parse::<f32>().ok()?);
    let rect = Rect { x: left / width, y: top / height, w: w / width, h: h / height };
    Some(Found { text: text.to_owned(), rect, confidence: (confidence.parse::<f32>().ok()? / 100.0).clamp(0.0, 1.0) })
}

/// Whether the picture may lie on its side or head: little is sure, or the words stand upright like towers.
fn looks_turned(found: &[Word]) -> bool {
    let long = || found.iter().filter(|f| f.text.chars().count() >= 4);
    let towers = long().filter(|f| f.rect.h > f.rect.w).count();
    found.is_empty() || mean_confidence(found) < DOUBTFUL || 2 * towers > long().count()
}

fn mean_confidence(found: &[Word]) -> f32 {
    found.iter().map(|f| f.confidence).sum::<f32>() / found.len().max(1) as f32
}

/// How much was read for sure, to compare two ways of holding a page.
fn worth(found: &[Word]) -> f32 {
    let wide = |f: &&Word| f.rect.w >= f.rect.h || f.text.chars().count() < 4;
    found.iter().filter(wide).map(|f| f.confidence * f.confidence * f.text.chars().count() as f32).sum()
}

fn which_turn(engines: &Engines, grey: &GrayImage, density: f32) -> Result<u16, OcrError> {
    let pix = Pix::new(grey).ok_or_else(|| OcrError::Failed("out of memory".to_owned()))?;
    let mut engine = engines.orientation().map_err(OcrError::Missing)?;
    // No answer means too little text to tell: the page stays as it is.
    Ok(engine.upright_turn(&pix, density as u32).unwrap_or(0))
}

fn turned_by(grey: &GrayImage, degrees: u16) -> GrayImage {
    match degrees {
        90 => imageops::rotate90(grey),
        180 => imageops::rotate180(grey),
        270 => imageops::rotate270(grey),
        _ => grey.clone(),
    }
}

/// Takes back the levelling: the box's middle is turned about the page's middle, its size is kept.
fn unlevelled(rect: Rect, skew: f32, width: f32, height: f32) -> Rect {
    if skew == 0.0 {
        return rect;
    }
    let (sin, cos) = (-skew.to_radians()).sin_cos();
    let (dx, dy) = ((rect.x + rect.w / 2.0 - 0.5) * width, (rect.middle() - 0.5) * height);
    let (x, y) = (0.5 + (dx * cos - dy * sin) / width, 0.5 + (dx * sin + dy * cos) / height);
    Rect { x: x - rect.w / 2.0, y: y - rect.h / 2.0, ..rect }
}

fn within_page(rect: Rect) -> Rect {
    let (x, y) = (rect.x.clamp(0.0, 1.0), rect.y.clamp(0.0, 1.0));
    Rect { x, y, w: rect.right().clamp(0.0, 1.0) - x, h: rect.bottom().clamp(0.0, 1.0) - y }
}
