//! Takes the documents of paperless-ngx in, some at a time: first their originals, durably, then in one transaction all that
//! is known of them. What is here already stays as it is; so an import that was broken off goes on where it ended.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Seek as _};
use std::path::Path;

use domain::{
    Arrival, ArrivalContent, By, CorrespondentId, Document, DocumentId, DocumentKind, DocumentState, FailureCode,
    Field, FileId, Relation, SourceId, TagId, Value,
};
use md5::Md5;
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{Op, Related, StoreError, Write};
use ts_rs::TS;

use super::super::format::hashed;
use super::super::{Move, MoveKind, MoveProblem, MoveStep};
use super::manifest::{Manifest, PaperlessDocument};
use super::mapping::Mapped;
use super::source::Source;
use crate::actions::filing;
use crate::runtime::inbox::sniffed;
use crate::text::Locale;
use crate::{App, Failure};

/// So many documents are taken in together, and so many bytes of them are in memory.
const PORTION: usize = 64;
const PORTION_BYTES: u64 = 64_000_000;

/// What came in from paperless-ngx.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct PaperlessImported {
    /// How many documents are new. They are being read.
    pub documents: u32,
    /// How many were here already, and stay as they are.
    pub known: u32,
    /// How many of the new ones are in the trash.
    pub trashed: u32,
    /// What could not be taken in; everything else was.
    pub problems: Vec<MoveProblem>,
}

/// The senders and tags that were looked up or made in a portion, so that each is looked up once.
#[derive(Default)]
struct Known {
    senders: HashMap<String, CorrespondentId>,
    tags: HashMap<String, TagId>,
}

impl Known {
    fn sender(&mut self, w: &Write<'_>, name: &str) -> Result<CorrespondentId, StoreError> {
        if let Some(known) = self.senders.get(name) {
            return Ok(*known);
        }
        let id = match w.find_correspondent(Some(name), None, None)? {
            Some(known) => known.id,
            None => w.insert_correspondent(name)?.id,
        };
        self.senders.insert(name.to_owned(), id);
        Ok(id)
    }

    fn tag(&mut self, w: &Write<'_>, path: &str) -> Result<TagId, StoreError> {
        if let Some(known) = self.tags.get(path) {
            return Ok(*known);
        }
        let id = w.ensure_tag(path)?;
        self.tags.insert(path.to_owned(), id);
        Ok(id)
    }
}

/// A document whose original was compared with its checksum.
struct Ready<'m> {
    document: &'m PaperlessDocument,
    mapped: Mapped,
    arrival: Arrival,
    mime: &'static str,
}

impl App {
    /// Takes the documents of an export of paperless-ngx in.
    ///
    /// # Errors
    /// `not_an_export`, `move_runs`, `cancelled` (what came in before stays); what the file system says of the archive,
    /// and the errors of the [store](store::StoreError#database-errors).
    pub fn import_paperless(&self, path: &Path) -> Result<PaperlessImported, Failure> {
        let mut source = Source::open(path)?;
        let moving = self.begin_move(MoveKind::Paperless, MoveStep::Checking)?;
        let mut imported = PaperlessImported::default();
        let manifest = Manifest::read(&mut source, &mut imported.problems);
        let settings = self.settings()?;
        let (zone, locale) = (settings.preferences()?.zone, Locale::choose(settings.language));
        let mut taking = Taking { app: self, moving: &moving, files: BTreeMap::new(), imported };
        moving.begin(MoveStep::Reading, manifest.documents.len());
        let (mut portion, mut bytes) = (Vec::new(), 0_u64);
        for document in &manifest.documents {
            moving.go_on()?;
            let Some(name) = document.file.as_deref() else {
                taking.imported.problems.push(without_file(document));
                continue;
            };
            match taking.ready(&mut source, name, document, manifest.mapped(document, zone, locale)) {
                Ok(ready) => {
                    bytes = bytes.saturating_add(ready.arrival.content.size().unwrap_or_default());
                    portion.push(ready);
                }
                Err(problem) => taking.imported.problems.push(problem),
            }
            if portion.len() >= PORTION || bytes >= PORTION_BYTES {
                taking.take(std::mem::take(&mut portion))?;
                bytes = 0;
            }
        }
        taking.take(portion)?;
        taking.relate_versions(&manifest)?;
        Ok(taking.imported)
    }
}

/// A record without a file.
pub(super) fn without_file(document: &PaperlessDocument) -> MoveProblem {
    let title = &document.fields.title;
    let message = format!("The manifest names no file for “{title}”.");
    MoveProblem::new(title, FailureCode::FileUnreadable, message)
}

struct Taking<'a> {
    app: &'a App,
    moving: &'a Move<'a>,
    /// The document here for each of there.
    files: BTreeMap<i64, DocumentId>,
    imported: PaperlessImported,
}

impl Taking<'_> {
    fn ready<'m>(
        &self,
        source: &mut Source,
        name: &str,
        document: &'m PaperlessDocument,
        mapped: Mapped,
    ) -> Result<Ready<'m>, MoveProblem> {
        let content = source.original(name)?;
        if let Some(expected) = document.fields.checksum.as_deref() {
            let is_right = is_sum_of(&content, expected).map_err(|error| {
                let message = format!("“{name}” is missing or cannot be read ({error}).");
                MoveProblem::new(name, FailureCode::FileUnreadable, message)
            })?;
            if !is_right {
                let message = format!("“{name}” is damaged: its checksum is not that of the manifest.");
                return Err(MoveProblem::new(name, FailureCode::Damaged, message));
            }
        }
        let last = name.rsplit('/').next().unwrap_or(name);
        let given = document.fields.original_filename.as_deref().unwrap_or(last);
        let arrival = Arrival {
            source: SourceId::Paperless,
            name: domain::file_name(given).unwrap_or_else(|| last.to_owned()),
            path: None,
            modified: None,
            content,
            at: document.fields.added.unwrap_or_else(|| self.app.now()).min(self.app.now()),
        };
        let mime = sniffed(&arrival)
            .map_err(|refusal| MoveProblem::new(name, refusal.problem.code, refusal.problem.message))?;
        Ok(Ready { document, mapped, arrival, mime })
    }

    /// Takes a portion in.
    fn take(&mut self, portion: Vec<Ready<'_>>) -> Result<(), Failure> {
        let contents: Vec<ArrivalContent> = portion.iter().map(|ready| ready.arrival.content.clone()).collect();
        let ids = &self.app.ids;
        let written = self.app.store.write_with_contents(By::Program, Op::ImportPaperless, &contents, |w, files| {
            let (mut taken, mut names) = (Vec::new(), Known::default());
            for (ready, file) in portion.iter().zip(files) {
                let known = w.document_of_file(file)?;
                let is_known = match known {
                    // What was put back after an interruption gets what paperless-ngx knows of it, if nobody was quicker.
                    Some(id) => !w.was_only_recovered(file)? || w.has_word(id)?,
                    None => false,
                };
                if is_known {
                    taken.extend(known.map(|id| (id, ready.document.number, false)));
                    continue;
                }
                w.note_imported(file, &ready.arrival, ready.mime)?;
                let id = known.unwrap_or_else(|| DocumentId::new(ids.as_ref()));
                keep(w, &mut names, id, known.is_none(), file, ready)?;
                taken.push((id, ready.document.number, true));
            }
            Ok(taken)
        })?;
        for (id, number, is_new) in written.value {
            self.files.insert(number, id);
            let count = if is_new { &mut self.imported.documents } else { &mut self.imported.known };
            *count = count.saturating_add(1);
        }
        let trashed = portion.iter().filter(|ready| ready.document.fields.deleted_at.is_some()).count();
        self.imported.trashed = self.imported.trashed.saturating_add(u32::try_from(trashed).unwrap_or(u32::MAX));
        self.moving.advance(portion.len());
        Ok(())
    }

    /// A newer version takes the place of the one before.
    fn relate_versions(&self, manifest: &Manifest) -> Result<(), Failure> {
        let newer = manifest.documents.iter().filter_map(|document| {
            let (newer, older) = (self.files.get(&document.number)?, self.files.get(&document.fields.root_document?)?);
            (newer != older).then_some((*newer, *older))
        });
        let pairs: Vec<(DocumentId, DocumentId)> = newer.collect();
        if pairs.is_empty() {
            return Ok(());
        }
        self.app.store.write(By::Program, Op::ImportPaperless, |w| {
            for (newer, older) in pairs {
                if w.relations_of(newer)?.iter().all(|pair| pair.document != older && pair.other != older) {
                    w.relate(Related { document: newer, other: older, relation: Some(Relation::Corrects) })?;
                }
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// Files a document with what paperless-ngx knows of it. It counts as settled until it is read, unless nobody has looked at
/// it there.
fn keep(
    w: &Write<'_>,
    known: &mut Known,
    id: DocumentId,
    is_new: bool,
    file: &FileId,
    ready: &Ready<'_>,
) -> Result<(), StoreError> {
    let Ready { mapped, arrival, document, .. } = ready;
    let sender = mapped.sender.as_deref().map(|name| known.sender(w, name)).transpose()?;
    if is_new {
        w.insert_document(&Document {
            id,
            file: file.clone(),
            kind: mapped.kind.unwrap_or(DocumentKind::Other),
            kind_confidence: if mapped.kind.is_some() { 1.0 } else { 0.0 },
            title: mapped.title.clone(),
            correspondent: sender,
            state: if mapped.is_new { DocumentState::Review } else { DocumentState::Accepted },
            received_at: arrival.at,
            facts: Vec::new(),
            assumptions: Vec::new(),
        })?;
    } else {
        w.set_title(id, &mapped.title)?;
        if let Some(kind) = mapped.kind {
            w.set_kind(id, kind, 1.0)?;
        }
        if sender.is_some() {
            w.set_correspondent(id, sender)?;
        }
    }
    let day = mapped.day.map(|day| (Field::IssueDate, Value::Date(day)));
    let name = mapped.sender.clone().map(|name| (Field::SellerName, Value::Text(name)));
    for (field, value) in day.into_iter().chain(name).chain(mapped.facts.iter().cloned()) {
        w.confirm(id, &filing::confirmed(field, value, None))?;
    }
    for path in &mapped.tags {
        if path.split('/').any(|name| !name.trim().is_empty()) {
            let tag = known.tag(w, path)?;
            w.tag_document(id, tag)?;
        }
    }
    w.set_note(id, &mapped.note)?;
    if let Some(at) = document.fields.deleted_at {
        w.trash(id, at)?;
    }
    Ok(())
}

/// Compares bytes with a checksum: SHA-256 or MD5, by its length. Another one cannot be compared.
fn is_sum_of(content: &ArrivalContent, expected: &str) -> io::Result<bool> {
    let found = match expected.len() {
        64 => sum::<Sha256>(content)?,
        32 => sum::<Md5>(content)?,
        _ => return Ok(true),
    };
    Ok(found.eq_ignore_ascii_case(expected))
}

fn sum<H: Digest>(content: &ArrivalContent) -> io::Result<String> {
    match content {
        ArrivalContent::Bytes(bytes) => hashed::<H>(bytes.as_slice(), &mut io::sink()),
        ArrivalContent::File(file) => {
            let mut file = file.as_ref();
            let sum = hashed::<H>(file, &mut io::sink())?;
            file.rewind()?;
            Ok(sum)
        }
    }
}
