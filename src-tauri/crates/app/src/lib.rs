//! The application without an interface: commands, jobs, scheduler, settings, undo.
//!
//! May import: `domain`, `read`, `understand`, `store`, `vault`, `backup`, `connect`. Start at [`COMMANDS`], the one list of commands:
//! from it come dispatch, the TypeScript types, the `call` of the command line and its documentation. [`App`] is an
//! opened profile; [`Supervisor`] runs it (inbox folder, jobs, reminders), in one process at a time.

mod actions;
pub mod api;
mod failure;
mod generate;
/// What is done with an encrypted profile before it is opened, and with one that is to be.
pub mod encryption {
    pub use crate::runtime::conversion::{ask_for_encryption, ask_for_plain, call_off, convert, pending, unlock};
    pub use crate::runtime::encryption::{change_password, change_words, is_encrypted, open_by_secret_store};
}
mod ports;
mod profile;
mod runtime;
mod settings;
pub mod text;

pub use api::COMMANDS;
pub use api::backups::{BackupFolder, BackupsView, FindingKind, VerificationView, VerifyQuery};
pub use api::bindings::typescript;
pub use api::command;
pub use api::dispatch::CommandResponse;
pub use api::encryption::{ChangePassword, EncryptionView, OpenBySecretStore, TurnEncryptionOn, TypedPassword};
pub use api::inspect::{Inspection, InspectionView, Inspector, PlanFor};
pub use api::keys::{KeyMade, KeyView, NewKey, OneKey};
pub use api::page_image::Picture;
pub use api::tray::{TrayTask, TrayView};
pub use backup::{Unwatched, Watcher, new_words};
pub use connect::{Answer, CHANNELS, Channel, ChannelError, Message, Severity};
pub use failure::Failure;
pub use ports::clock::{RandomIds, SystemClock};
pub use ports::secrets::{Secrets, SecretsError, SystemSecrets};
pub use profile::{OWN_VARIABLES, PROFILE_VARIABLE, Profile};
pub use read::{Kinds, Password};
pub use runtime::app::{App, Parts};
pub use runtime::chance::random_digits;
pub use runtime::conversion::Conversion;
pub use runtime::events::{AppEvent, Changed};
pub use runtime::import::{ImportOutcome, Imported, files_below};
pub use runtime::keys::Admitted;
pub use runtime::locking::{LockedReminder, remind_while_locked};
pub use runtime::log;
pub use runtime::moving::bring::{Brought, ExportView};
pub use runtime::moving::export::Exported;
pub use runtime::moving::paperless::import::PaperlessImported;
pub use runtime::moving::paperless::preview::{PaperlessCount, PaperlessField, PaperlessPreview, PaperlessType};
pub use runtime::moving::state::{MoveKind, MoveProblem, MoveStep, MoveView};
pub use runtime::reader::{READER_VARIABLE, serve_as_reader};
pub use runtime::restore::{BackupState, RestoreFrom, RestoredProfile, restore, states};
pub use runtime::roles::{Roles, RunBy};
pub use runtime::scheduler::Scheduler;
pub use runtime::supervisor::{EngineOptions, Follow, Supervisor};
pub use runtime::threads::{ThreadState, ThreadView};
pub use settings::{Language, Settings, Theme, WhileLocked};
pub use vault::Keys;
