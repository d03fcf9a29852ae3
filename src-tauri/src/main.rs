//! The desktop shell around [`app::App`]: window, tray, page pictures, start at login. It decides nothing about
//! letters. The window reaches the program through `rpc`, which runs commands of the one list.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod environment;
mod link;
mod lock;
mod navigation;
mod page_images;
mod reminder_window;
mod rpc;
mod sleep;
mod start;
mod start_failure;
mod tray;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use app::{App, EngineOptions, Failure, Keys, LockedReminder, Parts, Profile, Supervisor, encryption};
use clap::Parser;
use domain::FailureCode;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_autostart::MacosLauncher;

/// Workmate Private.
#[derive(Clone, Debug, Parser)]
#[command(name = "workmate", version)]
struct Arguments {
    /// Data folder, instead of the usual one.
    #[arg(long, value_name = "DIR")]
    profile: Option<PathBuf>,
    /// Start in the tray, without a window.
    #[arg(long)]
    hidden: bool,
    /// Start locked: the program that was open hands over on standard input what is to be reminded of.
    #[arg(long, hide = true)]
    locked: bool,
    /// Files or folders to take in, or links such as `workmate://task/<id>`.
    files: Vec<PathBuf>,
}

fn main() -> anyhow::Result<ExitCode> {
    if let Some(ended) = app::serve_as_reader() {
        return Ok(ended);
    }
    let arguments = Arguments::parse();
    environment::prepare()?;
    app::log::init();
    // Ends when the program that was open has ended.
    let coming = if arguments.locked { lock::handed_over() } else { Vec::new() };
    let folder = std::env::current_dir()?;
    let located = Profile::locate(arguments.profile.as_deref());

    let mut builder = tauri::Builder::default();
    if let Ok(profile) = &located {
        let single = tauri_plugin_single_instance::Builder::new()
            .dbus_id(start::bus_name(profile))
            .callback(|handle, arguments, folder| start::started_again(handle, &arguments, Path::new(&folder)))
            .build();
        // An absolute path, so that each profile has its own key.
        let window_state = profile.folder.join("window.json").display().to_string();
        builder = builder
            .plugin(single)
            .plugin(tauri_plugin_window_state::Builder::default().with_filename(window_state).build());
    }
    // `generate_context!` spawns a thread of its own.
    #[expect(clippy::disallowed_methods, reason = "Tauri's own macro")]
    builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_autostart::init(MacosLauncher::LaunchAgent, Some(vec!["--hidden"])))
        .register_asynchronous_uri_scheme_protocol("page", page_images::serve)
        .invoke_handler(tauri::generate_handler![rpc::rpc, lock::lock_state, lock::unlock, lock::call_off])
        .on_window_event(window::on_event)
        .setup(move |tauri| {
            begin(tauri.handle(), Arc::new(Beginning { located, arguments, folder, coming }));
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("the window could not be started; on Linux it needs WebKitGTK 4.1 and a display")?
        .run(start::on_run_event);
    Ok(ExitCode::SUCCESS)
}

/// The arguments of the program.
struct Beginning {
    located: Result<Profile, Failure>,
    arguments: Arguments,
    folder: PathBuf,
    /// What is to be reminded of while it is locked.
    coming: Vec<LockedReminder>,
}

/// Opens the profile and shows the window. If that fails, shows why; the person can try again.
fn begin(handle: &AppHandle, beginning: Arc<Beginning>) {
    if let Err(failure) = open(handle, &beginning) {
        start_failure::show(handle, &failure, move |handle| begin(handle, Arc::clone(&beginning)));
    }
}

fn open(handle: &AppHandle, beginning: &Arc<Beginning>) -> Result<(), Failure> {
    let Beginning { located, arguments, .. } = beginning.as_ref();
    if handle.try_state::<Running>().is_none() {
        let profile = located.clone()?;
        if arguments.locked || encryption::pending(&profile)?.is_some() {
            return lock::ask(handle, beginning);
        }
        match run(handle, profile, None) {
            Err(failure) if failure.code == FailureCode::Locked => return lock::ask(handle, beginning),
            running => running?,
        }
    }
    show(handle, beginning)
}

/// Opens the profile, with the keys of an encrypted one, and starts what runs in it.
fn run(handle: &AppHandle, profile: Profile, keys: Option<Arc<Keys>>) -> Result<(), Failure> {
    let mut parts = Parts { keys, ..Parts::with_children() };
    parts.channels.push(&reminder_window::OWN_WINDOW);
    // A full disk, or one that cannot be written, still lets one read.
    let app = App::open_to_look(profile, parts)?;
    // Roles that another process has are taken over when it ends; the window works all the same.
    let mut supervisor = Supervisor::start(&app, "app", EngineOptions::ALL)?;
    supervisor.lock_when_left()?;
    sleep::lock_before(&app);
    handle.manage(Running { app, supervisor: Some(supervisor).into() });
    reminder_window::OWN_WINDOW.ready(handle);
    Ok(())
}

/// Shows the tray and the window of the open program.
fn show(handle: &AppHandle, beginning: &Beginning) -> Result<(), Failure> {
    let Beginning { arguments, folder, .. } = beginning;
    let app = Arc::clone(&handle.state::<Running>().app);
    let no_window = |error: &dyn std::fmt::Display| {
        Failure::new(FailureCode::NoWindow, format!("No window can be shown: {error}."))
    };
    tray::build(handle, &app).map_err(|error| no_window(&error))?;
    start::pass_events_on(handle, &app);
    if !(arguments.hidden && window::has_tray(handle)) {
        window::show(handle).map_err(|error| no_window(&error))?;
    }
    start::open_all(handle, &arguments.files, folder);
    Ok(())
}

/// What runs behind the window. The supervisor is dropped at the end, so that its threads finish their present work.
struct Running {
    app: Arc<App>,
    supervisor: std::sync::Mutex<Option<Supervisor>>,
}
