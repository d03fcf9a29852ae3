//! Jobs on files: cancelling them, and queueing them again.

use domain::{FailureCode, JobId, ProblemId};
use store::{Job, JobState, NewProblem, StoreError, Write};

/// Cancels one job, or without `id` all jobs that wait in the background. The originals stay in the archive, and one
/// problem says how to continue. Returns how many were cancelled.
pub(crate) fn cancel(w: &Write<'_>, id: Option<JobId>) -> Result<u32, StoreError> {
    let open = |job: &Job| matches!(job.state, JobState::Queued | JobState::Running);
    let is_backlog = |job: &Job| !job.foreground && !job.kind.is_of_a_document();
    let wanted = |job: &Job| id.map_or_else(|| is_backlog(job), |id| id == job.id);
    let jobs: Vec<Job> = w.jobs()?.into_iter().filter(|job| open(job) && wanted(job)).collect();
    for job in &jobs {
        w.fail(job.id, FailureCode::Cancelled, "Called off.")?;
    }
    if let Some(problem) = called_off(&jobs) {
        w.add_problem(&problem)?;
    }
    Ok(jobs.len() as u32)
}

fn called_off(jobs: &[Job]) -> Option<NewProblem> {
    let way_out = "Everything is kept; try again to go on.";
    let (file_name, file, message) = match jobs {
        [] => return None,
        [job] => (job.name.clone(), job.file.clone(), format!("“{}” was called off. {way_out}", job.name)),
        jobs => (format!("{} files", jobs.len()), None, format!("{} files were called off. {way_out}", jobs.len())),
    };
    Some(NewProblem { file_name, path: None, file, code: FailureCode::Cancelled, message })
}

/// Queues the jobs of a problem again: failed, cancelled or quarantined ones. Returns how many; none if there is no
/// such problem.
pub(crate) fn retry(w: &Write<'_>, id: ProblemId) -> Result<Option<u32>, StoreError> {
    let Some(row) = w.problems()?.into_iter().find(|row| row.id == id) else { return Ok(None) };
    let ended = |job: &Job| matches!(job.state, JobState::Failed | JobState::Quarantined);
    let jobs: Vec<Job> = match &row.problem.file {
        Some(file) => w.jobs_of(file)?.into_iter().filter(ended).collect(),
        // Many that were called off share one problem.
        None if row.problem.code == FailureCode::Cancelled => {
            w.jobs()?.into_iter().filter(|job| ended(job) && job.code == Some(FailureCode::Cancelled)).collect()
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
