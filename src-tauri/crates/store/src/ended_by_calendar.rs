//! Which tasks have ended by the calendar alone. Ledger: each ends so once.

use chrono::{DateTime, NaiveDate, Utc};
use domain::TaskId;
use rusqlite::params;

use crate::row::time;
use crate::tasks::open_task;
use crate::{OpenTask, Read, Result, Write};

impl Read<'_> {
    /// The rights and debits of letters that were due before `today` and have not ended by the calendar before.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn may_end_by_calendar(&self, today: NaiveDate) -> Result<Vec<OpenTask>> {
        let sql = "SELECT t.*, d.kind AS document_kind, a.urgency
                   FROM tasks AS t INDEXED BY open_tasks_by_due LEFT JOIN documents AS d ON d.id = t.document
                   LEFT JOIN task_details AS a ON a.task = t.id
                   WHERE t.status IN ('open', 'in_progress', 'waiting') AND t.due < ?1 AND t.rule IS NOT NULL
                     AND t.kind IN ('object', 'check_debit', 'cancel_or_keep')
                     AND NOT EXISTS (SELECT 1 FROM ended_by_calendar AS ended WHERE ended.task = t.id)";
        self.rows(sql, [today.to_string()], open_task)
    }
}

impl Write<'_> {
    /// Notes that a task has ended by the calendar.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn note_ended_by_calendar(&self, task: TaskId, at: DateTime<Utc>) -> Result<()> {
        let sql = "INSERT INTO ended_by_calendar (task, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.execute(sql, params![task.to_string(), time(at)])?;
        Ok(())
    }

    /// Lets a task end by the calendar again, since its deadline was counted anew.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn forget_ended_by_calendar(&self, task: TaskId) -> Result<()> {
        self.execute("DELETE FROM ended_by_calendar WHERE task = ?1", [task.to_string()])?;
        Ok(())
    }
}
