//! How pages of documents are to lie.

use serde::Deserialize;
use ts_rs::TS;

use crate::{DocumentId, Evidence};

/// One page of a document as it is to be.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ArrangedPage {
    /// The document it is in now.
    pub document: DocumentId,
    /// Its place there, from 1.
    pub page: u32,
    /// Clockwise turn against how it is shown now: 0 (if left out), 90, 180 or 270 degrees.
    #[serde(default)]
    #[ts(optional, as = "Option<u16>")]
    pub turn: u16,
}

/// Why pages cannot lie as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArrangementError {
    /// A document without a page, or none at all.
    #[error("A document needs at least one page. Put it into the trash instead.")]
    NoPage,
    /// No quarter turn.
    #[error("A page is turned by 90, 180 or 270 degrees, not by {0}.")]
    NoQuarterTurn(u16),
    /// One page in two places.
    #[error("Page {0} is named twice. Name it once.")]
    PageTwice(u32),
}

/// Every page at most once, by quarter turns, and no document without one.
///
/// # Errors
/// [`ArrangementError`] if one of these does not hold.
pub fn check_arrangement(documents: &[Vec<ArrangedPage>]) -> Result<(), ArrangementError> {
    if documents.is_empty() || documents.iter().any(Vec::is_empty) {
        return Err(ArrangementError::NoPage);
    }
    let mut seen = Vec::new();
    for page in documents.iter().flatten() {
        if !matches!(page.turn, 0 | 90 | 180 | 270) {
            return Err(ArrangementError::NoQuarterTurn(page.turn));
        }
        if seen.contains(&(page.document, page.page)) {
            return Err(ArrangementError::PageTwice(page.page));
        }
        seen.push((page.document, page.page));
    }
    Ok(())
}

/// Where a place on a page of `document` is among the `pages` of a new document; none if its page was left out.
#[must_use]
pub fn moved_evidence(place: &Evidence, document: DocumentId, pages: &[ArrangedPage]) -> Option<Evidence> {
    let (number, page) = (1..).zip(pages).find(|(_, page)| page.document == document && page.page == place.page)?;
    Some(Evidence { page: number, rect: place.rect.turned(page.turn), ..place.clone() })
}
