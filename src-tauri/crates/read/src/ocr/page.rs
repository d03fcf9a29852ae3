//! One page: prepared, recognised, turned if it lies on its side or head, and its boxes brought back to the page.

use std::time::Duration;

use domain::{Page, PageOrigin, Rect, Word};
use image::{GrayImage, imageops};

use super::native::{Pix, Print};
use super::paper::{FLAT_DENSITY, Flat};
use super::prepare::{BEST_DENSITY, prepare};
use super::{Engines, OcrError, Picture, Recognised};
use crate::codes::codes_on;
use crate::layout::{Found, arrange};

/// Mean confidence below which the page may lie on its side or head.
const DOUBTFUL: f32 = 0.7;

/// Reads one picture of a page.
pub(super) fn read(engines: &Engines, picture: Picture, limit: Duration) -> Result<Recognised, OcrError> {
    let density = picture.density;
    let (mut grey, mut turned) = (picture.grey, 0);
    let mut words = recognise(engines, &grey, density, Print::Even, limit)?;
    if looks_turned(&words) {
        let turn = which_turn(engines, &grey, density)?;
        let upright = turned_by(&grey, turn);
        if turn != 0 && take_better(&mut words, recognise(engines, &upright, density, Print::Even, limit)) {
            (grey, turned) = (upright, turn);
        }
    }
    if mean_confidence(&words) < DOUBTFUL {
        take_better(&mut words, recognise(engines, &grey, density, Print::Pale, limit));
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

/// Takes a further try if it read more, and says whether. If it failed, what was read before still stands.
fn take_better(words: &mut Vec<Word>, again: Result<Vec<Word>, OcrError>) -> bool {
    match again {
        Ok(again) if worth(&again) > worth(words) => *words = again,
        Ok(_) => return false,
        Err(error) => {
            tracing::warn!(%error, "a further try at a page failed");
            return false;
        }
    }
    true
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
    match engines.orientation() {
        // No answer means too little text to tell: the page stays as it is.
        Ok(mut engine) => Ok(engine.upright_turn(&pix, density as u32).unwrap_or(0)),
        Err(missing) => {
            tracing::warn!(missing, "pages that lie on their side are not turned");
            Ok(0)
        }
    }
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
