//! A small window with reminders that have no reaction yet. It is shown if the desktop shows no notifications, or none
//! with buttons. It lists what the command `reminders.waiting` returns, with the same choices as a notification.

use std::sync::{Arc, OnceLock, mpsc};
use std::time::Duration;

use app::{Answer, Channel, ChannelError, Message};
use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindowBuilder};

use crate::Running;
use crate::navigation::kept_here;
use crate::window::WEB_FOLDER;

/// Its label; its permissions are in `capabilities/`.
pub(crate) const LABEL: &str = "reminders";
const ADDRESS: &str = "#/reminders";
/// The time to wait for the window: longer than making one takes on a slow computer. The main thread may be waiting
/// for this thread at the end.
const PATIENCE: Duration = Duration::from_secs(10);

/// The window as the last channel, used if notifications of the desktop fail.
#[derive(Debug)]
pub(crate) struct OwnWindow {
    handle: OnceLock<AppHandle>,
}

/// The channel of this program.
pub(crate) static OWN_WINDOW: OwnWindow = OwnWindow { handle: OnceLock::new() };

impl OwnWindow {
    /// Enables the channel.
    pub(crate) fn ready(&self, handle: &AppHandle) {
        // A second call has the same handle.
        let _ = self.handle.set(handle.clone());
    }
}

impl Channel for OwnWindow {
    fn id(&self) -> &'static str {
        "window"
    }

    fn probe(&self) -> Result<(), ChannelError> {
        Ok(())
    }

    fn deliver(&self, _: &Message, _: Arc<dyn Fn(Answer) + Send + Sync>) -> Result<(), ChannelError> {
        let handle = self.handle.get().ok_or_else(|| ChannelError::NotAccepted("no window can be shown yet".into()))?;
        let (tell, shown) = mpsc::channel();
        let inner = handle.clone();
        let asked = handle.run_on_main_thread(move || {
            // After the timeout nobody listens any more.
            let _ = tell.send(show(&inner));
        });
        let refused = |error: &dyn std::fmt::Display| ChannelError::NotAccepted(error.to_string());
        asked.map_err(|error| refused(&error))?;
        shown.recv_timeout(PATIENCE).map_err(|error| refused(&error))?.map_err(|error| refused(&error))
    }

    fn withdraw(&self, _: &str) {}
}

/// Shows the window above all others, without taking the keyboard focus.
pub(crate) fn show(handle: &AppHandle) -> tauri::Result<()> {
    if let Some(window) = handle.get_webview_window(LABEL) {
        return window.show();
    }
    let app = &handle.state::<Running>().app;
    let title = app.locale().map_or("Workmate Private", |locale| locale.reminders_title());
    kept_here(WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::App(ADDRESS.into())))
        .title(title)
        .inner_size(460.0, 360.0)
        .min_inner_size(360.0, 240.0)
        .always_on_top(true)
        .focused(false)
        .data_directory(app.profile().folder.join(WEB_FOLDER))
        .build()
        .map(drop)
}

/// Closes the window when no reminder waits any more.
pub(crate) fn close_when_empty(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window(LABEL) else { return };
    let done = match handle.state::<Running>().app.anything_waits() {
        Ok(true) => Ok(()),
        Ok(false) => window.destroy().map_err(anyhow::Error::from),
        Err(failure) => Err(failure.into()),
    };
    if let Err(error) = done {
        tracing::error!(%error, "the window of the reminders could not be brought up to date");
    }
}
