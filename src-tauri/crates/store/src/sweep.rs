//! Repair at start: what an interruption left behind.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use disk::crash_point;
use domain::{Arrival, By, FailureCode, FileId, SourceId};

use crate::{Job, JobKind, JobState, NewProblem, Op, Result, RoleLock, Store, StoreError, Write, engine};

/// After so many crashes a job is quarantined.
const QUARANTINE_AFTER: u32 = 2;

/// What was repaired.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Half-written files that were removed.
    pub temp_files: usize,
    /// Originals without a row: their import was interrupted.
    pub adopted: Vec<FileId>,
    /// Files whose work was interrupted and is begun again.
    pub requeued: Vec<FileId>,
    /// Files in the archive without a row whose content does not match their name, or that cannot be read; left where
    /// they are.
    pub damaged: Vec<PathBuf>,
}

impl Store {
    /// Repairs what an interruption left behind. Call it once, before the engine starts.
    ///
    /// # Errors
    /// [`Io`](StoreError::Io) if the archive cannot be locked or listed, and those of [`write`](Store::write). A
    /// single original that cannot be read is no error: it is in [`Swept::damaged`].
    pub fn sweep_up(&self, _engine: &RoleLock) -> Result<Swept> {
        let mut swept = Swept::default();
        self.sweep_archive(&mut swept)?;
        self.write(By::Program, Op::Ledger, |w| {
            w.heal_schedule()?;
            w.heal_jobs()?;
            // That the program ended says nothing about a file: it was killed, or the power went. A file that ends its
            // reader does so in a child, and is counted there.
            for job in w.jobs_in(JobState::Running)? {
                w.put_back(job.id)?;
                swept.requeued.extend(job.file);
            }
            // The disk for which it waited may be well again.
            w.begin_put_off_jobs()
        })?;
        crash_point!("sweep.done");
        Ok(swept)
    }

    fn sweep_archive(&self, swept: &mut Swept) -> Result<()> {
        let alone = engine::store_lock(self.profile())?;
        alone.lock().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        // What was deleted for good must not be taken for a letter whose import was interrupted.
        self.finish_erasing_alone()?;
        let listing = self.archive.list()?;
        // A folder that cannot be read does not keep the other files from being used.
        swept.damaged = listing.unreadable;
        for path in listing.temporary {
            match self.archive.disk.unlink(&path) {
                Ok(()) => {
                    swept.temp_files += 1;
                    crash_point!("sweep.half_file_removed");
                }
                Err(error) => tracing::warn!(path = %path.display(), %error, "a temporary file cannot be removed"),
            }
        }
        let known: HashSet<PathBuf> =
            self.read(|r| Ok(r.files()?.iter().map(|file| self.archive.path(&file.id)).collect()))?;
        for path in listing.originals.into_iter().filter(|path| !known.contains(path)) {
            match self.unlisted(&path) {
                Some((file, bytes)) => {
                    self.adopt(&file, bytes)?;
                    swept.adopted.push(file);
                    crash_point!("sweep.adopted");
                }
                None => swept.damaged.push(path),
            }
        }
        crash_point!("sweep.archive_done");
        Ok(())
    }

    /// The id and the bytes of an original without a row, if it is what its name says.
    fn unlisted(&self, path: &Path) -> Option<(FileId, Vec<u8>)> {
        let mut bytes = Vec::new();
        match self.archive.read_stored(path, &mut bytes) {
            Ok((file, _)) => self.archive.is_named(path, &file).then_some((file, bytes)),
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "a file of the archive cannot be read");
                None
            }
        }
    }

    fn adopt(&self, file: &FileId, bytes: Vec<u8>) -> Result<()> {
        let (start, _) = file.as_str().split_at(8);
        let arrival = Arrival {
            source: SourceId::Recovered,
            name: format!("recovered-{start}"),
            path: None,
            modified: None,
            content: bytes.into(),
            at: self.clock.now(),
        };
        // Its type is found when it is read.
        self.write(By::Program, Op::Ingest, |w| {
            w.note_arrival(file, &arrival, "application/octet-stream", None, None)
        })?;
        Ok(())
    }
}

impl Write<'_> {
    /// Handles a job whose reader crashed: it is queued again; after the second crash it is quarantined and a problem
    /// is shown (`true`). Only what ends the reading child counts: not the end of this program, whatever it worked on.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such job; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn after_crash(&self, job: &Job) -> Result<bool> {
        self.count_crash(job.id)?;
        if job.crashes + 1 < QUARANTINE_AFTER {
            self.set_job_state(job.id, JobState::Queued, None)?;
            return Ok(false);
        }
        let message = match &job.file {
            Some(_) if job.kind == JobKind::RECOMPUTE => format!(
                "Reading “{}” again with the new version broke down twice. What was read before stays, and it is not tried \
                 again by itself. Please try again after an update.",
                job.name
            ),
            Some(_) if job.kind == JobKind::SECOND_READING => format!(
                "The second reader broke down twice on “{}”. What the first one read stays; compare it with the picture.",
                job.name
            ),
            Some(_) => format!(
                "Reading “{}” broke down twice. It stays in the archive as it is, and is not tried again by itself. Please \
                 look at it by hand, or try again after an update.",
                job.name
            ),
            None => format!(
                "The work “{}” on “{}” broke down twice. It is not tried again by itself. Please try again after an update.",
                job.kind, job.name
            ),
        };
        self.set_job_state(job.id, JobState::Quarantined, Some((FailureCode::Quarantined, &message)))?;
        self.add_problem(&NewProblem {
            file_name: job.name.clone(),
            path: None,
            file: job.file.clone(),
            code: FailureCode::Quarantined,
            message,
        })?;
        Ok(true)
    }
}
