//! Tasks made and changed by hand.

use domain::{Recurrence, ReminderOverrides, Task, TaskDetails, TaskDraft, TaskId, TaskPart, TaskStatus};
use store::{StoreError, Write};

use crate::actions::existing;
use crate::actions::tasks::Moment;

/// Adds the task of a checked draft.
pub(crate) fn add(w: &Write<'_>, moment: Moment<'_>, draft: &TaskDraft) -> Result<TaskId, StoreError> {
    w.label(&draft.title);
    let id = TaskId::new(moment.ids);
    w.insert_task(&Task {
        id,
        document: None,
        document_kind: None,
        kind: draft.kind,
        title: draft.title.clone(),
        due: draft.due,
        due_time: draft.due_time,
        latest: None,
        assumed: false,
        provisional: false,
        amount: draft.amount,
        payee: draft.payee.clone(),
        rule: None,
        why: String::new(),
        derivation: None,
        steps: Vec::new(),
        status: TaskStatus::Open,
        created_at: moment.now,
        done_at: None,
        done_how: None,
    })?;
    // Who writes a task down knows of it: earlier stages are not made up for.
    let overrides = ReminderOverrides { moved_at: Some(moment.now), ..ReminderOverrides::default() };
    w.set_reminder_overrides(id, &overrides)?;
    write_details(w, moment, id, draft, TaskDetails::default())?;
    Ok(id)
}

/// Changes a task to what a checked draft says. What a person has said against the document of the task is marked, so
/// that it is not computed again.
pub(crate) fn edit(w: &Write<'_>, moment: Moment<'_>, id: TaskId, draft: &TaskDraft) -> Result<(), StoreError> {
    let task = existing::task(w, id)?;
    w.label(&draft.title);
    let mut details = w.task_details(id)?;
    if task.document.is_some() {
        let said = [
            (TaskPart::Title, task.title != draft.title),
            (TaskPart::Amount, task.amount != draft.amount),
            (TaskPart::Payee, task.payee != draft.payee),
        ];
        details.by_hand.extend(said.into_iter().filter(|(_, changed)| *changed).map(|(part, _)| part));
        details.by_hand.sort_unstable();
        details.by_hand.dedup();
    }
    if (task.due, task.due_time) != (draft.due, draft.due_time) {
        let overrides = ReminderOverrides { moved_at: Some(moment.now), ..ReminderOverrides::default() };
        w.set_reminder_overrides(id, &overrides)?;
    }
    w.update_task(&Task {
        kind: draft.kind,
        title: draft.title.clone(),
        due: draft.due,
        due_time: draft.due_time,
        amount: draft.amount,
        payee: draft.payee.clone(),
        ..task
    })?;
    write_details(w, moment, id, draft, details)
}

fn write_details(
    w: &Write<'_>,
    moment: Moment<'_>,
    id: TaskId,
    draft: &TaskDraft,
    before: TaskDetails,
) -> Result<(), StoreError> {
    let recurrence = draft.recurrence.as_ref().map(|repeat| Recurrence {
        rule: repeat.rule.clone(),
        counted_from: repeat.counted_from,
        // A rule that stays the same keeps counting from where it began.
        start: match &before.recurrence {
            Some(old) if old.rule == repeat.rule => old.start,
            Some(_) | None => draft.due.unwrap_or(moment.today),
        },
        except: repeat.except.clone(),
    });
    if draft.steps != w.task_steps(id)? {
        w.set_task_steps(id, &draft.steps)?;
    }
    let details = TaskDetails {
        description: draft.description.clone(),
        minutes: draft.minutes,
        urgency: draft.urgency,
        tags: draft.tags.clone(),
        recurrence,
        documents: draft.documents.clone(),
        blocked_by: before.blocked_by,
        by_hand: before.by_hand,
    };
    w.set_task_details(id, &details)
}
