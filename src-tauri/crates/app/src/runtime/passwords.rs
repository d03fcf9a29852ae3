//! Locked files: a password is asked for once, tried on every locked file, and kept in the system's secret store.

use domain::{By, FailureCode, ProblemId};
use read::{Password, ReadError};
use store::{Op, ProblemRow};

use crate::actions::jobs;
use crate::ports::secrets::SecretsError;
use crate::{App, Failure};

/// Name of the secret: a JSON list of passwords.
const PASSWORDS: &str = "passwords of documents";

impl App {
    /// Runs `work` on a file. If the file is locked, runs it again with the passwords from the secret store. The store
    /// is asked only then, because a person may have to unlock it.
    pub(crate) fn unlocking<T>(&self, mut work: impl FnMut() -> Result<T, ReadError>) -> Result<T, ReadError> {
        match work() {
            Err(ReadError::Password { .. }) if self.recall_passwords() => work(),
            result => result,
        }
    }

    /// Uses these passwords for locked files from now on, and stores them in the secret store. If that fails, they are
    /// known until the program ends.
    ///
    /// # Errors
    /// If the secret store is missing, locked, or holds something else than a list of passwords.
    pub fn keep_passwords(&self, passwords: &[Password]) -> Result<(), SecretsError> {
        self.reader.learn(passwords.iter().cloned());
        let mut kept = self.kept_passwords()?;
        let before = kept.len();
        for password in passwords {
            if !kept.contains(password) {
                kept.push(password.clone());
            }
        }
        if kept.len() == before {
            return Ok(());
        }
        let list = serde_json::to_string(&kept).map_err(|error| SecretsError(error.to_string()))?;
        self.secrets.set(PASSWORDS, &list)
    }

    /// Reads the locked file of a problem with this password, and all other locked files that it opens. Returns
    /// whether the password was stored for the next start.
    pub(crate) fn unlock(&self, id: ProblemId, password: &Password) -> Result<bool, Failure> {
        let problems = self.store.read(|r| r.problems())?;
        let asked = problems.iter().find(|row| row.id == id).ok_or_else(|| Failure::not_found("problem", id))?;
        if !self.is_opened(asked, password)? {
            let message = format!("This password does not open “{}”. Type it again.", asked.problem.file_name);
            return Err(Failure::new(FailureCode::WrongPassword, message));
        }
        let kept = self.keep_passwords(std::slice::from_ref(password));
        if let Err(error) = &kept {
            tracing::warn!(%error, "a password is known only until the program ends");
        }
        self.retry(id)?;
        for other in problems.iter().filter(|row| row.id != id && row.problem.code == FailureCode::Password) {
            if self.is_opened(other, password)? {
                self.retry(other.id)?;
            }
        }
        Ok(kept.is_ok())
    }

    fn retry(&self, id: ProblemId) -> Result<(), Failure> {
        let written = self.store.write(By::Person, Op::Ledger, |w| jobs::retry(w, id))?;
        // A problem that somebody else has settled meanwhile needs nothing more.
        tracing::debug!(%id, begun = ?written.value, "work on a locked file is queued again");
        Ok(())
    }

    fn is_opened(&self, row: &ProblemRow, password: &Password) -> Result<bool, Failure> {
        let name = &row.problem.file_name;
        let file = row.problem.file.as_ref().ok_or_else(|| Failure::not_found("file of", name))?;
        Ok(self.reader.opens(name, &self.store.open_original(file)?, password)?)
    }

    /// Loads passwords from the secret store. Returns whether there is one that was not tried yet.
    fn recall_passwords(&self) -> bool {
        match self.kept_passwords() {
            Ok(kept) => self.reader.learn(kept),
            Err(error) => {
                tracing::warn!(%error, "passwords that were kept cannot be tried");
                false
            }
        }
    }

    fn kept_passwords(&self) -> Result<Vec<Password>, SecretsError> {
        let Some(list) = self.secrets.get(PASSWORDS)? else { return Ok(Vec::new()) };
        serde_json::from_str(&list).map_err(|error| SecretsError(format!("what it holds is no list: {error}")))
    }
}
