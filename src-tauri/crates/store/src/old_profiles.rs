//! Profiles of every version of the tables are kept as fixtures, and each comes up to date with everything that it holds.
//!
//! `tests/fixtures/profiles/v<version>.sql` has the rows of a profile as a program of that version left them, with the marks of
//! its migrations: a migration that was edited after it had landed is noticed by them. A new migration needs such a file:
//! `WRITE_PROFILES=1 cargo test -p store old_profiles` writes it, out of `rows.sql` and the version before, and never changes
//! one that is there. A new table needs a row in `rows.sql`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use disk::RealDisk;
use domain::{Clock, Ids};
use refinery::{Migration, Target};
use rusqlite::Connection;

use crate::connection::{connect, database_path, open_writer, quick_check};
use crate::migrate::{dangling, runner, schema_version, version};
use crate::{DocumentFilter, Store, TaskFilter};

/// Tables without rows in these profiles: what they hold is computed in the background.
const COMPUTED: [&str; 2] = ["search_documents", "search_terms"];

struct Fixed;
impl Clock for Fixed {
    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        "2026-11-20T09:00:00Z".parse().unwrap()
    }
}
impl Ids for Fixed {
    fn uuid(&self) -> uuid::Uuid {
        uuid::Uuid::nil()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/profiles")
}

fn versions() -> Vec<i32> {
    let mut all: Vec<i32> = runner().get_migrations().iter().map(Migration::version).collect();
    all.sort_unstable();
    all
}

/// The rows that came with each version.
fn new_rows() -> BTreeMap<i32, String> {
    let text = fs::read_to_string(folder().join("rows.sql")).unwrap();
    let sections = text.split("\n-- V").skip(1);
    sections
        .map(|section| section.split_once('\n').unwrap())
        .map(|(v, sql)| (v.parse().unwrap(), sql.to_owned()))
        .collect()
}

fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    let mut query = conn.prepare(sql).unwrap();
    query.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

fn tables(conn: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
               AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    texts(conn, sql)
}

/// All rows as SQL, and the same every time.
fn dumped(conn: &Connection) -> String {
    let mut dump = String::new();
    for table in tables(conn) {
        let columns = texts(conn, &format!("SELECT name FROM pragma_table_info('{table}')"));
        let quoted: Vec<_> = columns.iter().map(|column| format!("quote({column})")).collect();
        let sql = format!("SELECT {} FROM {table} ORDER BY 1", quoted.join(" || ', ' || "));
        for values in texts(conn, &sql) {
            dump += &format!("INSERT INTO {table} ({}) VALUES ({values});\n", columns.join(", "));
        }
    }
    dump
}

/// Writes the profiles that are not there yet, each as the version before came up to date, with the rows of its new tables.
fn write_missing() {
    let profile = tempfile::tempdir().unwrap();
    let mut conn = connect(&database_path(profile.path()), None).unwrap();
    let rows = new_rows();
    for version in versions() {
        conn.pragma_update(None, "foreign_keys", false).unwrap();
        runner().set_target(Target::Version(version)).run(&mut conn).unwrap();
        conn.execute_batch("UPDATE refinery_schema_history SET applied_on = '2026-11-20T09:00:00Z'").unwrap();
        conn.pragma_update(None, "foreign_keys", true).unwrap();
        conn.execute_batch(rows.get(&version).map_or("", String::as_str)).unwrap();
        let path = folder().join(format!("v{version}.sql"));
        if !path.exists() {
            fs::write(path, dumped(&conn)).unwrap();
        }
    }
}

/// A profile as a program of this version left it.
fn old_profile(version: i32) -> tempfile::TempDir {
    let path = folder().join(format!("v{version}.sql"));
    let rows = fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!("{}: {error}. Write it: WRITE_PROFILES=1 cargo test -p store old_profiles", path.display())
    });
    let profile = tempfile::tempdir().unwrap();
    let mut conn = connect(&database_path(profile.path()), None).unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    runner().set_target(Target::Version(version)).run(&mut conn).unwrap();
    // What triggers add stands among the rows.
    let triggers = texts(&conn, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
    for name in texts(&conn, "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    for table in tables(&conn) {
        conn.execute_batch(&format!("DELETE FROM {table}")).unwrap();
    }
    conn.execute_batch(&rows).unwrap();
    triggers.iter().for_each(|trigger| conn.execute_batch(trigger).unwrap());
    for id in
        tables(&conn).iter().filter(|table| *table == "profile").flat_map(|_| texts(&conn, "SELECT id FROM profile"))
    {
        fs::write(profile.path().join("profile.id"), format!("{id}\n")).unwrap();
    }
    for table in tables(&conn) {
        let count: i64 = conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert!(count > 0 || COMPUTED.contains(&table.as_str()), "{table} of version {version} has no row: rows.sql");
    }
    profile
}

/// The words of a text that must not be lost.
fn kept(text: &str) -> BTreeSet<&str> {
    let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    text.split(|letter| !is_of_word(letter)).filter(|word| word.starts_with("kept-")).collect()
}

#[test]
fn profiles_of_every_version_come_up_to_date_and_keep_what_they_hold() {
    if std::env::var_os("WRITE_PROFILES").is_some() {
        write_missing();
    }
    for from in versions() {
        let profile = old_profile(from);
        let before = dumped(&connect(&database_path(profile.path()), None).unwrap());
        {
            let (conn, _) =
                open_writer(&profile.path().into(), &Fixed, &RealDisk).unwrap_or_else(|e| panic!("{from}: {e}"));
            assert_eq!((version(&conn).unwrap(), quick_check(&conn).unwrap()), (schema_version(), None), "{from}");
            assert_eq!(dangling(&conn).unwrap(), Vec::<String>::new(), "{from}");
            let after = dumped(&conn);
            let lost: Vec<_> = kept(&before).difference(&kept(&after)).copied().map(str::to_owned).collect();
            assert_eq!(lost, Vec::<String>::new(), "lost on the way from version {from}");
            assert!(kept(&before).contains("kept-title") && kept(&before).len() >= 10, "{from}: {:?}", kept(&before));
        }
        let store =
            Store::open(profile.path(), Arc::new(Fixed), Arc::new(Fixed)).unwrap_or_else(|e| panic!("{from}: {e}"));
        store
            .read(|r| {
                let documents = r.documents(&DocumentFilter::default(), 10, 0)?;
                assert!(documents.rows.iter().any(|row| row.title == "kept-title"), "{from}");
                let document = r.document("00000000-0000-7000-8000-0000000000d1".parse().unwrap())?.unwrap();
                let sum = document.facts.iter().find(|fact| fact.value.plain() == "84.20");
                assert!(sum.is_some(), "{from}: {:?}", document.facts);
                if from >= 2 {
                    let task = r.task("00000000-0000-7000-8000-0000000000f1".parse().unwrap())?.unwrap();
                    assert_eq!(task.title, "kept-task", "{from}");
                    assert_eq!(task.amount.map(|money| money.amount.to_string()).as_deref(), Some("84.20"), "{from}");
                    assert_eq!(task.due.map(|day| day.to_string()).as_deref(), Some("2026-12-04"), "{from}");
                    assert_eq!(r.tasks(TaskFilter::OfDocument(document.id))?.len(), 1, "{from}");
                }
                if from >= 3 {
                    assert_eq!(r.problems()?[0].problem.message, "kept-problem-message", "{from}");
                    assert_eq!(r.setting("own_names")?.as_deref(), Some("[\"kept-own-name\"]"), "{from}");
                }
                Ok(())
            })
            .unwrap();
        // A value that cannot be read is shown as a problem.
        let problems = store.read(|r| r.problems()).unwrap();
        assert_eq!(problems.len(), usize::from(from >= 3), "from version {from}: {problems:?}");
    }
}
