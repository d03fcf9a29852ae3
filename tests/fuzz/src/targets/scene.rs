//! A whole program, for the targets that need one.

use std::sync::Arc;

use app::{App, Parts, Profile, RandomIds};
use tempfile::TempDir;

/// A program on a temporary profile, with some documents if wanted.
pub(super) struct Scene {
    pub(super) app: Arc<App>,
    pub(super) folder: TempDir,
}

impl Scene {
    pub(super) fn new(documents: u32) -> Self {
        // In memory where the system has such a folder: thousands of inputs are written.
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a temporary folder");
        let profile = Profile::locate(Some(&folder.path().join("profile"))).expect("a profile");
        let parts = Parts { channels: Vec::new(), ids: Arc::new(RandomIds), ..Parts::real() };
        let app = App::open(profile, parts).expect("the profile opens");
        if documents > 0 {
            app.generate(documents, |_| {}).expect("documents");
        }
        Self { app, folder }
    }
}
