//! The desktop shell: window, tray, page pictures and start at login around [`app::App`]. Nothing here decides anything
//! about letters; what the window can ask for is the one command list, reached through `rpc`.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod environment;
mod link;
mod page_images;
mod reminder_window;
mod rpc;
mod start;
mod tray;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use app::{App, Duties, Engine, Parts, Profile};
use clap::Parser;
use tauri::Manager as _;
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
    let filter = tracing_subscriber::EnvFilter::try_from_env("WORKMATE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let profile = Profile::locate(arguments.profile.as_deref())?;

    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(start::bus_name(&profile))
        .callback(|handle, arguments, folder| start::started_again(handle, &arguments, Path::new(&folder)))
        .build();
    // A whole path, so that each profile has its own.
    let window_state = profile.folder.join("window.json").display().to_string();
    tauri::Builder::default()
        .plugin(single)
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().with_filename(window_state).build())
        .plugin(tauri_plugin_autostart::init(MacosLauncher::LaunchAgent, Some(vec!["--hidden"])))
        .register_asynchronous_uri_scheme_protocol("page", page_images::serve)
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .on_window_event(window::on_event)
        .setup(move |tauri| {
            let mut parts = Parts::with_children();
            parts.channels.push(&reminder_window::OWN_WINDOW);
            let app = App::open(profile, parts)?;
            let engine = match Engine::start(&app, "app", Duties::ALL) {
                Ok(engine) => Some(engine),
                // `watch` runs it: the window shows and changes everything all the same.
                Err(failure) if failure.code == "engine_held" => None,
                Err(failure) => return Err(failure.into()),
            };
            let follow = if engine.is_none() { app.follow()? } else { None };
            tauri.manage(Running { app: Arc::clone(&app), engine: engine.into(), _follow: follow });
            reminder_window::OWN_WINDOW.ready(tauri.handle());
            tray::build(tauri.handle(), &app)?;
            start::pass_events_on(tauri.handle(), &app);
            if !(arguments.hidden && window::has_tray(tauri.handle())) {
                window::show(tauri.handle())?;
            }
            start::open_all(tauri.handle(), &arguments.files, &std::env::current_dir()?);
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("the window could not be started; on Linux it needs WebKitGTK 4.1 and a display")?
        .run(start::on_run_event);
    Ok(ExitCode::SUCCESS)
}

/// What runs behind the window. The engine is let go at the end, so that its threads finish what they are at.
struct Running {
    app: Arc<App>,
    engine: std::sync::Mutex<Option<Engine>>,
    _follow: Option<app::Follow>,
}
