//! History: what was done, with old and new values; undo, redo.

use chrono::{DateTime, Utc};
use domain::{By, DocumentId, FailureCode, RunId, StepId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{ChainHead, Content, HistoryRow, Noun, Read, RowChange, Said, Skipped, StepsWanted, Undone, What};
use ts_rs::TS;

use crate::{App, Failure};

/// A change that can be undone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StepView {
    /// Its id.
    pub id: StepId,
    /// The word for what was done, such as `complete_task`.
    pub op: String,
    /// On whose behalf.
    pub by: By,
    /// The name of the key with which another program did it.
    pub by_name: Option<String>,
    /// The run of a rule or a sync that it was a part of.
    pub run: Option<RunId>,
    /// What it was about, such as the title of the document.
    pub label: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Has it been undone?
    pub undone: bool,
    /// Can it be undone now, unless something newer builds on it?
    pub can_be_undone: bool,
    /// Its place in the history.
    #[ts(type = "number")]
    pub number: i64,
    /// What it changed; empty where nothing else was asked for.
    pub changes: Vec<ChangeView>,
    /// Changes that are not shown: too many.
    #[ts(type = "number")]
    pub more: u64,
    /// What it changed was forgotten, because it was about somebody who wanted that.
    pub forgotten: bool,
}

/// A value that a step changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChangeView {
    /// What it belongs to.
    pub of: ChangedThing,
    /// Its id; of a setting its name.
    pub id: String,
    /// What it is called now; none where it is not there any more.
    pub name: Option<String>,
    /// Which value, such as `title`, or a field of a letter such as `due_date`.
    pub value: String,
    /// Whether it is a field of a letter.
    pub is_field: bool,
    /// What sort of value it is.
    pub form: ValueForm,
    /// What was there before.
    pub old: Option<String>,
    /// What is there since.
    pub new: Option<String>,
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangedThing {
    /// A document.
    Document,
    /// A task.
    Task,
    /// The reminders of a task.
    Reminder,
    /// A sender.
    Correspondent,
    /// A tag.
    Tag,
    /// A view.
    View,
    /// A setting.
    Setting,
}

/// How a value is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ValueForm {
    /// As it stands.
    Text,
    /// A day.
    Day,
    /// A day and an hour.
    Instant,
    /// A kind of document.
    Kind,
    /// Where a document stands.
    State,
    /// Where a task stands.
    Status,
    /// What a task asks for.
    TaskKind,
    /// How a task was done.
    DoneHow,
    /// How pressing a task is.
    Urgency,
    /// What one document is to another one.
    Relation,
    /// That it is so.
    Flag,
}

/// What the check of the history says.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HistoryCheck {
    /// Steps that were followed.
    #[ts(type = "number")]
    pub steps: u64,
    /// The end of the history. Whoever keeps it elsewhere can see later whether the history up to there is still the same.
    pub head: Option<String>,
    /// What is wrong, step by step; English.
    pub findings: Vec<String>,
    /// Whether the head that was given is a part of the history.
    pub is_part: Option<bool>,
}

/// With which end of the history to compare.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct CheckHistory {
    /// One that was kept elsewhere, as in an export or a backup.
    pub head: Option<String>,
}

/// What was undone, or done again.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UndoneView {
    /// The step; of a run the newest one.
    pub step: StepId,
    /// The word for what had been done, such as `complete_task`.
    pub op: String,
    /// What it was about.
    pub label: Option<String>,
    /// How many steps; one, unless it was a run.
    pub steps: usize,
    /// Steps that were left as they are, because something newer builds on them.
    pub skipped: Vec<SkippedView>,
}

/// A step that was not undone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SkippedView {
    /// Which.
    pub step: StepId,
    /// The word for what had been done.
    pub op: String,
    /// What it was about.
    pub label: Option<String>,
    /// What stands in the way; English.
    pub standing: String,
}

/// What undo and redo would do now.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NextSteps {
    /// The step that undo takes back.
    pub undo: Option<StepView>,
    /// The step that redo makes again.
    pub redo: Option<StepView>,
}

/// Which step to undo.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct UndoStep {
    /// This one, or none at all; without it the newest one of the person that can be undone.
    pub step: Option<StepId>,
}

/// Which run to undo.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct UndoRun {
    /// The run.
    pub run: RunId,
}

/// How many steps to list.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct HistoryQuery {
    /// At most so many; 50 if left out.
    pub limit: Option<u32>,
    /// Only those of a document and its tasks.
    pub document: Option<DocumentId>,
    /// Only those before this number: the next page.
    #[ts(optional, type = "number")]
    pub before: Option<i64>,
    /// With what each changed.
    pub with_changes: Option<bool>,
}

/// Used where the caller names no limit.
const USUAL_LIMIT: u32 = 50;

/// So many changes of a step are shown.
const SHOWN: usize = 40;

/// What was done, newest first.
pub fn list(app: &App, query: HistoryQuery) -> Result<Vec<StepView>, Failure> {
    let HistoryQuery { limit, document, before, with_changes } = query;
    let wanted = StepsWanted { limit: limit.unwrap_or(USUAL_LIMIT), before, document };
    let views = app.store.read(|r| {
        let rows = r.steps(wanted)?.into_iter();
        rows.map(|row| if with_changes == Some(true) { detailed(r, row) } else { Ok(step_view(row)) }).collect()
    })?;
    Ok(views)
}

/// Look whether the history is as it was recorded.
pub fn check(app: &App, CheckHistory { head }: CheckHistory) -> Result<HistoryCheck, Failure> {
    let given = head.map(|text| text.parse::<ChainHead>()).transpose();
    let given = given.map_err(|error| Failure::new(FailureCode::BadInput, format!("{error}.")))?;
    let checked = app.store.read(|r| {
        let (findings, steps) = r.verify_chain()?;
        Ok(HistoryCheck {
            steps,
            head: r.chain_head()?.map(|head| head.to_string()),
            findings,
            is_part: given.as_ref().map(|head| r.has_head(head)).transpose()?,
        })
    })?;
    Ok(checked)
}

/// A step with what it changed.
fn detailed(r: &Read<'_>, row: HistoryRow) -> store::Result<StepView> {
    let said = r.said(row.number)?;
    let mut view = step_view(row);
    if let By::Key(id) = view.by {
        view.by_name = r.key(id)?.map(|(key, _)| key.name);
    }
    match said {
        Some(Said::Content(content)) => {
            for change in &content.changes {
                for change in change_views(r, change, &content)? {
                    if view.changes.len() < SHOWN {
                        view.changes.push(change);
                    } else {
                        view.more = view.more.saturating_add(1);
                    }
                }
            }
            view.more = view.more.saturating_add(content.counts.values().sum());
        }
        Some(Said::Forgotten) => view.forgotten = true,
        None => {}
    }
    Ok(view)
}

/// The columns that are shown: the table, the column, and how its values are to be read. Others are for the program.
const SHOWN_COLUMNS: &[(&str, &str, ValueForm)] = &[
    ("documents", "title", ValueForm::Text),
    ("documents", "kind", ValueForm::Kind),
    ("documents", "correspondent", ValueForm::Text),
    ("documents", "state", ValueForm::State),
    ("documents", "trashed_at", ValueForm::Instant),
    ("confirmed_facts", "plain", ValueForm::Text),
    ("assumptions", "value", ValueForm::Text),
    ("relations", "relation", ValueForm::Relation),
    ("correspondents", "name", ValueForm::Text),
    ("tags", "name", ValueForm::Text),
    ("document_tags", "tag", ValueForm::Text),
    ("document_notes", "note", ValueForm::Text),
    ("saved_views", "name", ValueForm::Text),
    ("saved_views", "query", ValueForm::Text),
    ("tasks", "title", ValueForm::Text),
    ("tasks", "kind", ValueForm::TaskKind),
    ("tasks", "due", ValueForm::Day),
    ("tasks", "due_time", ValueForm::Text),
    ("tasks", "latest", ValueForm::Day),
    ("tasks", "amount", ValueForm::Text),
    ("tasks", "payee", ValueForm::Text),
    ("tasks", "status", ValueForm::Status),
    ("tasks", "done_how", ValueForm::DoneHow),
    ("task_steps", "done", ValueForm::Flag),
    ("task_details", "description", ValueForm::Text),
    ("task_details", "urgency", ValueForm::Urgency),
    ("task_tags", "tag", ValueForm::Text),
    ("task_payments", "amount", ValueForm::Text),
    ("reminder_overrides", "moved_at", ValueForm::Instant),
    ("reminder_overrides", "snoozed_until", ValueForm::Instant),
    ("reminder_overrides", "acknowledged_at", ValueForm::Instant),
    ("settings", "value", ValueForm::Text),
];

fn thing(noun: Noun) -> Option<ChangedThing> {
    Some(match noun {
        Noun::Document => ChangedThing::Document,
        Noun::Task => ChangedThing::Task,
        Noun::Reminder => ChangedThing::Reminder,
        Noun::Correspondent => ChangedThing::Correspondent,
        Noun::Tag => ChangedThing::Tag,
        Noun::View => ChangedThing::View,
        Noun::Setting => ChangedThing::Setting,
        Noun::File | Noun::Job | Noun::Reading | Noun::Findings | Noun::Notification | Noun::Problem | Noun::Key => {
            return None;
        }
    })
}

/// The values of a changed row that people know.
fn change_views(r: &Read<'_>, change: &RowChange, content: &Content) -> store::Result<Vec<ChangeView>> {
    let Some((noun, id)) = change.subject() else { return Ok(Vec::new()) };
    let Some(of) = thing(noun) else { return Ok(Vec::new()) };
    let name = r.name_of(noun, id)?;
    let mut views = Vec::new();
    for (_, column, form) in SHOWN_COLUMNS.iter().filter(|(table, _, _)| *table == change.table) {
        // What is in the key stands for the whole row: it came, or it went.
        let of_key = change.key.get(*column);
        let (old, new) = match (of_key, change.what) {
            (Some(value), What::Removed) => (Some(value), None),
            (Some(value), What::Added | What::Changed) => (None, Some(value)),
            (None, _) => (change.old.get(*column), change.new.get(*column)),
        };
        let said = |value: Option<&Value>| -> store::Result<Option<String>> {
            match value.map(written) {
                Some(Some(id)) if ["correspondent", "tag"].contains(column) => Ok(Some(named(r, content, column, id)?)),
                value if change.table == "settings" => Ok(value.flatten().map(setting_text)),
                value => Ok(value.flatten()),
            }
        };
        let (old, new) = (said(old)?, said(new)?);
        if old == new {
            continue;
        }
        let key = |column: &str| change.key.get(column).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is_field = change.table == "confirmed_facts";
        let value = match change.table.as_str() {
            "confirmed_facts" => key("field"),
            "assumptions" => format!("assume_{}", key("what")),
            "settings" => key("key"),
            "task_payments" => "payment".to_owned(),
            "task_steps" => "step_done".to_owned(),
            _ => (*column).to_owned(),
        };
        views.push(ChangeView { of, id: id.to_owned(), name: name.clone(), value, is_field, form: *form, old, new });
    }
    Ok(views)
}

/// A value as a line of text; none where there is nothing.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Some(value.to_string()),
    }
}

/// A setting, which is kept as JSON, as it is read: without quotation marks and brackets.
fn setting_text(json: String) -> String {
    match serde_json::from_str(&json) {
        Ok(Value::String(text)) => text,
        Ok(Value::Array(items)) => items.iter().filter_map(written).collect::<Vec<_>>().join(", "),
        Ok(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | Err(_) => json,
    }
}

/// The name of a sender or tag: as it was then, else as it is now.
fn named(r: &Read<'_>, content: &Content, column: &str, id: String) -> store::Result<String> {
    if let Some(name) = content.names.get(&id) {
        return Ok(name.clone());
    }
    let removed = content.changes.iter().find_map(|change| {
        let is_it = change.key.get("id").and_then(Value::as_str) == Some(&id);
        is_it.then(|| change.old.get("name").and_then(written)).flatten()
    });
    let noun = if column == "tag" { Noun::Tag } else { Noun::Correspondent };
    Ok(match removed {
        Some(name) => name,
        None => r.name_of(noun, &id)?.unwrap_or(id),
    })
}

/// What undo and redo would do now.
pub fn next(app: &App, _: ()) -> Result<NextSteps, Failure> {
    let (undo, redo) = (app.store.next_to_undo()?, app.store.read(|r| r.next_to_redo())?);
    Ok(NextSteps { undo: undo.map(step_view), redo: redo.map(step_view) })
}

/// Undo the newest change of the person, or the step that is named.
pub fn undo(app: &App, which: Option<UndoStep>) -> Result<Option<UndoneView>, Failure> {
    let undone = match which.and_then(|which| which.step) {
        Some(step) => app.store.undo_step(step)?,
        None => app.store.undo()?,
    };
    Ok(undone.and_then(view))
}

/// Undo a whole run of a rule or a sync.
pub fn undo_run(app: &App, which: UndoRun) -> Result<Option<UndoneView>, Failure> {
    Ok(app.store.undo_run(which.run)?.and_then(view))
}

/// Do again what was undone last.
pub fn redo(app: &App, _: ()) -> Result<Option<UndoneView>, Failure> {
    Ok(app.store.redo()?.and_then(view))
}

fn step_view(row: HistoryRow) -> StepView {
    StepView {
        id: row.step,
        op: row.op.as_str().to_owned(),
        by: row.by,
        by_name: None,
        run: row.run,
        label: row.label,
        at: row.at,
        undone: row.undone,
        can_be_undone: row.can_be_undone,
        number: row.number,
        changes: Vec::new(),
        more: 0,
        forgotten: false,
    }
}

fn view(undone: Undone) -> Option<UndoneView> {
    let steps = undone.steps.len();
    let first = undone.steps.into_iter().next()?;
    let skipped = |Skipped { step, standing }: Skipped| SkippedView {
        step: step.step,
        op: step.op.as_str().to_owned(),
        label: step.label,
        standing,
    };
    Some(UndoneView {
        step: first.step,
        op: first.op.as_str().to_owned(),
        label: first.label,
        steps,
        skipped: undone.skipped.into_iter().map(skipped).collect(),
    })
}
