//! The system's word on what changes in the folder, as long as it is the same folder.

use std::fs::Metadata;
use std::sync::Arc;

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::network::on_network;
use super::wanted::Wanted;
use super::{InboxSettings, PollChoice};

/// Whether and how the folder is watched.
#[derive(Default)]
pub(super) struct Watching {
    /// `None` while the folder is polled.
    watcher: Option<RecommendedWatcher>,
    /// The folder that watching was last tried for, so that a new one at the same path is noticed.
    folder: Option<FolderId>,
}

impl Watching {
    /// Whether nobody tells of changes.
    pub(super) fn must_poll(&self) -> bool {
        self.watcher.is_none()
    }

    /// Watches the folder with this `metadata`, unless it is watched already.
    pub(super) fn ensure(&mut self, settings: &InboxSettings, metadata: &Metadata, wanted: &Arc<Wanted>) {
        let id = FolderId::of(metadata);
        if self.folder == Some(id) {
            return;
        }
        *self = Self { watcher: None, folder: Some(id) };
        let folder = &settings.folder;
        let poll = match settings.poll {
            PollChoice::Always => true,
            PollChoice::Never => false,
            PollChoice::Auto => on_network(folder),
        };
        if poll {
            return;
        }
        let (wanted, watched) = (Arc::clone(wanted), folder.clone());
        let watcher = RecommendedWatcher::new(
            move |event| wanted.event(&watched, event),
            notify::Config::default().with_follow_symlinks(false),
        )
        .and_then(|mut watcher| watcher.watch(folder, RecursiveMode::Recursive).map(|()| watcher));
        match watcher {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                tracing::warn!(%error, folder = %folder.display(), "the inbox folder sends no events; polling it");
            }
        }
    }
}

/// What tells a folder from another one that takes its path later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FolderId {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    inode: u64,
}

impl FolderId {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self { device: metadata.dev(), inode: metadata.ino() }
    }

    #[cfg(not(unix))]
    fn of(_metadata: &Metadata) -> Self {
        Self {}
    }
}
