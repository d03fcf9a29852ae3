//! From findings to a filed document: sender, gate and tasks, in one transaction.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    Count, Document, DocumentId, DocumentState, Effect, Evidence, Field, FileId, Findings, Gate, Ids, NewTask, OldPost,
    Preferences, SEVERAL_LETTERS, SourceId, Task, TaskId, TaskPart, TaskStatus, Value, Wishes, plan, today,
};
use store::{Read, Related, StoreError, TaskFilter, Write};

use crate::cases;

/// Letters older than this are not worth a question: what they asked for has long been settled one way or another.
const OLD_LETTER_DAYS: i64 = 90;

/// What filing needs besides the document.
pub(crate) struct Desk<'a> {
    pub(crate) ids: &'a dyn Ids,
    pub(crate) preferences: &'a Preferences,
    pub(crate) now: DateTime<Utc>,
}

/// Files a new document for `file`, whose findings are already saved.
pub(crate) fn file(
    w: &Write<'_>,
    desk: &Desk<'_>,
    file: &FileId,
    name: &str,
    findings: &Findings,
) -> Result<DocumentId, StoreError> {
    let kind = findings.kind();
    let id = DocumentId::new(desk.ids);
    let received_at = w.arrivals(file)?.first().map_or(desk.now, |arrival| arrival.at);
    w.insert_document(&Document {
        id,
        file: file.clone(),
        kind: kind.kind,
        kind_confidence: kind.confidence,
        title: title(findings, name),
        correspondent: None,
        state: DocumentState::Review,
        received_at,
        facts: Vec::new(),
        assumptions: Vec::new(),
    })?;
    let document = existing(w, id)?;
    w.set_correspondent(id, sender(w, &document)?)?;
    w.label(&document.title);
    let document = existing(w, id)?;
    cases::join(w, &document)?;
    settle(w, desk, &document)?;
    cases::settle_tasks(w, id, desk.now)?;
    Ok(id)
}

/// Decides what becomes of a document that just came in.
fn settle(w: &Write<'_>, desk: &Desk<'_>, document: &Document) -> Result<(), StoreError> {
    if cases::repeats(w, document.id)?.is_some() {
        // Its tasks are there already; a person says whether it is one letter or two.
        return Ok(());
    }
    match gate(w, document)? {
        Gate::Accept => {
            w.set_state(document.id, DocumentState::Accepted)?;
            apply(w, desk, document, plan(document, desk.preferences, desk.now, OldPost::FileQuietly))
        }
        Gate::Review(_) => {
            let today = today(desk.now, desk.preferences.zone);
            let is_old = document.letter_date().is_some_and(|day| (today - day).num_days() > OLD_LETTER_DAYS);
            if document.kind.is_alarming() {
                // A deadline that may cost dearly is watched from the start, confirmed or not.
                apply(w, desk, document, plan(document, desk.preferences, desk.now, OldPost::PlanAnyway))
            } else if is_old {
                w.set_state(document.id, DocumentState::OldPost)
            } else {
                Ok(())
            }
        }
    }
}

/// A person has confirmed the document: its open tasks are planned anew from what is known now.
pub(crate) fn plan_again(w: &Write<'_>, desk: &Desk<'_>, id: DocumentId) -> Result<Vec<TaskId>, StoreError> {
    w.set_state(id, DocumentState::Accepted)?;
    if let Some(other) = cases::repeats(w, id)? {
        w.relate(Related { document: id, other, relation: None })?;
    }
    renew_tasks(w, desk, &existing(w, id)?)?;
    Ok(open_tasks(w, id)?.into_iter().map(|task| task.id).collect())
}

/// A person has corrected the document. What is settled or watched already is planned anew at once; anything else in
/// review waits for its acceptance.
pub(crate) fn follow_correction(w: &Write<'_>, desk: &Desk<'_>, document: &Document) -> Result<(), StoreError> {
    cases::join(w, document)?;
    let follows = match document.state {
        DocumentState::Accepted => true,
        DocumentState::Review => document.kind.is_alarming() || !open_tasks(w, document.id)?.is_empty(),
        DocumentState::OldPost => false,
    };
    if follows { renew_tasks(w, desk, document) } else { Ok(()) }
}

fn renew_tasks(w: &Write<'_>, desk: &Desk<'_>, document: &Document) -> Result<(), StoreError> {
    apply(w, desk, document, plan(document, desk.preferences, desk.now, OldPost::PlanAnyway))?;
    cases::settle_tasks(w, document.id, desk.now)
}

fn open_tasks(r: &Read<'_>, document: DocumentId) -> Result<Vec<Task>, StoreError> {
    let mut tasks = r.tasks(TaskFilter::OfDocument(document))?;
    tasks.retain(|task| task.status.is_open());
    Ok(tasks)
}

/// Carries out what follows from a document. A task that is planned again stays the same task, with all that a person
/// has said about it; what was done or called off stays so; an open task that is not planned any more goes.
fn apply(w: &Write<'_>, desk: &Desk<'_>, document: &Document, effects: Vec<Effect>) -> Result<(), StoreError> {
    let mut known = w.tasks(TaskFilter::OfDocument(document.id))?;
    let mut changed = Vec::new();
    for effect in effects {
        match effect {
            Effect::FileAsOldPost => w.set_state(document.id, DocumentState::OldPost)?,
            // Of several instalments each is known by its day.
            Effect::AddTask(new) => {
                match known.iter().position(|old| is_planned_by(old, &new) && same_day(old, &new)) {
                    Some(index) => renew(w, desk, known.remove(index), *new)?,
                    None => changed.push(new),
                }
            }
        }
    }
    for new in changed {
        match known.iter().position(|old| is_planned_by(old, &new)) {
            Some(index) => renew(w, desk, known.remove(index), *new)?,
            None => add(w, desk, document, *new)?,
        }
    }
    known.iter().filter(|old| old.status.is_open()).try_for_each(|old| w.delete_task(old.id))
}

/// One rule plans one sort of task, whatever a person has made of it.
fn is_planned_by(old: &Task, new: &NewTask) -> bool {
    old.rule == new.rule
}

fn same_day(old: &Task, new: &NewTask) -> bool {
    planned_day(old) == new.due
}

/// The day that its document gave a task, wherever a person has moved it since.
pub(crate) fn planned_day(task: &Task) -> Option<NaiveDate> {
    task.derivation.as_ref().and_then(|derivation| derivation.safe.as_ref()).map(Count::day)
}

/// The day and time of a task whose deadline was counted again. A day that a person has chosen holds as long as the
/// deadline does.
pub(crate) fn due_now(
    old: &Task,
    due: Option<NaiveDate>,
    due_time: Option<NaiveTime>,
) -> (Option<NaiveDate>, Option<NaiveTime>) {
    let planned = planned_day(old);
    if old.due != planned && planned == due { (old.due, old.due_time) } else { (due, due_time) }
}

/// Contacts of the new day are not made up for, and what was seen was about the old one; what was put off comes back.
pub(crate) fn moved(w: &Write<'_>, task: TaskId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let wishes = w.wishes(task)?;
    w.set_wishes(task, &Wishes { moved_at: Some(now), acknowledged: None, ..wishes })
}

/// Brings an open task up to what its document says now, but for what a person has said otherwise.
fn renew(w: &Write<'_>, desk: &Desk<'_>, old: Task, new: NewTask) -> Result<(), StoreError> {
    if !old.status.is_open() {
        return Ok(());
    }
    let by_hand = w.task_details(old.id)?.by_hand;
    let said = |part| by_hand.contains(&part);
    let before = (old.due, old.due_time);
    let (due, due_time) = due_now(&old, new.due, new.due_time);
    let task = Task {
        title: if said(TaskPart::Title) { old.title } else { new.title },
        due,
        due_time,
        latest: new.latest,
        assumed: new.assumed,
        amount: if said(TaskPart::Amount) { old.amount } else { new.amount },
        payee: if said(TaskPart::Payee) { old.payee } else { new.payee },
        why: new.why,
        derivation: new.derivation,
        ..old
    };
    w.update_task(&task)?;
    w.set_task_deadline(&task)?;
    if (due, due_time) == before { Ok(()) } else { moved(w, task.id, desk.now) }
}

fn add(w: &Write<'_>, desk: &Desk<'_>, document: &Document, new: NewTask) -> Result<(), StoreError> {
    w.insert_task(&Task {
        id: TaskId::new(desk.ids),
        document: Some(document.id),
        document_kind: Some(document.kind),
        kind: new.kind,
        title: new.title,
        due: new.due,
        due_time: new.due_time,
        latest: new.latest,
        assumed: new.assumed,
        amount: new.amount,
        payee: new.payee,
        rule: new.rule,
        why: new.why,
        derivation: new.derivation,
        steps: new.steps,
        status: TaskStatus::Open,
        created_at: desk.now,
        done_at: None,
        done_how: None,
    })
}

/// The correspondent a document comes from: a known one by its ids or name, else a new one; none without a name.
pub(crate) fn sender(w: &Write<'_>, document: &Document) -> Result<Option<domain::CorrespondentId>, StoreError> {
    let name = document.text(Field::SellerName);
    let vat_id = document.text(Field::SellerVatId);
    let iban = match document.fact(Field::Iban).map(|fact| &fact.value) {
        Some(Value::Iban(iban)) => Some(iban),
        Some(_) | None => None,
    };
    if let Some(known) = w.find_correspondent(name.as_deref(), vat_id.as_deref(), iban)? {
        return Ok(Some(known.id));
    }
    name.map(|name| w.insert_correspondent(&name).map(|new| new.id)).transpose()
}

/// May the program go on by itself with a document, or should a person look first?
pub(crate) fn gate(r: &Read<'_>, document: &Document) -> Result<Gate, StoreError> {
    let mut problems = r.findings(&document.file)?.map(|findings| findings.problems).unwrap_or_default();
    // Who has laid the pages has said what belongs together.
    if r.arrivals(&document.file)?.iter().any(|arrival| arrival.source == SourceId::Arranged) {
        problems.retain(|problem| problem.code != SEVERAL_LETTERS);
    }
    Ok(domain::gate(document, &problems))
}

pub(crate) fn existing(r: &Read<'_>, id: DocumentId) -> Result<Document, StoreError> {
    r.document(id)?.ok_or_else(|| StoreError::NotFound { noun: "document", id: id.to_string() })
}

/// The sender with the number, else the file's name without its ending.
pub(crate) fn title(findings: &Findings, name: &str) -> String {
    let plain = |field| findings.value(field).map(Value::plain);
    let parts: Vec<String> = [plain(Field::SellerName), plain(Field::InvoiceNumber)].into_iter().flatten().collect();
    if parts.is_empty() {
        let stem = std::path::Path::new(name).file_stem();
        stem.map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned())
    } else {
        parts.join(" · ")
    }
}

/// The fact a person states for a field.
pub(crate) fn confirmed(field: Field, value: Value, evidence: Option<Evidence>) -> domain::Fact {
    domain::Fact {
        field,
        value,
        confidence: 1.0,
        certain: true,
        origin: domain::Origin::User,
        by: "user".to_owned(),
        evidence,
        checks: vec![domain::Check::Confirmed],
    }
}
