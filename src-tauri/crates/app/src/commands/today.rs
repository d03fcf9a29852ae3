//! What matters now.

use domain::DocumentState;
use store::{DocumentFilter, TaskFilter};

use super::review;
use crate::views::{OldPostView, TaskView, TodayView};
use crate::{App, Failure, show};

/// Never more: a person can begin with one thing.
const CARDS: usize = 3;
/// The quiet line below.
const COMING: usize = 6;
/// A task further away than this is no card, however few there are.
const CARD_DAYS: i32 = 30;

pub(super) fn get(app: &App, _: ()) -> Result<TodayView, Failure> {
    let lens = app.lens()?;
    app.store
        .read(|r| {
            let mut tasks = show::tasks(r, &lens, TaskFilter::Open)?;
            let open_tasks = u32::try_from(tasks.len()).unwrap_or(u32::MAX);
            tasks.sort_by_key(|task| (std::cmp::Reverse(task.priority.urgency), task.due.is_none(), task.due));
            let is_card = |task: &TaskView| task.days_left.is_some_and(|days| days <= CARD_DAYS);
            let (mut cards, mut coming): (Vec<_>, Vec<_>) = tasks.into_iter().partition(is_card);
            if cards.len() > CARDS {
                let rest = cards.split_off(CARDS);
                coming.splice(0..0, rest);
            }
            coming.sort_by_key(|task| (task.due.is_none(), task.due));
            coming.truncate(COMING);
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
