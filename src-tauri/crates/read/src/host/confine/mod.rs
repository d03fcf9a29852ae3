//! The sandbox of a reading child. Whatever a file makes of the libraries, the child cannot reach a network, start a
//! program, write a file, read a file that is no library, font or model, or touch another process.
//!
//! - `calls`: system calls, by seccomp: a list of those that reading needs; all others are refused
//! - `files`: folders, by Landlock, as far as the kernel supports it

#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod files;

use crate::ReadOptions;

/// How far reading children are confined on this system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sandbox {
    /// Only the system calls that reading needs pass (seccomp).
    pub calls: bool,
    /// Version of the Landlock interface by which their files are limited; `None` where the kernel has none: then a child
    /// can read what the user can read, but still write nothing and send nothing.
    pub landlock: Option<u32>,
}

/// Confines this thread and all that it starts.
///
/// # Errors
/// A message, if the system refuses to filter system calls. A kernel without Landlock is no error: see [`Sandbox`].
#[cfg(target_os = "linux")]
pub(super) fn confine(options: &ReadOptions) -> Result<Sandbox, String> {
    let landlock = files::confine(options).map_err(|e| format!("files could not be closed off: {e}"))?;
    calls::confine().map_err(|e| format!("system calls could not be closed off: {e}"))?;
    Ok(Sandbox { calls: true, landlock })
}

/// Confines this thread and LibreOffice, which it becomes: it may start what is installed, and write into one folder;
/// it has no network and cannot connect to any socket.
///
/// # Errors
/// A message, if the system refuses, or if it has no Landlock: then the program could read all that the user can.
#[cfg(target_os = "linux")]
pub(super) fn confine_libre_office(folder: &std::path::Path) -> Result<(), String> {
    let landlock = files::confine_libre_office(folder).map_err(|e| format!("files could not be closed off: {e}"))?;
    landlock.ok_or("this kernel cannot close off files (Landlock)")?;
    calls::confine_libre_office().map_err(|e| format!("system calls could not be closed off: {e}"))
}

/// On other systems the child is a separate process, but is not confined.
#[cfg(not(target_os = "linux"))]
pub(super) fn confine(_: &ReadOptions) -> Result<Sandbox, String> {
    Ok(Sandbox::default())
}

/// What [`confine`] achieves on this system, found out by confining a thread that does nothing else.
pub(crate) fn probe(options: &ReadOptions) -> Sandbox {
    let options = options.clone();
    #[expect(clippy::disallowed_methods, reason = "it ends at once and is waited for")]
    let confined = std::thread::spawn(move || confine(&options)).join();
    match confined {
        Ok(Ok(sandbox)) => sandbox,
        Ok(Err(error)) => {
            tracing::error!(error, "readers cannot be shut off");
            Sandbox::default()
        }
        Err(_) => {
            tracing::error!("it could not be found out whether readers can be shut off");
            Sandbox::default()
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
