//! Finds and loads the PDFium library, and holds its lock.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use pdfium_render::prelude::Pdfium;

/// The build of PDFium this program is made for, see the `Makefile`.
pub(crate) const PDFIUM_BUILD: u32 = 8149;

const FILE: &str = "libpdfium.so";

static TURN: Mutex<()> = Mutex::new(());

/// Finds the PDFium library: `WORKMATE_PDFIUM`, beside the program, in `../lib/workmate` of the program, and in a debug
/// build in the source tree.
pub fn locate_pdfium() -> Option<PathBuf> {
    let named = env::var_os("WORKMATE_PDFIUM").map(PathBuf::from);
    let program = env::current_exe().ok();
    let folder = program.as_deref().and_then(Path::parent);
    let installed = folder.map(|f| [f.join(FILE), f.join("../lib/workmate").join(FILE)]);
    let source =
        cfg!(debug_assertions).then(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/pdfium").join(FILE));
    named.into_iter().chain(installed.into_iter().flatten()).chain(source).find(|path| path.is_file())
}

/// The library, loaded once in a process: the first path that works is kept.
pub(super) fn pdfium(path: &Path) -> Result<&'static Pdfium, String> {
    static PDFIUM: OnceLock<Pdfium> = OnceLock::new();
    let _lock = lock();
    if let Some(pdfium) = PDFIUM.get() {
        return Ok(pdfium);
    }
    let bindings = Pdfium::bind_to_library(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(PDFIUM.get_or_init(|| Pdfium::new(bindings)))
}

/// Waits until no other thread is in PDFium, which is not made for threads.
pub(super) fn lock() -> MutexGuard<'static, ()> {
    // The lock guards no data of ours, so a panic while it was held leaves nothing half done.
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}
