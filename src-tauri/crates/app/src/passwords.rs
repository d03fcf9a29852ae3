//! Locked files: a password is asked for once, tried on every locked file, and kept in the system's secret store.

use domain::ProblemId;
use read::{Password, ReadError};
use store::ProblemRow;

use crate::secrets::SecretsError;
use crate::{App, Failure};

/// Name of the secret: a JSON list of passwords.
const PASSWORDS: &str = "passwords of documents";
/// Code of the problem of a locked file.
const LOCKED: &str = "password";

impl App {
    /// Works on a file. If it is locked, works on it once more with the passwords that the secret store has; it is not
    /// asked before, lest a person has to unlock it for nothing.
    pub(crate) fn unlocking<T>(&self, work: impl Fn() -> Result<T, ReadError>) -> Result<T, ReadError> {
        match work() {
            Err(ReadError::Password { .. }) if self.recall_passwords() => work(),
            result => result,
        }
    }

    /// Tries these passwords on every locked file from now on, and keeps them in the secret store. Where there is none,
    /// the error says so, and they are known as long as this program runs.
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

    /// Reads the locked file of a problem with this password, and all other locked files that it opens. Says whether the
    /// password could be kept for the next start of the program.
    pub(crate) fn unlock(&self, id: ProblemId, password: &Password) -> Result<bool, Failure> {
        let problems = self.store.read(|r| r.problems())?;
        let asked = problems.iter().find(|row| row.id == id).ok_or_else(|| Failure::not_found("problem", id))?;
        if !self.is_opened(asked, password)? {
            let message = format!("This password does not open “{}”. Type it again.", asked.problem.file_name);
            return Err(Failure::new("wrong_password", message));
        }
        let kept = self.keep_passwords(std::slice::from_ref(password));
        if let Err(error) = &kept {
            tracing::warn!(%error, "a password is known only until the program ends");
        }
        crate::commands::retry_problem(self, id)?;
        for other in problems.iter().filter(|row| row.id != id && row.problem.code == LOCKED) {
            if self.is_opened(other, password)? {
                crate::commands::retry_problem(self, other.id)?;
            }
        }
        Ok(kept.is_ok())
    }

    fn is_opened(&self, row: &ProblemRow, password: &Password) -> Result<bool, Failure> {
        let name = &row.problem.file_name;
        let file = row.problem.file.as_ref().ok_or_else(|| Failure::not_found("file of", name))?;
        Ok(self.reader.opens(name, &self.store.open_original(file)?, password)?)
    }

    /// Whether the secret store has a password that was not tried yet.
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
