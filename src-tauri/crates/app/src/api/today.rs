//! Today: the few tasks that matter now. Their order is [`domain::today_order`].

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc};
use domain::{
    By, CARD_DAYS, DocumentId, DoneHow, Presence, ShiftDay as _, TaskId, TaskKind, TaskStatus, Urgency, away_since,
    local, today,
};
use store::{DueRange, Op, Read, StoreError, TaskFilter};

use super::review;
use crate::actions::reminders::put_off;
use crate::actions::today::{FIRST_CARDS, Week, ended_after, meanwhile, note_present, seen_on};
use crate::api::show::{self, ViewContext};
use crate::api::views::{FiledView, StaleLettersView, TaskView, TodayCard, TodayView};
use crate::{App, Failure};

/// A right that ended longer before that is no news.
const ENDED_DAYS: u64 = 7;

/// At most so many tasks in the list below the cards.
const COMING: usize = 6;
/// So many of the tasks after this week are read: several of them may be of one letter.
const LOOKED_AT: usize = 30;
/// Stale letters that are listed one by one.
const STALE: u32 = 100;
/// At most so many things that happened while somebody was away: the numbers say whether there were more.
const HAPPENED: usize = 5;
/// At most so many letters in the list of new ones.
const FILED: u32 = 5;

/// What matters now.
pub fn get(app: &App, _: ()) -> Result<TodayView, Failure> {
    let context = app.view_context()?;
    let zone = context.preferences.zone;
    app.store
        .read(|r| {
            let put_off = put_off(r, &context.preferences, context.now)?;
            let week = Week::read(r, context.local_now(), &put_off.keys().copied().collect())?;
            let shown =
                week.cards.iter().take(FIRST_CARDS).map(|ids| card(r, &context, ids)).collect::<Result<Vec<_>, _>>()?;
            let cards: Vec<TodayCard> = shown.into_iter().flatten().collect();
            let (coming, late) = after_the_cards(r, &context, &week, &cards, &put_off)?;
            let last_here = r.presence()?.and_then(|presence: Presence| presence.before_today(context.now, zone));
            let away = away_since(last_here, context.today, zone);
            let meanwhile = away.map(|since| meanwhile(r, &week, since, context.now, zone)).transpose()?;
            let happened = meanwhile.iter().flat_map(|meanwhile| meanwhile.tasks.iter().copied()).take(HAPPENED);
            let happened = tasks(r, &context, happened)?;
            let review = review::queue(r, &context, FIRST_CARDS as u32, 0)?;
            let stale = r.stale_to_ask(STALE)?;
            Ok(TodayView {
                date: context.today,
                away: meanwhile.map(|meanwhile| meanwhile.news),
                happened,
                this_week: week.count(context.today),
                cards,
                coming,
                late,
                put_off: shown_put_off(r, &context, &put_off)?,
                lapsed: lapsed(r, &context, away)?,
                filed: filed(r, &context, away)?,
                open_tasks: r.open_task_count()?,
                review_count: review.total,
                review: review.items,
                stale_letters: (stale.total > 0).then(|| StaleLettersView {
                    documents: stale.rows.into_iter().map(|row| show::document_row(&context, row, None)).collect(),
                    total: stale.total,
                }),
            })
        })
        .map_err(Failure::from)
}

/// The person has Today before the eyes.
pub fn seen(app: &App, _: ()) -> Result<(), Failure> {
    let (zone, now) = (app.settings()?.preferences()?.zone, app.now());
    app.store.write(By::Person, Op::Ledger, |w| note_present(w, now, zone))?;
    Ok(())
}

/// The first instant of the day so many days ago, or when somebody who was away was here last, if that is earlier.
fn since(context: &ViewContext, days_ago: u64, away: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let midnight = context.today.minus_days(days_ago).and_time(NaiveTime::MIN);
    let begin = local(midnight, context.preferences.zone);
    away.map_or(begin, |away| away.min(begin))
}

/// The tasks with these ids; one that cannot be read is left out.
fn tasks(
    r: &Read<'_>,
    context: &ViewContext,
    ids: impl IntoIterator<Item = TaskId>,
) -> Result<Vec<TaskView>, StoreError> {
    let mut views = Vec::new();
    for id in ids {
        views.extend(r.task(id)?.map(|task| show::task(r, context, task)).transpose()?);
    }
    Ok(views)
}

/// The rights that ended today, or while somebody was away: they are said once, and leave.
fn lapsed(r: &Read<'_>, context: &ViewContext, away: Option<DateTime<Utc>>) -> Result<Vec<TaskView>, StoreError> {
    let since = since(context, 0, away);
    // It is noted when the program runs, which may be some days after.
    let day = today(since, context.preferences.zone).minus_days(ENDED_DAYS);
    let over = r.ended_since(since)?.into_iter().filter(|task| ended_after(task, day));
    let lapsed = over.filter(|task| task.done_how == Some(DoneHow::Lapsed)).take(FIRST_CARDS);
    lapsed.map(|task| show::task(r, context, task)).collect()
}

/// The letters of yesterday and today that are done, or those since somebody was away.
fn filed(r: &Read<'_>, context: &ViewContext, away: Option<DateTime<Utc>>) -> Result<FiledView, StoreError> {
    let page = r.filed_since(since(context, 1, away), FILED)?;
    let documents = page.rows.into_iter().map(|row| show::document_row(context, row, None)).collect();
    Ok(FiledView { documents, total: page.total })
}

/// A card with the tasks of a letter; a payment with the objection to it and an objection with its payment, however far those are
/// away. None where its task cannot be read.
fn card(r: &Read<'_>, context: &ViewContext, ids: &[TaskId]) -> Result<Option<TodayCard>, StoreError> {
    let mut found = Vec::new();
    for id in ids {
        found.extend(r.task(*id)?);
    }
    let letter = found.first().and_then(|task| task.document);
    let others = letter.map(|letter| r.tasks(TaskFilter::OfDocument(letter))).transpose()?.unwrap_or_default();
    let rights = found.iter().any(|task| task.kind == TaskKind::Object);
    // Objection and payment of one notice are one thing to decide about.
    let both = |task: &domain::Task| task.kind == TaskKind::Object || task.kind == TaskKind::Pay && rights;
    let ended = |task: &domain::Task| task.latest.max(task.due) < Some(context.today);
    let belongs = |task: &domain::Task| both(task) && task.status == TaskStatus::Open && !ended(task);
    found.extend(others.into_iter().filter(|task| belongs(task) && !ids.contains(&task.id)));
    let mut views = found.into_iter().map(|task| show::task(r, context, task)).collect::<Result<Vec<_>, _>>()?;
    if views.is_empty() {
        return Ok(None);
    }
    let task = views.remove(0);
    Ok(Some(TodayCard { task, also: views }))
}

/// What comes after the cards, a task for each letter, and how many late things are not shown: a list of them would be a
/// wall. Today's appointments that have begun come first, since they can be ticked off.
fn after_the_cards(
    r: &Read<'_>,
    context: &ViewContext,
    week: &Week,
    cards: &[TodayCard],
    put_off: &BTreeMap<TaskId, DateTime<Utc>>,
) -> Result<(Vec<TaskView>, u32), StoreError> {
    let now = context.local_now();
    let begun_today = week.begun(now).filter(|task| task.due == Some(context.today));
    let rest = week.behind(context.today);
    let missed = week.begun(now).filter(|task| task.due < Some(context.today)).count();

    let mut letters: Vec<DocumentId> = cards.iter().filter_map(|card| card.task.document).collect();
    let mut coming: Vec<TaskId> = Vec::new();
    let mut add = |id, document: Option<DocumentId>| {
        let is_new = document.is_none_or(|letter| !letters.contains(&letter));
        let is_here = !put_off.contains_key(&id);
        if is_new && is_here && coming.len() < COMING {
            letters.extend(document);
            coming.push(id);
        }
        coming.len() < COMING
    };
    let mut room = true;
    for task in begun_today.chain(rest) {
        room = add(task.id, task.document);
    }
    for range in [DueRange::After(context.today.plus_days(CARD_DAYS)), DueRange::Undated] {
        if room {
            let more = r.open_tasks(range, LOOKED_AT)?;
            room = more.into_iter().all(|task| add(task.id, task.document));
        }
    }
    Ok((
        tasks(r, context, coming)?,
        u32::try_from(week.late_behind(context.today).saturating_add(missed)).unwrap_or(u32::MAX),
    ))
}

/// What was put off, that which comes back first at the top.
fn shown_put_off(
    r: &Read<'_>,
    context: &ViewContext,
    put_off: &BTreeMap<TaskId, DateTime<Utc>>,
) -> Result<Vec<TaskView>, StoreError> {
    let mut sorted: Vec<(TaskId, DateTime<Utc>)> = put_off.iter().map(|(id, back)| (*id, *back)).collect();
    sorted.sort_by_key(|(id, back)| (*back, *id));
    tasks(r, context, sorted.into_iter().take(COMING).map(|(id, _)| id))
}

/// The first `count` things of Today, and after those of this week the next ones by their day.
pub(crate) fn first_tasks(
    r: &Read<'_>,
    context: &ViewContext,
    count: usize,
) -> Result<Vec<(TaskId, Urgency)>, StoreError> {
    let put_off = put_off(r, &context.preferences, context.now)?;
    let week = Week::read(r, context.local_now(), &put_off.keys().copied().collect())?;
    let mut tasks: Vec<_> = week.firsts().take(count).map(|task| (task.id, task.priority.urgency)).collect();
    if tasks.len() < count {
        let after = DueRange::After(context.today.plus_days(CARD_DAYS));
        let more = r.open_tasks(after, count.saturating_sub(tasks.len()))?;
        tasks.extend(more.into_iter().map(|task| {
            let seen = seen_on(task, context.today);
            (seen.id, seen.priority.urgency)
        }));
    }
    Ok(tasks)
}
