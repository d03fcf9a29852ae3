//! The program without a face: commands, jobs, scheduler, settings, undo.
//!
//! Imports all rooms below and nothing above. Start at [`COMMANDS`]: the one list from which come dispatch, the
//! TypeScript types, the command line's `call` and its documentation. [`App`] is one opened profile; [`Engine`] is what
//! runs in it (inbox folder, jobs, reminders), in one process at a time.

mod app;
mod arrange;
mod bindings;
mod cases;
mod clock;
pub mod command;
mod commands;
mod derived;
mod engine;
mod failure;
mod filing;
mod generate;
mod import;
mod inbox;
mod inspect;
mod jobs;
mod learning;
mod members;
mod page_image;
mod passwords;
mod payment;
mod profile;
mod reader;
mod scheduler;
mod secrets;
mod settings;
mod show;
pub mod text;
mod tray;
pub mod views;
mod wake;

pub use app::{App, Parts};
pub use bindings::typescript;
pub use clock::{RandomIds, SystemClock};
pub use commands::*;
pub use connect::{Answer, Channel, ChannelError, Message, Severity};
pub use engine::{Duties, Engine, Follow};
pub use failure::Failure;
pub use import::files_below;
pub use inspect::{Inspection, Inspector, PlanFor, PlannedView};
pub use page_image::Picture;
pub use profile::{PROFILE_VARIABLE, Profile};
pub use read::{Kinds, Password};
pub use reader::{READER_VARIABLE, serve_as_reader};
pub use scheduler::Scheduler;
pub use secrets::{Secrets, SecretsError, SystemSecrets};
pub use settings::{Language, Settings, Theme};
pub use tray::{TrayTask, TrayView};
