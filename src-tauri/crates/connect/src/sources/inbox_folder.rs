//! The inbox folder: every whole file that lies still in it is handed over once.
//!
//! One thread does it all ([`worker`]): it is told by the system what changed ([`Wanted`]), looks at everything at start
//! and every few minutes as well (events get lost, network shares send none), waits until a file lies still and looks
//! whole ([`completeness`]), and hands it over ([`hand_over`]). This waiting already gathers bursts of events, so that no debouncer with
//! a ticking thread of its own is needed.

mod completeness;
mod file_state;
mod hand_over;
mod names;
mod network;
mod open_files;
mod troubles;
mod wanted;
mod watching;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use domain::{Clock, SourceId};

use super::{Receiver, Source};
use wanted::Wanted;

/// How the inbox folder is watched.
#[derive(Clone, Debug)]
pub struct InboxSettings {
    /// The folder, as a full path. Created at start if its parent exists.
    pub folder: PathBuf,
    /// Leave originals where they are instead of removing them once they are taken in.
    pub keep_originals: bool,
    /// How long size and time of a whole-looking file must stay the same; 1 s is good. A file of a kind whose end cannot
    /// be recognised has to lie still 5 times as long, one that looks cut off 30 times.
    pub still_for: Duration,
    /// How often to look at everything although nothing was heard; 5 min is good.
    pub rescan_every: Duration,
    /// Whether to look every 2 s instead of trusting the system to tell of changes.
    pub poll: PollChoice,
}

impl InboxSettings {
    /// The usual settings for `folder`.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            keep_originals: false,
            still_for: Duration::from_secs(1),
            rescan_every: Duration::from_secs(5 * 60),
            poll: PollChoice::Auto,
        }
    }
}

/// Whether to poll the inbox folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PollChoice {
    /// On network file systems, which do not tell of what other computers change.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Why a source could not be started.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The system gives no more threads.
    #[error("the inbox folder cannot be watched, because no thread could be started ({0}); restart the program")]
    Thread(#[from] std::io::Error),
}

/// The source of files that scanners and people put into a folder.
#[derive(Clone, Copy, Debug)]
pub struct InboxFolder;

impl Source for InboxFolder {
    fn id(&self) -> SourceId {
        SourceId::Inbox
    }

    fn name_de(&self) -> &'static str {
        "Eingangsordner"
    }

    fn name_en(&self) -> &'static str {
        "Inbox folder"
    }
}

impl InboxFolder {
    /// Starts watching. What is wrong with the folder is told to [`Receiver::trouble`], now and later, and ends by
    /// itself once the folder is right again.
    pub fn start(
        settings: InboxSettings,
        clock: Arc<dyn Clock>,
        receiver: Arc<dyn Receiver>,
    ) -> Result<InboxWatch, SourceError> {
        let wanted = Arc::new(Wanted::default());
        let worker = worker::Worker::new(settings, clock, receiver, Arc::clone(&wanted));
        let thread = thread::Builder::new().name("inbox-folder".to_owned()).spawn(move || worker.run())?;
        Ok(InboxWatch { wanted, thread: Some(thread) })
    }
}

/// A running watch. Dropping it stops it, after the file that is being handed over.
#[derive(Debug)]
pub struct InboxWatch {
    wanted: Arc<Wanted>,
    thread: Option<JoinHandle<()>>,
}

impl InboxWatch {
    /// Looks at the whole folder now.
    pub fn rescan(&self) {
        self.wanted.rescan();
    }
}

impl Drop for InboxWatch {
    fn drop(&mut self) {
        self.wanted.stop();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of the inbox folder panicked");
        }
    }
}
