//! Watched threads. After a panic a thread is started again with growing pauses; the panic is logged and shown as a
//! problem. `status.get` lists the threads with their state.
//!
//! Every thread of the program is started here; clippy refuses `std::thread::spawn` elsewhere.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::{Clock, FailureCode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Failure;
use crate::runtime::wake::Wake;

/// Pauses before a thread that failed begins again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pauses {
    /// After the first failure; doubled with each further one.
    pub(crate) first: Duration,
    /// The longest pause. A thread that has worked for so long begins with the first pause again.
    pub(crate) longest: Duration,
}

impl Pauses {
    pub(crate) const USUAL: Self = Self { first: Duration::from_secs(1), longest: Duration::from_secs(5 * 60) };
}

/// The state of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ThreadState {
    /// It works.
    Running,
    /// It waits for work.
    Waiting,
    /// It failed, and is started again after a pause.
    Restarting,
    /// It has ended.
    Stopped,
}

/// A thread of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ThreadView {
    /// What it does: `reminders`, `inbox`, `jobs-0` …
    pub name: String,
    /// Its state.
    pub state: ThreadState,
    /// The time of its last sign of life. A running thread gives one with each piece of work.
    pub last_beat: DateTime<Utc>,
    /// How often it failed and began again.
    pub restarts: u32,
    /// Why it last failed.
    pub last_error: Option<String>,
}

/// A request to stop, made once.
#[derive(Debug, Default)]
pub(crate) struct Stop {
    set: AtomicBool,
    wake: Wake,
}

impl Stop {
    /// Requests the stop.
    pub(crate) fn set(&self) {
        self.set.store(true, Ordering::SeqCst);
        self.wake.ring();
    }

    /// Whether a stop was requested.
    pub(crate) fn is_set(&self) -> bool {
        self.set.load(Ordering::SeqCst)
    }

    /// Sleeps for this time, or until a stop is requested.
    pub(crate) fn sleep(&self, limit: Duration) {
        let rings = self.wake.rings();
        if !self.is_set() {
            self.wake.wait(rings, limit);
        }
    }
}

/// Called at each failure, with the name of the thread and the message.
type OnFailure = Box<dyn Fn(&str, &Failure) + Send + Sync>;

/// The threads of one opened profile.
pub(crate) struct Threads {
    clock: Arc<dyn Clock>,
    pauses: Pauses,
    list: Mutex<BTreeMap<String, ThreadView>>,
    on_failure: OnceLock<OnFailure>,
}

/// How a thread reports its state while it works.
pub(crate) struct Pulse {
    name: String,
    threads: Arc<Threads>,
    stop: Arc<Stop>,
}

impl Pulse {
    /// Whether a stop was requested.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stop.is_set()
    }

    /// Sleeps for this time, or until a stop is requested.
    pub(crate) fn sleep(&self, limit: Duration) {
        self.stop.sleep(limit);
    }

    /// It is alive and at work.
    pub(crate) fn beat(&self) {
        self.threads.note(&self.name, |thread, now| (thread.state, thread.last_beat) = (ThreadState::Running, now));
    }

    /// It has nothing to do and sleeps.
    pub(crate) fn waits(&self) {
        self.threads.note(&self.name, |thread, now| (thread.state, thread.last_beat) = (ThreadState::Waiting, now));
    }
}

impl Threads {
    pub(crate) fn new(clock: Arc<dyn Clock>, pauses: Pauses) -> Arc<Self> {
        Arc::new(Self { clock, pauses, list: Mutex::default(), on_failure: OnceLock::new() })
    }

    /// Sets the function that shows failures to the person.
    pub(crate) fn tell_failures(&self, to: OnFailure) {
        // Only the first call has an effect.
        drop(self.on_failure.set(to));
    }

    /// Runs `work` on a thread of its own until it returns `Ok`. An error or a panic is told, and `work` begins again
    /// after a pause, unless the end was asked for.
    ///
    /// # Errors
    /// If the system gives no more threads.
    pub(crate) fn keep(
        self: &Arc<Self>,
        name: &str,
        stop: &Arc<Stop>,
        mut work: impl FnMut(&Pulse) -> Result<(), Failure> + Send + 'static,
    ) -> Result<JoinHandle<()>, Failure> {
        let pulse = Pulse { name: name.to_owned(), threads: Arc::clone(self), stop: Arc::clone(stop) };
        let thread = ThreadView {
            name: name.to_owned(),
            state: ThreadState::Running,
            last_beat: self.clock.now(),
            restarts: 0,
            last_error: None,
        };
        self.list().insert(name.to_owned(), thread);
        start(name, move || pulse.threads.live(&pulse, &mut work))
    }

    /// Runs `work` once on a thread of its own. A panic is told.
    ///
    /// # Errors
    /// If the system gives no more threads.
    pub(crate) fn once(
        self: &Arc<Self>,
        name: &'static str,
        work: impl FnOnce() + Send + 'static,
    ) -> Result<(), Failure> {
        let threads = Arc::clone(self);
        let run = move || {
            threads.guard(name, work);
        };
        start(name, run).map(drop)
    }

    /// Runs a callback that somebody else's thread calls; none where it panicked, which is told.
    pub(crate) fn guard<T>(&self, name: &str, work: impl FnOnce() -> T) -> Option<T> {
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok(value) => Some(value),
            Err(panic) => {
                self.tell(name, &panicked(panic.as_ref()));
                None
            }
        }
    }

    /// All of them, by name.
    pub(crate) fn views(&self) -> Vec<ThreadView> {
        self.list().values().cloned().collect()
    }

    fn live(&self, pulse: &Pulse, work: &mut dyn FnMut(&Pulse) -> Result<(), Failure>) {
        let mut pause = self.pauses.first;
        while !pulse.is_stopping() {
            let began = Instant::now();
            let failure = match catch_unwind(AssertUnwindSafe(|| {
                pulse.beat();
                work(pulse)
            })) {
                Ok(Ok(())) => break,
                Ok(Err(failure)) => failure,
                Err(panic) => panicked(panic.as_ref()),
            };
            if began.elapsed() >= self.pauses.longest {
                pause = self.pauses.first;
            }
            self.note(&pulse.name, |thread, now| {
                (thread.state, thread.last_beat) = (ThreadState::Restarting, now);
                thread.restarts += 1;
                thread.last_error = Some(failure.message.clone());
            });
            self.tell(&pulse.name, &failure);
            pulse.stop.sleep(pause);
            pause = (pause * 2).min(self.pauses.longest);
        }
        self.note(&pulse.name, |thread, now| (thread.state, thread.last_beat) = (ThreadState::Stopped, now));
    }

    fn tell(&self, name: &str, failure: &Failure) {
        tracing::error!(thread = name, %failure, code = %failure.code, "a part of the program failed");
        let Some(tell) = self.on_failure.get() else { return };
        // Whatever broke the thread may break this call as well.
        if catch_unwind(AssertUnwindSafe(|| tell(name, failure))).is_err() {
            tracing::error!(thread = name, "its failure could not be shown");
        }
    }

    fn note(&self, name: &str, change: impl FnOnce(&mut ThreadView, DateTime<Utc>)) {
        let now = self.clock.now();
        if let Some(thread) = self.list().get_mut(name) {
            change(thread, now);
        }
    }

    fn list(&self) -> MutexGuard<'_, BTreeMap<String, ThreadView>> {
        // Entries are changed in single steps, so a panic elsewhere does not spoil the list.
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl connect::Threads for Threads {
    fn keep(self: Arc<Self>, name: &str, mut work: Box<dyn FnMut() + Send>) -> std::io::Result<()> {
        let kept = Self::keep(&self, name, &Arc::default(), move |pulse| {
            pulse.waits();
            work();
            Ok(())
        });
        kept.map(drop).map_err(std::io::Error::other)
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where threads are started")]
fn start(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Failure> {
    thread::Builder::new().name(name.to_owned()).spawn(run).map_err(|error| {
        Failure::new(
            FailureCode::NoThread,
            format!("No thread could be started ({error}). Please start Workmate again."),
        )
    })
}

/// The message of a panic.
pub(crate) fn panicked(panic: &(dyn Any + Send)) -> Failure {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no reason given".to_owned());
    Failure::new(FailureCode::ThreadFailed, format!("a mistake in the program: {text}"))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;
    use std::sync::mpsc::{self, Receiver};

    use super::*;
    use crate::SystemClock;

    const SHORT: Pauses = Pauses { first: Duration::from_millis(1), longest: Duration::from_millis(4) };

    fn threads(pauses: Pauses) -> (Arc<Threads>, Receiver<(String, String)>) {
        let threads = Threads::new(Arc::new(SystemClock), pauses);
        let (sender, told) = mpsc::channel();
        threads.tell_failures(Box::new(move |name, failure| {
            sender.send((name.to_owned(), failure.message.clone())).unwrap();
        }));
        (threads, told)
    }

    #[test]
    fn a_thread_that_panics_or_fails_begins_again_and_each_time_says_why() {
        let (threads, told) = threads(SHORT);
        let times = AtomicU32::new(0);
        let done = threads.keep("counting", &Arc::default(), move |_| match times.fetch_add(1, Ordering::SeqCst) {
            0 => panic!("the {} one", "first"),
            1 => std::panic::panic_any("the second one"),
            2 => Err(Failure::new(FailureCode::Io, "the third one")),
            _ => Ok(()),
        });
        done.unwrap().join().unwrap();
        let told: Vec<_> = told.try_iter().collect();
        assert!(told.iter().all(|(name, _)| name == "counting"));
        let why: Vec<&str> = told.iter().map(|(_, why)| why.as_str()).collect();
        assert_eq!(
            why,
            ["a mistake in the program: the first one", "a mistake in the program: the second one", "the third one"]
        );
        let [view] = <[ThreadView; 1]>::try_from(threads.views()).unwrap();
        assert_eq!((view.state, view.restarts), (ThreadState::Stopped, 3));
        assert_eq!(view.last_error.as_deref(), Some("the third one"));
    }

    #[test]
    fn the_pauses_grow_up_to_the_longest_and_the_end_is_not_kept_waiting_by_one() {
        let pauses = Pauses { first: Duration::from_millis(20), longest: Duration::from_secs(3600) };
        let (threads, told) = threads(pauses);
        let stop = Arc::new(Stop::default());
        let (began, at) = (Instant::now(), Arc::new(Mutex::new(Vec::new())));
        let noted = Arc::clone(&at);
        let thread = threads.keep("failing", &stop, move |_| {
            noted.lock().unwrap().push(began.elapsed());
            panic!("again");
        });
        for _ in 0..4 {
            told.recv().unwrap();
        }
        stop.set();
        thread.unwrap().join().unwrap();
        let at = at.lock().unwrap().clone();
        let pauses: Vec<_> = at.windows(2).map(|pair| pair[1].saturating_sub(pair[0]).as_millis()).collect();
        assert!(pauses[0] >= 20 && pauses[1] >= 40 && pauses[2] >= 80, "{pauses:?}");
    }

    #[test]
    fn a_callback_that_panics_harms_nobody_else() {
        let (threads, told) = threads(SHORT);
        assert_eq!(threads.guard("asked", || 1), Some(1));
        assert_eq!(threads.guard("asked", || -> u32 { panic!("no") }), None);
        assert_eq!(told.recv().unwrap().0, "asked");
        threads.once("once", || panic!("never again")).unwrap();
        assert_eq!(told.recv().unwrap().0, "once");
    }

    #[test]
    fn a_telling_that_panics_does_not_end_the_thread() {
        let threads = Threads::new(Arc::new(SystemClock), SHORT);
        threads.tell_failures(Box::new(|_, _| panic!("the database is gone")));
        let mut times = 0;
        let thread = threads.keep("stubborn", &Arc::default(), move |_| {
            times += 1;
            if times < 3 { Err(Failure::new(FailureCode::Io, "not yet")) } else { Ok(()) }
        });
        thread.unwrap().join().unwrap();
        assert_eq!(threads.views()[0].restarts, 2);
    }
}
