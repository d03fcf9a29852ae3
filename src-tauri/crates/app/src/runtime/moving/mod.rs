//! Moves: a whole profile goes out as an export, comes back from one, or documents come in from paperless-ngx. One runs at
//! a time; others hear how far it is, and may call it off.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use domain::FailureCode;
use state::Running;

use crate::runtime::events::{AppEvent, Changed};
use crate::runtime::pace::Pace;
use crate::{App, Failure};

pub(crate) mod bring;
pub(crate) mod export;
pub(crate) mod format;
pub(crate) mod paperless;
pub(crate) mod readable;
pub(crate) mod state;
pub(crate) mod tables;
pub(crate) mod tree;

pub(crate) use state::{MoveKind, MoveProblem, MoveStep, MoveView};

/// A move that runs, as long as it is kept.
pub(crate) struct Move<'a> {
    app: &'a App,
    running: Arc<Running>,
    pace: Pace,
}

impl App {
    /// Begins a move.
    ///
    /// # Errors
    /// `move_runs` if another one runs.
    pub(crate) fn begin_move(&self, kind: MoveKind, step: MoveStep) -> Result<Move<'_>, Failure> {
        let message = "An export or import is running already. Please wait until it is done, or call it off.";
        let running = self.moves.begin(kind, step).ok_or_else(|| Failure::new(FailureCode::MoveRuns, message))?;
        Ok(Move { app: self, running, pace: Pace::default() })
    }

    fn tell_move(&self) {
        self.tell(&AppEvent::Changed(Changed { jobs: true, ..Changed::default() }));
    }
}

impl Move<'_> {
    /// Begins a step of so many parts.
    pub(crate) fn begin(&self, step: MoveStep, total: usize) {
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        let can_cancel = step != MoveStep::Originals;
        self.running.change(|view| *view = MoveView { step, done: 0, total, can_cancel, ..*view });
        self.pace.reset();
        self.tell();
    }

    /// One more part is done.
    pub(crate) fn advance(&self, parts: usize) {
        let parts = u32::try_from(parts).unwrap_or(u32::MAX);
        self.running.change(|view| view.done = view.done.saturating_add(parts));
        self.tell();
    }

    /// Was it called off?
    pub(crate) fn is_cancelled(&self) -> bool {
        self.running.is_cancelled()
    }

    /// Ends the move if it was called off.
    ///
    /// # Errors
    /// `cancelled`.
    pub(crate) fn go_on(&self) -> Result<(), Failure> {
        if self.is_cancelled() { Err(Failure::from(store::StoreError::Cancelled)) } else { Ok(()) }
    }

    fn tell(&self) {
        if self.pace.is_due() {
            self.app.tell_move();
        }
    }
}

impl Drop for Move<'_> {
    fn drop(&mut self) {
        self.app.moves.end();
        self.app.tell_move();
    }
}

/// The file that an export names, if it lies in its folder: neither `..`, nor an absolute path, nor a link on the way.
pub(crate) fn inside(root: &Path, named: &str) -> Result<PathBuf, MoveProblem> {
    let refuse = || {
        let message = format!("“{named}” leads out of the folder, or over a link. It is left out.");
        MoveProblem::new(named, FailureCode::UnsafePath, message)
    };
    let mut path = root.to_path_buf();
    let parts: Vec<Component<'_>> = Path::new(named).components().collect();
    if parts.is_empty() || named.contains(['\\', '\0']) {
        return Err(refuse());
    }
    for part in parts {
        let Component::Normal(part) = part else { return Err(refuse()) };
        path.push(part);
        if path.is_symlink() {
            return Err(refuse());
        }
    }
    Ok(path)
}
