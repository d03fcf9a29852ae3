//! One child: started, heard, watched, ended.

use std::io;
use std::path::Path;
use std::process::{self, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::line::{self, Line};
use super::message::{Request, encode, read_frame, write_frame};
use super::serve::READER_ARGUMENT;
use crate::{Content, ReadOptions};

/// A process that reads. It ends when this is dropped.
pub(super) struct Child {
    process: Arc<Mutex<process::Child>>,
    line: Line,
    frames: Receiver<Vec<u8>>,
    /// When it last finished a piece of work.
    pub(super) used: Option<Instant>,
}

impl Child {
    /// Starts `program` as a child that reads with these options.
    pub(super) fn start(program: &Path, options: &ReadOptions) -> io::Result<Self> {
        let (mut line, input) = line::open()?;
        let mut process = Command::new(program)
            .arg(READER_ARGUMENT)
            // Tesseract is five times slower with threads of its own; it looks at this before `main`.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(input)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut output = process.stdout.take().ok_or_else(|| io::Error::other("no pipe"))?;
        let process = Arc::new(Mutex::new(process));
        // One frame ahead is enough: who floods the pipe waits.
        let (sender, frames) = sync_channel(1);
        let watched = Arc::clone(&process);
        thread::Builder::new().name("reader-child".to_owned()).spawn(move || {
            while let Ok(Some(frame)) = read_frame(&mut output) {
                if sender.send(frame).is_err() {
                    break;
                }
            }
            // Nothing more will be heard of it: it is ended and its entry in the process table freed.
            end(&mut locked(&watched));
        })?;
        // One that has already ended takes nothing any more; that it has is noticed by who waits for it.
        drop(write_frame(&mut line, &encode(options)?));
        Ok(Self { process, line, frames, used: None })
    }

    /// Where it takes its work from, see [`tell`].
    pub(super) fn line(&self) -> &Line {
        &self.line
    }

    /// The next frame, if one comes in time; `Disconnected` if the child has ended.
    pub(super) fn next(&self, limit: Duration) -> Result<Vec<u8>, RecvTimeoutError> {
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

/// Gives a child a piece of work.
pub(super) fn tell(mut line: &Line, request: &Request, content: Content<'_>) -> io::Result<()> {
    write_frame(&mut line, &encode(request)?)?;
    match content {
        Content::Bytes(bytes) => write_frame(&mut line, bytes),
        Content::File(file) => line::hand_over(line, file),
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
