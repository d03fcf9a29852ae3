//! What matters now.

use std::cmp::Reverse;

use chrono::Duration;
use domain::{DocumentState, TaskId, Urgency, priority};
use store::{DocumentFilter, DueRange, OpenTask, Read, StoreError};

use super::review;
use crate::show::{self, Lens};
use crate::views::{OldPostView, TaskView, TodayView};
use crate::{App, Failure};

/// Never more: a person can begin with one thing.
const CARDS: usize = 3;
/// The quiet line below.
const COMING: usize = 6;
/// A task further away than this is no card, however few there are.
const CARD_DAYS: i64 = 30;

pub(super) fn get(app: &App, _: ()) -> Result<TodayView, Failure> {
    let lens = app.lens()?;
    app.store
        .read(|r| {
            // Of thousands of tasks only those are read that may be shown.
            let by_urgency = |range, limit| by_urgency(r, &lens, range, limit);
            let last_card = lens.today + Duration::days(CARD_DAYS);
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
            let (cards, coming) = (views(r, &lens, &cards)?, views(r, &lens, &coming)?);
            let review = review::queue(r)?;
            let old = DocumentFilter { state: Some(DocumentState::OldPost), ..DocumentFilter::default() };
            let old: Vec<_> =
                r.documents(&old, u32::MAX, 0)?.rows.into_iter().map(|row| show::document_row(row, None)).collect();
            Ok(TodayView {
                date: lens.today,
                cards,
                coming,
                open_tasks: r.open_task_count()?,
                review_count: u32::try_from(review.len()).unwrap_or(u32::MAX),
                review: review.into_iter().take(CARDS).collect(),
                old_post: (!old.is_empty()).then_some(OldPostView { documents: old }),
            })
        })
        .map_err(Failure::from)
}

/// The most urgent of the open tasks that have a day, at most `count`: those of the next weeks before all others.
pub(crate) fn most_urgent(r: &Read<'_>, lens: &Lens, count: usize) -> Result<Vec<(TaskId, Urgency)>, StoreError> {
    let last_card = lens.today + Duration::days(CARD_DAYS);
    let mut tasks = by_urgency(r, lens, DueRange::Until(last_card), usize::MAX)?;
    tasks.truncate(count);
    if tasks.len() < count {
        tasks.extend(r.open_tasks(DueRange::After(last_card), count - tasks.len())?);
    }
    Ok(tasks.iter().map(|task| (task.id, urgency(task, lens))).collect())
}

fn urgency(task: &OpenTask, lens: &Lens) -> Urgency {
    priority(task.due, task.document_kind, task.amount, lens.today).overridden(task.urgency).urgency
}

fn by_urgency(r: &Read<'_>, lens: &Lens, range: DueRange, limit: usize) -> Result<Vec<OpenTask>, StoreError> {
    let mut tasks = r.open_tasks(range, limit)?;
    // Of two that press alike the nearer day comes first: what was missed years ago must not hide what can still be met.
    let distance = |task: &OpenTask| task.due.map(|due| (due - lens.today).num_days().abs());
    tasks.sort_by_cached_key(|task| (Reverse(urgency(task, lens)), task.due.is_none(), distance(task), task.due));
    Ok(tasks)
}

fn views(r: &Read<'_>, lens: &Lens, tasks: &[OpenTask]) -> Result<Vec<TaskView>, StoreError> {
    let found = tasks.iter().map(|task| r.task(task.id)).collect::<Result<Vec<_>, _>>()?;
    found.into_iter().flatten().map(|task| show::task(r, lens, task)).collect()
}
