//! Runs native code. PDFium, Tesseract and the other native readers can abort or hang, which no thread survives. So
//! they run in children of this same executable ([`Children`]), and a crash is an error of one file. They run in this
//! process only on request: for debugging, or on a platform without children.
//!
//! - `in_process`: the work itself, in whichever process
//! - `children`: the pool of children, and giving work to one of them
//! - `child`: one child: starting, hearing, watching, ending
//! - `socket`: the channel by which a child gets its work
//! - `message`: the messages between program and child
//! - `serve`: the side of the child
//! - `confine`: the sandbox of a child
//! - `libre_office`: LibreOffice in such a sandbox, for office documents

mod child;
mod children;
mod confine;
mod in_process;
mod libre_office;
mod message;
mod serve;
mod socket;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(crate) use children::Children;
pub use confine::Sandbox;
pub(crate) use confine::probe;
pub(crate) use in_process::InProcess;
pub(crate) use libre_office::{as_pdf, libre_office};
pub(crate) use message::Work;
pub use serve::{READER_ARGUMENT, serve};
pub(crate) use socket::HANDS_FILES_OVER;

use serde::{Deserialize, Serialize};

use crate::ocr::SecondReader;
use crate::{Content, Password, Progress};

/// Where the native readers run.
pub(crate) enum Host {
    /// In this process: PDFium takes one caller at a time, OCR runs in parallel, and an abort ends the program.
    InProcess(InProcess),
    /// In children of this program.
    Children(Children),
}

/// A file to work on, and how.
#[derive(Clone, Copy)]
pub(crate) struct FileRequest<'a> {
    /// For messages.
    pub(crate) name: &'a str,
    pub(crate) content: Content<'a>,
    pub(crate) settings: &'a ReadSettings,
}

/// Settings that can change from file to file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ReadSettings {
    /// When the second reader reads pages on which Tesseract is unsure.
    pub(crate) second_reader: SecondReader,
    /// The passwords for locked files.
    pub(crate) passwords: Vec<Password>,
}

/// Callbacks of a piece of work: progress, and whether it is still wanted.
#[derive(Clone, Copy)]
pub(crate) struct Watch<'a> {
    pub(crate) progress: &'a dyn Fn(Progress),
    pub(crate) stopped: &'a dyn Fn() -> bool,
}

impl Watch<'_> {
    /// For short work whose progress nobody watches.
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
