//! Old post: letters older than their own deadlines, asked about once.

use domain::{DocumentId, DocumentState, Gate, gate};
use serde::Deserialize;
use store::Op;
use ts_rs::TS;

use crate::filing::{self, Desk};
use crate::{App, Failure};

/// The answer to "all dealt with?".
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Settle {
    /// Which documents the answer is about.
    pub documents: Vec<DocumentId>,
    /// Yes: file them. No: make their tasks after all.
    pub dealt_with: bool,
}

pub(super) fn settle(app: &App, answer: Settle) -> Result<(), Failure> {
    let preferences = app.settings()?.preferences()?;
    let desk = Desk { ids: app.ids.as_ref(), preferences: &preferences, now: app.now() };
    app.store.write(Op::SettleOldPost, |w| {
        for id in answer.documents {
            if answer.dealt_with {
                w.set_state(id, DocumentState::Accepted)?;
            } else if gate(&filing::existing(w, id)?) == Gate::Accept {
                filing::plan_again(w, &desk, id)?;
            } else {
                w.set_state(id, DocumentState::Review)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}
