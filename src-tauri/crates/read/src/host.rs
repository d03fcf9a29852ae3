//! The one door to native code. Today the work runs in this process; a child process takes the same place later.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::ReadError;

/// Runs the work on one file. A panic, as some bindings raise on broken files, becomes an error of that file.
pub(crate) fn run<T>(name: &str, work: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    caught(work).unwrap_or_else(|detail| Err(ReadError::Engine { name: name.to_owned(), detail }))
}

/// The result of `work`, or the message of its panic.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // What the work touches (a document, an engine) is dropped with the panic, never used again.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message(panic.as_ref()))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("unknown panic").to_owned()
}
