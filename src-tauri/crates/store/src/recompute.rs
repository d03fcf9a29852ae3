//! Recomputation: results of older engines that are to be computed again. Ledger.
//!
//! For each pair of versions the results are scanned once, from the newest to the oldest, and documents with older
//! ones are queued, some at a time. The table `recompute` holds the position of the scan. Whatever became of a
//! document, it is not tried again for the same versions.

use domain::FileId;
use rusqlite::{Row, params};

use crate::row::{Columns, json};
use crate::{Job, JobKind, Noun, Read, Result, What, Write};

/// Versions of engines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EngineVersions {
    /// Versions of readers.
    pub readers: Vec<String>,
    /// Versions of understanders.
    pub understanders: Vec<String>,
}

/// The position of the scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecomputeProgress {
    /// The versions it is for.
    pub target: String,
    /// The next portion is among the findings below this number; 0 when all were looked through.
    pub before: i64,
    /// Documents below it that are still to be queued, when they were counted last.
    pub remaining: u32,
}

impl RecomputeProgress {
    /// Were all results looked through?
    pub fn is_done(&self) -> bool {
        self.before == 0
    }
}

/// Documents with older results, to be queued together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecomputePortion {
    /// Their originals, newest first.
    pub files: Vec<FileId>,
    /// The position once they are queued.
    pub progress: RecomputeProgress,
}

fn version(row: &Row<'_>) -> Result<String> {
    Ok(row.get(0)?)
}

fn progress(row: &Row<'_>) -> Result<RecomputeProgress> {
    Ok(RecomputeProgress { target: row.get("target")?, before: row.get("before")?, remaining: row.get("remaining")? })
}

fn numbered(row: &Row<'_>) -> Result<(i64, FileId)> {
    let c = Columns { table: "findings", row };
    Ok((c.get("number")?, c.parse("file")?))
}

/// Findings below the number ?1 that are of one of the versions ?2, or of a reading of one of the versions ?3, and of a
/// document that is not in the trash.
macro_rules! outdated {
    ($what:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM findings AS f LEFT JOIN readings AS r ON r.file = f.file
             WHERE f.number < ?1
               AND (f.engine_version IN (SELECT value FROM json_each(?2))
                    OR r.engine_version IN (SELECT value FROM json_each(?3)))
               AND EXISTS (SELECT 1 FROM documents AS d WHERE d.file = f.file AND d.trashed_at IS NULL)",
            $rest
        )
    };
}

impl Read<'_> {
    /// All versions of which there are results, each found by one step in an index.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn engine_versions(&self) -> Result<EngineVersions> {
        let versions = |table: &str| {
            let sql = format!(
                "WITH RECURSIVE found (version) AS (
                     SELECT min(engine_version) FROM {table}
                     UNION ALL
                     SELECT (SELECT min(engine_version) FROM {table} WHERE engine_version > version)
                     FROM found WHERE version IS NOT NULL
                 )
                 SELECT version FROM found WHERE version IS NOT NULL"
            );
            self.rows(&sql, [], version)
        };
        Ok(EngineVersions { readers: versions("readings")?, understanders: versions("findings")? })
    }

    /// The version of the engine that understood a file.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn findings_version(&self, file: &FileId) -> Result<Option<String>> {
        self.row("SELECT engine_version FROM findings WHERE file = ?1", [file.as_str()], version)
    }

    /// The last position of the scan; none before the first one.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn recompute_progress(&self) -> Result<Option<RecomputeProgress>> {
        self.row("SELECT * FROM recompute", [], progress)
    }

    /// The next documents whose results are of one of the `older` versions, at most `limit`: from `begun` on, or from the
    /// newest one on.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn recompute_portion(
        &self,
        target: &str,
        older: &EngineVersions,
        begun: Option<&RecomputeProgress>,
        limit: u32,
    ) -> Result<RecomputePortion> {
        let before = begun.map_or(i64::MAX, |progress| progress.before);
        let (understanders, readers) = (json(&older.understanders)?, json(&older.readers)?);
        let sql = outdated!("f.number, f.file", " ORDER BY f.number DESC LIMIT ?4");
        let found = self.rows(sql, params![before, understanders, readers, limit], numbered)?;
        let last = found.last().map_or(0, |(number, _)| *number);
        let remaining = self.value(outdated!("count(*)", ""), params![last, understanders, readers])?;
        // After the last one, there is nothing left to look through.
        let before = if remaining == 0 { 0 } else { last };
        let progress = RecomputeProgress { target: target.to_owned(), before, remaining };
        Ok(RecomputePortion { files: found.into_iter().map(|(_, file)| file).collect(), progress })
    }

    /// How many documents are to be computed again: those that are queued, and those that will be.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn to_recompute(&self) -> Result<u32> {
        let remaining = self.recompute_progress()?.map_or(0, |progress| progress.remaining);
        Ok(remaining + self.open_recomputes()?)
    }

    /// Jobs of this kind that wait or run.
    pub(crate) fn open_recomputes(&self) -> Result<u32> {
        self.value("SELECT count(*) FROM jobs WHERE kind = 'recompute' AND state IN ('queued', 'running')", [])
    }
}

impl Write<'_> {
    /// Queues documents behind all other work, and stores the position. Nothing happens if the documents queued before
    /// still wait, or another thread has moved the position since `begun`.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn queue_recomputes(&self, begun: Option<&RecomputeProgress>, portion: &RecomputePortion) -> Result<()> {
        let waits = "SELECT EXISTS (SELECT 1 FROM jobs WHERE kind = 'recompute' AND state = 'queued')";
        if self.value(waits, [])? || self.recompute_progress()?.as_ref() != begun {
            return Ok(());
        }
        for file in &portion.files {
            self.enqueue_file(file, JobKind::RECOMPUTE, false)?;
        }
        let RecomputeProgress { target, before, remaining } = &portion.progress;
        self.execute(
            "INSERT INTO recompute (only, target, before, remaining) VALUES (1, ?1, ?2, ?3)
             ON CONFLICT (only) DO UPDATE SET target = ?1, before = ?2, remaining = ?3",
            params![target, before, remaining],
        )?;
        self.touch(Noun::Job, "", What::Changed);
        Ok(())
    }

    /// Removes a claimed job that ended with success, so that finished jobs of a frequent kind do not pile up.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`](crate::StoreError::LeaseLost) where it is no longer the worker's.
    pub fn finish_and_forget(&self, job: &Job) -> Result<()> {
        self.finish(job)?;
        self.execute("DELETE FROM jobs WHERE id = ?1", [job.id.to_string()])?;
        self.execute(
            "DELETE FROM job_events WHERE subject = ?1 AND kind = ?2",
            params![job.subject, job.kind.as_str()],
        )?;
        Ok(())
    }
}
