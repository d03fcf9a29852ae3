//! The work on files: hold it up, let it go on, call it off, try it again.

use domain::{JobId, ProblemId};
use serde::Deserialize;
use store::{Job, JobState, NewProblem, Op, Write};
use ts_rs::TS;

use crate::{App, Failure};

use super::OneProblem;

/// The code of a job that a person called off.
const CANCELLED: &str = "cancelled";

/// Which work to call off.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Cancel {
    /// One job; without it, everything that waits in the background.
    #[serde(default)]
    pub id: Option<JobId>,
}

pub(super) fn pause(app: &App, _: ()) -> Result<(), Failure> {
    app.store.write(Op::Ledger, |w| w.pause_backlog(true))?;
    Ok(())
}

pub(super) fn resume(app: &App, _: ()) -> Result<(), Failure> {
    app.store.write(Op::Ledger, |w| w.pause_backlog(false))?;
    Ok(())
}

/// Calls work off. The originals stay in the archive, and one problem says how to go on with them.
pub(super) fn cancel(app: &App, what: Cancel) -> Result<u32, Failure> {
    let open = |job: &Job| matches!(job.state, JobState::Queued | JobState::Running);
    let wanted = |job: &Job| what.id.map_or(!job.foreground, |id| id == job.id);
    let written = app.store.write(Op::Ledger, |w| {
        let jobs: Vec<Job> = w.jobs()?.into_iter().filter(|job| open(job) && wanted(job)).collect();
        for job in &jobs {
            w.fail(job.id, CANCELLED, "Called off.")?;
        }
        if let Some(problem) = called_off(&jobs) {
            w.add_problem(&problem)?;
        }
        Ok(jobs.len() as u32)
    })?;
    Ok(written.value)
}

fn called_off(jobs: &[Job]) -> Option<NewProblem> {
    let way_out = "Everything is kept; try again to go on.";
    let (file_name, file, message) = match jobs {
        [] => return None,
        [job] => (job.name.clone(), Some(job.file.clone()), format!("“{}” was called off. {way_out}", job.name)),
        jobs => (format!("{} files", jobs.len()), None, format!("{} files were called off. {way_out}", jobs.len())),
    };
    Some(NewProblem { file_name, path: None, file, code: CANCELLED.to_owned(), message })
}

/// Begins again what a problem is about: work that failed, was called off or is in quarantine.
pub(super) fn retry(app: &App, one: OneProblem) -> Result<u32, Failure> {
    retry_problem(app, one.id)
}

pub(crate) fn retry_problem(app: &App, id: ProblemId) -> Result<u32, Failure> {
    let written = app.store.write(Op::Ledger, |w| retry_in(w, id))?;
    match written.value {
        Some(begun) => Ok(begun),
        None => Err(Failure::not_found("problem", id)),
    }
}

fn retry_in(w: &Write<'_>, id: ProblemId) -> Result<Option<u32>, store::StoreError> {
    let Some(row) = w.problems()?.into_iter().find(|row| row.id == id) else { return Ok(None) };
    let ended = |job: &Job| matches!(job.state, JobState::Failed | JobState::Quarantined);
    let jobs: Vec<Job> = match &row.problem.file {
        Some(file) => w.jobs_of(file)?.into_iter().filter(ended).collect(),
        // Many that were called off share one problem.
        None if row.problem.code == CANCELLED => {
            w.jobs()?.into_iter().filter(|job| ended(job) && job.code.as_deref() == Some(CANCELLED)).collect()
        }
        None => Vec::new(),
    };
    for job in &jobs {
        w.requeue(job.id)?;
    }
    if !jobs.is_empty() {
        w.dismiss_problem(id)?;
    }
    Ok(Some(jobs.len() as u32))
}
