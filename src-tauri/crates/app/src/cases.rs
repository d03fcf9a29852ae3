//! Cases: what a document is to those that are here already, what follows for their tasks, and what to warn of.

use chrono::{DateTime, Utc};
use domain::search::terms;
use domain::{
    Document, DocumentId, DocumentKind, DoneHow, Field, Iban, Money, Origin, Problem, Reading, Relation, Task,
    TaskKind, TaskStatus, Value, Warning, answers, joined, open_amount, relation, same_paper,
};
use store::{Read, Related, StoreError, TaskFilter, Write};
use understand::named_letters;

use crate::filing::existing;

/// Notes what a document is to others, and they to it. What a person has said about two of them stays.
pub(crate) fn join(w: &Write<'_>, document: &Document) -> Result<(), StoreError> {
    let reading = w.reading(&document.file)?.unwrap_or_default();
    let named = named_letters(&reading);
    let said = w.relations_of(document.id)?;
    for id in w.perhaps_related(document, &named)? {
        if said.iter().any(|pair| pair.document == id || pair.other == id) {
            continue;
        }
        let other = existing(w, id)?;
        let found = match relation(document, &other) {
            Some(relation) => Some((document.id, id, relation)),
            None => relation(&other, document).map(|relation| (id, document.id, relation)),
        };
        let found = match found {
            None if answers(document, &other, &named) => Some((document.id, id, Relation::Answers)),
            None if is_same_paper(w, document, &reading, &other)? => Some((document.id, id, Relation::Repeats)),
            found => found,
        };
        if let Some((document, other, relation)) = found {
            w.relate(Related { document, other, relation: Some(relation) })?;
        }
    }
    Ok(())
}

/// Is it a paper without a number that was scanned before?
fn is_same_paper(r: &Read<'_>, document: &Document, read: &Reading, other: &Document) -> Result<bool, StoreError> {
    // Looked at before the pages are fetched.
    if document.kind != other.kind || document.letter_date() != other.letter_date() {
        return Ok(false);
    }
    let words = |reading: &Reading| terms(&reading.text()).map(|(_, word)| word).collect::<Vec<_>>();
    let other_words = r.reading(&other.file)?.as_ref().map(words).unwrap_or_default();
    Ok(same_paper(document, other, &words(read), &other_words))
}

/// Is the same letter here already?
pub(crate) fn repeats(r: &Read<'_>, id: DocumentId) -> Result<Option<DocumentId>, StoreError> {
    let found = r.relations_of(id)?;
    let of_this = found.iter().find(|pair| pair.document == id && pair.relation == Some(Relation::Repeats));
    match of_this {
        Some(pair) => Ok(if r.trashed_at(pair.other)?.is_none() { Some(pair.other) } else { None }),
        None => Ok(None),
    }
}

/// A bill that was reminded of or replaced is paid with the later letter: its own task ends, so that nobody pays twice. A
/// reminder that asks for less than is open is about something else as well, or not about all of it: it takes nothing over.
pub(crate) fn settle_tasks(w: &Write<'_>, id: DocumentId, now: DateTime<Utc>) -> Result<(), StoreError> {
    for pair in w.relations_of(id)? {
        let asked = match pair.relation {
            Some(Relation::Reminds | Relation::Corrects) => payments(w, pair.document)?,
            Some(Relation::Repeats | Relation::Answers | Relation::SameMatter) | None => continue,
        };
        for task in payments(w, pair.other)?.into_iter().filter(|task| task.status.is_open()) {
            let open = open_amount_of(w, &task)?;
            let covers = |later: &Task| match (later.amount, open) {
                (Some(asked), Some(open)) => asked.currency == open.currency && asked.amount >= open.amount,
                (None, _) | (_, None) => true,
            };
            if asked.iter().any(|later| pair.relation == Some(Relation::Corrects) || covers(later)) {
                w.set_task_status(task.id, TaskStatus::Cancelled, Some((now, DoneHow::Other)))?;
            }
        }
    }
    Ok(())
}

/// A person says that two documents belong together.
pub(crate) fn bring_together(
    w: &Write<'_>,
    one: DocumentId,
    another: DocumentId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (document, other, relation) = joined(&existing(w, one)?, &existing(w, another)?);
    say(w, Related { document, other, relation: Some(relation) })?;
    settle_tasks(w, document, now)
}

/// A person says that a document belongs to none of its case.
pub(crate) fn take_out(w: &Write<'_>, id: DocumentId) -> Result<(), StoreError> {
    for pair in w.relations_of(id)?.into_iter().filter(|pair| pair.relation.is_some()) {
        say(w, Related { relation: None, ..pair })?;
    }
    Ok(())
}

/// Into the trash. What the document had taken over goes back to the bills it was about: nothing may be left unpaid for it.
pub(crate) fn trash(w: &Write<'_>, id: DocumentId, now: DateTime<Utc>) -> Result<(), StoreError> {
    for pair in w.relations_of(id)?.into_iter().filter(|pair| pair.document == id) {
        if matches!(pair.relation, Some(Relation::Reminds | Relation::Corrects)) {
            give_back(w, pair.other)?;
        }
    }
    w.trash(id, now)
}

/// Out of the trash: it takes over again.
pub(crate) fn restore(w: &Write<'_>, id: DocumentId, now: DateTime<Utc>) -> Result<(), StoreError> {
    w.restore(id)?;
    settle_tasks(w, id, now)
}

fn give_back(w: &Write<'_>, id: DocumentId) -> Result<(), StoreError> {
    for task in payments(w, id)?.into_iter().filter(|task| task.status == TaskStatus::Cancelled) {
        w.set_task_status(task.id, TaskStatus::Open, None)?;
    }
    Ok(())
}

/// Takes two documents apart, or says that they belong together. What was taken over goes back.
pub(crate) fn say(w: &Write<'_>, pair: Related) -> Result<(), StoreError> {
    let before = w.relations_of(pair.document)?;
    let known = before.iter().find(|known| (known.document, known.other) == (pair.other, pair.document));
    w.relate(match known {
        Some(known) => Related { relation: pair.relation, ..*known },
        None => pair,
    })?;
    if pair.relation.is_none() {
        give_back(w, pair.document)?;
        give_back(w, pair.other)?;
    }
    Ok(())
}

fn open_amount_of(r: &Read<'_>, task: &Task) -> Result<Option<Money>, StoreError> {
    let paid = r.payments(task.id)?;
    Ok(task.amount.map(|amount| open_amount(amount, &paid)))
}

fn payments(r: &Read<'_>, document: DocumentId) -> Result<Vec<Task>, StoreError> {
    let mut tasks = r.tasks(TaskFilter::OfDocument(document))?;
    tasks.retain(|task| task.kind == TaskKind::Pay);
    Ok(tasks)
}

/// Everything to warn of before this document is paid. An account that a person has confirmed is not doubted any more.
/// `problems` are those of its findings.
pub(crate) fn warnings(r: &Read<'_>, document: &Document, problems: &[Problem]) -> Result<Vec<Warning>, StoreError> {
    let mut warnings = Vec::new();
    for pair in r.relations_of(document.id)? {
        let Some(relation) = pair.relation else { continue };
        let is_later = pair.document == document.id;
        let other = if is_later { pair.other } else { pair.document };
        if r.trashed_at(other)?.is_some() {
            continue;
        }
        match relation {
            Relation::Repeats if is_later => warnings.push(Warning::Repeats { other }),
            Relation::Reminds if is_later && was_paid(r, other)? => warnings.push(Warning::AlreadyPaid { by: other }),
            Relation::Corrects if !is_later => warnings.push(Warning::Corrected { by: other }),
            Relation::Repeats | Relation::Reminds | Relation::Corrects | Relation::Answers | Relation::SameMatter => {}
        }
    }
    for problem in problems {
        match problem.code.as_str() {
            "page_and_xml_differ" => warnings.push(Warning::PageAndXmlDiffer),
            "looks_like_a_bill" => warnings.push(Warning::LooksLikeABill),
            _ => {}
        }
    }
    let account = document.fact(Field::Iban);
    let is_confirmed = account.is_some_and(|fact| fact.origin == Origin::User);
    if !is_confirmed && is_unknown_claim(r, document, problems)? {
        warnings.push(Warning::UnknownClaim);
    }
    if let Some(Value::Iban(iban)) = account.filter(|fact| fact.origin != Origin::User).map(|fact| &fact.value) {
        warnings.extend(doubted_account(r, document, iban)?);
    }
    Ok(warnings)
}

fn was_paid(r: &Read<'_>, bill: DocumentId) -> Result<bool, StoreError> {
    Ok(payments(r, bill)?.iter().any(|task| task.status == TaskStatus::Done))
}

fn doubted_account(r: &Read<'_>, document: &Document, iban: &Iban) -> Result<Option<Warning>, StoreError> {
    let known = match document.correspondent {
        Some(sender) => r.accounts_of(sender, document.id)?,
        None => Vec::new(),
    };
    if known.iter().any(|known| known == iban.as_str()) {
        return Ok(None);
    }
    if !known.is_empty() {
        return Ok(Some(Warning::ChangedAccount));
    }
    let country = |text: &str| text.get(..2).map(str::to_uppercase);
    let vat_id = document.text(Field::SellerVatId);
    if vat_id.is_some_and(|vat_id| country(&vat_id) != country(iban.as_str())) {
        return Ok(Some(Warning::ForeignAccount));
    }
    Ok(None)
}

/// A demand for an old debt, or for somebody else's, by one of whom nothing but demands has come, about nothing that is
/// here.
fn is_unknown_claim(r: &Read<'_>, document: &Document, problems: &[Problem]) -> Result<bool, StoreError> {
    let is_odd = problems.iter().any(|problem| matches!(problem.code.as_str(), "old_claim" | "claim_for_another"));
    let collects = is_odd || document.fact(Field::PayeeName).is_some();
    if document.kind != DocumentKind::Dunning || !collects {
        return Ok(false);
    }
    if let Some(sender) = document.correspondent
        && r.is_known_for_more_than_demands(sender)?
    {
        return Ok(false);
    }
    for id in r.case_of(document.id)? {
        if existing(r, id)?.kind != DocumentKind::Dunning {
            return Ok(false);
        }
    }
    Ok(true)
}
