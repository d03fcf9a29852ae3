//! This program as the reader of another one that is the same.

use std::path::PathBuf;
use std::process::ExitCode;

/// Set to `here` to read files inside the program, where a broken one may end it: to look at a fault, or on a system that
/// allows no children.
pub const READER_VARIABLE: &str = "WORKMATE_READER";

/// Reads files for the program that started this one, if that is what it was started for. To be called first in `main`;
/// what it gives is the end.
pub fn serve_as_reader() -> Option<ExitCode> {
    (std::env::args_os().nth(1)? == read::READER_ARGUMENT).then(read::serve)
}

/// This program, unless its files are to be read inside it.
pub(crate) fn own_program() -> Option<PathBuf> {
    if std::env::var_os(READER_VARIABLE).is_some_and(|place| place == "here") {
        return None;
    }
    // Stays the same program while an update puts another one in its place.
    #[cfg(target_os = "linux")]
    return Some(PathBuf::from("/proc/self/exe"));
    #[cfg(not(target_os = "linux"))]
    return std::env::current_exe().ok();
}
