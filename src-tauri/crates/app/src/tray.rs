//! What the tray's menu shows.

use connect::{CHANNELS, Message, Severity};
use domain::TaskId;

use crate::views::AppEvent;
use crate::{App, Failure, text};

/// A task in the tray's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayTask {
    /// Which.
    pub id: TaskId,
    /// Who, how much, until when.
    pub label: String,
}

impl App {
    /// The next `count` tasks that have a day.
    pub fn tray_tasks(&self, count: usize) -> Result<Vec<TrayTask>, Failure> {
        let tongue = self.tongue()?;
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let tasks = self.store.read(|r| r.next_tasks(count))?;
        Ok(tasks.iter().map(|task| TrayTask { id: task.id, label: text::task_line(task, tongue) }).collect())
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
