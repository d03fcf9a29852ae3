//! The inbox folder: hands over each complete file in it once.
//!
//! One thread does all the work ([`worker`]). It gets events from the system ([`Wanted`]), and also scans the whole
//! folder at start and every few minutes, because events get lost and network shares send none. It waits until a file
//! is unchanged for a while and looks complete ([`completeness`]), then hands it over ([`hand_over`]). This waiting
//! already gathers bursts of events, so no separate debouncer is needed.

mod claim;
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
    /// How long size and time of a complete-looking file must stay the same; 1 s is good. One with something
    /// behind its end must stay the same 5 times as long, one that looks cut off, or whose format has no end, 30 times.
    pub still_for: Duration,
    /// How often to scan the whole folder even without events; 5 min is good.
    pub rescan_every: Duration,
    /// Whether to scan every 2 s instead of relying on events.
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
    /// On network file systems, which send no events for changes by other computers.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
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
    /// A watch of the folder; [`InboxWatch::run`] starts it. Problems with the folder are reported to
    /// [`Receiver::trouble`], and reported as over once the folder is right again.
    pub fn watch(settings: InboxSettings, clock: Arc<dyn Clock>, receiver: Arc<dyn Receiver>) -> InboxWatch {
        InboxWatch { settings, clock, receiver, wanted: Arc::default() }
    }
}

/// A watch over the inbox folder.
pub struct InboxWatch {
    settings: InboxSettings,
    clock: Arc<dyn Clock>,
    receiver: Arc<dyn Receiver>,
    wanted: Arc<Wanted>,
}

impl InboxWatch {
    /// Watches on this thread until [`stop`](Self::stop) is called; `beat` is called with every pass. After a panic it
    /// can be run again, and scans everything anew.
    pub fn run(&self, beat: &dyn Fn()) {
        let (settings, clock) = (self.settings.clone(), Arc::clone(&self.clock));
        worker::Worker::new(settings, clock, Arc::clone(&self.receiver), Arc::clone(&self.wanted)).run(beat);
    }

    /// Stops the watch after the file that is being handed over.
    pub fn stop(&self) {
        self.wanted.stop();
    }

    /// Requests a scan of the whole folder now.
    pub fn rescan(&self) {
        self.wanted.rescan();
    }
}
