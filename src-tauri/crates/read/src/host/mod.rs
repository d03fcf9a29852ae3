//! The one door to native code. PDFium, Tesseract and the other native readers can abort or hang, which no thread
//! survives; so they run in children of this same executable ([`Children`]), and a death of theirs is an error of one
//! file. In this process they run only where that is asked for: to look at a fault, or on a platform without children.
//!
//! - `here`: the work itself, in whatever process it is
//! - `children`: the children at hand, and asking one of them
//! - `child`: one of them: started, heard, watched, ended
//! - `line`: what it takes its work from
//! - `message`: what is said over the pipes
//! - `serve`: the child's own side
//! - `confine`: what a child may not do

mod child;
mod children;
mod confine;
mod here;
mod line;
mod message;
mod serve;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(crate) use children::Children;
pub(crate) use here::Here;
pub(crate) use line::HANDS_FILES_OVER;
pub(crate) use message::Work;
pub use serve::{READER_ARGUMENT, serve};

use serde::{Deserialize, Serialize};

use crate::{Content, Password, Progress};

/// Where the native readers run.
#[expect(clippy::large_enum_variant, reason = "there is one in a program")]
pub(crate) enum Host {
    /// In this process: PDFium takes one caller at a time, OCR runs in parallel, and an abort of theirs is ours.
    Here(Here),
    /// In children of this program.
    Children(Children),
}

/// A file to work on, and how.
#[derive(Clone, Copy)]
pub(crate) struct Order<'a> {
    /// For messages.
    pub(crate) name: &'a str,
    pub(crate) content: Content<'a>,
    pub(crate) wishes: &'a Wishes,
}

/// What may be wished differently for the next file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Wishes {
    /// Whether pages on which Tesseract is unsure are read again.
    pub(crate) second_reader: bool,
    /// What is tried on a locked file.
    pub(crate) passwords: Vec<Password>,
}

/// Whom to tell how far a piece of work is, and whom to ask whether it is still wanted.
#[derive(Clone, Copy)]
pub(crate) struct Watch<'a> {
    pub(crate) progress: &'a dyn Fn(Progress),
    pub(crate) stopped: &'a dyn Fn() -> bool,
}

impl Watch<'_> {
    /// For short work that nobody waits to see the steps of.
    pub(crate) const NOBODY: Watch<'static> = Watch { progress: &|_| {}, stopped: &|| false };
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
