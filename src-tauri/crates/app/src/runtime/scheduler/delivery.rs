//! Delivery: sends reminders as a notification on a channel, and records the result in the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};
use connect::{Action, Message, Severity};
use domain::{By, DeliveryState, LONGEST_RETRY, Reminder, ShiftTime as _, Stage, Subject, Task, TaskId, away_since};
use store::{Op, Read, Write};

use super::answers::{self, DONE, LATER};
use crate::actions::appointments::appointment;
use crate::actions::reminders::{note_delivery, put_off};
use crate::actions::today::{Week, meanwhile};
use crate::ports::channels::TOGETHER;
use crate::runtime::events::{AppEvent, Changed};
use crate::{App, Failure, Settings, text};

/// So many reminders are named one by one in a message about several.
const NAMED: usize = 3;

/// Checks the first channel, so that the window can say at once if it does not work.
pub(super) fn probe(app: &App) {
    let problem = app.channels.all.first().and_then(|channel| channel.probe().err());
    note_problem(app, problem.map(|error| error.to_string()));
}

/// Sends what is due as one notification over the first channel that takes it, and notes in the ledger what happened.
/// What no channel takes is looked at again after a pause that grows.
pub(super) fn send(
    app: &Arc<App>,
    settings: &Settings,
    due: &[(Subject, Reminder)],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let message = message(app, settings, due, now)?;
    let _noting = app.channels.noting();
    let stage = due.iter().map(|(_, reminder)| reminder.stage).max().unwrap_or(Stage::Info);
    let wanted = settings.reminder_channels.get(&stage);
    let chosen = || app.channels.all.iter().filter(|one| wanted.is_none_or(|ids| ids.iter().any(|id| id == one.id())));
    let mut failures: Vec<(&'static str, String)> = Vec::new();
    let mut took: Vec<&'static str> = Vec::new();
    let mut lacks_buttons = false;
    let mut again_at = now.plus(LONGEST_RETRY);
    for channel in chosen() {
        if let Some(until) = app.channels.resting_until(channel.id(), now) {
            again_at = again_at.min(until);
            continue;
        }
        let (answering, about, via) = (Arc::clone(app), due.to_vec(), channel.id());
        match channel.deliver(&message, Arc::new(move |answer| answers::answered(&answering, &about, via, &answer))) {
            Ok(()) => {
                app.channels.worked(channel.id());
                took.push(channel.id());
                lacks_buttons |= !channel.has_buttons();
                // Overdue tasks go out on every channel chosen for their stage; all others on the first that works.
                if stage < Stage::Critical || wanted.is_none() {
                    break;
                }
            }
            Err(error) => {
                again_at = again_at.min(app.channels.failed(channel.id(), now));
                failures.push((channel.id(), error.to_string()));
            }
        }
    }
    if !took.is_empty() {
        app.channels.replace_earlier(&message.tag, due.iter().map(|(subject, _)| *subject));
        // Another channel has taken it, and the person should know why it was not the usual one.
        match failures.first() {
            Some((_, problem)) => note_problem(app, Some(problem.clone())),
            None if chosen().next().is_some_and(|first| took.contains(&first.id())) => note_problem(app, None),
            None => {}
        }
        app.store.write(By::Program, Op::Ledger, |w| {
            note_failures(w, due, &failures, now)?;
            took.iter().try_for_each(|channel| {
                due.iter().try_for_each(|one| note_delivery(w, one, DeliveryState::Delivered, channel, None, now))
            })
        })?;
        if lacks_buttons {
            // Only now, because the window that shows waiting reminders closes when none waits.
            app.tell(&AppEvent::ShowReminders);
        }
        return Ok(());
    }
    if chosen().next().is_none() {
        failures.push(("", "no channel is set up for this".to_owned()));
    }
    if let Some((_, problem)) = failures.first() {
        note_problem(app, Some(problem.clone()));
    }
    app.store.write(By::Program, Op::Ledger, |w| {
        note_failures(w, due, &failures, now)?;
        due.iter().try_for_each(|(subject, _)| w.schedule(*subject, Some(again_at)))
    })?;
    Ok(())
}

fn note_failures(
    w: &Write<'_>,
    due: &[(Subject, Reminder)],
    failures: &[(&'static str, String)],
    now: DateTime<Utc>,
) -> store::Result<()> {
    failures.iter().try_for_each(|(channel, error)| {
        due.iter().try_for_each(|one| note_delivery(w, one, DeliveryState::Failed, channel, Some(error.clone()), now))
    })
}

fn message(
    app: &App,
    settings: &Settings,
    due: &[(Subject, Reminder)],
    now: DateTime<Utc>,
) -> Result<Message, Failure> {
    let locale = text::Locale::choose(settings.language);
    let preferences = settings.preferences()?;
    let zone = preferences.zone;
    let local = now.with_timezone(&zone).naive_local();
    let today = local.date();
    let button = |id: &str, label: &str| Action { id: id.to_owned(), label: label.to_owned() };
    let later = || LATER.iter().map(|later| button(later.id, (later.label)(locale)));
    let stage = due.iter().map(|(_, reminder)| reminder.stage).max().unwrap_or(Stage::Info);
    let severity = severity(stage);
    let together =
        |(title, body)| Message { tag: TOGETHER.to_owned(), title, body, severity, actions: later().collect() };
    app.store
        .read(|r| {
            let waits = r.waiting_for_review()?.filter(|_| due.iter().any(|(subject, _)| *subject == Subject::Review));
            let waiting = waits.map(|waiting| waiting.count);
            let tasks: Vec<TaskId> = due.iter().filter_map(|(subject, _)| subject.task()).collect();
            // Who comes back is told the same as in the window. A message that was shown meanwhile has told it.
            let last_here = match r.presence()? {
                Some(presence) => Some(presence.at).max(r.last_delivery(now)?),
                None => None,
            };
            if let Some(since) = away_since(last_here, today, zone) {
                let put_off = put_off(r, &preferences, now)?;
                let week = Week::read(r, local, &put_off.keys().copied().collect())?;
                let first = week.cards.iter().filter_map(|ids| ids.first().copied()).take(NAMED).collect::<Vec<_>>();
                let happened = meanwhile(r, &week, since, now, zone)?.news;
                let named = existing_tasks(r, &first)?;
                return Ok(together(text::back(happened, &named, week.cards.len(), waiting, today, locale)));
            }
            Ok(match (tasks.as_slice(), waiting) {
                ([], _) => {
                    let (title, body) = text::review(waiting.unwrap_or_default(), locale);
                    Message { tag: Subject::Review.to_string(), title, body, severity, actions: Vec::new() }
                }
                ([id], None) => {
                    let Some(task) = r.task(*id)? else {
                        return Ok(together(text::together(&[], 1, waiting, today, locale)));
                    };
                    let (title, body) = text::reminder(&task, &appointment(r, &task)?, local, locale);
                    let actions =
                        std::iter::once(button(DONE, text::done_label(&task, locale))).chain(later()).collect();
                    Message { tag: id.to_string(), title, body, severity, actions }
                }
                (several, _) => {
                    let named = existing_tasks(r, &first_of(r, several, local)?)?;
                    together(text::together(&named, several.len(), waiting, today, locale))
                }
            })
        })
        .map_err(Failure::from)
}

/// The first of these tasks in the order of Today; what is no card comes behind, in the order in which it is due.
fn first_of(r: &Read<'_>, tasks: &[TaskId], now: NaiveDateTime) -> store::Result<Vec<TaskId>> {
    // What is due now is not put off any more.
    let week = Week::read(r, now, &BTreeSet::new())?;
    let places: BTreeMap<TaskId, usize> = week.cards.into_iter().flatten().zip(0..).collect();
    let place = |id: &TaskId| places.get(id).copied().unwrap_or(places.len());
    let mut sorted = tasks.to_vec();
    sorted.sort_by_cached_key(place);
    sorted.truncate(NAMED);
    Ok(sorted)
}

fn existing_tasks(r: &Read<'_>, ids: &[TaskId]) -> store::Result<Vec<Task>> {
    let found = ids.iter().map(|id| r.task(*id)).collect::<store::Result<Vec<_>>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn severity(stage: Stage) -> Severity {
    match stage {
        Stage::Info => Severity::Info,
        Stage::Warning => Severity::Warning,
        Stage::Urgent => Severity::Urgent,
        Stage::Critical => Severity::Critical,
    }
}

/// Says in the window why no notification can be shown, or that they can be shown again.
fn note_problem(app: &App, problem: Option<String>) {
    let before = std::mem::replace(&mut app.host_status().notifications_problem, problem.clone());
    if before != problem {
        app.tell(&AppEvent::Changed(Changed { reminders: true, ..Changed::default() }));
    }
}
