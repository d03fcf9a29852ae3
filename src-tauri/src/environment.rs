//! The environment that native libraries read at their start.

/// WebKitGTK: blank windows on many graphics drivers, and some 65 MB more, with the DMA-BUF renderer.
/// OpenMP: Tesseract is five times slower with threads of its own.
/// glibc: pictures of pages go back to the system when they are freed, instead of staying with each thread.
const WANTED: &[(&str, &str)] = &[
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ("OMP_THREAD_LIMIT", "1"),
    ("MALLOC_ARENA_MAX", "2"),
    ("MALLOC_TRIM_THRESHOLD_", "131072"),
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
];

/// Sets what is missing, by starting this same program once more in this same process: the libraries look at the
/// environment before `main` does.
pub(crate) fn prepare() -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::process::CommandExt as _;
        let missing: Vec<_> = WANTED.iter().filter(|(name, _)| std::env::var_os(name).is_none()).collect();
        if !missing.is_empty() {
            let mut again = std::process::Command::new(std::env::current_exe()?);
            again.args(std::env::args_os().skip(1)).envs(missing.into_iter().copied());
            // Comes back only if it failed.
            return Err(again.exec().into());
        }
    }
    Ok(())
}
