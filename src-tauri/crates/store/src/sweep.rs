//! At start: what an interruption left behind is put right.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use domain::{Arrival, FileId, SourceId};

use crate::{EngineLock, Job, JobState, NewProblem, Op, Result, Store, StoreError, Write, engine};

/// Crashes after which a file is left alone.
const QUARANTINE_AFTER: u32 = 2;

/// What was put right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Half-written files that were removed.
    pub temp_files: usize,
    /// Originals that had no row: a take-in was interrupted.
    pub adopted: Vec<FileId>,
    /// Files whose work was interrupted and is begun again.
    pub requeued: Vec<FileId>,
    /// Files on which the program ended twice.
    pub quarantined: Vec<FileId>,
    /// Files in the archive without a row whose content does not match their name; left where they are.
    pub damaged: Vec<PathBuf>,
}

impl Store {
    /// Puts right what an interruption left behind. Once, before the engine starts.
    pub fn sweep_up(&self, _engine: &EngineLock) -> Result<Swept> {
        let mut swept = Swept::default();
        self.sweep_archive(&mut swept)?;
        self.write(Op::Ledger, |w| {
            for job in w.jobs_in(JobState::Running)? {
                if w.after_crash(&job)? {
                    swept.quarantined.push(job.file);
                } else {
                    swept.requeued.push(job.file);
                }
            }
            Ok(())
        })?;
        Ok(swept)
    }

    fn sweep_archive(&self, swept: &mut Swept) -> Result<()> {
        let alone = engine::store_lock(self.profile())?;
        alone.lock().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        let listing = self.archive.list()?;
        for path in listing.temporary {
            fs::remove_file(&path).map_err(|e| StoreError::io("removed", &path, e))?;
            swept.temp_files += 1;
        }
        let known: HashSet<FileId> = self.read(|r| Ok(r.files()?.into_iter().map(|file| file.id).collect()))?;
        for file in listing.originals.into_iter().filter(|file| !known.contains(file)) {
            match self.archive.get(&file) {
                Ok(bytes) => {
                    self.adopt(&file, bytes)?;
                    swept.adopted.push(file);
                }
                Err(StoreError::Damaged { path, .. }) => swept.damaged.push(path),
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    fn adopt(&self, file: &FileId, bytes: Vec<u8>) -> Result<()> {
        let (start, _) = file.as_str().split_at(8);
        let arrival = Arrival {
            source: SourceId::Recovered,
            name: format!("recovered-{start}"),
            path: None,
            modified: None,
            bytes,
            at: self.clock.now(),
        };
        // What it is shows when it is read.
        self.write(Op::TakeIn, |w| w.note_arrival(file, &arrival, "application/octet-stream", None, None))?;
        Ok(())
    }
}

impl Write<'_> {
    /// A job ended with the program that worked on it, or with its reader: it is begun again, or after the second time goes
    /// into quarantine with a problem that says so (`true`).
    pub fn after_crash(&self, job: &Job) -> Result<bool> {
        self.count_crash(job.id)?;
        if job.crashes + 1 < QUARANTINE_AFTER {
            self.set_job_state(job.id, JobState::Queued, None)?;
            return Ok(false);
        }
        let message = format!(
            "Reading “{}” broke down twice. The original is safe in the archive; it is not tried again by itself. Please \
             look at it by hand, or try again after an update.",
            job.name
        );
        self.set_job_state(job.id, JobState::Quarantined, Some(("quarantined", &message)))?;
        self.add_problem(&NewProblem {
            file_name: job.name.clone(),
            path: None,
            file: Some(job.file.clone()),
            code: "quarantined".to_owned(),
            message,
        })?;
        Ok(true)
    }
}
