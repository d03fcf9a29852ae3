//! `watch`: the whole engine without a window.

use std::process::ExitCode;
use std::sync::Arc;

use app::{App, EngineOptions, RunBy, Supervisor};

pub(crate) fn run(app: &Arc<App>) -> anyhow::Result<ExitCode> {
    let supervisor = Supervisor::start(app, "watch", EngineOptions::ALL)?;
    if let Some(failure) = supervisor.failure() {
        return Err(failure.into());
    }
    let roles = app.roles()?;
    for (role, what) in [(&roles.engine, "reads letters"), (&roles.reminders, "reminds")] {
        if let RunBy::Elsewhere { pid, kind } = role {
            eprintln!("Process {pid} ({kind}) {what} for this profile. When it ends, this one takes over.");
        }
    }
    eprintln!(
        "Watching {} for profile {}. Stop with Ctrl-C.",
        app.inbox_folder()?.display(),
        app.profile().folder.display()
    );
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(until_ended())?;
    drop(supervisor);
    Ok(ExitCode::SUCCESS)
}

/// Waits for Ctrl-C or a request to end.
pub(crate) async fn until_ended() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            ended = tokio::signal::ctrl_c() => ended,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
