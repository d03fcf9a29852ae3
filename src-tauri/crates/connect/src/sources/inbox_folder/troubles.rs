//! The present troubles. Each is reported once, and again only after it was over.

use std::path::Path;
use std::sync::Arc;

use crate::{Receiver, Trouble};

pub(super) struct Troubles {
    receiver: Arc<dyn Receiver>,
    told: Vec<Trouble>,
}

impl Troubles {
    pub(super) fn new(receiver: Arc<dyn Receiver>) -> Self {
        Self { receiver, told: Vec::new() }
    }

    /// Reports a trouble, unless it was reported already.
    pub(super) fn tell(&mut self, trouble: Trouble) {
        if !self.told.iter().any(|told| told.code() == trouble.code() && told.path() == trouble.path()) {
            self.told.push(trouble.clone());
            self.receiver.trouble(trouble);
        }
    }

    /// Ends every trouble with one file.
    pub(super) fn end_of_file(&mut self, path: &Path) {
        self.end(|trouble| trouble.path() == path);
    }

    /// Ends the trouble of not being able to list a folder.
    pub(super) fn end_of_folder(&mut self, path: &Path) {
        self.end(|trouble| is_about_folder(trouble) && trouble.path() == path);
    }

    /// Ends the trouble of a receiver that could not take anything in.
    pub(super) fn end_of_not_taken(&mut self) {
        self.end(|trouble| matches!(trouble, Trouble::NotTaken { .. }));
    }

    /// Ends the troubles with what is no longer there, except that the inbox folder itself is missing.
    pub(super) fn end_of_vanished(&mut self) {
        self.end(|trouble| {
            !matches!(trouble, Trouble::FolderMissing { .. })
                && matches!(std::fs::symlink_metadata(trouble.path()), Err(error) if error.kind() == std::io::ErrorKind::NotFound)
        });
    }

    /// Whether a folder cannot be listed now.
    pub(super) fn with_a_folder(&self) -> bool {
        self.told.iter().any(is_about_folder)
    }

    fn end(&mut self, over: impl Fn(&Trouble) -> bool) {
        let (ended, told) = self.told.drain(..).partition(|trouble| over(trouble));
        self.told = told;
        let ended: Vec<Trouble> = ended;
        for trouble in ended {
            self.receiver.cleared(trouble.path());
        }
    }
}

fn is_about_folder(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::FolderMissing { .. } | Trouble::FolderUnreadable { .. })
}
