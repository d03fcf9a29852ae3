//! Start, second start, and what goes on between the program and the window.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use app::views::AppEvent;
use app::{App, Profile};
use clap::Parser as _;
use domain::SourceId;
use tauri::{AppHandle, Emitter as _, Manager as _, RunEvent};
use tauri_plugin_autostart::ManagerExt as _;

use crate::link::Opening;
use crate::{Arguments, Running, reminder_window, tray, window};

/// The name under which one profile's window is found by a second start. Made from the profile, not from the program
/// alone: two profiles may be open side by side.
pub(crate) fn bus_name(profile: &Profile) -> String {
    let mut hasher = DefaultHasher::new();
    profile.folder.hash(&mut hasher);
    format!("private.workmate.profile{:016x}", hasher.finish())
}

/// The program was started again for this profile, in `folder`: bring the window up and open what is named.
pub(crate) fn started_again(handle: &AppHandle, arguments: &[String], folder: &Path) {
    if let Err(error) = window::show(handle) {
        tracing::error!(%error, "the window could not be shown");
    }
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => open_all(handle, &arguments.files, folder),
        Err(error) => tracing::warn!(%error, "the arguments of the second start were not understood"),
    }
}

/// Takes in the files that the program is started with, and brings the window up where a link leads.
pub(crate) fn open_all(handle: &AppHandle, arguments: &[PathBuf], folder: &Path) {
    let mut files = Vec::new();
    for argument in arguments {
        match Opening::of(argument, folder) {
            Opening::File(file) => files.push(file),
            Opening::Place(address) => open(handle, address),
            Opening::Unknown(link) => tracing::warn!(link, "a link leads nowhere"),
        }
    }
    take_in(handle, files);
}

/// Takes in files in the background and tells the window what became of each.
pub(crate) fn take_in(handle: &AppHandle, files: Vec<PathBuf>) {
    if files.is_empty() {
        return;
    }
    let handle = handle.clone();
    std::thread::spawn(move || {
        let imported = handle.state::<Running>().app.import(&files, SourceId::Drop);
        if let Err(failure) = &imported {
            tracing::error!(%failure, "files could not be taken in");
        }
        if let Err(error) = handle.emit("imported", imported) {
            tracing::error!(%error, "the window could not be told what became of the files");
        }
    });
}

/// Passes what happens on to the window and the tray.
pub(crate) fn pass_events_on(handle: &AppHandle, app: &Arc<App>) {
    let handle = handle.clone();
    app.subscribe(move |event| {
        if let Err(error) = handle.emit("app-event", event) {
            tracing::error!(%error, "the window could not be told what happened");
        }
        match event {
            AppEvent::Changed(changed) => {
                let tasks = changed.all || !changed.tasks.is_empty() || !changed.documents.is_empty();
                if tasks || changed.settings {
                    tray::refresh(&handle);
                }
                if tasks || changed.reminders {
                    reminder_window::close_when_empty(&handle);
                }
                if changed.all || changed.settings {
                    follow_autostart(&handle);
                }
            }
            AppEvent::OpenDocument { id } => open(&handle, format!("#/documents/{id}")),
            AppEvent::OpenTask { id } => open(&handle, format!("#/tasks/{id}")),
            AppEvent::OpenToday => open(&handle, "#/today".to_owned()),
            AppEvent::ShowReminders => show_reminders(&handle),
        }
    });
}

/// Brings the window up at an address of the interface.
fn open(handle: &AppHandle, address: String) {
    let inner = handle.clone();
    let asked = handle.run_on_main_thread(move || {
        if let Err(error) = window::show_at(&inner, &address) {
            tracing::error!(%error, "the window could not be shown");
        }
    });
    if let Err(error) = asked {
        tracing::error!(%error, "the window could not be reached");
    }
}

fn show_reminders(handle: &AppHandle) {
    let inner = handle.clone();
    let asked = handle.run_on_main_thread(move || {
        if let Err(error) = reminder_window::show(&inner) {
            tracing::error!(%error, "the window of the reminders could not be shown");
        }
    });
    if let Err(error) = asked {
        tracing::error!(%error, "the window of the reminders could not be reached");
    }
}

/// Makes start at login what the settings say, once the person was asked.
fn follow_autostart(handle: &AppHandle) {
    let wanted = match handle.state::<Running>().app.settings() {
        Ok(settings) => settings.start_at_login,
        Err(failure) => {
            tracing::error!(%failure, "the settings could not be read");
            return;
        }
    };
    let autostart = handle.autolaunch();
    let done = match (wanted, autostart.is_enabled()) {
        (Some(true), Ok(false)) => autostart.enable(),
        (Some(false), Ok(true)) => autostart.disable(),
        (Some(_) | None, Ok(_)) => Ok(()),
        (_, Err(error)) => Err(error),
    };
    if let Err(error) = done {
        tracing::error!(%error, "start at login could not be changed");
    }
}

/// Without a window the program goes on in the tray; at the end the engine finishes what it is at.
pub(crate) fn on_run_event(handle: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::ExitRequested { code: None, api, .. } if window::has_tray(handle) => api.prevent_exit(),
        RunEvent::Exit => {
            let engine = handle.state::<Running>().engine.lock().unwrap_or_else(PoisonError::into_inner).take();
            drop(engine);
        }
        _ => {}
    }
}
