//! Jobs: what work is to be done on what, in which order, and its result. Ledger.
//!
//! A job is identified by its kind and its subject. A worker names the kinds it can do; it leaves others alone. A
//! claimed job is leased: each report of progress renews the lease, and when the lease runs out, the job is queued
//! again. Reading a file and understanding it are two kinds of jobs.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, Duration, Utc};
use domain::{FailureCode, FileId, JobId};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::row::{Columns, json, time, word};
use crate::{Noun, Read, Result, StoreError, What, Write};

/// How long a job stays with a worker that does not report: far longer than the slowest page takes.
pub const LEASE: Duration = Duration::minutes(10);

/// A kind of work. The word stays in the database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobKind(Cow<'static, str>);

impl JobKind {
    /// The bytes of a file to a reading; the subject is the file.
    pub const READ: Self = Self::new("read");
    /// The reading of a file to findings; the subject is the file.
    pub const UNDERSTAND: Self = Self::new("understand");
    /// A first look at a file to a whole reading, of a document that is there already; the subject is its file.
    pub const SECOND_READING: Self = Self::new("second_reading");
    /// Results of an older engine to those of the present one, of a document that is there already; the subject is its file.
    pub const RECOMPUTE: Self = Self::new("recompute");

    /// A kind of this name.
    pub const fn new(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does such a job better the results of a document that is there already?
    pub fn is_of_a_document(&self) -> bool {
        [Self::SECOND_READING, Self::RECOMPUTE].contains(self)
    }

    /// Is the subject of such a job a file?
    fn is_about_a_file(&self) -> bool {
        [Self::READ, Self::UNDERSTAND, Self::SECOND_READING, Self::RECOMPUTE].contains(self)
    }
}

impl fmt::Display for JobKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for its turn.
    Queued,
    /// Is being worked on.
    Running,
    /// Finished.
    Done,
    /// Ended with an error; tried again when a person asks or the file comes in again.
    Failed,
    /// Made the program crash twice; tried again only when a person asks.
    Quarantined,
}

/// Work to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob<'a> {
    /// Which kind of work.
    pub kind: JobKind,
    /// On what: such as the hash of a file.
    pub subject: &'a str,
    /// What else the worker needs; its form is the business of the kind.
    pub payload: serde_json::Value,
    /// Before those in the background.
    pub foreground: bool,
    /// Not before this time; none for at once.
    pub run_after: Option<DateTime<Utc>>,
}

/// One piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Which kind of work.
    pub kind: JobKind,
    /// On what.
    pub subject: String,
    /// The original, where the work is on one.
    pub file: Option<FileId>,
    /// What else the worker needs.
    pub payload: serde_json::Value,
    /// For people: the name of the original, else the subject.
    pub name: String,
    /// Where it stands.
    pub state: JobState,
    /// Before those in the background.
    pub foreground: bool,
    /// Not begun before; none for at once.
    pub run_after: Option<DateTime<Utc>>,
    /// How often it was begun since it was queued. With the id it tells one claim from the next.
    pub attempts: u32,
    /// Pages done.
    pub page: u32,
    /// Pages in all; 0 while unknown.
    pub pages: u32,
    /// How often its reader crashed while working on it.
    pub crashes: u32,
    /// After a failure: its stable word.
    pub code: Option<FailureCode>,
    /// After a failure: what happened.
    pub message: Option<String>,
    /// When its state last changed.
    pub at: DateTime<Utc>,
}

impl Job {
    /// The original that the work is on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for work on anything else.
    pub fn original(&self) -> Result<&FileId> {
        self.file.as_ref().ok_or_else(|| StoreError::not_found("original", &self.subject))
    }
}

/// How a job is tried again after a passing failure: each time after twice as long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackOff {
    /// Before the second attempt.
    pub first: Duration,
    /// Never longer.
    pub longest: Duration,
    /// After so many attempts it has failed.
    pub attempts: u32,
}

impl BackOff {
    /// While our own disk is full or fails: work is not given up for that.
    pub const OWN_DISK: Self = Self { first: Duration::seconds(5), longest: Duration::minutes(10), attempts: u32::MAX };
}

impl BackOff {
    /// How long to wait after so many attempts; none when it was the last one.
    pub fn after(&self, attempts: u32) -> Option<Duration> {
        if attempts >= self.attempts {
            return None;
        }
        let doubled = 1_i32.checked_shl(attempts.saturating_sub(1)).filter(|factor| *factor > 0);
        let wait = doubled.and_then(|factor| self.first.checked_mul(factor)).unwrap_or(self.longest);
        Some(wait.min(self.longest))
    }
}

/// How many jobs stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// Waiting.
    pub queued: u32,
    /// Being worked on.
    pub running: u32,
    /// Finished.
    pub done: u32,
    /// Ended with an error.
    pub failed: u32,
    /// In quarantine.
    pub quarantined: u32,
}

/// A change of a job's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobEvent {
    /// Which kind of work.
    pub kind: JobKind,
    /// Its new state.
    pub state: JobState,
    /// Why, if it failed.
    pub detail: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

fn job(row: &Row<'_>) -> Result<Job> {
    let c = Columns { table: "jobs", row };
    let kind = JobKind(Cow::Owned(c.get("kind")?));
    let subject: String = c.get("subject")?;
    let run_after: String = c.get("run_after")?;
    Ok(Job {
        id: c.parse("id")?,
        file: if kind.is_about_a_file() { Some(c.parse("subject")?) } else { None },
        payload: c.or(c.json("payload"), serde_json::Value::Null)?,
        name: c.get::<Option<String>>("name")?.unwrap_or_else(|| subject.clone()),
        kind,
        subject,
        state: c.word("state")?,
        foreground: c.get("foreground")?,
        run_after: if run_after.is_empty() { None } else { c.or(c.parse_opt("run_after"), None)? },
        attempts: c.get("attempts")?,
        page: c.get("page")?,
        pages: c.get("pages")?,
        crashes: c.get("crashes")?,
        code: c.word_opt("code")?,
        message: c.get("message")?,
        at: c.or(c.parse("at"), DateTime::UNIX_EPOCH)?,
    })
}

fn job_event(row: &Row<'_>) -> Result<JobEvent> {
    let c = Columns { table: "job_events", row };
    Ok(JobEvent {
        kind: JobKind(Cow::Owned(c.get("kind")?)),
        state: c.word("state")?,
        detail: c.get("detail")?,
        at: c.parse("at")?,
    })
}

/// Jobs with the name of their file.
macro_rules! select_jobs {
    ($rest:literal) => {
        concat!("SELECT jobs.*, files.name FROM jobs LEFT JOIN files ON files.id = jobs.subject ", $rest)
    };
}

impl Read<'_> {
    /// A job.
    ///
    /// # Errors
    /// [`UnknownWord`](crate::StoreError::UnknownWord) if its state or its file cannot be read; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn job(&self, id: JobId) -> Result<Option<Job>> {
        self.row(select_jobs!("WHERE jobs.id = ?1"), [id.to_string()], job)
    }

    /// The jobs on a file.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn jobs_of(&self, file: &FileId) -> Result<Vec<Job>> {
        self.rows(select_jobs!("WHERE jobs.subject = ?1 ORDER BY kind"), [file.as_str()], job)
    }

    /// All jobs that are not done, also those that failed, oldest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn jobs(&self) -> Result<Vec<Job>> {
        let sql =
            select_jobs!("WHERE jobs.state IN ('queued', 'running', 'failed', 'quarantined') ORDER BY at, jobs.id");
        self.rows(sql, [], job)
    }

    /// At most `limit` of the jobs that run or wait, those that run first, then the oldest. Without what is computed again
    /// and what is read a second time: that is told as numbers ([`Read::to_recompute`], [`Read::second_readings`]).
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn jobs_under_way(&self, limit: u32) -> Result<Vec<Job>> {
        let sql = select_jobs!(
            "WHERE jobs.state IN ('queued', 'running') AND kind NOT IN ('second_reading', 'recompute')
             ORDER BY jobs.state = 'queued', at, jobs.id LIMIT ?1"
        );
        self.rows(sql, [limit], job)
    }

    /// The jobs in one state, oldest first.
    pub(crate) fn jobs_in(&self, state: JobState) -> Result<Vec<Job>> {
        self.rows(select_jobs!("WHERE jobs.state = ?1 ORDER BY at, jobs.id"), [word(&state)?], job)
    }

    /// How many jobs are under way, without what is computed again and what is read a second time.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn count_under_way(&self) -> Result<u32> {
        let counts = self.job_counts()?;
        let behind = self.open_recomputes()? + self.second_readings()?;
        Ok((counts.queued + counts.running).saturating_sub(behind))
    }

    /// How many files wait for the second reader, or are read by it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn second_readings(&self) -> Result<u32> {
        self.value("SELECT count(*) FROM jobs WHERE kind = 'second_reading' AND state IN ('queued', 'running')", [])
    }

    /// Does something wait that came in one by one? What is computed again in the background gives way to it.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn foreground_waits(&self, now: DateTime<Utc>) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'queued' AND foreground AND run_after <= ?1)";
        self.value(sql, [time(now)])
    }

    /// How many jobs stand where.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn job_counts(&self) -> Result<JobCounts> {
        let count = |state| self.value("SELECT count(*) FROM jobs WHERE state = ?1", [word(&state)?]);
        Ok(JobCounts {
            queued: count(JobState::Queued)?,
            running: count(JobState::Running)?,
            done: count(JobState::Done)?,
            failed: count(JobState::Failed)?,
            quarantined: count(JobState::Quarantined)?,
        })
    }

    /// The next time at which a job of these kinds can begin that cannot begin now: it waits for its time, or its
    /// lease runs out. None if only a new job can bring work.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn next_job_at(&self, kinds: &[JobKind]) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT min(at) AS at FROM (
                       SELECT min(run_after) AS at FROM jobs
                       WHERE state = 'queued' AND run_after <> '' AND kind IN (SELECT value FROM json_each(?1))
                       UNION ALL
                       SELECT min(lease_until) FROM jobs
                       WHERE state = 'running' AND kind IN (SELECT value FROM json_each(?1)))";
        let at = self.row(sql, [json(&kinds)?], |row| {
            let c = Columns { table: "jobs", row };
            c.or(c.parse_opt("at"), None)
        })?;
        Ok(at.flatten())
    }

    /// Whether work on the backlog is paused.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn backlog_is_paused(&self) -> Result<bool> {
        self.value("SELECT EXISTS (SELECT 1 FROM backlog_pause)", [])
    }

    /// What happened to the jobs on a file, oldest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn job_events(&self, file: &FileId) -> Result<Vec<JobEvent>> {
        self.rows("SELECT * FROM job_events WHERE subject = ?1 ORDER BY number", [file.as_str()], job_event)
    }
}

impl Write<'_> {
    /// Queues work; what was done or failed before is done again.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if the id of the job that is queued again cannot be read; else
    /// [database errors](crate::StoreError#database-errors).
    pub fn enqueue(&self, new: &NewJob<'_>) -> Result<JobId> {
        let NewJob { kind, subject, payload, foreground, run_after } = new;
        let id: String = self.value(
            "INSERT INTO jobs (id, kind, subject, payload, state, foreground, run_after, at)
             VALUES (?1, ?2, ?3, ?4, 'queued', ?5, ?6, ?7)
             ON CONFLICT (kind, subject) DO UPDATE SET payload = ?4, foreground = ?5 RETURNING id",
            params![
                JobId::new(self.ids).to_string(),
                kind.as_str(),
                subject,
                json(payload)?,
                foreground,
                "",
                time(self.now)
            ],
        )?;
        let id = id.parse().map_err(|_| StoreError::not_found("job", &id))?;
        self.requeue(id)?;
        if let Some(at) = run_after {
            self.run_after(id, *at)?;
        }
        Ok(id)
    }

    /// Queues a step of work on a file.
    ///
    /// # Errors
    /// Those of [`enqueue`](Self::enqueue).
    pub fn enqueue_file(&self, file: &FileId, kind: JobKind, foreground: bool) -> Result<JobId> {
        let payload = serde_json::json!({});
        self.enqueue(&NewJob { kind, subject: file.as_str(), payload, foreground, run_after: None })
    }

    /// Claims the next job of these kinds. Order: foreground before background, what is read a second time or computed again
    /// last, a file that is read already before a new one, then the oldest. While the backlog is paused, no new file of the background is begun. Before that,
    /// jobs whose lease has run out are queued again.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn next_job(&self, kinds: &[JobKind]) -> Result<Option<Job>> {
        let (kinds, now) = (json(&kinds)?, time(self.now));
        let lost = select_jobs!("WHERE jobs.state = 'running' AND lease_until < ?1");
        for job in self.rows(lost, [&now], job)? {
            tracing::warn!(kind = %job.kind, subject = job.subject, "a worker is not heard of any more; its job comes back");
            self.put_back(job.id)?;
        }
        let sql =
            "SELECT jobs.*, files.name FROM jobs INDEXED BY jobs_to_begin LEFT JOIN files ON files.id = jobs.subject
                   WHERE jobs.state = 'queued' AND run_after <= ?2 AND kind IN (SELECT value FROM json_each(?1))
                     AND (foreground OR kind = 'understand' OR NOT EXISTS (SELECT 1 FROM backlog_pause))
                   ORDER BY foreground DESC, kind IN ('second_reading', 'recompute'), kind = 'understand' DESC, at, jobs.id";
        let Some(next) = self.first(sql, [&kinds, &now], job)? else { return Ok(None) };
        self.execute("UPDATE jobs SET attempts = attempts + 1 WHERE id = ?1", [next.id.to_string()])?;
        self.set_job_state(next.id, JobState::Running, None)?;
        self.renew_lease(next.id)?;
        self.job(next.id)
    }

    /// Records the progress of a job and renews its lease.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such job; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn progress(&self, id: JobId, page: u32, pages: u32) -> Result<()> {
        // Progress of all jobs is one event that the next one replaces: nobody has to catch up on it.
        self.touch(Noun::Job, "", What::Changed);
        let sql = "UPDATE jobs SET page = ?2, pages = ?3 WHERE id = ?1";
        self.change("job", id, sql, params![id.to_string(), page, pages])?;
        self.renew_lease(id)
    }

    /// Renews the lease of a job: its worker is alive.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn renew_lease(&self, id: JobId) -> Result<()> {
        let until = self.now.checked_add_signed(LEASE).unwrap_or(self.now);
        let sql = "UPDATE jobs SET lease_until = ?2 WHERE id = ?1 AND state = 'running'";
        self.execute(sql, params![id.to_string(), time(until)])?;
        Ok(())
    }

    /// Ends a claimed job with success.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where it is no longer the worker's.
    pub fn finish(&self, job: &Job) -> Result<()> {
        self.hold(job)?;
        self.set_job_state(job.id, JobState::Done, None)
    }

    /// Ends a job with an error: its stable code and a message.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such job; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn fail(&self, id: JobId, code: FailureCode, message: &str) -> Result<()> {
        self.set_job_state(id, JobState::Failed, Some((code, message)))
    }

    /// Queues a claimed job again after a passing failure, each time later. Returns `false` if that was the last
    /// attempt: then it has failed.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where it is no longer the worker's.
    pub fn try_later(&self, job: &Job, back_off: BackOff, code: FailureCode, message: &str) -> Result<bool> {
        self.hold(job)?;
        let Some(at) = back_off.after(job.attempts).and_then(|wait| self.now.checked_add_signed(wait)) else {
            self.fail(job.id, code, message)?;
            return Ok(false);
        };
        self.set_job_state(job.id, JobState::Queued, Some((code, message)))?;
        self.run_after(job.id, at)?;
        Ok(true)
    }

    /// Queues a job anew, and resets its attempts and crashes.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such job; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn requeue(&self, id: JobId) -> Result<()> {
        let sql = "UPDATE jobs SET crashes = 0, attempts = 0, run_after = '', page = 0, pages = 0 WHERE id = ?1";
        self.change("job", id, sql, [id.to_string()])?;
        self.set_job_state(id, JobState::Queued, None)
    }

    /// Queues a job again that was interrupted without a failure of its own.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such job; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn put_back(&self, id: JobId) -> Result<()> {
        self.set_job_state(id, JobState::Queued, None)
    }

    /// Moves the jobs on a file to the background, behind files that arrive one by one.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn to_background(&self, file: &FileId) -> Result<()> {
        self.execute("UPDATE jobs SET foreground = 0 WHERE subject = ?1", [file.as_str()])?;
        Ok(())
    }

    /// Moves a job to the foreground: somebody waits for it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn to_foreground(&self, id: JobId) -> Result<()> {
        self.execute("UPDATE jobs SET foreground = 1 WHERE id = ?1", [id.to_string()])?;
        self.touch(Noun::Job, "", What::Changed);
        Ok(())
    }

    /// Pauses work on the backlog, or resumes it. Jobs that run are finished.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn pause_backlog(&self, paused: bool) -> Result<()> {
        self.execute("DELETE FROM backlog_pause", [])?;
        if paused {
            self.execute("INSERT INTO backlog_pause (since) VALUES (?1)", [time(self.now)])?;
        }
        self.touch(Noun::Job, "", What::Changed);
        Ok(())
    }

    /// Clears times that cannot be read, so that no job waits forever.
    pub(crate) fn heal_jobs(&self) -> Result<()> {
        self.execute(
            "UPDATE jobs SET run_after = '' WHERE run_after <> '' AND run_after NOT GLOB '[0-9][0-9][0-9][0-9]-*Z'",
            [],
        )?;
        Ok(())
    }

    /// Lets work begin now that was put off after a passing failure.
    pub(crate) fn begin_put_off_jobs(&self) -> Result<()> {
        let put_off = "SELECT id FROM jobs WHERE state = 'queued' AND code IS NOT NULL AND run_after <> ''";
        for id in self.rows(put_off, [], |row| Columns { table: "jobs", row }.parse("id"))? {
            self.requeue(id)?;
        }
        Ok(())
    }

    /// The reader ended while it worked on a job.
    pub(crate) fn count_crash(&self, id: JobId) -> Result<()> {
        self.change("job", id, "UPDATE jobs SET crashes = crashes + 1 WHERE id = ?1", [id.to_string()])
    }

    /// Fails unless the job is still with the worker that claimed it: its lease may have run out, or a person may have
    /// cancelled it.
    fn hold(&self, job: &Job) -> Result<()> {
        let sql = "SELECT EXISTS (SELECT 1 FROM jobs WHERE id = ?1 AND state = 'running' AND attempts = ?2)";
        match self.value(sql, params![job.id.to_string(), job.attempts])? {
            true => Ok(()),
            false => Err(StoreError::LeaseLost { name: job.name.clone() }),
        }
    }

    fn run_after(&self, id: JobId, at: DateTime<Utc>) -> Result<()> {
        self.execute("UPDATE jobs SET run_after = ?2 WHERE id = ?1", params![id.to_string(), time(at)])?;
        Ok(())
    }

    pub(crate) fn set_job_state(&self, id: JobId, state: JobState, error: Option<(FailureCode, &str)>) -> Result<()> {
        let (code, message) = error.map(|(code, message)| (code.as_str(), message)).unzip();
        let (state, at) = (word(&state)?, time(self.now));
        let sql = "UPDATE jobs SET state = ?2, code = ?3, message = ?4, at = ?5, lease_until = NULL WHERE id = ?1";
        self.change("job", id, sql, params![id.to_string(), state, code, message, at])?;
        self.execute(
            "INSERT INTO job_events (subject, kind, state, detail, at) SELECT subject, kind, ?2, ?3, ?4 FROM jobs WHERE id = ?1",
            params![id.to_string(), state, message, at],
        )?;
        let subject: String = self.value("SELECT subject FROM jobs WHERE id = ?1", [id.to_string()])?;
        self.touch(Noun::Job, subject, What::Changed);
        Ok(())
    }
}
