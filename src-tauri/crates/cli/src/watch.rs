//! `watch`: the whole engine without a window.

use std::process::ExitCode;
use std::sync::Arc;

use app::{App, EngineOptions, RunBy, Supervisor};

use crate::output::tell;
use crate::text::say;

pub(crate) fn run(app: &Arc<App>) -> anyhow::Result<ExitCode> {
    let supervisor = Supervisor::start(app, "watch", EngineOptions::ALL)?;
    if let Some(failure) = supervisor.failure() {
        return Err(failure.into());
    }
    let roles = app.roles()?;
    let jobs = [(&roles.engine, say("liest Briefe", "reads letters")), (&roles.reminders, say("erinnert", "reminds"))];
    for (role, what) in jobs {
        if let RunBy::Elsewhere { pid, kind } = role {
            let elsewhere = say(
                format!("Prozess {pid} ({kind}) {what} für dieses Profil. Endet er, übernimmt dieser hier."),
                format!("Process {pid} ({kind}) {what} for this profile. When it ends, this one takes over."),
            );
            tell(elsewhere);
        }
    }
    let (inbox, profile) = (app.inbox_folder()?, &app.profile().folder);
    let (inbox, profile) = (inbox.display(), profile.display());
    let watching = say(
        format!("{inbox} wird beobachtet, für das Profil {profile}. Strg+C beendet."),
        format!("Watching {inbox} for profile {profile}. Stop with Ctrl-C."),
    );
    tell(watching);
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
