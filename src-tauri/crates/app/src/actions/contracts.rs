//! What happens to contracts: price letters and confirmations join them, a cancellation waits until it is confirmed.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Document, DocumentId, DocumentKind, DocumentState, DoneHow, Ids, Relation, Task, TaskDetails, TaskId, TaskKind,
    TaskStatus, contract_of, is_about_a_contract, may_be_about, transition,
};
use store::{Read, Related, StoreError, TaskFilter, Write};

use crate::actions::existing;

/// Joins a letter about a contract with that contract, and a contract with such letters that were there before. What a person
/// has said about two of them stays.
pub(crate) fn join(w: &Write<'_>, document: &Document) -> Result<(), StoreError> {
    let is_letter = is_about_a_contract(document.kind);
    let Some(sender) = document.correspondent.filter(|_| is_letter || is_contract(document.kind)) else {
        return Ok(());
    };
    let (mut contracts, mut letters) = (Vec::new(), Vec::new());
    for id in w.contract_papers(sender)? {
        let paper = existing::document(w, id)?;
        if is_contract(paper.kind) { contracts.push(paper) } else { letters.push(paper) }
    }
    let about = |letter: &Document| contract_of(letter, &contracts).map(|contract| contract.id);
    let pairs: Vec<(DocumentId, DocumentId)> = if is_letter {
        about(document).map(|contract| (document.id, contract)).into_iter().collect()
    } else {
        let of_this = |letter: &Document| (about(letter) == Some(document.id)).then_some((letter.id, document.id));
        letters.iter().filter_map(of_this).collect()
    };
    pairs.into_iter().try_for_each(|(letter, contract)| relate(w, letter, contract))
}

fn relate(w: &Write<'_>, document: DocumentId, other: DocumentId) -> Result<(), StoreError> {
    let said = w.relations_of(document)?;
    if said.iter().any(|pair| pair.document == other || pair.other == other) {
        return Ok(());
    }
    w.relate(Related { document, other, relation: Some(Relation::SameMatter) })
}

fn is_contract(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Contract | DocumentKind::InsurancePolicy)
}

/// Somebody has cancelled a contract: its confirmation should come by `day`, unless it is there already.
pub(crate) fn await_confirmation(
    w: &Write<'_>,
    (ids, now): (&dyn Ids, DateTime<Utc>),
    decision: &Task,
    day: NaiveDate,
) -> Result<(), StoreError> {
    let Some(contract) = decision.document else { return Ok(()) };
    if w.tasks(TaskFilter::OfDocument(contract))?.iter().any(waits) || confirmation_of(w, contract)?.is_some() {
        return Ok(());
    }
    w.insert_task(&Task {
        id: TaskId::new(ids),
        kind: TaskKind::AwaitConfirmation,
        due: Some(day),
        due_time: None,
        latest: None,
        assumed: false,
        provisional: false,
        amount: None,
        payee: None,
        rule: None,
        why: String::new(),
        derivation: None,
        steps: Vec::new(),
        status: TaskStatus::Waiting,
        created_at: now,
        done_at: None,
        done_how: None,
        ..decision.clone()
    })
}

/// Who has cancelled a contract has answered every question whether to keep it: that of its term and that of its new price.
pub(crate) fn answer_others(w: &Write<'_>, decision: &Task, now: DateTime<Utc>) -> Result<(), StoreError> {
    let Some(own) = decision.document else { return Ok(()) };
    for paper in papers_of(w, own)?.into_iter().filter(|paper| *paper != own) {
        for task in w.tasks(TaskFilter::OfDocument(paper))? {
            if task.kind == TaskKind::CancelOrKeep && task.status.is_open() {
                w.set_task_status(task.id, TaskStatus::Done, Some((now, DoneHow::Sent)))?;
            }
        }
    }
    Ok(())
}

/// The contract and its price letters among the papers of a case.
fn papers_of(r: &Read<'_>, id: DocumentId) -> Result<Vec<DocumentId>, StoreError> {
    let mut papers = Vec::new();
    for other in r.case_of(id)? {
        let kind = existing::document(r, other)?.kind;
        if is_contract(kind) || kind == DocumentKind::PriceIncrease {
            papers.push(other);
        }
    }
    Ok(papers)
}

/// Does it wait for the confirmation that a contract is cancelled?
fn waits(task: &Task) -> bool {
    task.kind == TaskKind::AwaitConfirmation && task.status.is_open()
}

/// The decision about a contract is open again: nothing is waited for any more.
pub(crate) fn stop_waiting(w: &Write<'_>, decision: &Task) -> Result<(), StoreError> {
    let Some(document) = decision.document.filter(|_| decision.kind == TaskKind::CancelOrKeep) else { return Ok(()) };
    let of_contract = w.tasks(TaskFilter::OfDocument(document))?;
    of_contract.iter().filter(|task| waits(task)).try_for_each(|task| w.delete_task(task.id))
}

/// The accepted letter that confirms that a contract is cancelled, the newest of several.
pub(crate) fn confirmation_of(r: &Read<'_>, contract: DocumentId) -> Result<Option<DocumentId>, StoreError> {
    let mut found = None;
    for pair in r.relations_of(contract)?.into_iter().filter(|pair| pair.relation.is_some()) {
        let other = if pair.document == contract { pair.other } else { pair.document };
        let letter = existing::document(r, other)?;
        let confirms = letter.kind == DocumentKind::CancellationConfirmation && letter.state == DocumentState::Accepted;
        if confirms && r.trashed_at(other)?.is_none() {
            found = found.max(Some((letter.letter_date(), other)));
        }
    }
    Ok(found.map(|(_, letter)| letter))
}

/// A letter that confirms a cancellation ends the waiting for it, and the question whether to keep the contract. It confirms the
/// contract that it belongs to by its numbers; else the only one of its sender whose confirmation is waited for.
pub(crate) fn confirm(w: &Write<'_>, id: DocumentId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let letter = existing::document(w, id)?;
    let is_confirmation =
        letter.kind == DocumentKind::CancellationConfirmation && letter.state == DocumentState::Accepted;
    let Some(sender) = letter.correspondent.filter(|_| is_confirmation) else { return Ok(()) };
    let mut papers = papers_of(w, id)?;
    if papers.is_empty()
        && let [contract] = waited_for(w, sender, &letter)?.as_slice()
    {
        relate(w, id, *contract)?;
        papers.push(*contract);
    }
    papers.into_iter().try_for_each(|paper| end(w, paper, id, now))
}

/// The contracts of a sender whose confirmation is waited for, and that a letter may be about.
fn waited_for(
    w: &Write<'_>,
    sender: domain::CorrespondentId,
    letter: &Document,
) -> Result<Vec<DocumentId>, StoreError> {
    let mut found = Vec::new();
    for id in w.contract_papers(sender)? {
        if w.tasks(TaskFilter::OfDocument(id))?.iter().any(waits) && may_be_about(letter, &existing::document(w, id)?) {
            found.push(id);
        }
    }
    Ok(found)
}

fn end(w: &Write<'_>, contract: DocumentId, letter: DocumentId, now: DateTime<Utc>) -> Result<(), StoreError> {
    for task in w.tasks(TaskFilter::OfDocument(contract))? {
        let how = match task.kind {
            TaskKind::AwaitConfirmation => DoneHow::Other,
            TaskKind::CancelOrKeep => DoneHow::Sent,
            _ => continue,
        };
        let Some(change) = transition::complete(&task, Some(how), now).filter(|_| task.status.is_open()) else {
            continue;
        };
        if task.kind == TaskKind::AwaitConfirmation {
            let details = w.task_details(task.id)?;
            w.set_task_details(task.id, &TaskDetails { documents: vec![letter], ..details })?;
        }
        w.set_task_status(task.id, change.status, change.ended)?;
    }
    Ok(())
}

/// A confirmation goes into the trash: what it had confirmed is waited for again.
pub(crate) fn unconfirm(w: &Write<'_>, letter: DocumentId) -> Result<(), StoreError> {
    for pair in w.relations_of(letter)? {
        let other = if pair.document == letter { pair.other } else { pair.document };
        for task in w.tasks(TaskFilter::OfDocument(other))? {
            let is_over = task.kind == TaskKind::AwaitConfirmation && task.status == TaskStatus::Done;
            if is_over && w.task_details(task.id)?.documents.contains(&letter) {
                w.set_task_status(task.id, TaskStatus::Waiting, None)?;
            }
        }
    }
    Ok(())
}
