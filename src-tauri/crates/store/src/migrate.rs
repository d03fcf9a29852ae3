//! Migrations: run by one process alone, after a copy of the database, in one transaction.
//!
//! Every process holds a shared lock on `schema.lock` while it has the profile open. A migration needs the lock
//! exclusively, so a program built for the old tables never writes into new ones.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use disk::{Disk, PART, crash_point};
use domain::Clock;
use refinery::Migration;
use refinery_core::traits::sync::{Migrate, Query, Transaction};
use rusqlite::Connection;

use crate::connection::quick_check;
use crate::{Place, Result, StoreError, connection, engine};

mod embedded {
    refinery::embed_migrations!("../../../migrations");
}

/// So many copies of the database are kept, the newest ones.
const COPIES: usize = 3;
/// How the names of the copies begin, before the version and the time.
const COPY: &str = "before-version-";

/// How long a migration waits for other processes to end, such as a command that is just running.
const PATIENCE: Duration = Duration::from_secs(5);
const MOMENT: Duration = Duration::from_millis(20);

/// All migrations, to be run in one transaction.
pub(crate) fn runner() -> refinery::Runner {
    embedded::migrations::runner().set_grouped(true)
}

/// Version of the tables this program works with.
pub(crate) fn schema_version() -> i32 {
    static NEWEST: OnceLock<i32> = OnceLock::new();
    *NEWEST.get_or_init(|| runner().get_migrations().iter().map(Migration::version).max().unwrap_or(0))
}

/// The version of the tables; 0 for an empty database.
pub(crate) fn version(conn: &Connection) -> Result<i32> {
    if !conn.table_exists(None, "refinery_schema_history")? {
        return Ok(0);
    }
    Ok(conn.query_row("SELECT coalesce(max(version), 0) FROM refinery_schema_history", [], |row| row.get(0))?)
}

/// The file that every process locks while it has the profile open.
pub(crate) const SCHEMA_LOCK: &str = "schema.lock";

/// Takes the shared schema lock, to be held as long as the profile is open. Before that, an older database is migrated
/// by `runner` under the exclusive lock.
pub(crate) fn bring_up_to_date(
    place: &Place,
    path: &Path,
    conn: &mut Connection,
    clock: &dyn Clock,
    disk: &dyn Disk,
    runner: &refinery::Runner,
) -> Result<File> {
    let profile = place.folder.as_path();
    let lock = engine::open(&profile.join(SCHEMA_LOCK))?;
    let unlockable = |e| StoreError::io("locked", profile, e);
    for _ in 0..PATIENCE.as_millis() / MOMENT.as_millis() {
        lock.lock_shared().map_err(unlockable)?;
        if is_current(conn, path)? {
            return Ok(lock);
        }
        lock.unlock().map_err(unlockable)?;
        match lock.try_lock() {
            // Another process may have migrated meanwhile: the version is read again.
            Ok(()) if !is_current(conn, path)? => migrate(place, path, conn, clock, disk, runner)?,
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => std::thread::sleep(MOMENT),
            Err(TryLockError::Error(e)) => return Err(unlockable(e)),
        }
        lock.unlock().map_err(unlockable)?;
    }
    Err(StoreError::OlderStillRuns { profile: profile.to_owned() })
}

fn is_current(conn: &Connection, path: &Path) -> Result<bool> {
    let (found, known) = (version(conn)?, schema_version());
    if found > known {
        return Err(StoreError::NewerDatabase { path: path.to_owned(), found, known });
    }
    Ok(found == known)
}

fn migrate(
    place: &Place,
    path: &Path,
    conn: &mut Connection,
    clock: &dyn Clock,
    disk: &dyn Disk,
    runner: &refinery::Runner,
) -> Result<()> {
    let backups = place.folder.join("backups");
    if version(conn)? > 0 {
        let name = format!("{COPY}{}-{}.db", schema_version(), clock.now().format("%Y-%m-%dT%H%M%SZ"));
        disk.make_folder(&backups).map_err(|e| StoreError::io("made", &backups, e))?;
        sweep(disk, &backups)?;
        copy(conn, place, disk, &backups.join(name))?;
    }
    // A migration that rebuilds a table drops it, which must not touch rows that refer to it. Inside the transaction
    // of the migration this pragma would be ignored.
    conn.pragma_update(None, "foreign_keys", false)?;
    let before = dangling(conn)?;
    let ran = runner.run(&mut Checked { conn, before });
    conn.pragma_update(None, "foreign_keys", true)?;
    ran.map_err(|e| StoreError::migration(path, e))?;
    // Steps before the migration fit the old tables only.
    Connection::execute(conn, "UPDATE history SET changeset = NULL, size = 0 WHERE changeset IS NOT NULL", [])?;
    crash_point!("migrate.done");
    drop_old_copies(disk, &backups)?;
    crash_point!("migrate.old_copies_dropped");
    Ok(())
}

/// The connection of a migration; it checks references before the commit.
struct Checked<'c> {
    conn: &'c mut Connection,
    /// References that were broken before the migration: no reason to refuse it.
    before: Vec<String>,
}

/// Why a migration was taken back.
#[derive(Debug, thiserror::Error)]
enum Refused {
    /// The source of this error stays SQLite's own, by which a full disk is known.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("{0}")]
    Dangling(String),
}

impl Transaction for Checked<'_> {
    type Error = Refused;

    fn execute<'a, T: Iterator<Item = &'a str>>(&mut self, queries: T) -> std::result::Result<usize, Refused> {
        let transaction = self.conn.transaction()?;
        let mut count = 0;
        for query in queries {
            transaction.execute_batch(query)?;
            count += 1;
        }
        let mut left = dangling(&transaction)?;
        for known in &self.before {
            if let Some(at) = left.iter().position(|one| one == known) {
                left.swap_remove(at);
            }
        }
        if let Some(new) = left.into_iter().next() {
            return Err(Refused::Dangling(new));
        }
        transaction.commit()?;
        Ok(count)
    }
}

impl Query<Vec<Migration>> for Checked<'_> {
    fn query(&mut self, query: &str) -> std::result::Result<Vec<Migration>, Refused> {
        Ok(self.conn.query(query)?)
    }
}

impl Migrate for Checked<'_> {}

/// The rows with broken references, as text.
pub(crate) fn dangling(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let words = |row: &rusqlite::Row<'_>| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("an entry of “{table}” refers to an entry of “{parent}” that is not there"))
    };
    conn.prepare("PRAGMA foreign_key_check")?.query_map([], words)?.collect()
}

/// Copies the database while it is open, page by page: by SQLite's backup, which also copies an encrypted one as it is. The
/// copy gets its name once it is whole, checked and on the disk.
fn copy(conn: &Connection, place: &Place, disk: &dyn Disk, to: &Path) -> Result<()> {
    let part = PathBuf::from(format!("{}{PART}", to.display()));
    let unwritten = |e| StoreError::io("written", &part, e);
    // Made here, so that it is its owner's alone.
    drop(disk.create(&part).map_err(unwritten)?);
    crash_point!("migrate.copy_begun");
    let copied = || -> Result<()> {
        let copy = connection::copied(conn, &part, place.keys())?;
        crash_point!("migrate.copied");
        if let Some(detail) = quick_check(&copy)? {
            return Err(StoreError::Corrupt { path: part.clone(), detail });
        }
        if version(&copy)? != version(conn)? {
            return Err(StoreError::Corrupt { path: part.clone(), detail: "the copy is not whole".to_owned() });
        }
        copy.close().map_err(|(_, error)| error)?;
        crash_point!("migrate.copy_checked");
        disk.open(&part).and_then(|file| disk.sync(&file)).map_err(unwritten)?;
        crash_point!("migrate.copy_synced");
        disk.rename(&part, to).map_err(unwritten)?;
        crash_point!("migrate.copy_named");
        disk.sync_folder(to.parent().unwrap_or(to)).map_err(unwritten)?;
        crash_point!("migrate.copy_kept");
        Ok(())
    };
    copied().map_err(|error| {
        // A copy that is not whole must not look like one, nor fill the disk; the next try removes it at the latest.
        drop(disk.unlink(&part));
        error.in_database(&part)
    })
}

/// Removes copies that were not made whole.
fn sweep(disk: &dyn Disk, folder: &Path) -> Result<()> {
    for path in entries(disk, folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Also the log that SQLite may have left beside one.
        if name.starts_with(COPY) && name.contains(&format!(".db{PART}")) {
            disk.unlink(&path).map_err(|e| StoreError::io("removed", &path, e))?;
        }
    }
    Ok(())
}

fn entries(disk: &dyn Disk, folder: &Path) -> Result<Vec<PathBuf>> {
    match disk.read_dir(folder) {
        Ok(entries) => Ok(entries),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(StoreError::io("read", folder, e)),
    }
}

/// Removes all copies but the newest ones, and no other file of the folder.
fn drop_old_copies(disk: &dyn Disk, folder: &Path) -> Result<()> {
    let mut copies = Vec::new();
    for path in entries(disk, folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // The time stands after the version, and the order of its text is the order of time.
        let made =
            name.strip_prefix(COPY).and_then(|rest| rest.strip_suffix(".db")).and_then(|rest| rest.split_once('-'));
        if let Some((_, time)) = made {
            copies.push((time.to_owned(), path));
        }
    }
    copies.sort();
    let too_many = copies.len().saturating_sub(COPIES);
    for (_, path) in copies.into_iter().take(too_many) {
        disk.unlink(&path).map_err(|e| StoreError::io("removed", &path, e))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use disk::RealDisk;
    use disk::double::{EIO, ENOSPC, Fault, Faults};
    use refinery::Target;

    use super::*;

    use crate::connection::{connect, database_path};

    struct Fixed;
    impl Clock for Fixed {
        fn now(&self) -> chrono::DateTime<chrono::Utc> {
            "2026-11-20T09:00:00Z".parse().unwrap()
        }
    }

    fn open_writer(profile: &Path) -> Result<Connection> {
        crate::connection::open_writer(&profile.into(), &Fixed, &RealDisk).map(|(conn, _)| conn)
    }

    #[test]
    fn a_dated_copy_is_made_before_an_old_database_is_brought_up_to_date() {
        let profile = tempfile::tempdir().unwrap();
        let path = database_path(profile.path());
        let old = runner().set_target(Target::Version(1));
        let mut conn = connect(&path, None).unwrap();
        old.run(&mut conn).unwrap();
        conn.execute("INSERT INTO correspondents VALUES ('c', 'Muster', 'muster')", []).unwrap();
        drop(conn);

        let conn = open_writer(profile.path()).unwrap();
        assert_eq!(version(&conn).unwrap(), schema_version());
        let copy = profile.path().join(format!("backups/before-version-{}-2026-11-20T090000Z.db", schema_version()));
        let copy = Connection::open(copy).unwrap();
        assert_eq!(version(&copy).unwrap(), 1);
        let name: String = copy.query_row("SELECT name FROM correspondents", [], |row| row.get(0)).unwrap();
        assert_eq!(name, "Muster");
    }

    #[test]
    fn what_was_snoozed_seen_and_delivered_before_reminders_had_no_rows_is_kept() {
        let profile = tempfile::tempdir().unwrap();
        let old = runner().set_target(Target::Version(3));
        let mut conn = connect(&database_path(profile.path()), None).unwrap();
        old.run(&mut conn).unwrap();
        conn.execute_batch(
            "INSERT INTO tasks (id, kind, title, assumed, why, status, created_at)
             VALUES ('t', 'pay', 'Bill', 0, '', 'open', '2026-11-20T09:00:00.000000Z');
             INSERT INTO reminders VALUES
                 ('r', 't', 'info', '2026-12-04T08:00:00.000000Z', 0, '2026-12-05T08:00:00.000000Z', NULL),
                 ('s', 't', 'warning', '2026-12-06T08:00:00.000000Z', 0, NULL, '2026-12-06T09:00:00.000000Z');
             INSERT INTO notifications (id, reminder, at, state, channel, seen_at) VALUES
                 ('n', 'r', '2026-12-04T08:00:01.000000Z', 'delivered', 'desktop', '2026-12-04T08:30:00.000000Z');",
        )
        .unwrap();
        drop(conn);

        let conn = open_writer(profile.path()).unwrap();
        let line = |sql: &str| -> String { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(
            line("SELECT snoozed_until || ' ' || acknowledged_stage || ' ' || acknowledged_at FROM reminder_overrides"),
            "2026-12-05T08:00:00.000000Z warning 2026-12-06T09:00:00.000000Z"
        );
        assert_eq!(
            line("SELECT group_concat(slot || ' ' || state || ' ' || at) FROM notifications"),
            "2026-12-04T08:00:00.000000Z delivered 2026-12-04T08:00:01.000000Z,\
             2026-12-04T08:00:00.000000Z seen 2026-12-04T08:30:00.000000Z"
        );
        assert_eq!(line("SELECT group_concat(subject || at) FROM schedule"), "review,t");
    }

    #[test]
    fn words_of_tasks_become_tags_and_join_those_of_documents() {
        let profile = tempfile::tempdir().unwrap();
        let old = runner().set_target(Target::Version(81));
        let mut conn = connect(&database_path(profile.path()), None).unwrap();
        old.run(&mut conn).unwrap();
        conn.execute_batch(
            r#"INSERT INTO tasks (id, kind, title, assumed, why, status, created_at)
               VALUES ('t', 'pay', 'Bill', 0, '', 'open', '2026-11-20T09:00:00.000000Z'),
                      ('u', 'pay', 'Other', 0, '', 'open', '2026-11-20T09:00:00.000000Z'),
                      ('w', 'pay', 'Bare', 0, '', 'open', '2026-11-20T09:00:00.000000Z');
               INSERT INTO tags VALUES ('a', 'Haus', NULL), ('b', 'Keller', 'a');
               INSERT INTO task_details (task, description, tags)
               VALUES ('t', '', '{"v":1,"is":["haus/keller","Steuer/2026/Belege"," "]}'), ('u', '', '["steuer","Haus"]'),
                      ('w', '', '[]');"#,
        )
        .unwrap();
        drop(conn);

        let conn = open_writer(profile.path()).unwrap();
        let line = |sql: &str| -> String { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
        let named = "SELECT group_concat(line, ' ') FROM (SELECT o.task || ':' || coalesce(p.name || '/', '') || g.name AS line
                     FROM task_tags AS o JOIN tags AS g ON g.id = o.tag LEFT JOIN tags AS p ON p.id = g.parent ORDER BY line)";
        assert_eq!(line(named), "t:2026/Belege t:Haus/Keller u:Haus u:Steuer");
        assert_eq!(line("SELECT group_concat(DISTINCT tags) FROM task_details"), "[]");
        let ids: Vec<String> = {
            let mut all = conn.prepare("SELECT id FROM tags WHERE id NOT IN ('a', 'b')").unwrap();
            all.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
        };
        assert_eq!(ids.len(), 3, "{ids:?}");
        assert!(ids.iter().all(|id| id.parse::<domain::TagId>().is_ok()), "{ids:?}");
    }

    #[test]
    fn facts_stay_with_their_files_when_they_get_less_room() {
        let profile = tempfile::tempdir().unwrap();
        let old = runner().set_target(Target::Version(62));
        let mut conn = connect(&database_path(profile.path()), None).unwrap();
        old.run(&mut conn).unwrap();
        conn.execute_batch(
            "INSERT INTO files VALUES ('f', 1, '', '', ''), ('g', 1, '', '', '');
             INSERT INTO findings VALUES ('g', '1', '[]', '[]'), ('f', '1', '[]', '[]');
             INSERT INTO found_facts VALUES
                 ('f', 'iban', 0, '1', 'DE1', 1, 1, 'text', 'x', NULL, '[]'),
                 ('f', 'iban', 1, '2', 'DE2', 1, 1, 'text', 'x', NULL, '[]'),
                 ('g', 'iban', 0, '3', 'DE3', 1, 1, 'text', 'x', NULL, '[]');
             INSERT INTO documents VALUES ('d', 'g', 'invoice', 1, 'Bill', NULL, 'review', '2026-11-20', NULL);
             INSERT INTO history (step, op, actor, at, schema_version, changeset)
             VALUES ('s', 'file_document', 'engine', '', 62, x'00'), ('t', 'trash_document', 'user', '', 62, x'00');",
        )
        .unwrap();
        runner().set_target(Target::Version(63)).run(&mut conn).unwrap();
        let kept: String = conn
            .query_row("SELECT group_concat(step) FROM history WHERE changeset IS NOT NULL", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, "t");
        drop(conn);

        let conn = open_writer(profile.path()).unwrap();
        let line = |sql: &str| -> String { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(
            line("SELECT group_concat(file || plain) FROM (SELECT * FROM found_facts ORDER BY plain)"),
            "fDE1,fDE2,gDE3"
        );
        assert_eq!(line("SELECT document || plain FROM facts"), "dDE3");
        assert_eq!(line("SELECT group_concat(actor) FROM (SELECT * FROM history ORDER BY number)"), "program,person");
        assert_eq!(
            line("SELECT count(*) || '' FROM history WHERE changeset IS NOT NULL"),
            "0",
            "they fit the old tables only"
        );
    }

    #[test]
    fn a_new_database_needs_no_copy() {
        let profile = tempfile::tempdir().unwrap();
        open_writer(profile.path()).unwrap();
        assert!(!profile.path().join("backups").exists());
    }

    #[test]
    fn a_newer_database_is_refused_and_left_alone() {
        let profile = tempfile::tempdir().unwrap();
        let conn = open_writer(profile.path()).unwrap();
        conn.execute("INSERT INTO refinery_schema_history VALUES (999, 'later', '2030-01-01T00:00:00Z', '0')", [])
            .unwrap();
        drop(conn);
        let error = open_writer(profile.path()).unwrap_err();
        assert_eq!(error.code().as_str(), "newer_database");
        assert!(error.to_string().contains("update Workmate"), "{error}");
    }

    #[test]
    fn what_is_not_a_database_is_said_to_be_damaged() {
        let profile = tempfile::tempdir().unwrap();
        fs::write(database_path(profile.path()), "This is a letter, not a database. ".repeat(100)).unwrap();
        assert_eq!(open_writer(profile.path()).unwrap_err().code().as_str(), "corrupt");
    }

    /// A profile with an old database.
    fn old_profile(version: i32) -> tempfile::TempDir {
        let profile = tempfile::tempdir().unwrap();
        let mut conn = connect(&database_path(profile.path()), None).unwrap();
        runner().set_target(Target::Version(version)).run(&mut conn).unwrap();
        profile
    }

    fn migration(version: i32, sql: &str) -> Migration {
        Migration::unapplied(&format!("V{version}__test"), sql).unwrap()
    }

    #[test]
    fn a_migration_that_leaves_dangling_rows_is_taken_back_whole() {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE parents (id TEXT PRIMARY KEY); CREATE TABLE children (parent TEXT REFERENCES parents (id));
             PRAGMA foreign_keys = OFF; INSERT INTO parents VALUES ('a'); INSERT INTO children VALUES ('a'), ('gone');",
        )
        .unwrap();
        let before = dangling(&conn).unwrap();
        assert_eq!(before.len(), 1);
        let bad = [
            migration(1, "CREATE TABLE later (x TEXT); DELETE FROM parents WHERE id = 'a'"),
            migration(2, "CREATE TABLE last (x TEXT)"),
        ];
        let runner = refinery::Runner::new(&bad).set_grouped(true);
        let error = runner.run(&mut Checked { conn: &mut conn, before: before.clone() }).unwrap_err();
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert!(format!("{error} {source}").contains("refers to an entry of “parents”"), "{error:?}");
        assert!(!conn.table_exists(None, "later").unwrap() && !conn.table_exists(None, "last").unwrap());
        let parents: i64 = conn.query_row("SELECT count(*) FROM parents", [], |row| row.get(0)).unwrap();
        assert_eq!(parents, 1, "before the commit, not after");

        let good = [migration(1, "CREATE TABLE later (x TEXT)")];
        refinery::Runner::new(&good).set_grouped(true).run(&mut Checked { conn: &mut conn, before }).unwrap();
        assert!(conn.table_exists(None, "later").unwrap(), "what dangled before is no reason to refuse");
    }

    #[test]
    fn only_three_copies_are_kept_and_nothing_else_in_their_folder_is_touched() {
        let profile = old_profile(1);
        let backups = profile.path().join("backups");
        fs::create_dir(&backups).unwrap();
        let others = [
            "before-version-9-2026-01-01T000000Z.db",
            "before-version-30-2026-03-01T000000Z.db",
            "before-version-8-2025-12-01T000000Z.db",
            "my own copy.db",
            "notes.txt",
        ];
        for name in others {
            fs::write(backups.join(name), "x").unwrap();
        }
        open_writer(profile.path()).unwrap();
        let mut left: Vec<_> =
            fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        let newest = format!("{COPY}{}-2026-11-20T090000Z.db", schema_version());
        let mut expected = [others[0], others[1], &newest, "my own copy.db", "notes.txt"].map(str::to_owned);
        expected.sort();
        assert_eq!(left, expected);
    }

    #[test]
    fn the_tables_are_not_changed_under_a_process_that_has_the_profile_open() {
        let profile = old_profile(66);
        let held = engine::open(&profile.path().join("schema.lock")).unwrap();
        held.lock_shared().unwrap();
        let error = open_writer(profile.path()).unwrap_err();
        assert_eq!(error.code().as_str(), "older_still_runs");
        assert!(error.to_string().contains("close"), "{error}");
        assert_eq!(version(&connect(&database_path(profile.path()), None).unwrap()).unwrap(), 66);
        held.unlock().unwrap();
        open_writer(profile.path()).unwrap();
    }

    #[test]
    fn many_processes_that_start_at_once_bring_it_up_to_date_once() {
        let profile = old_profile(66);
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| open_writer(profile.path()).map(drop))).collect();
            for one in all {
                one.join().unwrap().unwrap();
            }
        });
        assert_eq!(fs::read_dir(profile.path().join("backups")).unwrap().count(), 1);
    }

    #[test]
    fn a_copy_has_its_name_only_once_it_is_whole_and_on_the_disk() {
        let steps = {
            let profile = old_profile(1);
            let faults = Faults::over(profile.path()).unwrap();
            crate::connection::open_writer(&profile.path().into(), &Fixed, &faults).unwrap();
            faults.calls()
        };
        assert!(steps >= 6, "{steps}");
        for nth in 1..=steps {
            for fault in [Fault::Once(EIO), Fault::From(ENOSPC), Fault::PowerCut] {
                let profile = old_profile(1);
                let faults = Faults::over(profile.path()).unwrap();
                faults.fail(nth, fault);
                let first = crate::connection::open_writer(&profile.path().into(), &Fixed, &faults);
                let migrated = version(&connect(&database_path(profile.path()), None).unwrap()).unwrap();
                faults.heal();
                if first.is_err() && migrated == 1 {
                    open_writer(profile.path()).unwrap();
                }
                let left: Vec<PathBuf> =
                    fs::read_dir(profile.path().join("backups")).unwrap().map(|entry| entry.unwrap().path()).collect();
                assert_eq!(left.len(), 1, "{nth} {fault:?} {left:?}");
                let copy = Connection::open(&left[0]).unwrap();
                assert_eq!((version(&copy).unwrap(), quick_check(&copy).unwrap()), (1, None), "{nth} {fault:?}");
            }
        }
    }
}
