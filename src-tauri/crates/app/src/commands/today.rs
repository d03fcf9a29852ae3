//! What matters now.

use chrono::Duration;
use domain::{DocumentState, priority};
use store::{DocumentFilter, OpenTask, Read, StoreError};

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
            // Of thousands of tasks only the few that are shown are looked at closely.
            let mut tasks = r.open_tasks()?;
            let open_tasks = u32::try_from(tasks.len()).unwrap_or(u32::MAX);
            let urgency = |task: &OpenTask| {
                priority(task.due, task.document_kind, task.amount, lens.today).overridden(task.urgency).urgency
            };
            tasks.sort_by_cached_key(|task| (std::cmp::Reverse(urgency(task)), task.due.is_none(), task.due));
            let last_card = lens.today + Duration::days(CARD_DAYS);
            let is_card = |task: &OpenTask| task.due.is_some_and(|due| due <= last_card);
            let (mut cards, mut coming): (Vec<_>, Vec<_>) = tasks.into_iter().partition(is_card);
            if cards.len() > CARDS {
                let rest = cards.split_off(CARDS);
                coming.splice(0..0, rest);
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
                open_tasks,
                review_count: u32::try_from(review.len()).unwrap_or(u32::MAX),
                review: review.into_iter().take(CARDS).collect(),
                old_post: (!old.is_empty()).then_some(OldPostView { documents: old }),
            })
        })
        .map_err(Failure::from)
}

fn views(r: &Read<'_>, lens: &Lens, tasks: &[OpenTask]) -> Result<Vec<TaskView>, StoreError> {
    let found = tasks.iter().map(|task| r.task(task.id)).collect::<Result<Vec<_>, _>>()?;
    found.into_iter().flatten().map(|task| show::task(r, lens, task)).collect()
}
