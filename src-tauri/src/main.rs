//! The desktop shell around [`app::App`]: window, tray, page pictures, start at login. It decides nothing about
//! letters. The window reaches the program through `rpc`, which runs commands of the one list.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod environment;
mod link;
mod navigation;
mod page_images;
mod reminder_window;
mod rpc;
mod start;
mod start_failure;
mod tray;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use app::{App, EngineOptions, Failure, Parts, Profile, Supervisor};
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
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .on_window_event(window::on_event)
        .setup(move |tauri| {
            begin(tauri.handle(), Arc::new(Beginning { located, arguments, folder }));
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
}

/// Opens the profile and shows the window. If that fails, shows why; the person can try again.
fn begin(handle: &AppHandle, beginning: Arc<Beginning>) {
    if let Err(failure) = open(handle, &beginning) {
        start_failure::show(handle, &failure, move |handle| begin(handle, Arc::clone(&beginning)));
    }
}

fn open(handle: &AppHandle, beginning: &Beginning) -> Result<(), Failure> {
    let Beginning { located, arguments, folder } = beginning;
    if handle.try_state::<Running>().is_none() {
        let mut parts = Parts::with_children();
        parts.channels.push(&reminder_window::OWN_WINDOW);
        // A full disk, or one that cannot be written, still lets one read.
        let app = App::open_to_look(located.clone()?, parts)?;
        // Roles that another process has are taken over when it ends; the window works all the same.
        let supervisor = Supervisor::start(&app, "app", EngineOptions::ALL)?;
        handle.manage(Running { app, supervisor: Some(supervisor).into() });
        reminder_window::OWN_WINDOW.ready(handle);
    }
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
