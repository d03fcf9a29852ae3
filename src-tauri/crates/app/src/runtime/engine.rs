//! The engine of a profile: inbox folder and jobs. It runs in one process at a time; the
//! [`supervisor`](super::supervisor) starts it.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use connect::{InboxFolder, InboxSettings, InboxWatch};
use domain::FailureCode;
use store::{NewProblem, RoleLock, StoreError, Swept};

use crate::runtime::inbox::Intake;
use crate::runtime::threads::{Pulse, Stop};
use crate::runtime::{backups, jobs};
use crate::{App, Failure};

/// Tesseract and PDFium are fastest with one page for each core; more threads than this only cost memory.
const MOST_WORKERS: usize = 4;

/// The running engine of a profile. Dropping it stops its threads after the page they work on.
pub(crate) struct Engine {
    app: Arc<App>,
    stop: Arc<Stop>,
    threads: Vec<JoinHandle<()>>,
    _lock: RoleLock,
}

impl Engine {
    /// Repairs what an interruption left behind, and starts the threads.
    pub(crate) fn start(app: &Arc<App>, lock: RoleLock, watches_inbox: bool) -> Result<Self, Failure> {
        let swept = app.store.sweep_up(&lock)?;
        show_damaged(app, &swept);
        app.own_disk.forget(&app.store);
        app.cache.sweep(&app.store);
        let mut engine = Self { app: Arc::clone(app), stop: Arc::default(), threads: Vec::new(), _lock: lock };
        let workers = thread::available_parallelism().map_or(1, usize::from).min(MOST_WORKERS);
        for number in 0..workers {
            engine.keep(&format!("jobs-{number}"), jobs::work)?;
        }
        if watches_inbox {
            engine.keep("inbox", watch_inbox)?;
            engine.keep("backups", backups::keep_up)?;
        }
        Ok(engine)
    }

    fn keep(&mut self, name: &str, run: fn(&Arc<App>, &Pulse) -> Result<(), Failure>) -> Result<(), Failure> {
        let app = Arc::clone(&self.app);
        let thread = self.app.threads.keep(name, &self.stop, move |pulse| run(&app, pulse))?;
        self.threads.push(thread);
        Ok(())
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stop.set();
        self.app.jobs.ring();
        self.app.inbox.ring();
        self.app.backups.break_off();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the engine was not caught when it panicked");
            }
        }
    }
}

fn show_damaged(app: &App, swept: &Swept) {
    if !swept.adopted.is_empty() || !swept.damaged.is_empty() {
        tracing::warn!(?swept, "the last run did not end well");
    }
    for path in &swept.damaged {
        let shown = path.display();
        app.add_problem(&NewProblem {
            file_name: path.file_name().map_or_else(|| shown.to_string(), |name| name.to_string_lossy().into_owned()),
            path: Some(path.clone()),
            file: None,
            code: FailureCode::OriginalDamaged,
            message: format!(
                "{shown} in the archive cannot be read, or is not what came in. Please restore it from a backup; all \
                 other letters go on."
            ),
        });
    }
}

/// Runs the inbox folder, and starts it anew when its settings change.
fn watch_inbox(app: &Arc<App>, pulse: &Pulse) -> Result<(), Failure> {
    let mut running: Option<RunningInbox> = None;
    loop {
        let rings = app.inbox.rings();
        if pulse.is_stopping() {
            return Ok(());
        }
        pulse.beat();
        let wanted = wanted_inbox(app)?;
        if running.as_ref().is_none_or(|now| now.wanted != wanted) {
            drop(running.take());
            if let Err(error) = app.forget_troubles() {
                tracing::warn!(%error, "what was in the way before is still shown");
            }
            running = Some(RunningInbox::start(app, wanted)?);
        }
        pulse.waits();
        app.inbox.wait(rings, Duration::MAX);
    }
}

/// A watched folder, with a thread of its own.
struct RunningInbox {
    /// The folder, and whether originals stay in it.
    wanted: (PathBuf, bool),
    watch: Arc<InboxWatch>,
    stop: Arc<Stop>,
    thread: Option<JoinHandle<()>>,
}

impl RunningInbox {
    fn start(app: &Arc<App>, wanted: (PathBuf, bool)) -> Result<Self, Failure> {
        let settings = InboxSettings { keep_originals: wanted.1, ..InboxSettings::new(wanted.0.clone()) };
        let intake = Arc::new(Intake { app: Arc::clone(app) });
        let watch = Arc::new(InboxFolder::watch(settings, Arc::clone(&app.clock), intake));
        let (stop, running) = (Arc::default(), Arc::clone(&watch));
        let thread = app.threads.keep("inbox-folder", &stop, move |pulse| {
            running.run(&|| pulse.beat());
            Ok(())
        })?;
        Ok(Self { wanted, watch, stop, thread: Some(thread) })
    }
}

impl Drop for RunningInbox {
    fn drop(&mut self) {
        self.stop.set();
        self.watch.stop();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the inbox folder was not caught when it panicked");
        }
    }
}

fn wanted_inbox(app: &App) -> Result<(PathBuf, bool), Failure> {
    let folder = app.inbox_folder()?;
    if !folder.exists() && folder == app.profile.inbox {
        // The default folder is created; a chosen one is not, because it may be on a drive that is not connected.
        std::fs::create_dir_all(&folder)
            .map_err(|source| Failure::from(StoreError::Io { path: folder.clone(), doing: "created", source }))?;
    }
    Ok((folder, app.settings()?.keep_originals))
}
