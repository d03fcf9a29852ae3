//! Tasks and their steps. Intent.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{ChecklistStep, DocumentId, DocumentKind, DoneHow, Money, Task, TaskId, TaskKind, TaskStatus, Urgency};
use rusqlite::{Row, params};
use rust_decimal::Decimal;

use crate::row::{Columns, text, time, versioned};
use crate::{Read, Result, Write};

/// Which tasks to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskFilter {
    /// Still to be done, and not from a document in the trash.
    Open,
    /// Done or cancelled: at most so many, the last ones first.
    Done(u32),
    /// Those that came from one document.
    OfDocument(DocumentId),
    /// All.
    All,
}

/// Which open tasks, by the day to act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueRange {
    /// Up to this day, with those that are overdue.
    Until(NaiveDate),
    /// Later than this day.
    After(NaiveDate),
    /// Those without a day.
    Undated,
}

/// The part of an open task that its place in Today depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTask {
    /// Which.
    pub id: TaskId,
    /// What it came from.
    pub document: Option<DocumentId>,
    /// Kind of that document.
    pub document_kind: Option<DocumentKind>,
    /// What sort of thing.
    pub kind: TaskKind,
    /// Id of its deadline rule.
    pub rule: Option<String>,
    /// Where it stands.
    pub status: TaskStatus,
    /// The day to act on.
    pub due: Option<NaiveDate>,
    /// Time of that day.
    pub due_time: Option<NaiveTime>,
    /// The latest legal day.
    pub latest: Option<NaiveDate>,
    /// How much.
    pub amount: Option<Decimal>,
    /// How pressing a person says it is.
    pub urgency: Option<Urgency>,
}

pub(crate) fn open_task(row: &Row<'_>) -> Result<OpenTask> {
    let c = Columns { table: "tasks", row };
    Ok(OpenTask {
        id: c.parse("id")?,
        document: c.or(c.parse_opt("document"), None)?,
        document_kind: c.or(c.word_opt("document_kind"), None)?,
        kind: c.or(c.word("kind"), TaskKind::Other)?,
        rule: c.get("rule")?,
        status: c.word("status")?,
        due: c.or(c.parse_opt("due"), None)?,
        due_time: c.or(c.parse_opt("due_time"), None)?,
        latest: c.or(c.parse_opt("latest"), None)?,
        amount: c.or(c.parse_opt("amount"), None)?,
        urgency: c.or(c.word_opt("urgency"), None)?,
    })
}

/// A task without its steps.
fn bare_task(row: &Row<'_>) -> Result<Task> {
    let c = Columns { table: "tasks", row };
    let amount = match (c.get::<Option<String>>("amount")?, c.get::<Option<String>>("currency")?) {
        (Some(amount), Some(currency)) => {
            let money = Money::parse(&amount, &currency);
            c.or(money.map(Some).map_err(|_| c.unknown("amount", format!("{amount} {currency}"))), None)?
        }
        _ => None,
    };
    Ok(Task {
        id: c.parse("id")?,
        document: c.or(c.parse_opt("document"), None)?,
        document_kind: c.or(c.word_opt("document_kind"), None)?,
        kind: c.or(c.word("kind"), TaskKind::Other)?,
        title: c.get("title")?,
        due: c.or(c.parse_opt("due"), None)?,
        due_time: c.or(c.parse_opt("due_time"), None)?,
        latest: c.or(c.parse_opt("latest"), None)?,
        assumed: c.get("assumed")?,
        provisional: c.get("provisional")?,
        amount,
        payee: c.get("payee")?,
        rule: c.get("rule")?,
        why: c.get("why")?,
        derivation: c.or(c.json_opt("derivation"), None)?,
        steps: Vec::new(),
        status: c.word("status")?,
        created_at: c.or(c.parse("created_at"), DateTime::UNIX_EPOCH)?,
        done_at: c.or(c.parse_opt("done_at"), None)?,
        done_how: c.or(c.word_opt("done_how"), None)?,
    })
}

fn task_step(row: &Row<'_>) -> Result<ChecklistStep> {
    let c = Columns { table: "task_steps", row };
    Ok(ChecklistStep { step: c.get("step")?, done: c.get("done")? })
}

/// Tasks with the kind of their document, by due day; those without a day last.
macro_rules! select_tasks {
    ($where:literal) => {
        select_tasks!($where, "t.due IS NULL, t.due, t.due_time, t.created_at, t.id")
    };
    ($where:literal, $order:literal) => {
        concat!(
            "SELECT t.*, d.kind AS document_kind FROM tasks AS t LEFT JOIN documents AS d ON d.id = t.document ",
            $where,
            " ORDER BY ",
            $order
        )
    };
}

/// Open tasks within a range of days, through an index: no other rows are read.
macro_rules! select_open_tasks {
    ($range:literal) => {
        concat!(
            "SELECT t.id, t.document, t.kind, t.rule, t.status, t.due, t.due_time, t.latest, t.amount,
                    d.kind AS document_kind, a.urgency
             FROM tasks AS t INDEXED BY open_tasks_by_due LEFT JOIN documents AS d ON d.id = t.document
             LEFT JOIN task_details AS a ON a.task = t.id
             WHERE t.status IN ('open', 'in_progress', 'waiting') AND d.trashed_at IS NULL AND ",
            $range,
            " ORDER BY t.due, t.due_time, t.created_at, t.id LIMIT ?1"
        )
    };
}

impl Read<'_> {
    /// A task; none also where its row cannot be read, which is noted.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn task(&self, id: TaskId) -> Result<Option<Task>> {
        let found = self.first(select_tasks!("WHERE t.id = ?1"), [id.to_string()], bare_task)?;
        found.map(|bare| self.with_steps(bare)).transpose()
    }

    /// Tasks by due day, those without a day last; what is done by when it was.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn tasks(&self, filter: TaskFilter) -> Result<Vec<Task>> {
        let found = match filter {
            TaskFilter::Open => self.rows(
                select_tasks!("WHERE t.status IN ('open', 'in_progress', 'waiting') AND d.trashed_at IS NULL"),
                [],
                bare_task,
            ),
            TaskFilter::Done(limit) => self.rows(
                select_tasks!("WHERE t.status IN ('done', 'cancelled')", "t.done_at DESC, t.id LIMIT ?1"),
                [limit],
                bare_task,
            ),
            TaskFilter::OfDocument(document) => {
                self.rows(select_tasks!("WHERE t.document = ?1"), [document.to_string()], bare_task)
            }
            TaskFilter::All => self.rows(select_tasks!(""), [], bare_task),
        }?;
        found.into_iter().map(|bare| self.with_steps(bare)).collect()
    }

    /// The tasks that ended at `since` or later, the last ones first, without their steps; at most 500.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn ended_since(&self, since: DateTime<Utc>) -> Result<Vec<Task>> {
        let sql = select_tasks!(
            "WHERE t.status IN ('done', 'cancelled') AND t.done_at >= ?1 AND d.trashed_at IS NULL",
            "t.done_at DESC, t.id LIMIT 500"
        );
        self.rows(sql, [time(since)], bare_task)
    }

    /// The first `limit` open tasks of a range whose document is not in the trash, by due day.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn open_tasks(&self, range: DueRange, limit: usize) -> Result<Vec<OpenTask>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        match range {
            DueRange::Until(day) => {
                self.rows(select_open_tasks!("t.due <= ?2"), params![limit, day.to_string()], open_task)
            }
            DueRange::After(day) => {
                self.rows(select_open_tasks!("t.due > ?2"), params![limit, day.to_string()], open_task)
            }
            DueRange::Undated => self.rows(select_open_tasks!("t.due IS NULL"), [limit], open_task),
        }
    }

    /// How many tasks are open, without those whose document is in the trash.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn open_task_count(&self) -> Result<u32> {
        // CROSS JOIN makes SQLite begin with the few documents in the trash.
        let sql = "SELECT (SELECT count(*) FROM tasks WHERE status IN ('open', 'in_progress', 'waiting'))
                   - (SELECT count(*) FROM documents AS d CROSS JOIN tasks AS t ON t.document = d.id
                      WHERE d.trashed_at IS NOT NULL AND t.status IN ('open', 'in_progress', 'waiting'))";
        self.value(sql, [])
    }

    /// The next `count` open tasks by due day.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn next_tasks(&self, count: u32) -> Result<Vec<Task>> {
        let sql = "SELECT t.*, d.kind AS document_kind FROM tasks AS t LEFT JOIN documents AS d ON d.id = t.document
                   WHERE t.status IN ('open', 'in_progress', 'waiting') AND t.due IS NOT NULL AND d.trashed_at IS NULL
                   ORDER BY t.due, t.due_time, t.created_at, t.id LIMIT ?1";
        let found = self.rows(sql, [count], bare_task)?;
        found.into_iter().map(|bare| self.with_steps(bare)).collect()
    }

    fn with_steps(&self, bare: Task) -> Result<Task> {
        let steps = self.task_steps(bare.id)?.into_iter().map(|step| step.step).collect();
        Ok(Task { steps, ..bare })
    }

    /// Whether a completed task has its next occurrence already.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn has_next_occurrence(&self, done: TaskId) -> Result<bool> {
        self.value("SELECT EXISTS (SELECT 1 FROM tasks WHERE follows = ?1)", [done.to_string()])
    }

    /// The steps of a task in their order.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn task_steps(&self, id: TaskId) -> Result<Vec<ChecklistStep>> {
        self.rows("SELECT * FROM task_steps WHERE task = ?1 ORDER BY position", [id.to_string()], task_step)
    }
}

impl Write<'_> {
    /// A new task with its steps.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn insert_task(&self, task: &Task) -> Result<()> {
        let id = task.id.to_string();
        self.execute(
            "INSERT INTO tasks (id, document, kind, title, due, due_time, latest, assumed, amount, currency, payee, rule,
                                why, status, created_at, done_at, done_how, derivation, provisional)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
            params![
                id,
                text(task.document),
                task.kind.as_str(),
                task.title,
                text(task.due),
                text(task.due_time),
                text(task.latest),
                task.assumed,
                text(task.amount.map(|money| money.amount)),
                text(task.amount.map(|money| money.currency)),
                task.payee,
                task.rule,
                task.why,
                task.status.as_str(),
                time(task.created_at),
                task.done_at.map(time),
                task.done_how.map(DoneHow::as_str),
                task.derivation.as_ref().map(versioned).transpose()?,
                task.provisional
            ],
        )?;
        for (position, step) in task.steps.iter().enumerate() {
            self.execute(
                "INSERT INTO task_steps (task, position, step, done) VALUES (?1, ?2, ?3, 0)",
                params![id, position, step],
            )?;
        }
        Ok(())
    }

    /// Sets the status of a task, and when and how it was done.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such task; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_task_status(
        &self,
        id: TaskId,
        status: TaskStatus,
        done: Option<(DateTime<Utc>, DoneHow)>,
    ) -> Result<()> {
        let (at, how) = done.unzip();
        let sql = "UPDATE tasks SET status = ?2, done_at = ?3, done_how = ?4 WHERE id = ?1";
        let params = params![id.to_string(), status.as_str(), at.map(time), how.map(DoneHow::as_str)];
        self.change("task", id, sql, params)
    }

    /// Records that a task is the next occurrence of `done`.
    ///
    /// # Errors
    /// [`Database`](crate::StoreError::Database) with SQLite's constraint error if `done` has a next occurrence
    /// already; [`NotFound`](crate::StoreError::NotFound) if there is no task `id`; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_follows(&self, id: TaskId, done: TaskId) -> Result<()> {
        let sql = "UPDATE tasks SET follows = ?2 WHERE id = ?1";
        self.change("task", id, sql, params![id.to_string(), done.to_string()])
    }

    /// Moves a task to another day.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such task; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_task_due(&self, id: TaskId, due: Option<NaiveDate>, due_time: Option<NaiveTime>) -> Result<()> {
        let sql = "UPDATE tasks SET due = ?2, due_time = ?3 WHERE id = ?1";
        self.change("task", id, sql, params![id.to_string(), text(due), text(due_time)])
    }

    /// Gives a task the days and the derivation of a deadline that was counted again, and whether they are provisional.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such task; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_task_deadline(&self, task: &Task) -> Result<()> {
        let sql = "UPDATE tasks SET due = ?2, due_time = ?3, latest = ?4, assumed = ?5, why = ?6, derivation = ?7,
                   provisional = ?8 WHERE id = ?1";
        let params = params![
            task.id.to_string(),
            text(task.due),
            text(task.due_time),
            text(task.latest),
            task.assumed,
            task.why,
            task.derivation.as_ref().map(versioned).transpose()?,
            task.provisional
        ];
        self.change("task", task.id, sql, params)
    }

    /// Ticks a step off, or not; `position` counts from 0.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if the task has no step at this position; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_step_done(&self, id: TaskId, position: u32, done: bool) -> Result<()> {
        let sql = "UPDATE task_steps SET done = ?3 WHERE task = ?1 AND position = ?2";
        self.change("step of the task", id, sql, params![id.to_string(), position, done])
    }

    /// Removes a task with its steps, its details and its reminder overrides.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such task; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn delete_task(&self, id: TaskId) -> Result<()> {
        self.delete_task_details(id)?;
        self.execute("DELETE FROM reminder_overrides WHERE task = ?1", [id.to_string()])?;
        self.execute("DELETE FROM task_steps WHERE task = ?1", [id.to_string()])?;
        self.change("task", id, "DELETE FROM tasks WHERE id = ?1", [id.to_string()])
    }
}
