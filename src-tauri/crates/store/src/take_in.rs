//! A file comes in: first it is durable in the archive, then it has a row and a job.

use domain::{Arrival, ArrivalId, FileId, Outcome, Reading, SourceId};

use crate::{JobState, Op, Result, Step, Store, StoreError, Write, Written, archive, engine};

impl Store {
    /// Takes a file in exactly once, however often this is interrupted and repeated: bytes that are here already are
    /// only noted as another arrival (and work on them that failed is queued again).
    pub fn take_in(&self, arrival: &Arrival, mime: &str) -> Result<Outcome> {
        self.take_in_with(arrival, mime, None, None)
    }

    /// The same for a file that came in another one, an archive or a mail, which stays in the archive as it came. `read`
    /// is what was read of it together with the container, and by which version: then it is not read again.
    pub fn take_in_member(
        &self,
        arrival: &Arrival,
        mime: &str,
        container: &FileId,
        read: Option<(&Reading, &str)>,
    ) -> Result<Outcome> {
        self.take_in_with(arrival, mime, Some(container), read)
    }

    /// A write that refers to new files: they are durable in the archive before it begins. It notes each of them with
    /// [`Write::note_arranged`].
    pub fn write_with_files<T>(
        &self,
        op: Op,
        files: &[&[u8]],
        write: impl FnOnce(&Write<'_>, &[FileId]) -> Result<T>,
    ) -> Result<Written<T>> {
        let shared = engine::store_lock(self.profile())?;
        shared.lock_shared().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        let ids: Vec<_> = files.iter().map(|bytes| archive::file_id(bytes)).collect();
        for (id, bytes) in ids.iter().zip(files) {
            self.archive.put(id, bytes, ArrivalId::new(self.ids.as_ref()))?;
        }
        self.write(op, |w| write(w, &ids))
    }

    fn take_in_with(
        &self,
        arrival: &Arrival,
        mime: &str,
        container: Option<&FileId>,
        read: Option<(&Reading, &str)>,
    ) -> Result<Outcome> {
        let shared = engine::store_lock(self.profile())?;
        shared.lock_shared().map_err(|e| StoreError::io("locked", self.profile(), e))?;
        let file = archive::file_id(&arrival.bytes);
        self.archive.put(&file, &arrival.bytes, ArrivalId::new(self.ids.as_ref()))?;
        let noted = self.write(Op::TakeIn, |w| w.note_arrival(&file, arrival, mime, container, read))?;
        Ok(noted.value)
    }
}

impl Write<'_> {
    /// Notes a PDF that was made of the pages of `containers`, with what is known of them. Nothing is left to do on it.
    pub fn note_arranged(
        &self,
        file: &FileId,
        arrival: &Arrival,
        containers: &[FileId],
        read: (&Reading, &str),
    ) -> Result<()> {
        if self.file(file)?.is_none() {
            self.insert_file(file, arrival, "application/pdf")?;
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
            // Thousands of these must not keep the one letter waiting that was scanned just now.
            SourceId::Import | SourceId::Recovered | SourceId::Arranged => false,
        };
        if self.file(file)?.is_none() {
            self.insert_file(file, arrival, mime)?;
            self.insert_arrival(file, arrival, container)?;
            if let Some((reading, engine_version)) = read {
                self.save_reading(file, reading, engine_version)?;
            }
            self.enqueue(file, if read.is_some() { Step::Understand } else { Step::Read }, foreground)?;
            return Ok(Outcome::Taken(file.clone()));
        }
        // The same file from the same place, unchanged: the last time, it could not be removed from there.
        if !self.has_arrived(file, arrival, container)? {
            self.name_recovered(file, &arrival.name)?;
            self.insert_arrival(file, arrival, container)?;
            for job in self.jobs_of(file)? {
                if job.state == JobState::Failed {
                    self.enqueue(file, job.step, foreground)?;
                }
            }
        }
        Ok(Outcome::Duplicate(file.clone()))
    }
}
