//! What follows for an existing document when its results were computed again.
//!
//! What a person has said is not touched. What the program found follows the new findings, unless somebody relies on
//! it: if a task would be removed or moved or get another amount, or the money would go to another account, the
//! document goes to review with that question, and the task stays as it is until a person has answered. A letter that the
//! second reader reads right after it came in, and that nobody has looked at, is filed anew instead.

use chrono::{DateTime, Utc};
use domain::{
    Document, DocumentState, FailureCode, Field, Findings, Gate, NewTask, Origin, Problem, Subject, TaskKind, today,
};
use store::{Op, Read, StoreError, TaskFilter, Write};

use crate::actions::filing::{self, FilingContext, Paired, paired};
use crate::actions::{cases, existing, titles};

/// A document, and what was found in its file, as they were before.
pub(crate) struct Before {
    pub(crate) document: Document,
    pub(crate) findings: Findings,
}

/// Whether a person may rely on what is shown of a document: somebody has done something with it, or was reminded of it.
pub(crate) fn is_in_use(r: &Read<'_>, document: &Document, now: DateTime<Utc>) -> Result<bool, StoreError> {
    if r.did_a_person(document.id, Op::ALL)? || existing::is_of_paperless(r, document)? {
        return Ok(true);
    }
    for task in r.tasks(TaskFilter::OfDocument(document.id))? {
        if !r.ledger(Subject::Task(task.id), now)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Files a document anew that the second reader has read and that is not [in use](is_in_use); its new findings are stored
/// already.
pub(crate) fn file_anew(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    before: &Before,
    found: &Findings,
) -> Result<(), StoreError> {
    w.label(&before.document.title);
    if w.trashed_at(before.document.id)?.is_some() || before.findings == *found {
        return titles::follow(w, before.document.id).map(drop);
    }
    filing::file_anew(w, context, &before.document, found)
}

/// Adds the question about the account to new findings, if an open payment would go to another account than before.
pub(crate) fn ask_about_account(w: &Write<'_>, before: &Before, found: &mut Findings) -> Result<(), StoreError> {
    let Before { document, findings } = before;
    let known = document.fact(Field::Iban);
    if known.is_some_and(|fact| fact.origin == Origin::User) {
        return Ok(());
    }
    let differs = match (known, found.value(Field::Iban)) {
        (Some(known), Some(new)) => known.value != *new,
        (None, _) | (_, None) => false,
    };
    let is_paid = || -> Result<bool, StoreError> {
        Ok(filing::open_tasks(w, document.id)?.iter().any(|task| task.kind == TaskKind::Pay && !task.provisional))
    };
    // Asked before, and not answered yet.
    let is_open = document.state == DocumentState::Review
        && findings.problems.iter().any(|problem| problem.code == FailureCode::AccountDiffers);
    if is_open || differs && is_paid()? {
        let message = "Read again, it names another account than the one that was to be paid to.";
        found.problems.push(Problem::new(FailureCode::AccountDiffers, message));
    }
    Ok(())
}

/// Updates a document to the new findings of its file, which are stored already.
pub(crate) fn follow(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    before: &Before,
    found: &Findings,
) -> Result<(), StoreError> {
    let id = before.document.id;
    w.label(&before.document.title);
    // Only its findings change there; taken out of the trash, it is as it was.
    if w.trashed_at(id)?.is_some() {
        return Ok(());
    }
    if before.findings == *found {
        return titles::follow(w, id).map(drop);
    }
    name_again(w, before, found)?;
    let document = titles::follow(w, id)?;
    cases::join(w, &document)?;
    let settling = Settling { w, context, before, document: &document };
    match before.document.state {
        DocumentState::Accepted => settling.accepted(),
        DocumentState::Review => settling.in_review(),
        DocumentState::Stale if settling.became_alarming() => settling.ask_and_watch(),
        DocumentState::Stale => Ok(()),
    }
}

/// Kind and sender follow the findings where they came from them and nobody has said otherwise.
fn name_again(w: &Write<'_>, before: &Before, found: &Findings) -> Result<(), StoreError> {
    let old = &before.document;
    if old.kind_confidence >= 1.0 {
        return Ok(());
    }
    let kind = found.kind();
    let is_new = kind.kind != old.kind || old.state == DocumentState::Review && kind.confidence != old.kind_confidence;
    // Whether it is harmless after all, only a person says.
    let is_harmless_now = old.kind.is_alarming() && !kind.kind.is_alarming();
    if is_new && !is_harmless_now {
        w.set_kind(old.id, kind.kind, kind.confidence)?;
    }
    let said = [Op::SetCorrespondent, Op::SplitCorrespondent, Op::EditDocuments];
    let is_as_found = filing::known_sender(w, old)?.map(|known| known.id) == old.correspondent;
    if is_as_found && !w.did_a_person(old.id, &said)? {
        let sender = filing::sender(w, &existing::document(w, old.id)?)?;
        if sender.is_some() && sender != old.correspondent {
            w.set_correspondent(old.id, sender)?;
        }
    }
    Ok(())
}

/// A document with the new findings, beside how it was.
struct Settling<'a, 'c> {
    w: &'a Write<'c>,
    context: &'a FilingContext<'a>,
    before: &'a Before,
    document: &'a Document,
}

impl Settling<'_, '_> {
    fn accepted(&self) -> Result<(), StoreError> {
        let Self { w, context, document, .. } = *self;
        if self.became_alarming() {
            return self.ask_and_watch();
        }
        if self.is_relied_on()? {
            return w.set_state(document.id, DocumentState::Review);
        }
        let added = self.added()?;
        let today = today(context.now, context.preferences.zone);
        let added: Vec<NewTask> =
            added.into_iter().filter(|new| new.latest.max(new.due).is_none_or(|last| last >= today)).collect();
        if !added.is_empty() && filing::gate(w, document)? != Gate::Accept {
            return w.set_state(document.id, DocumentState::Review);
        }
        self.renew()?;
        added.into_iter().try_for_each(|new| filing::add(w, context, document, new))
    }

    fn in_review(&self) -> Result<(), StoreError> {
        let Self { w, context, before, document } = *self;
        if document.kind.is_alarming() {
            return self.watch();
        }
        let open = filing::open_tasks(w, document.id)?;
        let is_waited_for = before.document.kind.is_alarming() || open.iter().any(|task| !task.provisional);
        if is_waited_for || cases::repeats(w, document.id)?.is_some() {
            return Ok(());
        }
        if w.has_word(document.id)? {
            return filing::plan_provisionally(w, context, document);
        }
        // What a new letter with these findings would not ask is not asked any more.
        let was_doubtful = domain::gate(&before.document, &before.findings.problems) != Gate::Accept;
        if was_doubtful && filing::gate(w, document)? == Gate::Accept {
            filing::decide_state(w, context, document)?;
            return cases::follow(w, document.id, context.now);
        }
        filing::plan_provisionally(w, context, document)
    }

    /// Must never pass as harmless, which it did.
    fn became_alarming(&self) -> bool {
        self.document.kind.is_alarming() && !self.before.document.kind.is_alarming()
    }

    /// A person is asked, and its deadlines are watched from now on.
    fn ask_and_watch(&self) -> Result<(), StoreError> {
        self.w.set_state(self.document.id, DocumentState::Review)?;
        self.watch()
    }

    fn watch(&self) -> Result<(), StoreError> {
        self.renew()?;
        self.added()?.into_iter().try_for_each(|new| filing::add(self.w, self.context, self.document, new))
    }

    /// Would the new findings change what a person relies on?
    fn is_relied_on(&self) -> Result<bool, StoreError> {
        let Self { w, context, before, document } = *self;
        // What time alone would change is no news: the next day of a contract, for instance.
        let by_old = filing::would_change(w, context.preferences, context.now, &before.document)?;
        let by_new = filing::would_change(w, context.preferences, context.now, document)?;
        let account =
            w.problems_found(&document.file)?.iter().any(|problem| problem.code == FailureCode::AccountDiffers);
        Ok(account || by_new.iter().any(|change| !by_old.contains(change)))
    }

    /// What is planned by the new findings and was not by the old ones.
    fn added(&self) -> Result<Vec<NewTask>, StoreError> {
        let Self { w, context, before, document } = *self;
        let mut old = filing::planned(&before.document, context.preferences, context.now);
        let known = w.tasks(TaskFilter::OfDocument(document.id))?;
        let mut added = paired(known, filing::planned(document, context.preferences, context.now)).added;
        added.retain(|new| match old.iter().position(|old| old.rule == new.rule) {
            Some(index) => {
                old.remove(index);
                false
            }
            None => true,
        });
        Ok(added)
    }

    /// Tasks whose day and amount stay say what else is known now.
    fn renew(&self) -> Result<(), StoreError> {
        let Self { w, context, document, .. } = *self;
        let known = w.tasks(TaskFilter::OfDocument(document.id))?;
        let Paired { again, .. } = paired(known, filing::planned(document, context.preferences, context.now));
        for (old, new) in again {
            if filing::change_of(w, &old, &new)?.is_none() {
                filing::renew(w, context, old, new)?;
            }
        }
        Ok(())
    }
}
