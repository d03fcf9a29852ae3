//! From contacts to a notification on a channel, and into the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use connect::{Action, Channel, Message, Severity};
use domain::{Contact, Delivery, DeliveryState, LONGEST_RETRY, Stage, Subject, TaskId, retry_pause};
use store::{Notification, Op, Write};

use super::answers::{self, DONE, LATER};
use crate::views::{AppEvent, Changed};
use crate::{App, Failure, Settings, text};

/// Tag of the message about several things.
const TOGETHER: &str = "together";
/// Named one by one in a message about several things.
const NAMED: usize = 3;

/// The channels in the order in which they are asked, and what is known of them while the program runs.
pub(crate) struct Channels {
    all: Vec<&'static dyn Channel>,
    failing: Mutex<BTreeMap<&'static str, Failing>>,
    /// What the message about several things on the screen is about.
    together: Mutex<BTreeSet<Subject>>,
    /// Held from before a message is shown until the ledger says so.
    noting: Mutex<()>,
}

/// A channel that fails: how often in a row, and when to ask it again.
#[derive(Clone, Copy)]
struct Failing {
    times: u32,
    again_at: DateTime<Utc>,
}

impl Channels {
    pub(crate) fn new(all: Vec<&'static dyn Channel>) -> Self {
        Self { all, failing: Mutex::default(), together: Mutex::default(), noting: Mutex::default() }
    }

    /// Their ids, in that order.
    pub(crate) fn ids(&self) -> Vec<&'static str> {
        self.all.iter().map(|channel| channel.id()).collect()
    }

    fn noting(&self) -> MutexGuard<'_, ()> {
        self.noting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when all that is shown stands in the ledger: an answer, however quick, comes after its question.
    pub(super) fn all_noted(&self) {
        drop(self.noting());
    }

    /// When a channel may be asked again; none: now.
    fn resting_until(&self, channel: &'static str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let failing = self.failing.lock().unwrap_or_else(PoisonError::into_inner);
        let until = failing.get(channel).map(|failing| failing.again_at)?;
        (until > now && until - now <= LONGEST_RETRY).then_some(until)
    }

    fn worked(&self, channel: &'static str) {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner).remove(channel);
    }

    fn failed(&self, channel: &'static str, now: DateTime<Utc>) -> DateTime<Utc> {
        let mut failing = self.failing.lock().unwrap_or_else(PoisonError::into_inner);
        let times = failing.get(channel).map_or(0, |failing| failing.times) + 1;
        let again_at = now + retry_pause(times);
        failing.insert(channel, Failing { times, again_at });
        again_at
    }
}

/// Asks the first channel whether it could deliver, to say at once if it cannot.
pub(super) fn probe(app: &App) {
    let problem = app.channels.all.first().and_then(|channel| channel.probe().err());
    note_problem(app, problem.map(|error| error.to_string()));
}

/// Sends what is due as one notification over the first channel that takes it, and notes in the ledger what happened.
/// What no channel takes is looked at again after a pause that grows.
pub(super) fn send(
    app: &Arc<App>,
    settings: &Settings,
    due: &[(Subject, Contact)],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let message = message(app, settings, due, now)?;
    let _noting = app.channels.noting();
    let stage = due.iter().map(|(_, contact)| contact.stage).max().unwrap_or(Stage::Info);
    let wanted = settings.reminder_channels.get(&stage);
    let chosen = || app.channels.all.iter().filter(|one| wanted.is_none_or(|ids| ids.iter().any(|id| id == one.id())));
    let mut failures: Vec<(&'static str, String)> = Vec::new();
    let mut took: Vec<&'static str> = Vec::new();
    let mut lacks_buttons = false;
    let mut again_at = now + LONGEST_RETRY;
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
                // What is overdue may use every channel chosen for it; all else is told once.
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
        replace_earlier(app, &message.tag, due);
        // Another channel has taken it, and the person should know why it was not the usual one.
        match failures.first() {
            Some((_, problem)) => note_problem(app, Some(problem.clone())),
            None if chosen().next().is_some_and(|first| took.contains(&first.id())) => note_problem(app, None),
            None => {}
        }
        app.store.write(Op::Ledger, |w| {
            note_failures(w, due, &failures, now)?;
            took.iter().try_for_each(|channel| {
                due.iter().try_for_each(|one| note(w, one, DeliveryState::Delivered, channel, None, now))
            })
        })?;
        if lacks_buttons {
            // Only now: a window that shows what waits is taken away while nothing does.
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
    app.store.write(Op::Ledger, |w| {
        note_failures(w, due, &failures, now)?;
        due.iter().try_for_each(|(subject, _)| w.schedule(*subject, Some(again_at)))
    })?;
    Ok(())
}

fn note_failures(
    w: &Write<'_>,
    due: &[(Subject, Contact)],
    failures: &[(&'static str, String)],
    now: DateTime<Utc>,
) -> store::Result<()> {
    failures.iter().try_for_each(|(channel, error)| {
        due.iter().try_for_each(|one| note(w, one, DeliveryState::Failed, channel, Some(error.clone()), now))
    })
}

pub(super) fn note(
    w: &Write<'_>,
    (subject, contact): &(Subject, Contact),
    state: DeliveryState,
    channel: &str,
    error: Option<String>,
    now: DateTime<Utc>,
) -> store::Result<()> {
    let delivery = Delivery { stage: contact.stage, slot: contact.slot, state, at: now };
    w.note(&Notification { subject: *subject, delivery, channel: channel.to_owned(), error })
}

fn message(app: &App, settings: &Settings, due: &[(Subject, Contact)], now: DateTime<Utc>) -> Result<Message, Failure> {
    let tongue = text::Tongue::choose(settings.language);
    let today = app.today(settings)?;
    let button = |id: &str, label: &str| Action { id: id.to_owned(), label: label.to_owned() };
    let later = || LATER.iter().map(|later| button(later.id, (later.label)(tongue)));
    let (tasks, waiting) = app.store.read(|r| {
        let ids = due.iter().filter_map(|(subject, _)| task_of(*subject)).take(NAMED);
        let tasks = ids.map(|id| r.task(id)).collect::<store::Result<Vec<_>>>()?;
        Ok((tasks.into_iter().flatten().collect::<Vec<_>>(), r.waiting_for_review()?))
    })?;
    let stage = due.iter().map(|(_, contact)| contact.stage).max().unwrap_or(Stage::Info);
    let severity = severity(stage);
    let waiting = waiting.filter(|_| due.iter().any(|(subject, _)| *subject == Subject::Review)).map(|it| it.count);
    Ok(match (due, tasks.as_slice()) {
        ([(Subject::Task(id), _)], [task]) => {
            let (title, body) = text::reminder(task, today, tongue);
            let actions = std::iter::once(button(DONE, tongue.done())).chain(later()).collect();
            Message { tag: id.to_string(), title, body, severity, actions }
        }
        ([(Subject::Review, _)], _) => {
            let (title, body) = text::review(waiting.unwrap_or_default(), tongue);
            Message { tag: Subject::Review.to_string(), title, body, severity, actions: Vec::new() }
        }
        _ => {
            let count = due.iter().filter(|(subject, _)| *subject != Subject::Review).count();
            // What has waited for more than a day was missed: the computer was off, or the person away.
            let away = due.iter().any(|(_, contact)| now - contact.slot > chrono::Duration::days(1));
            let (title, body) = text::together(&tasks, count, waiting, away, today, tongue);
            Message { tag: TOGETHER.to_owned(), title, body, severity, actions: later().collect() }
        }
    })
}

pub(super) fn task_of(subject: Subject) -> Option<TaskId> {
    match subject {
        Subject::Task(id) => Some(id),
        Subject::Review => None,
    }
}

fn severity(stage: Stage) -> Severity {
    match stage {
        Stage::Info => Severity::Info,
        Stage::Warning => Severity::Warning,
        Stage::Urgent => Severity::Urgent,
        Stage::Critical => Severity::Critical,
    }
}

/// Takes back what the new message says anew, so that each thing is on the screen once.
fn replace_earlier(app: &App, tag: &str, due: &[(Subject, Contact)]) {
    let subjects = || due.iter().map(|(subject, _)| *subject);
    if tag == TOGETHER {
        *app.channels.together.lock().unwrap_or_else(PoisonError::into_inner) = subjects().collect();
        for subject in subjects() {
            take_back(app, &subject.to_string());
        }
    } else {
        subjects().for_each(|subject| leave_together(app, subject));
    }
}

fn leave_together(app: &App, subject: Subject) {
    let mut together = app.channels.together.lock().unwrap_or_else(PoisonError::into_inner);
    if together.remove(&subject) && together.is_empty() {
        take_back(app, TOGETHER);
    }
}

fn take_back(app: &App, tag: &str) {
    for channel in &app.channels.all {
        channel.withdraw(tag);
    }
}

/// Takes the messages about a task back, because it is done or was put off.
pub(crate) fn withdraw(app: &App, task: TaskId) {
    take_back(app, &task.to_string());
    leave_together(app, Subject::Task(task));
}

/// Says in the window why no notification can be shown, or that they can be shown again.
fn note_problem(app: &App, problem: Option<String>) {
    let before = std::mem::replace(&mut app.surroundings().notifications_problem, problem.clone());
    if before != problem {
        app.tell(&AppEvent::Changed(Changed { reminders: true, ..Changed::default() }));
    }
}
