//! Taking back what a person did, and doing it again.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::session::{ChangesetItem, ConflictAction, ConflictType, invert_strm};

use crate::changes::id_of;
use crate::history::Recorded;
use crate::{Changes, Op, Result, Store, StoreError, connection};

/// A step that was taken back or made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// What the step was.
    pub op: Op,
    /// What it was about.
    pub label: Option<String>,
    /// What changed now.
    pub changes: Changes,
}

impl Store {
    /// Takes back the newest step of a person that still stands; none if there is none. If something newer builds on
    /// it, nothing is changed and [`StoreError::UndoConflict`] says what stands in the way.
    pub fn undo(&self) -> Result<Option<Undone>> {
        self.turn(Op::Undo)
    }

    /// Makes the step again that was undone last. A new step of a person ends what can be made again.
    pub fn redo(&self) -> Result<Option<Undone>> {
        self.turn(Op::Redo)
    }

    fn turn(&self, turn: Op) -> Result<Option<Undone>> {
        let turned = self.in_transaction(|w| {
            let back = turn == Op::Undo;
            let found = if back { w.undoable()? } else { w.redoable()? };
            let Some(Recorded { number, op, label, changeset }) = found else { return Ok(None) };
            let changeset = if back { inverse(&changeset)? } else { changeset };
            apply(w.conn, op, &changeset)?;
            w.set_undone(number, back)?;
            Ok(Some(Undone { op, label, changes: Changes::of(turn, &changeset, BTreeSet::new())? }))
        })?;
        if let Some(undone) = &turned {
            self.announce(&undone.changes);
        }
        Ok(turned)
    }
}

fn inverse(changeset: &[u8]) -> Result<Vec<u8>> {
    let mut inverse = Vec::new();
    invert_strm(&mut &*changeset, &mut inverse)?;
    Ok(inverse)
}

enum Obstacle {
    /// This entry is not as the step left it.
    Entry(String),
    /// Some entry would refer to one that is gone.
    References,
}

fn apply(conn: &Connection, op: Op, changeset: &[u8]) -> Result<()> {
    let obstacle = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&obstacle);
    let applied = conn.apply_strm(&mut &*changeset, None::<fn(&str) -> bool>, move |conflict, item| {
        let (found, action) = match conflict {
            // There is no item here. Let it pass for now: who refers to what is gone shows only with the change in place.
            ConflictType::SQLITE_CHANGESET_FOREIGN_KEY => (Obstacle::References, ConflictAction::SQLITE_CHANGESET_OMIT),
            _ => (Obstacle::Entry(describe(&conflict, &item)), ConflictAction::SQLITE_CHANGESET_ABORT),
        };
        seen.lock().unwrap_or_else(PoisonError::into_inner).replace(found);
        action
    });
    let obstacle = obstacle.lock().unwrap_or_else(PoisonError::into_inner).take();
    let standing = match obstacle {
        None => return Ok(applied?),
        Some(Obstacle::Entry(entry)) => entry,
        Some(Obstacle::References) => {
            connection::dangling(conn)?.unwrap_or_else(|| "other entries refer to it".to_owned())
        }
    };
    Err(StoreError::UndoConflict { op, standing })
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
