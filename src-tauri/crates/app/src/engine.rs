//! What runs in an opened profile: inbox folder, jobs and reminders. One process at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use connect::{FileWatch, InboxFolder, InboxSettings, InboxWatch, watch_file};
use store::{EngineLock, StoreError};

use crate::inbox::Intake;
use crate::{App, Failure, jobs, scheduler};

/// Tesseract and PDFium are at their best with one page for each core; more than this only costs memory.
const MOST_WORKERS: usize = 4;

/// What an engine does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duties {
    /// Watch the inbox folder.
    pub inbox: bool,
    /// Send reminders.
    pub reminders: bool,
}

impl Duties {
    /// Everything.
    pub const ALL: Self = Self { inbox: true, reminders: true };
    /// Only the jobs that are waiting.
    pub const JOBS: Self = Self { inbox: false, reminders: false };
}

/// Follows what other processes write, as long as it is kept.
pub struct Follow {
    _watch: FileWatch,
}

/// The running engine of a profile. Dropping it ends its threads, after the page at hand.
pub struct Engine {
    app: Arc<App>,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    _changes: Option<Follow>,
    _lock: EngineLock,
}

impl Engine {
    /// Starts the engine as `kind` (`app`, `watch`, `import`). Fails with the code `engine_held` where another process
    /// runs it; [`follow`](App::follow) then keeps this process up to date.
    pub fn start(app: &Arc<App>, kind: &str, duties: Duties) -> Result<Self, Failure> {
        let lock = app.store.lock_engine(kind)?;
        let swept = app.store.sweep_up(&lock)?;
        if !swept.quarantined.is_empty() || !swept.adopted.is_empty() || !swept.damaged.is_empty() {
            tracing::warn!(?swept, "the last run did not end well");
        }
        let stop = Arc::new(AtomicBool::new(false));
        let mut engine = Self { app: Arc::clone(app), stop, threads: Vec::new(), _changes: app.follow()?, _lock: lock };
        let workers = thread::available_parallelism().map_or(1, usize::from).min(MOST_WORKERS);
        for number in 0..workers {
            engine.spawn(&format!("jobs-{number}"), jobs::work)?;
        }
        if duties.reminders {
            engine.spawn("reminders", scheduler::remind)?;
        }
        if duties.inbox {
            engine.spawn("inbox", watch_inbox)?;
        }
        app.surroundings().runs_engine = true;
        Ok(engine)
    }

    fn spawn(&mut self, name: &str, run: fn(&Arc<App>, &AtomicBool)) -> Result<(), Failure> {
        let (app, stop) = (Arc::clone(&self.app), Arc::clone(&self.stop));
        let thread = thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || run(&app, &stop))
            .map_err(|error| Failure::new("no_thread", format!("No thread could be started ({error}).")))?;
        self.threads.push(thread);
        Ok(())
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.app.surroundings().runs_engine = false;
        self.app.jobs.ring();
        self.app.reminders.ring();
        self.app.inbox.ring();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the engine panicked");
            }
        }
    }
}

impl App {
    /// Follows what other processes write to the profile. None where the file cannot be watched; then changes of others
    /// show at the next own one.
    pub fn follow(self: &Arc<Self>) -> Result<Option<Follow>, Failure> {
        let app = Arc::downgrade(self);
        let watched = watch_file(&self.store.changed_path(), move || {
            let Some(app) = app.upgrade() else { return };
            match app.store.changed_by_another() {
                Ok(true) => app.changed_elsewhere(),
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "what another process changed could not be looked up"),
            }
        });
        match watched {
            Ok(watch) => Ok(Some(Follow { _watch: watch })),
            Err(error) => {
                tracing::warn!(%error, "changes of other processes are not seen at once");
                Ok(None)
            }
        }
    }
}

/// Runs the inbox folder, and starts it anew when its settings change.
fn watch_inbox(app: &Arc<App>, stop: &AtomicBool) {
    let mut running: Option<((std::path::PathBuf, bool), InboxWatch)> = None;
    loop {
        let rings = app.inbox.rings();
        if stop.load(Ordering::Relaxed) {
            return;
        }
        match wanted_inbox(app) {
            Ok(wanted) if running.as_ref().is_none_or(|(now, _)| *now != wanted) => {
                running = None;
                if let Err(error) = app.forget_troubles() {
                    tracing::warn!(%error, "what was in the way before is still shown");
                }
                let settings = InboxSettings { keep_originals: wanted.1, ..InboxSettings::new(wanted.0.clone()) };
                let intake = Arc::new(Intake { app: Arc::clone(app) });
                match InboxFolder::start(settings, Arc::clone(&app.clock), intake) {
                    Ok(watch) => running = Some((wanted, watch)),
                    Err(error) => tracing::error!(%error, "the inbox folder is not watched"),
                }
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the settings of the inbox folder could not be read"),
        }
        app.inbox.wait(rings, Duration::MAX);
    }
}

fn wanted_inbox(app: &App) -> Result<(std::path::PathBuf, bool), Failure> {
    let folder = app.inbox_folder()?;
    if !folder.exists() && folder == app.profile.inbox {
        // The usual folder is made; one that was chosen may be on a drive that is not there now.
        std::fs::create_dir_all(&folder)
            .map_err(|source| Failure::from(StoreError::Io { path: folder.clone(), doing: "created", source }))?;
    }
    Ok((folder, app.settings()?.keep_originals))
}
