//! The text layer of a page, and whether the page needs OCR instead.

use std::time::Instant;

use domain::{Page, PageOrigin, Rect};
use pdfium_render::prelude::{PdfPage, PdfPageObjectCommon, PdfPageObjectType, PdfPageObjectsCommon, PdfPageText};

use super::fields::{Typed, typed};
use super::place::Place;
use super::render::drawn as draw_page;
use super::seen::{Drawn, Look};
use super::unread::has_unread_print;
use super::words::TextLayer;
use super::{Document, library, said};
use crate::layout::{Found, arrange, holds};

/// Fewer letters and digits than this, on a page with pictures, are a stamp of the scanner rather than the letter.
pub(super) const FEW_LETTERS: usize = 60;
/// Share of the page that pictures cover on a scan.
const SCAN_COVERS: f32 = 0.3;
/// Drawn paths from which on a page with hardly any text may hold text drawn as curves.
const CURVES: usize = 200;
/// Dots per inch at which every stroke of small print can be told.
const LARGE: f32 = 300.0;
/// How sure a word is that another program recognised.
const OF_A_RECOGNISER: f32 = 0.85;

/// A page with what its text layer gave.
pub(crate) struct Draft {
    pub(crate) page: Page,
    /// Fields and notes whose text is known, in fractions of the page as the file holds it.
    pub(crate) fields: Vec<Rect>,
    pub(crate) wants: Wants,
}

/// What must be recognised of a page from its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wants {
    Nothing,
    /// Its words were recognised by another program: a part, to see whether they are right.
    Sample,
    /// What stands beside its words.
    Rest,
    All,
}

impl Document<'_> {
    /// Reads the text layer of a page, counted from 0.
    pub(crate) fn text_layer(&self, index: u32) -> Result<Draft, String> {
        let _lock = library::lock();
        let page = self.page(index)?;
        let (width, height) = (page.width().value, page.height().value);
        if !(width > 0.0 && height > 0.0) {
            return Err("it has no size".to_owned());
        }
        let place = Place::of(&page)?;
        let text = page.text().map_err(|e| said(&e))?;
        let mut layer = TextLayer::of(&text, &place);
        let started = Instant::now();
        // What has no words is a scan, or blank: it need not be drawn to see which of them count.
        let drawn = match layer.words.is_empty() && may_hold_a_scan(&page, 0) {
            true => None,
            false => Some(Drawn::of(&page, &place)?),
        };
        let (mut is_recognised, mut wrong) = (false, Vec::new());
        if let Some(drawn) = &drawn {
            is_recognised = drop_unseen(&mut layer, drawn, &page, &text)?;
            wrong = layer.fonts.wrongly_named(&drawn.picture, || Ok(draw_page(&page, LARGE)?.0))?;
            layer.words.retain(|word| !wrong.contains(&word.font));
        }
        let (turned, letters) = (layer.rotation(), layer.letters());
        let confidence = if is_recognised { OF_A_RECOGNISER } else { 1.0 };
        let known = layer.words.into_iter().map(|word| Found { text: word.text, rect: word.rect, confidence });
        let Typed { words: typed, fields } = typed(&page, &place);
        let found: Vec<Found> = known.chain(typed).collect();
        let places: Vec<Rect> = found.iter().map(|word| word.rect).chain(fields.iter().copied()).collect();
        let has_more = !wrong.is_empty() || drawn.is_some_and(|drawn| has_unread_print(&drawn, &places));
        let wants = match (is_recognised, has_more) {
            _ if letters < FEW_LETTERS && may_hold_a_scan(&page, letters) => Wants::All,
            // Words that leave print uncovered are those of another page, or stand elsewhere than the print.
            (true, true) => Wants::All,
            (true, false) => Wants::Sample,
            (false, true) => Wants::Rest,
            (false, false) => Wants::Nothing,
        };
        tracing::debug!(micros = started.elapsed().as_micros() as u64, ?wants, "text layer checked");
        let (width, height) = if turned % 180 == 0 { (width, height) } else { (height, width) };
        let found = found.into_iter().map(|f| Found { rect: turned_by(f.rect, turned), ..f });
        let words = arrange(found.collect(), height / width);
        let origin = match (words.is_empty(), is_recognised) {
            (true, _) => PageOrigin::Empty,
            (false, true) => PageOrigin::Ocr,
            (false, false) => PageOrigin::Embedded,
        };
        Ok(Draft { page: Page { width, height, origin, turned, language: None, words }, fields, wants })
    }
}

/// Leaves out the words that cannot be seen, and says whether those that are left were recognised by another program: it writes them
/// before or behind the picture. A few words there, on a page with more that can be seen, are left out as well.
fn drop_unseen(
    layer: &mut TextLayer,
    drawn: &Drawn,
    page: &PdfPage<'_>,
    text: &PdfPageText<'_>,
) -> Result<bool, String> {
    let looks = drawn.looks(page, text, &layer.words)?;
    let (mut seen, mut recognised, mut letters) = (Vec::new(), Vec::new(), [0, 0]);
    for (word, look) in std::mem::take(&mut layer.words).into_iter().zip(looks) {
        let is_on_picture = || drawn.pictures.iter().any(|picture| holds(picture, &word.rect));
        match look {
            Look::Seen => {
                letters[0] += word.letters();
                seen.push(word);
            }
            Look::Behind if is_on_picture() => {
                letters[1] += word.letters();
                recognised.push(word);
            }
            Look::Behind | Look::Hidden => {}
        }
    }
    let is_recognised = letters[1] > letters[0];
    if is_recognised {
        seen.append(&mut recognised);
    }
    layer.words = seen;
    Ok(is_recognised)
}

/// Whether a page with hardly any text shows something that OCR could read.
fn may_hold_a_scan(page: &PdfPage<'_>, letters: usize) -> bool {
    let area = page.width().value * page.height().value;
    let (mut covered, mut paths) = (0.0, 0);
    for object in page.objects().iter() {
        match object.object_type() {
            PdfPageObjectType::Image | PdfPageObjectType::XObjectForm | PdfPageObjectType::Shading => {
                covered += object.bounds().map_or(0.0, |b| b.width().value * b.height().value);
            }
            PdfPageObjectType::Path => paths += 1,
            PdfPageObjectType::Text | PdfPageObjectType::Unsupported => {}
        }
        if letters == 0 || covered > SCAN_COVERS * area || paths > CURVES {
            return true;
        }
    }
    false
}

/// The box after the page was turned clockwise.
pub(crate) fn turned_by(rect: Rect, degrees: u16) -> Rect {
    rect.turned(degrees)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_box_stays_on_the_page_however_it_is_turned_and_comes_back(
            (x, right) in (0.0_f32..1.0, 0.0_f32..1.0),
            (y, bottom) in (0.0_f32..1.0, 0.0_f32..1.0),
            quarters in 0_u16..4,
        ) {
            let rect = Rect { x: x.min(right), y: y.min(bottom), w: (x - right).abs(), h: (y - bottom).abs() };
            let degrees = 90 * quarters;
            let turned = turned_by(rect, degrees);
            prop_assert!(turned.x >= -1e-5 && turned.y >= -1e-5, "{turned:?}");
            prop_assert!(turned.right() <= 1.0 + 1e-5 && turned.bottom() <= 1.0 + 1e-5, "{turned:?}");
            prop_assert!((turned.w * turned.h - rect.w * rect.h).abs() < 1e-5, "the same area");
            let back = turned_by(turned, (360 - degrees) % 360);
            for (a, b) in [(back.x, rect.x), (back.y, rect.y), (back.w, rect.w), (back.h, rect.h)] {
                prop_assert!((a - b).abs() < 1e-5, "{back:?} is not {rect:?}");
            }
        }
    }
}
