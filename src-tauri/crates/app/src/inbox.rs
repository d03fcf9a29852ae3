//! The inbox folder's other side: what comes out of it goes into the store.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use connect::{ReceiveError, Receiver, Trouble};
use domain::{Arrival, Outcome, Problem, Refusal};
use store::{NewProblem, Op, StoreError};

use crate::App;

/// Takes in what the inbox folder brings.
pub(crate) struct Intake {
    pub(crate) app: Arc<App>,
}

impl App {
    /// Takes one file in, after a first look at what it is.
    pub(crate) fn take_in(&self, arrival: &Arrival) -> Result<Outcome, StoreError> {
        match read::sniff(&arrival.bytes, &arrival.name) {
            Ok(mime) => self.store.take_in(arrival, mime),
            Err(error) => Ok(Outcome::Refused(Refusal {
                name: arrival.name.clone(),
                problem: Problem::new(error.code(), error.to_string()),
            })),
        }
    }

    /// Shows a problem in the window.
    pub(crate) fn add_problem(&self, problem: &NewProblem) {
        if let Err(error) = self.store.write(Op::Ledger, |w| w.add_problem(problem)) {
            tracing::error!(file = problem.file_name, message = problem.message, %error, "a problem could not be noted");
        }
    }

    /// Forgets what was in the way of an earlier watch: what still is will be told anew.
    pub(crate) fn forget_troubles(&self) -> Result<(), StoreError> {
        self.store.write(Op::Ledger, |w| {
            for row in w.problems()? {
                if let Some(path) = row.problem.path
                    && Trouble::CODES.contains(&row.problem.code.as_str())
                {
                    w.clear_problems(&path)?;
                }
            }
            Ok(())
        })?;
        Ok(())
    }
}

impl Receiver for Intake {
    fn receive(&self, arrival: Arrival) -> Result<Outcome, ReceiveError> {
        self.app.take_in(&arrival).map_err(|error| ReceiveError(error.to_string()))
    }

    fn set_aside(&self, refusal: &Refusal, at: &Path) {
        self.app.add_problem(&NewProblem {
            file_name: refusal.name.clone(),
            path: Some(at.to_path_buf()),
            file: None,
            code: refusal.problem.code.clone(),
            message: refusal.problem.message.clone(),
        });
    }

    fn remembered(&self, path: &Path, size: u64, modified: DateTime<Utc>) -> bool {
        self.app.store.read(|r| r.remembered(path, size, Some(modified))).unwrap_or_else(|error| {
            // Taken in once more, the same bytes are only noted as a duplicate.
            tracing::warn!(path = %path.display(), %error, "it could not be looked up whether a file was taken before");
            false
        })
    }

    fn remember(&self, path: &Path, size: u64, modified: DateTime<Utc>) {
        if let Err(error) = self.app.store.write(Op::Ledger, |w| w.remember(path, size, Some(modified))) {
            tracing::warn!(path = %path.display(), %error, "it could not be noted that a file was taken");
        }
    }

    fn trouble(&self, trouble: Trouble) {
        let path = trouble.path();
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        self.app.add_problem(&NewProblem {
            file_name: name,
            path: Some(path.to_path_buf()),
            file: None,
            code: trouble.code().to_owned(),
            message: trouble.to_string(),
        });
    }

    fn cleared(&self, path: &Path) {
        if let Err(error) = self.app.store.write(Op::Ledger, |w| w.clear_problems(path)) {
            tracing::warn!(path = %path.display(), %error, "it could not be noted that a trouble is over");
        }
    }
}
