//! Letters older than their own deadlines: a person says whether they have been dealt with.

use domain::{DocumentId, DocumentState, Gate};
use store::{DocumentFilter, StoreError, Write};

use crate::actions::existing;
use crate::actions::filing::{self, FilingContext};

/// Files those that are `done` (all but the open ones, if the others are done, too); the open ones get their tasks.
pub(crate) fn answer(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    mut done: Vec<DocumentId>,
    open: &[DocumentId],
    others_done: bool,
) -> Result<(), StoreError> {
    if others_done {
        let stale = DocumentFilter { state: Some(DocumentState::Stale), ..DocumentFilter::default() };
        let others = w.documents(&stale, u32::MAX, 0)?.rows.into_iter().map(|row| row.id);
        done.extend(others.filter(|id| !open.contains(id)));
        done.sort_unstable();
        done.dedup();
    }
    for id in done {
        w.set_state(id, DocumentState::Accepted)?;
    }
    for id in open {
        if filing::gate(w, &existing::document(w, *id)?)? == Gate::Accept {
            filing::plan_again(w, context, *id)?;
        } else {
            w.set_state(*id, DocumentState::Review)?;
            filing::follow_correction(w, context, &existing::document(w, *id)?)?;
        }
    }
    Ok(())
}
