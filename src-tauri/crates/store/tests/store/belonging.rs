//! Which database belongs to which archive, and reading where nothing can be written.

use std::fs;
use std::path::Path;

use domain::By;
use store::{Op, Store, StoreError};

use crate::profile::{Profile, Ticking, counting};

fn clock() -> std::sync::Arc<Ticking> {
    crate::profile::ticking()
}

fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(folder, clock(), counting())
}

/// The code with which a profile is refused, its message, and that nothing of it was changed.
fn refused(folder: &Path) -> (String, String) {
    let seen = |folder: &Path| {
        let read = |name: &str| fs::read(folder.join(name)).ok();
        (read("workmate.db"), read("workmate.db-wal"), read("profile.id"))
    };
    let before = seen(folder);
    let error = open(folder).map(drop).unwrap_err();
    assert!(seen(folder) == before, "it was changed: {error}");
    (error.code().as_str().to_owned(), error.to_string())
}

/// A closed profile with letters.
fn with_letters(names: &[&str]) -> tempfile::TempDir {
    let p = Profile::new();
    for name in names {
        p.take(name);
    }
    let Profile { folder, .. } = p;
    folder
}

#[test]
fn a_missing_or_an_empty_database_beside_a_full_archive_is_refused_and_left_alone() {
    let folder = with_letters(&["bill"]);
    let database = folder.path().join("workmate.db");
    fs::rename(&database, folder.path().join("moved")).unwrap();
    let (code, message) = refused(folder.path());
    assert_eq!(code, "database_gone");
    assert!(message.contains("workmate.db") && message.contains("adopt"), "{message}");
    fs::write(&database, "").unwrap();
    assert_eq!(refused(folder.path()).0, "database_gone");
    rusqlite::Connection::open(&database).unwrap().execute_batch("VACUUM").unwrap();
    assert_eq!(refused(folder.path()).0, "database_gone", "a database without tables");
    // As an earlier program left it, without an id.
    fs::remove_file(folder.path().join("profile.id")).unwrap();
    assert_eq!(refused(folder.path()).0, "database_gone");
    fs::rename(folder.path().join("moved"), &database).unwrap();
    assert_eq!(open(folder.path()).unwrap().read(|r| r.files()).unwrap().len(), 1, "put back, all is well");
}

#[test]
fn the_database_of_another_profile_is_refused_also_one_from_before_there_were_ids() {
    let (ours, other) = (with_letters(&["bill"]), with_letters(&["letter"]));
    let database = ours.path().join("workmate.db");
    fs::copy(&database, ours.path().join("moved")).unwrap();
    fs::copy(other.path().join("workmate.db"), &database).unwrap();
    let (code, message) = refused(ours.path());
    assert_eq!(code, "foreign_database");
    assert!(message.contains("adopt"), "{message}");
    let forget = |path: &Path| {
        rusqlite::Connection::open(path)
            .unwrap()
            .execute_batch("DELETE FROM profile; PRAGMA journal_mode = delete")
            .unwrap();
    };
    forget(&database);
    assert_eq!(refused(ours.path()).0, "foreign_database", "it knows no original of ours");
    // An old copy of our own knows them, and gets the id.
    fs::rename(ours.path().join("moved"), &database).unwrap();
    forget(&database);
    drop(open(ours.path()).unwrap());
    drop(open(ours.path()).unwrap());
}

#[test]
fn the_log_of_another_profile_is_refused_and_not_replayed() {
    for names in [&["letter"] as &[&str], &["letter", "offer", "reminder"]] {
        let ours = with_letters(&["bill"]);
        let other = Profile::new();
        for name in names {
            other.take(name);
        }
        // As a killed program leaves it: with its log.
        fs::copy(other.path("workmate.db-wal"), ours.path().join("workmate.db-wal")).unwrap();
        let before = fs::read(ours.path().join("workmate.db")).unwrap();
        assert_eq!(refused(ours.path()).0, "foreign_database");
        assert!(fs::read(ours.path().join("workmate.db")).unwrap() == before);
        fs::remove_file(ours.path().join("workmate.db-wal")).unwrap();
        assert_eq!(open(ours.path()).unwrap().read(|r| r.files()).unwrap().len(), 1, "without it, all is well");
    }
}

#[test]
fn what_a_killed_program_leaves_is_its_own_and_is_replayed() {
    let p = Profile::new();
    p.take("bill");
    let copy = tempfile::tempdir().unwrap();
    for name in ["workmate.db", "workmate.db-wal", "profile.id"] {
        fs::copy(p.path(name), copy.path().join(name)).unwrap();
    }
    fs::create_dir(copy.path().join("archive")).unwrap();
    assert_eq!(open(copy.path()).unwrap().read(|r| r.files()).unwrap().len(), 1);
}

#[test]
fn adopting_sets_the_database_aside_and_takes_every_original_in_again() {
    let folder = with_letters(&["bill", "letter"]);
    let adopt = || Store::adopt_archive(folder.path(), clock(), counting());
    assert_eq!(adopt().unwrap_err().code().as_str(), "bad_input", "where all is well there is nothing to adopt");
    let other = with_letters(&["offer"]);
    fs::copy(other.path().join("workmate.db"), folder.path().join("workmate.db")).unwrap();
    let adopted = adopt().unwrap();
    assert_eq!(adopted.swept.adopted.len(), 2);
    let aside = adopted.set_aside.unwrap();
    assert!(aside.join("workmate.db").is_file() && aside.join("profile.id").is_file());
    let store = open(folder.path()).unwrap();
    assert_eq!(store.read(|r| r.files()).unwrap().len(), 2);
    assert_eq!(store.read(|r| r.jobs()).unwrap().len(), 2, "they are read");
    assert_eq!(store.integrity_errors().unwrap(), Vec::<String>::new());
}

#[test]
fn an_open_profile_is_not_adopted_under_whoever_has_it_open() {
    let p = Profile::new();
    p.take("bill");
    fs::remove_file(p.path("workmate.db")).unwrap();
    let error = Store::adopt_archive(p.folder.path(), clock(), counting()).unwrap_err();
    assert_eq!(error.code().as_str(), "older_still_runs");
}

#[test]
fn where_nothing_can_be_written_it_is_read_and_every_change_is_refused_by_its_reason() {
    let closed = with_letters(&["bill"]);
    let killed = Profile::new();
    killed.take("bill");
    for folder in [closed.path(), killed.folder.path()] {
        let path = folder.to_owned();
        let why = StoreError::DiskFull { path: path.clone() };
        let names = || {
            let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        let before = names();
        let store = Store::open_for_reading(folder, clock(), counting(), why).unwrap();
        assert!(store.only_reads());
        let files = store.read(|r| r.files()).unwrap();
        assert_eq!(files.len(), 1);
        assert!(store.original(&files[0].id).is_ok());
        let refused = store.write(By::Person, Op::Ledger, |w| w.pause_backlog(true)).unwrap_err();
        assert_eq!(refused.code().as_str(), "disk_full");
        assert_eq!(before, names(), "no file was made");
    }
    let other = StoreError::Nested;
    let refused = Store::open_for_reading(closed.path(), clock(), counting(), other).map(drop).unwrap_err();
    assert!(matches!(refused, StoreError::Nested));
}
