//! Taking a file in: first it is stored durably in the archive, then it gets a row and a job.

use std::panic::resume_unwind;

use disk::crash_point;
use domain::{Arrival, By, FileId, Outcome, Reading, SourceId};

use crate::store::Behalf;
use crate::{JobKind, JobState, Op, Result, Store, StoreError, Write, Written, engine};

/// So many files are copied at the same time: while one waits for the disk, others are copied, and the disk writes
/// them together.
const AT_ONCE: usize = 8;

impl Store {
    /// Takes a file in exactly once, however often this is interrupted and repeated. Bytes that are stored already are
    /// recorded as another arrival, and failed work on them is queued again.
    ///
    /// # Errors
    /// What the file system says of the archive ([`DiskFull`](StoreError::DiskFull),
    /// [`ReadOnly`](StoreError::ReadOnly), [`Io`](StoreError::Io); also if the file changes while it is copied), and
    /// those of [`write`](Self::write). Then the file is not taken in; what the archive holds of it already is used
    /// when it comes again.
    pub fn ingest(&self, arrival: &Arrival, mime: &str) -> Result<Outcome> {
        self.ingest_with(arrival, mime, None, None)
    }

    /// Like [`ingest`](Self::ingest), for a member of an archive or a mail, which itself stays as it came. `read` is
    /// the reading made together with the container and the version that made it: then the member is not read again.
    ///
    /// # Errors
    /// Those of [`ingest`](Self::ingest).
    pub fn ingest_member(
        &self,
        arrival: &Arrival,
        mime: &str,
        container: &FileId,
        read: Option<(&Reading, &str)>,
    ) -> Result<Outcome> {
        self.ingest_with(arrival, mime, Some(container), read)
    }

    /// Takes many files in at once, as work in the background: they are synced to the disk together. Returns an
    /// outcome for each, in their order.
    ///
    /// # Errors
    /// Those of [`ingest`](Self::ingest). Then none of them is queued; files that are in the archive already are used
    /// when they come again.
    pub fn ingest_backlog(&self, arrivals: &[(Arrival, &str)]) -> Result<Vec<Outcome>> {
        let shared = engine::store_lock(self.profile())?;
        shared.lock_shared().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        let archive = &self.archive;
        let put = |arrivals: &[(Arrival, &str)]| -> Result<Vec<FileId>> {
            arrivals.iter().map(|(arrival, _)| archive.put(&arrival.content)).collect()
        };
        let files = std::thread::scope(|scope| {
            let portions = arrivals.chunks(arrivals.len().div_ceil(AT_ONCE).max(1));
            let threads: Vec<_> = portions.map(|portion| scope.spawn(move || put(portion))).collect();
            let put = threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
            put.collect::<Result<Vec<_>>>()
        })?;
        crash_point!("ingest.stored");
        let noted = self.write(By::Program, Op::Ingest, |w| {
            let together = arrivals.iter().zip(files.into_iter().flatten());
            let note = |((arrival, mime), file): (&(Arrival, &str), FileId)| {
                let outcome = w.note_arrival(&file, arrival, mime, None, None)?;
                if let Outcome::Taken(file) = &outcome {
                    w.to_background(file)?;
                }
                Ok(outcome)
            };
            together.map(note).collect::<Result<Vec<_>>>()
        })?;
        crash_point!("ingest.done");
        Ok(noted.value)
    }

    /// A write that refers to new files. They are stored durably in the archive before it begins; the closure records
    /// each with [`Write::note_arranged`].
    ///
    /// # Errors
    /// Those of [`write`](Self::write), and what the file system says of the archive.
    pub fn write_with_files<T>(
        &self,
        by: By,
        op: Op,
        files: &[&[u8]],
        write: impl FnOnce(&Write<'_>, &[FileId]) -> Result<T>,
    ) -> Result<Written<T>> {
        self.write_with_files_in(Behalf { by, run: None }, op, files, write)
    }

    pub(crate) fn write_with_files_in<T>(
        &self,
        behalf: Behalf,
        op: Op,
        files: &[&[u8]],
        write: impl FnOnce(&Write<'_>, &[FileId]) -> Result<T>,
    ) -> Result<Written<T>> {
        let shared = engine::store_lock(self.profile())?;
        shared.lock_shared().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        let ids = files.iter().map(|bytes| self.archive.put_bytes(bytes)).collect::<Result<Vec<_>>>()?;
        self.write_in(behalf, op, |w| write(w, &ids))
    }

    fn ingest_with(
        &self,
        arrival: &Arrival,
        mime: &str,
        container: Option<&FileId>,
        read: Option<(&Reading, &str)>,
    ) -> Result<Outcome> {
        let shared = engine::store_lock(self.profile())?;
        shared.lock_shared().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        let file = self.archive.put(&arrival.content)?;
        crash_point!("ingest.stored");
        let noted = self.write(By::Program, Op::Ingest, |w| w.note_arrival(&file, arrival, mime, container, read))?;
        crash_point!("ingest.done");
        Ok(noted.value)
    }
}

impl Write<'_> {
    /// Records a PDF that was made of pages of `containers`, with its reading. No work is queued for it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn note_arranged(
        &self,
        file: &FileId,
        arrival: &Arrival,
        containers: &[FileId],
        read: (&Reading, &str),
    ) -> Result<()> {
        if self.file(file)?.is_none() {
            self.insert_file(file, arrival, "application/pdf")?;
            for container in containers {
                let sql =
                    "INSERT OR IGNORE INTO blackouts (file, names) SELECT ?1, names FROM blackouts WHERE file = ?2";
                self.execute(sql, [file.as_str(), container.as_str()])?;
            }
            self.save_reading(file, read.0, read.1)?;
        }
        for container in containers {
            if !self.has_arrived(file, arrival, Some(container))? {
                self.insert_arrival(file, arrival, Some(container))?;
            }
        }
        Ok(())
    }

    pub(crate) fn note_arrival(
        &self,
        file: &FileId,
        arrival: &Arrival,
        mime: &str,
        container: Option<&FileId>,
        read: Option<(&Reading, &str)>,
    ) -> Result<Outcome> {
        let foreground = match arrival.source {
            SourceId::Inbox | SourceId::Drop => true,
            // One letter that was just scanned must not wait for thousands of imported ones.
            SourceId::Import | SourceId::Recovered | SourceId::Arranged | SourceId::Paperless => false,
        };
        if self.file(file)?.is_none() {
            self.insert_file(file, arrival, mime)?;
            crash_point!("ingest.file_noted");
            self.insert_arrival(file, arrival, container)?;
            crash_point!("ingest.arrival_noted");
            if let Some((reading, engine_version)) = read {
                self.save_reading(file, reading, engine_version)?;
            }
            let kind = if read.is_some() { JobKind::UNDERSTAND } else { JobKind::READ };
            self.enqueue_file(file, kind, foreground)?;
            crash_point!("ingest.queued");
            return Ok(Outcome::Taken(file.clone()));
        }
        // The same file from the same place, unchanged, is no new arrival: it could not be removed there last time.
        let is_new = !self.has_arrived(file, arrival, container)?;
        if is_new {
            self.name_recovered(file, &arrival.name)?;
            self.insert_arrival(file, arrival, container)?;
        }
        // A person who takes it in once more wants it read.
        let by_hand = container.is_none() && matches!(arrival.source, SourceId::Import | SourceId::Drop);
        if is_new || by_hand {
            for job in self.jobs_of(file)? {
                let is_put_off = job.state == JobState::Queued && job.code.is_some();
                if matches!(job.state, JobState::Failed | JobState::Quarantined) || is_put_off {
                    self.enqueue_file(file, job.kind, foreground)?;
                }
            }
        }
        Ok(Outcome::Duplicate(file.clone()))
    }
}
