//! Environment variables that native libraries read when the program starts.

/// The variables, each with the value that is set if the user has set none:
/// - WebKitGTK: no DMA-BUF renderer, which leaves windows blank on many graphics drivers and takes some 65 MB more.
/// - OpenMP: one thread; Tesseract is five times slower with threads of its own.
/// - glibc: freed page pictures go back to the system instead of staying with each thread.
const WANTED: &[(&str, &str)] = &[
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ("OMP_THREAD_LIMIT", "1"),
    ("MALLOC_ARENA_MAX", "2"),
    ("MALLOC_TRIM_THRESHOLD_", "131072"),
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
];

/// Sets the missing variables by replacing this process with itself (`exec`): libraries read the environment before
/// `main`.
pub(crate) fn prepare() -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::process::CommandExt as _;
        let missing: Vec<_> = WANTED.iter().filter(|(name, _)| std::env::var_os(name).is_none()).collect();
        if !missing.is_empty() {
            let mut again = std::process::Command::new(std::env::current_exe()?);
            let names: Vec<_> = missing.iter().map(|(name, _)| *name).collect();
            again.args(std::env::args_os().skip(1)).env(app::OWN_VARIABLES, names.join(","));
            again.envs(missing.into_iter().copied());
            // `exec` returns only if it failed.
            return Err(again.exec().into());
        }
    }
    Ok(())
}
