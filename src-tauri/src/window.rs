//! The one window: made, brought to the front, and let go when it is closed.

use app::Failure;
use serde_json::json;
use tauri::{AppHandle, DragDropEvent, Manager as _, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent};

use crate::{Running, reminder_window, start};

const LABEL: &str = "main";
/// Where the web view keeps its own files: in the profile, so that two profiles share nothing.
pub(crate) const WEB_FOLDER: &str = "window";

/// Shows the window, making it first if there is none.
pub(crate) fn show(handle: &AppHandle) -> tauri::Result<()> {
    match handle.get_webview_window(LABEL) {
        Some(window) => {
            window.show()?;
            window.unminimize()?;
            window.set_focus()
        }
        None => make(handle, WebviewUrl::default()),
    }
}

/// Shows the window at an address of the interface, such as `#/tasks/<id>`.
pub(crate) fn show_at(handle: &AppHandle, address: &str) -> tauri::Result<()> {
    match handle.get_webview_window(LABEL) {
        Some(window) => {
            let mut url = window.url()?;
            url.set_fragment(address.strip_prefix('#'));
            // Unlike an event, this is not lost while the page is still loading.
            window.navigate(url)?;
            show(handle)
        }
        None => make(handle, WebviewUrl::App(address.into())),
    }
}

fn make(handle: &AppHandle, url: WebviewUrl) -> tauri::Result<()> {
    let folder = handle.state::<Running>().app.profile().folder.join(WEB_FOLDER);
    WebviewWindowBuilder::new(handle, LABEL, url)
        .title("Workmate Private")
        .inner_size(1180.0, 780.0)
        .min_inner_size(720.0, 520.0)
        .data_directory(folder)
        .build()
        .map(drop)
}

/// Is there a tray to live in?
pub(crate) fn has_tray(handle: &AppHandle) -> bool {
    handle.state::<Running>().app.has_tray()
}

/// Files dropped on the window are taken in from here, so that none is lost while its page is still loading.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { .. } if window.label() == reminder_window::LABEL => {
            // Like closing a notification: the rest of the day is silent, the next stage is not.
            if let Err(failure) = window.state::<Running>().app.saw_reminders() {
                tracing::error!(%failure, "that the reminders were seen could not be noted");
            }
        }
        WindowEvent::CloseRequested { .. } => on_close(window.app_handle()),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => start::take_in(window.app_handle(), paths.clone()),
        _ => {}
    }
}

/// A closed window is let go with all its memory; where there is a tray the program goes on, and says so once.
fn on_close(handle: &AppHandle) {
    if !has_tray(handle) {
        return;
    }
    let handle = handle.clone();
    // A notification service may take its time; the window does not wait for it.
    std::thread::spawn(move || {
        if let Err(failure) = tell_once(&handle) {
            tracing::warn!(%failure, "that the program stays in the tray could not be told");
        }
    });
}

fn tell_once(handle: &AppHandle) -> Result<(), Failure> {
    let app = &handle.state::<Running>().app;
    if app.settings()?.told_about_tray {
        return Ok(());
    }
    app.tell_about_tray()?;
    app.dispatch("settings.change", json!({"key": "told_about_tray", "value": true})).map(drop)
}
