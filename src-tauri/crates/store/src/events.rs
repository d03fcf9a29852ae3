//! The durable list of events: what changed, on whose behalf, and when. Ledger.
//!
//! An event is written in the transaction of its change. A reader (the window, a sync, a webhook, a rule) asks for the
//! events after its cursor, handles them, and moves the cursor. A reader that must miss nothing stores its cursor here
//! under its name. If the program crashes between the commit and the reader, nothing is lost: at the next start the
//! reader continues from its cursor.
//!
//! Size: the newest [`KEPT`] events are kept, and older ones as long as a named reader has not read them, up to
//! [`MOST`]. Beyond that the oldest are dropped, and a reader that has not read them is told that it missed some.

use chrono::{DateTime, Utc};
use domain::{By, RunId};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::row::{Columns, text, time, word};
use crate::{Changes, Op, Read, Result, Write};

/// Events that are kept in any case.
pub const KEPT: i64 = 10_000;
/// Events that are kept for a reader that lags behind. Beyond them it has missed some.
pub const MOST: i64 = 200_000;
/// So many are dropped at once, so that not every write has to drop one.
const DROPPED_TOGETHER: i64 = 1_000;

/// What an event can be about. The words stay in the database for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// A document, or what a person said about it.
    Document,
    /// A task with its steps, details, links and payments.
    Task,
    /// What a person has set about the reminders of a task; the id is the task.
    Reminder,
    /// A correspondent, or what was learned about its letters.
    Correspondent,
    /// A setting; the id is its name.
    Setting,
    /// A tag.
    Tag,
    /// A saved view.
    View,
    /// An original or one of its arrivals.
    File,
    /// A job, but not its progress; the id is its subject. With an empty id: the progress of any job.
    Job,
    /// What was read of a file.
    Reading,
    /// What was computed of a file.
    Findings,
    /// What went out to a person; the id is its subject.
    Notification,
    /// What went wrong.
    Problem,
    /// A key of another program; not that it was used.
    Key,
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added,
    /// It is different now.
    Changed,
    /// It is gone.
    Removed,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its place in the order of events.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// On whose behalf; none if a newer program wrote a word that is not known here.
    pub by: Option<By>,
    /// The run that it was a part of.
    pub run: Option<RunId>,
    /// The operation; none if a newer program wrote a word that is not known here.
    pub op: Option<Op>,
    /// What it is about.
    pub noun: Noun,
    /// Which one.
    pub id: String,
    /// What happened to it.
    pub what: What,
}

/// Some events, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events {
    /// The events, without those whose noun only a newer program knows.
    pub events: Vec<Event>,
    /// The cursor for the next ones.
    pub next: i64,
    /// Events after the cursor were dropped unread: whatever the reader derives from events must be computed again.
    pub missed: bool,
}

/// None if only a newer program knows the noun.
fn event(row: &Row<'_>) -> Result<(i64, Option<Event>)> {
    let c = Columns { table: "events", row };
    let number = c.get("number")?;
    let known = |noun, what| -> Result<Event> {
        Ok(Event {
            number,
            at: c.parse("at")?,
            by: c.get::<String>("actor")?.parse().ok(),
            run: c.get::<Option<String>>("run")?.and_then(|run| run.parse().ok()),
            op: c.get::<String>("op")?.parse().ok(),
            noun,
            id: c.get("id")?,
            what,
        })
    };
    let event = match (c.word("noun"), c.word("what")) {
        (Ok(noun), Ok(what)) => Some(known(noun, what)?),
        _ => None,
    };
    Ok((number, event))
}

impl Read<'_> {
    /// The first `limit` events after a cursor.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn events_after(&self, cursor: i64, limit: u32) -> Result<Events> {
        let pruned_to: i64 = self.value("SELECT pruned_to FROM event_pruning", [])?;
        let found = self.rows(
            "SELECT * FROM events WHERE number > ?1 ORDER BY number LIMIT ?2",
            params![cursor, limit],
            event,
        )?;
        let next = found.last().map_or(cursor.max(pruned_to), |(number, _)| *number);
        Ok(Events {
            events: found.into_iter().filter_map(|(_, event)| event).collect(),
            next,
            missed: cursor < pruned_to,
        })
    }

    /// The number of the last event: the cursor of a reader that wants only what comes from now on.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn last_event(&self) -> Result<i64> {
        self.value("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0)", [])
    }

    /// The cursor of a named reader; none if it has not read anything.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn cursor(&self, reader: &str) -> Result<Option<i64>> {
        self.row("SELECT number FROM event_readers WHERE reader = ?1", [reader], |row| Ok(row.get(0)?))
    }
}

impl Write<'_> {
    /// Moves the cursor of a named reader. Events after it are kept until they are read, up to [`MOST`].
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn advance_cursor(&self, reader: &str, number: i64) -> Result<()> {
        let sql =
            "INSERT INTO event_readers (reader, number) VALUES (?1, ?2) ON CONFLICT (reader) DO UPDATE SET number = ?2";
        self.execute(sql, params![reader, number])?;
        Ok(())
    }

    /// Removes a named reader: no events are kept for it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn forget_reader(&self, reader: &str) -> Result<()> {
        self.execute("DELETE FROM event_readers WHERE reader = ?1", [reader])?;
        Ok(())
    }

    /// Notes what a write changed.
    pub(crate) fn note_events(&self, changes: &Changes) -> Result<()> {
        let (at, actor, run) = (time(self.now), changes.by.to_string(), text(changes.run));
        for ((noun, id), what) in changes.all() {
            let (noun, what) = (word(noun)?, word(what)?);
            if id.is_empty() {
                // Progress replaces the progress event before it.
                let repeated =
                    "DELETE FROM events WHERE number = (SELECT max(number) FROM events) AND noun = ?1 AND id = ''";
                self.execute(repeated, [&noun])?;
            }
            self.execute(
                "INSERT INTO events (at, actor, run, op, noun, id, what) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![at, actor, run, changes.op.as_str(), noun, id, what],
            )?;
        }
        if !changes.is_empty() { self.prune_events() } else { Ok(()) }
    }

    fn prune_events(&self) -> Result<()> {
        let sql = "SELECT coalesce((SELECT min(number) FROM events), 0), coalesce((SELECT max(number) FROM events), 0),
                          (SELECT min(number) FROM event_readers)";
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let Some((first, last, slowest)) = self.row::<(i64, i64, Option<i64>)>(sql, [], read)? else { return Ok(()) };
        let unread_from = slowest.unwrap_or(i64::MAX);
        let up_to = (last - KEPT).min(unread_from).max(last - MOST);
        if up_to - first >= DROPPED_TOGETHER {
            self.execute("DELETE FROM events WHERE number <= ?1", [up_to])?;
            self.execute("UPDATE event_pruning SET pruned_to = ?1", [up_to])?;
        }
        Ok(())
    }
}
