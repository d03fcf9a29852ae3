//! The pool of reading children, and giving work to one of them.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use super::child::{Child, tell};
use super::message::{Follows, Request, Said, Work, decode};
use super::serve::KEPT;
use super::{FileRequest, Watch};
use crate::reader::{Pace, cores};
use crate::{Content, ReadError, ReadOptions};

/// How often a working child is checked: memory, time, and whether its work is still wanted.
const LOOK: Duration = Duration::from_millis(50);
/// Tries at one page: as it lies, turned, prepared for pale print, in all languages, and by the second reader, which may take
/// as long as two.
const TRIES: u32 = 6;
/// The time for everything but recognising pages: starting, loading engines, drawing.
const BESIDES: Duration = Duration::from_secs(5);

/// The idle children of one program, all with the same options. They are kept for a minute.
pub(crate) struct Children {
    program: PathBuf,
    options: ReadOptions,
    idle: Mutex<Vec<Child>>,
    busy: AtomicU32,
    drawing: Mutex<()>,
}

impl Children {
    pub(crate) fn new(program: PathBuf, options: ReadOptions) -> Self {
        Self { program, options, idle: Mutex::default(), busy: AtomicU32::new(0), drawing: Mutex::default() }
    }

    /// Ends children that have been idle for `idle`.
    pub(crate) fn release_idle(&self, idle: Duration) {
        self.idle().retain(|child| child.idle_for() < idle);
    }

    /// Has a child do the work. If the child crashes or hangs, that is an error of this file alone.
    pub(crate) fn ask<T: DeserializeOwned>(
        &self,
        request: FileRequest<'_>,
        work: Work,
        watch: Watch<'_>,
    ) -> Result<T, ReadError> {
        self.ask_at(Pace::Brisk, request, work, watch)
    }

    /// The same at a pace.
    pub(crate) fn ask_at<T: DeserializeOwned>(
        &self,
        pace: Pace,
        request: FileRequest<'_>,
        work: Work,
        watch: Watch<'_>,
    ) -> Result<T, ReadError> {
        let FileRequest { name, content, settings } = request;
        let busy = Busy::with(&self.busy);
        // A file that is read alone gets all cores; several files share them.
        let threads = (cores() / busy.together).max(1);
        let follows = match content {
            Content::Bytes(_) => Follows::Bytes,
            Content::File(_) => Follows::File,
        };
        let request = Request { name: name.to_owned(), settings: settings.clone(), work, threads, follows };
        // A window may ask for many pictures at once; one child draws each in a few milliseconds.
        let draws = matches!(request.work, Work::PageImage { .. });
        let _lock = draws.then(|| self.drawing.lock().unwrap_or_else(PoisonError::into_inner));
        let child = match self.warm(pace) {
            Some(child) => child,
            None => Child::start(&self.program, &self.options, pace).map_err(|error| ReadError::EngineMissing {
                name: name.to_owned(),
                engine: "The reader".into(),
                detail: format!("{}: {error}", self.program.display()),
                way_out: "Start Workmate again; if it stays so, install it again.".into(),
            })?,
        };
        self.talk(child, &request, content, watch)
    }

    /// An idle child of this pace that is well and not about to end for want of work.
    fn warm(&self, pace: Pace) -> Option<Child> {
        let mut idle = self.idle();
        idle.retain(|child| child.idle_for() < KEPT / 2 && child.is_running());
        let place = idle.iter().rposition(|child| child.pace == pace)?;
        Some(idle.swap_remove(place))
    }

    /// Exchanges messages with a child until its work is done; then the child is idle. On an error it is ended.
    fn talk<T: DeserializeOwned>(
        &self,
        mut child: Child,
        request: &Request,
        content: Content<'_>,
        watch: Watch<'_>,
    ) -> Result<T, ReadError> {
        child.may_say(request.work.most_said(&self.options.limits));
        let heard = thread::scope(|scope| {
            // Written on another thread, because a hanging child would not take all of it. Whether it did shows in its
            // answer.
            let to_child = child.to_child();
            scope.spawn(move || drop(tell(to_child, request, content)));
            let heard = self.hear(&child, request, watch);
            if heard.is_err() {
                child.kill();
            }
            heard
        });
        let result = heard?;
        child.used = Some(Instant::now());
        self.idle().push(child);
        result
    }

    /// Waits for the result while the child stays within its limits. The outer error means that the child cannot be
    /// used any more.
    fn hear<T: DeserializeOwned>(
        &self,
        child: &Child,
        request: &Request,
        watch: Watch<'_>,
    ) -> Result<Result<T, ReadError>, ReadError> {
        let limits = self.options.limits;
        let name = || request.name.clone();
        let silence = BESIDES + TRIES * Duration::from_secs(limits.seconds_per_page.into());
        let whole = Duration::from_secs(limits.seconds_per_file.into());
        let started = Instant::now();
        let mut last = started;
        loop {
            match child.next(LOOK) {
                Ok(frame) => match frame.and_then(|frame| decode::<Said<T>>(&frame)) {
                    Ok(Said::Progress(progress)) => {
                        last = Instant::now();
                        (watch.progress)(progress);
                    }
                    Ok(Said::Done(result)) => return Ok(result),
                    Err(error) => return Err(ReadError::Engine { name: name(), detail: error.to_string() }),
                },
                Err(RecvTimeoutError::Disconnected) if child.was_asked_to_end() => {
                    return Err(ReadError::Stopped { name: name() });
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(ReadError::Crashed { name: name(), how: child.how_it_ended() });
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if (watch.stopped)() {
                return Err(ReadError::Stopped { name: name() });
            }
            if last.elapsed() > silence || started.elapsed() > whole {
                let seconds = started.elapsed().as_secs();
                return Err(ReadError::TooSlow { name: name(), seconds });
            }
            if let Some(memory) = child.memory().filter(|memory| *memory > limits.memory) {
                return Err(ReadError::TooMuchMemory { name: name(), megabytes: memory / 1_000_000 });
            }
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Child>> {
        // A list of whole children is never half changed, so a panic elsewhere does not spoil it.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts concurrent requests.
struct Busy<'a> {
    count: &'a AtomicU32,
    /// How many there are with this one.
    together: u32,
}

impl<'a> Busy<'a> {
    fn with(count: &'a AtomicU32) -> Self {
        Self { count, together: count.fetch_add(1, Ordering::Relaxed) + 1 }
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }
}
