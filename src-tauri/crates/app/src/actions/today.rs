//! The order of Today, what the calendar alone does to tasks, and what happened while somebody was away.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use domain::{
    CARD_DAYS, DoneHow, News, Presence, ShiftDay as _, Task, TaskId, TaskKind, TaskStatus, TodayTask,
    ended_by_calendar, ends_on, has_begun, priority, today, today_order,
};
use store::{DueRange, OpenTask, Read, StoreError, Write};

/// At most so many cards: a person can begin with one thing.
pub(crate) const FIRST_CARDS: usize = 3;

/// The open tasks up to the last day of a card, and the cards made of them. What a person has put off is no card until it
/// comes back.
pub(crate) struct Week {
    tasks: Vec<TodayTask>,
    /// Where each of them stands among the tasks.
    places: BTreeMap<TaskId, usize>,
    /// In the order of Today, each with its tasks.
    pub(crate) cards: Vec<Vec<TaskId>>,
}

impl Week {
    /// Of thousands of tasks only those are read that may be a card.
    pub(crate) fn read(r: &Read<'_>, now: NaiveDateTime, put_off: &BTreeSet<TaskId>) -> Result<Self, StoreError> {
        let open = r.open_tasks(DueRange::Until(now.date().plus_days(CARD_DAYS)), usize::MAX)?;
        let tasks: Vec<TodayTask> = open.into_iter().map(|task| seen_on(task, now.date())).collect();
        let here: Vec<TodayTask> = tasks.iter().filter(|task| !put_off.contains(&task.id)).cloned().collect();
        let places = tasks.iter().enumerate().map(|(place, task)| (task.id, place)).collect();
        Ok(Self { cards: today_order(&here, now), tasks, places })
    }

    /// The first task of each card, in their order.
    pub(crate) fn firsts(&self) -> impl Iterator<Item = &TodayTask> {
        self.cards.iter().filter_map(|ids| self.task(ids.first()?))
    }

    /// How many things are to be done this week: all cards, without those that are late and stand behind the first ones.
    pub(crate) fn count(&self, today: NaiveDate) -> u32 {
        number(self.cards.len().saturating_sub(self.late_behind(today)))
    }

    /// What of each card behind the first ones is still to come, in their order: a letter that is late in one thing may have
    /// another one to come.
    pub(crate) fn behind(&self, today: NaiveDate) -> impl Iterator<Item = &TodayTask> {
        let next = move |ids: &Vec<TaskId>| {
            ids.iter().filter_map(|id| self.task(id)).find(|task| task.due.max(task.latest) >= Some(today))
        };
        self.cards.iter().skip(FIRST_CARDS).filter_map(next)
    }

    /// How many cards behind the first ones are late in all that they are about.
    pub(crate) fn late_behind(&self, today: NaiveDate) -> usize {
        self.cards.len().saturating_sub(FIRST_CARDS).saturating_sub(self.behind(today).count())
    }

    fn task(&self, id: &TaskId) -> Option<&TodayTask> {
        self.tasks.get(*self.places.get(id)?)
    }

    /// The open payments whose day was this one or a later one, and has passed.
    fn overdue(&self, since: NaiveDate, today: NaiveDate) -> impl Iterator<Item = &TodayTask> {
        let passed = move |task: &&TodayTask| task.due >= Some(since) && task.due < Some(today);
        self.tasks.iter().filter(|task| task.kind == TaskKind::Pay).filter(passed)
    }

    /// The appointments that have begun and are still open.
    pub(crate) fn begun(&self, now: NaiveDateTime) -> impl Iterator<Item = &TodayTask> {
        self.tasks.iter().filter(move |task| has_begun(task.kind, task.due, task.due_time, now))
    }
}

/// The person is here.
pub(crate) fn note_present(w: &Write<'_>, now: DateTime<Utc>, zone: Tz) -> Result<(), StoreError> {
    w.set_presence(Presence::noted(w.presence()?, now, zone))
}

/// What happened since somebody was here last.
pub(crate) struct Meanwhile {
    /// In numbers.
    pub(crate) news: News,
    /// What was missed, and after it what was debited, the newest first.
    pub(crate) tasks: Vec<TaskId>,
}

/// What happened since somebody was here last: the numbers are those of the tasks.
pub(crate) fn meanwhile(
    r: &Read<'_>,
    week: &Week,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
    zone: Tz,
) -> Result<Meanwhile, StoreError> {
    let local = now.with_timezone(&zone).naive_local();
    let since_local = since.with_timezone(&zone).naive_local();
    let since_day = since_local.date();
    // What was noted late ended when its day had passed, not when it was noted.
    let over: Vec<Task> = r.ended_since(since)?.into_iter().filter(|task| ended_after(task, since_day)).collect();
    // What the calendar has ended may not have been noted yet.
    let ending: Vec<TodayTask> = ended(r, local.date())?
        .into_iter()
        .filter(|task| ends_after(task.kind, task.due, task.latest, since_day))
        .collect();
    let ends = ending.iter().filter_map(|task| ended_by_calendar(task, local.date()).map(|(_, how)| (task.id, how)));
    let hows: Vec<(TaskId, DoneHow)> =
        ends.chain(over.iter().filter_map(|task| Some((task.id, task.done_how?)))).collect();
    let ended = |wanted: DoneHow| hows.iter().filter(move |(_, how)| *how == wanted).map(|(task, _)| *task);
    let begun = |task: &TodayTask| task.due.map(|due| due.and_time(task.due_time.unwrap_or_default()));
    let mut missed: Vec<&TodayTask> = week.begun(local).filter(|task| begun(task) >= Some(since_local)).collect();
    missed.sort_by_key(|task| Reverse(begun(task)));
    let debited: Vec<TaskId> = ended(DoneHow::Debited).collect();
    Ok(Meanwhile {
        news: News {
            since: today(since, zone),
            letters: r.arrived_since(since)?,
            paid: number(ended(DoneHow::Paid).count()),
            debited: number(debited.len()),
            overdue: number(week.overdue(since_day, local.date()).count()),
            missed: number(missed.len()),
            lapsed: number(ended(DoneHow::Lapsed).count()),
        },
        tasks: missed.into_iter().map(|task| task.id).chain(debited).collect(),
    })
}

/// Of what the calendar has ended: did that happen on this day or later?
pub(crate) fn ended_after(task: &Task, day: NaiveDate) -> bool {
    let by_calendar = matches!(task.done_how, Some(DoneHow::Lapsed | DoneHow::Debited));
    !by_calendar || ends_after(task.kind, task.due, task.latest, day)
}

fn ends_after(kind: TaskKind, due: Option<NaiveDate>, latest: Option<NaiveDate>, day: NaiveDate) -> bool {
    ends_on(kind, due, latest).is_none_or(|last| last >= day)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A task as the rule of Today sees it on `today`.
pub(crate) fn seen_on(task: OpenTask, today: NaiveDate) -> TodayTask {
    TodayTask {
        id: task.id,
        document: task.document,
        kind: task.kind,
        rule: task.rule,
        status: task.status,
        due: task.due,
        due_time: task.due_time,
        latest: task.latest,
        priority: priority(task.due, task.document_kind, task.amount, today).overridden(task.urgency),
    }
}

/// The tasks that have ended by the calendar and are still open.
pub(crate) fn ended(r: &Read<'_>, today: NaiveDate) -> Result<Vec<TodayTask>, StoreError> {
    let tasks = r.may_end_by_calendar(today)?.into_iter().map(|task| seen_on(task, today));
    Ok(tasks.filter(|task| ended_by_calendar(task, today).is_some()).collect())
}

/// Ends what has ended by the calendar: a right that nobody has used, a debit whose day has passed.
pub(crate) fn end_by_calendar(w: &Write<'_>, today: NaiveDate, now: DateTime<Utc>) -> Result<(), StoreError> {
    for task in ended(w, today)? {
        let Some((status, how)) = ended_by_calendar(&task, today) else { continue };
        if let Some(task) = w.task(task.id)? {
            w.label(&task.title);
        }
        w.set_task_status(task.id, status, Some((now, how)))?;
        w.note_ended_by_calendar(task.id, now)?;
    }
    Ok(())
}

/// Did the right to do this end by the calendar?
pub(crate) fn has_lapsed(task: &Task) -> bool {
    task.status == TaskStatus::Cancelled && task.done_how == Some(DoneHow::Lapsed)
}

/// A right that had ended by the calendar turns out to last longer.
pub(crate) fn bring_back(w: &Write<'_>, task: TaskId) -> Result<(), StoreError> {
    w.set_task_status(task, TaskStatus::Open, None)?;
    w.forget_ended_by_calendar(task)
}
