//! An opened profile ([`App`](app::App)) and what runs in it: the engine with its inbox folder and jobs, reminders.
//!
//! May import `actions` and `ports`; never `api`.

pub(crate) mod app;
pub(crate) mod backup_state;
pub(crate) mod backups;
pub(crate) mod beside;
pub(crate) mod cache;
pub(crate) mod chance;
pub(crate) mod conversion;
pub(crate) mod encryption;
pub(crate) mod engine;
pub(crate) mod events;
pub(crate) mod import;
pub(crate) mod inbox;
pub(crate) mod jobs;
pub(crate) mod keys;
pub(crate) mod locking;
pub mod log;
pub(crate) mod members;
pub(crate) mod moving;
pub(crate) mod own_disk;
pub(crate) mod pace;
pub(crate) mod passwords;
pub(crate) mod progress;
pub(crate) mod reader;
pub(crate) mod recompute;
pub(crate) mod restore;
pub(crate) mod results;
pub(crate) mod roles;
pub(crate) mod scheduler;
pub(crate) mod second_reading;
pub(crate) mod supervisor;
pub(crate) mod threads;
pub(crate) mod trash;

pub(crate) mod wake;
