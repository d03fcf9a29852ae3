//! Tasks: list, show, complete, reopen, move.

use chrono::NaiveDate;
use domain::{By, DoneHow, SoughtTask, TaskId};
use serde::{Deserialize, Serialize};
use store::{Op, Read, StoreError, TaskList};
use ts_rs::TS;

use crate::actions;
use crate::api::show;
use crate::api::views::{PageQuery, TaskView};
use crate::runtime::events::AppEvent;
use crate::{App, Failure};

/// Which tasks to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskFilter {
    /// Still to be done, most pressing day first.
    #[default]
    Open,
    /// Done or cancelled, latest first.
    Done,
    /// All of them.
    All,
}

/// Which tasks to list; the open ones if left out.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct TaskQuery {
    /// Which.
    pub filter: Option<TaskFilter>,
    /// At most so many; 50 if left out.
    pub limit: Option<u32>,
    /// Skip so many.
    pub offset: Option<u32>,
    /// Say at which place of the list this one stands, too.
    pub place_of: Option<TaskId>,
    /// Only those with these words, this amount, this day or this tag.
    pub text: Option<String>,
}

/// A part of the tasks.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TaskPage {
    /// In the order of the list.
    pub items: Vec<TaskView>,
    /// How many there are in all.
    pub total: u32,
    /// The place of the task asked for, from 0 on; none where it is not in the list.
    pub place: Option<u32>,
}

/// One task.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OneTask {
    /// Which.
    pub id: TaskId,
}

/// A task that was done.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Completion {
    /// Which.
    pub id: TaskId,
    /// By what; by its kind if left out.
    #[serde(default)]
    #[ts(optional)]
    pub how: Option<DoneHow>,
}

/// Another day for a task.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Postponement {
    /// Which.
    pub id: TaskId,
    /// The new day to act on.
    pub due: NaiveDate,
}

/// List tasks, page by page.
pub fn list(app: &App, query: TaskQuery) -> Result<TaskPage, Failure> {
    let list = match query.filter.unwrap_or_default() {
        TaskFilter::Open => TaskList::Open,
        TaskFilter::Done => TaskList::Over,
        TaskFilter::All => TaskList::All,
    };
    let (limit, offset) = PageQuery { limit: query.limit, offset: query.offset }.bounds();
    let context = app.view_context()?;
    let now = context.local_now();
    let sought = query.text.as_deref().and_then(|text| SoughtTask::parse(text, now));
    app.store
        .read(|r| {
            let (ids, total) = match &sought {
                None => r.task_page(list, limit, offset)?,
                Some(sought) => page_of(r, list, sought, limit, offset)?,
            };
            let mut items = Vec::with_capacity(ids.len());
            for id in ids {
                if let Some(task) = r.task(id)? {
                    items.push(show::task(r, &context, task)?);
                }
            }
            let place = query.place_of.map(|id| r.place_of_task(list, id)).transpose()?.flatten();
            Ok(TaskPage { items, total, place })
        })
        .map_err(Failure::from)
}

/// A part of the tasks that are looked for, and how many there are in all.
fn page_of(
    r: &Read<'_>,
    list: TaskList,
    sought: &SoughtTask,
    limit: u32,
    offset: u32,
) -> Result<(Vec<TaskId>, u32), StoreError> {
    let found = r.tasks_that_fit(list, |words, amount, due| sought.fits(words, amount, due))?;
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    Ok((found.into_iter().skip(offset as usize).take(limit as usize).collect(), total))
}

/// One task.
pub fn get(app: &App, one: OneTask) -> Result<TaskView, Failure> {
    let context = app.view_context()?;
    app.store.read(|r| show::task(r, &context, actions::existing::task(r, one.id)?)).map_err(Failure::from)
}

/// Brings the task up in the main window, from wherever this is asked.
pub fn show(app: &App, one: OneTask) -> Result<(), Failure> {
    app.store.read(|r| actions::existing::task(r, one.id))?;
    app.tell(&AppEvent::OpenTask { id: one.id });
    Ok(())
}

/// A task is done.
pub fn complete(app: &App, completion: Completion) -> Result<TaskView, Failure> {
    let moment = app.moment()?;
    let Completion { id, how } = completion;
    app.store.write(By::Person, Op::CompleteTask, |w| actions::tasks::complete(w, moment, id, how))?;
    app.channels.withdraw(id);
    get(app, OneTask { id })
}

/// A task is not done after all.
pub fn reopen(app: &App, one: OneTask) -> Result<TaskView, Failure> {
    app.store.write(By::Person, Op::ReopenTask, |w| actions::tasks::reopen(w, one.id))?;
    get(app, one)
}

/// Move a task to another day.
pub fn postpone(app: &App, postponement: Postponement) -> Result<TaskView, Failure> {
    let now = app.now();
    let Postponement { id, due } = postponement;
    app.store.write(By::Person, Op::PostponeTask, |w| actions::tasks::postpone(w, id, due, now))?;
    app.channels.withdraw(id);
    get(app, OneTask { id })
}
