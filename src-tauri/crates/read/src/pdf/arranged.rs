//! Makes new PDFs from pages of others.

use pdfium_render::prelude::{PdfPageRenderRotation, Pdfium};

use super::{Document, library, missing, said};
use crate::ReadError;
use crate::arrange::{Sheet, Source};
use crate::formats::Job;

/// A PDF of each of `parts`. `files` are the `sources` as PDFs.
pub(crate) fn arranged(files: &[Job<'_>], sources: &[Source], parts: &[Vec<Sheet>]) -> Result<Vec<Vec<u8>>, ReadError> {
    let Some(first) = files.first() else { return Ok(Vec::new()) };
    let pdfium = library::pdfium(&first.options.pdfium).map_err(|detail| missing(first.name, detail))?;
    let documents = files.iter().map(Document::open).collect::<Result<Vec<_>, _>>()?;
    let made = |sheets: &Vec<Sheet>| {
        laid(pdfium, &documents, sources, sheets)
            .map_err(|detail| ReadError::Engine { name: first.name.to_owned(), detail })
    };
    parts.iter().map(made).collect()
}

fn laid(pdfium: &Pdfium, documents: &[Document<'_>], sources: &[Source], sheets: &[Sheet]) -> Result<Vec<u8>, String> {
    let _lock = library::lock();
    let mut made = pdfium.create_new_pdf().map_err(|e| said(&e))?;
    for (at, sheet) in (0..).zip(sheets) {
        let none = || format!("there is no page {}", sheet.page);
        let source = sources.get(sheet.source).ok_or_else(none)?;
        let document = &documents.get(sheet.source).ok_or_else(none)?.document;
        let index = sheet.page.checked_sub(1).and_then(|index| index.try_into().ok()).ok_or_else(none)?;
        made.pages_mut().copy_page_from_document(document, index, at).map_err(|e| said(&e))?;
        let turn = source.turn_of(*sheet);
        if turn != 0 {
            let mut page = made.pages().get(at).map_err(|e| said(&e))?;
            let before = page.rotation().map_err(|e| said(&e))?.as_degrees() as u16;
            page.set_rotation(rotation(before + turn));
        }
    }
    made.save_to_bytes().map_err(|e| said(&e))
}

fn rotation(degrees: u16) -> PdfPageRenderRotation {
    match degrees % 360 {
        90 => PdfPageRenderRotation::Degrees90,
        180 => PdfPageRenderRotation::Degrees180,
        270 => PdfPageRenderRotation::Degrees270,
        _ => PdfPageRenderRotation::None,
    }
}
