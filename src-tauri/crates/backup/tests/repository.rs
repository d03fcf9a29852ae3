//! Backups of real folders, checked and restored by us and by restic.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use backup::{BackupError, Kept, Repository, RepositoryKey, SourceFile, Watcher};
use disk::Disk;
use disk::double::{EIO, ENOSPC, EROFS, Fault, Faults};

const WORDS: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
/// Noon of 1 December 2026, in seconds since 1970.
const NOON: i64 = 1_796_126_400;
const DAY: i64 = 86_400;

/// Goes on, up to so many questions.
struct Goes(AtomicU64);

impl Watcher for Goes {
    fn is_at(&self, done: u64, total: u64) {
        assert!(done <= total, "{done} of {total}");
    }

    fn may_go_on(&self) -> bool {
        self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
    }
}

fn goes() -> Arc<dyn Watcher> {
    Arc::new(Goes(AtomicU64::new(u64::MAX)))
}

/// Letters in a folder: scans, whose bytes cannot be compressed.
fn letters(folder: &Path, count: usize) -> Vec<SourceFile> {
    (0..count)
        .map(|number| {
            let place = format!("archive/{:02}/letter {number}.txt", number % 7);
            let path = folder.join(&place);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let mut state = u64::try_from(number).unwrap().wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
            let bytes = std::iter::repeat_with(|| {
                // xorshift64 (Marsaglia 2003)
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()
            });
            fs::write(&path, bytes.take(1_000 + number).flatten().collect::<Vec<u8>>()).unwrap();
            SourceFile { place, path }
        })
        .collect()
}

struct Bench {
    _temporary: tempfile::TempDir,
    files: Vec<SourceFile>,
    source: PathBuf,
    target: PathBuf,
    scratch: PathBuf,
}

fn bench(count: usize) -> Bench {
    let temporary = tempfile::tempdir().unwrap();
    let (source, target) = (temporary.path().join("profile"), temporary.path().join("disk/Workmate"));
    let files = letters(&source, count);
    Bench { files, source, target, scratch: temporary.path().join("scratch"), _temporary: temporary }
}

fn same(one: &Path, other: &Path, files: &[SourceFile]) {
    for file in files {
        let (before, after) = (fs::read(one.join(&file.place)).unwrap(), fs::read(other.join(&file.place)).unwrap());
        assert_eq!(before, after, "{}", file.place);
    }
}

#[test]
fn what_was_backed_up_comes_back_byte_for_byte_with_the_words_or_the_key() {
    let Bench { files, source, target, scratch, _temporary } = bench(40);
    let made = Repository::create(&target, WORDS).unwrap();
    let first = made.back_up(files.clone(), &files[3..6], NOON, &goes()).unwrap();
    assert_eq!((first.snapshot.files, first.snapshot.at, first.changed), (40, NOON, 40));

    fs::write(source.join(&files[0].place), "geändert").unwrap();
    let second = made.back_up(files.clone(), &files[..1], NOON + DAY, &goes()).unwrap();
    assert_eq!(second.changed, 1, "what has not changed is not read again");
    made.check(Some((1, 1))).unwrap();

    let by_words = Repository::unlock(&target, WORDS).unwrap();
    let secret = by_words.key().to_secret().unwrap();
    assert!(!format!("{by_words:?}").contains(secret.get(20..60).unwrap()), "the key is not printed");
    let by_key = Repository::open(&target, RepositoryKey::from_secret(&secret).unwrap()).unwrap();
    let states: Vec<i64> = by_key.snapshots().unwrap().iter().map(|one| one.at).collect();
    assert_eq!(states, [NOON + DAY, NOON]);
    let newest = &by_key.snapshots().unwrap()[0];
    let restored = by_key.restore(&newest.id, &scratch.join("new"), &goes()).unwrap();
    assert_eq!((restored.files, restored.bytes), (40, newest.bytes));
    same(&source, &scratch.join("new"), &files);
    // Never over something that is there.
    assert!(matches!(by_key.restore(&newest.id, &scratch.join("new"), &goes()), Err(BackupError::NotEmpty(_))));
}

#[test]
fn restic_reads_the_repository_with_the_same_words() {
    if Command::new("restic").arg("version").output().is_err() {
        panic!("restic is not installed: make setup installs it");
    }
    let Bench { files, source, target, scratch, _temporary } = bench(25);
    let made = Repository::create(&target, WORDS).unwrap();
    made.back_up(files.clone(), &[], NOON, &goes()).unwrap();
    let restic = |arguments: &[&str]| {
        let output = Command::new("restic")
            .args(["--no-cache", "--repo"])
            .arg(&target)
            .args(arguments)
            .env("RESTIC_PASSWORD", WORDS)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(restic(&["check", "--read-data"]).contains("no errors were found"));
    restic(&["restore", "latest", "--target", scratch.to_str().unwrap()]);
    same(&source, &scratch, &files);
}

#[test]
fn a_file_that_cannot_be_read_or_a_break_leaves_no_backup_and_the_next_one_is_whole() {
    let Bench { mut files, source, target, scratch, _temporary } = bench(30);
    let made = Repository::create(&target, WORDS).unwrap();
    let broken_off = made.back_up(files.clone(), &[], NOON, &(Arc::new(Goes(AtomicU64::new(12))) as Arc<dyn Watcher>));
    assert!(matches!(broken_off, Err(BackupError::BrokenOff)), "{broken_off:?}");
    assert_eq!(made.snapshots().unwrap(), []);

    // A folder in the place of a letter cannot be read.
    let gone = source.join("archive/letter that is a folder");
    fs::create_dir_all(&gone).unwrap();
    files.push(SourceFile { place: "archive/letter that is a folder".to_owned(), path: gone });
    let unreadable = made.back_up(files.clone(), &[], NOON, &goes());
    assert!(
        matches!(&unreadable, Err(BackupError::Source { path, .. }) if path.ends_with("letter that is a folder")),
        "{unreadable:?}"
    );
    assert_eq!(made.snapshots().unwrap(), []);

    files.pop();
    let whole = made.back_up(files.clone(), &files, NOON, &goes()).unwrap();
    made.restore(&whole.snapshot.id, &scratch, &goes()).unwrap();
    same(&source, &scratch, &files);
}

#[test]
fn wrong_words_another_folder_and_an_unplugged_disk_are_told_apart() {
    let Bench { files, target, scratch, _temporary, .. } = bench(3);
    assert!(matches!(Repository::unlock(&target, WORDS), Err(BackupError::NotThere(_))));
    let made = Repository::create(&target, WORDS).unwrap();
    assert!(matches!(Repository::unlock(&target, "other words"), Err(BackupError::WrongPassword)));
    assert!(matches!(Repository::create(&target, WORDS), Err(BackupError::NotEmpty(_))));

    fs::create_dir_all(&scratch).unwrap();
    assert!(
        matches!(Repository::unlock(&scratch, WORDS), Err(BackupError::NotThere(_))),
        "where a disk would be mounted"
    );
    fs::write(scratch.join("photo.jpg"), "x").unwrap();
    assert!(matches!(Repository::unlock(&scratch, WORDS), Err(BackupError::NoRepository(_))));

    let away = target.with_extension("away");
    fs::rename(&target, &away).unwrap();
    assert!(matches!(made.back_up(files.clone(), &[], NOON, &goes()), Err(BackupError::NotThere(_))));
    assert!(!target.exists(), "nothing is begun anew beside it");
    fs::rename(&away, &target).unwrap();
    made.back_up(files, &[], NOON, &goes()).unwrap();
}

#[test]
fn a_damaged_pack_is_found_and_a_half_written_one_is_swept() {
    let Bench { files, target, _temporary, .. } = bench(12);
    let made = Repository::create(&target, WORDS).unwrap();
    made.back_up(files.clone(), &[], NOON, &goes()).unwrap();
    let packs = |target: &Path| -> Vec<PathBuf> {
        let folders = fs::read_dir(target.join("data")).unwrap().map(|entry| entry.unwrap().path());
        folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path())).collect()
    };
    let half = packs(&target)[0].with_file_name("1-0.part");
    fs::write(&half, "half").unwrap();
    made.back_up(files.clone(), &[], NOON + DAY, &goes()).unwrap();
    assert!(!half.exists());

    let largest = packs(&target).into_iter().max_by_key(|pack| fs::metadata(pack).unwrap().len()).unwrap();
    let mut bytes = fs::read(&largest).unwrap();
    bytes[40] ^= 1;
    fs::write(&largest, bytes).unwrap();
    made.check(None).unwrap();
    assert!(made.check(Some((1, 1))).is_err(), "a flipped bit");
    assert!(made.back_up(files.clone(), &files, NOON + 2 * DAY, &goes()).is_err(), "the sample shows it");
    assert_eq!(made.snapshots().unwrap().len(), 2);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { assert!(fs::copy(from, to).is_ok()) }
    }
}

/// What a backup does to a repository with one state: a new one, thinning out.
fn second_backup(repository: &Repository, files: &[SourceFile]) -> Result<(), BackupError> {
    repository.back_up(files.to_vec(), &files[..2], NOON + DAY, &goes())?;
    let last = Kept { last: 1, daily: 0, weekly: 0, monthly: 0 };
    repository.thin_out(last, NOON + DAY).map(drop)
}

#[test]
fn whatever_call_of_its_disk_fails_during_a_backup_what_was_backed_up_before_stays_whole() {
    let Bench { files, source, target, scratch, _temporary } = bench(8);
    let made = Repository::create(&target, WORDS).unwrap();
    let before = made.back_up(files.clone(), &[], NOON, &goes()).unwrap().snapshot;
    let key = || RepositoryKey::from_secret(&made.key().to_secret().unwrap()).unwrap();
    let kept = fs::read(source.join(&files[0].place)).unwrap();
    fs::write(source.join(&files[0].place), "geändert").unwrap();

    let peaceful = scratch.join("peaceful");
    copy(&target, &peaceful);
    let disk = Faults::over(&peaceful).unwrap();
    second_backup(&Repository::open_on(Arc::new(disk.clone()), &peaceful, key()).unwrap(), &files).unwrap();
    let calls = disk.calls();
    assert!(calls > 40, "{calls}");

    let mut failed = 0;
    for nth in 1..=calls {
        let others = [Fault::Once(EIO), Fault::From(ENOSPC), Fault::From(EROFS), Fault::Short(ENOSPC)];
        for fault in [others[nth % others.len()], Fault::PowerCut] {
            let folder = scratch.join(format!("{nth} {fault:?}"));
            copy(&target, &folder);
            let disk = Faults::over(&folder).unwrap();
            let held: Arc<dyn Disk> = Arc::new(disk.clone());
            let on_disk = || Repository::open_on(Arc::clone(&held), &folder, key());
            disk.fail(nth, fault);
            let outcome = on_disk().and_then(|repository| second_backup(&repository, &files));
            // The threads that write may still be at work.
            while Arc::strong_count(&held) > 1 {
                std::thread::yield_now();
            }
            failed += usize::from(outcome.is_err());
            if fault == Fault::PowerCut {
                disk.power_cut().unwrap()
            } else {
                disk.heal()
            }

            let repository = on_disk().unwrap();
            repository.check(Some((1, 1))).unwrap_or_else(|error| panic!("{nth} {fault:?}: {error}"));
            let states = repository.snapshots().unwrap();
            assert!((1..=2).contains(&states.len()), "{nth} {fault:?}: {states:?}");
            if states.contains(&before) {
                let back = scratch.join("before");
                repository.restore(&before.id, &back, &goes()).unwrap();
                assert_eq!(fs::read(back.join(&files[0].place)).unwrap(), kept, "{nth} {fault:?}");
                same(&source, &back, &files[1..]);
                fs::remove_dir_all(back).unwrap();
            }
            // The disk is well again, and so is the next backup.
            second_backup(&repository, &files).unwrap_or_else(|error| panic!("{nth} {fault:?}: {error}"));
            let back = scratch.join("after");
            repository.restore(&repository.snapshots().unwrap()[0].id, &back, &goes()).unwrap();
            same(&source, &back, &files);
            fs::remove_dir_all(back).unwrap();
            fs::remove_dir_all(folder).unwrap();
        }
    }
    assert!(failed > calls / 2, "{failed} of {calls} calls failed");
}

#[test]
fn days_weeks_and_months_are_kept_and_the_rest_forgotten() {
    let Bench { files, target, source, _temporary, .. } = bench(2);
    let made = Repository::create(&target, WORDS).unwrap();
    for day in 0..60 {
        fs::write(source.join(&files[0].place), format!("day {day}")).unwrap();
        made.back_up(files.clone(), &[], NOON + day * DAY, &goes()).unwrap();
    }
    let forgotten = made.thin_out(Kept::default(), NOON + 60 * DAY).unwrap();
    let left = made.snapshots().unwrap();
    assert_eq!(forgotten + left.len(), 60);
    let days: Vec<i64> = left.iter().map(|one| (one.at - NOON) / DAY).collect();
    // Seven days; the Sundays of the weeks before; the last day of December; and the first one, as the year is not full yet.
    assert_eq!(days, [59, 58, 57, 56, 55, 54, 53, 47, 40, 30, 0]);
    made.check(Some((1, 1))).unwrap();
}
