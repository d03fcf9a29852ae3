//! Planned reminders. Intent.

use chrono::{DateTime, Utc};
use domain::{Reminder, ReminderId, TaskId};
use rusqlite::{Row, params};

use crate::row::{Columns, time};
use crate::{Read, Result, Write};

fn reminder(row: &Row<'_>) -> Result<Reminder> {
    let c = Columns { table: "reminders", row };
    Ok(Reminder {
        id: c.parse("id")?,
        task: c.parse("task")?,
        stage: c.word("stage")?,
        at: c.parse("at")?,
        repeats: c.get("repeats")?,
        snoozed_until: c.parse_opt("snoozed_until")?,
        acknowledged_at: c.parse_opt("acknowledged_at")?,
    })
}

impl Read<'_> {
    /// A reminder.
    pub fn reminder(&self, id: ReminderId) -> Result<Option<Reminder>> {
        self.row("SELECT * FROM reminders WHERE id = ?1", [id.to_string()], reminder)
    }

    /// The reminders of a task, by time.
    pub fn reminders_of(&self, task: TaskId) -> Result<Vec<Reminder>> {
        self.rows("SELECT * FROM reminders WHERE task = ?1 ORDER BY at, id", [task.to_string()], reminder)
    }

    /// The reminders of all open tasks whose document is not in the trash, by time.
    pub fn open_reminders(&self) -> Result<Vec<Reminder>> {
        let sql = "SELECT r.* FROM reminders AS r JOIN tasks AS t ON t.id = r.task
                   LEFT JOIN documents AS d ON d.id = t.document
                   WHERE t.status IN ('open', 'in_progress', 'waiting') AND d.trashed_at IS NULL ORDER BY r.at, r.id";
        self.rows(sql, [], reminder)
    }
}

impl Write<'_> {
    /// Plans a reminder.
    pub fn insert_reminder(&self, reminder: &Reminder) -> Result<()> {
        self.execute(
            "INSERT INTO reminders (id, task, stage, at, repeats, snoozed_until, acknowledged_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                reminder.id.to_string(),
                reminder.task.to_string(),
                reminder.stage.as_str(),
                time(reminder.at),
                reminder.repeats,
                reminder.snoozed_until.map(time),
                reminder.acknowledged_at.map(time)
            ],
        )?;
        Ok(())
    }

    /// Puts a reminder off.
    pub fn snooze(&self, id: ReminderId, until: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE reminders SET snoozed_until = ?2 WHERE id = ?1";
        self.change("reminder", id, sql, params![id.to_string(), time(until)])
    }

    /// A person has seen a reminder.
    pub fn acknowledge(&self, id: ReminderId, at: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE reminders SET acknowledged_at = ?2 WHERE id = ?1";
        self.change("reminder", id, sql, params![id.to_string(), time(at)])
    }

    /// Removes the reminders of a task on which nobody acted, to plan them again.
    pub fn delete_unacted_reminders(&self, task: TaskId) -> Result<()> {
        let sql = "DELETE FROM reminders WHERE task = ?1 AND snoozed_until IS NULL AND acknowledged_at IS NULL";
        self.execute(sql, [task.to_string()])?;
        Ok(())
    }
}
