//! Several writes that are taken back as one: a run of a rule, or of a sync.

use domain::{By, FileId, RunId};

use crate::store::Behalf;
use crate::{Op, Result, Store, Write, Written};

/// A run of a rule or of a sync. All that is written through it is taken back by [`Store::undo_run`] as one.
pub struct Run<'s> {
    store: &'s Store,
    behalf: Behalf,
    id: RunId,
}

impl Store {
    /// Begins a run on behalf of `by`.
    pub fn begin_run(&self, by: By) -> Run<'_> {
        let id = RunId::new(self.ids.as_ref());
        Run { store: self, behalf: Behalf { by, run: Some(id) }, id }
    }
}

impl Run<'_> {
    /// By which the whole run is taken back.
    pub fn id(&self) -> RunId {
        self.id
    }

    /// [`Store::write`] as a step of this run.
    ///
    /// # Errors
    /// Those of [`Store::write`].
    pub fn write<T>(&self, op: Op, f: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<Written<T>> {
        self.store.write_in(self.behalf, op, f)
    }

    /// [`Store::write_with_files`] as a step of this run.
    ///
    /// # Errors
    /// Those of [`Store::write_with_files`].
    pub fn write_with_files<T>(
        &self,
        op: Op,
        files: &[&[u8]],
        write: impl FnOnce(&Write<'_>, &[FileId]) -> Result<T>,
    ) -> Result<Written<T>> {
        self.store.write_with_files_in(self.behalf, op, files, write)
    }
}
