//! Starting the program, starting it a second time, and passing events to the window.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use app::AppEvent;
use app::{App, Failure, Imported, Profile};
use clap::Parser as _;
use domain::SourceId;
use tauri::{AppHandle, Emitter as _, Manager as _, RunEvent};
use tauri_plugin_autostart::ManagerExt as _;

use crate::link::Opening;
use crate::{Arguments, Running, lock, reminder_window, tray, window};

/// The key by which a second start finds the window of this profile. It is made from the profile, so that two profiles
/// can be open at the same time.
pub(crate) fn bus_name(profile: &Profile) -> String {
    let mut hasher = DefaultHasher::new();
    profile.folder.hash(&mut hasher);
    format!("private.workmate.profile{:016x}", hasher.finish())
}

/// The program was started again for this profile, in `folder`: bring the window up and open what is named.
pub(crate) fn started_again(handle: &AppHandle, arguments: &[String], folder: &Path) {
    if handle.try_state::<Running>().is_none() {
        // Locked: what is to be opened waits for the password. Else the first start is still showing why it cannot go on.
        lock::started_again(handle, arguments, folder);
        return;
    }
    if let Err(error) = window::show(handle) {
        tracing::error!(%error, "the window could not be shown");
    }
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => open_all(handle, &arguments.files, folder),
        Err(error) => tracing::warn!(%error, "the arguments of the second start were not understood"),
    }
}

/// Takes in the files that were given as arguments, and opens the window at a link.
pub(crate) fn open_all(handle: &AppHandle, arguments: &[PathBuf], folder: &Path) {
    let mut files = Vec::new();
    for argument in arguments {
        match Opening::of(argument, folder) {
            Opening::File(file) => files.push(file),
            Opening::Place(address) => open(handle, address),
            Opening::Unknown(link) => tracing::warn!(link, "a link leads nowhere"),
        }
    }
    ingest(handle, files);
}

/// Takes in files in the background and tells the window what became of each.
pub(crate) fn ingest(handle: &AppHandle, files: Vec<PathBuf>) {
    if files.is_empty() {
        return;
    }
    let Some(running) = handle.try_state::<Running>() else { return };
    let inner = handle.clone();
    let begun = running.app.in_background("take in", move || {
        let imported = inner.state::<Running>().app.import(&files, SourceId::Drop);
        if let Err(failure) = &imported {
            tracing::error!(%failure, code = %failure.code, "files could not be taken in");
        }
        tell_imported(&inner, imported);
    });
    if let Err(failure) = begun {
        tell_imported(handle, Err(failure));
    }
}

fn tell_imported(handle: &AppHandle, imported: Result<Vec<Imported>, Failure>) {
    if let Err(error) = handle.emit("imported", imported) {
        tracing::error!(%error, "the window could not be told what became of the files");
    }
}

/// Runs `work` on the main thread, as windows and tray require. A panic there would end the program, so it is caught.
pub(crate) fn on_main_thread(handle: &AppHandle, what: &'static str, work: impl FnOnce(&AppHandle) + Send + 'static) {
    let inner = handle.clone();
    let asked = handle.run_on_main_thread(move || {
        let app = Arc::clone(&inner.state::<Running>().app);
        app.guard(what, || work(&inner));
    });
    if let Err(error) = asked {
        tracing::error!(%error, what, "the main thread could not be reached");
    }
}

/// Passes events to the window and the tray.
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
            AppEvent::Roles(_) => {}
            AppEvent::Restart => handle.request_restart(),
            AppEvent::Lock => lock::lock(&handle),
            AppEvent::OpenDocument { id } => open(&handle, format!("#/documents/{id}")),
            AppEvent::OpenTask { id } => open(&handle, format!("#/tasks/{id}")),
            AppEvent::OpenToday => open(&handle, "#/today".to_owned()),
            AppEvent::ShowReminders => show_reminders(&handle),
        }
    });
}

/// Shows the window at an address of the interface.
fn open(handle: &AppHandle, address: String) {
    on_main_thread(handle, "window", move |handle| {
        if let Err(error) = window::show_at(handle, &address) {
            tracing::error!(%error, "the window could not be shown");
        }
    });
}

fn show_reminders(handle: &AppHandle) {
    on_main_thread(handle, "window of the reminders", |handle| {
        if let Err(error) = reminder_window::show(handle) {
            tracing::error!(%error, "the window of the reminders could not be shown");
        }
    });
}

/// Applies the setting for start at login, once the person was asked.
fn follow_autostart(handle: &AppHandle) {
    let wanted = match handle.state::<Running>().app.settings() {
        Ok(settings) => settings.start_at_login,
        Err(failure) => {
            tracing::error!(%failure, code = %failure.code, "the settings could not be read");
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

/// Without a window the program stays in the tray; at the end the engine finishes its present work.
pub(crate) fn on_run_event(handle: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::ExitRequested { code: None, api, .. } if window::has_tray(handle) => api.prevent_exit(),
        RunEvent::Exit => {
            let Some(running) = handle.try_state::<Running>() else { return };
            drop(running.supervisor.lock().unwrap_or_else(PoisonError::into_inner).take());
            running.app.forget_copies();
            lock::begin_again(handle);
        }
        _ => {}
    }
}
