//! What a person has set about the reminders of tasks (intent), and how many letters wait in review.

use chrono::{DateTime, Utc};
use domain::{Acknowledged, Remindable, ReminderOverrides, ReminderPattern, Snoozed, TaskId, TaskKind};
use rusqlite::{Row, params};

use crate::row::{Columns, time};
use crate::{Read, Result, Write};

fn reminder_overrides(row: &Row<'_>) -> Result<ReminderOverrides> {
    let c = Columns { table: "reminder_overrides", row };
    let snooze = c.or(c.parse_opt("snoozed_at"), None)?.zip(c.or(c.parse_opt("snoozed_until"), None)?);
    let acknowledged = c.or(c.word_opt("acknowledged_stage"), None)?.zip(c.or(c.parse_opt("acknowledged_at"), None)?);
    Ok(ReminderOverrides {
        moved_at: c.or(c.parse_opt("moved_at"), None)?,
        snooze: snooze.map(|(at, until)| Snoozed { at, until }),
        acknowledged: acknowledged.map(|(stage, at)| Acknowledged { stage, at }),
    })
}

fn remindable(row: &Row<'_>) -> Result<Remindable> {
    let c = Columns { table: "tasks", row };
    let kind = c.or(c.word("kind"), TaskKind::Other)?;
    let rule: Option<String> = c.get("rule")?;
    Ok(Remindable {
        kind,
        pattern: ReminderPattern::of(kind, rule.as_deref()),
        due: c.or(c.parse_opt("due"), None)?,
        due_time: c.or(c.parse_opt("due_time"), None)?,
        since: c.or(c.parse("created_at"), DateTime::UNIX_EPOCH)?,
        overrides: reminder_overrides(row)?,
    })
}

impl Read<'_> {
    /// What a person has set about a task; nothing by default.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn reminder_overrides(&self, task: TaskId) -> Result<ReminderOverrides> {
        let found =
            self.row("SELECT * FROM reminder_overrides WHERE task = ?1", [task.to_string()], reminder_overrides)?;
        Ok(found.unwrap_or_default())
    }

    /// What the reminders of a task depend on. None if no reminder is due for it: it is done or gone, or its document
    /// is in the trash.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn remindable(&self, task: TaskId) -> Result<Option<Remindable>> {
        let sql = "SELECT t.kind, t.rule, t.due, t.due_time, t.created_at, w.*
                   FROM tasks AS t LEFT JOIN reminder_overrides AS w ON w.task = t.id
                   LEFT JOIN documents AS d ON d.id = t.document
                   WHERE t.id = ?1 AND t.status IN ('open', 'in_progress', 'waiting') AND d.trashed_at IS NULL";
        self.row(sql, [task.to_string()], remindable)
    }
}

fn snoozed(row: &Row<'_>) -> Result<TaskId> {
    Columns { table: "reminder_overrides", row }.parse("task")
}

impl Read<'_> {
    /// The tasks that somebody has put off to an instant after `now`.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn snoozed(&self, now: DateTime<Utc>) -> Result<Vec<TaskId>> {
        self.rows("SELECT task FROM reminder_overrides WHERE snoozed_until > ?1", [time(now)], snoozed)
    }
}

/// The letters that wait for a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: u32,
    /// When the first of them came in.
    pub since: DateTime<Utc>,
}

fn waiting(row: &Row<'_>) -> Result<Option<Waiting>> {
    let c = Columns { table: "documents", row };
    let count = c.get("count")?;
    Ok(c.or(c.parse_opt("since"), None)?.map(|since| Waiting { count, since }))
}

impl Read<'_> {
    /// The letters in review; none where nothing waits.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn waiting_for_review(&self) -> Result<Option<Waiting>> {
        // A letter whose time of arrival cannot be read waits like the others.
        let sql = "SELECT count(*) AS count, min(received_at) FILTER (WHERE received_at GLOB '[0-9]*') AS since
                   FROM documents WHERE state = 'review' AND trashed_at IS NULL";
        Ok(self.row(sql, [], waiting)?.flatten())
    }
}

impl Write<'_> {
    /// Stores what a person has set about the reminders of a task, in place of what was set before.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn set_reminder_overrides(&self, task: TaskId, overrides: &ReminderOverrides) -> Result<()> {
        let (snooze, acknowledged) = (overrides.snooze, overrides.acknowledged);
        self.execute(
            "INSERT INTO reminder_overrides (task, moved_at, snoozed_at, snoozed_until, acknowledged_stage, acknowledged_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (task) DO UPDATE SET moved_at = ?2, snoozed_at = ?3, snoozed_until = ?4,
                                              acknowledged_stage = ?5, acknowledged_at = ?6",
            params![
                task.to_string(),
                overrides.moved_at.map(time),
                snooze.map(|snooze| time(snooze.at)),
                snooze.map(|snooze| time(snooze.until)),
                acknowledged.map(|seen| seen.stage.as_str()),
                acknowledged.map(|seen| time(seen.at))
            ],
        )?;
        Ok(())
    }
}
