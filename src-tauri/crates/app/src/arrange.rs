//! A person lays the pages of documents anew. What comes of it is a new file for each document, made of the pages of the
//! old ones; those stay in the archive as they came.

use domain::{Arrival, Document, DocumentId, DocumentState, Evidence, FileId, Findings, Member, Origin, SourceId};
use read::{Sheet, Source};
use store::{Op, Read, StoreError, Write};

use crate::filing::{self, Desk};
use crate::jobs::{UNDERSTAND_VERSION, understood};
use crate::{App, ArrangedPage, Failure};

/// A document as it is to be.
struct Part<'a> {
    pages: &'a [ArrangedPage],
    member: Member,
    findings: Findings,
}

/// Lays pages anew and gives the documents of the parts.
pub(crate) fn arrange(app: &App, parts: &[Vec<ArrangedPage>]) -> Result<Vec<DocumentId>, Failure> {
    check(parts)?;
    // Of each document its file, in the same order.
    let before = app.store.read(|r| documents_of(r, parts))?;
    let sources = before.iter().map(|document| source(app, document.id)).collect::<Result<Vec<_>, _>>()?;
    let sheets = parts.iter().map(|pages| sheets_of(&before, &sources, pages)).collect::<Result<Vec<_>, _>>()?;
    let members = app.unlocking(|| app.reader.arrange(&sources, &sheets))?;
    let mut made = Vec::new();
    for (pages, member) in parts.iter().zip(members) {
        let reading = member.reading.as_deref().cloned().unwrap_or_default();
        made.push(Part { pages, member, findings: understood(app, reading)? });
    }
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let desk = Desk { ids: app.ids.as_ref(), preferences: &preferences, now };
    let versions = app.reader.versions();
    let bytes: Vec<&[u8]> = made.iter().map(|part| part.member.bytes.as_slice()).collect();
    let written = app.store.write_with_files(Op::ArrangePages, &bytes, |w, files| {
        let mut kept = Vec::new();
        for (part, file) in made.iter().zip(files) {
            let (first, source) = first_of(&before, &sources, part.pages)?;
            note(w, (&before, first), part, file, &versions)?;
            if kept.contains(&first.id) {
                kept.push(filing::file(w, &desk, file, &part.member.name, &part.findings)?);
            } else {
                go_on(w, &desk, (first, &source.name), part, file)?;
                kept.push(first.id);
            }
        }
        if let Some(first) = before.first() {
            w.label(&first.title);
        }
        let gone = before.iter().map(|document| document.id).filter(|id| !kept.contains(id));
        gone.into_iter().try_for_each(|id| w.trash(id, now))?;
        Ok(kept)
    })?;
    Ok(written.value)
}

fn bad_input(message: impl Into<String>) -> Failure {
    Failure::new("bad_input", message)
}

/// Every page at most once, by quarter turns, and no document without one.
fn check(parts: &[Vec<ArrangedPage>]) -> Result<(), Failure> {
    if parts.is_empty() || parts.iter().any(Vec::is_empty) {
        return Err(bad_input("A document needs at least one page. Put it into the trash instead."));
    }
    let mut seen = Vec::new();
    for page in parts.iter().flatten() {
        if !matches!(page.turn, 0 | 90 | 180 | 270) {
            return Err(bad_input(format!("A page is turned by 90, 180 or 270 degrees, not by {}.", page.turn)));
        }
        if seen.contains(&(page.document, page.page)) {
            return Err(bad_input(format!("Page {} is named twice. Name it once.", page.page)));
        }
        seen.push((page.document, page.page));
    }
    Ok(())
}

fn documents_of(r: &Read<'_>, parts: &[Vec<ArrangedPage>]) -> Result<Vec<Document>, StoreError> {
    let mut documents: Vec<Document> = Vec::new();
    for page in parts.iter().flatten() {
        if !documents.iter().any(|known| known.id == page.document) {
            documents.push(filing::existing(r, page.document)?);
        }
    }
    // What is in the trash is taken out of it first, so that nothing comes back unseen.
    for document in &documents {
        if r.trashed_at(document.id)?.is_some() {
            return Err(gone(document.id));
        }
    }
    Ok(documents)
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

/// The document of the first page, and its file.
fn first_of<'a>(
    before: &'a [Document],
    sources: &'a [Source],
    pages: &[ArrangedPage],
) -> Result<(&'a Document, &'a Source), StoreError> {
    let is_first = |document: &Document| pages.first().is_some_and(|page| page.document == document.id);
    let found = before.iter().zip(sources).find(|(document, _)| is_first(document));
    found.ok_or_else(|| StoreError::NotFound { noun: "page", id: "1".to_owned() })
}

/// Notes the new file: it came in when its pages did, for days may be counted from then.
fn note(
    w: &Write<'_>,
    (before, first): (&[Document], &Document),
    part: &Part<'_>,
    file: &FileId,
    versions: &str,
) -> Result<(), StoreError> {
    let Part { pages, member, findings } = part;
    let arrival = Arrival {
        source: SourceId::Arranged,
        name: member.name.clone(),
        path: None,
        modified: None,
        bytes: member.bytes.clone(),
        at: first.received_at,
    };
    let used = before.iter().filter(|document| pages.iter().any(|page| page.document == document.id));
    let containers: Vec<FileId> = used.map(|document| document.file.clone()).collect();
    let reading = member.reading.as_deref().cloned().unwrap_or_default();
    w.note_arranged(file, &arrival, &containers, (&reading, versions))?;
    w.save_findings(file, findings, UNDERSTAND_VERSION)
}

/// A document goes on in a new file. A person's word stays, at its new place; what is only read is read off the new pages.
fn go_on(
    w: &Write<'_>,
    desk: &Desk<'_>,
    (before, name): (&Document, &str),
    part: &Part<'_>,
    file: &FileId,
) -> Result<(), StoreError> {
    // As it is now: a person may have gone on with it while pages were read.
    let old = &filing::existing(w, before.id)?;
    if old.file != before.file {
        return Err(gone(old.id));
    }
    let was_title = w.findings(&old.file)?.is_some_and(|known| filing::title(&known, name) == old.title);
    w.set_file(old.id, file)?;
    for fact in old.facts.iter().filter(|fact| fact.origin == Origin::User && fact.evidence.is_some()) {
        let evidence = fact.evidence.as_ref().and_then(|place| moved(place, old.id, part.pages));
        w.confirm(old.id, &domain::Fact { evidence, ..fact.clone() })?;
    }
    if old.state == DocumentState::Review {
        if old.kind_confidence < 1.0 {
            let kind = part.findings.kind();
            w.set_kind(old.id, kind.kind, kind.confidence)?;
        }
        if was_title {
            w.set_title(old.id, &filing::title(&part.findings, &part.member.name))?;
        }
        w.set_correspondent(old.id, filing::sender(w, &filing::existing(w, old.id)?)?)?;
    }
    filing::follow_correction(w, desk, &filing::existing(w, old.id)?)
}

fn gone(id: DocumentId) -> StoreError {
    StoreError::NotFound { noun: "document", id: id.to_string() }
}

/// Where a place is after the pages were laid anew; none if its page was left out.
fn moved(place: &Evidence, document: DocumentId, pages: &[ArrangedPage]) -> Option<Evidence> {
    let (number, page) = (1..).zip(pages).find(|(_, page)| page.document == document && page.page == place.page)?;
    Some(Evidence { page: number, rect: place.rect.turned(page.turn), ..place.clone() })
}
