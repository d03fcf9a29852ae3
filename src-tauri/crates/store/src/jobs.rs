//! Work on files, one job for each file and step. Ledger.

use chrono::{DateTime, Utc};
use domain::{FileId, JobId};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::row::{Columns, time, word};
use crate::{Ledger, Read, Result, StoreError, Write};

/// A step of work on a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Bytes to a reading.
    Read,
    /// A reading to findings.
    Understand,
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

/// One step of work on a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The original.
    pub file: FileId,
    /// Name of the original.
    pub name: String,
    /// Which step.
    pub step: Step,
    /// Where it stands.
    pub state: JobState,
    /// Comes before those in the background.
    pub foreground: bool,
    /// Pages done.
    pub page: u32,
    /// Pages in all; 0 while unknown.
    pub pages: u32,
    /// Times it ended with the program.
    pub crashes: u32,
    /// After a failure: its stable word.
    pub code: Option<String>,
    /// After a failure: what happened.
    pub message: Option<String>,
    /// When its state last changed.
    pub at: DateTime<Utc>,
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
    /// Which step.
    pub step: Step,
    /// Its new state.
    pub state: JobState,
    /// Why, if it failed.
    pub detail: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

fn job(row: &Row<'_>) -> Result<Job> {
    let c = Columns { table: "jobs", row };
    Ok(Job {
        id: c.parse("id")?,
        file: c.parse("file")?,
        name: c.get("name")?,
        step: c.word("step")?,
        state: c.word("state")?,
        foreground: c.get("foreground")?,
        page: c.get("page")?,
        pages: c.get("pages")?,
        crashes: c.get("crashes")?,
        code: c.get("code")?,
        message: c.get("message")?,
        at: c.parse("at")?,
    })
}

fn job_event(row: &Row<'_>) -> Result<JobEvent> {
    let c = Columns { table: "job_events", row };
    Ok(JobEvent { step: c.word("step")?, state: c.word("state")?, detail: c.get("detail")?, at: c.parse("at")? })
}

/// Jobs with the name of their file.
macro_rules! select_jobs {
    ($rest:literal) => {
        concat!("SELECT jobs.*, files.name FROM jobs JOIN files ON files.id = jobs.file ", $rest)
    };
}

impl Read<'_> {
    /// A job.
    pub fn job(&self, id: JobId) -> Result<Option<Job>> {
        self.row(select_jobs!("WHERE jobs.id = ?1"), [id.to_string()], job)
    }

    /// The jobs of a file.
    pub fn jobs_of(&self, file: &FileId) -> Result<Vec<Job>> {
        self.rows(select_jobs!("WHERE jobs.file = ?1 ORDER BY step"), [file.as_str()], job)
    }

    /// All jobs that are not done, also those that failed, oldest first.
    pub fn jobs(&self) -> Result<Vec<Job>> {
        let sql =
            select_jobs!("WHERE jobs.state IN ('queued', 'running', 'failed', 'quarantined') ORDER BY at, jobs.id");
        self.rows(sql, [], job)
    }

    /// The jobs in one state, oldest first.
    pub(crate) fn jobs_in(&self, state: JobState) -> Result<Vec<Job>> {
        self.rows(select_jobs!("WHERE jobs.state = ?1 ORDER BY at, jobs.id"), [word(&state)?], job)
    }

    /// How many jobs stand where.
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

    /// Is the backlog held up?
    pub fn backlog_is_paused(&self) -> Result<bool> {
        self.value("SELECT EXISTS (SELECT 1 FROM backlog_pause)", [])
    }

    /// What happened to the jobs of a file, oldest first.
    pub fn job_events(&self, file: &FileId) -> Result<Vec<JobEvent>> {
        self.rows("SELECT * FROM job_events WHERE file = ?1 ORDER BY number", [file.as_str()], job_event)
    }
}

impl Write<'_> {
    /// Queues a step of work on a file; if it was done or failed before, it is done again.
    pub fn enqueue(&self, file: &FileId, step: Step, foreground: bool) -> Result<JobId> {
        let known = self.jobs_of(file)?.into_iter().find(|job| job.step == step);
        let id = match known {
            Some(job) => job.id,
            None => {
                let id = JobId::new(self.ids);
                self.execute(
                    "INSERT INTO jobs (id, file, step, state, foreground, at) VALUES (?1, ?2, ?3, 'queued', ?4, ?5)",
                    params![id.to_string(), file.as_str(), word(&step)?, foreground, time(self.now)],
                )?;
                id
            }
        };
        self.execute("UPDATE jobs SET foreground = ?2 WHERE id = ?1", params![id.to_string(), foreground])?;
        self.requeue(id)?;
        Ok(id)
    }

    /// Claims the next job: those in the foreground first, what was begun before what is new, the oldest first. While the
    /// backlog is paused, nothing new of the background.
    pub fn next_job(&self) -> Result<Option<Job>> {
        let sql = select_jobs!(
            "WHERE jobs.state = 'queued' AND (foreground OR step = 'understand' OR NOT EXISTS (SELECT 1 FROM backlog_pause))
             ORDER BY foreground DESC, step = 'understand' DESC, at, jobs.id LIMIT 1"
        );
        let Some(next) = self.row(sql, [], job)? else { return Ok(None) };
        self.set_job_state(next.id, JobState::Running, None)?;
        self.job(next.id)
    }

    /// Says how far a job is.
    pub fn progress(&self, id: JobId, page: u32, pages: u32) -> Result<()> {
        self.touch(Ledger::Jobs);
        let sql = "UPDATE jobs SET page = ?2, pages = ?3 WHERE id = ?1";
        self.change("job", id, sql, params![id.to_string(), page, pages])
    }

    /// A job ended well.
    pub fn finish(&self, id: JobId) -> Result<()> {
        self.set_job_state(id, JobState::Done, None)
    }

    /// A job ended with an error: its stable word and what happened.
    pub fn fail(&self, id: JobId, code: &str, message: &str) -> Result<()> {
        self.set_job_state(id, JobState::Failed, Some((code, message)))
    }

    /// Begins a job afresh, with its crashes forgotten.
    pub fn requeue(&self, id: JobId) -> Result<()> {
        let sql = "UPDATE jobs SET crashes = 0, page = 0, pages = 0 WHERE id = ?1";
        self.change("job", id, sql, [id.to_string()])?;
        self.set_job_state(id, JobState::Queued, None)
    }

    /// A job was interrupted through no fault of its own: it waits again.
    pub fn put_back(&self, id: JobId) -> Result<()> {
        self.set_job_state(id, JobState::Queued, None)
    }

    /// Work on a file waits until the files that came in one by one are read.
    pub fn to_background(&self, file: &FileId) -> Result<()> {
        self.execute("UPDATE jobs SET foreground = 0 WHERE file = ?1", [file.as_str()])?;
        Ok(())
    }

    /// Holds the backlog up, or lets it go on. What is being worked on is finished.
    pub fn pause_backlog(&self, paused: bool) -> Result<()> {
        self.execute("DELETE FROM backlog_pause", [])?;
        if paused {
            self.execute("INSERT INTO backlog_pause (since) VALUES (?1)", [time(self.now)])?;
        }
        self.touch(Ledger::Jobs);
        Ok(())
    }

    /// A job was running when the program ended.
    pub(crate) fn count_crash(&self, id: JobId) -> Result<()> {
        self.change("job", id, "UPDATE jobs SET crashes = crashes + 1 WHERE id = ?1", [id.to_string()])
    }

    pub(crate) fn set_job_state(&self, id: JobId, state: JobState, error: Option<(&str, &str)>) -> Result<()> {
        let Some(job) = self.job(id)? else { return Err(StoreError::not_found("job", id)) };
        let (code, message) = error.unzip();
        let (state, at) = (word(&state)?, time(self.now));
        self.execute(
            "UPDATE jobs SET state = ?2, code = ?3, message = ?4, at = ?5 WHERE id = ?1",
            params![id.to_string(), state, code, message, at],
        )?;
        self.execute(
            "INSERT INTO job_events (file, step, state, detail, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![job.file.as_str(), word(&job.step)?, state, message, at],
        )?;
        self.touch(Ledger::Jobs);
        Ok(())
    }
}
