//! What changed is noted in the same transaction, and whoever follows misses nothing.

use std::path::Path;
use std::process::{Command, Stdio};

use domain::*;
use store::{EVENTS_KEPT, Event, MOST_EVENTS, Noun, Op, What};

use crate::profile::{FILES, Profile, at, counting, fact, open};

const PROFILE: &str = "STORE_TEST_EVENTS_PROFILE";

fn events(p: &Profile, cursor: i64) -> Vec<Event> {
    p.store.read(|r| r.events_after(cursor, 1000)).unwrap().events
}

fn brief(events: &[Event]) -> Vec<(Noun, &str, What)> {
    events.iter().map(|event| (event.noun, event.id.as_str(), event.what)).collect()
}

#[test]
fn each_write_notes_what_it_added_changed_and_removed_by_whom_and_in_which_run() {
    let p = Profile::new();
    let document = p.document("bill");
    let task = p.task(Some(&document));
    let (d, t) = (document.id.to_string(), task.id.to_string());
    let start = p.store.read(|r| r.last_event()).unwrap();

    let rule = By::Rule(RuleId::new(p.ids.as_ref()));
    let run = p.store.begin_run(rule);
    run.write(Op::AcceptDocument, |w| {
        w.confirm(document.id, &fact(Field::AmountDue, "1", Origin::User))?;
        w.insert_task(&task)
    })
    .unwrap();
    p.store.write(By::Person, Op::ChangeTask, |w| w.set_step_done(task.id, 0, true)).unwrap();
    p.store.write(By::Person, Op::ChangeTask, |w| w.delete_task(task.id)).unwrap();
    p.store.undo().unwrap().unwrap();

    let found = events(&p, start);
    let expected = [
        (Noun::Document, d.as_str(), What::Changed),
        (Noun::Task, t.as_str(), What::Added),
        (Noun::Task, t.as_str(), What::Changed),
        (Noun::Task, t.as_str(), What::Removed),
        (Noun::Task, t.as_str(), What::Added),
    ];
    assert_eq!(brief(&found), expected);
    let who: Vec<_> = found.iter().map(|event| (event.by.unwrap(), event.run, event.op.unwrap())).collect();
    let by_rule = (rule, Some(run.id()), Op::AcceptDocument);
    let by_person = (By::Person, None, Op::ChangeTask);
    assert_eq!(who, [by_rule, by_rule, by_person, by_person, (By::Person, None, Op::Undo)]);
    assert!(found.windows(2).all(|pair| pair[0].number < pair[1].number && pair[0].at <= pair[1].at));
}

#[test]
fn the_ledger_is_told_of_as_well_and_what_failed_is_not() {
    let p = Profile::new();
    let file = p.take("bill");
    let id = file.to_string();
    assert_eq!(
        brief(&events(&p, 0)),
        [(Noun::File, id.as_str(), What::Added), (Noun::Job, id.as_str(), What::Changed)]
    );
    let end = p.store.read(|r| r.last_event()).unwrap();
    let failed = p.store.write(By::Person, Op::ChangeSetting, |w| {
        w.set_setting("x", "1")?;
        w.set_title(DocumentId::new(p.ids.as_ref()), "not there")
    });
    assert!(failed.is_err());
    assert_eq!(events(&p, end), []);
}

#[test]
fn a_reader_goes_on_from_its_cursor_and_progress_does_not_flood_it() {
    let p = Profile::new();
    p.take("long scan");
    let job = p.store.write(By::Program, Op::Ledger, |w| Ok(w.next_job(FILES)?.unwrap().id)).unwrap().value;
    let start = p.store.read(|r| r.last_event()).unwrap();
    p.store.write(By::Program, Op::Ledger, |w| w.advance_cursor("window", start)).unwrap();
    for page in 1..=500 {
        p.store.write(By::Program, Op::Ledger, |w| w.progress(job, page, 500)).unwrap();
    }
    let cursor = p.other().read(|r| r.cursor("window")).unwrap().unwrap();
    let found = p.store.read(|r| r.events_after(cursor, 1000)).unwrap();
    assert_eq!((brief(&found.events), found.missed), (vec![(Noun::Job, "", What::Changed)], false));
    assert_eq!(events(&p, found.next), []);
    p.store.write(By::Program, Op::Ledger, |w| w.forget_reader("window")).unwrap();
    assert_eq!(p.store.read(|r| r.cursor("window")).unwrap(), None);
}

#[test]
fn events_are_read_a_few_at_a_time_and_those_of_a_newer_program_are_passed_over() {
    let p = Profile::new();
    for value in ["1", "2", "3"] {
        let key = format!("key {value}");
        p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting(&key, value)).unwrap();
    }
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute("UPDATE events SET noun = 'spaceship' WHERE id = 'key 1'", []).unwrap();
    raw.execute("UPDATE events SET op = 'beam', actor = 'ghost:1' WHERE id = 'key 2'", []).unwrap();
    let mut seen = Vec::new();
    let mut cursor = 0;
    loop {
        let found = p.store.read(|r| r.events_after(cursor, 1)).unwrap();
        if found.next == cursor {
            break;
        }
        cursor = found.next;
        seen.extend(found.events.into_iter().map(|event| (event.id, event.op, event.by)));
    }
    let expected = [("key 2", None, None), ("key 3", Some(Op::ChangeSetting), Some(By::Person))];
    assert_eq!(seen, expected.map(|(id, op, by)| (id.to_owned(), op, by)));
}

/// Old events, as many as there would be after a long time.
fn age(p: &Profile, count: i64) {
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO events (at, actor, op, noun, id, what)
         SELECT '2026-11-20T09:00:00.000000Z', 'program', 'ledger', 'job', i, 'changed' FROM n",
        [count],
    )
    .unwrap();
}

fn count(p: &Profile) -> i64 {
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.query_row("SELECT count(*) FROM events", [], |row| row.get(0)).unwrap()
}

fn touch(p: &Profile, value: i64) {
    let value = value.to_string();
    p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("x", &value)).unwrap();
}

#[test]
fn old_events_are_dropped_but_not_before_a_reader_that_lags_behind_has_read_them() {
    let p = Profile::new();
    touch(&p, 0);
    let cursor = p.store.read(|r| r.last_event()).unwrap();
    p.store.write(By::Program, Op::Ledger, |w| w.advance_cursor("sync", cursor)).unwrap();
    age(&p, EVENTS_KEPT + 5_000);
    touch(&p, 1);
    let unread = p.store.read(|r| r.events_after(cursor, u32::MAX)).unwrap();
    assert_eq!((unread.events.len() as i64, unread.missed), (EVENTS_KEPT + 5_001, false));

    p.store.write(By::Program, Op::Ledger, |w| w.advance_cursor("sync", unread.next)).unwrap();
    touch(&p, 2);
    assert_eq!(count(&p), EVENTS_KEPT);
    let late = p.store.read(|r| r.events_after(cursor, 10)).unwrap();
    assert!(late.missed, "whoever reads without a name is told that it missed some");
}

#[test]
fn beyond_the_hard_limit_a_reader_is_told_that_it_missed_some() {
    let p = Profile::new();
    touch(&p, 0);
    let cursor = p.store.read(|r| r.last_event()).unwrap();
    p.store.write(By::Program, Op::Ledger, |w| w.advance_cursor("sync", cursor)).unwrap();
    age(&p, MOST_EVENTS + 5_000);
    touch(&p, 1);
    assert_eq!(count(&p), MOST_EVENTS);
    let found = p.store.read(|r| r.events_after(cursor, 10)).unwrap();
    assert!(found.missed);
    let after = p.store.read(|r| r.events_after(found.next, 10)).unwrap();
    assert!(!after.missed, "told once");
}

#[test]
#[ignore = "the child process of the next test"]
fn commits_and_ends_before_anybody_is_told() {
    let Some(profile) = std::env::var_os(PROFILE) else { return };
    let store = open(Path::new(&profile), counting());
    // The first one that is told would be this one.
    store.subscribe(Box::new(|_| std::process::abort()));
    let _ = store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("land", "\"BY\""));
}

#[test]
fn an_end_between_the_commit_and_the_telling_loses_no_event() {
    let folder = tempfile::tempdir().unwrap();
    let before = {
        let store = open(folder.path(), counting());
        let end = store.read(|r| r.last_event()).unwrap();
        store.write(By::Program, Op::Ledger, |w| w.advance_cursor("sync", end)).unwrap();
        end
    };
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "events::commits_and_ends_before_anybody_is_told"])
        .env(PROFILE, folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success(), "the child has to break down");

    let p = Profile::of(folder);
    let cursor = p.store.read(|r| r.cursor("sync")).unwrap().unwrap();
    assert_eq!(cursor, before);
    let found = events(&p, cursor);
    assert_eq!(brief(&found), [(Noun::Setting, "land", What::Added)]);
    assert!(found[0].at >= at("2026-11-20T09:00:00Z"));
}
