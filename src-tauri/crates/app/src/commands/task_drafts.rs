//! Tasks made and changed by hand: one draft for adding, changing and for what a line of words says.

use chrono::{NaiveDate, NaiveTime};
use domain::{
    CountedFrom, DocumentId, Money, QuickTask, Recurrence, Rule, Task, TaskDetails, TaskId, TaskKind, TaskPart,
    TaskStatus, Urgency, Wishes, quick_add,
};
use serde::{Deserialize, Serialize};
use store::{Op, TaskStep, Write};
use ts_rs::TS;

use super::tasks::{existing, get};
use crate::views::TaskView;
use crate::{App, Failure, OneTask, scheduler};

/// Everything that a person can say about a task.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TaskDraft {
    /// Whom or what it is about.
    pub title: String,
    /// What sort of thing.
    pub kind: TaskKind,
    /// The day to act on.
    pub due: Option<NaiveDate>,
    /// Time of that day.
    pub due_time: Option<NaiveTime>,
    /// How much.
    pub amount: Option<Money>,
    /// Who gets the money.
    pub payee: Option<String>,
    /// In as many words as one likes.
    pub description: String,
    /// How many minutes it takes.
    pub minutes: Option<u32>,
    /// How pressing, whatever the score says.
    pub urgency: Option<Urgency>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Its steps.
    pub steps: Vec<ChecklistStep>,
    /// How it comes again.
    pub recurrence: Option<Repeat>,
    /// Documents that belong to it.
    pub documents: Vec<DocumentId>,
}

impl Default for TaskDraft {
    fn default() -> Self {
        Self {
            title: String::new(),
            kind: TaskKind::Other,
            due: None,
            due_time: None,
            amount: None,
            payee: None,
            description: String::new(),
            minutes: None,
            urgency: None,
            tags: Vec::new(),
            steps: Vec::new(),
            recurrence: None,
            documents: Vec::new(),
        }
    }
}

/// A step of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChecklistStep {
    /// Id of its text, or the text itself.
    pub step: String,
    /// Is it done?
    pub done: bool,
}

/// How a task comes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Repeat {
    /// RRULE (RFC 5545), such as `FREQ=WEEKLY;BYDAY=TH`.
    pub rule: Rule,
    /// From what it is counted.
    #[serde(default)]
    pub counted_from: CountedFrom,
    /// Days that are left out.
    #[serde(default)]
    pub except: Vec<NaiveDate>,
}

/// A change of a task.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TaskEdit {
    /// Which.
    pub id: TaskId,
    /// How it is to be, all of it.
    pub draft: TaskDraft,
}

/// A task in one line.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct QuickLine {
    /// Such as "Müll rausbringen jeden Donnerstag 19 Uhr".
    pub line: String,
    /// Only show what it would become.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub preview: bool,
}

/// What a line became.
#[derive(Clone, Debug, Serialize, TS)]
pub struct QuickAdded {
    /// What was understood.
    pub draft: TaskDraft,
    /// The task; none for a preview.
    pub task: Option<TaskView>,
}

pub(super) fn add(app: &App, draft: TaskDraft) -> Result<TaskView, Failure> {
    let draft = checked(draft)?;
    let id = TaskId::new(app.ids.as_ref());
    let now = app.now();
    let today = app.today(&app.settings()?)?;
    app.store.write(Op::AddTask, |w| {
        w.label(&draft.title);
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
            amount: draft.amount,
            payee: draft.payee.clone(),
            rule: None,
            why: String::new(),
            derivation: None,
            steps: Vec::new(),
            status: TaskStatus::Open,
            created_at: now,
            done_at: None,
            done_how: None,
        })?;
        // Who writes a task down knows of it: earlier stages are not made up for.
        w.set_wishes(id, &Wishes { moved_at: Some(now), ..Wishes::default() })?;
        write_details(w, id, &draft, TaskDetails::default(), today)
    })?;
    get(app, OneTask { id })
}

pub(super) fn edit(app: &App, edit: TaskEdit) -> Result<TaskView, Failure> {
    let (id, draft, now) = (edit.id, checked(edit.draft)?, app.now());
    let today = app.today(&app.settings()?)?;
    app.store.write(Op::ChangeTask, |w| {
        let task = existing(w, id)?;
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
            w.set_wishes(id, &Wishes { moved_at: Some(now), ..Wishes::default() })?;
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
        write_details(w, id, &draft, details, today)
    })?;
    scheduler::withdraw(app, id);
    get(app, OneTask { id })
}

fn write_details(
    w: &Write<'_>,
    id: TaskId,
    draft: &TaskDraft,
    before: TaskDetails,
    today: NaiveDate,
) -> store::Result<()> {
    let recurrence = draft.recurrence.as_ref().map(|repeat| Recurrence {
        rule: repeat.rule.clone(),
        counted_from: repeat.counted_from,
        // A rule that stays the same keeps counting from where it began.
        start: match &before.recurrence {
            Some(old) if old.rule == repeat.rule => old.start,
            Some(_) | None => draft.due.unwrap_or(today),
        },
        except: repeat.except.clone(),
    });
    let steps: Vec<TaskStep> =
        draft.steps.iter().map(|step| TaskStep { step: step.step.clone(), done: step.done }).collect();
    if steps != w.task_steps(id)? {
        w.set_task_steps(id, &steps)?;
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

fn checked(mut draft: TaskDraft) -> Result<TaskDraft, Failure> {
    draft.title = draft.title.trim().to_owned();
    if draft.title.is_empty() {
        return Err(Failure::new("bad_input", "A task needs a title: what is to be done?"));
    }
    if draft.due_time.is_some() && draft.due.is_none() {
        return Err(Failure::new("bad_input", "A time of day needs a day."));
    }
    if draft.recurrence.is_some() && draft.due.is_none() {
        return Err(Failure::new("bad_input", "What comes again needs a first day."));
    }
    draft.steps.retain(|step| !step.step.trim().is_empty());
    draft.documents.sort_unstable();
    draft.documents.dedup();
    Ok(draft)
}

pub(super) fn quick(app: &App, quick: QuickLine) -> Result<QuickAdded, Failure> {
    let zone = app.settings()?.preferences()?.zone;
    let draft = TaskDraft::from(quick_add(&quick.line, app.now().with_timezone(&zone).naive_local()));
    let task = if quick.preview { None } else { Some(add(app, draft.clone())?) };
    Ok(QuickAdded { draft, task })
}

impl From<QuickTask> for TaskDraft {
    fn from(quick: QuickTask) -> Self {
        let QuickTask { title, kind, due, due_time, recurrence, amount, tags, minutes } = quick;
        let recurrence =
            recurrence.map(|it| Repeat { rule: it.rule, counted_from: it.counted_from, except: it.except });
        Self { title, kind, due, due_time, recurrence, amount, tags, minutes, ..Self::default() }
    }
}
