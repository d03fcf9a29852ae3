//! Undo and redo, by inverse changesets.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{By, RunId, StepId};
use rusqlite::Connection;
use rusqlite::session::{ChangesetItem, ConflictAction, ConflictType, invert_strm};

use crate::changes::{Touched, id_of};
use crate::history::{HistoryRow, Recorded};
use crate::row::readable;
use crate::store::Behalf;
use crate::{Changes, Op, Result, Store, StoreError, Write, migrate};

/// What was undone or redone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The steps that were undone or redone, in this order; one, unless it was a run.
    pub steps: Vec<UndoneStep>,
    /// The steps that were left as they are, because something newer builds on them.
    pub skipped: Vec<Skipped>,
    /// What changed now.
    pub changes: Changes,
}

/// A step, as a person knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoneStep {
    /// Its id.
    pub step: StepId,
    /// What it was.
    pub op: Op,
    /// What it was about.
    pub label: Option<String>,
}

/// A step that could not be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The step.
    pub step: UndoneStep,
    /// What stands in the way.
    pub standing: String,
}

impl Store {
    /// Undoes the newest step of the person that can be undone. A newer step that something else builds on is skipped
    /// and named, so that older steps stay reachable. None if there is nothing to undo.
    ///
    /// # Errors
    /// [`StoreError::UndoConflict`] of the newest step if something builds on every step; then nothing is changed.
    /// Else [database errors](StoreError#database-errors).
    pub fn undo(&self) -> Result<Option<Undone>> {
        self.undoing(undo_newest)
    }

    /// The step that [`undo`](Self::undo) would undo now; None if it would undo nothing. Whether something newer builds on a
    /// step shows only when it is tried: this waits for the writer, and leaves everything as it is.
    ///
    /// # Errors
    /// [Database errors](StoreError#database-errors).
    pub fn next_to_undo(&self) -> Result<Option<HistoryRow>> {
        self.in_transaction(|w| {
            w.conn.execute_batch("SAVEPOINT trying")?;
            let tried = undo_newest(w);
            w.conn.execute_batch("ROLLBACK TO trying; RELEASE trying")?;
            match tried {
                Ok(Some(Undone { steps, .. })) => match steps.first() {
                    Some(first) => Ok(readable(w.step(first.step))?.flatten()),
                    None => Ok(None),
                },
                Ok(None) | Err(StoreError::UndoConflict { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    /// Undoes one given step, whoever made it and whatever came after it. None if it was undone already, or is too
    /// old.
    ///
    /// # Errors
    /// [`StoreError::UndoConflict`] if something newer builds on it; then nothing is changed. Else [database
    /// errors](StoreError#database-errors).
    pub fn undo_step(&self, step: StepId) -> Result<Option<Undone>> {
        self.undoing(|w| {
            let mut undoing = Undoing::new(w, Op::Undo);
            match w.undoable_step(step)? {
                Some(step) if undoing.take_back(&step)? => undoing.done(),
                _ => undoing.nothing_or_conflict(),
            }
        })
    }

    /// Undoes all steps of a run, the newest first. Those that something newer builds on are skipped and named. None
    /// if there is nothing to undo.
    ///
    /// # Errors
    /// [`StoreError::UndoConflict`] if something newer builds on all its steps; then nothing is changed. Else
    /// [database errors](StoreError#database-errors).
    pub fn undo_run(&self, run: RunId) -> Result<Option<Undone>> {
        self.undoing(|w| {
            let mut undoing = Undoing::new(w, Op::Undo);
            let mut before = i64::MAX;
            while let Some(step) = w.undoable_of_run(run, before)? {
                before = step.number;
                undoing.take_back(&step)?;
            }
            if undoing.steps.is_empty() { undoing.nothing_or_conflict() } else { undoing.done() }
        })
    }

    /// Redoes the step of the person that was undone last. A new step of the person ends what can be redone.
    ///
    /// # Errors
    /// [`StoreError::UndoConflict`] if something newer conflicts with it; then nothing is changed. Else [database
    /// errors](StoreError#database-errors).
    pub fn redo(&self) -> Result<Option<Undone>> {
        self.undoing(|w| {
            let mut undoing = Undoing::new(w, Op::Redo);
            match w.redoable()? {
                Some(step) if undoing.make_again(&step)? => undoing.done(),
                _ => undoing.nothing_or_conflict(),
            }
        })
    }

    fn undoing(&self, f: impl FnOnce(&Write<'_>) -> Result<Option<Undone>>) -> Result<Option<Undone>> {
        let undone = self.in_transaction(f)?;
        if let Some(undone) = &undone {
            self.announce(&undone.changes);
        }
        Ok(undone)
    }
}

fn undo_newest(w: &Write<'_>) -> Result<Option<Undone>> {
    let mut undoing = Undoing::new(w, Op::Undo);
    let mut before = i64::MAX;
    while let Some(step) = w.undoable_before(before)? {
        before = step.number;
        if undoing.take_back(&step)? {
            return undoing.done();
        }
    }
    undoing.nothing_or_conflict()
}

/// An undo or redo within one transaction.
struct Undoing<'w, 'c> {
    w: &'w Write<'c>,
    steps: Vec<UndoneStep>,
    skipped: Vec<Skipped>,
    changes: Changes,
    /// What was applied.
    changesets: Vec<Vec<u8>>,
}

impl<'w, 'c> Undoing<'w, 'c> {
    fn new(w: &'w Write<'c>, op: Op) -> Self {
        let behalf = Behalf { by: By::Person, run: None }.or_key();
        let changes = Changes::none(behalf, op, Touched::new());
        Self { w, steps: Vec::new(), skipped: Vec::new(), changes, changesets: Vec::new() }
    }

    /// Undoes a step; `false` if it was skipped.
    fn take_back(&mut self, step: &Recorded) -> Result<bool> {
        let inverse = inverse(&step.changeset)?;
        self.apply(step, &inverse, true)
    }

    /// Redoes a step; `false` if it was skipped.
    fn make_again(&mut self, step: &Recorded) -> Result<bool> {
        self.apply(step, &step.changeset, false)
    }

    fn apply(&mut self, step: &Recorded, changeset: &[u8], undone: bool) -> Result<bool> {
        let named = UndoneStep { step: step.step, op: step.op, label: step.label.clone() };
        if let Some(standing) = apply(self.w.conn, changeset)? {
            self.skipped.push(Skipped { step: named, standing });
            return Ok(false);
        }
        self.w.set_undone(step.number, undone)?;
        self.changes.add(changeset)?;
        self.changesets.push(changeset.to_vec());
        self.steps.push(named);
        Ok(true)
    }

    fn done(self) -> Result<Option<Undone>> {
        let Self { w, steps, skipped, changes, changesets } = self;
        w.note_events(&changes)?;
        let label = steps.first().and_then(|step| step.label.clone());
        let changesets: Vec<&[u8]> = changesets.iter().map(Vec::as_slice).collect();
        w.record_undone(&changes, label, steps.iter().map(|step| step.step).collect(), &changesets)?;
        Ok(Some(Undone { steps, skipped, changes }))
    }

    /// Nothing was undone: there was nothing, or the error is the conflict of the first step that was tried.
    fn nothing_or_conflict(self) -> Result<Option<Undone>> {
        match self.skipped.into_iter().next() {
            None => Ok(None),
            Some(Skipped { step, standing }) => Err(StoreError::UndoConflict { op: step.op, standing }),
        }
    }
}

fn inverse(changeset: &[u8]) -> Result<Vec<u8>> {
    let mut inverse = Vec::new();
    invert_strm(&mut &*changeset, &mut inverse)?;
    Ok(inverse)
}

enum Obstacle {
    /// The row is no longer as the step left it.
    Entry(String),
    /// A row would refer to one that is gone.
    References,
}

/// Applies a changeset; on a conflict changes nothing and says what conflicts.
fn apply(conn: &Connection, changeset: &[u8]) -> Result<Option<String>> {
    conn.execute_batch("SAVEPOINT undoing")?;
    let standing = try_apply(conn, changeset)?;
    conn.execute_batch(if standing.is_some() { "ROLLBACK TO undoing; RELEASE undoing" } else { "RELEASE undoing" })?;
    Ok(standing)
}

fn try_apply(conn: &Connection, changeset: &[u8]) -> Result<Option<String>> {
    let obstacle = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&obstacle);
    let applied = conn.apply_strm(&mut &*changeset, None::<fn(&str) -> bool>, move |conflict, item| {
        let (found, action) = match conflict {
            // A foreign-key conflict has no item. It is let pass here; which rows refer to missing ones shows once the
            // changeset is applied.
            ConflictType::SQLITE_CHANGESET_FOREIGN_KEY => (Obstacle::References, ConflictAction::SQLITE_CHANGESET_OMIT),
            _ => (Obstacle::Entry(describe(&conflict, &item)), ConflictAction::SQLITE_CHANGESET_ABORT),
        };
        seen.lock().unwrap_or_else(PoisonError::into_inner).replace(found);
        action
    });
    let obstacle = obstacle.lock().unwrap_or_else(PoisonError::into_inner).take();
    match obstacle {
        None => applied.map(|()| None).map_err(StoreError::from),
        Some(Obstacle::Entry(entry)) => Ok(Some(entry)),
        Some(Obstacle::References) => {
            let first = migrate::dangling(conn)?.into_iter().next();
            Ok(Some(first.unwrap_or_else(|| "other entries refer to it".to_owned())))
        }
    }
}

fn describe(conflict: &ConflictType, item: &ChangesetItem) -> String {
    let what = match conflict {
        ConflictType::SQLITE_CHANGESET_DATA => "was changed since",
        ConflictType::SQLITE_CHANGESET_NOTFOUND => "is no longer there",
        ConflictType::SQLITE_CHANGESET_CONFLICT => "is there already",
        _ => "is at odds with another one",
    };
    match (item.op(), id_of(item)) {
        (Ok(op), Ok(id)) => format!("the entry {id} of “{}” {what}", op.table_name()),
        _ => format!("an entry {what}"),
    }
}
