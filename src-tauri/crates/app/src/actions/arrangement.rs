//! Documents whose pages lie anew go on in new files, made of pages of the old ones. Those stay in the archive.

use domain::{
    ArrangedPage, Arrival, Document, DocumentId, DocumentState, Fact, FileId, Findings, Member, Origin, SourceId,
    moved_evidence,
};
use read::Source;
use store::{Read, StoreError, Write};

use crate::actions::existing;
use crate::actions::filing::{self, FilingContext};

/// What there was, and by what the new files were read and understood.
pub(crate) struct Arrangement<'a> {
    /// The documents whose pages are used.
    pub(crate) before: &'a [Document],
    /// Their files, in the same order.
    pub(crate) sources: &'a [Source],
    /// Versions of the readers.
    pub(crate) reader_versions: &'a str,
    /// Version of what understands.
    pub(crate) understand_version: &'a str,
}

/// A document as it is to be.
pub(crate) struct Part<'a> {
    pub(crate) pages: &'a [ArrangedPage],
    /// Its new file.
    pub(crate) member: Member,
    pub(crate) findings: Findings,
}

/// The documents that pages are taken from; none of them may lie in the trash.
pub(crate) fn documents_of(r: &Read<'_>, parts: &[Vec<ArrangedPage>]) -> Result<Vec<Document>, StoreError> {
    let mut documents: Vec<Document> = Vec::new();
    for page in parts.iter().flatten() {
        if !documents.iter().any(|known| known.id == page.document) {
            documents.push(existing::document(r, page.document)?);
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

/// Gives each part its file, of `files` in the same order, and returns its document: that of its first page, unless an
/// earlier part goes on as that. A document that no part goes on as is put into the trash.
pub(crate) fn arrange(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    arrangement: &Arrangement<'_>,
    parts: &[Part<'_>],
    files: &[FileId],
) -> Result<Vec<DocumentId>, StoreError> {
    let mut kept = Vec::new();
    for (part, file) in parts.iter().zip(files) {
        let (first, _) = first_of(arrangement, part.pages)?;
        note(w, arrangement, first, part, file)?;
        if kept.contains(&first.id) {
            kept.push(filing::file(w, context, file, &part.member.name, &part.findings)?);
        } else {
            go_on(w, context, first, part, file)?;
            kept.push(first.id);
        }
    }
    if let Some(first) = arrangement.before.first() {
        w.label(&first.title);
    }
    let gone = arrangement.before.iter().map(|document| document.id).filter(|id| !kept.contains(id));
    gone.into_iter().try_for_each(|id| w.trash(id, context.now))?;
    Ok(kept)
}

/// The document of the first page, and its file.
fn first_of<'a>(
    arrangement: &'a Arrangement<'_>,
    pages: &[ArrangedPage],
) -> Result<(&'a Document, &'a Source), StoreError> {
    let is_first = |document: &Document| pages.first().is_some_and(|page| page.document == document.id);
    let found = arrangement.before.iter().zip(arrangement.sources).find(|(document, _)| is_first(document));
    found.ok_or_else(|| StoreError::NotFound { noun: "page", id: "1".to_owned() })
}

/// Notes the new file: it came in when its pages did, for days may be counted from then.
fn note(
    w: &Write<'_>,
    arrangement: &Arrangement<'_>,
    first: &Document,
    part: &Part<'_>,
    file: &FileId,
) -> Result<(), StoreError> {
    let Part { pages, member, findings } = part;
    let arrival = Arrival {
        source: SourceId::Arranged,
        name: member.name.clone(),
        path: None,
        modified: None,
        content: member.bytes.clone().into(),
        at: first.received_at,
    };
    let is_used = |document: &Document| pages.iter().any(|page| page.document == document.id);
    let used = arrangement.before.iter().filter(|document| is_used(document));
    let containers: Vec<FileId> = used.map(|document| document.file.clone()).collect();
    let reading = member.reading.as_deref().cloned().unwrap_or_default();
    w.note_arranged(file, &arrival, &containers, (&reading, arrangement.reader_versions))?;
    w.save_findings(file, findings, arrangement.understand_version)
}

/// A document goes on in a new file. A person's word stays, at its new place; what is only read is read off the new pages.
fn go_on(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    before: &Document,
    part: &Part<'_>,
    file: &FileId,
) -> Result<(), StoreError> {
    // As it is now: a person may have gone on with it while pages were read.
    let old = &existing::document(w, before.id)?;
    if old.file != before.file {
        return Err(gone(old.id));
    }
    w.set_file(old.id, file)?;
    for fact in old.facts.iter().filter(|fact| fact.origin == Origin::User && fact.evidence.is_some()) {
        let evidence = fact.evidence.as_ref().and_then(|place| moved_evidence(place, old.id, part.pages));
        w.confirm(old.id, &Fact { evidence, ..fact.clone() })?;
    }
    if old.state == DocumentState::Review {
        if old.kind_confidence < 1.0 {
            let kind = part.findings.kind();
            w.set_kind(old.id, kind.kind, kind.confidence)?;
        }
        w.set_correspondent(old.id, filing::sender(w, &existing::document(w, old.id)?)?)?;
    }
    filing::follow_correction(w, context, &existing::document(w, old.id)?)
}

fn gone(id: DocumentId) -> StoreError {
    StoreError::NotFound { noun: "document", id: id.to_string() }
}
