//! Backups: when the next one is due, making it, and checking the profile once a week.
//!
//! A backup holds the database, copied at one moment, and every original. The key of the repository is kept in the secret store
//! of the system; the words on paper open it as well. A disk that is not plugged in is no failure: the backup waits for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use backup::{BackupError, Kept, Repository, RepositoryKey, SourceFile, Watcher};
use chrono::{DateTime, Datelike as _, Utc};
use disk::crash_point;
use domain::{By, FailureCode};
use store::{BackupMade, BackupRow, DATABASE, Op, VerificationRow};
use vault::KEY_FILES;

use crate::ports::secrets::SecretsError;
use crate::profile::COPIES;
use crate::runtime::backup_state::{EVERY_HOURS, Present, is_plugged_in, repository_in};
use crate::runtime::beside::{io, remove};
use crate::runtime::events::{AppEvent, Changed};
use crate::runtime::threads::Pulse;
use crate::{App, Failure};

/// Hours until a backup that failed is tried again by itself.
const AGAIN_HOURS: i64 = 1;
/// Days from one check of the profile to the next.
const CHECK_EVERY_DAYS: i64 = 7;
/// How often to look whether one is due and its disk is plugged in.
const LOOK: Duration = Duration::from_secs(60);
/// So many originals of each backup are read back and compared.
const SAMPLE: usize = 3;
/// The data of the repository is read in so many parts, one a week.
const PARTS: u32 = 52;
/// So many tries back, to find whether a part was read this week.
const TRIES: u32 = 200;
/// A file of each backup: the end of the history, as `history.check` takes it.
const HISTORY_HEAD: &str = "history-head.txt";
/// What lies beside the files of the repository for whoever finds it.
const README: &str = include_str!("backup_readme.txt");

/// Hears of the backup that is being made.
struct Watching {
    app: Arc<App>,
}

impl Watcher for Watching {
    fn is_at(&self, done: u64, total: u64) {
        self.app.backups.present().progress = Some((done, total));
        if self.app.backups.pace.is_due() {
            self.app.tell_backups();
        }
    }

    fn may_go_on(&self) -> bool {
        loop {
            let rings = self.app.backups.wake.rings();
            {
                let present = self.app.backups.present();
                if present.broken_off {
                    return false;
                }
                if !present.paused {
                    return true;
                }
            }
            self.app.backups.wake.wait(rings, LOOK);
        }
    }
}

/// Makes backups, checks the profile and empties the trash when that is due, until the end is asked for.
///
/// # Errors
/// The errors of the [store](store::StoreError#database-errors).
pub(crate) fn keep_up(app: &Arc<App>, pulse: &Pulse) -> Result<(), Failure> {
    // A check reads every letter: not while the program starts.
    let mut has_rested = false;
    loop {
        let rings = app.backups.wake.rings();
        if pulse.is_stopping() {
            return Ok(());
        }
        pulse.beat();
        if app.is_backup_due()?
            && let Err(failure) = app.back_up(&|| pulse.is_stopping())
        {
            tracing::warn!(%failure, code = %failure.code, "no backup was made");
        }
        if has_rested && app.is_check_due()? {
            app.verify_while(None, &|_, _| !pulse.is_stopping())?;
        }
        if has_rested && let Err(failure) = app.empty_old_trash() {
            tracing::warn!(%failure, "what was in the trash for long is still there");
        }
        pulse.waits();
        app.backups.wake.wait(rings, LOOK);
        has_rested = true;
    }
}

impl App {
    fn is_backup_due(&self) -> Result<bool, Failure> {
        let Some(folder) = self.settings()?.backup_folder else { return Ok(false) };
        let wanted = self.backups.present().wanted;
        let (last, newest) = self.store.read(|r| Ok((r.last_backup()?, r.backups(1)?.into_iter().next())))?;
        let now = self.now();
        let older =
            |row: &Option<BackupRow>, hours| row.as_ref().is_none_or(|row| hours_since(row.ended_at, now) >= hours);
        let failed = newest.is_some_and(|row| row.outcome.is_err() && hours_since(row.ended_at, now) < AGAIN_HOURS);
        let due = wanted || (older(&last, EVERY_HOURS) && !failed);
        if !due {
            return Ok(false);
        }
        let away =
            (!is_plugged_in(Path::new(&folder))).then(|| Failure::from(BackupError::NotThere(PathBuf::from(&folder))));
        let waits = away.is_some();
        let changed = {
            let mut present = self.backups.present();
            let changed = present.waits != away;
            present.waits = away;
            changed
        };
        if changed {
            self.tell_backups();
        }
        Ok(!waits)
    }

    fn is_check_due(&self) -> Result<bool, Failure> {
        let (last, busy) = self.store.read(|r| Ok((r.last_verification()?, r.count_under_way()? > 0)))?;
        let now = self.now();
        Ok(!busy && last.is_none_or(|last| hours_since(last.at, now) >= CHECK_EVERY_DAYS * 24))
    }

    /// Makes a backup now, and notes what became of it, unless the program is about to end.
    ///
    /// # Errors
    /// Why no backup was made.
    pub fn back_up(self: &Arc<Self>, is_ending: &dyn Fn() -> bool) -> Result<BackupRow, Failure> {
        let folder = self.settings()?.backup_folder.ok_or_else(no_folder)?;
        let alone = self.store.lock_backups()?.ok_or_else(|| {
            Failure::new(FailureCode::Busy, "Another Workmate is just making a backup of this profile.")
        })?;
        *self.backups.present() = Present { progress: Some((0, 0)), ..Present::default() };
        self.tell_backups();
        let begun_at = self.now();
        let made = if is_ending() { Err(BackupError::BrokenOff.into()) } else { self.make(Path::new(&folder)) };
        drop(alone);
        *self.backups.present() = Present::default();
        let outcome = made.map_err(|failure| (failure.code, failure.message));
        let row = BackupRow { begun_at, ended_at: self.now(), outcome };
        if row.outcome.is_ok() || !is_ending() {
            self.store.write(By::Program, Op::Ledger, |w| w.add_backup(&row))?;
        }
        crash_point!("backup.noted");
        self.tell_backups();
        match &row.outcome {
            Ok(_) => Ok(row),
            Err((code, message)) => Err(Failure::new(*code, message.clone())),
        }
    }

    fn make(self: &Arc<Self>, folder: &Path) -> Result<BackupMade, Failure> {
        let key = self.secrets.get(&secret(folder))?.ok_or_else(|| no_key(folder))?;
        let repository = Repository::open(folder, RepositoryKey::from_secret(&key)?)?;
        let copies = Copies::in_profile(self.store.profile())?;
        let copy = copies.folder.join(DATABASE);
        // The database first: every original that it knows is in the archive then.
        self.store.copy_database(&copy)?;
        crash_point!("backup.database_copied");
        let mut files = Vec::new();
        for path in self.store.originals()? {
            let place = path.strip_prefix(self.store.profile()).unwrap_or(&path).display().to_string();
            files.push(SourceFile { place, path });
        }
        // Without it nobody opens what comes back.
        for name in KEY_FILES.iter().filter(|name| self.store.profile().join(name).is_file()) {
            files.push(SourceFile { place: (*name).to_owned(), path: self.store.profile().join(name) });
        }
        // Where the end of the history lies in a backup, nobody can cut it off or compute it anew unseen.
        if let Some(head) = self.store.read(|r| r.chain_head())? {
            let path = copies.folder.join(HISTORY_HEAD);
            fs::write(&path, format!("{head}\n")).map_err(|source| BackupError::Io { path: path.clone(), source })?;
            files.push(SourceFile { place: HISTORY_HEAD.to_owned(), path });
        }
        let database = SourceFile { place: DATABASE.to_owned(), path: copy };
        let mut sample = self.chosen(&files);
        sample.push(database.clone());
        files.push(database);
        let watcher: Arc<dyn Watcher> = Arc::new(Watching { app: Arc::clone(self) });
        let now = self.now();
        let made = repository.back_up(files, &sample, now.timestamp(), &watcher)?;
        let part = self.part_of_the_week()?;
        if let Some(part) = part {
            repository.check(Some((part, PARTS)))?;
            crash_point!("backup.read_back");
            repository.thin_out(Kept::default(), now.timestamp())?;
            crash_point!("backup.thinned_out");
        }
        Ok(BackupMade {
            snapshot: made.snapshot.id.0,
            files: made.snapshot.files,
            bytes: made.snapshot.bytes,
            added: made.added,
            part,
        })
    }

    /// Some of the files, by chance.
    fn chosen(&self, files: &[SourceFile]) -> Vec<SourceFile> {
        let chance = || {
            let (_, random) = self.ids.uuid().as_u64_pair();
            usize::try_from(random).ok()?.checked_rem(files.len())
        };
        (0..SAMPLE).filter_map(|_| files.get(chance()?).cloned()).collect()
    }

    /// The part of the repository whose data is read this week; none where that was done already.
    fn part_of_the_week(&self) -> Result<Option<u32>, Failure> {
        let zone = self.settings()?.preferences()?.zone;
        let week = |at| domain::today(at, zone).iso_week();
        let now = week(self.now());
        let done = self.store.read(|r| r.backups(TRIES))?;
        let was_read = |row: &BackupRow| row.outcome.as_ref().is_ok_and(|made| made.part.is_some());
        let is_done = done.iter().any(|row| was_read(row) && week(row.ended_at) == now);
        Ok((!is_done).then(|| now.week().min(PARTS)))
    }

    /// Looks whether the profile is whole, and remembers what was found. None if `goes_on` said no.
    ///
    /// # Errors
    /// Those of [`Store::verify`](store::Store::verify).
    pub fn verify_while(
        &self,
        part: Option<(u32, u32)>,
        goes_on: &dyn Fn(u64, u64) -> bool,
    ) -> Result<Option<VerificationRow>, Failure> {
        let Some(verified) = self.store.verify(part, goes_on)? else { return Ok(None) };
        let row = VerificationRow { at: self.now(), verified };
        self.store.write(By::Program, Op::Ledger, |w| w.add_verification(&row))?;
        self.tell_backups();
        Ok(Some(row))
    }

    /// Makes backups into a folder from now on. Where it has a repository already, the words must be its words; else one is made
    /// with them, in a folder of its own if there is something else.
    ///
    /// # Errors
    /// [`FailureCode::BackupInside`], [`FailureCode::BadWords`], [`FailureCode::WrongPassword`], [`FailureCode::NoSecrets`], and those of the disk.
    pub(crate) fn set_up_backups(&self, chosen: &Path, words: &str) -> Result<PathBuf, Failure> {
        let words = backup::typed_words(words)?;
        let folder = repository_in(chosen);
        let (inside, profile) = (real(&folder), real(self.store.profile()));
        if inside.starts_with(&profile) {
            let message = format!(
                "The folder {} lies inside the data folder that is backed up. Please choose one elsewhere, best on \
                 another disk.",
                folder.display()
            );
            return Err(Failure::new(FailureCode::BackupInside, message));
        }
        let repository = if is_plugged_in(&folder) {
            Repository::unlock(&folder, &words)?
        } else {
            let made = Repository::create(&folder, &words)?;
            let readme = folder.join("README.txt");
            fs::write(&readme, README).map_err(|source| BackupError::Io { path: readme, source })?;
            made
        };
        self.secrets.set(&secret(&folder), &repository.key().to_secret()?)?;
        Ok(folder)
    }

    pub(crate) fn tell_backups(&self) {
        self.tell(&AppEvent::Changed(Changed { backups: true, ..Changed::default() }));
    }
}

/// A folder of the profile for copies that are backed up. Only one backup at a time has it.
struct Copies {
    folder: PathBuf,
}

impl Copies {
    fn in_profile(profile: &Path) -> Result<Self, Failure> {
        let folder = profile.join(COPIES);
        // What an interrupted backup has left.
        remove(&folder)?;
        disk::private_folder().create(&folder).map_err(io(&folder))?;
        Ok(Self { folder })
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        if let Err(failure) = remove(&self.folder) {
            tracing::warn!(code = %failure.code, "the copies of a backup are removed by the next one");
        }
    }
}

/// The folder without links, as far as it exists.
fn real(folder: &Path) -> PathBuf {
    folder
        .ancestors()
        .find_map(|part| {
            let rest = folder.strip_prefix(part).ok()?;
            Some(part.canonicalize().ok()?.join(rest))
        })
        .unwrap_or_else(|| folder.to_path_buf())
}

/// Name of the secret: the key of the repository in this folder.
fn secret(folder: &Path) -> String {
    format!("backup in {}", folder.display())
}

fn hours_since(at: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    now.signed_duration_since(at).num_hours()
}

fn no_folder() -> Failure {
    Failure::new(
        FailureCode::NoBackup,
        "No backup folder is chosen yet. Please choose one in the settings, or with `workmate-cli backup --to DIR`.",
    )
}

fn no_key(folder: &Path) -> Failure {
    let message = format!(
        "The key of the backup in {} is not in the secret store of this computer. Please set the folder up again with the \
         words that you wrote down.",
        folder.display()
    );
    Failure::new(FailureCode::NoSecrets, message)
}

impl From<SecretsError> for Failure {
    fn from(error: SecretsError) -> Self {
        Self::new(FailureCode::NoSecrets, error.to_string())
    }
}
