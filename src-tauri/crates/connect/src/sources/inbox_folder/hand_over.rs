//! Hands complete files over, and removes them from the folder or sets them aside.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use domain::{Arrival, ArrivalContent, FailureCode, MOST_FILE_BYTES, Outcome, Problem, Refusal, SourceId};

use super::completeness::Completeness;
use super::file_state::{FileState, open_in};
use super::open_files::open_for_writing;
use super::worker::Worker;
use crate::{ProblemFile, Trouble, put_into_problems};

/// What failed is tried again after so many times `still_for`.
const RETRY: u32 = 30;

impl Worker {
    /// Hands over files that were unchanged for long enough, and notes when to check the others again.
    pub(super) fn check_due(&mut self) {
        let now = Instant::now();
        let due = self.waiting.iter().filter(|(_, waiting)| waiting.check_at <= now).map(|(path, _)| path.clone());
        let due: Vec<PathBuf> = due.collect();
        if due.is_empty() {
            return;
        }
        // Once for all files, because it checks every process.
        let open = open_for_writing(&self.settings.folder);
        for path in due {
            if self.wanted.stopping() {
                return;
            }
            match self.check(&path, open.contains(&path)) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => self.forget(&path),
                Err(error) => self.unreadable(&path, &error),
            }
        }
    }

    /// Hands a file over if it was unchanged for long enough.
    fn check(&mut self, path: &Path, open: bool) -> io::Result<()> {
        let Some(state) = FileState::at(path)? else {
            self.forget(path);
            return Ok(());
        };
        let completeness = if open { Completeness::Partial } else { Completeness::of(path)? };
        let patience = completeness.patience(self.settings.still_for);
        let Some(waiting) = self.waiting.get_mut(path) else { return Ok(()) };
        let now = Instant::now();
        waiting.check_at = now + self.settings.still_for;
        if waiting.state != state {
            (waiting.state, waiting.since) = (state, now);
        }
        if now.duration_since(waiting.since) < patience {
            return Ok(());
        }
        if state.size > MOST_FILE_BYTES {
            let name = name_of(path);
            let most = MOST_FILE_BYTES / 1_000_000;
            let message =
                format!("“{name}” is larger than {most} MB, the most that is taken in. Make it smaller or split it.");
            self.set_aside(path, state, &Refusal { name, problem: Problem::new(FailureCode::TooLarge, message) });
        } else if let Some(file) = open_in(path, state)? {
            self.hand_over(path, state, file);
        }
        Ok(())
    }

    fn hand_over(&mut self, path: &Path, state: FileState, file: File) {
        let arrival = Arrival {
            source: SourceId::Inbox,
            name: name_of(path),
            path: Some(path.to_owned()),
            modified: Some(state.modified()),
            content: ArrivalContent::File(Arc::new(file)),
            at: self.clock.now(),
        };
        match self.receiver.receive(arrival) {
            Ok(Outcome::Taken(_) | Outcome::Duplicate(_)) => {
                self.forget(path);
                if self.settings.keep_originals {
                    self.receiver.remember(path, state.size, state.modified());
                } else {
                    self.remove_original(path, state);
                }
            }
            Ok(Outcome::Refused(refusal)) => self.set_aside(path, state, &refusal),
            Err(error) => {
                self.troubles.tell(Trouble::NotTaken {
                    path: self.settings.folder.clone(),
                    file: name_of(path),
                    reason: error.to_string(),
                });
                self.retry_later(path, true);
            }
        }
    }

    /// Removes a file that was taken in, unless it has changed since: then it is a new one.
    pub(super) fn remove_original(&mut self, path: &Path, state: FileState) {
        let removed = match FileState::at(path) {
            Ok(Some(now)) if now != state => {
                self.left_over.remove(path);
                return self.notice(path, now);
            }
            Ok(Some(_)) => std::fs::remove_file(path),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        match removed {
            Ok(()) => self.forget(path),
            Err(error) => {
                self.left_over.insert(path.to_owned(), state);
                self.troubles.tell(Trouble::NotRemoved { path: path.to_owned(), reason: error.to_string() });
            }
        }
    }

    /// Puts a refused file, or its copy if originals stay, into the folder `Problems`.
    fn set_aside(&mut self, path: &Path, state: FileState, refusal: &Refusal) {
        let set_aside = FileState::at(path).and_then(|now| match now {
            Some(now) if now == state => {
                let keep = self.settings.keep_originals;
                let file = if keep { ProblemFile::Copy(path) } else { ProblemFile::Move(path) };
                put_into_problems(&self.settings.folder, &name_of(path), file, &refusal.problem.message)
                    .inspect(|at| self.receiver.set_aside(refusal, at))
                    .map(|_| None)
            }
            now => Ok(now),
        });
        match set_aside {
            Ok(changed) => {
                self.forget(path);
                if let Some(state) = changed {
                    self.notice(path, state);
                } else if self.settings.keep_originals {
                    self.receiver.remember(path, state.size, state.modified());
                }
            }
            Err(error) => {
                self.troubles.tell(Trouble::NotSetAside { path: path.to_owned(), reason: error.to_string() });
                self.retry_later(path, false);
            }
        }
    }

    /// Reports that a file cannot be read, and tries it again later.
    pub(super) fn unreadable(&mut self, path: &Path, error: &io::Error) {
        self.troubles.tell(Trouble::FileUnreadable { path: path.to_owned(), reason: error.to_string() });
        self.retry_later(path, false);
    }

    fn retry_later(&mut self, path: &Path, not_taken: bool) {
        if let Some(waiting) = self.waiting.get_mut(path) {
            waiting.check_at = Instant::now() + self.settings.still_for * RETRY;
            waiting.not_taken = not_taken;
        }
        self.end_not_taken_if_over();
    }

    /// Forgets a file: it was handed over, or it is gone.
    pub(super) fn forget(&mut self, path: &Path) {
        self.waiting.remove(path);
        self.left_over.remove(path);
        self.troubles.end_of_file(path);
        self.end_not_taken_if_over();
    }

    fn end_not_taken_if_over(&mut self) {
        if !self.waiting.values().any(|waiting| waiting.not_taken) {
            self.troubles.end_of_not_taken();
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
