//! Locks an encrypted profile before the computer sleeps, as the system announces it (logind, `PrepareForSleep`).

use std::sync::Arc;

use app::App;

/// Listens for it in the background. Without such a system, an encrypted profile is locked by a key and after a while only.
#[cfg(target_os = "linux")]
pub(crate) fn lock_before(app: &Arc<App>) {
    if !app.is_encrypted() {
        return;
    }
    let weak = Arc::downgrade(app);
    let begun = app.in_background("sleep", move || {
        if let Err(error) = listen(&weak) {
            tracing::info!(%error, "the system does not say when it sleeps");
        }
    });
    if let Err(failure) = begun {
        tracing::warn!(%failure, "nobody listens for the sleep of the computer");
    }
}

#[cfg(target_os = "linux")]
fn listen(app: &std::sync::Weak<App>) -> zbus::Result<()> {
    use zbus::blocking::{Connection, Proxy};
    let system = Connection::system()?;
    let logind =
        Proxy::new(&system, "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")?;
    // The system waits for a moment with it.
    let wait = || -> zbus::Result<zbus::zvariant::OwnedFd> {
        logind.call("Inhibit", &("sleep", "Workmate Private", "Letters are locked", "delay"))
    };
    let mut held = wait().ok();
    for signal in logind.receive_signal("PrepareForSleep")? {
        let begins: bool = signal.body().deserialize()?;
        let Some(app) = app.upgrade() else { return Ok(()) };
        if begins {
            if let Err(failure) = app.before_sleep() {
                tracing::error!(%failure, "the data could not be locked before the computer sleeps");
            }
            drop(held.take());
        } else {
            held = wait().ok();
        }
    }
    Ok(())
}

/// Other systems are not asked yet.
#[cfg(not(target_os = "linux"))]
pub(crate) fn lock_before(_: &Arc<App>) {}
