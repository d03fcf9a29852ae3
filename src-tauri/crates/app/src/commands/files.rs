//! Files: take in, and what went wrong.

use std::path::PathBuf;

use domain::{Code, DocumentId, FileId, ProblemId, SourceId};
use read::Password;
use serde::{Deserialize, Serialize};
use store::Op;
use ts_rs::TS;

use crate::{App, Failure};

/// Files or folders to take in.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Import {
    /// Full paths; folders are walked.
    pub paths: Vec<String>,
}

/// What became of one file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Imported {
    /// Its path as given or found.
    pub path: String,
    /// What happened.
    pub outcome: ImportOutcome,
    /// The file, when it was taken or known.
    pub file: Option<FileId>,
    /// Its document, when it is already there.
    pub document: Option<DocumentId>,
    /// Short stable word for why not.
    pub code: Option<String>,
    /// Why not, and what to do.
    pub message: Option<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// New: it is being read.
    Taken,
    /// It was already here.
    Duplicate,
    /// It cannot be read; it stays where it is.
    Refused,
}

/// One problem.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OneProblem {
    /// Which.
    pub id: ProblemId,
}

/// A file that was derived from a document.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Derived {
    /// Where it is.
    pub path: String,
}

pub(super) fn searchable_pdf(app: &App, one: super::OneDocument) -> Result<Derived, Failure> {
    Ok(Derived { path: app.searchable_pdf(one.id)?.display().to_string() })
}

/// A password for the locked file of a problem.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Unlock {
    /// Which problem.
    pub id: ProblemId,
    /// What opens the file.
    #[ts(type = "string")]
    pub password: Password,
}

/// A file is open and is being read.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct Unlocked {
    /// The password is in the system's secret store; else it is known until the program ends.
    pub kept: bool,
}

pub(super) fn unlock(app: &App, unlock: Unlock) -> Result<Unlocked, Failure> {
    Ok(Unlocked { kept: app.unlock(unlock.id, &unlock.password)? })
}

pub(super) fn codes(app: &App, one: super::OneDocument) -> Result<Vec<Code>, Failure> {
    app.all_codes(one.id)
}

pub(super) fn separator_page(app: &App, _: ()) -> Result<Derived, Failure> {
    let path = app.keep_derived("separator.pdf", &read::separator_page())?;
    Ok(Derived { path: path.display().to_string() })
}

pub(super) fn import(app: &App, import: Import) -> Result<Vec<Imported>, Failure> {
    let paths: Vec<PathBuf> = import.paths.into_iter().map(PathBuf::from).collect();
    app.import(&paths, SourceId::Drop)
}

pub(super) fn dismiss(app: &App, one: OneProblem) -> Result<(), Failure> {
    app.store.write(Op::Ledger, |w| w.dismiss_problem(one.id))?;
    Ok(())
}
