//! Hands complete files over, and removes them from the folder or sets them aside.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use disk::crash_point;
use domain::{Arrival, ArrivalContent, FailureCode, MOST_FILE_BYTES, Outcome, Problem, Refusal, SourceId};

use super::claim::{Claim, give_back};
use super::completeness::Completeness;
use super::file_state::FileState;
use super::open_files::open_for_writing;
use super::worker::Worker;
use crate::{ProblemFile, ReceiveError, Trouble, put_into_problems};

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
        if state.size() > MOST_FILE_BYTES {
            let name = name_of(path);
            let most = MOST_FILE_BYTES / 1_000_000;
            let message =
                format!("“{name}” is larger than {most} MB, the most that is taken in. Make it smaller or split it.");
            self.set_aside(path, state, &Refusal { name, problem: Problem::new(FailureCode::TooLarge, message) });
        } else if self.settings.keep_originals {
            self.copy(path, state)?;
        } else {
            self.take(path, state)?;
        }
        Ok(())
    }

    /// Hands over a file that stays where it is.
    fn copy(&mut self, path: &Path, state: FileState) -> io::Result<()> {
        let file = File::open(path)?;
        let opened = file.metadata()?;
        if !opened.is_file() || FileState::of(&opened)? != state {
            return Ok(());
        }
        match self.receive(path, state, Arc::new(file)) {
            Ok(Outcome::Taken(_) | Outcome::Duplicate(_)) => {
                self.forget(path);
                self.receiver.remember(path, state.size(), state.modified());
            }
            Ok(Outcome::Refused(refusal)) => self.set_aside(path, state, &refusal),
            Err(error) => self.not_taken(path, &error),
        }
        Ok(())
    }

    /// Hands over a file under a private name, and removes what was read.
    fn take(&mut self, path: &Path, state: FileState) -> io::Result<()> {
        crash_point!("inbox.due");
        let claim = match Claim::of(path, state) {
            Ok(Some(claim)) => claim,
            Ok(None) => return Ok(()),
            Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
                return self.take_without_removing(path, state, &error);
            }
            Err(error) => return Err(error),
        };
        match self.receive(path, state, Arc::clone(&claim.file)) {
            Ok(Outcome::Taken(_) | Outcome::Duplicate(_)) => {
                crash_point!("inbox.received");
                self.remove(path, &claim);
            }
            Ok(Outcome::Refused(refusal)) => match claim.is_unchanged() {
                Ok(true) => self.move_aside(path, &claim, &refusal),
                Ok(false) | Err(_) => self.changed_meanwhile(path, &claim),
            },
            Err(error) => {
                if let Err(error) = claim.give_back() {
                    self.unreadable(path, &error);
                }
                self.not_taken(path, &error);
            }
        }
        Ok(())
    }

    fn receive(&self, path: &Path, state: FileState, file: Arc<File>) -> Result<Outcome, ReceiveError> {
        self.receiver.receive(Arrival {
            source: SourceId::Inbox,
            name: name_of(path),
            path: Some(path.to_owned()),
            modified: Some(state.modified()),
            content: ArrivalContent::File(file),
            at: self.clock.now(),
        })
    }

    fn not_taken(&mut self, path: &Path, error: &ReceiveError) {
        self.troubles.tell(Trouble::NotTaken {
            path: self.settings.folder.clone(),
            file: name_of(path),
            reason: error.to_string(),
        });
        self.retry_later(path, true);
    }

    /// Removes a file that was taken in, unless anything about it has changed since: then it is a new one.
    fn remove(&mut self, path: &Path, claim: &Claim) {
        match claim.is_unchanged() {
            Ok(true) => {}
            Ok(false) | Err(_) => return self.changed_meanwhile(path, claim),
        }
        crash_point!("inbox.compared");
        match claim.remove() {
            Ok(()) => {
                crash_point!("inbox.removed");
                self.forget(path);
            }
            Err(error) => match claim.give_back().and_then(|at| Ok((FileState::at(&at)?, at))) {
                Ok((Some(state), at)) => self.not_removed(&at, state, &error),
                Ok((None, _)) | Err(_) => self.unreadable(path, &error),
            },
        }
    }

    /// Somebody wrote into a file while it was taken in: what is there now is taken in as well.
    fn changed_meanwhile(&mut self, path: &Path, claim: &Claim) {
        self.forget(path);
        match claim.give_back() {
            Ok(at) => self.look_at(&at),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => self.unreadable(path, &error),
        }
    }

    /// Where nothing may be renamed nothing may be removed, either: the file is taken in and stays.
    fn take_without_removing(&mut self, path: &Path, state: FileState, why: &io::Error) -> io::Result<()> {
        let file = File::open(path)?;
        if FileState::of(&file.metadata()?)? != state {
            return Ok(());
        }
        match self.receive(path, state, Arc::new(file)) {
            Ok(Outcome::Taken(_) | Outcome::Duplicate(_)) => {
                self.forget(path);
                self.not_removed(path, state, why);
            }
            Ok(Outcome::Refused(refusal)) => self.set_aside(path, state, &refusal),
            Err(error) => self.not_taken(path, &error),
        }
        Ok(())
    }

    fn not_removed(&mut self, path: &Path, state: FileState, why: &io::Error) {
        self.left_over.insert(path.to_owned(), state);
        self.troubles.tell(Trouble::NotRemoved { path: path.to_owned(), reason: why.to_string() });
    }

    /// Removes a file that was taken in before and could not be removed then. It is the same file in the same state.
    pub(super) fn remove_left_over(&mut self, path: &Path, state: FileState) {
        match Claim::of(path, state) {
            Ok(Some(claim)) => self.remove(path, &claim),
            Ok(None) => {
                self.left_over.remove(path);
            }
            Err(error) if error.kind() == ErrorKind::NotFound => self.forget(path),
            Err(error) => self.not_removed(path, state, &error),
        }
    }

    /// Gives a file back that an interruption has left under its private name.
    pub(super) fn put_back(&mut self, private: &Path, path: &Path) {
        match give_back(private, path) {
            Ok(at) => {
                crash_point!("inbox.put_back");
                self.look_at(&at);
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => self.unreadable(path, &error),
        }
    }

    /// Moves a refused file into the folder `Problems`.
    fn move_aside(&mut self, path: &Path, claim: &Claim, refusal: &Refusal) {
        let file = ProblemFile::Move(claim.place());
        match put_into_problems(&self.settings.folder, &name_of(path), file, &refusal.problem.message) {
            Ok(at) => {
                self.receiver.set_aside(refusal, &at);
                self.forget(path);
            }
            Err(error) => {
                if let Err(error) = claim.give_back() {
                    self.unreadable(path, &error);
                }
                self.not_set_aside(path, &error);
            }
        }
    }

    fn not_set_aside(&mut self, path: &Path, error: &io::Error) {
        self.troubles.tell(Trouble::NotSetAside { path: path.to_owned(), reason: error.to_string() });
        self.retry_later(path, false);
    }

    /// Puts a refused file, or its copy if originals stay, into the folder `Problems`.
    fn set_aside(&mut self, path: &Path, state: FileState, refusal: &Refusal) {
        if !self.settings.keep_originals {
            return match Claim::of(path, state) {
                Ok(Some(claim)) => self.move_aside(path, &claim, refusal),
                Ok(None) => {}
                Err(error) => self.not_set_aside(path, &error),
            };
        }
        let put =
            put_into_problems(&self.settings.folder, &name_of(path), ProblemFile::Copy(path), &refusal.problem.message);
        match put {
            Ok(at) => {
                self.receiver.set_aside(refusal, &at);
                self.forget(path);
                self.receiver.remember(path, state.size(), state.modified());
            }
            Err(error) => self.not_set_aside(path, &error),
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
