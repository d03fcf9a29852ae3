//! What became of reminders: delivered, failed, seen, acted on. Ledger.

use chrono::{DateTime, Utc};
use domain::{Delivery, NotificationId, ReminderId};
use rusqlite::{Row, params};

use crate::row::{Columns, time, word};
use crate::{Ledger, Read, Result, Write};

/// One delivery of a reminder, with its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// Which reminder, when, and how it ended.
    pub delivery: Delivery,
    /// By which channel, if one was tried.
    pub channel: Option<String>,
    /// What the channel said when it failed.
    pub error: Option<String>,
    /// When a person saw it.
    pub seen_at: Option<DateTime<Utc>>,
    /// When a person acted on it.
    pub acted_at: Option<DateTime<Utc>>,
}

fn delivery(row: &Row<'_>) -> Result<Delivery> {
    let c = Columns { table: "notifications", row };
    Ok(Delivery {
        reminder: c.parse("reminder")?,
        at: c.parse("at")?,
        state: c.word("state")?,
        retry_at: c.parse_opt("retry_at")?,
    })
}

fn notification(row: &Row<'_>) -> Result<Notification> {
    let c = Columns { table: "notifications", row };
    Ok(Notification {
        id: c.parse("id")?,
        delivery: delivery(row)?,
        channel: c.get("channel")?,
        error: c.get("error")?,
        seen_at: c.parse_opt("seen_at")?,
        acted_at: c.parse_opt("acted_at")?,
    })
}

impl Read<'_> {
    /// What became of these reminders, oldest first for each.
    pub fn deliveries(&self, reminders: &[ReminderId]) -> Result<Vec<Delivery>> {
        let sql = "SELECT * FROM notifications WHERE reminder = ?1 ORDER BY at, id";
        let each = reminders.iter().map(|id| self.rows(sql, [id.to_string()], delivery));
        Ok(each.collect::<Result<Vec<_>>>()?.concat())
    }

    /// The last `limit` notifications, newest first.
    pub fn notifications(&self, limit: u32) -> Result<Vec<Notification>> {
        self.rows("SELECT * FROM notifications ORDER BY at DESC, id DESC LIMIT ?1", [limit], notification)
    }
}

impl Write<'_> {
    /// Notes what became of a reminder.
    pub fn record_delivery(
        &self,
        delivery: &Delivery,
        channel: Option<&str>,
        error: Option<&str>,
    ) -> Result<NotificationId> {
        let id = NotificationId::new(self.ids);
        self.execute(
            "INSERT INTO notifications (id, reminder, at, state, retry_at, channel, error)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                id.to_string(),
                delivery.reminder.to_string(),
                time(delivery.at),
                word(&delivery.state)?,
                delivery.retry_at.map(time),
                channel,
                error
            ],
        )?;
        self.touch(Ledger::Notifications);
        Ok(id)
    }

    /// A person saw it.
    pub fn mark_seen(&self, id: NotificationId, at: DateTime<Utc>) -> Result<()> {
        self.touch(Ledger::Notifications);
        let sql = "UPDATE notifications SET seen_at = ?2 WHERE id = ?1";
        self.change("notification", id, sql, params![id.to_string(), time(at)])
    }

    /// A person acted on it.
    pub fn mark_acted(&self, id: NotificationId, at: DateTime<Utc>) -> Result<()> {
        self.touch(Ledger::Notifications);
        let sql = "UPDATE notifications SET acted_at = ?2 WHERE id = ?1";
        self.change("notification", id, sql, params![id.to_string(), time(at)])
    }
}
