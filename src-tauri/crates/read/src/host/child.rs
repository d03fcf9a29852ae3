//! One reading child: starting it, hearing its messages, watching its limits, ending it.

use std::io;
use std::path::Path;
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::message::{Request, encode, read_frame, write_frame};
use super::serve::READER_ARGUMENT;
use super::socket::{self, ToChild};
use crate::reader::Pace;
use crate::{Content, ReadOptions};

/// A process that reads. It ends when this is dropped.
pub(super) struct Child {
    process: Arc<Mutex<process::Child>>,
    to_child: ToChild,
    frames: Receiver<io::Result<Vec<u8>>>,
    /// Bytes of the largest frame that it may send at the moment.
    most_said: Arc<AtomicU64>,
    /// How much it may press other work; it stays so.
    pub(super) pace: Pace,
    /// When it last finished a piece of work.
    pub(super) used: Option<Instant>,
}

impl Child {
    /// Starts `program` as a child that reads with these options.
    pub(super) fn start(program: &Path, options: &ReadOptions, pace: Pace) -> io::Result<Self> {
        let (mut to_child, input) = socket::open()?;
        let mut process = Command::new(program)
            .arg(READER_ARGUMENT)
            // Tesseract is five times slower with threads of its own; it looks at this before `main`.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(input)
            .stdout(Stdio::piped())
            .spawn()?;
        if pace == Pace::Calm {
            calm(&process);
        }
        let mut output = process.stdout.take().ok_or_else(|| io::Error::other("no pipe"))?;
        let process = Arc::new(Mutex::new(process));
        // One frame is buffered: a child that writes faster than this is read has to wait.
        let (sender, frames) = sync_channel(1);
        let watched = Arc::clone(&process);
        let most_said = Arc::new(AtomicU64::new(0));
        let most = Arc::clone(&most_said);
        #[expect(
            clippy::disallowed_methods,
            reason = "one child's pipe: when this ends, however it does, whoever waits for a frame is told at once"
        )]
        thread::Builder::new().name("reader-child".to_owned()).spawn(move || {
            while let Some(frame) = read_frame(&mut output, || most.load(Ordering::Relaxed)).transpose() {
                let last = frame.is_err();
                if sender.send(frame).is_err() || last {
                    break;
                }
            }
            // It is ended, and its entry in the process table is freed.
            end(&mut locked(&watched));
        })?;
        // A child that has ended takes no more work; the caller notices that when it waits for the result.
        drop(write_frame(&mut to_child, &encode(options)?));
        Ok(Self { process, to_child, frames, most_said, pace, used: None })
    }

    /// The channel by which it gets work, see [`tell`].
    pub(super) fn to_child(&self) -> &ToChild {
        &self.to_child
    }

    /// Frames larger than this end it from here on.
    pub(super) fn may_say(&self, bytes: u64) {
        self.most_said.store(bytes, Ordering::Relaxed);
    }

    /// The next frame, if one comes in time; `Disconnected` if the child has ended. After an error it is ended.
    pub(super) fn next(&self, limit: Duration) -> Result<io::Result<Vec<u8>>, RecvTimeoutError> {
        self.frames.recv_timeout(limit)
    }

    /// Has it not ended yet?
    pub(super) fn is_running(&self) -> bool {
        matches!(locked(&self.process).try_wait(), Ok(None))
    }

    /// How long it has had no work.
    pub(super) fn idle_for(&self) -> Duration {
        self.used.map_or(Duration::ZERO, |used| used.elapsed())
    }

    /// Ends it.
    pub(super) fn kill(&self) {
        end(&mut locked(&self.process));
    }

    /// Whether somebody asked it to end, as Ctrl-C and a system that shuts down ask every process: that says nothing about
    /// the file.
    pub(super) fn was_asked_to_end(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::process::ExitStatusExt as _;
            /// `SIGHUP`, `SIGINT` and `SIGTERM` (signal(7)).
            const ASKING: [i32; 3] = [1, 2, 15];
            let signal = locked(&self.process).wait().ok().and_then(|status| status.signal());
            signal.is_some_and(|signal| ASKING.contains(&signal))
        }
        #[cfg(not(unix))]
        false
    }

    /// How it ended, once it has.
    pub(super) fn how_it_ended(&self) -> String {
        match locked(&self.process).wait() {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        }
    }

    /// Bytes of memory in use, where the system tells.
    pub(super) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", locked(&self.process).id())).ok()?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(resident.trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
    }
}

/// Leaves the processors to others. Where that is not possible, the work is done all the same.
#[cfg(unix)]
fn calm(process: &process::Child) {
    /// Of -20 to 19 (setpriority(2)): a tenth of what a program gets that asks for nothing.
    const NICE: i32 = 10;
    let id = i32::try_from(process.id()).ok().and_then(rustix::process::Pid::from_raw);
    if let Err(error) = rustix::process::setpriority_process(id, NICE) {
        tracing::warn!(%error, "what is read in the background is as fast as anything else");
    }
}

#[cfg(not(unix))]
fn calm(_: &process::Child) {}

/// Gives a child a piece of work.
pub(super) fn tell(mut to_child: &ToChild, request: &Request, content: Content<'_>) -> io::Result<()> {
    write_frame(&mut to_child, &encode(request)?)?;
    match content {
        Content::Bytes(bytes) => write_frame(&mut to_child, bytes),
        Content::File(file) => socket::hand_over(to_child, file),
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
    }
}

fn locked(process: &Mutex<process::Child>) -> MutexGuard<'_, process::Child> {
    process.lock().unwrap_or_else(PoisonError::into_inner)
}

fn end(process: &mut process::Child) {
    // An error says that it has ended already.
    drop(process.kill());
    if let Err(error) = process.wait() {
        tracing::warn!(%error, "a reader could not be waited for");
    }
}
