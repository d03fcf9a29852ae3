//! The pages of documents: turned, moved, left out, divided, put together.

use domain::DocumentId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Derived, OneDocument};
use crate::{App, Failure, arrange};

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

/// How pages are to lie. What is not named is left out.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Arrangement {
    /// The documents as they are to be, each a list of pages. Each goes on as the document of its first page, unless an
    /// earlier one does already: then it is a new document. A document that none goes on as is put into the trash.
    pub parts: Vec<Vec<ArrangedPage>>,
}

/// What became of pages.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Arranged {
    /// The documents, in the order of the parts.
    pub documents: Vec<DocumentId>,
}

pub(super) fn arrange(app: &App, arrangement: Arrangement) -> Result<Arranged, Failure> {
    arrange::arrange(app, &arrangement.parts).map(|documents| Arranged { documents })
}

pub(super) fn as_they_came(app: &App, one: OneDocument) -> Result<Vec<Derived>, Failure> {
    super::originals::as_they_came(app, &one)
}
