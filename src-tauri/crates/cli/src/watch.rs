//! `watch`: the whole engine without a window.

use std::process::ExitCode;
use std::sync::Arc;

use app::{App, Duties, Engine};

pub(crate) fn run(app: &Arc<App>) -> anyhow::Result<ExitCode> {
    // Says who holds the engine, if another process does.
    let engine = Engine::start(app, "watch", Duties::ALL)?;
    eprintln!(
        "Watching {} for profile {}. Stop with Ctrl-C.",
        app.inbox_folder()?.display(),
        app.profile().folder.display()
    );
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(until_ended())?;
    drop(engine);
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
