//! Draws pages of a PDF as pictures.

use image::{GrayImage, RgbImage};
use pdfium_render::prelude::{
    PdfBitmapFormat, PdfPage, PdfPageObjectCommon, PdfPageObjectType, PdfPageObjectsCommon, PdfPathSegments,
    PdfRenderConfig,
};

use super::{Document, library, said};
use crate::Kinds;
use crate::codes::{FoundCode, codes_on_turned};
use crate::ocr::{ENOUGH, Picture, best_density};

/// Dots per inch at which other codes than QR codes are looked for.
const DENSITY: f32 = 300.0;
/// Dots per inch at which QR codes are looked for; drawn by the PDF itself they are sharp.
const QR_DENSITY: f32 = 200.0;
/// Fewer segments of lines than this draw no code: the smallest QR code has some 100 dark runs of four sides each.
const MOST_SEGMENTS: u32 = 300;
/// Largest picture for OCR: A3 at 300 dpi has 17 million pixels.
const MOST_PIXELS: f32 = 20e6;

impl Document<'_> {
    /// A page in grey at the density at which it is best read, or less if it is larger than A3.
    pub(crate) fn scan(&self, index: u32) -> Result<Picture, String> {
        let (grey, density) = self.grey(index, self.picture_density(index)?.map_or(ENOUGH, best_density))?;
        Ok(Picture { grey, density, best: density })
    }

    /// Dots per inch of the largest picture on a page, if there is one.
    fn picture_density(&self, index: u32) -> Result<Option<f32>, String> {
        let _lock = library::lock();
        let page = self.page(index)?;
        let pictures = page.objects().iter().filter_map(|object| {
            let (area, density) = (object.bounds().ok()?, object.as_image_object()?.horizontal_dpi().ok()?);
            Some((area.width().value * area.height().value, density))
        });
        Ok(pictures.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, density)| density))
    }

    /// A page in grey, and its dots per inch.
    fn grey(&self, index: u32, density: f32) -> Result<(GrayImage, f32), String> {
        let _lock = library::lock();
        let page = self.page(index)?;
        drawn(&page, density)
    }

    /// The codes of a page, in the page turned by `turned` degrees.
    pub(crate) fn codes(&self, index: u32, turned: u16, kinds: Kinds) -> Result<Vec<FoundCode>, String> {
        if !self.may_hold_a_code(index)? {
            return Ok(Vec::new());
        }
        // The strokes of other kinds are finer than the squares of a QR code.
        let density = match kinds {
            Kinds::Qr => QR_DENSITY,
            Kinds::All => DENSITY,
        };
        Ok(codes_on_turned(&self.grey(index, density)?.0, kinds, turned))
    }

    /// Whether anything but text and a few lines is drawn on a page. Most pages are not worth drawing for codes, which
    /// takes ten times as long as reading their text.
    fn may_hold_a_code(&self, index: u32) -> Result<bool, String> {
        let _lock = library::lock();
        let page = self.page(index)?;
        let mut segments = 0;
        for object in page.objects().iter() {
            match object.object_type() {
                PdfPageObjectType::Text => {}
                PdfPageObjectType::Path => {
                    segments += object.as_path_object().map_or(0, |path| path.segments().len());
                }
                _ => return Ok(true),
            }
            if segments > MOST_SEGMENTS {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A page in colour for people; after turning by `turned` degrees it is `width` pixels wide.
    pub(crate) fn draw(&self, index: u32, width: u32, turned: u16) -> Result<RgbImage, String> {
        let _lock = library::lock();
        let page = self.page(index)?;
        let ratio = page.height().value / page.width().value;
        let sideways = turned % 180 == 90;
        let drawn = if sideways { width as f32 / ratio } else { width as f32 };
        let most = (self.pixels as f32 / ratio).sqrt();
        let pixels = raw(&page, drawn.min(most).round().max(1.0) as i32, PdfBitmapFormat::BGRx)?;
        let rgb = pixels
            .rows()
            .flat_map(|row| row[..4 * pixels.width as usize].chunks_exact(4))
            .flat_map(|p| [p[2], p[1], p[0]]);
        RgbImage::from_raw(pixels.width, pixels.height, rgb.collect()).ok_or_else(|| "pixels are missing".to_owned())
    }
}

/// A page in grey, and its dots per inch: less than asked for if it is larger than A3.
pub(super) fn drawn(page: &PdfPage<'_>, density: f32) -> Result<(GrayImage, f32), String> {
    let area = (page.width().value / 72.0) * (page.height().value / 72.0);
    let density = density.min((MOST_PIXELS / area).sqrt());
    let width = (page.width().value / 72.0 * density).round().max(1.0);
    let pixels = raw(page, width as i32, PdfBitmapFormat::Gray)?;
    let mut rows = Vec::with_capacity(pixels.width as usize * pixels.height as usize);
    // A row at a time: by single bytes it takes longer than drawing.
    pixels.rows().for_each(|row| rows.extend_from_slice(&row[..pixels.width as usize]));
    let grey = GrayImage::from_raw(pixels.width, pixels.height, rows).ok_or("pixels are missing")?;
    Ok((grey, density))
}

/// A bitmap of PDFium's: rows may be longer than their pixels.
struct Raw {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
}

impl Raw {
    fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks_exact(self.bytes.len() / self.height as usize)
    }
}

fn raw(page: &PdfPage<'_>, width: i32, format: PdfBitmapFormat) -> Result<Raw, String> {
    // With the default byte order PDFium aborts the process on some files when it renders grey.
    let config = PdfRenderConfig::new()
        .set_target_width(width)
        .set_format(format)
        .use_grayscale_rendering(format == PdfBitmapFormat::Gray)
        .set_reverse_byte_order(false);
    let bitmap = page.render_with_config(&config).map_err(|e| said(&e))?;
    let size = |n: i32| u32::try_from(n).ok().filter(|n| *n > 0).ok_or("it has no size");
    let raw = Raw { width: size(bitmap.width())?, height: size(bitmap.height())?, bytes: bitmap.as_raw_bytes() };
    if raw.bytes.len() < raw.width as usize * raw.height as usize {
        return Err("pixels are missing".to_owned());
    }
    Ok(raw)
}
