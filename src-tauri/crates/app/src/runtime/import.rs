//! Import of files that a person names: dropped on the window, chosen in a dialog, or given on the command line.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use domain::{
    Arrival, ArrivalContent, DocumentId, FailureClass, FailureCode, FileId, MOST_FILE_BYTES, Outcome, SourceId,
};
use serde::Serialize;
use store::{Job, JobKind, JobState};
use ts_rs::TS;

use crate::runtime::inbox;
use crate::{App, Failure};

/// More files than this at once are a backlog: nobody waits for each of them.
const FEW: usize = 10;
/// So many files of a backlog are taken in together.
const PORTION: usize = 64;

/// So long whoever waits for files waits for the disk.
const PATIENCE: Duration = Duration::from_secs(20);
/// So often work is tried until whoever waits for it is told; the pauses between the tries make about as long.
const TRIES: u32 = 3;

/// What became of one file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Imported {
    /// Its path as given or found.
    pub path: String,
    /// What happened.
    pub outcome: ImportOutcome,
    /// The file, when it was taken or known.
    pub file: Option<FileId>,
    /// Its document, when it is already there.
    pub document: Option<DocumentId>,
    /// Why not, as a word.
    pub code: Option<FailureCode>,
    /// Why not, and what to do.
    pub message: Option<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// New: it is being read.
    Taken,
    /// It was already here.
    Duplicate,
    /// It cannot be read, or not be taken in now; it stays where it is.
    Refused,
}

impl App {
    /// Takes in files, also those inside folders. The files stay where they are. One that cannot be taken in says why,
    /// whatever the reason; the others go on. Many at once are a backlog: letters that arrive one by one go before them.
    ///
    /// # Errors
    /// None now: each entry says what became of its file.
    pub fn import(&self, paths: &[PathBuf], source: SourceId) -> Result<Vec<Imported>, Failure> {
        let files: Vec<_> = paths.iter().flat_map(|path| files_below(path)).collect();
        let arrivals = files.iter().map(|file| match file {
            Ok(file) => self.arrival_of(file, source),
            Err(unreadable) => Err(unreadable.clone()),
        });
        if files.len() <= FEW {
            return Ok(arrivals
                .map(|arrival| arrival.map_or_else(|why| why, |arrival| self.import_one(arrival)))
                .collect());
        }
        let mut arrivals = arrivals.peekable();
        let mut imported = Vec::new();
        while arrivals.peek().is_some() {
            // Only the files of one portion are open at a time.
            imported.extend(self.import_backlog(arrivals.by_ref().take(PORTION).collect()));
        }
        Ok(imported)
    }

    /// Takes in a portion of many files; those that were refused already say why.
    fn import_backlog(&self, portion: Vec<Result<Arrival, Imported>>) -> Vec<Imported> {
        let mut known = Vec::new();
        let mut results = Vec::new();
        for arrival in portion {
            let looked_at = arrival.and_then(|arrival| match inbox::sniffed(&arrival) {
                Ok(mime) => Ok((arrival, mime)),
                Err(refusal) => Err(imported(shown(&arrival), Outcome::Refused(refusal))),
            });
            match looked_at {
                Ok(known_kind) => {
                    results.push(Err(known.len()));
                    known.push(known_kind);
                }
                Err(refused) => results.push(Ok(refused)),
            }
        }
        let taken: Vec<Imported> = match self.store.ingest_backlog(&known) {
            Ok(outcomes) => {
                let together = known.iter().zip(outcomes);
                together
                    .map(|((arrival, _), outcome)| self.document_if_there(imported(shown(arrival), outcome)))
                    .collect()
            }
            // One of them may be the reason: each is tried by itself.
            Err(_) => known.into_iter().map(|(arrival, _)| self.import_one(arrival)).collect(),
        };
        let mut taken = taken.into_iter();
        results.into_iter().filter_map(|result| result.map_or_else(|_| taken.next(), Some)).collect()
    }

    /// Takes one file of several in; or says why it could not be.
    fn import_one(&self, arrival: Arrival) -> Imported {
        let path = shown(&arrival);
        match self.ingest(&arrival) {
            Ok(outcome) => self.document_if_there(imported(path, outcome)),
            Err(error) => {
                let (code, message) = (Some(error.code()), Some(error.to_string()));
                Imported { path, outcome: ImportOutcome::Refused, file: None, document: None, code, message }
            }
        }
    }

    /// The same with its document, where that can be looked up: the file is taken in all the same.
    fn document_if_there(&self, one: Imported) -> Imported {
        self.with_document(one.clone()).unwrap_or_else(|error| {
            tracing::warn!(path = one.path, %error, "the document of a known file could not be looked up");
            one
        })
    }

    /// Opens a file for import; or says why it cannot be imported.
    fn arrival_of(&self, path: &Path, source: SourceId) -> Result<Arrival, Imported> {
        // The type is checked before the file is opened: opening a pipe would wait until somebody writes to it.
        let (file, metadata) = match fs::metadata(path).and_then(|metadata| letter_at(path, &metadata)) {
            Ok(opened) => opened,
            Err(error) => return Err(unreadable(path, &error)),
        };
        if metadata.len() > MOST_FILE_BYTES {
            return Err(too_large(path));
        }
        let modified = metadata.modified().ok().map(instant);
        let content = ArrivalContent::File(Arc::new(file));
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        Ok(Arrival { source, name, path: Some(path.to_path_buf()), modified, content, at: self.now() })
    }

    /// Waits until all work on these files and their members is finished, checking every `interval`; a failed file
    /// counts as finished. The results are on the disk then.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors), and those of [`store::Store::sync`]; also if the work
    /// has waited for the disk for a while (full, failed): it goes on when the engine runs and the disk can be used.
    pub fn wait_for(&self, files: &[FileId], interval: Duration) -> Result<(), Failure> {
        let files: HashSet<&FileId> = files.iter().collect();
        let open = |job: &&Job| is_of_arrival(job) && matches!(job.state, JobState::Queued | JobState::Running);
        loop {
            let waits = self.store.read(|r| {
                let jobs = r.jobs()?;
                if let Some(failure) = held_up(jobs.iter().filter(open)) {
                    return Ok(Err(failure));
                }
                let open: Vec<_> = jobs.iter().filter(open).filter_map(|job| job.file.as_ref()).collect();
                if open.iter().any(|file| files.contains(file)) {
                    return Ok(Ok(true));
                }
                for file in open {
                    if r.containers_of(file)?.iter().any(|container| files.contains(container)) {
                        return Ok(Ok(true));
                    }
                }
                Ok(Ok(false))
            })?;
            if let Some(trouble) = self.own_disk.trouble()
                && trouble.since.elapsed() > PATIENCE
            {
                return Err(trouble.failure);
            }
            if !waits? {
                return self.store.sync().map_err(Failure::from);
            }
            // Waking up for each job would be too often: each check looks at all jobs.
            std::thread::sleep(interval);
        }
    }

    /// The document made from a file, if there is one yet.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn document_of(&self, file: &FileId) -> Result<Option<DocumentId>, Failure> {
        self.store.read(|r| r.document_of_file(file)).map_err(Failure::from)
    }

    /// Why a file could not be read, if so.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn failure_of(&self, file: &FileId) -> Result<Option<String>, Failure> {
        let jobs = self.store.read(|r| r.jobs_of(file))?;
        Ok(jobs
            .into_iter()
            .find(|job| !job.kind.is_of_a_document() && matches!(job.state, JobState::Failed | JobState::Quarantined))
            .and_then(|job| job.message))
    }

    /// Takes in one file whose path does not matter.
    ///
    /// # Errors
    /// The errors of [`store::Store::ingest`], such as a full disk.
    pub fn import_bytes(&self, arrival: Arrival) -> Result<Imported, Failure> {
        let outcome = self.ingest(&arrival)?;
        self.with_document(imported(shown(&arrival), outcome))
    }

    /// The same with the document that is there already.
    fn with_document(&self, one: Imported) -> Result<Imported, Failure> {
        let document = match (&one.file, one.outcome) {
            (Some(file), ImportOutcome::Duplicate) => self.document_of(file)?,
            _ => None,
        };
        Ok(Imported { document, ..one })
    }
}

/// Why nothing goes on, if all work that is open was put off again and again because of the disk: by this process, or by
/// the one that runs the engine.
fn held_up<'j>(open: impl Iterator<Item = &'j Job>) -> Option<Failure> {
    let mut failure = None;
    for job in open {
        let put_off = job.code.filter(|code| matches!(code.class(), FailureClass::OwnDisk | FailureClass::Busy));
        match put_off {
            Some(code) if job.state == JobState::Queued && job.attempts >= TRIES => {
                failure = Some(Failure::new(code, job.message.clone().unwrap_or_default()));
            }
            Some(_) | None => return None,
        }
    }
    failure
}

/// Does it belong to the arrival of a file? A document whose results are computed again is there already.
fn is_of_arrival(job: &Job) -> bool {
    job.kind != JobKind::RECOMPUTE
}

/// Where a file came from, for people.
fn shown(arrival: &Arrival) -> String {
    arrival.path.as_ref().map_or_else(|| arrival.name.clone(), |path| path.display().to_string())
}

/// What became of a file.
fn imported(path: String, outcome: Outcome) -> Imported {
    let (outcome, file, problem) = match outcome {
        Outcome::Taken(file) => (ImportOutcome::Taken, Some(file), None),
        Outcome::Duplicate(file) => (ImportOutcome::Duplicate, Some(file), None),
        Outcome::Refused(refusal) => (ImportOutcome::Refused, None, Some(refusal.problem)),
    };
    let (code, message) = problem.map(|problem| (problem.code, problem.message)).unzip();
    Imported { path, outcome, file, document: None, code, message }
}

/// A regular file opened for reading, and what is known of it. Pipes, devices and sockets are no letters.
fn letter_at(path: &Path, metadata: &Metadata) -> io::Result<(File, Metadata)> {
    let regular = |metadata: &Metadata| {
        let other = || io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file");
        metadata.is_file().then_some(()).ok_or_else(other)
    };
    regular(metadata)?;
    let file = File::open(path)?;
    let opened = file.metadata()?;
    regular(&opened)?;
    Ok((file, opened))
}

fn too_large(path: &Path) -> Imported {
    let (shown, most) = (path.display().to_string(), MOST_FILE_BYTES / 1_000_000);
    let message = format!("{shown} is larger than {most} MB, the most that is taken in. Make it smaller or split it.");
    let code = Some(FailureCode::TooLarge);
    Imported { path: shown, outcome: ImportOutcome::Refused, file: None, document: None, code, message: Some(message) }
}

fn instant(time: SystemTime) -> DateTime<Utc> {
    DateTime::from(time)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Imported {
    let shown = path.display().to_string();
    let message = format!("{shown} cannot be read ({error}). Please check that it is there and may be read.");
    let code = Some(FailureCode::FileUnreadable);
    Imported { path: shown, outcome: ImportOutcome::Refused, file: None, document: None, code, message: Some(message) }
}

/// The files at or below `path`, by name; hidden ones and links inside folders are left out.
pub fn files_below(path: &Path) -> Vec<Result<PathBuf, Imported>> {
    if !path.is_dir() {
        return vec![Ok(path.to_path_buf())];
    }
    let entries = match fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => return vec![Err(unreadable(path, &error))],
    };
    let mut children: Vec<PathBuf> = entries
        .iter()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(fs::DirEntry::path)
        .filter(|child| !child.is_symlink())
        .collect();
    children.sort();
    children.iter().flat_map(|child| files_below(child)).collect()
}
