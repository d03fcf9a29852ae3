//! The keys of an encrypted profile: what opens it, and changes to that.

use std::path::Path;
use std::sync::Arc;

use disk::RealDisk;
use domain::FailureCode;
use vault::{DataKey, KeyFile, Keys, OpenedBy, VaultError};

use crate::ports::secrets::Secrets;
use crate::runtime::chance::random_digits;
use crate::{Failure, Profile};

/// The fewest letters of a password. Argon2id makes each try slow; a shorter one would still be found.
const FEWEST_LETTERS: usize = 8;

/// Is the profile encrypted? If that cannot be found out, it may be.
pub fn is_encrypted(profile: &Profile) -> bool {
    KeyFile::is_in(&profile.folder)
}

/// The keys of a folder with a key file, by its password or its twelve words.
///
/// # Errors
/// [`FailureCode::WrongPassword`] if neither opens it; [`FailureCode::KeysGone`] if the key file is missing or damaged.
pub(crate) fn keys_of(folder: &Path, typed: &str) -> Result<Arc<Keys>, Failure> {
    let data_key = opened(&key_file(folder)?, typed)?;
    Ok(Arc::new(Keys::of(&data_key)?))
}

/// The keys by the secret store of the system, where the profile is encrypted and the person wants that. Nothing more is tried: whoever
/// has no such key types the password.
pub(crate) fn keys_by_secret_store(profile: &Profile, secrets: &dyn Secrets) -> Option<Arc<Keys>> {
    let file = KeyFile::load(&profile.folder).ok().flatten()?;
    if !file.slots().contains(&OpenedBy::SecretStore) {
        return None;
    }
    let found = secrets.get(&secret(profile)).map_err(|error| error.to_string()).and_then(|key| {
        let key = key.ok_or("the key is not in the secret store of the system")?;
        let data_key = file.unlock(OpenedBy::SecretStore, &key).map_err(|error| error.to_string())?;
        Keys::of(&data_key).map_err(|error| error.to_string())
    });
    found.map(Arc::new).inspect_err(|error| tracing::info!(error, "the password is asked for")).ok()
}

/// A new key file in a folder, opened by a password and by words.
///
/// # Errors
/// [`FailureCode::PasswordTooShort`], [`FailureCode::BadWords`], and those of the disk.
pub(crate) fn make_key_file(folder: &Path, password: &str, words: &str) -> Result<(), Failure> {
    long_enough(password)?;
    let words = backup::typed_words(words)?;
    let data_key = DataKey::random()?;
    let mut file = KeyFile::new();
    file.set(OpenedBy::Password, password, &data_key)?;
    file.set(OpenedBy::Words, &words, &data_key)?;
    Ok(file.save(&RealDisk, folder)?)
}

/// Another password from now on. What opened the profile besides goes on to open it.
///
/// # Errors
/// [`FailureCode::WrongPassword`] if `typed` is neither the password nor the words; [`FailureCode::PasswordTooShort`].
pub fn change_password(profile: &Profile, typed: &str, new: &str) -> Result<(), Failure> {
    long_enough(new)?;
    change(profile, typed, |file, data_key| Ok(file.set(OpenedBy::Password, new, data_key)?))
}

/// Other words from now on: those on the paper that was lost open nothing any more.
///
/// # Errors
/// [`FailureCode::WrongPassword`], [`FailureCode::BadWords`].
pub fn change_words(profile: &Profile, typed: &str, words: &str) -> Result<(), Failure> {
    let words = backup::typed_words(words)?;
    change(profile, typed, |file, data_key| Ok(file.set(OpenedBy::Words, &words, data_key)?))
}

/// Lets the secret store of the system open the profile when the program starts, or no more.
///
/// # Errors
/// [`FailureCode::WrongPassword`], [`FailureCode::NoSecrets`].
pub fn open_by_secret_store(
    profile: &Profile,
    secrets: &dyn Secrets,
    typed: &str,
    wanted: bool,
) -> Result<(), Failure> {
    change(profile, typed, |file, data_key| {
        if wanted {
            let key = random_digits()?;
            secrets.set(&secret(profile), &key)?;
            Ok(file.set(OpenedBy::SecretStore, &key, data_key)?)
        } else {
            file.remove(OpenedBy::SecretStore);
            Ok(())
        }
    })?;
    if !wanted {
        // What is left opens nothing.
        secrets.remove(&secret(profile))?;
    }
    Ok(())
}

/// What opens the profile.
///
/// # Errors
/// [`FailureCode::KeysGone`].
pub(crate) fn opened_by(profile: &Profile) -> Result<Vec<OpenedBy>, Failure> {
    Ok(key_file(&profile.folder)?.slots())
}

fn change(
    profile: &Profile,
    typed: &str,
    change: impl FnOnce(&mut KeyFile, &DataKey) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut file = key_file(&profile.folder)?;
    let data_key = opened(&file, typed)?;
    change(&mut file, &data_key)?;
    Ok(file.save(&RealDisk, &profile.folder)?)
}

fn key_file(folder: &Path) -> Result<KeyFile, Failure> {
    KeyFile::load(folder)?.ok_or_else(|| {
        let folder = folder.display();
        Failure::new(FailureCode::NotFound, format!("The data in {folder} is not encrypted: there is no key file."))
    })
}

/// By the password; or by the words, however they are typed.
fn opened(file: &KeyFile, typed: &str) -> Result<DataKey, Failure> {
    match backup::typed_words(typed) {
        Ok(words) => match file.unlock(OpenedBy::Words, &words) {
            Err(VaultError::WrongSecret) => Ok(file.unlock(OpenedBy::Password, typed)?),
            opened => Ok(opened?),
        },
        Err(_) => Ok(file.unlock(OpenedBy::Password, typed)?),
    }
}

fn long_enough(password: &str) -> Result<(), Failure> {
    if password.chars().count() >= FEWEST_LETTERS {
        return Ok(());
    }
    let message =
        format!("Please take a password of at least {FEWEST_LETTERS} letters; several words make a good one.");
    Err(Failure::new(FailureCode::PasswordTooShort, message))
}

/// Name of the secret that opens the profile in this folder.
fn secret(profile: &Profile) -> String {
    format!("data in {}", profile.folder.display())
}
