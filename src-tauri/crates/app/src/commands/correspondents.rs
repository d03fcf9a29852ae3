//! Senders: list, name, make one of two.

use domain::CorrespondentId;
use serde::{Deserialize, Serialize};
use store::Op;
use ts_rs::TS;

use crate::{App, Failure};

/// A sender.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CorrespondentView {
    /// Its id.
    pub id: CorrespondentId,
    /// Its name.
    pub name: String,
    /// Documents of it that are not in the trash.
    pub documents: u32,
}

/// Another name for a sender.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RenameCorrespondent {
    /// Which.
    pub id: CorrespondentId,
    /// Its name.
    pub name: String,
}

/// Two senders that are one.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MergeCorrespondents {
    /// The one that goes.
    pub from: CorrespondentId,
    /// The one that stays.
    pub into: CorrespondentId,
}

pub(super) fn list(app: &App, _: ()) -> Result<Vec<CorrespondentView>, Failure> {
    let rows = app.store.read(|r| r.correspondents())?;
    Ok(rows.into_iter().map(|row| CorrespondentView { id: row.id, name: row.name, documents: row.documents }).collect())
}

pub(super) fn rename(app: &App, rename: RenameCorrespondent) -> Result<(), Failure> {
    let name = rename.name.trim();
    if name.is_empty() {
        return Err(Failure::new("bad_input", "A sender needs a name."));
    }
    app.store.write(Op::RenameCorrespondent, |w| {
        w.label(name);
        w.rename_correspondent(rename.id, name)
    })?;
    Ok(())
}

pub(super) fn merge(app: &App, merge: MergeCorrespondents) -> Result<(), Failure> {
    app.store.write(Op::MergeCorrespondents, |w| w.merge_correspondents(merge.from, merge.into))?;
    Ok(())
}
