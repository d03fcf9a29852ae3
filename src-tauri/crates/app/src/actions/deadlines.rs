//! Deadlines that are counted again, because a person says what is to be assumed.

use domain::{Assumption, DocumentId, TaskId, deadlines::deadlines};
use store::{StoreError, TaskFilter, Write};

use crate::actions::existing;
use crate::actions::filing::{self, FilingContext};
use crate::actions::today;

/// Says what holds about the letter of a task. Gives the tasks of the letter that have another day now.
pub(crate) fn assume(
    w: &Write<'_>,
    context: &FilingContext<'_>,
    task: TaskId,
    assumption: &Assumption,
) -> Result<Vec<TaskId>, StoreError> {
    let task = existing::task(w, task)?;
    let document =
        task.document.ok_or_else(|| StoreError::NotFound { noun: "letter of the task", id: task.title.clone() })?;
    w.label(&task.title);
    w.assume(document, assumption)?;
    count_again(w, context, document)
}

/// Counts the deadlines of a document's open tasks again, each under its own rule; gives those that moved.
fn count_again(w: &Write<'_>, context: &FilingContext<'_>, document: DocumentId) -> Result<Vec<TaskId>, StoreError> {
    let document = existing::document(w, document)?;
    let day = domain::today(context.now, context.preferences.zone);
    let found = deadlines(&document, context.preferences, day);
    let mut moved = Vec::new();
    for mut task in w.tasks(TaskFilter::OfDocument(document.id))? {
        // Of several instalments each is known by its day.
        let mut of_rule = found.iter().filter(|one| Some(one.rule) == task.rule.as_deref());
        let same_day = of_rule.clone().find(|one| one.safe() == filing::planned_day(&task));
        let deadline = same_day.or_else(|| of_rule.next());
        let Some(deadline) = deadline.filter(|_| task.status.is_open() || today::has_lapsed(&task)) else { continue };
        let before = (task.due, task.due_time);
        (task.due, task.due_time) = filing::due_now(&task, deadline.safe(), deadline.time);
        task.latest = deadline.latest();
        task.assumed = deadline.is_assumed();
        task.why = deadline.derivation.why();
        task.derivation = Some(deadline.derivation.clone());
        w.set_task_deadline(&task)?;
        if today::has_lapsed(&task) && task.latest.max(task.due) >= Some(day) {
            today::bring_back(w, task.id)?;
        }
        if (task.due, task.due_time) != before {
            filing::moved(w, task.id, context.now)?;
            moved.push(task.id);
        }
    }
    Ok(moved)
}
