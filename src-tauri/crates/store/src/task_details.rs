//! What a person adds to tasks: details, links, blocking tasks, payments. Intent.

use std::str::FromStr;

use domain::{ChecklistStep, DocumentId, Money, MoneyTask, Payment, TaskDetails, TaskId};
use rusqlite::{Row, params};

use crate::row::{Columns, text, versioned, word};
use crate::{Read, Result, Write};

fn details(row: &Row<'_>) -> Result<TaskDetails> {
    let c = Columns { table: "task_details", row };
    Ok(TaskDetails {
        description: c.get("description")?,
        minutes: c.get("minutes")?,
        urgency: c.or(c.word_opt("urgency"), None)?,
        tags: Vec::new(),
        recurrence: c.or(c.json_opt("recurrence"), None)?,
        documents: Vec::new(),
        blocked_by: Vec::new(),
        by_hand: c.json_list("by_hand")?,
    })
}

fn payment(row: &Row<'_>) -> Result<Payment> {
    let c = Columns { table: "task_payments", row };
    let (amount, currency): (String, String) = (c.get("amount")?, c.get("currency")?);
    let amount = Money::parse(&amount, &currency).map_err(|_| c.unknown("amount", format!("{amount} {currency}")))?;
    Ok(Payment { id: c.parse("id")?, amount, paid_on: c.parse("paid_on")?, how: c.word("how")? })
}

/// A task without its payments.
fn money_task(row: &Row<'_>) -> Result<(TaskId, MoneyTask)> {
    let c = Columns { table: "tasks", row };
    let amount = match (c.get::<Option<String>>("amount")?, c.get::<Option<String>>("currency")?) {
        (Some(amount), Some(currency)) => {
            Some(Money::parse(&amount, &currency).map_err(|_| c.unknown("amount", format!("{amount} {currency}")))?)
        }
        _ => None,
    };
    let task = MoneyTask {
        kind: c.word("kind")?,
        status: c.word("status")?,
        due: c.parse_opt("due")?,
        latest: c.parse_opt("latest")?,
        amount,
        ended: c.parse_opt("done_at")?,
        payments: Vec::new(),
    };
    Ok((c.parse("id")?, task))
}

fn first<T: FromStr>(row: &Row<'_>, table: &'static str, column: &'static str) -> Result<T> {
    Columns { table, row }.parse(column)
}

impl Read<'_> {
    /// What was added to a task; nothing by default.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn task_details(&self, id: TaskId) -> Result<TaskDetails> {
        let found = self.row("SELECT * FROM task_details WHERE task = ?1", [id.to_string()], details)?;
        let links = "SELECT document FROM task_links WHERE task = ?1 ORDER BY document";
        let documents = self.rows(links, [id.to_string()], |row| first::<DocumentId>(row, "task_links", "document"))?;
        let tags = self.tag_paths_of_task(id)?;
        Ok(TaskDetails { tags, documents, blocked_by: self.waits_for(id)?, ..found.unwrap_or_default() })
    }

    /// The tasks that block this one, whether they are done or not.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn waits_for(&self, id: TaskId) -> Result<Vec<TaskId>> {
        let sql = "SELECT blocked_by FROM task_blocks WHERE task = ?1 ORDER BY blocked_by";
        self.rows(sql, [id.to_string()], |row| first(row, "task_blocks", "blocked_by"))
    }

    /// Whether an open task blocks it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn is_blocked(&self, id: TaskId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM task_blocks AS b JOIN tasks AS t ON t.id = b.blocked_by
                   WHERE b.task = ?1 AND t.status IN ('open', 'in_progress', 'waiting'))";
        self.value(sql, [id.to_string()])
    }

    /// What was paid towards a task, oldest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn payments(&self, id: TaskId) -> Result<Vec<Payment>> {
        self.rows("SELECT * FROM task_payments WHERE task = ?1 ORDER BY paid_on, id", [id.to_string()], payment)
    }

    /// The tasks of a document that are about money, with what was paid, as far as where its money stands depends on them.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn money_tasks(&self, document: DocumentId) -> Result<Vec<MoneyTask>> {
        let sql = "SELECT id, kind, status, due, latest, amount, currency, done_at FROM tasks
                   WHERE document = ?1 AND kind IN ('pay', 'check_debit', 'expect_money') ORDER BY due, id";
        let found = self.rows(sql, [document.to_string()], money_task)?;
        found.into_iter().map(|(id, bare)| Ok(MoneyTask { payments: self.payments(id)?, ..bare })).collect()
    }
}

impl Write<'_> {
    /// Notes what is added to a task, in place of what was before.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn set_task_details(&self, id: TaskId, details: &TaskDetails) -> Result<()> {
        self.execute(
            "INSERT INTO task_details (task, description, minutes, urgency, tags, recurrence, by_hand)
             VALUES (?1, ?2, ?3, ?4, '[]', ?5, ?6)
             ON CONFLICT (task) DO UPDATE SET description = ?2, minutes = ?3, urgency = ?4, recurrence = ?5, by_hand = ?6",
            params![
                id.to_string(),
                details.description,
                details.minutes,
                details.urgency.as_ref().map(word).transpose()?,
                details.recurrence.as_ref().map(versioned).transpose()?,
                versioned(&details.by_hand)?
            ],
        )?;
        self.set_task_tags(id, &details.tags)?;
        self.execute("DELETE FROM task_links WHERE task = ?1", [id.to_string()])?;
        for document in &details.documents {
            let sql = "INSERT INTO task_links (task, document) VALUES (?1, ?2)";
            self.execute(sql, [id.to_string(), document.to_string()])?;
        }
        self.set_waits_for(id, &details.blocked_by)
    }

    /// Says which tasks have to be done before this one.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn set_waits_for(&self, id: TaskId, blocked_by: &[TaskId]) -> Result<()> {
        self.execute("DELETE FROM task_blocks WHERE task = ?1", [id.to_string()])?;
        for other in blocked_by {
            let sql = "INSERT INTO task_blocks (task, blocked_by) VALUES (?1, ?2)";
            self.execute(sql, [id.to_string(), other.to_string()])?;
        }
        Ok(())
    }

    /// Replaces the steps of a task.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn set_task_steps(&self, id: TaskId, steps: &[ChecklistStep]) -> Result<()> {
        self.execute("DELETE FROM task_steps WHERE task = ?1", [id.to_string()])?;
        for (position, step) in steps.iter().enumerate() {
            let sql = "INSERT INTO task_steps (task, position, step, done) VALUES (?1, ?2, ?3, ?4)";
            self.execute(sql, params![id.to_string(), position, step.step, step.done])?;
        }
        Ok(())
    }

    /// Updates the columns of a task that a person can edit; its document, rule and status stay as they are.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such task; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn update_task(&self, task: &domain::Task) -> Result<()> {
        let sql =
            "UPDATE tasks SET kind = ?2, title = ?3, due = ?4, due_time = ?5, amount = ?6, currency = ?7, payee = ?8
                   WHERE id = ?1";
        let amount = task.amount;
        self.change(
            "task",
            task.id,
            sql,
            params![
                task.id.to_string(),
                task.kind.as_str(),
                task.title,
                text(task.due),
                text(task.due_time),
                text(amount.map(|money| money.amount)),
                text(amount.map(|money| money.currency)),
                task.payee
            ],
        )
    }

    /// Notes a payment towards a task.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn add_payment(&self, task: TaskId, payment: &Payment) -> Result<()> {
        self.execute(
            "INSERT INTO task_payments (task, id, amount, currency, paid_on, how) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                task.to_string(),
                payment.id.to_string(),
                payment.amount.amount.to_string(),
                payment.amount.currency.to_string(),
                payment.paid_on.to_string(),
                payment.how.as_str()
            ],
        )?;
        Ok(())
    }

    /// Removes all that was added to a task.
    pub(crate) fn delete_task_details(&self, id: TaskId) -> Result<()> {
        for sql in [
            "DELETE FROM task_details WHERE task = ?1",
            "DELETE FROM task_tags WHERE task = ?1",
            "DELETE FROM task_links WHERE task = ?1",
            "DELETE FROM task_blocks WHERE task = ?1 OR blocked_by = ?1",
            "DELETE FROM task_payments WHERE task = ?1",
        ] {
            self.execute(sql, [id.to_string()])?;
        }
        Ok(())
    }
}
