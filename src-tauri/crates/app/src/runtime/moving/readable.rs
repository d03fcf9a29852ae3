//! The JSON files of an export as people and other programs read them. Days are ISO days, instants UTC, amounts texts with
//! a point. Words such as kinds and fields are those of the command line.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    Check, Confidence, CorrespondentId, Document, DocumentId, DoneHow, Evidence, Fact, Field, FileId, Money, Origin,
    PaidHow, Relation, Task, TaskId, TaskKind, TaskStatus,
};
use serde::Serialize;
use serde_json::Value;
use store::{ChainHead, Read, StoreError, TableRows, TaskFilter};

use super::format::FORMAT;

/// A document with all that is known of it.
#[derive(Serialize)]
pub(crate) struct ExportedDocument {
    format: u32,
    id: DocumentId,
    title: String,
    kind: &'static str,
    /// How sure the kind is, 0 to 1; 1 where a person said so.
    kind_confidence: Confidence,
    state: &'static str,
    sender: Option<ExportedSender>,
    /// The day of the letter.
    day: Option<NaiveDate>,
    received_at: DateTime<Utc>,
    /// Since when it is in the trash.
    trashed_at: Option<DateTime<Utc>>,
    original: Option<String>,
    sha256: FileId,
    file_name: String,
    tags: Vec<String>,
    note: Option<String>,
    facts: Vec<ExportedFact>,
    tasks: Vec<ExportedTask>,
    /// What was said about this document and another one.
    relations: Vec<ExportedRelation>,
    /// The documents of its case, itself among them.
    case: Vec<DocumentId>,
    pages: Vec<ExportedPage>,
    way_back: TableRows,
}

#[derive(Serialize)]
struct ExportedSender {
    id: CorrespondentId,
    name: String,
}

/// A value that a letter states.
#[derive(Serialize)]
struct ExportedFact {
    field: Field,
    /// In one line.
    value: String,
    /// A list or table with its parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Value>,
    confidence: Confidence,
    certain: bool,
    said_by: SaidBy,
    /// What it was read from.
    origin: Origin,
    /// The part of the program that found it.
    found_by: String,
    evidence: Option<Evidence>,
    checks: Vec<Check>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum SaidBy {
    Person,
    Program,
}

/// Something to do.
#[derive(Serialize)]
pub(crate) struct ExportedTask {
    id: TaskId,
    kind: TaskKind,
    title: String,
    status: TaskStatus,
    /// The safe day.
    due: Option<NaiveDate>,
    due_time: Option<NaiveTime>,
    /// The latest legal day.
    latest: Option<NaiveDate>,
    /// The day was proposed, not read.
    assumed: bool,
    /// Nobody has looked at the letter yet.
    provisional: bool,
    amount: Option<Money>,
    payee: Option<String>,
    rule: Option<String>,
    why: String,
    created_at: DateTime<Utc>,
    done_at: Option<DateTime<Utc>>,
    done_how: Option<DoneHow>,
    description: String,
    tags: Vec<String>,
    steps: Vec<ExportedStep>,
    payments: Vec<ExportedPayment>,
    /// Documents that belong to it besides its own.
    documents: Vec<DocumentId>,
    blocked_by: Vec<TaskId>,
    /// Its reminders are put off until then.
    snoozed_until: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
struct ExportedStep {
    step: String,
    done: bool,
}

#[derive(Serialize)]
struct ExportedPayment {
    amount: Money,
    paid_on: NaiveDate,
    how: PaidHow,
}

#[derive(Serialize)]
struct ExportedRelation {
    /// What this document is to the other one, or the other one to it; none where a person said that they do not belong
    /// together.
    relation: Option<Relation>,
    document: DocumentId,
    other: DocumentId,
}

#[derive(Serialize)]
struct ExportedPage {
    page: u32,
    text: String,
}

/// A file of which no document was made.
#[derive(Serialize)]
pub(crate) struct ExportedFile {
    format: u32,
    original: Option<String>,
    sha256: FileId,
    file_name: String,
    way_back: TableRows,
}

/// What belongs to no document.
#[derive(Serialize)]
pub(crate) struct ExportedProfile {
    format: u32,
    senders: Vec<ExportedSender>,
    tags: Vec<String>,
    views: Vec<ExportedView>,
    /// By name; what is not here was never set.
    settings: serde_json::Map<String, Value>,
    /// Tasks that were made by hand.
    tasks: Vec<ExportedTask>,
    way_back: TableRows,
}

#[derive(Serialize)]
struct ExportedView {
    name: String,
    query: String,
}

/// Rows alone.
#[derive(Serialize)]
pub(crate) struct ExportedRows {
    pub(crate) format: u32,
    /// The end of the history: with it, somebody can tell later whether the history up to here is still the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) head: Option<ChainHead>,
    pub(crate) way_back: TableRows,
}

impl ExportedDocument {
    pub(crate) fn of(r: &Read<'_>, document: &Document, original: Option<String>) -> Result<Self, StoreError> {
        let id = document.id;
        let sender = document.correspondent.map(|id| r.correspondent(id)).transpose()?.flatten();
        let tasks = r.tasks(TaskFilter::OfDocument(id))?;
        Ok(Self {
            format: FORMAT,
            id,
            title: document.title.clone(),
            kind: document.kind.as_str(),
            kind_confidence: document.kind_confidence,
            state: document.state.as_str(),
            sender: sender.map(|known| ExportedSender { id: known.id, name: known.name }),
            day: document.letter_date(),
            received_at: document.received_at,
            trashed_at: r.trashed_at(id)?,
            original,
            sha256: document.file.clone(),
            file_name: r.file_name(&document.file)?,
            tags: r.paths_of_tags(id)?,
            note: r.note(id)?,
            facts: document.facts.iter().map(ExportedFact::of).collect(),
            tasks: tasks.into_iter().map(|task| ExportedTask::of(r, task)).collect::<Result<_, _>>()?,
            relations: r
                .relations_of(id)?
                .into_iter()
                .map(|pair| ExportedRelation { relation: pair.relation, document: pair.document, other: pair.other })
                .collect(),
            case: r.case_of(id)?,
            pages: (1..)
                .zip(r.pages(&document.file)?)
                .map(|(page, content)| ExportedPage { page, text: content.text() })
                .collect(),
            way_back: r.rows_of_document(id, &document.file)?,
        })
    }
}

impl ExportedFact {
    fn of(fact: &Fact) -> Self {
        use domain::Value as V;
        let parts = match &fact.value {
            V::Skonto(_) | V::Lines(_) | V::Taxes(_) | V::Adjustments(_) | V::Instalments(_) => {
                serde_json::to_value(&fact.value).ok()
            }
            V::Text(_) | V::Date(_) | V::DateTime(_) | V::Amount(_) | V::Currency(_) | V::Iban(_) | V::Integer(_) => {
                None
            }
        };
        Self {
            field: fact.field,
            value: fact.value.plain(),
            parts,
            confidence: fact.confidence,
            certain: fact.certain,
            said_by: if fact.origin == Origin::User { SaidBy::Person } else { SaidBy::Program },
            origin: fact.origin,
            found_by: fact.by.clone(),
            evidence: fact.evidence.clone(),
            checks: fact.checks.clone(),
        }
    }
}

impl ExportedTask {
    pub(crate) fn of(r: &Read<'_>, task: Task) -> Result<Self, StoreError> {
        let details = r.task_details(task.id)?;
        Ok(Self {
            steps: r
                .task_steps(task.id)?
                .into_iter()
                .map(|step| ExportedStep { step: step.step, done: step.done })
                .collect(),
            payments: r
                .payments(task.id)?
                .into_iter()
                .map(|one| ExportedPayment { amount: one.amount, paid_on: one.paid_on, how: one.how })
                .collect(),
            snoozed_until: r.reminder_overrides(task.id)?.snooze.map(|snooze| snooze.until),
            id: task.id,
            kind: task.kind,
            title: task.title,
            status: task.status,
            due: task.due,
            due_time: task.due_time,
            latest: task.latest,
            assumed: task.assumed,
            provisional: task.provisional,
            amount: task.amount,
            payee: task.payee,
            rule: task.rule,
            why: task.why,
            created_at: task.created_at,
            done_at: task.done_at,
            done_how: task.done_how,
            description: details.description,
            tags: details.tags,
            documents: details.documents,
            blocked_by: details.blocked_by,
        })
    }
}

impl ExportedFile {
    pub(crate) fn of(r: &Read<'_>, file: &FileId, original: Option<String>) -> Result<Self, StoreError> {
        Ok(Self {
            format: FORMAT,
            original,
            sha256: file.clone(),
            file_name: r.file_name(file)?,
            way_back: r.rows_of_file(file)?,
        })
    }
}

impl ExportedProfile {
    pub(crate) fn of(r: &Read<'_>) -> Result<Self, StoreError> {
        let mut tasks = Vec::new();
        for id in r.tasks_without_document()? {
            tasks.extend(r.task(id)?.map(|task| ExportedTask::of(r, task)).transpose()?);
        }
        let setting = |(key, json): (String, String)| {
            let value = serde_json::from_str(&json).unwrap_or(Value::String(json));
            (key, value)
        };
        Ok(Self {
            format: FORMAT,
            senders: r
                .correspondents()?
                .into_iter()
                .map(|sender| ExportedSender { id: sender.id, name: sender.name })
                .collect(),
            tags: r.tags()?.into_iter().map(|tag| tag.path).collect(),
            views: r
                .saved_views()?
                .into_iter()
                .map(|view| ExportedView { name: view.name, query: view.query })
                .collect(),
            settings: r.settings()?.into_iter().map(setting).collect(),
            tasks,
            way_back: r.rows_of_profile()?,
        })
    }
}
