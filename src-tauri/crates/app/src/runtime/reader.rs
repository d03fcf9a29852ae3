//! This program as a reading child of itself.

use std::path::PathBuf;
use std::process::ExitCode;

/// Environment variable: `here` reads files in this process, where a broken file may end it. For debugging, or for a
/// system that allows no children.
pub const READER_VARIABLE: &str = "WORKMATE_READER";

/// If this process was started as a reading child, reads files until its parent is gone and returns the exit code.
/// Call it first in `main`.
pub fn serve_as_reader() -> Option<ExitCode> {
    (std::env::args_os().nth(1)? == read::READER_ARGUMENT).then(read::serve)
}

/// The path of this program, for starting children; none if files are to be read in this process.
pub(crate) fn own_program() -> Option<PathBuf> {
    if std::env::var_os(READER_VARIABLE).is_some_and(|place| place == "here") {
        return None;
    }
    // This path stays valid while an update replaces the program.
    #[cfg(target_os = "linux")]
    return Some(PathBuf::from("/proc/self/exe"));
    #[cfg(not(target_os = "linux"))]
    return std::env::current_exe().ok();
}
