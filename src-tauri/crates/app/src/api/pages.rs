//! The pages of documents: turned, moved, left out, divided, put together.

use domain::{ArrangedPage, ArrangementError, By, Document, DocumentId, FailureCode, check_arrangement};
use read::{Sheet, Source};
use serde::{Deserialize, Serialize};
use store::Op;
use ts_rs::TS;
use understand::page_order;

use crate::actions::arrangement::{self, Part};
use crate::actions::filing::FilingContext;
use crate::actions::{cases, existing};
use crate::api::documents::OneDocument;
use crate::api::originals::Derived;
use crate::runtime::results::{UNDERSTAND_VERSION, understood};
use crate::{App, Failure};

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

impl From<ArrangementError> for Failure {
    fn from(error: ArrangementError) -> Self {
        Self::new(FailureCode::BadInput, error.to_string())
    }
}

/// Turn, move or leave out pages; divide documents or put them together.
pub fn arrange(app: &App, arrangement: Arrangement) -> Result<Arranged, Failure> {
    let parts = arrangement.parts;
    check_arrangement(&parts)?;
    let before = app.store.read(|r| arrangement::documents_of(r, &parts))?;
    let sources = before.iter().map(|document| source(app, document.id)).collect::<Result<Vec<_>, _>>()?;
    let sheets = parts.iter().map(|pages| sheets_of(&before, &sources, pages)).collect::<Result<Vec<_>, _>>()?;
    let members = app.unlocking(|| app.reader.arrange(&sources, &sheets))?;
    let mut made = Vec::new();
    for (pages, member) in parts.iter().zip(members) {
        let reading = member.reading.as_deref().cloned().unwrap_or_default();
        made.push(Part { pages, member, findings: understood(app, reading)? });
    }
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now };
    let arrangement = arrangement::Arrangement {
        before: &before,
        sources: &sources,
        reader_versions: &app.reader.versions(),
        understand_version: UNDERSTAND_VERSION,
    };
    let bytes: Vec<&[u8]> = made.iter().map(|part| part.member.bytes.as_slice()).collect();
    let act = |w: &store::Write<'_>, files: &[_]| arrangement::arrange(w, &context, &arrangement, &made, files);
    let written = app.store.write_with_files(By::Person, Op::ArrangePages, &bytes, act)?;
    Ok(Arranged { documents: written.value })
}

fn source(app: &App, document: DocumentId) -> Result<Source, Failure> {
    let (file, name, reading) = app.what_was_read(document)?;
    let reading = reading.ok_or_else(|| Failure::not_found("reading of", &name))?;
    Ok(Source { name, bytes: app.store.original(&file)?, reading })
}

fn sheets_of(before: &[Document], sources: &[Source], pages: &[ArrangedPage]) -> Result<Vec<Sheet>, Failure> {
    let sheet = |page: &ArrangedPage| {
        let at = before.iter().position(|document| document.id == page.document)?;
        let count = sources.get(at)?.reading.pages.len();
        (1..=count).contains(&(page.page as usize)).then_some(Sheet { source: at, page: page.page, turn: page.turn })
    };
    let found = |page| sheet(page).ok_or_else(|| Failure::not_found("page", page.page));
    pages.iter().map(found).collect()
}

/// Put the pictures together that show one paper in parts: all of those that belong to this one, in their order.
pub fn put_together(app: &App, one: OneDocument) -> Result<Arranged, Failure> {
    let parts = app.store.read(|r| cases::parts(r, one.id))?;
    if let [whole] = parts[..] {
        return Ok(Arranged { documents: vec![whole] });
    }
    let pages = app.store.read(|r| {
        let mut pages = Vec::new();
        for part in parts {
            let reading = r.reading(&existing::document(r, part)?.file)?.unwrap_or_default();
            pages.extend((1..).zip(&reading.pages).map(|(page, _)| ArrangedPage { document: part, page, turn: 0 }));
        }
        Ok(pages)
    })?;
    arrange(app, Arrangement { parts: vec![pages] })
}

/// Put the pages of a document into the order that is printed on them.
pub fn put_in_order(app: &App, one: OneDocument) -> Result<Arranged, Failure> {
    let (_, _, reading) = app.what_was_read(one.id)?;
    let Some(order) = reading.as_ref().and_then(page_order) else {
        return Ok(Arranged { documents: vec![one.id] });
    };
    let pages = order.into_iter().map(|page| ArrangedPage { document: one.id, page, turn: 0 }).collect();
    arrange(app, Arrangement { parts: vec![pages] })
}

/// Make copies of the files that a document's pages came in.
pub fn as_they_came(app: &App, one: OneDocument) -> Result<Vec<Derived>, Failure> {
    super::originals::as_they_came(app, &one)
}
