//! Codes on a page: QR codes on every page, because payment codes confirm amounts and account numbers; all other kinds
//! on demand.

use domain::{Code, CodeKind, Rect};
use image::GrayImage;
use serde::{Deserialize, Serialize};
use zxingcpp::{Barcode, BarcodeFormat, ImageFormat, ImageView, TextMode};

use crate::pdf::turned_by;

/// Which kinds of codes are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kinds {
    /// QR codes only.
    Qr,
    /// Every kind that can be read. Takes six times as long.
    All,
}

/// A code and its place, before its page is known.
pub(crate) struct FoundCode {
    kind: CodeKind,
    text: String,
    rect: Rect,
}

impl FoundCode {
    /// As a code of a page, counted from 1.
    pub(crate) fn on_page(self, page: u32) -> Code {
        Code { kind: self.kind, text: self.text, page, rect: self.rect }
    }
}

/// The codes of these kinds on a picture, their boxes those of the picture turned by `turned` degrees.
pub(crate) fn codes_on_turned(grey: &GrayImage, kinds: Kinds, turned: u16) -> Vec<FoundCode> {
    let upright = |code: FoundCode| FoundCode { rect: turned_by(code.rect, turned), ..code };
    codes_on(grey, kinds).into_iter().map(upright).collect()
}

/// The codes of these kinds on a picture.
pub(crate) fn codes_on(grey: &GrayImage, kinds: Kinds) -> Vec<FoundCode> {
    let formats = match kinds {
        Kinds::Qr => BarcodeFormat::QRCode,
        Kinds::All => BarcodeFormat::AllReadable,
    };
    let reader = zxingcpp::read().formats([formats]).text_mode(TextMode::Plain).try_invert(false);
    let found = ImageView::from_slice(grey.as_raw(), grey.width(), grey.height(), ImageFormat::Lum)
        .and_then(|view| reader.from(&view));
    match found {
        Ok(codes) => codes.iter().filter(|c| c.is_valid()).map(|c| of(c, grey)).collect(),
        Err(error) => {
            // A page without codes is no loss: they only confirm what the text says.
            tracing::warn!(%error, "looking for codes failed");
            Vec::new()
        }
    }
}

fn of(code: &Barcode, grey: &GrayImage) -> FoundCode {
    let place = code.position();
    let corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left];
    let part = |n: i32, of: u32| (n as f32 / of as f32).clamp(0.0, 1.0);
    let corner = |x: i32, y: i32| Rect { x: part(x, grey.width()), y: part(y, grey.height()), w: 0.0, h: 0.0 };
    let first = corner(place.top_left.x, place.top_left.y);
    let rect = corners.iter().fold(first, |rect, p| rect.union(&corner(p.x, p.y)));
    FoundCode { kind: kind(code.symbology()), text: code.text(), rect }
}

fn kind(symbology: BarcodeFormat) -> CodeKind {
    match symbology {
        BarcodeFormat::QRCode => CodeKind::Qr,
        BarcodeFormat::DataMatrix => CodeKind::DataMatrix,
        BarcodeFormat::Aztec => CodeKind::Aztec,
        BarcodeFormat::PDF417 => CodeKind::Pdf417,
        BarcodeFormat::Code128 => CodeKind::Code128,
        BarcodeFormat::Code39 => CodeKind::Code39,
        BarcodeFormat::EANUPC => CodeKind::Ean,
        BarcodeFormat::ITF => CodeKind::Itf,
        _ => CodeKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use image::imageops;

    use super::*;

    /// A white A4 page at 150 dpi with a code of this kind on it, and the code's box in pixels.
    fn page_with(format: BarcodeFormat, text: &str) -> (GrayImage, [u32; 4]) {
        let code = zxingcpp::create(format).from_str(text).expect("can be a code");
        let drawn = code.to_image_with(&zxingcpp::write().scale(3).add_quiet_zones(false)).expect("draws");
        let (width, height) = (drawn.width() as u32, drawn.height() as u32);
        let drawn = GrayImage::from_raw(width, height, drawn.data()).expect("as large as it says");
        let mut page = GrayImage::from_pixel(1240, 1754, image::Luma([255]));
        let (left, top) = (300, 500);
        imageops::replace(&mut page, &drawn, left.into(), top.into());
        (page, [left, top, left + width, top + height])
    }

    #[test]
    fn every_usual_kind_is_read_on_demand_with_its_text_and_place() {
        for (format, text, expected) in [
            (BarcodeFormat::QRCode, "BCD\n002\n1\nSCT", CodeKind::Qr),
            (BarcodeFormat::DataMatrix, "DEA5 1234 Frankierung", CodeKind::DataMatrix),
            (BarcodeFormat::Aztec, "Fahrkarte 4711", CodeKind::Aztec),
            (BarcodeFormat::PDF417, "Bordkarte ABC123", CodeKind::Pdf417),
            (BarcodeFormat::Code128, "RE-2025-0917", CodeKind::Code128),
            (BarcodeFormat::Code39, "KUNDE 4711", CodeKind::Code39),
            (BarcodeFormat::EAN13, "4006381333931", CodeKind::Ean),
            (BarcodeFormat::EAN8, "96385074", CodeKind::Ean),
            (BarcodeFormat::ITF, "30712345000010", CodeKind::Itf),
        ] {
            let (page, [left, top, right, bottom]) = page_with(format, text);
            let codes = codes_on(&page, Kinds::All);
            let [code] = &codes[..] else { panic!("{format}: {} codes", codes.len()) };
            assert_eq!((code.kind, code.text.as_str()), (expected, text), "{format}");
            let inside = |at: f32, from: u32, to: u32| (from as f32 - 6.0..=to as f32 + 6.0).contains(&at);
            let Rect { x, y, .. } = code.rect;
            assert!(inside(x * 1240.0, left, right) && inside(code.rect.right() * 1240.0, left, right), "{format}");
            assert!(inside(y * 1754.0, top, bottom) && inside(code.rect.bottom() * 1754.0, top, bottom), "{format}");
            assert!(code.rect.w * 1240.0 > 0.8 * (right - left) as f32, "{format}: {:?}", code.rect);
        }
    }

    #[test]
    fn other_kinds_are_not_looked_for_on_every_page() {
        let (page, _) = page_with(BarcodeFormat::Code128, "RE-2025-0917");
        assert!(codes_on(&page, Kinds::Qr).is_empty());
    }
}
