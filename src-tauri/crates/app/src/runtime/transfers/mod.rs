//! Transfers: a whole profile goes out as an export, comes back from one, or documents come in from paperless-ngx. One
//! transfer runs at a time; others hear how far it is, and may call it off.

use std::cell::Cell;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::FailureCode;
use serde::Serialize;
use ts_rs::TS;

use crate::runtime::events::{AppEvent, Changed};
use crate::{App, Failure};

pub(crate) mod bring;
pub(crate) mod export;
pub(crate) mod format;
pub(crate) mod paperless;
pub(crate) mod readable;
pub(crate) mod tables;
pub(crate) mod tree;

/// The shortest time between two reports of progress.
const EVERY: Duration = Duration::from_millis(250);

/// What is transferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
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
pub enum TransferStep {
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

/// How far a transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TransferView {
    /// What it is.
    pub kind: TransferKind,
    /// What is done.
    pub step: TransferStep,
    /// So many of them are done.
    pub done: u32,
    /// So many there are in this step; 0 where that is not known.
    pub total: u32,
    /// Can it still be called off?
    pub can_cancel: bool,
}

/// A file of an export that cannot be used, or only in part; the others are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TransferProblem {
    /// Which file, from the folder of the export on.
    pub file: String,
    /// What is wrong with it.
    pub code: FailureCode,
    /// The same in a sentence.
    pub message: String,
}

impl TransferProblem {
    pub(crate) fn new(file: impl Into<String>, code: FailureCode, message: impl Into<String>) -> Self {
        Self { file: file.into(), code, message: message.into() }
    }
}

/// The transfer of a profile that runs, if any.
#[derive(Default)]
pub(crate) struct Transfers {
    running: Mutex<Option<Arc<Running>>>,
}

struct Running {
    view: Mutex<TransferView>,
    cancelled: AtomicBool,
}

impl Running {
    fn view(&self) -> TransferView {
        *self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A transfer that runs, as long as it is kept.
pub(crate) struct Transfer<'a> {
    app: &'a App,
    running: Arc<Running>,
    told: Cell<Option<Instant>>,
}

impl App {
    /// Begins a transfer.
    ///
    /// # Errors
    /// `transfer_runs` if another one runs.
    pub(crate) fn begin_transfer(&self, kind: TransferKind, step: TransferStep) -> Result<Transfer<'_>, Failure> {
        let mut running = self.transfers.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            let message = "An export or import is running already. Please wait until it is done, or call it off.";
            return Err(Failure::new(FailureCode::TransferRuns, message));
        }
        let view = TransferView { kind, step, done: 0, total: 0, can_cancel: true };
        let new = Arc::new(Running { view: Mutex::new(view), cancelled: AtomicBool::new(false) });
        *running = Some(Arc::clone(&new));
        drop(running);
        Ok(Transfer { app: self, running: new, told: Cell::new(None) })
    }

    /// The transfer that runs.
    pub(crate) fn transfer(&self) -> Option<TransferView> {
        self.transfers.running.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|running| running.view())
    }

    /// Calls the transfer off that runs, if it still can be.
    pub(crate) fn cancel_transfer(&self) {
        if let Some(running) = self.transfers.running.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            running.cancelled.store(true, Ordering::Relaxed);
        }
    }

    fn tell_transfer(&self) {
        self.tell(&AppEvent::Changed(Changed { jobs: true, ..Changed::default() }));
    }
}

impl Transfer<'_> {
    /// Begins a step of so many parts.
    pub(crate) fn begin(&self, step: TransferStep, total: usize) {
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        let can_cancel = step != TransferStep::Originals;
        self.change(|view| *view = TransferView { step, done: 0, total, can_cancel, ..*view });
        self.told.set(None);
        self.tell();
    }

    /// One more part is done.
    pub(crate) fn advance(&self, parts: usize) {
        let parts = u32::try_from(parts).unwrap_or(u32::MAX);
        self.change(|view| view.done = view.done.saturating_add(parts));
        self.tell();
    }

    /// Was it called off?
    pub(crate) fn is_cancelled(&self) -> bool {
        self.running.cancelled.load(Ordering::Relaxed)
    }

    /// Ends the transfer if it was called off.
    ///
    /// # Errors
    /// `cancelled`.
    pub(crate) fn go_on(&self) -> Result<(), Failure> {
        if self.is_cancelled() { Err(Failure::from(store::StoreError::Cancelled)) } else { Ok(()) }
    }

    fn change(&self, change: impl FnOnce(&mut TransferView)) {
        change(&mut self.running.view.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn tell(&self) {
        if self.told.get().is_none_or(|told| told.elapsed() >= EVERY) {
            self.told.set(Some(Instant::now()));
            self.app.tell_transfer();
        }
    }
}

impl Drop for Transfer<'_> {
    fn drop(&mut self) {
        *self.app.transfers.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.app.tell_transfer();
    }
}

/// The file that an export names, if it lies in its folder: neither `..`, nor an absolute path, nor a link on the way.
pub(crate) fn inside(root: &Path, named: &str) -> Result<PathBuf, TransferProblem> {
    let refuse = || {
        let message = format!("“{named}” leads out of the folder, or over a link. It is left out.");
        TransferProblem::new(named, FailureCode::UnsafePath, message)
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
