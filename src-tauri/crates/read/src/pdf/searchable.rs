//! Makes a searchable PDF: the words that OCR found are laid over the page invisibly, each stretched to its box. The
//! original is not changed; the result is a derived file.

use std::collections::BTreeSet;
use std::io::Cursor;

use domain::{Page, PageOrigin, Rect};
use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;
use pdfium_render::prelude::{
    PdfDocument, PdfFontToken, PdfMatrix, PdfPage, PdfPageContentRegenerationStrategy, PdfPageImageObject,
    PdfPageObjectsCommon, PdfPagePaperSize, PdfPageTextRenderMode, PdfPoints, PdfiumError,
};

use super::bare_font::{ADVANCE, ASCENT, DESCENT, bare_font};
use super::place::Place;
use super::text::turned_by;
use super::{Document, library, missing, said};
use crate::ReadError;
use crate::formats::Job;
use crate::picture::{Pictures, on_white};

/// Viewers join words that stand close together; this keeps them apart.
const SPACE: char = ' ';
/// Good enough for eyes, a third of the size of the scan.
const QUALITY: u8 = 80;

impl Document<'_> {
    /// The document with the recognised words of `pages`; pages with a text layer of their own stay as they are.
    pub(crate) fn with_words(mut self, pages: &[Page]) -> Result<Vec<u8>, ReadError> {
        let _lock = library::lock();
        let failed = |name: &str, detail: String| ReadError::Engine { name: name.to_owned(), detail };
        let font = font_for(&mut self.document, pages).map_err(|e| failed(self.name, e))?;
        for (index, words) in (0..self.pages()).zip(pages) {
            if words.origin == PageOrigin::Ocr {
                let mut page = self.page(index).map_err(|e| failed(self.name, e))?;
                lay(&mut page, font, words).map_err(|e| failed(self.name, format!("page {}: {e}", index + 1)))?;
            }
        }
        self.document.save_to_bytes().map_err(|e| failed(self.name, said(&e)))
    }
}

/// Pictures as a PDF with the words of their pages.
pub(crate) fn of_pictures(job: &Job<'_>, pictures: &dyn Pictures, pages: &[Page]) -> Result<Vec<u8>, ReadError> {
    let pdfium = library::pdfium(&job.options.pdfium).map_err(|detail| missing(job.name, detail))?;
    let failed = |detail: String| ReadError::Engine { name: job.name.to_owned(), detail };
    let (mut document, font) = {
        let _lock = library::lock();
        let mut document = pdfium.create_new_pdf().map_err(|e| failed(said(&e)))?;
        let font = font_for(&mut document, pages).map_err(failed)?;
        (document, font)
    };
    for (index, words) in (0..).zip(pages) {
        let (picture, _) = pictures.decode(index).map_err(|e| e.of_file(job.name))?;
        let jpeg = encoded(turned(on_white(picture), words.turned)).map_err(|e| failed(e.to_string()))?;
        let _lock = library::lock();
        add_page(&mut document, font, jpeg, words).map_err(failed)?;
    }
    let _lock = library::lock();
    document.save_to_bytes().map_err(|e| failed(said(&e)))
}

fn encoded(picture: DynamicImage) -> Result<Vec<u8>, image::ImageError> {
    let picture =
        if picture.color().has_color() { picture.into_rgb8().into() } else { DynamicImage::from(picture.into_luma8()) };
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&picture)?;
    Ok(jpeg)
}

fn turned(picture: DynamicImage, degrees: u16) -> DynamicImage {
    match degrees {
        90 => picture.rotate90(),
        180 => picture.rotate180(),
        270 => picture.rotate270(),
        _ => picture,
    }
}

/// A font for the words of these pages.
fn font_for(document: &mut PdfDocument<'_>, pages: &[Page]) -> Result<PdfFontToken, String> {
    let words = pages.iter().filter(|page| page.origin == PageOrigin::Ocr).flat_map(|page| &page.words);
    let letters: BTreeSet<char> = words.flat_map(|word| word.text.chars()).chain([SPACE]).collect();
    document.fonts_mut().load_true_type_from_bytes(&bare_font(&letters), true).map_err(|e| said(&e))
}

fn add_page(document: &mut PdfDocument<'_>, font: PdfFontToken, jpeg: Vec<u8>, words: &Page) -> Result<(), String> {
    let (width, height) = (words.width, words.height);
    let size = PdfPagePaperSize::Custom(PdfPoints::new(width), PdfPoints::new(height));
    let mut page = document.pages_mut().create_page_at_end(size).map_err(|e| said(&e))?;
    page.set_content_regeneration_strategy(PdfPageContentRegenerationStrategy::Manual);
    let drawn = || -> Result<(), PdfiumError> {
        let mut image = PdfPageImageObject::new_from_jpeg_reader(document, Cursor::new(jpeg))?;
        image.reset_matrix(PdfMatrix::new(width, 0.0, 0.0, height, 0.0, 0.0))?;
        page.objects_mut().add_image_object(image)?;
        Ok(())
    };
    drawn().map_err(|e| said(&e))?;
    // The page was made as it is shown.
    lay(&mut page, font, &Page { turned: 0, ..words.clone() })
}

/// Lays the words of a page over it.
fn lay(page: &mut PdfPage<'_>, font: PdfFontToken, words: &Page) -> Result<(), String> {
    page.set_content_regeneration_strategy(PdfPageContentRegenerationStrategy::Manual);
    let place = Place::of(page)?;
    for word in &words.words {
        let matrix = matrix(&place, word.rect, words.turned, word.text.chars().count());
        let lay = |page: &mut PdfPage<'_>| -> Result<(), PdfiumError> {
            let (zero, one) = (PdfPoints::ZERO, PdfPoints::new(1.0));
            let spaced = format!("{}{SPACE}", word.text);
            let mut text = page.objects_mut().create_text_object(zero, zero, spaced, font, one)?;
            if let Some(text) = text.as_text_object_mut() {
                text.set_render_mode(PdfPageTextRenderMode::Invisible)?;
            }
            text.reset_matrix(matrix)
        };
        lay(page).map_err(|e| said(&e))?;
    }
    page.regenerate_content().map_err(|e| said(&e))
}

/// Stretches text of size 1 and so many characters over its box on the page turned by `turned` degrees.
fn matrix(place: &Place, rect: Rect, turned: u16, characters: usize) -> PdfMatrix {
    let point = |x: f32, y: f32| {
        let at = turned_by(Rect { x, y, w: 0.0, h: 0.0 }, (360 - turned) % 360);
        place.point(at.x, at.y)
    };
    let corner = point(rect.x, rect.bottom());
    let side = |to: (f32, f32), length: f32| ((to.0 - corner.0) / length, (to.1 - corner.1) / length);
    let along = side(point(rect.right(), rect.bottom()), ADVANCE * characters.max(1) as f32);
    let up = side(point(rect.x, rect.y), ASCENT + DESCENT);
    let line = (corner.0 + up.0 * DESCENT, corner.1 + up.1 * DESCENT);
    PdfMatrix::new(along.0, along.1, up.0, up.1, line.0, line.1)
}
