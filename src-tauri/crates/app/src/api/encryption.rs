//! Encryption of the profile: what opens it, and locking.

use domain::{FailureCode, ReminderState};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vault::OpenedBy;

use crate::api::reminders;
use crate::runtime::conversion::{self, Conversion};
use crate::runtime::encryption;
use crate::runtime::events::{AppEvent, Changed};
use crate::runtime::locking::LockedReminder;
use crate::settings::WhileLocked;
use crate::{App, Failure};

/// So many reminders are handed over to the locked program, the next ones.
const MOST: usize = 200;

/// How the data lies on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EncryptionView {
    /// Nobody reads it without a password.
    pub encrypted: bool,
    /// This system can encrypt it.
    pub possible: bool,
    /// What it becomes at the next start.
    pub pending: Option<Conversion>,
    /// The secret store of the system opens it when the program starts.
    pub opens_by_itself: bool,
}

/// What to encrypt with.
#[derive(Clone, Deserialize, TS)]
pub struct TurnEncryptionOn {
    /// The password.
    pub password: String,
    /// The twelve words, as the person typed them from the paper.
    pub words: String,
}

/// The password, or the twelve words.
#[derive(Clone, Deserialize, TS)]
pub struct TypedPassword {
    /// What was typed.
    pub password: String,
}

/// Another password.
#[derive(Clone, Deserialize, TS)]
pub struct ChangePassword {
    /// The one until now, or the twelve words.
    pub password: String,
    /// The one from now on.
    pub new_password: String,
}

/// Whether the secret store of the system opens the data.
#[derive(Clone, Deserialize, TS)]
pub struct OpenBySecretStore {
    /// The password, or the twelve words.
    pub password: String,
    /// It does from now on; else it does no more.
    pub wanted: bool,
}

/// Whether the data is encrypted, and what opens it.
pub fn get(app: &App, _: ()) -> Result<EncryptionView, Failure> {
    let encrypted = app.is_encrypted();
    let opened_by = if encrypted { encryption::opened_by(&app.profile)? } else { Vec::new() };
    Ok(EncryptionView {
        encrypted,
        possible: cfg!(target_os = "linux"),
        pending: conversion::pending(&app.profile)?,
        opens_by_itself: opened_by.contains(&OpenedBy::SecretStore),
    })
}

/// What opens the data lies beside the database, so the window is told by hand.
fn changed(app: &App) -> Result<EncryptionView, Failure> {
    app.tell(&AppEvent::Changed(Changed { settings: true, ..Changed::default() }));
    get(app, ())
}

/// Encrypt the data at the next start.
///
/// # Errors
/// `password_too_short`, `bad_words`, and `bad_input` if it is encrypted already or the system cannot.
pub fn turn_on(app: &App, with: TurnEncryptionOn) -> Result<EncryptionView, Failure> {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new(FailureCode::BadInput, "On this system the data cannot be encrypted yet."));
    }
    conversion::ask_for_encryption(&app.profile, &with.password, &with.words)?;
    changed(app)
}

/// Write the data without encryption at the next start.
///
/// # Errors
/// `wrong_password`, and `not_found` if it is not encrypted.
pub fn turn_off(app: &App, typed: TypedPassword) -> Result<EncryptionView, Failure> {
    conversion::ask_for_plain(&app.profile, &typed.password)?;
    changed(app)
}

/// Leave the data as it is at the next start.
pub fn call_off(app: &App, _: ()) -> Result<EncryptionView, Failure> {
    conversion::call_off(&app.profile)?;
    changed(app)
}

/// Another password from now on.
///
/// # Errors
/// `wrong_password`, `password_too_short`, and `not_found` if the data is not encrypted.
pub fn change_password(app: &App, change: ChangePassword) -> Result<(), Failure> {
    encryption::change_password(&app.profile, &change.password, &change.new_password)
}

/// Other words on paper from now on; the ones until now open nothing any more.
///
/// # Errors
/// `wrong_password`, `bad_words`, and `not_found` if the data is not encrypted.
pub fn change_words(app: &App, change: TurnEncryptionOn) -> Result<(), Failure> {
    encryption::change_words(&app.profile, &change.password, &change.words)
}

/// Let the secret store of the system open the data when the program starts, or no more.
///
/// # Errors
/// `wrong_password`, `no_secrets`, and `not_found` if the data is not encrypted.
pub fn open_by_itself(app: &App, wanted: OpenBySecretStore) -> Result<EncryptionView, Failure> {
    encryption::open_by_secret_store(&app.profile, app.secrets.as_ref(), &wanted.password, wanted.wanted)?;
    changed(app)
}

/// Lock the data: nothing of it stays in memory or on the screen until the password is typed.
///
/// # Errors
/// `not_found` if the data is not encrypted.
pub fn lock(app: &App, _: ()) -> Result<(), Failure> {
    app.lock()
}

/// The person is at the window: the data is not locked by itself yet.
pub fn stay(app: &App, _: ()) -> Result<(), Failure> {
    app.note_presence();
    Ok(())
}

impl App {
    /// The reminders to come, in as many words as the person allows while the data is locked.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn reminders_while_locked(&self) -> Result<Vec<LockedReminder>, Failure> {
        let said = self.settings()?.while_locked;
        if said == WhileLocked::Nothing {
            return Ok(Vec::new());
        }
        let (now, coming) = (self.now(), reminders::list(self, ())?.into_iter());
        let waits = |state| matches!(state, ReminderState::Planned | ReminderState::Snoozed);
        let mut coming: Vec<LockedReminder> = coming
            .filter(|view| view.next_at > now && waits(view.state))
            .map(|view| LockedReminder {
                at: view.next_at,
                title: (said == WhileLocked::Everything).then_some(view.title),
            })
            .collect();
        // That something is due is said once at a time.
        coming.dedup();
        coming.truncate(MOST);
        Ok(coming)
    }
}
