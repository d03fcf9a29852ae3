//! A plain profile becomes encrypted, an encrypted one plain.
//!
//! It is asked for in the running program and done at the next start, before the profile is opened: the new one is written into a
//! folder beside it, compared, and takes its place by renaming. Whatever interrupts it, one whole profile is there, and the next
//! start goes on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use disk::{Disk as _, RealDisk, crash_point};
use domain::FailureCode;
use serde::{Deserialize, Serialize};
use store::{Place, Store};
use ts_rs::TS;
use vault::{KEY_FILES, Keys};

use crate::profile::{CONVERTED, COPIES};
use crate::runtime::beside::{io, remove, rename};
use crate::runtime::encryption;
use crate::{Failure, Profile};

/// The end of the name of the folder that is written.
const CONVERTING: &str = "converting";
/// The end of the name of the folder that was the profile before.
const BEFORE: &str = "before-conversion";
/// In the folder that is written: where to.
const ORDER: &str = "convert.json";

/// What the program itself keeps in a profile, and writes anew. All else is the person's, and moves along.
const OWN: [&str; 15] = [
    "archive",
    COPIES,
    "backups",
    "cache",
    "window",
    "workmate.db",
    "workmate.db-wal",
    "workmate.db-shm",
    "profile.id",
    "changed",
    "engine.lock",
    "reminders.lock",
    "schema.lock",
    "store.lock",
    "backup.lock",
];

/// What a profile becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Conversion {
    /// Encrypted.
    Encrypted,
    /// Readable without a key.
    Plain,
}

#[derive(Serialize, Deserialize)]
struct Order {
    to: Conversion,
}

/// What is asked for, and not done yet.
///
/// # Errors
/// [`FailureCode::Io`] if that cannot be read.
pub fn pending(profile: &Profile) -> Result<Option<Conversion>, Failure> {
    let path = profile.beside(CONVERTING).join(ORDER);
    match fs::read(&path) {
        Ok(order) => match serde_json::from_slice::<Order>(&order) {
            Ok(order) => Ok(Some(order.to)),
            Err(error) => Err(io(&path)(error.into())),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io(&path)(error)),
    }
}

/// Asks for encryption by this password and these words, at the next start.
///
/// # Errors
/// Those of [`make_key_file`](encryption::make_key_file).
pub fn ask_for_encryption(profile: &Profile, password: &str, words: &str) -> Result<(), Failure> {
    if encryption::is_encrypted(profile) {
        return Err(Failure::new(FailureCode::BadInput, "The data is encrypted already."));
    }
    let folder = anew(profile)?;
    encryption::make_key_file(&folder, password, words)?;
    // The words were typed in, not only shown: they open what follows.
    encryption::keys_of(&folder, words)?;
    order(&folder, Conversion::Encrypted)
}

/// Asks for a profile without encryption, at the next start.
///
/// # Errors
/// [`FailureCode::WrongPassword`], [`FailureCode::NotFound`] if it is not encrypted, and those of the disk.
pub fn ask_for_plain(profile: &Profile, typed: &str) -> Result<(), Failure> {
    encryption::keys_of(&profile.folder, typed)?;
    order(&anew(profile)?, Conversion::Plain)
}

/// Asks for nothing any more. The profile is as it was.
///
/// # Errors
/// [`FailureCode::Io`].
pub fn call_off(profile: &Profile) -> Result<(), Failure> {
    remove(&profile.beside(CONVERTING))
}

fn anew(profile: &Profile) -> Result<PathBuf, Failure> {
    let folder = profile.beside(CONVERTING);
    remove(&folder)?;
    RealDisk.make_folder(&folder).map_err(io(&folder))?;
    Ok(folder)
}

fn order(folder: &Path, to: Conversion) -> Result<(), Failure> {
    let path = folder.join(ORDER);
    let order = serde_json::to_vec(&Order { to }).map_err(|error| io(&path)(error.into()))?;
    disk::replace(&RealDisk, &path, &order).map_err(io(&path))
}

/// The keys that whoever opens the profile gives: of the one that is there, or of the one that is being made.
///
/// # Errors
/// [`FailureCode::WrongPassword`], [`FailureCode::KeysGone`].
pub fn unlock(profile: &Profile, typed: &str) -> Result<Arc<Keys>, Failure> {
    match pending(profile)? {
        Some(Conversion::Encrypted) => encryption::keys_of(&profile.beside(CONVERTING), typed),
        Some(Conversion::Plain) | None => encryption::keys_of(&profile.folder, typed),
    }
}

/// Does what is asked for. `goes_on` hears how many letters of how many are done; if it says no, the next try goes on there, and
/// `false` is returned.
///
/// # Errors
/// Those of [`Store::convert`]. Then the profile is as it was.
pub fn convert(profile: &Profile, keys: &Arc<Keys>, goes_on: &dyn Fn(u64, u64) -> bool) -> Result<bool, Failure> {
    let Some(to) = pending(profile)? else { return Ok(true) };
    let folder = profile.beside(CONVERTING);
    let with = |folder: &Path, keys: Option<&Arc<Keys>>| Place { folder: folder.to_owned(), keys: keys.cloned() };
    let (from, into) = match to {
        Conversion::Encrypted => (with(&profile.folder, None), with(&folder, Some(keys))),
        Conversion::Plain => (with(&profile.folder, Some(keys)), with(&folder, None)),
    };
    let Some(converted) = Store::convert(&from, &into, goes_on)? else { return Ok(false) };
    if !converted.strange.is_empty() {
        tracing::warn!(files = ?converted.strange, "files in the archive that are not the program's stay as they are");
    }
    let order = folder.join(ORDER);
    RealDisk.unlink(&order).and_then(|()| RealDisk.sync_folder(&folder)).map_err(io(&order))?;
    remove(&profile.beside(BEFORE))?;
    rename(&folder, &profile.beside(CONVERTED))?;
    crash_point!("convert.whole");
    finish(profile)?;
    Ok(true)
}

/// Puts a converted profile in its place, and removes the one before, wherever that was interrupted. Does nothing while another process
/// has the profile open.
///
/// # Errors
/// [`FailureCode::Io`] if a folder cannot be renamed or removed. It goes on at the next start.
pub(crate) fn finish(profile: &Profile) -> Result<(), Failure> {
    let (converted, before) = (profile.beside(CONVERTED), profile.beside(BEFORE));
    if converted.is_dir() {
        if profile.folder.exists() {
            if Store::is_open_in(&profile.folder) {
                return Ok(());
            }
            rename(&profile.folder, &before)?;
            crash_point!("convert.set_aside");
        }
        rename(&converted, &profile.folder)?;
        crash_point!("convert.in_place");
    }
    if !before.is_dir() || !Store::is_in(&profile.folder) {
        return Ok(());
    }
    for entry in fs::read_dir(&before).map_err(io(&before))? {
        let entry = entry.map_err(io(&before))?;
        let (name, to) = (entry.file_name(), profile.folder.join(entry.file_name()));
        let is_own = name.to_str().is_some_and(|name| OWN.contains(&name) || KEY_FILES.contains(&name));
        if !is_own && fs::symlink_metadata(&to).is_err() {
            rename(&entry.path(), &to)?;
        }
    }
    crash_point!("convert.others_moved");
    remove(&before)?;
    crash_point!("convert.done");
    Ok(())
}
