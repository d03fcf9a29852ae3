//! Rows go out as JSON and come into an empty profile: the same rows are there again.

use std::collections::BTreeMap;

use domain::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use store::{Op, StoreError, TableRows};

use crate::profile::Profile;
use crate::random::{act, run};
use crate::searching::index_equals_rows;

/// Every row that is exported, as text, and the columns of each table that number rows only.
fn everything(p: &Profile) -> BTreeMap<String, Vec<String>> {
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    let tables = [
        "correspondents",
        "correspondent_names",
        "sender_rules",
        "sender_rule_uses",
        "tags",
        "saved_views",
        "settings",
        "files",
        "arrivals",
        "readings",
        "pages",
        "attachments",
        "findings",
        "found_facts",
        "documents",
        "confirmed_facts",
        "assumptions",
        "relations",
        "document_tags",
        "document_notes",
        "tasks",
        "task_steps",
        "task_details",
        "task_tags",
        "task_links",
        "task_blocks",
        "task_payments",
        "reminder_overrides",
        "notifications",
        "ended_by_calendar",
    ];
    let rows = |table: &str| {
        let mut query = raw.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        let is_number = |column: &str| column == "number" && ["readings", "findings"].contains(&table);
        let row = |row: &rusqlite::Row<'_>| {
            let cells = columns.iter().filter(|column| !is_number(column));
            cells
                .map(|column| Ok(format!("{column}={:?} ", row.get::<_, rusqlite::types::Value>(column.as_str())?)))
                .collect::<Result<String, rusqlite::Error>>()
        };
        let mut rows: Vec<String> = query.query_map([], row).unwrap().map(Result::unwrap).collect();
        rows.sort();
        rows
    };
    tables.map(|table| (table.to_owned(), rows(table))).into()
}

/// All rows of a profile in portions, written as JSON and read again.
pub(crate) fn portions(p: &Profile) -> Vec<TableRows> {
    let rows = p.store.read(|r| {
        let mut portions = vec![r.rows_of_profile()?, r.rows_of_history()?];
        for id in r.every_document()? {
            let file = r.document(id)?.unwrap().file;
            portions.push(r.rows_of_document(id, &file)?);
        }
        for file in r.files_without_document()? {
            portions.push(r.rows_of_file(&file)?);
        }
        Ok(portions)
    });
    rows.unwrap().iter().map(|rows| serde_json::from_str(&serde_json::to_string(rows).unwrap()).unwrap()).collect()
}

pub(crate) fn brought(p: &Profile, portions: Vec<TableRows>) -> store::RowsBrought {
    p.store.bring_rows(store::schema_version(), &mut portions.into_iter(), &|| false).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_done_comes_back_field_by_field(steps in prop::collection::vec(prop::collection::vec(act(), 1..4), 1..12)) {
        let p = Profile::new();
        let documents = ["a", "b", "c"].map(|text| p.document(text));
        for acts in &steps {
            let _ = p.store.write(By::Person, Op::ChangeTask, |w| acts.iter().try_for_each(|act| run(&p, w, &documents, act)));
        }
        let other = Profile::new();
        // What a new profile has set by itself gives way.
        other.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("0", "\"new\"")).unwrap();
        let came = brought(&other, portions(&p));
        prop_assert_eq!(came.left_out, BTreeMap::new());
        let (here, mut there) = (everything(&p), everything(&other));
        if !here["settings"].iter().any(|row| row.starts_with("key=Text(\"0\")")) {
            there.get_mut("settings").unwrap().retain(|row| !row.starts_with("key=Text(\"0\")"));
        }
        prop_assert_eq!(here, there);
        index_equals_rows(&other);
        let steps = |p: &Profile| p.store.read(|r| r.history(1_000)).unwrap();
        let of_person = |row: &store::HistoryRow| row.by == By::Person && row.op == Op::ChangeTask;
        let (here, there) = (steps(&p), steps(&other));
        let said = |rows: &[store::HistoryRow]| rows.iter().filter(|row| of_person(row)).map(|row| (row.step, row.at)).collect::<Vec<_>>();
        prop_assert_eq!(said(&here), said(&there));
        for row in here.iter().take(3) {
            let of = |p: &Profile| documents.each_ref().map(|one| p.store.read(|r| r.history_of(one.id, 100)).unwrap().iter().any(|one| one.step == row.step));
            prop_assert_eq!(of(&p), of(&other), "which documents a step was about");
        }
    }
}

#[test]
fn what_refers_to_something_missing_loses_the_reference_or_is_left_out() {
    let p = Profile::new();
    let (a, b) = (p.document("a"), p.document("b"));
    let task = p.task(Some(&b));
    p.store
        .write(By::Person, Op::ChangeTask, |w| {
            let sender = w.insert_correspondent("Stadtwerke")?;
            w.set_correspondent(b.id, Some(sender.id))?;
            w.tag_document(b.id, w.ensure_tag("Haus")?)?;
            w.insert_task(&task)?;
            w.relate(store::Related { document: b.id, other: a.id, relation: Some(Relation::Reminds) })
        })
        .unwrap();
    // Neither what belongs to no document came, nor the first document.
    let rows = p.store.read(|r| r.rows_of_document(b.id, &b.file)).unwrap();
    let other = Profile::new();
    let came = brought(&other, vec![rows]);
    assert_eq!((came.documents, came.tasks), (1, 1));
    assert_eq!(came.left_out, BTreeMap::from([("document_tags".to_owned(), 1), ("relations".to_owned(), 1)]));
    let document = other.store.read(|r| r.document(b.id)).unwrap().unwrap();
    assert_eq!((document.correspondent, document.title), (None, b.title));
}

#[test]
fn fields_of_a_newer_program_are_ignored_and_missing_ones_have_their_defaults() {
    let p = Profile::new();
    let document = p.document("a");
    p.store.write(By::Person, Op::AddTask, |w| w.insert_task(&p.task(Some(&document)))).unwrap();
    let mut all = portions(&p);
    for portion in &mut all {
        portion.insert("table_of_tomorrow".to_owned(), vec![serde_json::Map::new()]);
        for row in portion.values_mut().flatten() {
            row.insert("column_of_tomorrow".to_owned(), json!({"a": 1}));
        }
        for row in portion.get_mut("tasks").into_iter().flatten() {
            assert!(row.remove("provisional").is_some());
        }
        // And one row is damaged.
        if let Some(rows) = portion.get_mut("arrivals") {
            rows.push(serde_json::from_value(json!({"id": "x", "at": Value::Null})).unwrap());
        }
    }
    let other = Profile::new();
    let came = brought(&other, all);
    assert_eq!(came.left_out, BTreeMap::from([("arrivals".to_owned(), 1)]));
    let tasks = other.store.read(|r| r.tasks(store::TaskFilter::All)).unwrap();
    assert!(!tasks[0].provisional);
}

/// At schema 81 the tags of a task were words in its details; version 83 made tags of them.
#[test]
fn rows_of_an_older_schema_go_through_the_migrations() {
    let p = Profile::new();
    let rows = json!({
        "settings": [{"key": "land", "value": "\"BY\""}],
        "tasks": [{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "kind": "other", "title": "Keller", "assumed": 0, "why": "",
                   "status": "open", "created_at": "2026-11-20T09:00:00.000000Z", "provisional": 0}],
        "task_details": [{"task": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "description": "aufräumen",
                          "tags": "{\"v\":1,\"is\":[\"haus/keller\"]}", "by_hand": "[]"}],
    });
    let rows: TableRows = serde_json::from_value(rows).unwrap();
    let came = p.store.bring_rows(81, &mut vec![rows].into_iter(), &|| false).unwrap();
    assert_eq!((came.tasks, came.left_out), (1, BTreeMap::new()));
    let (task, tags) = p
        .store
        .read(|r| {
            let task = r.tasks(store::TaskFilter::All)?.remove(0);
            Ok((r.task_details(task.id)?, r.tags()?.into_iter().map(|tag| tag.path).collect::<Vec<_>>()))
        })
        .unwrap();
    assert_eq!((task.description.as_str(), task.tags.as_slice()), ("aufräumen", &["haus/keller".to_owned()][..]));
    assert_eq!(tags, ["haus", "haus/keller"]);
    let left: Vec<_> = std::fs::read_dir(p.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    assert!(left.iter().all(|folder| folder.ends_with("archive")), "nothing temporary is left: {left:?}");
}

#[test]
fn what_is_called_off_changes_nothing() {
    let p = Profile::new();
    p.document("a");
    let other = Profile::new();
    let before = everything(&other);
    let called_off = other.store.bring_rows(store::schema_version(), &mut portions(&p).into_iter(), &|| true);
    assert!(matches!(called_off, Err(StoreError::Cancelled)));
    assert_eq!(everything(&other), before);
    assert!(!other.store.read(|r| r.backlog_is_paused()).unwrap());
    assert!(other.store.read(|r| r.is_new_profile()).unwrap());
}

#[test]
fn work_goes_on_when_the_originals_are_here() {
    let p = Profile::new();
    let file = p.take("not read yet");
    let job = p.store.write(By::Program, Op::Ledger, |w| w.next_job(&[store::JobKind::READ])).unwrap().value;
    assert!(job.is_some(), "it is being read while it is exported");
    let (rows, work) = p.store.read(|r| Ok((r.rows_of_file(&file)?, r.rows_of_work()?))).unwrap();
    let other = Profile::new();
    brought(&other, vec![rows]);
    assert!(other.store.read(|r| r.backlog_is_paused()).unwrap(), "the original is not here yet");
    let content = domain::ArrivalContent::Bytes(p.store.original(&file).unwrap());
    assert_eq!(other.store.put_originals(&[content]).unwrap(), std::slice::from_ref(&file));
    other.store.go_on(&work).unwrap();
    let jobs = other.store.read(|r| r.jobs_of(&file)).unwrap();
    assert_eq!(jobs.iter().map(|job| job.state).collect::<Vec<_>>(), [store::JobState::Queued]);
    assert!(!other.store.read(|r| r.backlog_is_paused()).unwrap());
}
