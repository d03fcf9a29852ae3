//! Today: the few tasks that matter now.

use std::cmp::Reverse;

use domain::{DocumentState, ShiftDay as _, TaskId, Urgency, priority};
use store::{DocumentFilter, DueRange, OpenTask, Read, StoreError};

use super::review;
use crate::api::show::{self, ViewContext};
use crate::api::views::{StaleLettersView, TaskView, TodayView};
use crate::{App, Failure};

/// At most so many cards: a person can begin with one thing.
const CARDS: usize = 3;
/// At most so many tasks in the list below the cards.
const COMING: usize = 6;
/// Stale letters that are listed one by one.
const STALE: u32 = 100;
/// A task further away than this is no card, however few there are.
const CARD_DAYS: u64 = 30;

/// What matters now.
pub fn get(app: &App, _: ()) -> Result<TodayView, Failure> {
    let context = app.view_context()?;
    app.store
        .read(|r| {
            // Of thousands of tasks only those are read that may be shown.
            let by_urgency = |range, limit| by_urgency(r, &context, range, limit);
            let last_card = context.today.plus_days(CARD_DAYS);
            let mut cards = by_urgency(DueRange::Until(last_card), usize::MAX)?;
            let mut coming = cards.split_off(cards.len().min(CARDS));
            if coming.len() < COMING {
                coming.extend(by_urgency(DueRange::After(last_card), COMING)?);
            }
            if coming.len() < COMING {
                coming.extend(by_urgency(DueRange::Undated, usize::MAX)?);
            }
            coming.sort_by_key(|task| (task.due.is_none(), task.due));
            coming.truncate(COMING);
            let (cards, coming) = (views(r, &context, &cards)?, views(r, &context, &coming)?);
            let review = review::queue(r, CARDS as u32, 0)?;
            let stale = DocumentFilter { state: Some(DocumentState::Stale), ..DocumentFilter::default() };
            let stale = r.documents(&stale, STALE, 0)?;
            Ok(TodayView {
                date: context.today,
                cards,
                coming,
                open_tasks: r.open_task_count()?,
                review_count: review.total,
                review: review.items,
                stale_letters: (stale.total > 0).then(|| StaleLettersView {
                    documents: stale.rows.into_iter().map(|row| show::document_row(row, None)).collect(),
                    total: stale.total,
                }),
            })
        })
        .map_err(Failure::from)
}

/// The most urgent of the open tasks that have a day, at most `count`: those of the next weeks before all others.
pub(crate) fn most_urgent(
    r: &Read<'_>,
    context: &ViewContext,
    count: usize,
) -> Result<Vec<(TaskId, Urgency)>, StoreError> {
    let last_card = context.today.plus_days(CARD_DAYS);
    let mut tasks = by_urgency(r, context, DueRange::Until(last_card), usize::MAX)?;
    tasks.truncate(count);
    if tasks.len() < count {
        tasks.extend(r.open_tasks(DueRange::After(last_card), count - tasks.len())?);
    }
    Ok(tasks.iter().map(|task| (task.id, urgency(task, context))).collect())
}

fn urgency(task: &OpenTask, context: &ViewContext) -> Urgency {
    priority(task.due, task.document_kind, task.amount, context.today).overridden(task.urgency).urgency
}

fn by_urgency(r: &Read<'_>, context: &ViewContext, range: DueRange, limit: usize) -> Result<Vec<OpenTask>, StoreError> {
    let mut tasks = r.open_tasks(range, limit)?;
    // Of two that press alike the nearer day comes first: what was missed years ago must not hide what can still be met.
    let distance = |task: &OpenTask| task.due.map(|due| (due - context.today).num_days().abs());
    tasks.sort_by_cached_key(|task| (Reverse(urgency(task, context)), task.due.is_none(), distance(task), task.due));
    Ok(tasks)
}

fn views(r: &Read<'_>, context: &ViewContext, tasks: &[OpenTask]) -> Result<Vec<TaskView>, StoreError> {
    let found = tasks.iter().map(|task| r.task(task.id)).collect::<Result<Vec<_>, _>>()?;
    found.into_iter().flatten().map(|task| show::task(r, context, task)).collect()
}
