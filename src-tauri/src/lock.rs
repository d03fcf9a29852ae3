//! A locked program: the question for the password, and locking again.
//!
//! Locking ends the program and starts it anew without its keys. What is to be reminded of meanwhile is handed over through a pipe,
//! and lies nowhere.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use app::text::Locale;
use app::{Conversion, Failure, Language, LockedReminder, Profile, SystemClock, encryption, remind_while_locked};
use domain::FailureCode;
use serde::Serialize;
use tauri::{AppHandle, Emitter as _, Manager as _, WebviewUrl, WebviewWindowBuilder};

use crate::navigation::kept_here;
use crate::{Beginning, Running, run, start, tray, window};

/// The label of the window that asks; its permissions are in `capabilities/`.
pub(crate) const LABEL: &str = "lock";
const ADDRESS: &str = "#/lock";
/// How far a conversion is: letters done, and in all.
const PROGRESS: &str = "conversion";

/// A program that waits for the password.
struct Locked {
    beginning: Arc<Beginning>,
    has_tray: AtomicBool,
    /// It is open, so nothing more reminds in this way.
    over: Arc<AtomicBool>,
    /// What was to be opened meanwhile: arguments, and the folder they are seen from.
    waiting: Mutex<Vec<(Vec<String>, PathBuf)>>,
}

/// What the open program hands over to the locked one.
static HANDED_OVER: Mutex<Option<Vec<LockedReminder>>> = Mutex::new(None);

/// What the program that was open has handed over. Returns once that program has ended.
pub(crate) fn handed_over() -> Vec<LockedReminder> {
    let read = std::io::read_to_string(std::io::stdin().lock()).map_err(anyhow::Error::from);
    read.and_then(|text| Ok(serde_json::from_str(&text)?)).unwrap_or_else(|error| {
        tracing::warn!(%error, "nothing reminds until the data is unlocked");
        Vec::new()
    })
}

/// Ends the program, to start it again without its keys.
pub(crate) fn lock(handle: &AppHandle) {
    let Some(running) = handle.try_state::<Running>() else { return };
    let coming = running.app.reminders_while_locked().unwrap_or_else(|failure| {
        tracing::warn!(%failure, "nothing reminds until the data is unlocked");
        Vec::new()
    });
    *HANDED_OVER.lock().unwrap_or_else(PoisonError::into_inner) = Some(coming);
    handle.exit(0);
}

/// At the end of a program that is to be locked: starts the locked one, which waits until this one has ended.
pub(crate) fn begin_again(handle: &AppHandle) {
    let coming = HANDED_OVER.lock().unwrap_or_else(PoisonError::into_inner).take();
    let (Some(coming), Some(running)) = (coming, handle.try_state::<Running>()) else { return };
    let begin = || -> anyhow::Result<()> {
        let mut again = Command::new(std::env::current_exe()?);
        again.arg("--profile").arg(&running.app.profile().folder).arg("--locked").stdin(Stdio::piped());
        if handle.get_webview_window(window::LABEL).is_none() {
            again.arg("--hidden");
        }
        let mut child = again.spawn()?;
        if let Some(pipe) = child.stdin.as_mut() {
            pipe.write_all(serde_json::to_string(&coming)?.as_bytes())?;
        }
        // The pipe closes with this process.
        std::mem::forget(child);
        Ok(())
    };
    if let Err(error) = begin() {
        tracing::error!(%error, "the program could not be started again; the data is locked all the same");
    }
}

/// Asks for the password, and reminds meanwhile.
pub(crate) fn ask(handle: &AppHandle, beginning: &Arc<Beginning>) -> Result<(), Failure> {
    let locale = Locale::choose(Language::System);
    if handle.try_state::<Locked>().is_none() {
        let over = Arc::new(AtomicBool::new(false));
        handle.manage(Locked {
            beginning: Arc::clone(beginning),
            has_tray: AtomicBool::new(false),
            over: Arc::clone(&over),
            waiting: Mutex::default(),
        });
        let there = tray::build_locked(handle, locale).unwrap_or_else(|error| {
            tracing::warn!(%error, "no tray can be shown");
            false
        });
        handle.state::<Locked>().has_tray.store(there, Ordering::Relaxed);
        remind(handle, beginning.coming.clone(), locale, over);
    }
    if beginning.arguments.hidden && has_tray(handle) {
        return Ok(());
    }
    show(handle).map_err(|error| Failure::new(FailureCode::NoWindow, format!("No window can be shown: {error}.")))
}

fn remind(handle: &AppHandle, coming: Vec<LockedReminder>, locale: Locale, over: Arc<AtomicBool>) {
    let inner = handle.clone();
    let opened: Arc<dyn Fn() + Send + Sync> = Arc::new(move || show_soon(&inner));
    tauri::async_runtime::spawn_blocking(move || {
        remind_while_locked(coming, app::CHANNELS, &SystemClock, locale, &opened, &|| over.load(Ordering::Relaxed));
    });
}

/// Does the tray say that the program is locked?
pub(crate) fn has_tray(handle: &AppHandle) -> bool {
    handle.try_state::<Locked>().is_some_and(|locked| locked.has_tray.load(Ordering::Relaxed))
}

/// The program was started again while it is locked: what is to be opened waits.
pub(crate) fn started_again(handle: &AppHandle, arguments: &[String], folder: &Path) {
    let Some(locked) = handle.try_state::<Locked>() else { return };
    locked.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((arguments.to_vec(), folder.to_owned()));
    show_soon(handle);
}

/// Shows the question from any thread.
pub(crate) fn show_soon(handle: &AppHandle) {
    let inner = handle.clone();
    let asked = handle.run_on_main_thread(move || {
        if let Err(error) = show(&inner) {
            tracing::error!(%error, "the question for the password cannot be shown");
        }
    });
    if let Err(error) = asked {
        tracing::error!(%error, "the main thread could not be reached");
    }
}

/// Shows the window that asks.
pub(crate) fn show(handle: &AppHandle) -> tauri::Result<()> {
    if let Some(window) = handle.get_webview_window(LABEL) {
        window.show()?;
        window.unminimize()?;
        return window.set_focus();
    }
    kept_here(WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::App(ADDRESS.into())))
        .title(Locale::choose(Language::System).is_locked())
        .inner_size(520.0, 520.0)
        .min_inner_size(420.0, 420.0)
        .disable_drag_drop_handler()
        .build()
        .map(drop)
}

/// What the question says.
#[derive(Serialize)]
pub(crate) struct LockState {
    /// What is done with the data once the password is right.
    pending: Option<Conversion>,
}

/// Says what the question is about.
#[tauri::command]
pub(crate) fn lock_state(handle: AppHandle) -> Result<LockState, Failure> {
    Ok(LockState { pending: encryption::pending(&profile(&handle)?)? })
}

/// Opens the data with the password or the twelve words, and does first what was asked for.
#[tauri::command]
pub(crate) async fn unlock(handle: AppHandle, password: String) -> Result<(), Failure> {
    let broke = |error: &dyn std::fmt::Display| {
        Failure::new(FailureCode::Internal, format!("Unlocking broke off: {error}. Please try again."))
    };
    let inner = handle.clone();
    let opened = tauri::async_runtime::spawn_blocking(move || -> Result<Option<Arc<app::Keys>>, Failure> {
        let profile = profile(&inner)?;
        let pending = encryption::pending(&profile)?;
        let keys = encryption::unlock(&profile, &password)?;
        encryption::convert(&profile, &keys, &|done, total| {
            // A window that is closed meanwhile needs not be told.
            drop(inner.emit_to(LABEL, PROGRESS, (done, total)));
            true
        })?;
        Ok(match pending {
            Some(Conversion::Plain) => None,
            Some(Conversion::Encrypted) | None => Some(keys),
        })
    });
    let keys = opened.await.map_err(|error| broke(&error))??;
    let (tell, told) = std::sync::mpsc::channel();
    let inner = handle.clone();
    let asked = handle.run_on_main_thread(move || {
        // Whoever asked is waiting.
        drop(tell.send(go_on(&inner, keys)));
    });
    asked.map_err(|error| broke(&error))?;
    let waited = tauri::async_runtime::spawn_blocking(move || told.recv());
    waited.await.map_err(|error| broke(&error))?.map_err(|error| broke(&error))?
}

fn go_on(handle: &AppHandle, keys: Option<Arc<app::Keys>>) -> Result<(), Failure> {
    let locked = handle.state::<Locked>();
    if handle.try_state::<Running>().is_none() {
        run(handle, profile(handle)?, keys)?;
    }
    locked.over.store(true, Ordering::Relaxed);
    crate::show(handle, &locked.beginning)?;
    let asking = handle.get_webview_window(LABEL);
    if let Some(Err(error)) = asking.map(|window| window.destroy()) {
        tracing::warn!(%error, "the question for the password stays on the screen");
    }
    let waiting = std::mem::take(&mut *locked.waiting.lock().unwrap_or_else(PoisonError::into_inner));
    for (arguments, folder) in waiting {
        start::started_again(handle, &arguments, &folder);
    }
    Ok(())
}

/// Leaves the data as it is, instead of what was asked for, and starts again.
#[tauri::command]
pub(crate) fn call_off(handle: AppHandle) -> Result<(), Failure> {
    encryption::call_off(&profile(&handle)?)?;
    handle.request_restart();
    Ok(())
}

fn profile(handle: &AppHandle) -> Result<Profile, Failure> {
    handle.state::<Locked>().beginning.located.clone()
}
