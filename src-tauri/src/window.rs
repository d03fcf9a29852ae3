//! The one window: shown, hidden in the tray, brought to the front.

use app::Failure;
use serde_json::json;
use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent};

use crate::Running;

const LABEL: &str = "main";

/// Shows the window, making it first if there is none.
pub(crate) fn show(handle: &AppHandle) -> tauri::Result<()> {
    match handle.get_webview_window(LABEL) {
        Some(window) => {
            window.show()?;
            window.unminimize()?;
            window.set_focus()
        }
        None => WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::default())
            .title("Workmate Private")
            .inner_size(1180.0, 780.0)
            .min_inner_size(720.0, 520.0)
            .build()
            .map(drop),
    }
}

/// Is there a tray to live in?
pub(crate) fn has_tray(handle: &AppHandle) -> bool {
    handle.state::<Running>().app.has_tray()
}

/// Closing keeps the program in the tray, where there is one.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { api, .. } = event
        && has_tray(window.app_handle())
    {
        api.prevent_close();
        if let Err(error) = window.hide() {
            tracing::error!(%error, "the window could not be hidden");
        }
        if let Err(failure) = tell_once(window.app_handle()) {
            tracing::warn!(%failure, "that the program stays in the tray could not be told");
        }
    }
}

fn tell_once(handle: &AppHandle) -> Result<(), Failure> {
    let app = &handle.state::<Running>().app;
    if app.settings()?.told_about_tray {
        return Ok(());
    }
    app.tell_about_tray()?;
    app.dispatch("settings.change", json!({"key": "told_about_tray", "value": true})).map(drop)
}
