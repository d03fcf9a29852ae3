//! Backups, the way back, and the check of the profile.

use std::path::Path;
use std::sync::Arc;

use backup::{Unwatched, Watcher};
use chrono::{DateTime, Duration, Utc};
use domain::{By, FailureCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{BackupMade, Op, VerificationRow};
use ts_rs::TS;

use crate::api::settings::{self, ChangeSetting};
use crate::runtime::backup_state::EVERY_HOURS;
use crate::runtime::events::AppEvent;
use crate::runtime::restore::{self, BackupState, RestoreFrom, RestoredProfile};
use crate::{App, Failure};

/// A backup that is older than this many days is a reason to say so.
const OLD_DAYS: i64 = 7;

/// How the backups stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupStanding {
    /// No folder is chosen.
    Off,
    /// One is made now.
    Runs,
    /// The one that is made is held up.
    Paused,
    /// One is due, and its disk is not plugged in.
    Waits,
    /// The last one failed.
    Failed,
    /// All is well until the next one.
    Rests,
}

/// A backup that was found whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BackupView {
    /// When it was made and looked at.
    pub at: DateTime<Utc>,
    /// Files in it: originals and the database.
    #[ts(type = "number")]
    pub files: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Bytes that the backup grew by.
    #[ts(type = "number")]
    pub added: u64,
}

/// What is shown of backups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BackupsView {
    /// How they stand.
    pub standing: BackupStanding,
    /// The folder with the repository.
    pub folder: Option<String>,
    /// It is on the same disk as the letters.
    pub same_disk: bool,
    /// Bytes done of the one that is made now.
    #[ts(type = "number | null")]
    pub done: Option<u64>,
    /// Bytes in all.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// The last one that was found whole.
    pub last: Option<BackupView>,
    /// Why the last try failed, or what the next one waits for.
    pub failure: Option<Failure>,
    /// When the next one is due.
    pub next: Option<DateTime<Utc>>,
    /// The last one is so old that the person should know.
    pub is_old: bool,
    /// The last check of the profile.
    pub verified: Option<VerificationView>,
}

/// What a check of the profile found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct VerificationView {
    /// When.
    pub at: DateTime<Utc>,
    /// Originals that were read.
    #[ts(type = "number")]
    pub originals: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Steps of the history whose chain was followed.
    #[ts(type = "number")]
    pub steps: u64,
    /// What is wrong.
    pub findings: Vec<FindingView>,
    /// More findings than are named.
    #[ts(type = "number")]
    pub more: u64,
}

/// Something that is wrong with the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FindingView {
    /// Which sort: `missing`, `changed`, `unreadable`, `unknown`, `database`, `reference`, `index`, `history`.
    pub finding: FindingKind,
    /// What it is about: a file name, a path, or what the database says.
    pub what: String,
    /// Where it is, or should be.
    pub path: Option<String>,
}

/// Sorts of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// An original that is not in the archive.
    Missing,
    /// An original that is not what came in.
    Changed,
    /// A file or folder that cannot be read.
    Unreadable,
    /// A file that belongs to no letter.
    Unknown,
    /// The database is damaged.
    Database,
    /// An entry refers to one that is not there.
    Reference,
    /// The search index does not fit.
    Index,
    /// A step of the history is not as it was recorded.
    History,
}

/// A folder for backups, and the words that open it.
#[derive(Clone, Deserialize, TS)]
pub struct BackupFolder {
    /// The folder.
    pub folder: String,
    /// The twelve words.
    pub words: String,
}

/// Which state to bring back.
#[derive(Clone, Deserialize, TS)]
pub struct RestoreBackup {
    /// The backup folder.
    pub folder: String,
    /// The twelve words.
    pub words: String,
    /// The id of the state; the newest if left out.
    #[serde(default)]
    pub state: Option<String>,
    /// The password of the data, if that is encrypted besides and does not have the same words.
    #[serde(default)]
    #[ts(optional)]
    pub password: Option<String>,
}

/// Which originals to read.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct VerifyQuery {
    /// This part …
    pub part: Option<u32>,
    /// … of so many; all if left out.
    pub parts: Option<u32>,
}

/// How the backups stand.
pub fn get(app: &App, _: ()) -> Result<BackupsView, Failure> {
    let folder = app.settings()?.backup_folder;
    let (last, newest, verified) =
        app.store.read(|r| Ok((r.last_backup()?, r.backups(1)?.into_iter().next(), r.last_verification()?)))?;
    let present = app.backups.present().clone();
    let now = app.now();
    let last = last.and_then(|row| {
        row.outcome.ok().map(|BackupMade { files, bytes, added, .. }| BackupView {
            at: row.ended_at,
            files,
            bytes,
            added,
        })
    });
    let failed = newest.and_then(|row| row.outcome.err()).map(|(code, message)| Failure::new(code, message));
    let standing = match (&folder, present.progress) {
        (None, _) => BackupStanding::Off,
        (Some(_), Some(_)) if present.paused => BackupStanding::Paused,
        (Some(_), Some(_)) => BackupStanding::Runs,
        (Some(_), None) if present.waits.is_some() => BackupStanding::Waits,
        (Some(_), None) if failed.is_some() => BackupStanding::Failed,
        (Some(_), None) => BackupStanding::Rests,
    };
    let is_old = folder.is_some() && last.as_ref().is_some_and(|last| is_old(last.at, now));
    Ok(BackupsView {
        standing,
        same_disk: folder.as_deref().is_some_and(|folder| is_same_disk(Path::new(folder), app.store.profile())),
        done: present.progress.map(|(done, _)| done),
        total: present.progress.map(|(_, total)| total),
        failure: present.waits.or(failed).filter(|_| folder.is_some()),
        next: last
            .as_ref()
            .filter(|_| folder.is_some())
            .and_then(|last| last.at.checked_add_signed(Duration::hours(EVERY_HOURS))),
        last,
        is_old,
        verified: verified.map(verification),
        folder,
    })
}

/// Is a backup of this time a reason to say so?
fn is_old(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now.checked_sub_signed(Duration::days(OLD_DAYS)).is_some_and(|limit| at < limit)
}

/// When the last backup was made, if backups are made and that is long ago.
pub(super) fn old_backup(app: &App) -> Result<Option<DateTime<Utc>>, Failure> {
    let last = app.store.read(|r| r.last_backup())?.map(|row| row.ended_at);
    match last.filter(|at| is_old(*at, app.now())) {
        Some(old) if app.settings()?.backup_folder.is_some() => Ok(Some(old)),
        Some(_) | None => Ok(None),
    }
}

/// On the same disk: a backup does not help when that breaks. Where it cannot be found out, it is not said.
fn is_same_disk(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let disk = |path: &Path| std::fs::metadata(path).ok().map(|data| data.dev());
        disk(one).is_some_and(|one| Some(one) == disk(other))
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        false
    }
}

fn verification(VerificationRow { at, verified }: VerificationRow) -> VerificationView {
    use store::Finding as F;
    let view = |finding, what: String, path: Option<String>| FindingView { finding, what, path };
    let shown = |path: std::path::PathBuf| path.display().to_string();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let findings = verified.findings.into_iter().map(|finding| match finding {
        F::Missing { name, path } => view(FindingKind::Missing, name, Some(shown(path))),
        F::Changed { name, path } => view(FindingKind::Changed, name, Some(shown(path))),
        F::Unreadable { path } => view(FindingKind::Unreadable, name(&path), Some(shown(path))),
        F::Unknown { path } => view(FindingKind::Unknown, name(&path), Some(shown(path))),
        F::Database { says } => view(FindingKind::Database, says, None),
        F::Reference { says } => view(FindingKind::Reference, says, None),
        F::Index { letters } => view(FindingKind::Index, letters.to_string(), None),
        F::History { says } => view(FindingKind::History, says, None),
    });
    VerificationView {
        at,
        originals: verified.originals,
        bytes: verified.bytes,
        steps: verified.steps,
        findings: findings.collect(),
        more: verified.more,
    }
}

/// Twelve new words for a backup. They are stored nowhere.
pub fn words(_: &App, _: ()) -> Result<String, Failure> {
    Ok(backup::new_words()?)
}

/// Makes backups into a folder from now on.
pub fn set_up(app: &App, BackupFolder { folder, words }: BackupFolder) -> Result<BackupsView, Failure> {
    let folder = app.set_up_backups(Path::new(&folder), &words)?;
    let known = app.settings()?.backup_folder;
    if known.as_deref().map(Path::new) != Some(folder.as_path()) {
        app.store.write(By::Program, Op::Ledger, |w| w.forget_backups())?;
        set_folder(app, json!(folder.display().to_string()))?;
    }
    wanted(app);
    get(app, ())
}

fn set_folder(app: &App, value: Value) -> Result<(), Failure> {
    settings::change(app, ChangeSetting { key: "backup_folder".to_owned(), value }).map(drop)
}

fn wanted(app: &App) {
    app.backups.present().wanted = true;
    app.backups.wake.ring();
    app.tell_backups();
}

/// Make a backup now.
pub fn run(app: &App, _: ()) -> Result<BackupsView, Failure> {
    if app.settings()?.backup_folder.is_none() {
        return Err(Failure::new(
            FailureCode::NoBackup,
            "No backup folder is chosen yet. Please choose one in the settings.",
        ));
    }
    wanted(app);
    get(app, ())
}

/// Hold up the backup that is being made.
pub fn pause(app: &App, _: ()) -> Result<BackupsView, Failure> {
    hold(app, true)
}

/// Go on with it.
pub fn resume(app: &App, _: ()) -> Result<BackupsView, Failure> {
    hold(app, false)
}

fn hold(app: &App, paused: bool) -> Result<BackupsView, Failure> {
    app.backups.present().paused = paused;
    app.backups.wake.ring();
    app.tell_backups();
    get(app, ())
}

/// Break off the backup that is being made.
pub fn break_off(app: &App, _: ()) -> Result<BackupsView, Failure> {
    app.backups.break_off();
    get(app, ())
}

/// Make no more backups. Those that are there stay.
pub fn turn_off(app: &App, _: ()) -> Result<BackupsView, Failure> {
    app.backups.break_off();
    set_folder(app, Value::Null)?;
    get(app, ())
}

/// The states of a backup that can be brought back.
pub fn states(_: &App, BackupFolder { folder, words }: BackupFolder) -> Result<Vec<BackupState>, Failure> {
    restore::states(Path::new(&folder), &words)
}

/// Bring a state of a backup back in place of this profile, at the next start.
pub fn restore(
    app: &App,
    RestoreBackup { folder, words, state, password }: RestoreBackup,
) -> Result<RestoredProfile, Failure> {
    let from = RestoreFrom {
        folder: Path::new(&folder),
        words: &words,
        state: state.as_deref(),
        password: password.as_deref(),
    };
    let watcher: Arc<dyn Watcher> = Arc::new(Unwatched);
    restore::restore(&app.profile, &from, (Arc::clone(&app.clock), Arc::clone(&app.ids)), &watcher)
}

/// Start the program again, so that a restored profile takes its place. Only the window does it.
pub fn restart(app: &App, _: ()) -> Result<(), Failure> {
    app.tell(&AppEvent::Restart);
    Ok(())
}

/// Look whether every original is there and unchanged, and whether the database is whole.
pub fn verify(app: &App, VerifyQuery { part, parts }: VerifyQuery) -> Result<VerificationView, Failure> {
    let part = match (part, parts) {
        (None, None) => None,
        (Some(part), Some(parts)) if (1..=parts).contains(&part) => Some((part, parts)),
        (Some(_), _) | (_, Some(_)) => {
            let message = "A part is given as a number and how many there are, such as 1 of 10.";
            return Err(Failure::new(FailureCode::BadInput, message));
        }
    };
    match app.verify_while(part, &|_, _| true)? {
        Some(row) => Ok(verification(row)),
        None => Err(Failure::new(FailureCode::Cancelled, "The check was broken off.")),
    }
}
