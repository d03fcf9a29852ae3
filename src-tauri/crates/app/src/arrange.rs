//! A person lays the pages of documents anew. What comes of it is a new file for each document, made of the pages of the
//! old ones; those stay in the archive as they came.

use domain::{Arrival, Document, DocumentId, DocumentState, Evidence, FileId, Findings, Member, Origin, SourceId};
use read::{Sheet, Source};
use store::{Op, Read, StoreError, Write};

use crate::filing::{self, Desk};
use crate::jobs::{UNDERSTAND_VERSION, understood};
use crate::{App, ArrangedPage, Failure};

/// A document whose pages are laid anew.
struct Before {
    document: Document,
    source: Source,
}

/// A document as it is to be.
struct Part<'a> {
    pages: &'a [ArrangedPage],
    member: Member,
    findings: Findings,
}

/// Lays pages anew and gives the documents of the parts.
pub(crate) fn arrange(app: &App, parts: &[Vec<ArrangedPage>]) -> Result<Vec<DocumentId>, Failure> {
    check(parts)?;
    let before = app.store.read(|r| documents_of(r, parts))?;
    let before: Vec<_> = before.into_iter().map(|document| with_file(app, document)).collect::<Result<_, _>>()?;
    let sheets = parts.iter().map(|pages| sheets_of(&before, pages)).collect::<Result<Vec<_>, _>>()?;
    let sources: Vec<Source> = before.iter().map(|one| one.source.clone()).collect();
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
            let first = existing(&before, part.pages)?;
            note(w, &before, part, file, &versions)?;
            if kept.contains(&first.document.id) {
                kept.push(filing::file(w, &desk, file, &part.member.name, &part.findings)?);
            } else {
                go_on(w, &desk, first, part, file)?;
                kept.push(first.document.id);
            }
        }
        if let Some(first) = before.first() {
            w.label(&first.document.title);
        }
        let gone = before.iter().map(|one| one.document.id).filter(|id| !kept.contains(id));
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

fn with_file(app: &App, document: Document) -> Result<Before, Failure> {
    let (name, reading) = app.store.read(|r| {
        let name = r.file(&document.file)?.map_or_else(String::new, |file| file.name);
        Ok((name, r.reading(&document.file)?))
    })?;
    let reading = reading.ok_or_else(|| Failure::not_found("reading of", &name))?;
    let bytes = app.store.original(&document.file)?;
    Ok(Before { document, source: Source { name, bytes, reading } })
}

fn sheets_of(before: &[Before], pages: &[ArrangedPage]) -> Result<Vec<Sheet>, Failure> {
    let sheet = |page: &ArrangedPage| {
        let source = before.iter().position(|one| one.document.id == page.document);
        let there = source.filter(|at| (1..=before[*at].source.reading.pages.len()).contains(&(page.page as usize)));
        there
            .map(|source| Sheet { source, page: page.page, turn: page.turn })
            .ok_or_else(|| Failure::not_found("page", page.page))
    };
    pages.iter().map(sheet).collect()
}

fn existing<'a>(before: &'a [Before], pages: &[ArrangedPage]) -> Result<&'a Before, StoreError> {
    let first = pages.first().and_then(|page| before.iter().find(|one| one.document.id == page.document));
    first.ok_or_else(|| StoreError::NotFound { noun: "page", id: "1".to_owned() })
}

/// Notes the new file: it came in when its pages did, for days may be counted from then.
fn note(w: &Write<'_>, before: &[Before], part: &Part<'_>, file: &FileId, versions: &str) -> Result<(), StoreError> {
    let Part { pages, member, findings } = part;
    let arrival = Arrival {
        source: SourceId::Arranged,
        name: member.name.clone(),
        path: None,
        modified: None,
        bytes: member.bytes.clone(),
        at: existing(before, pages)?.document.received_at,
    };
    let used = before.iter().filter(|one| pages.iter().any(|page| page.document == one.document.id));
    let containers: Vec<FileId> = used.map(|one| one.document.file.clone()).collect();
    let reading = member.reading.as_deref().cloned().unwrap_or_default();
    w.note_arranged(file, &arrival, &containers, (&reading, versions))?;
    w.save_findings(file, findings, UNDERSTAND_VERSION)
}

/// A document goes on in a new file. A person's word stays, at its new place; what is only read is read off the new pages.
fn go_on(w: &Write<'_>, desk: &Desk<'_>, before: &Before, part: &Part<'_>, file: &FileId) -> Result<(), StoreError> {
    // As it is now: a person may have gone on with it while pages were read.
    let old = &filing::existing(w, before.document.id)?;
    if old.file != before.document.file {
        return Err(gone(old.id));
    }
    let was_title = w.findings(&old.file)?.is_some_and(|known| filing::title(&known, &before.source.name) == old.title);
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
