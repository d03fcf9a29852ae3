//! How far the move of a profile is, if one runs.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use domain::FailureCode;
use serde::Serialize;
use ts_rs::TS;

/// What is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// Everything goes out into a folder.
    Export,
    /// An export comes back.
    Import,
    /// Documents come in from paperless-ngx.
    Paperless,
}

/// What is done at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MoveStep {
    /// The files are compared with their hashes.
    Checking,
    /// Documents are written.
    Writing,
    /// The files are made durable.
    Syncing,
    /// What is known of documents comes in.
    Reading,
    /// Originals come in. From here on it is not called off.
    Originals,
}

/// How far a move is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MoveView {
    /// What it is.
    pub kind: MoveKind,
    /// What is done.
    pub step: MoveStep,
    /// So many of them are done.
    pub done: u32,
    /// So many there are in this step; 0 where that is not known.
    pub total: u32,
    /// Can it still be called off?
    pub can_cancel: bool,
}

/// A file of an export that cannot be used, or only in part; the others are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MoveProblem {
    /// Which file, from the folder of the export on.
    pub file: String,
    /// What is wrong with it.
    pub code: FailureCode,
    /// The same in a sentence.
    pub message: String,
}

impl MoveProblem {
    pub(crate) fn new(file: impl Into<String>, code: FailureCode, message: impl Into<String>) -> Self {
        Self { file: file.into(), code, message: message.into() }
    }
}

/// The move of a profile that runs, if any.
#[derive(Default)]
pub(crate) struct Moves {
    running: Mutex<Option<Arc<Running>>>,
}

pub(crate) struct Running {
    view: Mutex<MoveView>,
    cancelled: AtomicBool,
}

impl Moves {
    /// Begins a move; none if another one runs.
    pub(crate) fn begin(&self, kind: MoveKind, step: MoveStep) -> Option<Arc<Running>> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return None;
        }
        let view = MoveView { kind, step, done: 0, total: 0, can_cancel: true };
        let new = Arc::new(Running { view: Mutex::new(view), cancelled: AtomicBool::new(false) });
        *running = Some(Arc::clone(&new));
        Some(new)
    }

    /// How far the one is that runs.
    pub(crate) fn view(&self) -> Option<MoveView> {
        self.with(|running| *running.view.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Calls the one off that runs.
    pub(crate) fn cancel(&self) {
        self.with(|running| running.cancelled.store(true, Ordering::Relaxed));
    }

    pub(crate) fn end(&self) {
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn with<T>(&self, look: impl FnOnce(&Running) -> T) -> Option<T> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).as_deref().map(look)
    }
}

impl Running {
    pub(crate) fn change(&self, change: impl FnOnce(&mut MoveView)) {
        change(&mut self.view.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
