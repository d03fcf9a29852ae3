//! The text layer of a page, and whether the page needs OCR instead.

use domain::{Page, PageOrigin, Rect};
use pdfium_render::prelude::{PdfPage, PdfPageObjectCommon, PdfPageObjectType, PdfPageObjectsCommon};

use super::words::TextLayer;
use super::{Document, library};
use crate::layout::{Found, arrange};

/// Fewer letters and digits than this, on a page with pictures, are a stamp of the scanner rather than the letter.
const FEW_LETTERS: usize = 60;
/// Share of the page that pictures cover on a scan.
const SCAN_COVERS: f32 = 0.3;
/// Drawn paths from which on a page with hardly any text may hold text drawn as curves.
const CURVES: usize = 200;

/// A page with what its text layer gave.
pub(crate) struct Draft {
    pub(crate) page: Page,
    pub(crate) needs_ocr: bool,
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
        let text = TextLayer::of(&page)?;
        let needs_ocr = text.letters < FEW_LETTERS && may_hold_a_scan(&page, text.letters);
        let turned = text.rotation();
        let (width, height) = if turned % 180 == 0 { (width, height) } else { (height, width) };
        let found =
            text.words.into_iter().map(|w| Found { text: w.text, rect: turned_by(w.rect, turned), confidence: 1.0 });
        let words = arrange(found.collect(), height / width);
        let origin = if words.is_empty() { PageOrigin::Empty } else { PageOrigin::Embedded };
        Ok(Draft { page: Page { width, height, origin, turned, language: None, words }, needs_ocr })
    }
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
