//! An export comes back into an empty profile. Every file is compared with the manifest first; what is damaged or missing is
//! named, and the rest comes in.
//!
//! The rows come in first, in one transaction, then the originals: so what an interruption leaves is never taken for new
//! letters. Until all originals are here, work in the background is paused. The same export again brings the originals that
//! are still missing.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{ArrivalContent, DocumentId, FailureCode, FileId, SourceId};
use serde::Serialize;
use serde_json::Value;
use sha2::Sha256;
use store::TableRows;
use ts_rs::TS;

use super::format::{self, FORMAT, Head, Part};
use super::{Move, MoveKind, MoveProblem, MoveStep, inside};
use crate::{App, Failure};

/// So many originals are stored together.
const PORTION: usize = 64;
/// A larger file of the export is no description of a document.
const LARGEST_PART: u64 = 1_000_000_000;

/// What came back.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Brought {
    /// How many documents, also into the trash.
    pub documents: u32,
    /// How many tasks.
    pub tasks: u32,
    /// How many originals came in; those that were here already are not counted.
    pub originals: u32,
    /// Letters whose description is damaged: they are read again as new ones.
    pub read_again: u32,
    /// What could not come back as it was; everything else did.
    pub problems: Vec<MoveProblem>,
}

/// What a folder holds that may be an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ExportView {
    /// The folder.
    pub folder: String,
    /// The program that wrote it.
    pub program: String,
    /// When, as an ISO instant.
    pub made_at: Option<chrono::DateTime<chrono::Utc>>,
    /// How many documents.
    pub documents: u32,
    /// How many tasks.
    pub tasks: u32,
    /// Whether it can come into this profile, which is new.
    pub profile_is_new: bool,
}

impl App {
    /// What an export says of itself.
    ///
    /// # Errors
    /// `not_an_export` or `newer_export`; the errors of the [store](store::StoreError#database-errors).
    pub fn look_at_export(&self, folder: &Path) -> Result<ExportView, Failure> {
        let head = head(folder)?;
        Ok(ExportView {
            folder: folder.display().to_string(),
            program: head.program,
            made_at: head.made_at,
            documents: head.documents,
            tasks: head.tasks,
            profile_is_new: self.store.read(|r| r.is_new_profile())?,
        })
    }

    /// Brings an export back.
    ///
    /// # Errors
    /// `not_an_export`, `newer_export`, `profile_not_empty`, `move_runs`, `cancelled`; what the file system says of the
    /// archive, and the errors of the [store](store::StoreError#database-errors).
    pub fn bring_export(&self, folder: &Path) -> Result<Brought, Failure> {
        let folder = fs::canonicalize(folder).map_err(|error| no_export(folder, &error))?;
        let head = head(&folder)?;
        let moving = self.begin_move(MoveKind::Import, MoveStep::Checking)?;
        let checked = Checked::of(&folder, &moving)?;
        let bringing = Bringing { app: self, moving: &moving, folder: &folder, checked };
        bringing.everything(&head)
    }
}

fn head(folder: &Path) -> Result<Head, Failure> {
    let text = fs::read(folder.join(format::HEAD)).map_err(|error| no_export(folder, &error))?;
    let head: Head = serde_json::from_slice(&text).map_err(|error| no_export(folder, &error))?;
    if head.format > FORMAT {
        let message = format!(
            "{} was written by a newer version of Workmate ({}). Please update Workmate; nothing was changed.",
            folder.display(),
            head.program
        );
        return Err(Failure::new(FailureCode::NewerExport, message));
    }
    Ok(head)
}

fn no_export(folder: &Path, error: &dyn std::error::Error) -> Failure {
    let shown = folder.display();
    let message = format!("{shown} is no export of Workmate: its {} cannot be read ({error}).", format::HEAD);
    Failure::new(FailureCode::NotAnExport, message)
}

/// The files of an export that are as they were written.
struct Checked {
    whole: BTreeSet<String>,
    problems: Vec<MoveProblem>,
}

impl Checked {
    fn of(folder: &Path, moving: &Move<'_>) -> Result<Self, Failure> {
        let (mut whole, mut problems) = (BTreeSet::new(), Vec::new());
        let Ok(manifest) = fs::read_to_string(folder.join(format::MANIFEST)) else {
            let message = "The list of hashes is missing or cannot be read, so the files could not be checked.";
            problems.push(MoveProblem::new(format::MANIFEST, FailureCode::FileUnreadable, message));
            collect(folder, folder, &mut whole);
            return Ok(Self { whole, problems });
        };
        let lines: Vec<&str> = manifest.lines().filter(|line| !line.is_empty()).collect();
        moving.begin(MoveStep::Checking, lines.len());
        for line in lines {
            moving.go_on()?;
            match format::manifest_line(line) {
                Some((hash, path)) => match check(folder, path, hash) {
                    Ok(()) => {
                        whole.insert(path.to_owned());
                    }
                    Err(problem) => problems.push(problem),
                },
                None => {
                    let message = format!("“{line}” is no line of a list of hashes.");
                    problems.push(MoveProblem::new(format::MANIFEST, FailureCode::Damaged, message));
                }
            }
            moving.advance(1);
        }
        Ok(Self { whole, problems })
    }
}

/// All regular files of an export without a manifest.
fn collect(root: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(root, &path, found),
            Ok(kind) if kind.is_file() => {
                let named = path.strip_prefix(root).unwrap_or(&path);
                let parts = named.iter().map(|part| part.to_string_lossy().into_owned());
                found.insert(parts.collect::<Vec<_>>().join("/"));
            }
            _ => {}
        }
    }
}

fn check(folder: &Path, named: &str, hash: &str) -> Result<(), MoveProblem> {
    let path = inside(folder, named)?;
    match open(&path).and_then(|file| format::hashed::<Sha256>(file, &mut io::sink())) {
        Ok(found) if found.eq_ignore_ascii_case(hash) => Ok(()),
        Ok(_) => {
            let message = format!("“{named}” is damaged: its content is not what was exported.");
            Err(MoveProblem::new(named, FailureCode::Damaged, message))
        }
        Err(error) => {
            let message = format!("“{named}” is missing or cannot be read ({error}).");
            Err(MoveProblem::new(named, FailureCode::FileUnreadable, message))
        }
    }
}

/// Opens a regular file. Opening a pipe would wait until somebody writes to it.
fn open(path: &Path) -> io::Result<File> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    File::open(path)
}

/// An export that comes back.
struct Bringing<'a> {
    app: &'a App,
    moving: &'a Move<'a>,
    folder: &'a Path,
    checked: Checked,
}

impl Bringing<'_> {
    fn everything(mut self, head: &Head) -> Result<Brought, Failure> {
        let descriptions: Vec<String> = {
            let of_documents = format!("{}/", format::DOCUMENTS);
            self.checked.whole.iter().filter(|path| path.starts_with(&of_documents)).cloned().collect()
        };
        let (mut documents, mut tasks) = (head.documents, head.tasks);
        let mut originals: Vec<(FileId, String)> = Vec::new();
        if self.app.store.read(|r| r.is_new_profile())? {
            let rest = [format::PROFILE, format::HISTORY].map(str::to_owned);
            let rest: Vec<String> = rest.into_iter().filter(|part| self.checked.whole.contains(part)).collect();
            self.moving.begin(MoveStep::Reading, descriptions.len());
            let (app, moving) = (self.app, self.moving);
            // What belongs to no document comes first: the documents refer to it.
            let mut portions = rest.iter().chain(&descriptions).filter_map(|path| {
                moving.advance(1);
                if moving.is_cancelled() { None } else { self.part(path, &mut originals) }
            });
            let brought = app.store.bring_rows(head.schema, &mut portions, &|| moving.is_cancelled())?;
            drop(portions);
            (documents, tasks) = (brought.documents, brought.tasks);
            for (table, count) in brought.left_out {
                let message = format!(
                    "{count} entries of “{table}” did not come back: what they belong to is missing or damaged."
                );
                self.checked.problems.push(MoveProblem::new(table, FailureCode::Damaged, message));
            }
        } else {
            for path in &descriptions {
                let rows = self.part(path, &mut originals).unwrap_or_default();
                self.refuse_unknown(&rows)?;
            }
        }
        let brought = self.originals(&originals)?;
        let read_again = self.letters_without_description(&originals)?;
        let work = if self.checked.whole.contains(format::WORK) {
            self.part(format::WORK, &mut Vec::new()).unwrap_or_default()
        } else {
            TableRows::new()
        };
        self.app.store.go_on(&work)?;
        Ok(Brought { documents, tasks, originals: brought, read_again, problems: self.checked.problems })
    }

    /// The rows of a JSON file, and the original that it names; nothing where it cannot be read, which is noted.
    fn part(&mut self, path: &str, originals: &mut Vec<(FileId, String)>) -> Option<TableRows> {
        let parsed = open(&self.folder.join(path)).and_then(|file| {
            if file.metadata()?.len() > LARGEST_PART {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "it is too large"));
            }
            Ok(serde_json::from_reader::<_, Part>(io::BufReader::new(file))?)
        });
        match parsed {
            Ok(part) => {
                if let (Some(original), Some(file)) = (part.original, part.sha256) {
                    originals.push((file, original));
                }
                Some(part.way_back)
            }
            Err(error) => {
                let message = format!("“{path}” cannot be read ({error}).");
                self.checked.problems.push(MoveProblem::new(path, FailureCode::Damaged, message));
                // Without its description a letter is read again.
                self.checked.whole.remove(path);
                None
            }
        }
    }

    /// A profile with other documents than those of the export would have every letter twice.
    fn refuse_unknown(&self, rows: &TableRows) -> Result<(), Failure> {
        let ids = rows.get("documents").into_iter().flatten();
        let ids = ids.filter_map(|row| row.get("id").and_then(Value::as_str)?.parse::<DocumentId>().ok());
        for id in ids {
            if !self.app.store.read(|r| r.has_document(id))? {
                return Err(Failure::new(
                    FailureCode::ProfileNotEmpty,
                    "This profile is not empty, and its letters would be here twice. Name a new folder with --profile.",
                ));
            }
        }
        Ok(())
    }

    /// Brings the originals that are not here yet; gives how many.
    fn originals(&mut self, originals: &[(FileId, String)]) -> Result<u32, Failure> {
        self.moving.begin(MoveStep::Originals, originals.len());
        let mut brought = 0_u32;
        for portion in originals.chunks(PORTION) {
            let mut opened: Vec<(&FileId, &str, ArrivalContent)> = Vec::new();
            for (file, path) in portion {
                // Of a damaged or missing one the check has told.
                if self.app.store.open_original(file).is_ok() || !self.checked.whole.contains(path) {
                    continue;
                }
                match inside(self.folder, path).map(|path| open(&path)) {
                    Ok(Ok(content)) => opened.push((file, path, ArrivalContent::File(Arc::new(content)))),
                    Ok(Err(error)) => {
                        let message = format!("“{path}” is missing or cannot be read ({error}).");
                        self.checked.problems.push(MoveProblem::new(path, FailureCode::FileUnreadable, message));
                    }
                    Err(problem) => self.checked.problems.push(problem),
                }
            }
            let contents: Vec<ArrivalContent> = opened.iter().map(|(_, _, content)| content.clone()).collect();
            let stored = self.app.store.put_originals(&contents)?;
            for ((wanted, path, _), stored) in opened.iter().zip(stored) {
                if **wanted == stored {
                    brought = brought.saturating_add(1);
                } else {
                    let message = format!("“{path}” is not the original that its description names.");
                    self.checked.problems.push(MoveProblem::new(*path, FailureCode::Damaged, message));
                }
            }
            self.moving.advance(portion.len());
        }
        Ok(brought)
    }

    /// Takes the letters in anew whose descriptions are damaged; gives how many.
    fn letters_without_description(&self, described: &[(FileId, String)]) -> Result<u32, Failure> {
        let described: BTreeSet<&str> = described.iter().map(|(_, path)| path.as_str()).collect();
        let of_originals = format!("{}/", format::ORIGINALS);
        let left = self
            .checked
            .whole
            .iter()
            .filter(|path| path.starts_with(&of_originals) && !described.contains(path.as_str()));
        let paths: Vec<PathBuf> = left.map(|path| self.folder.join(path)).collect();
        let imported = self.app.import(&paths, SourceId::Import)?;
        Ok(u32::try_from(imported.iter().filter(|one| one.file.is_some()).count()).unwrap_or(u32::MAX))
    }
}
