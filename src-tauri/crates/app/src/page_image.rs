//! Pictures of pages for the window, drawn once and kept as files that may be thrown away at any time.

use std::fs;

use domain::DocumentId;

use crate::derived::keep;
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
    pub fn page_image(&self, document: DocumentId, number: u32, width: u32) -> Result<Picture, Failure> {
        let width = WIDTHS.into_iter().find(|w| *w >= width).unwrap_or(WIDTHS[WIDTHS.len() - 1]);
        let (document, name, page) = self.store.read(|r| {
            let document = crate::filing::existing(r, document)?;
            let name = r.file_name(&document.file)?;
            let page = r.page(&document.file, number)?;
            Ok((document, name, page))
        })?;
        let turned = page.map_or(0, |page| page.turned);
        let folder = self.profile.folder.join("cache").join("pages");
        let cached = folder.join(format!("{}-{number}-{width}-{turned}", document.file));
        if let Ok(bytes) = fs::read(&cached) {
            return Ok(Picture { mime: mime(&bytes).to_owned(), bytes });
        }
        let original = self.store.open_original(&document.file)?;
        let image = self.unlocking(|| self.reader.page_image(&name, &original, number, width, turned))?;
        if let Err(error) = keep(&folder, &cached, &image.bytes) {
            tracing::warn!(path = %cached.display(), %error, "a page picture could not be kept; it is drawn again next time");
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
