//! What the tray's menu shows.

use connect::{CHANNELS, Message, Severity};
use domain::{Subject, TaskId, Urgency};
use serde_json::json;

use crate::scheduler::{self, PAUSED_UNTIL};
use crate::views::AppEvent;
use crate::{App, Failure, commands, text};

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
    /// How urgent the most urgent task is; none when nothing is to be done.
    pub urgency: Option<Urgency>,
    /// The same in words, for the first line: on Linux a tray has no tooltip.
    pub headline: String,
    /// The next tasks, the most urgent first.
    pub tasks: Vec<TrayTask>,
    /// Until when reminders are paused, in words.
    pub paused: Option<String>,
}

impl App {
    /// What the tray shows, with the next `count` tasks.
    pub fn tray(&self, count: usize) -> Result<TrayView, Failure> {
        let (tongue, lens) = (self.tongue()?, self.lens()?);
        let (tasks, paused) = self.store.read(|r| {
            let mut tasks = Vec::new();
            for (id, urgency) in commands::most_urgent(r, &lens, count)? {
                tasks.extend(r.task(id)?.map(|task| (task, urgency)));
            }
            Ok((tasks, r.setting(PAUSED_UNTIL)?))
        })?;
        let first = tasks.first();
        let paused = scheduler::paused_until(paused.as_deref(), lens.now)
            .map(|until| text::paused(until.with_timezone(&lens.preferences.zone).naive_local(), tongue));
        Ok(TrayView {
            urgency: first.map(|(_, urgency)| *urgency),
            headline: first.map_or_else(
                || tongue.nothing_due().to_owned(),
                |(task, urgency)| text::headline(task, *urgency, lens.today, tongue),
            ),
            tasks: tasks
                .iter()
                .map(|(task, _)| TrayTask { id: task.id, label: text::task_line(task, tongue) })
                .collect(),
            paused,
        })
    }

    /// Whether any reminder waits for a reaction, or any letter for a look.
    pub fn anything_waits(&self) -> Result<bool, Failure> {
        let now = self.now();
        Ok(self.store.read(|r| Ok(!r.unanswered(now)?.is_empty() || r.waiting_for_review()?.is_some()))?)
    }

    /// The small window with the reminders that nobody had reacted to was closed: they were seen.
    pub fn saw_reminders(&self) -> Result<(), Failure> {
        let now = self.now();
        let waiting = self.store.read(|r| r.unanswered(now))?;
        let tasks = waiting.into_iter().filter_map(|(subject, _)| match subject {
            Subject::Task(id) => Some(id),
            Subject::Review => None,
        });
        self.dispatch("reminders.seen", json!({"tasks": tasks.collect::<Vec<_>>()})).map(drop)
    }
}

impl App {
    /// Is there a tray? False until the host has said so.
    pub fn has_tray(&self) -> bool {
        self.surroundings().tray == Some(true)
    }

    /// Shows something in the window, bringing it up.
    pub fn show(&self, event: &AppEvent) {
        self.tell(event);
    }

    /// Tells that closing the window keeps the program in the tray.
    pub fn tell_about_tray(&self) -> Result<(), Failure> {
        let tongue = self.tongue()?;
        let message = Message {
            tag: "tray".to_owned(),
            title: tongue.still_here_title().to_owned(),
            body: tongue.still_here_body().to_owned(),
            severity: Severity::Info,
            actions: Vec::new(),
        };
        for channel in CHANNELS {
            channel
                .deliver(&message, std::sync::Arc::new(|_| {}))
                .map_err(|error| Failure::new("no_notifications", error.to_string()))?;
        }
        Ok(())
    }
}
