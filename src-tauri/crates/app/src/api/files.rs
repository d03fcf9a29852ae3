//! Files: import, and problems with files.

use std::path::PathBuf;

use domain::{By, Code, FailureCode, ProblemId, SourceId};
use read::Password;
use serde::{Deserialize, Serialize};
use store::Op;
use ts_rs::TS;

use crate::api::documents::OneDocument;
use crate::api::originals::{self, Derived};
use crate::runtime::import::Imported;
use crate::{App, Failure};

/// Files or folders to take in.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Import {
    /// Full paths; folders are walked.
    pub paths: Vec<String>,
}

/// One problem.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OneProblem {
    /// Which.
    pub id: ProblemId,
}

/// Problems of one cause.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct AlikeProblems {
    /// The cause.
    pub code: FailureCode,
}

/// Make a PDF of a document in which its words can be searched and copied; the original stays as it is.
pub fn searchable_pdf(app: &App, one: OneDocument) -> Result<Derived, Failure> {
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

/// Give the password of the locked file that a problem is about.
pub fn unlock(app: &App, unlock: Unlock) -> Result<Unlocked, Failure> {
    Ok(Unlocked { kept: app.unlock(unlock.id, &unlock.password)? })
}

/// The codes of every kind on a document's pages: bar codes, too.
pub fn codes(app: &App, one: OneDocument) -> Result<Vec<Code>, Failure> {
    app.all_codes(one.id)
}

/// Make the sheet that is printed and laid between letters, to scan them as one stack.
pub fn separator_page(app: &App, _: ()) -> Result<Derived, Failure> {
    let path = app.keep_derived(None, "separator.pdf", &read::separator_page())?;
    Ok(Derived { path: path.display().to_string() })
}

/// Open the inbox folder in the file manager.
pub fn open_inbox(app: &App, _: ()) -> Result<(), Failure> {
    originals::start(app, &app.inbox_folder()?)
}

/// Take files or folders in.
pub fn import(app: &App, import: Import) -> Result<Vec<Imported>, Failure> {
    let paths: Vec<PathBuf> = import.paths.into_iter().map(PathBuf::from).collect();
    app.import(&paths, SourceId::Drop)
}

/// A problem has been seen.
pub fn dismiss(app: &App, one: OneProblem) -> Result<(), Failure> {
    app.store.write(By::Person, Op::Ledger, |w| w.dismiss_problem(one.id))?;
    Ok(())
}

/// All problems of one cause have been seen. Returns how many there were.
pub fn dismiss_alike(app: &App, alike: AlikeProblems) -> Result<u32, Failure> {
    Ok(app.store.write(By::Person, Op::Ledger, |w| w.dismiss_problems_of(alike.code))?.value)
}
