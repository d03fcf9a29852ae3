//! What an import would do, before it does anything.

use std::collections::BTreeMap;
use std::path::Path;

use domain::{DocumentKind, Field, FileId};
use serde::Serialize;
use ts_rs::TS;

use super::super::{Move, MoveKind, MoveProblem, MoveStep};
use super::manifest::Manifest;
use super::mapping::{FieldBecomes, TypeBecomes, field_becomes, type_becomes};
use super::source::Source;
use crate::{App, Failure};

/// What an import from paperless-ngx would do.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PaperlessPreview {
    /// The version of paperless-ngx that wrote the export.
    pub version: Option<String>,
    /// How many documents it holds, with newer versions of some.
    pub documents: u32,
    /// How many of them are in its trash: they come into the trash.
    pub trashed: u32,
    /// How many are here already, as far as that can be told without reading them: they are left as they are.
    pub known: u32,
    /// How many are newer versions of others: they become documents of their own.
    pub versions: u32,
    /// How many have an inbox tag: they are asked about like new letters.
    pub unseen: u32,
    /// Notes, which become one note for each document.
    pub notes: u32,
    /// Archive serial numbers, which become a line of the note.
    pub serial_numbers: u32,
    /// Senders, with how many documents each has.
    pub senders: Vec<PaperlessCount>,
    /// Tags by their paths, with how many documents each has.
    pub tags: Vec<PaperlessCount>,
    /// Document types, and what becomes of them.
    pub types: Vec<PaperlessType>,
    /// Custom fields, and what becomes of them.
    pub fields: Vec<PaperlessField>,
    /// What stays behind, by the word that paperless-ngx has for it.
    pub left: Vec<PaperlessCount>,
    /// What cannot be taken in; everything else can.
    pub problems: Vec<MoveProblem>,
}

/// A name, and how many there are of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PaperlessCount {
    /// The name.
    pub name: String,
    /// How many.
    pub count: u32,
}

/// A document type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PaperlessType {
    /// Its name.
    pub name: String,
    /// How many documents have it.
    pub count: u32,
    /// It becomes this kind …
    pub kind: Option<DocumentKind>,
    /// … or this tag.
    pub tag: Option<String>,
}

/// A custom field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PaperlessField {
    /// Its name.
    pub name: String,
    /// How many documents have a value for it.
    pub count: u32,
    /// It becomes this value of the letter; else a line of the note.
    pub field: Option<Field>,
}

impl App {
    /// What an import from paperless-ngx would do. Nothing is taken in, and the originals are not read.
    ///
    /// # Errors
    /// `not_an_export`, `move_runs`, `cancelled`; the errors of the [store](store::StoreError#database-errors).
    pub fn preview_paperless(&self, path: &Path) -> Result<PaperlessPreview, Failure> {
        let mut source = Source::open(path)?;
        let moving = self.begin_move(MoveKind::Paperless, MoveStep::Checking)?;
        let mut problems = Vec::new();
        let manifest = Manifest::read(&mut source, &mut problems);
        self.preview(&mut source, &manifest, problems, &moving)
    }

    fn preview(
        &self,
        source: &mut Source,
        manifest: &Manifest,
        mut problems: Vec<MoveProblem>,
        moving: &Move<'_>,
    ) -> Result<PaperlessPreview, Failure> {
        let locale = self.locale()?;
        let (mut senders, mut types, mut tags) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (mut known, mut trashed, mut versions, mut unseen, mut numbers, mut archives, mut paths) =
            (0, 0, 0, 0, 0, 0, 0);
        let mut fields: BTreeMap<i64, u32> = BTreeMap::new();
        moving.begin(MoveStep::Checking, manifest.documents.len());
        for document in &manifest.documents {
            moving.go_on()?;
            let one = &document.fields;
            match &document.file {
                Some(file) => problems.extend(source.look(file).err()),
                None => problems.push(super::import::without_file(document)),
            }
            let hash = one.checksum.as_deref().and_then(|hash| hash.parse::<FileId>().ok());
            if let Some(hash) = hash {
                known += u32::from(self.store.read(|r| r.document_of_file(&hash))?.is_some());
            }
            trashed += u32::from(one.deleted_at.is_some());
            versions += u32::from(one.root_document.is_some());
            numbers += u32::from(one.archive_serial_number.is_some());
            archives += u32::from(document.has_archive_version);
            paths += u32::from(one.storage_path.is_some());
            let is_inbox = |tag: &i64| manifest.tags.get(tag).is_some_and(|tag| tag.is_inbox_tag);
            unseen += u32::from(one.tags.iter().any(is_inbox));
            for (counts, number) in [(&mut senders, one.correspondent), (&mut types, one.document_type)] {
                if let Some(number) = number {
                    *counts.entry(number).or_insert(0_u32) += 1;
                }
            }
            for tag in &one.tags {
                *tags.entry(*tag).or_insert(0_u32) += 1;
            }
            for (field, _) in manifest.values.get(&document.number).into_iter().flatten() {
                *fields.entry(*field).or_default() += 1;
            }
            moving.advance(1);
        }
        let count = |counts: &BTreeMap<i64, u32>, number: &i64| counts.get(number).copied().unwrap_or_default();
        let mut left: Vec<PaperlessCount> =
            manifest.left.iter().map(|(name, count)| PaperlessCount { name: name.clone(), count: *count }).collect();
        for (name, count) in [("archive_version", archives), ("storage_path_of_document", paths)] {
            if count > 0 {
                left.push(PaperlessCount { name: name.to_owned(), count });
            }
        }
        let mut by_path: Vec<PaperlessCount> = manifest
            .tags
            .keys()
            .filter_map(|number| {
                Some(PaperlessCount { name: manifest.path_of_tag(*number)?, count: count(&tags, number) })
            })
            .filter(|tag| tag.count > 0)
            .collect();
        by_path.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(PaperlessPreview {
            version: manifest.version.clone(),
            documents: u32::try_from(manifest.documents.len()).unwrap_or(u32::MAX),
            trashed,
            known,
            versions,
            unseen,
            notes: u32::try_from(manifest.notes.values().map(Vec::len).sum::<usize>()).unwrap_or(u32::MAX),
            serial_numbers: numbers,
            senders: manifest
                .correspondents
                .iter()
                .map(|(number, name)| PaperlessCount { name: name.clone(), count: count(&senders, number) })
                .filter(|sender| sender.count > 0)
                .collect(),
            tags: by_path,
            types: manifest
                .types
                .iter()
                .map(|(number, name)| {
                    let (kind, tag) = match type_becomes(name, locale) {
                        TypeBecomes::Kind(kind) => (Some(kind), None),
                        TypeBecomes::Tag(tag) => (None, Some(tag)),
                    };
                    PaperlessType { name: name.clone(), count: count(&types, number), kind, tag }
                })
                .filter(|one| one.count > 0)
                .collect(),
            fields: manifest
                .fields
                .iter()
                .map(|(number, field)| PaperlessField {
                    name: field.name.clone(),
                    count: count(&fields, number),
                    field: match field_becomes(field) {
                        FieldBecomes::Fact(known) => Some(known),
                        FieldBecomes::Note => None,
                    },
                })
                .filter(|one| one.count > 0)
                .collect(),
            left,
            problems,
        })
    }
}
