//! Receives files from the inbox folder and takes them into the store.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use connect::{ReceiveError, Receiver, Trouble};
use domain::{Arrival, ArrivalContent, By, Outcome, Problem, Refusal};
use store::{NewProblem, Op, StoreError};

use crate::App;

/// Takes in what the inbox folder brings.
pub(crate) struct Intake {
    pub(crate) app: Arc<App>,
}

/// The type of a file by its first bytes; or why it is refused.
pub(crate) fn sniffed(arrival: &Arrival) -> Result<&'static str, Refusal> {
    let sniffed = match &arrival.content {
        ArrivalContent::Bytes(bytes) => read::sniff(bytes, &arrival.name),
        ArrivalContent::File(file) => read::sniff_file(file, &arrival.name),
    };
    sniffed
        .map_err(|error| Refusal { name: arrival.name.clone(), problem: Problem::new(error.code(), error.to_string()) })
}

impl App {
    /// Takes one file in, after a first look at what it is.
    pub(crate) fn ingest(&self, arrival: &Arrival) -> Result<Outcome, StoreError> {
        match sniffed(arrival) {
            Ok(mime) => self.store.ingest(arrival, mime),
            Err(refusal) => Ok(Outcome::Refused(refusal)),
        }
    }

    /// Removes problems of an earlier watch; those that still exist are reported again.
    pub(crate) fn forget_troubles(&self) -> Result<(), StoreError> {
        self.store.write(By::Program, Op::Ledger, |w| {
            for row in w.problems()? {
                if let Some(path) = row.problem.path
                    && Trouble::CODES.contains(&row.problem.code)
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
        self.app.ingest(&arrival).map_err(|error| ReceiveError(error.to_string()))
    }

    fn set_aside(&self, refusal: &Refusal, at: &Path) {
        self.app.add_problem(&NewProblem {
            file_name: refusal.name.clone(),
            path: Some(at.to_path_buf()),
            file: None,
            code: refusal.problem.code,
            message: refusal.problem.message.clone(),
        });
    }

    fn remembered(&self, path: &Path, size: u64, modified: DateTime<Utc>) -> bool {
        self.app.store.read(|r| r.remembered(path, size, Some(modified))).unwrap_or_else(|error| {
            // If they are taken in again, the same bytes are recorded as a duplicate.
            tracing::warn!(path = %path.display(), %error, "it could not be looked up whether a file was taken before");
            false
        })
    }

    fn remember(&self, path: &Path, size: u64, modified: DateTime<Utc>) {
        if let Err(error) = self.app.store.write(By::Program, Op::Ledger, |w| w.remember(path, size, Some(modified))) {
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
            code: trouble.code(),
            message: trouble.to_string(),
        });
    }

    fn cleared(&self, path: &Path) {
        if let Err(error) = self.app.store.write(By::Program, Op::Ledger, |w| w.clear_problems(path)) {
            tracing::warn!(path = %path.display(), %error, "it could not be noted that a trouble is over");
        }
    }
}
