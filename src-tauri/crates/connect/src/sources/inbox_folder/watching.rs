//! Watches the folder through the system, and notices when another folder takes its path.

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
    /// Whether no events come, so that the folder must be polled.
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
        .and_then(|mut watcher| {
            watcher.watch(folder, RecursiveMode::Recursive)?;
            // The parent folder is watched, too: not every file system reports that a watched folder is removed, and
            // only the parent reports a new folder.
            if let Some(above) = folder.parent()
                && let Err(error) = watcher.watch(above, RecursiveMode::NonRecursive)
            {
                tracing::debug!(%error, folder = %above.display(), "the folder above the inbox folder sends no events");
            }
            Ok(watcher)
        });
        match watcher {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                tracing::warn!(%error, folder = %folder.display(), "the inbox folder sends no events; polling it");
            }
        }
    }
}

/// The identity of a folder, to tell it from another one at the same path.
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
