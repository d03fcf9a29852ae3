//! Tasks page by page, and by the days of a calendar. Intent.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{Money, MoneyTask, TaskId, TaskKind, TaskStatus};
use rusqlite::{Row, params};

use crate::row::{Columns, text};
use crate::{Read, Result};

/// Which tasks a list shows, and in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskList {
    /// Still to be done, and not from a document in the trash: by the day to act on, those without a day last.
    Open,
    /// Done or cancelled, the last ones first.
    Over,
    /// All, by the day to act on.
    All,
}

/// A task as a calendar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarTask {
    /// Which.
    pub id: TaskId,
    /// What sort of thing.
    pub kind: TaskKind,
    /// Id of its deadline rule.
    pub rule: Option<String>,
    /// Whom or what it is about.
    pub title: String,
    /// The day on which it stands: that of a debit is the day on which the money goes.
    pub day: NaiveDate,
    /// Time of that day.
    pub time: Option<NaiveTime>,
    /// How much.
    pub amount: Option<Money>,
    /// Its document waits for a look.
    pub provisional: bool,
    /// Where it stands.
    pub status: TaskStatus,
    /// When it was done or cancelled.
    pub ended: Option<DateTime<Utc>>,
}

impl CalendarTask {
    /// The task as far as its money is concerned; what was paid of it is not known here.
    pub fn money(&self) -> MoneyTask {
        MoneyTask {
            kind: self.kind,
            status: self.status,
            due: Some(self.day),
            latest: None,
            amount: self.amount,
            ended: self.ended,
            payments: Vec::new(),
        }
    }
}

fn task_id(row: &Row<'_>) -> Result<TaskId> {
    Columns { table: "tasks", row }.parse("id")
}

fn money(c: &Columns<'_>) -> Result<Option<Money>> {
    match (c.get::<Option<String>>("amount")?, c.get::<Option<String>>("currency")?) {
        (Some(amount), Some(currency)) => {
            Money::parse(&amount, &currency).map(Some).map_err(|_| c.unknown("amount", format!("{amount} {currency}")))
        }
        _ => Ok(None),
    }
}

fn calendar_task(row: &Row<'_>) -> Result<CalendarTask> {
    let c = Columns { table: "tasks", row };
    let amount = money(&c)?;
    Ok(CalendarTask {
        id: c.parse("id")?,
        kind: c.word("kind")?,
        rule: c.get("rule")?,
        title: c.get("title")?,
        day: c.parse("day")?,
        time: c.parse_opt("due_time")?,
        amount,
        provisional: c.get("provisional")?,
        status: c.word("status")?,
        ended: c.parse_opt("done_at")?,
    })
}

/// The FROM clause of a list, with the index of its order, and the order itself.
fn sql_of(list: TaskList) -> (&'static str, &'static str) {
    const BY_DAY: &str = "t.due IS NULL, t.due, t.due_time, t.created_at, t.id";
    match list {
        TaskList::Open => (
            "tasks AS t INDEXED BY open_tasks_by_due LEFT JOIN documents AS d ON d.id = t.document
             WHERE t.status IN ('open', 'in_progress', 'waiting') AND d.trashed_at IS NULL",
            BY_DAY,
        ),
        TaskList::Over => (
            "tasks AS t INDEXED BY over_tasks_by_time WHERE t.status IN ('done', 'cancelled')",
            "t.done_at DESC, t.id DESC",
        ),
        TaskList::All => ("tasks AS t WHERE true", BY_DAY),
    }
}

impl Read<'_> {
    /// The ids of at most `limit` tasks of a list from `offset` on, and how many it has in all.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn task_page(&self, list: TaskList, limit: u32, offset: u32) -> Result<(Vec<TaskId>, u32)> {
        let (from, order) = sql_of(list);
        let page = format!("SELECT t.id FROM {from} ORDER BY {order} LIMIT ?1 OFFSET ?2");
        let ids = self.rows(&page, [limit, offset], task_id)?;
        let total = match list {
            TaskList::Open => self.open_task_count()?,
            TaskList::Over | TaskList::All => self.value(&format!("SELECT count(*) FROM {from}"), [])?,
        };
        Ok((ids, total))
    }

    /// The ids of the tasks of a list, in its order, whose words (title, payee, tags), amount and day fit.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn tasks_that_fit(
        &self,
        list: TaskList,
        fits: impl Fn(&str, Option<Money>, Option<NaiveDate>) -> bool,
    ) -> Result<Vec<TaskId>> {
        let (from, order) = sql_of(list);
        let sql = format!(
            "SELECT t.id, t.due, t.amount, t.currency,
                    t.title || ' ' || coalesce(t.payee, '') || ' ' ||
                    coalesce((SELECT group_concat(g.name, ' ') FROM task_tags AS o JOIN tags AS g ON g.id = o.tag
                              WHERE o.task = t.id), '') AS words
             FROM {from} ORDER BY {order}"
        );
        let found = self.rows(&sql, [], |row| {
            let c = Columns { table: "tasks", row };
            Ok((task_id(row)?, c.get::<String>("words")?, money(&c)?, c.or(c.parse_opt("due"), None)?))
        })?;
        Ok(found.into_iter().filter(|(_, words, money, due)| fits(words, *money, *due)).map(|(id, ..)| id).collect())
    }

    /// The place of a task in a list, from 0 on, if it is in it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn place_of_task(&self, list: TaskList, id: TaskId) -> Result<Option<u32>> {
        let (from, order) = sql_of(list);
        let sql = format!(
            "SELECT place FROM (SELECT t.id AS id, row_number() OVER (ORDER BY {order}) - 1 AS place FROM {from})
             WHERE id = ?1"
        );
        self.row(&sql, [id.to_string()], |row| Ok(row.get("place")?))
    }

    /// The tasks with a day from `from` to `to`, both included, by day, time and title: the open ones, what is done, and the
    /// rights that nobody has used in time. What is not needed any more is none of them.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn calendar_tasks(&self, from: NaiveDate, to: Option<NaiveDate>) -> Result<Vec<CalendarTask>> {
        let sql = "SELECT * FROM (
                       SELECT t.id, t.kind, t.rule, t.title, t.due_time, t.amount, t.currency, t.provisional, t.status,
                              t.done_at, t.document, iif(t.kind = 'check_debit', coalesce(t.latest, t.due), t.due) AS day
                       FROM tasks AS t INDEXED BY open_tasks_by_due
                       WHERE t.status IN ('open', 'in_progress', 'waiting') AND t.due IS NOT NULL
                       UNION ALL
                       SELECT t.id, t.kind, t.rule, t.title, t.due_time, t.amount, t.currency, t.provisional, t.status,
                              t.done_at, t.document, iif(t.kind = 'check_debit', coalesce(t.latest, t.due), t.due) AS day
                       FROM tasks AS t INDEXED BY over_tasks_by_calendar_day
                       WHERE t.status IN ('done', 'cancelled') AND (t.status = 'done' OR t.done_how = 'lapsed')
                         AND iif(t.kind = 'check_debit', coalesce(t.latest, t.due), t.due) >= ?1)
                   WHERE day >= ?1 AND (?2 IS NULL OR day <= ?2)
                     AND (document IS NULL OR document IN (SELECT id FROM documents WHERE trashed_at IS NULL))
                   ORDER BY day, coalesce(due_time, ''), title, id";
        self.rows(sql, params![from.to_string(), text(to)], calendar_task)
    }
}
