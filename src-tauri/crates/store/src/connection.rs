//! Opening the database and bringing its tables up to date.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::Clock;
use rusqlite::{Connection, OptionalExtension as _};

use crate::{Result, StoreError};

mod embedded {
    refinery::embed_migrations!("../../../migrations");
}

/// How long a writer waits for another process before it says [`StoreError::Busy`].
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of a page of the database.
const PAGE_SIZE: u32 = 16384;

/// Version of the tables this program works with.
pub(crate) fn schema_version() -> i32 {
    newest(&embedded::migrations::runner())
}

/// Opens the one connection that writes, after bringing the tables up to date.
pub(crate) fn open_writer(profile: &Path, clock: &dyn Clock) -> Result<Connection> {
    let path = database_path(profile);
    // One transaction for all pending migrations and their history: a kill in the middle leaves nothing half made.
    let runner = embedded::migrations::runner().set_grouped(true);
    open_current(profile, &path, clock, &runner).map_err(|e| e.in_database(&path))
}

/// Opens a connection that can only read.
pub(crate) fn open_reader(profile: &Path) -> Result<Connection> {
    let conn = connect(&database_path(profile))?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

pub(crate) fn database_path(profile: &Path) -> PathBuf {
    profile.join("workmate.db")
}

fn connect(path: &Path) -> Result<Connection> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(128);
    // For a new database: the packed words of a page of paper, two kilobytes, fill smaller pages badly.
    conn.pragma_update(None, "page_size", PAGE_SIZE)?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "full")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(conn)
}

fn newest(runner: &refinery::Runner) -> i32 {
    runner.get_migrations().iter().map(refinery::Migration::version).max().unwrap_or(0)
}

fn open_current(profile: &Path, path: &Path, clock: &dyn Clock, runner: &refinery::Runner) -> Result<Connection> {
    let mut conn = connect(path)?;
    let (found, known) = (version(&conn)?, newest(runner));
    if found > known {
        return Err(StoreError::NewerDatabase { path: path.to_owned(), found, known });
    }
    if found == known {
        return Ok(conn);
    }
    if found > 0 {
        copy(
            &conn,
            &profile.join("backups"),
            &format!("before-version-{known}-{}.db", clock.now().format("%Y-%m-%dT%H%M%SZ")),
        )?;
    }
    // Rebuilding a table drops it, which must not touch the rows that refer to it. Inside the migration's own
    // transaction the pragma would be ignored.
    conn.pragma_update(None, "foreign_keys", false)?;
    runner.run(&mut conn).map_err(|e| StoreError::Migration { path: path.to_owned(), source: Box::new(e) })?;
    conn.pragma_update(None, "foreign_keys", true)?;
    match dangling(&conn)? {
        None => Ok(conn),
        Some(detail) => Err(StoreError::Corrupt { path: path.to_owned(), detail }),
    }
}

/// The version of the tables; 0 for an empty database.
fn version(conn: &Connection) -> Result<i32> {
    if !conn.table_exists(None, "refinery_schema_history")? {
        return Ok(0);
    }
    Ok(conn.query_row("SELECT coalesce(max(version), 0) FROM refinery_schema_history", [], |row| row.get(0))?)
}

/// A row that refers to one that is not there, in words.
pub(crate) fn dangling(conn: &Connection) -> Result<Option<String>> {
    let words = |row: &rusqlite::Row<'_>| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("an entry of “{table}” refers to an entry of “{parent}” that is not there"))
    };
    Ok(conn.query_row("PRAGMA foreign_key_check", [], words).optional()?)
}

fn copy(conn: &Connection, folder: &Path, name: &str) -> Result<()> {
    fs::create_dir_all(folder).map_err(|e| StoreError::io("made", folder, e))?;
    let to = folder.join(name);
    conn.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    fs::File::open(&to).and_then(|file| file.sync_all()).map_err(|e| StoreError::io("written", &to, e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use refinery::Target;

    struct Fixed;
    impl Clock for Fixed {
        fn now(&self) -> chrono::DateTime<chrono::Utc> {
            "2026-11-20T09:00:00Z".parse().unwrap()
        }
    }

    #[test]
    fn a_dated_copy_is_made_before_an_old_database_is_brought_up_to_date() {
        let profile = tempfile::tempdir().unwrap();
        let path = database_path(profile.path());
        let old = embedded::migrations::runner().set_target(Target::Version(1));
        let mut conn = connect(&path).unwrap();
        old.run(&mut conn).unwrap();
        conn.execute("INSERT INTO correspondents VALUES ('c', 'Muster', 'muster')", []).unwrap();
        drop(conn);

        let conn = open_writer(profile.path(), &Fixed).unwrap();
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
        let old = embedded::migrations::runner().set_target(Target::Version(3));
        let mut conn = connect(&database_path(profile.path())).unwrap();
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

        let conn = open_writer(profile.path(), &Fixed).unwrap();
        let line = |sql: &str| -> String { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(
            line("SELECT snoozed_until || ' ' || acknowledged_stage || ' ' || acknowledged_at FROM reminder_wishes"),
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
    fn facts_stay_with_their_files_when_they_get_less_room() {
        let profile = tempfile::tempdir().unwrap();
        let old = embedded::migrations::runner().set_target(Target::Version(62));
        let mut conn = connect(&database_path(profile.path())).unwrap();
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
        drop(conn);

        let conn = open_writer(profile.path(), &Fixed).unwrap();
        let line = |sql: &str| -> String { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(
            line("SELECT group_concat(file || plain) FROM (SELECT * FROM found_facts ORDER BY plain)"),
            "fDE1,fDE2,gDE3"
        );
        assert_eq!(line("SELECT document || plain FROM facts"), "dDE3");
        assert_eq!(line("SELECT group_concat(step) FROM history WHERE changeset IS NOT NULL"), "t");
    }

    #[test]
    fn a_new_database_needs_no_copy() {
        let profile = tempfile::tempdir().unwrap();
        open_writer(profile.path(), &Fixed).unwrap();
        assert!(!profile.path().join("backups").exists());
    }

    #[test]
    fn a_newer_database_is_refused_and_left_alone() {
        let profile = tempfile::tempdir().unwrap();
        let conn = open_writer(profile.path(), &Fixed).unwrap();
        conn.execute("INSERT INTO refinery_schema_history VALUES (999, 'later', '2030-01-01T00:00:00Z', '0')", [])
            .unwrap();
        drop(conn);
        let error = open_writer(profile.path(), &Fixed).unwrap_err();
        assert_eq!(error.code(), "newer_database");
        assert!(error.to_string().contains("update Workmate"), "{error}");
    }

    #[test]
    fn what_is_not_a_database_is_said_to_be_damaged() {
        let profile = tempfile::tempdir().unwrap();
        fs::write(database_path(profile.path()), "This is a letter, not a database. ".repeat(100)).unwrap();
        assert_eq!(open_writer(profile.path(), &Fixed).unwrap_err().code(), "corrupt");
    }

    #[test]
    fn a_migration_that_leaves_dangling_rows_is_reported() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE parents (id TEXT PRIMARY KEY); CREATE TABLE children (parent TEXT REFERENCES parents (id));
             PRAGMA foreign_keys = OFF; INSERT INTO children VALUES ('gone');",
        )
        .unwrap();
        assert!(dangling(&conn).unwrap().unwrap().contains("children"));
    }
}
