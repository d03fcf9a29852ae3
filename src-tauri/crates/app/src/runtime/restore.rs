//! The way back: a state of a backup becomes a profile again.
//!
//! It is written beside the profile, looked at as a whole, and only then takes the place of the profile, by renaming folders. The
//! folder that was there before is kept under another name.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use backup::{Repository, Restored, Snapshot, SnapshotId, Watcher};
use chrono::{DateTime, Utc};
use disk::crash_point;
use domain::{By, Clock, FailureCode, Ids};
use serde::Serialize;
use store::{Finding, Op, Place, Store};
use ts_rs::TS;
use vault::{KeyFile, Keys};

use crate::profile::RESTORED;
use crate::runtime::backup_state::repository_in;
use crate::runtime::beside::{io, remove, rename};
use crate::runtime::encryption;
use crate::{Failure, Profile};

/// The end of the name of a folder that is being restored into.
const RESTORING: &str = "restoring";
/// The end of the name of the folder that was there before.
const BEFORE: &str = "before-restore";

/// How long, and how often, to wait for the program that was started again.
const MOMENT: std::time::Duration = std::time::Duration::from_millis(50);
const MOMENTS: u32 = 60;

/// A state of a backup that can be brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BackupState {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Files in it.
    #[ts(type = "number")]
    pub files: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RestoredProfile {
    /// The state that it is.
    pub at: DateTime<Utc>,
    /// Originals that came back.
    #[ts(type = "number")]
    pub letters: u64,
    /// Their bytes and those of the database.
    #[ts(type = "number")]
    pub bytes: u64,
    /// What was wrong already when the backup was made.
    pub findings: Vec<String>,
    /// Where the folder is that was there before, if there was one.
    pub before: Option<String>,
    /// It takes its place at the next start.
    pub at_next_start: bool,
}

/// The states in a backup folder, the newest first.
///
/// # Errors
/// [`FailureCode::BackupAway`], [`FailureCode::NoBackup`], [`FailureCode::BadWords`] or [`FailureCode::WrongPassword`].
pub fn states(folder: &Path, words: &str) -> Result<Vec<BackupState>, Failure> {
    let snapshots = unlocked(folder, words)?.snapshots()?;
    Ok(snapshots.into_iter().map(state).collect())
}

fn unlocked(folder: &Path, words: &str) -> Result<Repository, Failure> {
    Ok(Repository::unlock(&repository_in(folder), &backup::typed_words(words)?)?)
}

fn state(snapshot: Snapshot) -> BackupState {
    let Snapshot { id, at, files, bytes } = snapshot;
    BackupState { id: id.0, at: DateTime::from_timestamp(at, 0).unwrap_or_default(), files, bytes }
}

/// Which state of which backup to bring back.
pub struct RestoreFrom<'a> {
    /// The backup folder.
    pub folder: &'a Path,
    /// The words that open it.
    pub words: &'a str,
    /// The id of the state, or its beginning; none: the newest.
    pub state: Option<&'a str>,
    /// The password of the profile, if it is encrypted. Its own words do, too; they may be those of the backup.
    pub password: Option<&'a str>,
}

/// Brings a state back as the profile. A profile that is in use is not touched: the state then waits beside it and takes its place
/// when the program starts again.
///
/// # Errors
/// Those of [`states`]; [`FailureCode::NotFound`] if there is no such state; [`FailureCode::BackupDamaged`] and those of the disk. Then nothing
/// was changed.
pub fn restore(
    profile: &Profile,
    from: &RestoreFrom<'_>,
    (clock, ids): (Arc<dyn Clock>, Arc<dyn Ids>),
    watcher: &Arc<dyn Watcher>,
) -> Result<RestoredProfile, Failure> {
    let repository = unlocked(from.folder, from.words)?;
    let states = repository.snapshots()?;
    let chosen = match from.state {
        Some(id) => states.into_iter().find(|state| state.id.0.starts_with(id)),
        None => states.into_iter().next(),
    };
    let chosen = chosen.ok_or_else(|| Failure::new(FailureCode::NotFound, "There is no such state in this backup."))?;
    let into = profile.beside(RESTORING);
    // What an interrupted restore has left.
    remove(&into)?;
    let Restored { bytes, .. } = repository.restore(&SnapshotId(chosen.id.0.clone()), &into, watcher)?;
    crash_point!("restore.written");
    let keys = keys_of(&into, from)?;
    let (letters, findings) = looked_at(Place { folder: into.clone(), keys }, clock, ids)?;
    crash_point!("restore.looked_at");
    let ready = profile.beside(RESTORED);
    remove(&ready)?;
    rename(&into, &ready)?;
    crash_point!("restore.ready");
    let placed = put_in_place(profile)?;
    Ok(RestoredProfile {
        at: state(chosen).at,
        letters,
        bytes,
        findings,
        at_next_start: placed.is_none(),
        before: placed.flatten().map(|before| before.display().to_string()),
    })
}

/// What opens the profile that came back, if it is encrypted.
fn keys_of(folder: &Path, from: &RestoreFrom<'_>) -> Result<Option<Arc<Keys>>, Failure> {
    if !KeyFile::is_in(folder) {
        return Ok(None);
    }
    match from.password {
        Some(password) => encryption::keys_of(folder, password).map(Some),
        None => encryption::keys_of(folder, from.words).map(Some).map_err(|failure| match failure.code {
            FailureCode::WrongPassword => Failure::new(
                FailureCode::Locked,
                "The data in this backup is encrypted besides. Please type its password, or its own twelve words.",
            ),
            _ => failure,
        }),
    }
}

/// Opens what came back, which also brings its tables up to date, and looks whether it is whole.
fn looked_at(place: Place, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Result<(u64, Vec<String>), Failure> {
    let store = Store::open(place, clock, ids)?;
    // A key that was revoked since the backup must not come back with it.
    store.write(By::Program, Op::Ledger, |w| w.end_keys())?;
    let verified = store.verify(None, &|_, _| true)?.unwrap_or_default();
    let findings = verified.findings.iter().map(|finding| match finding {
        Finding::Database { says } | Finding::Reference { says } => Err(Failure::new(
            FailureCode::BackupDamaged,
            format!(
                "The database in this backup is damaged ({says}). Please choose an older state; nothing was changed."
            ),
        )),
        Finding::Missing { name, .. } | Finding::Changed { name, .. } => Ok(name.clone()),
        Finding::Unreadable { path } | Finding::Unknown { path } => Ok(path.display().to_string()),
        Finding::Index { letters } => Ok(format!("{letters} not in the search index")),
        Finding::History { says } => Ok(format!("history: {says}")),
    });
    let findings = findings.collect::<Result<_, _>>()?;
    Ok((verified.originals, findings))
}

/// The same at the start of the program: the one that was started again may not have ended yet.
///
/// # Errors
/// Those of [`put_in_place`].
pub(crate) fn put_in_place_soon(profile: &Profile) -> Result<(), Failure> {
    for _ in 0..MOMENTS {
        if put_in_place(profile)?.is_some() || !profile.beside(RESTORED).is_dir() {
            return Ok(());
        }
        std::thread::sleep(MOMENT);
    }
    tracing::warn!("a restored profile waits until no other process has the profile open");
    Ok(())
}

/// Puts a restored profile in the place of the profile, if one waits and nobody has the profile open. Gives the folder that was there
/// before, if there was one; the outer none says that nothing was done.
///
/// # Errors
/// [`FailureCode::Io`] if a folder cannot be renamed.
pub(crate) fn put_in_place(profile: &Profile) -> Result<Option<Option<PathBuf>>, Failure> {
    let ready = profile.beside(RESTORED);
    if !ready.is_dir() || Store::is_open_in(&profile.folder) {
        return Ok(None);
    }
    let is_empty = || fs::read_dir(&profile.folder).is_ok_and(|mut entries| entries.next().is_none());
    let before = if !profile.folder.exists() {
        None
    } else if is_empty() {
        fs::remove_dir(&profile.folder).map_err(io(&profile.folder))?;
        None
    } else {
        let free = (1_u32..).map(|number| profile.beside(&format!("{BEFORE}-{number}"))).find(|path| !path.exists());
        let before = free.unwrap_or_else(|| profile.beside(BEFORE));
        rename(&profile.folder, &before)?;
        crash_point!("restore.set_aside");
        Some(before)
    };
    rename(&ready, &profile.folder)?;
    crash_point!("restore.in_place");
    tracing::info!(profile = %profile.folder.display(), "a restored profile took its place");
    Ok(Some(before))
}
