//! Old post: letters older than their own deadlines, asked about once.

use domain::{DocumentId, DocumentState, Gate};
use serde::Deserialize;
use store::Op;
use ts_rs::TS;

use crate::filing::{self, Desk};
use crate::{App, Failure};

/// The answer to "all dealt with?".
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Settle {
    /// Dealt with: to be filed.
    pub done: Vec<DocumentId>,
    /// Not dealt with: to get their tasks after all.
    pub open: Vec<DocumentId>,
}

pub(super) fn settle(app: &App, answer: Settle) -> Result<(), Failure> {
    let preferences = app.settings()?.preferences()?;
    let desk = Desk { ids: app.ids.as_ref(), preferences: &preferences, now: app.now() };
    app.store.write(Op::SettleOldPost, |w| {
        for id in answer.done {
            w.set_state(id, DocumentState::Accepted)?;
        }
        for id in answer.open {
            if filing::gate(w, &filing::existing(w, id)?)? == Gate::Accept {
                filing::plan_again(w, &desk, id)?;
            } else {
                w.set_state(id, DocumentState::Review)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}
