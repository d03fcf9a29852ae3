//! QR codes on a page, above all payment codes, against which amounts and account numbers can be checked.

use domain::{Code, CodeKind, Rect};
use image::GrayImage;
use zxingcpp::{Barcode, BarcodeFormat, ImageFormat, ImageView, TextMode};

/// A code and its place, before its page is known.
pub(crate) struct FoundCode {
    pub(crate) text: String,
    pub(crate) rect: Rect,
}

impl FoundCode {
    /// As a code of a page, counted from 1.
    pub(crate) fn on_page(self, page: u32) -> Code {
        Code { kind: CodeKind::Qr, text: self.text, page, rect: self.rect }
    }
}

/// The QR codes on a picture. Looking for all kinds of codes would take six times as long.
pub(crate) fn codes_on(grey: &GrayImage) -> Vec<FoundCode> {
    let reader = zxingcpp::read().formats([BarcodeFormat::QRCode]).text_mode(TextMode::Plain).try_invert(false);
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
    FoundCode { text: code.text(), rect }
}
