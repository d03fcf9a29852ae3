//! A repository in a folder: backing up, looking whether all is there, thinning out, and the way back.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use disk::{Disk, RealDisk, crash_point};
use rustic_core::jiff::{Timestamp, Zoned, tz::TimeZone};
use rustic_core::repofile::{Node, SnapshotFile};
use rustic_core::{
    BackupOptions, CheckOptions, ConfigOptions, Credentials, IndexedFullStatus, KeepOptions, KeyOptions, LsOptions,
    OpenStatus, ParentOptions, PruneOptions, ReadSubsetOption, RepositoryBackends, RepositoryOptions,
    SnapshotGroupCriterion, SnapshotOptions,
};

use crate::error::internal;
use crate::folder::{Folder, sync_folder};
use crate::source::{Files, Run};
use crate::{BackupError, RepositoryKey, Result, SourceFile, Watcher};

/// The label of a snapshot that was found whole.
const WHOLE: &str = "workmate";
/// The label of one that was not looked at yet.
const UNCHECKED: &str = "workmate-unchecked";

/// How many backups are kept: so many days, weeks and months with one, and the last ones whatever the clock said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The last ones.
    pub last: u8,
    /// Days.
    pub daily: u8,
    /// Weeks.
    pub weekly: u8,
    /// Months.
    pub monthly: u8,
}

impl Default for Kept {
    fn default() -> Self {
        Self { last: 3, daily: 7, weekly: 4, monthly: 12 }
    }
}

/// The id of a snapshot: 64 hexadecimal digits, as restic shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotId(pub String);

/// One state that can be brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Its id.
    pub id: SnapshotId,
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// How many files are in it.
    pub files: u64,
    /// Their bytes together.
    pub bytes: u64,
}

/// What a backup did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The new state.
    pub snapshot: Snapshot,
    /// Bytes that the repository grew by.
    pub added: u64,
    /// Files that are new or have changed since the last one.
    pub changed: u64,
}

/// What a restore wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// An open repository.
#[derive(Debug)]
pub struct Repository {
    folder: PathBuf,
    key: RepositoryKey,
    disk: Arc<dyn Disk>,
}

type Opened = rustic_core::Repository<OpenStatus>;
type Indexed = rustic_core::Repository<IndexedFullStatus>;

impl Repository {
    /// Makes a repository in an empty or new folder. `password` opens it, here and with restic.
    ///
    /// # Errors
    /// [`BackupError::NotEmpty`] if there is something else in the folder, [`BackupError::Io`] if it cannot be written.
    pub fn create(folder: &Path, password: &str) -> Result<Self> {
        fs::create_dir_all(folder).map_err(BackupError::io(folder))?;
        if fs::read_dir(folder).map_err(BackupError::io(folder))?.next().is_some() {
            return Err(BackupError::NotEmpty(folder.to_path_buf()));
        }
        let opened = unopened(folder, real_disk())?.init(
            &Credentials::password(password),
            &KeyOptions::default(),
            &ConfigOptions::default(),
        )?;
        Ok(Self { folder: folder.to_path_buf(), key: RepositoryKey::new(opened.key()), disk: real_disk() })
    }

    /// Opens a repository by its password.
    ///
    /// # Errors
    /// [`BackupError::NotThere`], [`BackupError::NoRepository`] or [`BackupError::WrongPassword`].
    pub fn unlock(folder: &Path, password: &str) -> Result<Self> {
        is_there(folder)?;
        let opened = unopened(folder, real_disk())?.open(&Credentials::password(password))?;
        Ok(Self { folder: folder.to_path_buf(), key: RepositoryKey::new(opened.key()), disk: real_disk() })
    }

    /// Opens a repository by its key.
    ///
    /// # Errors
    /// [`BackupError::NotThere`] or [`BackupError::NoRepository`]; [`BackupError::Repository`] if it is not its key.
    pub fn open(folder: &Path, key: RepositoryKey) -> Result<Self> {
        Self::open_on(real_disk(), folder, key)
    }

    /// The same on another disk than the real one.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn open_on(disk: Arc<dyn Disk>, folder: &Path, key: RepositoryKey) -> Result<Self> {
        let repository = Self { folder: folder.to_path_buf(), key, disk };
        repository.opened()?;
        Ok(repository)
    }

    /// What opens it without its password.
    pub fn key(&self) -> &RepositoryKey {
        &self.key
    }

    fn opened(&self) -> Result<Opened> {
        is_there(&self.folder)?;
        Ok(unopened(&self.folder, Arc::clone(&self.disk))?.open(&self.key.credentials())?)
    }

    fn indexed(&self) -> Result<Indexed> {
        Ok(self.opened()?.to_indexed()?)
    }

    /// Backs up the files, and counts the backup only after each of them was found in it and `sample` could be read back. `at`:
    /// seconds since 1970.
    ///
    /// # Errors
    /// [`BackupError::BrokenOff`], [`BackupError::Source`], [`BackupError::NotWhole`] or [`BackupError::Io`]. Then there is no new backup; what was
    /// written already is used by the next one.
    pub fn back_up(
        &self,
        mut files: Vec<SourceFile>,
        sample: &[SourceFile],
        at: i64,
        watcher: &Arc<dyn Watcher>,
    ) -> Result<Backup> {
        files.sort_unstable();
        is_there(&self.folder)?;
        Folder::new(&self.folder, Arc::clone(&self.disk)).sweep().map_err(BackupError::io(&self.folder))?;
        let mut sizes = HashMap::new();
        for file in &files {
            let size = fs::metadata(&file.path)
                .map_err(|source| BackupError::Source { path: file.path.clone(), source })?
                .len();
            sizes.insert(file.place.clone(), size);
        }
        let run = Run::new(Arc::clone(watcher), sizes.values().sum());
        let repository = self.opened()?.to_indexed_ids()?;
        let time = Timestamp::from_second(at).map_err(internal)?.to_zoned(TimeZone::UTC);
        let begun = SnapshotOptions::default()
            .label(UNCHECKED.to_owned())
            .time(time)
            .host("workmate".to_owned())
            .to_snapshot()?;
        // Whatever label the last one has, what did not change since then is not read again.
        let parents = ParentOptions::default().group_by(SnapshotGroupCriterion::new().paths(true));
        let options = BackupOptions::default().parent_opts(parents);
        let archived =
            repository.archive(&options, &Files { files, run: Arc::clone(&run) }, begun, &[PathBuf::from("/")])?;
        drop(repository);
        crash_point!("backup.archived");

        let indexed = self.indexed()?;
        let looked_at = match run.take_failure() {
            Some(failure) => Err(failure),
            None => is_whole(&indexed, &archived, &sizes)
                .and_then(|()| sample.iter().try_for_each(|file| is_same(&indexed, &archived, file))),
        };
        if let Err(failure) = looked_at {
            indexed.delete_snapshots(&[archived.id])?;
            return Err(failure);
        }
        let summary = archived.summary.clone().unwrap_or_default();
        let whole = SnapshotFile { label: WHOLE.to_owned(), ..archived };
        crash_point!("backup.checked");
        indexed.save_snapshots(vec![whole])?;
        crash_point!("backup.counted");
        let snapshots = indexed.get_all_snapshots()?;
        let unchecked: Vec<_> =
            snapshots.iter().filter(|found| found.label == UNCHECKED).map(|found| found.id).collect();
        indexed.delete_snapshots(&unchecked)?;
        crash_point!("backup.unchecked_gone");
        let newest =
            snapshots.iter().filter(|found| found.label == WHOLE).max_by(|one, other| one.time.cmp(&other.time));
        Ok(Backup {
            snapshot: snapshot(newest.ok_or(BackupError::NoSnapshot)?),
            added: summary.data_added_packed,
            changed: summary.files_new.saturating_add(summary.files_changed),
        })
    }

    /// The states that can be brought back, the newest first.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn snapshots(&self) -> Result<Vec<Snapshot>> {
        let mut found = self.opened()?.get_all_snapshots()?;
        found.retain(|snapshot| snapshot.label == WHOLE);
        found.sort_by(|one, other| other.time.cmp(&one.time));
        Ok(found.iter().map(snapshot).collect())
    }

    /// Looks at the whole structure, and reads the data of one part of `parts` (`(1, 52)` … `(52, 52)` read all of it in a year of
    /// weeks); none reads no data.
    ///
    /// # Errors
    /// [`BackupError::Repository`] if something is missing or damaged.
    pub fn check(&self, part: Option<(u32, u32)>) -> Result<()> {
        let mut options = CheckOptions::default();
        if let Some(part) = part {
            options = options.read_data(true).read_data_subset(ReadSubsetOption::IdSubSet(part));
        }
        self.opened()?.check(options)?.is_ok()?;
        Ok(())
    }

    /// Forgets the states that are not kept, and frees the space that nothing needs any more after a day. Says how many were
    /// forgotten. `now`: seconds since 1970.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn thin_out(&self, kept: Kept, now: i64) -> Result<usize> {
        let repository = self.opened()?;
        let mut snapshots = repository.get_all_snapshots()?;
        snapshots.retain(|snapshot| snapshot.label == WHOLE);
        let keep = KeepOptions::default()
            .keep_last(i32::from(kept.last))
            .keep_daily(i32::from(kept.daily))
            .keep_weekly(i32::from(kept.weekly))
            .keep_monthly(i32::from(kept.monthly));
        let now: Zoned = Timestamp::from_second(now).map_err(internal)?.to_zoned(TimeZone::UTC);
        let decided = keep.apply(snapshots, &now)?;
        let gone: Vec<_> = decided.iter().filter(|one| !one.keep).map(|one| one.snapshot.id).collect();
        repository.delete_snapshots(&gone)?;
        crash_point!("backup.forgotten");
        let options = PruneOptions::default();
        let plan = repository.prune_plan(&options)?;
        repository.prune(&options, plan)?;
        Ok(gone.len())
    }

    /// Writes a state into a new or empty folder, every file and folder synced.
    ///
    /// # Errors
    /// [`BackupError::NotEmpty`], [`BackupError::NoSnapshot`], [`BackupError::BrokenOff`], [`BackupError::NotWhole`] or [`BackupError::Io`].
    pub fn restore(&self, id: &SnapshotId, into: &Path, watcher: &Arc<dyn Watcher>) -> Result<Restored> {
        fs::create_dir_all(into).map_err(BackupError::io(into))?;
        if fs::read_dir(into).map_err(BackupError::io(into))?.next().is_some() {
            return Err(BackupError::NotEmpty(into.to_path_buf()));
        }
        let indexed = self.indexed()?;
        let found = indexed.get_all_snapshots()?.into_iter().find(|one| one.id.to_hex().as_str() == id.0);
        let found = found.ok_or(BackupError::NoSnapshot)?;
        let run = Run::new(Arc::clone(watcher), snapshot(&found).bytes);
        let (mut restored, mut folders) = (Restored::default(), vec![into.to_path_buf()]);
        for (place, node) in nodes(&indexed, &found)? {
            // Nothing may be written beside the folder, whoever wrote the snapshot.
            if !place.components().all(|part| matches!(part, Component::Normal(_))) {
                return Err(BackupError::NotWhole(place.display().to_string()));
            }
            let to = into.join(&place);
            if node.is_dir() {
                fs::create_dir_all(&to).map_err(BackupError::io(&to))?;
                folders.push(to);
            } else if node.is_file() {
                self.write_file(&indexed, &node, &to, &run)?;
                restored.files = restored.files.saturating_add(1);
                restored.bytes = restored.bytes.saturating_add(node.meta.size);
            }
        }
        for folder in folders {
            sync_folder(&*self.disk, &folder).map_err(BackupError::io(&folder))?;
        }
        Ok(restored)
    }

    fn write_file(&self, indexed: &Indexed, node: &Node, to: &Path, run: &Run) -> Result<()> {
        if !run.may_go_on() {
            return Err(BackupError::BrokenOff);
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(BackupError::io(folder))?;
        }
        let mut file = self.disk.create(to).map_err(BackupError::io(to))?;
        indexed.dump(node, &mut file)?;
        self.disk.sync(&file).map_err(BackupError::io(to))?;
        if file.metadata().map_err(BackupError::io(to))?.len() != node.meta.size {
            return Err(BackupError::NotWhole(to.display().to_string()));
        }
        run.add(node.meta.size);
        crash_point!("restore.file_written");
        Ok(())
    }
}

fn real_disk() -> Arc<dyn Disk> {
    Arc::new(RealDisk)
}

fn unopened(folder: &Path, disk: Arc<dyn Disk>) -> Result<rustic_core::Repository<()>> {
    let backends = RepositoryBackends::new(Arc::new(Folder::new(folder, disk)), None);
    Ok(rustic_core::Repository::new(&RepositoryOptions::default().no_cache(true), &backends)?)
}

fn is_there(folder: &Path) -> Result<()> {
    if !folder.try_exists().map_err(BackupError::io(folder))? {
        return Err(BackupError::NotThere(folder.to_path_buf()));
    }
    // The empty folder that a disk is mounted at is not the disk.
    if !folder.join("config").try_exists().map_err(BackupError::io(folder))? {
        let is_empty = fs::read_dir(folder).map_err(BackupError::io(folder))?.next().is_none();
        let folder = folder.to_path_buf();
        return Err(if is_empty { BackupError::NotThere(folder) } else { BackupError::NoRepository(folder) });
    }
    Ok(())
}

fn snapshot(file: &SnapshotFile) -> Snapshot {
    let summary = file.summary.as_ref();
    Snapshot {
        id: SnapshotId(file.id.to_hex().as_str().to_owned()),
        at: file.time.timestamp().as_second(),
        files: summary.map_or(0, |summary| summary.total_files_processed),
        bytes: summary.map_or(0, |summary| summary.total_bytes_processed),
    }
}

/// Everything in a snapshot, with its place.
fn nodes(indexed: &Indexed, snapshot: &SnapshotFile) -> Result<Vec<(PathBuf, Node)>> {
    let root = indexed.node_from_snapshot_and_path(snapshot, "")?;
    let options = LsOptions::default();
    Ok(indexed.ls(&root, &options)?.collect::<std::result::Result<_, _>>()?)
}

/// Is every file in the snapshot, as large as it was?
fn is_whole(indexed: &Indexed, snapshot: &SnapshotFile, sizes: &HashMap<String, u64>) -> Result<()> {
    let mut missing = sizes.clone();
    for (place, node) in nodes(indexed, snapshot)? {
        let place = place.to_string_lossy();
        let held: u64 = node.content.iter().flatten().map(|blob| blob_size(indexed, *blob)).sum::<Result<u64>>()?;
        if missing.get(&*place).is_some_and(|size| *size == held) {
            missing.remove(&*place);
        }
    }
    match missing.into_keys().min() {
        Some(place) => Err(BackupError::NotWhole(place)),
        None => Ok(()),
    }
}

fn blob_size(indexed: &Indexed, blob: rustic_core::DataId) -> Result<u64> {
    Ok(indexed.get_index_entry(&blob)?.data_length().into())
}

/// Is the file in the snapshot byte for byte what it is outside?
fn is_same(indexed: &Indexed, snapshot: &SnapshotFile, file: &SourceFile) -> Result<()> {
    let node = indexed.node_from_snapshot_and_path(snapshot, &format!("/{}", file.place))?;
    let outside =
        fs::File::open(&file.path).map_err(|source| BackupError::Source { path: file.path.clone(), source })?;
    let mut comparing = Comparing { outside: io::BufReader::new(outside), differs: false, seen: 0 };
    indexed.dump(&node, &mut comparing)?;
    if comparing.differs || comparing.seen != node.meta.size {
        return Err(BackupError::NotWhole(file.place.clone()));
    }
    Ok(())
}

/// Compares what is written to it with a file.
struct Comparing<R> {
    outside: R,
    differs: bool,
    seen: u64,
}

impl<R: io::Read> Write for Comparing<R> {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let mut same = vec![0; part.len()];
        self.differs |= self.outside.read_exact(&mut same).is_err() || same != part;
        self.seen = self.seen.saturating_add(u64::try_from(part.len()).unwrap_or_default());
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
