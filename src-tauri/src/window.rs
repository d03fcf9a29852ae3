//! The main window: created, brought to the front, and destroyed when it is closed.

use app::Failure;
use tauri::{AppHandle, DragDropEvent, Manager as _, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent};

use crate::navigation::kept_here;
use crate::{Running, lock, reminder_window, start};

pub(crate) const LABEL: &str = "main";
/// The folder of the web view, inside the profile, so that two profiles share nothing.
pub(crate) const WEB_FOLDER: &str = "window";

/// Shows the window; creates it if there is none.
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
    let Some(running) = handle.try_state::<Running>() else { return lock::show(handle) };
    let folder = running.app.profile().folder.join(WEB_FOLDER);
    kept_here(WebviewWindowBuilder::new(handle, LABEL, url))
        .title("Workmate Private")
        .inner_size(1180.0, 780.0)
        .min_inner_size(720.0, 520.0)
        .data_directory(folder)
        .build()
        .map(drop)
}

/// Whether there is a tray, so that the program can go on without a window.
pub(crate) fn has_tray(handle: &AppHandle) -> bool {
    handle.try_state::<Running>().map_or_else(|| lock::has_tray(handle), |running| running.app.has_tray())
}

/// Takes in files that are dropped on the window. This is done here, so that none is lost while the page is still
/// loading.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { .. } if window.label() == reminder_window::LABEL => {
            // Closing counts as seen, as with a notification: the stage is silent for the rest of the day, the next
            // stage is not.
            if let Err(failure) = window.state::<Running>().app.saw_reminders() {
                tracing::error!(%failure, code = %failure.code, "that the reminders were seen could not be noted");
            }
        }
        // The question for the password says nothing about the tray.
        WindowEvent::CloseRequested { .. } if window.label() == lock::LABEL => {}
        WindowEvent::CloseRequested { .. } => on_close(window.app_handle()),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => start::ingest(window.app_handle(), paths.clone()),
        _ => {}
    }
}

/// Destroys a closed window with all its memory. If there is a tray the program goes on, and says so once.
fn on_close(handle: &AppHandle) {
    if !has_tray(handle) {
        return;
    }
    let inner = handle.clone();
    // A notification service may be slow; the window does not wait for it.
    let begun = handle.state::<Running>().app.in_background("tell about the tray", move || {
        if let Err(failure) = tell_once(&inner) {
            tracing::warn!(%failure, code = %failure.code, "that the program stays in the tray could not be told");
        }
    });
    if let Err(failure) = begun {
        tracing::warn!(%failure, code = %failure.code, "that the program stays in the tray could not be told");
    }
}

fn tell_once(handle: &AppHandle) -> Result<(), Failure> {
    let app = &handle.state::<Running>().app;
    if app.settings()?.told_about_tray {
        return Ok(());
    }
    app.tell_about_tray()?;
    app.remember_told_about_tray()
}
