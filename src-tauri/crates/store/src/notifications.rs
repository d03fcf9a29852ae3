//! The ledger of reminders: failed, delivered, seen, snoozed, acted on. Rows are only added.

use chrono::{DateTime, Duration, Utc};
use domain::{Delivery, Sent, ShiftTime as _, Subject};
use rusqlite::{Row, params};

use crate::row::{Columns, time, word};
use crate::{Noun, Read, Result, What, Write};

/// So many of the latest entries of a subject can matter for its next reminder.
const LATEST: u32 = 60;

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// What it was about.
    pub subject: Subject,
    /// Which reminder, what happened, and when.
    pub delivery: Delivery,
    /// By which channel; empty for the window.
    pub channel: String,
    /// What the channel said when it failed.
    pub error: Option<String>,
}

fn delivery(row: &Row<'_>) -> Result<Delivery> {
    let c = Columns { table: "notifications", row };
    Ok(Delivery { stage: c.word("stage")?, slot: c.parse("slot")?, state: c.word("state")?, at: c.parse("at")? })
}

fn notification(row: &Row<'_>) -> Result<Notification> {
    let c = Columns { table: "notifications", row };
    Ok(Notification {
        subject: c.parse("subject")?,
        delivery: delivery(row)?,
        channel: c.get("channel")?,
        error: c.get("error")?,
    })
}

fn sent(row: &Row<'_>) -> Result<Sent> {
    let c = Columns { table: "notifications", row };
    Ok(Sent { count: c.get("count")?, last: c.parse_opt("last")? })
}

impl Read<'_> {
    /// The latest entries about a subject, oldest first. Entries more than a day in the future come from a wrong clock
    /// and are left out.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn ledger(&self, subject: Subject, now: DateTime<Utc>) -> Result<Vec<Delivery>> {
        let sql = "SELECT * FROM notifications WHERE subject = ?1 AND at <= ?2 ORDER BY at DESC, slot DESC LIMIT ?3";
        let ahead = time(now.plus(Duration::days(1)));
        let mut latest = self.rows(sql, params![subject.to_string(), ahead, LATEST], delivery)?;
        latest.reverse();
        Ok(latest)
    }

    /// How many notifications were delivered from `from` on and before `until`, and when the last one was. Those sent
    /// together have the same instant and count once.
    ///
    /// # Errors
    /// [`UnknownWord`](crate::StoreError::UnknownWord) if the time of the last one cannot be read; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn sent(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Sent> {
        let sql = "SELECT count(DISTINCT at) AS count, max(at) AS last FROM notifications
                   WHERE state = 'delivered' AND at >= ?1 AND at < ?2";
        Ok(self.row(sql, [time(from), time(until)], sent)?.unwrap_or_default())
    }

    /// When the last notification was delivered, whatever it was about. None from a clock that was ahead.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn last_delivery(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT * FROM notifications WHERE state = 'delivered' AND at <= ?1 ORDER BY at DESC LIMIT 1";
        Ok(self.first(sql, [time(now)], delivery)?.map(|last| last.at))
    }

    /// The last reminder of each open task that was delivered or failed and has no reaction yet; oldest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn unanswered(&self, now: DateTime<Utc>) -> Result<Vec<(Subject, Delivery)>> {
        let sql = "SELECT n.subject, n.slot, n.stage, n.channel, n.state, max(n.at) AS at, n.error
                   FROM notifications AS n JOIN tasks AS t ON t.id = n.subject
                   LEFT JOIN documents AS d ON d.id = t.document
                   WHERE n.state IN ('delivered', 'failed') AND n.at <= ?1
                     AND t.status IN ('open', 'in_progress', 'waiting') AND d.trashed_at IS NULL
                     AND NOT EXISTS (SELECT 1 FROM notifications AS later WHERE later.subject = n.subject
                                     AND later.state IN ('seen', 'snoozed', 'acted') AND later.at >= n.at)
                   GROUP BY n.subject ORDER BY at, n.subject";
        let found = self.rows(sql, [time(now)], notification)?;
        Ok(found.into_iter().map(|entry| (entry.subject, entry.delivery)).collect())
    }

    /// The last `limit` entries, about one subject or about all, newest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn notifications(&self, subject: Option<Subject>, limit: u32) -> Result<Vec<Notification>> {
        match subject {
            Some(subject) => {
                let sql = "SELECT * FROM notifications WHERE subject = ?1 ORDER BY at DESC, slot DESC LIMIT ?2";
                self.rows(sql, params![subject.to_string(), limit], notification)
            }
            None => {
                let sql = "SELECT * FROM notifications ORDER BY at DESC, slot DESC, subject LIMIT ?1";
                self.rows(sql, [limit], notification)
            }
        }
    }
}

impl Write<'_> {
    /// Notes what happened to a reminder. The same thing on the same channel is noted once.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn note(&self, entry: &Notification) -> Result<()> {
        let Notification { subject, delivery, channel, error } = entry;
        self.execute(
            "INSERT INTO notifications (subject, slot, stage, channel, state, at, error)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            params![
                subject.to_string(),
                time(delivery.slot),
                delivery.stage.as_str(),
                channel,
                word(&delivery.state)?,
                time(delivery.at),
                error
            ],
        )?;
        self.touch(Noun::Notification, subject, What::Added);
        Ok(())
    }
}
