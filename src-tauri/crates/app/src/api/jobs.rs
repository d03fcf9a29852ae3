//! The work on files: hold it up, let it go on, call it off, try it again.

use domain::{By, JobId};
use serde::Deserialize;
use store::Op;
use ts_rs::TS;

use crate::actions::jobs;
use crate::api::files::OneProblem;
use crate::{App, Failure};

/// Which work to call off.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Cancel {
    /// One job; without it, every letter that waits in the background. What is computed again can be paused.
    #[serde(default)]
    pub id: Option<JobId>,
}

/// Hold the backlog up; letters that come in one by one are still read.
pub fn pause(app: &App, _: ()) -> Result<(), Failure> {
    app.store.write(By::Person, Op::Ledger, |w| w.pause_backlog(true))?;
    Ok(())
}

/// Let the backlog go on.
pub fn resume(app: &App, _: ()) -> Result<(), Failure> {
    app.store.write(By::Person, Op::Ledger, |w| w.pause_backlog(false))?;
    Ok(())
}

/// Calls work off. The originals stay in the archive, and one problem says how to go on with them.
pub fn cancel(app: &App, what: Cancel) -> Result<u32, Failure> {
    Ok(app.store.write(By::Person, Op::Ledger, |w| jobs::cancel(w, what.id))?.value)
}

/// Begins again what a problem is about: work that failed, was called off or is in quarantine.
pub fn retry(app: &App, one: OneProblem) -> Result<u32, Failure> {
    let written = app.store.write(By::Person, Op::Ledger, |w| jobs::retry(w, one.id))?;
    written.value.ok_or_else(|| Failure::not_found("problem", one.id))
}
