//! Page pictures for the window: drawn once, then kept in the cache.

use domain::DocumentId;

use crate::actions::existing;
use crate::runtime::cache::Kind;
use crate::{App, Failure};

/// Widths that are drawn; others are rounded up to the next, so that few pictures serve every window.
const WIDTHS: [u32; 6] = [160, 320, 640, 1000, 1500, 2200];

/// A page as a picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// MIME type.
    pub mime: String,
    /// The encoded picture.
    pub bytes: Vec<u8>,
}

impl App {
    /// Draws page `number` (from 1) of a document, at least `width` pixels wide.
    ///
    /// # Errors
    /// `not_found` if there is no such document, `original_damaged` if its original is missing or changed; else those
    /// of [`read::Reader::page_image`] and of the store.
    pub fn page_image(&self, document: DocumentId, number: u32, width: u32) -> Result<Picture, Failure> {
        let width = WIDTHS.into_iter().find(|w| *w >= width).unwrap_or(WIDTHS[WIDTHS.len() - 1]);
        let (document, name, page, trashed) = self.store.read(|r| {
            let document = existing::document(r, document)?;
            let name = r.file_name(&document.file)?;
            let page = r.page(&document.file, number)?;
            let trashed = r.trashed_at(document.id)?;
            Ok((document, name, page, trashed))
        })?;
        let turned = page.map_or(0, |page| page.turned);
        let cached = format!("{number}-{width}-{turned}");
        if let Some(bytes) = self.cache.get(Kind::Pages, &document.file, &cached) {
            return Ok(Picture { mime: mime(&bytes).to_owned(), bytes });
        }
        let original = self.store.open_original(&document.file)?;
        let image = self.unlocking(|| self.reader.page_image(&name, &original, number, width, turned))?;
        // What is in the trash leaves nothing behind.
        if trashed.is_none()
            && let Err(error) = self.cache.keep(Kind::Pages, Some(&document.file), &cached, &image.bytes)
        {
            tracing::warn!(file = %document.file, %error, "a page picture could not be kept; it is drawn again next time");
        }
        Ok(Picture { mime: image.mime.into_owned(), bytes: image.bytes })
    }
}

fn mime(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        [0xff, 0xd8, ..] => "image/jpeg",
        _ => "image/png",
    }
}
