//! The content of the tray menu.

use connect::{CHANNELS, Message, Severity};
use domain::{FailureCode, TaskId, Urgency};

use crate::api::reminders::{self, SeenTasks};
use crate::api::today::first_tasks;
use crate::runtime::events::AppEvent;
use crate::runtime::scheduler::{self, PAUSED_UNTIL};
use crate::{App, Failure, text};

/// A task in the tray's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayTask {
    /// Which.
    pub id: TaskId,
    /// Who, how much, until when.
    pub label: String,
}

/// What the tray shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayView {
    /// How urgent the first task of Today is; none when nothing is to be done.
    pub urgency: Option<Urgency>,
    /// The same in words, for the first line: on Linux a tray has no tooltip.
    pub headline: String,
    /// The next tasks, in the order of Today.
    pub tasks: Vec<TrayTask>,
    /// Until when reminders are paused, in words.
    pub paused: Option<String>,
}

impl App {
    /// What the tray shows, with the next `count` tasks.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn tray(&self, count: usize) -> Result<TrayView, Failure> {
        let (locale, context) = (self.locale()?, self.view_context()?);
        let (tasks, paused) = self.store.read(|r| {
            let mut tasks = Vec::new();
            for (id, urgency) in first_tasks(r, &context, count)? {
                tasks.extend(r.task(id)?.map(|task| (task, urgency)));
            }
            Ok((tasks, r.setting(PAUSED_UNTIL)?))
        })?;
        let first = tasks.first();
        let paused = scheduler::paused_until(paused.as_deref(), context.now)
            .map(|until| text::paused(until.with_timezone(&context.preferences.zone).naive_local(), locale));
        Ok(TrayView {
            urgency: first.map(|(_, urgency)| *urgency),
            headline: first.map_or_else(
                || locale.nothing_due().to_owned(),
                |(task, urgency)| text::headline(task, *urgency, context.today, locale),
            ),
            tasks: tasks
                .iter()
                .map(|(task, _)| TrayTask { id: task.id, label: text::task_line(task, locale) })
                .collect(),
            paused,
        })
    }

    /// Whether any reminder waits for a reaction, or any letter for a look.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn anything_waits(&self) -> Result<bool, Failure> {
        let now = self.now();
        Ok(self.store.read(|r| Ok(!r.unanswered(now)?.is_empty() || r.waiting_for_review()?.is_some()))?)
    }

    /// The small window with the reminders that nobody had reacted to was closed: they were seen.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn saw_reminders(&self) -> Result<(), Failure> {
        let now = self.now();
        let waiting = self.store.read(|r| r.unanswered(now))?;
        let tasks = waiting.into_iter().filter_map(|(subject, _)| subject.task()).collect();
        reminders::seen(self, SeenTasks { tasks })
    }
}

impl App {
    /// Is there a tray? False until the host has said so.
    pub fn has_tray(&self) -> bool {
        self.host_status().tray == Some(true)
    }

    /// Shows something in the window, bringing it up.
    pub fn show(&self, event: &AppEvent) {
        self.tell(event);
    }

    /// Tells that closing the window keeps the program in the tray.
    ///
    /// # Errors
    /// `no_notifications` if a channel does not take the message; else the errors of the
    /// [store](store::StoreError#database-errors).
    pub fn tell_about_tray(&self) -> Result<(), Failure> {
        let locale = self.locale()?;
        let message = Message {
            tag: "tray".to_owned(),
            title: locale.still_here_title().to_owned(),
            body: locale.still_here_body().to_owned(),
            severity: Severity::Info,
            actions: Vec::new(),
        };
        for channel in CHANNELS {
            channel
                .deliver(&message, std::sync::Arc::new(|_| {}))
                .map_err(|error| Failure::new(FailureCode::NoNotifications, error.to_string()))?;
        }
        Ok(())
    }
}
