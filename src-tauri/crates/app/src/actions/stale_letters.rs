//! Letters older than their own deadlines: a person says whether they have been dealt with.

use domain::{DocumentId, DocumentState, Gate, Relation};
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
    for id in done.iter().chain(open) {
        settle_reminded(w, *id)?;
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

/// Files the stale letters that a letter reminds of or replaces: what is said about it is said about them.
fn settle_reminded(w: &Write<'_>, id: DocumentId) -> Result<(), StoreError> {
    for pair in w.relations_of(id)?.into_iter().filter(|pair| pair.document == id) {
        let takes_over = match pair.relation {
            Some(Relation::Reminds | Relation::Corrects) => true,
            Some(Relation::Repeats | Relation::Answers | Relation::SameMatter | Relation::Continues) | None => false,
        };
        if takes_over && existing::document(w, pair.other)?.state == DocumentState::Stale {
            w.set_state(pair.other, DocumentState::Accepted)?;
            // A second reminder reminds of the first one, too.
            settle_reminded(w, pair.other)?;
        }
    }
    Ok(())
}
