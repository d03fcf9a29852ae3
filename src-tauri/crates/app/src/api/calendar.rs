//! Tasks as calendar entries.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::{
    CalendarEntry, CalendarTime, FailureCode, Money, MoneyState, TaskId, TaskKind, TaskStatus, has_begun, local,
    money_of_tasks,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::bills;
use crate::actions::appointments::appointment;
use crate::actions::existing;
use crate::api::originals::Derived;
use crate::api::tasks::OneTask;
use crate::api::views::{Page, PageQuery};
use crate::{App, Failure, text};

/// A calendar file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CalendarFile {
    /// A name for it.
    pub name: String,
    /// Its text (RFC 5545).
    pub text: String,
}

/// What became of what stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CalendarState {
    /// It is still to come.
    Open,
    /// Its day has passed, and it is still to be done.
    Waiting,
    /// An appointment has begun, and nobody has said that it was kept.
    Missed,
    /// It is done.
    Done,
    /// A right that nobody has used in time.
    Lapsed,
}

/// What stands on a day.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CalendarItem {
    /// The day.
    pub day: NaiveDate,
    /// Time of that day.
    pub time: Option<NaiveTime>,
    /// The task; none for a bill that should come.
    pub task: Option<TaskId>,
    /// What sort of task.
    pub kind: Option<TaskKind>,
    /// Id of its deadline rule.
    pub rule: Option<String>,
    /// Whom or what it is about.
    pub title: String,
    /// How much.
    pub amount: Option<Money>,
    /// Which way that money goes, and where it stands.
    pub money: Option<MoneyState>,
    /// Its document waits for a look.
    pub provisional: bool,
    /// What became of it.
    pub state: CalendarState,
}

/// What stands on a day, as far as there is room for it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CalendarDay {
    /// The day.
    pub day: NaiveDate,
    /// The first of what stands on it.
    pub items: Vec<CalendarItem>,
    /// How many there are in all.
    pub total: u32,
}

/// Which days, both counted in.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct CalendarDays {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// At most so many items of each.
    pub each: u32,
}

/// From which day on, and how much of it.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct CalendarQuery {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; without end if left out.
    pub to: Option<NaiveDate>,
    /// At most so many; 50 if left out.
    pub limit: Option<u32>,
    /// Skip so many.
    pub offset: Option<u32>,
}

/// What became of a task, seen from `now`.
fn state(task: &store::CalendarTask, now: NaiveDateTime) -> CalendarState {
    match task.status {
        TaskStatus::Done => CalendarState::Done,
        TaskStatus::Cancelled => CalendarState::Lapsed,
        TaskStatus::Open | TaskStatus::InProgress | TaskStatus::Waiting => {
            if has_begun(task.kind, Some(task.day), task.time, now) {
                CalendarState::Missed
            } else if task.day < now.date() {
                CalendarState::Waiting
            } else {
                CalendarState::Open
            }
        }
    }
}

/// Tasks and bills that should come, by day, time and title.
fn items(app: &App, from: NaiveDate, to: Option<NaiveDate>) -> Result<Vec<CalendarItem>, Failure> {
    let context = app.view_context()?;
    let now = context.local_now();
    let items = app.store.read(|r| {
        let task = |task: store::CalendarTask| CalendarItem {
            money: money_of_tasks(&[task.money()], context.now, context.preferences.zone),
            state: state(&task, now),
            day: task.day,
            time: task.time,
            task: Some(task.id),
            kind: Some(task.kind),
            rule: task.rule,
            title: task.title,
            amount: task.amount,
            provisional: task.provisional,
        };
        let mut items: Vec<_> = r.calendar_tasks(from, to)?.into_iter().map(task).collect();
        for bill in bills::all(r, context.today)? {
            if bill.expected < from || to.is_some_and(|to| bill.expected > to) {
                continue;
            }
            let title = r.correspondent(bill.sender)?.map_or_else(String::new, |sender| sender.name);
            let (day, amount) = (bill.expected, bill.amount);
            items.push(CalendarItem {
                day,
                time: None,
                task: None,
                kind: None,
                rule: None,
                title,
                amount,
                money: None,
                provisional: false,
                state: CalendarState::Open,
            });
        }
        Ok(items)
    });
    let mut items: Vec<CalendarItem> = items?;
    items.sort_by(|a, b| (a.day, a.time, &a.title).cmp(&(b.day, b.time, &b.title)));
    Ok(items)
}

/// Each day that has something, with as much of it as there is room for.
pub fn days(app: &App, query: CalendarDays) -> Result<Vec<CalendarDay>, Failure> {
    let mut days: Vec<CalendarDay> = Vec::new();
    for item in items(app, query.from, Some(query.to))? {
        match days.last_mut() {
            Some(last) if last.day == item.day => {
                last.total += 1;
                if last.items.len() < query.each as usize {
                    last.items.push(item);
                }
            }
            _ => days.push(CalendarDay { day: item.day, items: vec![item], total: 1 }),
        }
    }
    Ok(days)
}

/// What stands on the days from one on, page by page.
pub fn list(app: &App, query: CalendarQuery) -> Result<Page<CalendarItem>, Failure> {
    let items = items(app, query.from, query.to)?;
    Ok(PageQuery { limit: query.limit, offset: query.offset }.of(items.into_iter()))
}

/// Hands the file over to the calendar program of the desktop, which asks where to put it.
pub fn add(app: &App, one: OneTask) -> Result<Derived, Failure> {
    let CalendarFile { name, text } = file(app, one)?;
    let path = app.keep_derived(None, &name, text.as_bytes())?;
    super::originals::start(app, &path)?;
    Ok(Derived { path: path.display().to_string() })
}

/// A task as a file for a calendar, with its alarms.
pub fn file(app: &App, one: OneTask) -> Result<CalendarFile, Failure> {
    let (context, locale) = (app.view_context()?, app.locale()?);
    let (task, appointment) = app.store.read(|r| {
        let task = existing::task(r, one.id)?;
        let appointment = appointment(r, &task)?;
        Ok((task, appointment))
    })?;
    let Some(due) = task.due else {
        return Err(Failure::new(
            FailureCode::BadInput,
            "A task without a day is no calendar entry: give it a day first.",
        ));
    };
    let time = task.due_time.map(|time| CalendarTime::At(local(due.and_time(time), context.preferences.zone)));
    let now = context.local_now();
    let (title, description) = text::reminder(&task, &appointment, now, locale);
    let entry = CalendarEntry {
        task: task.id,
        made_at: context.now,
        time: time.unwrap_or(CalendarTime::Day(due)),
        title: &title,
        description: &description,
        place: appointment.place.as_deref(),
    };
    Ok(CalendarFile { name: format!("{due}.ics"), text: entry.file() })
}
