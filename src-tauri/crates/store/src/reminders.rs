//! What a person wished about the reminders of tasks (intent), and which letters wait for a look.

use chrono::{DateTime, Utc};
use domain::{Acknowledged, Remindable, ReminderPattern, Snoozed, TaskId, Wishes};
use rusqlite::{Row, params};

use crate::row::{Columns, time};
use crate::{Read, Result, Write};

fn wishes(row: &Row<'_>) -> Result<Wishes> {
    let c = Columns { table: "reminder_wishes", row };
    let snooze = c.parse_opt("snoozed_at")?.zip(c.parse_opt("snoozed_until")?);
    let acknowledged = c.word_opt("acknowledged_stage")?.zip(c.parse_opt("acknowledged_at")?);
    Ok(Wishes {
        moved_at: c.parse_opt("moved_at")?,
        snooze: snooze.map(|(at, until)| Snoozed { at, until }),
        acknowledged: acknowledged.map(|(stage, at)| Acknowledged { stage, at }),
    })
}

fn remindable(row: &Row<'_>) -> Result<Remindable> {
    let c = Columns { table: "tasks", row };
    let kind = c.word("kind")?;
    let rule: Option<String> = c.get("rule")?;
    Ok(Remindable {
        kind,
        pattern: ReminderPattern::of(kind, rule.as_deref()),
        due: c.parse_opt("due")?,
        due_time: c.parse_opt("due_time")?,
        since: c.parse("created_at")?,
        wishes: wishes(row)?,
    })
}

impl Read<'_> {
    /// What was wished about a task; nothing by default.
    pub fn wishes(&self, task: TaskId) -> Result<Wishes> {
        let found = self.row("SELECT * FROM reminder_wishes WHERE task = ?1", [task.to_string()], wishes)?;
        Ok(found.unwrap_or_default())
    }

    /// What the reminders of a task depend on. None where nothing is to remind of it: it is done, gone, or its document
    /// is in the trash.
    pub fn remindable(&self, task: TaskId) -> Result<Option<Remindable>> {
        let sql = "SELECT t.kind, t.rule, t.due, t.due_time, t.created_at, w.*
                   FROM tasks AS t LEFT JOIN reminder_wishes AS w ON w.task = t.id
                   LEFT JOIN documents AS d ON d.id = t.document
                   WHERE t.id = ?1 AND t.status IN ('open', 'in_progress', 'waiting') AND d.trashed_at IS NULL";
        self.row(sql, [task.to_string()], remindable)
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
    Ok(c.parse_opt("since")?.map(|since| Waiting { count, since }))
}

impl Read<'_> {
    /// The letters in review; none where nothing waits.
    pub fn waiting_for_review(&self) -> Result<Option<Waiting>> {
        let sql = "SELECT count(*) AS count, min(received_at) AS since FROM documents
                   WHERE state = 'review' AND trashed_at IS NULL";
        Ok(self.row(sql, [], waiting)?.flatten())
    }
}

impl Write<'_> {
    /// Notes what a person wishes about the reminders of a task, in place of what was wished before.
    pub fn set_wishes(&self, task: TaskId, wishes: &Wishes) -> Result<()> {
        let (snooze, acknowledged) = (wishes.snooze, wishes.acknowledged);
        self.execute(
            "INSERT INTO reminder_wishes (task, moved_at, snoozed_at, snoozed_until, acknowledged_stage, acknowledged_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (task) DO UPDATE SET moved_at = ?2, snoozed_at = ?3, snoozed_until = ?4,
                                              acknowledged_stage = ?5, acknowledged_at = ?6",
            params![
                task.to_string(),
                wishes.moved_at.map(time),
                snooze.map(|snooze| time(snooze.at)),
                snooze.map(|snooze| time(snooze.until)),
                acknowledged.map(|seen| seen.stage.as_str()),
                acknowledged.map(|seen| time(seen.at))
            ],
        )?;
        Ok(())
    }
}
