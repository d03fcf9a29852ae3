//! From findings to a filed document: sender, gate and tasks, in one transaction.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    Correspondent, Count, Document, DocumentId, DocumentState, Doubt, Effect, Evidence, FailureCode, Field, FileId,
    Findings, Gate, Ids, NewTask, Preferences, Problem, ReminderOverrides, SourceId, StaleLetters, Task, TaskId,
    TaskKind, TaskPart, TaskStatus, Value, plan, today,
};
use store::{Read, Related, StoreError, TaskFilter, Write};

use crate::actions::today::{bring_back, has_lapsed};
use crate::actions::{cases, existing, titles};

/// Days after which a letter is not asked about any more: what it asked for is settled by now.
const OLD_LETTER_DAYS: i64 = 90;

/// What filing needs besides the document.
pub(crate) struct FilingContext<'a> {
    pub(crate) ids: &'a dyn Ids,
    pub(crate) preferences: &'a Preferences,
    pub(crate) now: DateTime<Utc>,
}

/// Files a new document for `file`, whose findings are already saved.
pub(crate) fn file(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    file: &FileId,
    name: &str,
    findings: &Findings,
) -> Result<DocumentId, StoreError> {
    let kind = findings.kind();
    let id = DocumentId::new(context.ids);
    let received_at = w.arrivals(file)?.first().map_or(context.now, |arrival| arrival.at);
    w.insert_document(&Document {
        id,
        file: file.clone(),
        kind: kind.kind,
        kind_confidence: kind.confidence,
        title: name.to_owned(),
        correspondent: None,
        state: DocumentState::Review,
        received_at,
        facts: Vec::new(),
        assumptions: Vec::new(),
    })?;
    let document = titles::follow(w, id)?;
    w.set_correspondent(id, sender(w, &document)?)?;
    w.label(&document.title);
    let document = existing::document(w, id)?;
    cases::join(w, &document)?;
    decide_state(w, context, &document)?;
    cases::follow(w, id, context.now)?;
    Ok(id)
}

/// Goes on with a document that came in from paperless-ngx, now that its letter is understood. What a person said there
/// stays. It was filed there: only what still has a day to come is asked about or planned, unless nobody had looked at it.
pub(crate) fn settle_imported(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    id: DocumentId,
    findings: &Findings,
) -> Result<(), StoreError> {
    let document = existing::document(w, id)?;
    if !existing::is_of_paperless(w, &document)? {
        return Ok(());
    }
    let kind = findings.kind();
    if document.kind_confidence < 1.0 {
        w.set_kind(id, kind.kind, kind.confidence)?;
    }
    if document.correspondent.is_none() {
        w.set_correspondent(id, sender(w, &document)?)?;
    }
    w.label(&document.title);
    let document = existing::document(w, id)?;
    if w.trashed_at(id)?.is_some() {
        return Ok(());
    }
    cases::join(w, &document)?;
    let was_seen = document.state == DocumentState::Accepted;
    if was_seen && !has_days_to_come(&document, context.preferences, context.now) {
        return Ok(());
    }
    // As a new letter begins: what is sure is accepted below.
    w.set_state(id, DocumentState::Review)?;
    decide_state(w, context, &existing::document(w, id)?)?;
    cases::follow(w, id, context.now)
}

/// Files a document again that was read better and that nobody has looked at: as if it had come in with these findings. Its
/// tasks stay the same where they are planned again, so that nothing jumps on the screen.
pub(crate) fn file_anew(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    before: &Document,
    findings: &Findings,
) -> Result<(), StoreError> {
    let id = before.id;
    let kind = findings.kind();
    w.set_kind(id, kind.kind, kind.confidence)?;
    let sender = sender(w, &titles::follow(w, id)?)?;
    if sender != before.correspondent {
        w.set_correspondent(id, sender)?;
        if let Some(misread) = before.correspondent {
            w.remove_correspondent_without_letters(misread)?;
        }
    }
    // What was settled by the poorer reading is a guess again.
    for task in open_tasks(w, id)? {
        w.update_task(&Task { provisional: true, ..task })?;
    }
    w.set_state(id, DocumentState::Review)?;
    let document = existing::document(w, id)?;
    cases::join_anew(w, &document)?;
    decide_state(w, context, &document)?;
    cases::follow(w, id, context.now)
}

/// Decides what becomes of a document that just came in.
pub(crate) fn decide_state(w: &Write<'_>, context: &FilingContext<'_>, document: &Document) -> Result<(), StoreError> {
    if cases::repeats(w, document.id)?.is_some() {
        // Its tasks are there already; a person says whether it is one letter or two.
        return remove_open_tasks(w, document.id);
    }
    match gate(w, document)? {
        Gate::Accept => {
            w.set_state(document.id, DocumentState::Accepted)?;
            let document = &existing::document(w, document.id)?;
            apply(w, context, document, plan(document, context.preferences, context.now, StaleLetters::FileQuietly))
        }
        Gate::Review(doubts) => {
            let today = today(context.now, context.preferences.zone);
            let is_old = document.letter_date().is_some_and(|day| (today - day).num_days() > OLD_LETTER_DAYS);
            let is_part = doubts.iter().any(|doubt| matches!(doubt, Doubt::FurtherPart { .. }));
            let may_be_old = is_old && !is_part && !document.kind.is_alarming();
            if may_be_old && !has_days_to_come(document, context.preferences, context.now) {
                // Nobody is asked whether a receipt is still open.
                let is_nothing = planned(document, context.preferences, context.now).is_empty();
                let state = if is_nothing { DocumentState::Accepted } else { DocumentState::Stale };
                remove_open_tasks(w, document.id)?;
                w.set_state(document.id, state)
            } else {
                plan_provisionally(w, context, document)
            }
        }
    }
}

/// Does an old letter name a day that is still to come: a later instalment, a voucher that is still valid, an end of
/// contract? Then it is not dealt with, whatever its date.
fn has_days_to_come(document: &Document, preferences: &Preferences, now: DateTime<Utc>) -> bool {
    const DAYS: [Field; 6] = [
        Field::DueDate,
        Field::DirectDebitDate,
        Field::ExpiryDate,
        Field::NextDueDate,
        Field::CancelBy,
        Field::AppointmentStart,
    ];
    let today = today(now, preferences.zone);
    DAYS.iter().any(|field| document.date(*field) >= Some(today))
        || planned(document, preferences, now).iter().any(|task| task.latest.max(task.due) >= Some(today))
}

/// Plans what follows from a document that waits for a look, so that its days are not hidden until then. Of a letter
/// whose deadlines have all passed nothing follows, unless it is one that must never pass as harmless.
pub(crate) fn plan_provisionally(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    document: &Document,
) -> Result<(), StoreError> {
    let mut effects = plan(document, context.preferences, context.now, StaleLetters::FileQuietly);
    effects.retain(|effect| matches!(effect, Effect::AddTask(_)));
    apply(w, context, document, effects)
}

/// A person has confirmed the document: its open tasks are planned anew from what is known now.
pub(crate) fn plan_again(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    id: DocumentId,
) -> Result<Vec<TaskId>, StoreError> {
    w.set_state(id, DocumentState::Accepted)?;
    if let Some(other) = cases::repeats(w, id)? {
        w.relate(Related { document: id, other, relation: None })?;
    }
    renew_tasks(w, context, &titles::follow(w, id)?)?;
    Ok(open_tasks(w, id)?.into_iter().map(|task| task.id).collect())
}

/// A person has corrected the document: it is planned anew at once, provisionally as long as it is in review.
pub(crate) fn follow_correction(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    document: &Document,
) -> Result<(), StoreError> {
    cases::join(w, document)?;
    let document = &titles::follow(w, document.id)?;
    let follows = match document.state {
        DocumentState::Accepted => true,
        // The tasks of a repeated letter are there already.
        DocumentState::Review => cases::repeats(w, document.id)?.is_none(),
        DocumentState::Stale => false,
    };
    if follows { renew_tasks(w, context, document) } else { Ok(()) }
}

fn renew_tasks(w: &Write<'_>, context: &FilingContext<'_>, document: &Document) -> Result<(), StoreError> {
    apply(w, context, document, plan(document, context.preferences, context.now, StaleLetters::PlanAnyway))?;
    cases::follow(w, document.id, context.now)
}

pub(crate) fn open_tasks(r: &Read<'_>, document: DocumentId) -> Result<Vec<Task>, StoreError> {
    let mut tasks = r.tasks(TaskFilter::OfDocument(document))?;
    tasks.retain(|task| task.status.is_open());
    Ok(tasks)
}

fn remove_open_tasks(w: &Write<'_>, document: DocumentId) -> Result<(), StoreError> {
    open_tasks(w, document)?.into_iter().try_for_each(|task| w.delete_task(task.id))
}

/// The tasks of a document beside what is planned for it now.
pub(crate) struct Paired {
    /// Tasks that are planned again, whatever became of them.
    pub(crate) again: Vec<(Task, NewTask)>,
    /// What is planned and not there yet.
    pub(crate) added: Vec<NewTask>,
    /// Tasks that are not planned any more.
    pub(crate) gone: Vec<Task>,
}

/// Finds for each planned task the one that it was before. Of several instalments each is known by its day.
pub(crate) fn paired(mut known: Vec<Task>, planned: Vec<NewTask>) -> Paired {
    // It follows from what a person did, not from the letter.
    known.retain(|task| task.kind != TaskKind::AwaitConfirmation);
    let (mut again, mut changed, mut added) = (Vec::new(), Vec::new(), Vec::new());
    for new in planned {
        match known.iter().position(|old| is_planned_by(old, &new) && same_day(old, &new)) {
            Some(index) => again.push((known.remove(index), new)),
            None => changed.push(new),
        }
    }
    for new in changed {
        match known.iter().position(|old| is_planned_by(old, &new)) {
            Some(index) => again.push((known.remove(index), new)),
            None => added.push(new),
        }
    }
    Paired { again, added, gone: known }
}

/// Applies the plan of a document. A task that is planned again stays the same task, with all that a person has
/// changed; a done or cancelled one stays as it is; an open task that is not planned any more is removed.
fn apply(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    document: &Document,
    effects: Vec<Effect>,
) -> Result<(), StoreError> {
    let mut planned = Vec::new();
    for effect in effects {
        match effect {
            Effect::FileAsStale => w.set_state(document.id, DocumentState::Stale)?,
            Effect::AddTask(new) => planned.push(*new),
        }
    }
    let Paired { again, added, gone } = paired(w.tasks(TaskFilter::OfDocument(document.id))?, planned);
    let waits = document.state == DocumentState::Review;
    again.into_iter().try_for_each(|(old, new)| {
        // What was settled before does not become a guess again.
        let provisional = waits && old.provisional;
        renew(w, context, Task { provisional, ..old }, new)
    })?;
    added.into_iter().try_for_each(|new| add(w, context, document, new))?;
    gone.iter().filter(|old| old.status.is_open()).try_for_each(|old| w.delete_task(old.id))
}

/// What is planned for a document that a person has looked at.
pub(crate) fn planned(document: &Document, preferences: &Preferences, now: DateTime<Utc>) -> Vec<NewTask> {
    let effects = plan(document, preferences, now, StaleLetters::PlanAnyway);
    effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::AddTask(new) => Some(*new),
            Effect::FileAsStale => None,
        })
        .collect()
}

/// What accepting a document would change about the open tasks that it has already.
pub(crate) fn would_change(
    r: &Read<'_>,
    preferences: &Preferences,
    now: DateTime<Utc>,
    document: &Document,
) -> Result<Vec<Doubt>, StoreError> {
    let mut known = r.tasks(TaskFilter::OfDocument(document.id))?;
    // Nobody relies on what is provisional, unless it must never pass as harmless.
    known.retain(|task| !task.provisional || document.kind.is_alarming());
    if known.iter().all(|task| !task.status.is_open()) {
        return Ok(Vec::new());
    }
    let Paired { again, added: _, gone } = paired(known, planned(document, preferences, now));
    let mut changes = Vec::new();
    for (old, new) in &again {
        changes.extend(change_of(r, old, new)?);
    }
    changes.extend(gone.iter().filter(|old| old.status.is_open()).map(|old| Doubt::TaskGoes { task: old.kind }));
    Ok(changes)
}

/// What renewing an open task would change that a person relies on: its day or its amount.
pub(crate) fn change_of(r: &Read<'_>, old: &Task, new: &NewTask) -> Result<Option<Doubt>, StoreError> {
    let (day, _) = due_now(old, new.due, new.due_time);
    Ok(if !old.status.is_open() {
        None
    } else if day != old.due {
        Some(Doubt::TaskMoves { task: old.kind, from: old.due, to: day })
    } else if new.amount != old.amount && !r.task_details(old.id)?.by_hand.contains(&TaskPart::Amount) {
        Some(Doubt::TaskAmount { task: old.kind, from: old.amount, to: new.amount })
    } else {
        None
    })
}

/// A task is known by its rule and its kind, whatever a person has made of it.
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

/// No missed reminders are sent for the new day. “Seen” was about the old day and ends; a snooze stays.
pub(crate) fn moved(w: &Write<'_>, task: TaskId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let overrides = w.reminder_overrides(task)?;
    w.set_reminder_overrides(task, &ReminderOverrides { moved_at: Some(now), acknowledged: None, ..overrides })
}

/// Updates an open task to what its document says now, except what a person has changed.
pub(crate) fn renew(w: &Write<'_>, context: &FilingContext<'_>, old: Task, new: NewTask) -> Result<(), StoreError> {
    // A right that ended by the calendar is there again where it turns out to last longer.
    let today = today(context.now, context.preferences.zone);
    let is_back = has_lapsed(&old) && new.latest.max(new.due) >= Some(today);
    if !old.status.is_open() && !is_back {
        return Ok(());
    }
    if is_back {
        bring_back(w, old.id)?;
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
    if (due, due_time) == before { Ok(()) } else { moved(w, task.id, context.now) }
}

pub(crate) fn add(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    document: &Document,
    new: NewTask,
) -> Result<(), StoreError> {
    w.insert_task(&Task {
        id: TaskId::new(context.ids),
        document: Some(document.id),
        document_kind: Some(document.kind),
        kind: new.kind,
        title: new.title,
        due: new.due,
        due_time: new.due_time,
        latest: new.latest,
        assumed: new.assumed,
        provisional: document.state == DocumentState::Review,
        amount: new.amount,
        payee: new.payee,
        rule: new.rule,
        why: new.why,
        derivation: new.derivation,
        steps: new.steps,
        status: TaskStatus::Open,
        created_at: context.now,
        done_at: None,
        done_how: None,
    })
}

/// The correspondent a document comes from: a known one by its ids or name, else a new one; none without a name.
pub(crate) fn sender(w: &Write<'_>, document: &Document) -> Result<Option<domain::CorrespondentId>, StoreError> {
    if let Some(known) = known_sender(w, document)? {
        return Ok(Some(known.id));
    }
    let name = document.text(Field::SellerName);
    name.map(|name| w.insert_correspondent(&name).map(|new| new.id)).transpose()
}

/// The known correspondent with the ids or the name of a document's sender.
pub(crate) fn known_sender(r: &Read<'_>, document: &Document) -> Result<Option<Correspondent>, StoreError> {
    let iban = match document.fact(Field::Iban).map(|fact| &fact.value) {
        Some(Value::Iban(iban)) => Some(iban),
        Some(_) | None => None,
    };
    let (name, vat_id) = (document.text(Field::SellerName), document.text(Field::SellerVatId));
    r.find_correspondent(name.as_deref(), vat_id.as_deref(), iban)
}

/// Whether the program may accept a document by itself, or a person has to look first.
pub(crate) fn gate(r: &Read<'_>, document: &Document) -> Result<Gate, StoreError> {
    let mut problems = r.problems_found(&document.file)?;
    let is_stack = |problem: &Problem| problem.code == FailureCode::SeveralLetters;
    // A person who has arranged the pages has decided what belongs together.
    if problems.iter().any(is_stack)
        && r.arrivals(&document.file)?.iter().any(|arrival| arrival.source == SourceId::Arranged)
    {
        problems.retain(|problem| !is_stack(problem));
    }
    let mut doubts = match domain::gate(document, &problems) {
        Gate::Accept => Vec::new(),
        Gate::Review(doubts) => doubts,
    };
    doubts.extend(cases::further_part(r, document.id)?.map(|other| Doubt::FurtherPart { other }));
    Ok(if doubts.is_empty() { Gate::Accept } else { Gate::Review(doubts) })
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
