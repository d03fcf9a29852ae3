//! Files named by a person: dropped on the window, chosen in a dialog, or given on the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use domain::{Arrival, DocumentId, FileId, Outcome, SourceId};
use store::{Job, JobState, Op};

use crate::{App, Failure, ImportOutcome, Imported};

/// More files than this at once are not each being waited for.
const FEW: usize = 10;

impl App {
    /// Takes files in, walking folders. Files stay where they are; one that cannot be taken says why, the others go on.
    /// Many at once are a backlog: they wait for letters that come in one by one.
    pub fn import(&self, paths: &[PathBuf], source: SourceId) -> Result<Vec<Imported>, Failure> {
        let files: Vec<_> = paths.iter().flat_map(|path| files_below(path)).collect();
        let is_backlog = files.len() > FEW;
        let mut results = Vec::new();
        for file in files {
            let imported = match file {
                Ok(file) => self.import_file(&file, source)?,
                Err(unreadable) => unreadable,
            };
            if let (true, ImportOutcome::Taken, Some(file)) = (is_backlog, imported.outcome, &imported.file) {
                self.store.write(Op::Ledger, |w| w.to_background(file))?;
            }
            results.push(imported);
        }
        Ok(results)
    }

    fn import_file(&self, path: &Path, source: SourceId) -> Result<Imported, Failure> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(unreadable(path, &error)),
        };
        let modified = fs::metadata(path).and_then(|data| data.modified()).ok().map(instant);
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        self.import_bytes(Arrival { source, name, path: Some(path.to_path_buf()), modified, bytes, at: self.now() })
    }

    /// Waits until nothing is left to do for these files and what came in them, looking every `interval`; a file that failed counts as done.
    pub fn wait_for(&self, files: &[FileId], interval: Duration) -> Result<(), Failure> {
        let open = |job: &Job| matches!(job.state, JobState::Queued | JobState::Running);
        loop {
            let rings = self.jobs.rings();
            let (jobs, members) = self.store.read(|r| {
                let members = files.iter().map(|file| r.members_of(file)).collect::<Result<Vec<_>, _>>()?;
                Ok((r.jobs()?, members.concat()))
            })?;
            if !jobs.iter().any(|job| open(job) && (files.contains(&job.file) || members.contains(&job.file))) {
                return Ok(());
            }
            self.jobs.wait(rings, interval);
        }
    }

    /// The document made from a file, if there is one yet.
    pub fn document_of(&self, file: &FileId) -> Result<Option<DocumentId>, Failure> {
        self.store.read(|r| r.document_of_file(file)).map_err(Failure::from)
    }

    /// Why a file could not be read, if so.
    pub fn failure_of(&self, file: &FileId) -> Result<Option<String>, Failure> {
        let jobs = self.store.read(|r| r.jobs_of(file))?;
        Ok(jobs
            .into_iter()
            .find(|job| matches!(job.state, JobState::Failed | JobState::Quarantined))
            .and_then(|job| job.message))
    }

    /// Takes in bytes that came without a path, or with one that does not matter.
    pub fn import_bytes(&self, arrival: Arrival) -> Result<Imported, Failure> {
        let shown = arrival.path.as_ref().map_or_else(|| arrival.name.clone(), |path| path.display().to_string());
        let outcome = self.take_in(&arrival)?;
        let (outcome, file, problem) = match outcome {
            Outcome::Taken(file) => (ImportOutcome::Taken, Some(file), None),
            Outcome::Duplicate(file) => (ImportOutcome::Duplicate, Some(file), None),
            Outcome::Refused(refusal) => (ImportOutcome::Refused, None, Some(refusal.problem)),
        };
        let (code, message) = problem.map(|problem| (problem.code, problem.message)).unzip();
        let document = match &file {
            Some(file) => self.document_of(file)?,
            None => None,
        };
        Ok(Imported { path: shown, outcome, file, document, code, message })
    }
}

fn instant(time: SystemTime) -> DateTime<Utc> {
    DateTime::from(time)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Imported {
    let shown = path.display().to_string();
    let message = format!("{shown} cannot be read ({error}). Please check that it is there and may be read.");
    let code = Some("file_unreadable".to_owned());
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
