//! One row that cannot be read takes no list down: it is left out or shown without the value, and a problem names it.

use domain::*;
use store::{
    DocumentFilter, DueRange, Find, JobKind, NewProblem, Notification, Op, Related, Role, SavedView, Store, TaskFilter,
};

use crate::profile::{FILES, Profile, at, day, fact};

/// A profile with at least two rows in every table that a list reads.
fn full() -> Profile {
    let p = Profile::new();
    let ids = p.ids.as_ref();
    let now = at("2026-11-20T12:00:00Z");
    let mut tasks = Vec::new();
    for name in ["first", "second"] {
        let document = p.document(name);
        let task = p.task(Some(&document));
        p.store
            .write(By::Person, Op::AcceptDocument, |w| {
                let page = Page {
                    width: 210.0,
                    height: 297.0,
                    origin: PageOrigin::Embedded,
                    turned: 0,
                    words: Vec::new(),
                    language: None,
                };
                let reading = Reading { pages: vec![page], ..Reading::default() };
                w.save_reading(&document.file, &reading, "1")?;
                let facts = vec![
                    fact(Field::AmountDue, "84.20", Origin::Text),
                    fact(Field::Iban, "DE02120300000000202051", Origin::Text),
                ];
                w.save_findings(&document.file, &Findings { facts, ..Findings::default() }, "1")?;
                let sender = w.insert_correspondent(&format!("{name} sender"))?;
                w.set_correspondent(document.id, Some(sender.id))?;
                w.rename_correspondent(sender.id, &format!("{name} sender GmbH"))?;
                let anchor =
                    Anchor { words: "kundennummer".to_owned(), side: Side::Right, one_word: true, pattern: None };
                w.teach(sender.id, &SenderRule { field: Field::CustomerNumber, anchor }, Some(document.id))?;
                w.confirm(document.id, &fact(Field::DueDate, "2026-12-11", Origin::User))?;
                w.assume(document.id, &Assumption::Received(day("2026-11-21")))?;
                w.tag_document(document.id, w.ensure_tag(&format!("Haus/{name}"))?)?;
                w.set_note(document.id, "note")?;
                w.set_state(document.id, DocumentState::Accepted)?;
                w.save_view(&SavedView {
                    id: ViewId::new(ids),
                    name: name.to_owned(),
                    query: "strom".to_owned(),
                    order: search::ViewOrder::Newest,
                    position: 0,
                })?;
                w.insert_task(&task)?;
                let details =
                    TaskDetails { tags: vec!["x".to_owned()], documents: vec![document.id], ..TaskDetails::default() };
                w.set_task_details(task.id, &details)?;
                w.add_payment(
                    task.id,
                    &Payment {
                        id: PaymentId::new(ids),
                        amount: Money::parse("1", "EUR").unwrap(),
                        paid_on: day("2026-11-20"),
                        how: PaidHow::Transfer,
                    },
                )?;
                w.set_reminder_overrides(
                    task.id,
                    &ReminderOverrides { moved_at: Some(now), ..ReminderOverrides::default() },
                )?;
                w.set_setting(name, "\"1\"")
            })
            .unwrap();
        p.store
            .write(By::Program, Op::Ledger, |w| {
                let delivery = Delivery { stage: Stage::Info, slot: now, state: DeliveryState::Delivered, at: now };
                let subject = Subject::Task(task.id);
                w.note(&Notification { subject, delivery, channel: "desktop".to_owned(), error: None })?;
                w.schedule(subject, Some(now))?;
                w.add_disclosure(&store::Disclosure {
                    at: now,
                    what: "code".to_owned(),
                    receiver: "bank".to_owned(),
                    left_computer: false,
                })?;
                w.add_problem(&NewProblem {
                    file_name: name.to_owned(),
                    path: None,
                    file: Some(document.file.clone()),
                    code: domain::FailureCode::Io,
                    message: name.to_owned(),
                })
            })
            .unwrap();
        tasks.push((document.id, task.id));
    }
    let [(one, first), (other, second)] = tasks[..] else { panic!() };
    p.store
        .write(By::Person, Op::SetRelation, |w| {
            w.relate(Related { document: one, other, relation: Some(Relation::SameMatter) })?;
            w.relate(Related { document: other, other: one, relation: None })?;
            w.set_waits_for(first, &[second])
        })
        .unwrap();
    p
}

/// Everything that a list, the scheduler or a worker asks.
fn ask_everything(store: &Store) -> store::Result<()> {
    let now = at("2026-11-25T12:00:00Z");
    store.read(|r| {
        let rows = r.documents(&DocumentFilter::default(), 10, 0)?.rows;
        for row in rows {
            r.relations_of(row.id)?;
            r.case_of(row.id)?;
            r.tags_of(row.id)?;
            r.note(row.id)?;
            r.history_of(row.id, 10)?;
        }
        for range in [DueRange::Until(day("2030-01-01")), DueRange::After(day("2020-01-01")), DueRange::Undated] {
            r.open_tasks(range, 10)?;
        }
        for filter in [TaskFilter::Open, TaskFilter::Done(9), TaskFilter::All] {
            for task in r.tasks(filter)? {
                r.task_details(task.id)?;
                r.task_steps(task.id)?;
                r.payments(task.id)?;
                r.reminder_overrides(task.id)?;
                r.remindable(task.id)?;
                r.ledger(Subject::Task(task.id), now)?;
                r.is_blocked(task.id)?;
            }
        }
        r.next_tasks(9)?;
        r.open_task_count()?;
        for row in r.correspondents()? {
            r.correspondent(row.id)?;
        }
        r.known_correspondents()?;
        r.sender_rules()?;
        r.own_names()?;
        r.bills(day("2020-01-01"))?;
        r.cases()?;
        r.tags()?;
        r.saved_views()?;
        r.settings()?;
        r.problems()?;
        r.jobs()?;
        r.job_counts()?;
        r.next_job_at(FILES)?;
        r.history(50)?;
        r.next_to_redo()?;
        r.events_after(0, 1000)?;
        r.notifications(None, 10)?;
        r.unanswered(now)?;
        r.sent(at("2026-11-01T00:00:00Z"), now)?;
        r.unscheduled(10)?;
        r.scheduled(10)?;
        r.ready(now)?;
        r.next_instant()?;
        r.waiting_for_review()?;
        r.disclosures(false, 10)?;
        for file in r.files()? {
            r.arrivals(&file.id)?;
            r.reading(&file.id)?;
            r.findings(&file.id)?;
            r.job_events(&file.id)?;
        }
        let query = search::Query::parse("strom").query;
        let find =
            Find { query: &query, order: search::ViewOrder::Best, today: day("2026-11-20"), limit: 9, offset: 0 };
        let found = r.find(&find)?;
        r.facets(&find, &found)?;
        Ok(())
    })
}

/// What must always go: a setting, a delivery, a job, a reminder.
fn write_what_matters(store: &Store, broken: &str, number: usize) -> store::Result<()> {
    let value = number.to_string();
    store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("theme", &value))?;
    store.write(By::Program, Op::Ledger, |w| w.unschedule_all())?;
    store.write(By::Program, Op::Ledger, |w| w.next_job(&[JobKind::new("nothing")]))?;
    // The two letters wait to be read: one that cannot be claimed does not keep the other one waiting.
    let claimed = store.write(By::Program, Op::Ledger, |w| w.next_job(FILES))?.value;
    let waits = store.read(|r| r.job_counts())?.queued;
    // A kind that is not known is that of a newer program, and left to it.
    assert!(
        claimed.is_some() || waits == 0 || broken == "jobs.kind",
        "{waits} jobs wait, and none can be claimed: {broken}"
    );
    store.undo()?;
    Ok(())
}

#[test]
fn one_unreadable_value_of_any_table_takes_nothing_else_down() {
    let p = full();
    ask_everything(&p.store).unwrap();
    let whole = p.path("whole.db");
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute("VACUUM INTO ?1", [whole.to_string_lossy()]).unwrap();
    let names = |sql: &str| -> Vec<String> {
        raw.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let tables = names(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index%'
         AND name NOT LIKE 'search_trigrams%' AND name NOT IN ('refinery_schema_history', 'event_pruning')",
    );
    assert!(tables.len() > 30, "{tables:?}");
    let (mut broken, mut failures) = (0, Vec::new());
    for table in &tables {
        for column in names(&format!("SELECT name FROM pragma_table_info('{table}') WHERE type = 'TEXT'")) {
            // Each in a profile of its own, so that only one value is broken at a time.
            let folder = tempfile::tempdir().unwrap();
            let database = folder.path().join("workmate.db");
            std::fs::copy(&whole, &database).unwrap();
            let one = rusqlite::Connection::open(&database).unwrap();
            one.pragma_update(None, "foreign_keys", false).unwrap();
            let first = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 1");
            let sql = format!("UPDATE {table} SET {column} = '?{{broken' WHERE {column} = ({first})");
            match one.execute(&sql, []) {
                Ok(0) => continue,
                Ok(_) => broken += 1,
                // A value that only one row may have, and that several had.
                Err(_) => continue,
            }
            drop(one);
            let store = crate::profile::open(folder.path(), crate::profile::counting());
            let lock = store.take_role(Role::Engine, "app").unwrap();
            let outcomes = [
                ("asking", ask_everything(&store)),
                ("starting", store.sweep_up(&lock).map(drop)),
                ("writing", write_what_matters(&store, &format!("{table}.{column}"), broken)),
                ("asking again", ask_everything(&store)),
            ];
            for (what, outcome) in outcomes {
                if let Err(error) = outcome {
                    failures.push(format!("{what} with {table}.{column}: {error}"));
                }
            }
        }
    }
    assert!(broken > 100, "only {broken} values were broken");
    assert!(failures.is_empty(), "{} of {broken}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_problem_names_what_cannot_be_read_once_and_what_is_left_is_shown() {
    let p = full();
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute("UPDATE tasks SET derivation = '{\"rule\":', title = 'Rent' WHERE rowid = 1", []).unwrap();
    let before = p.store.read(|r| r.problems()).unwrap().len();
    for _ in 0..3 {
        let tasks = p.store.read(|r| r.tasks(TaskFilter::Open)).unwrap();
        assert_eq!(tasks.len(), 2);
        assert!(tasks.iter().any(|task| task.title == "Rent" && task.derivation.is_none()));
    }
    let problems = p.store.read(|r| r.problems()).unwrap();
    assert_eq!(problems.len(), before + 1);
    let problem = &problems[0].problem;
    assert_eq!((problem.code.as_str(), problem.file_name.as_str()), ("unreadable_value", "Rent"));
    assert!(problem.message.contains("tasks.derivation") && problem.message.contains("everything else works"));
    let id = problems[0].id;
    p.store.write(By::Person, Op::Ledger, |w| w.dismiss_problem(id)).unwrap();
    p.other().read(|r| r.tasks(TaskFilter::Open)).unwrap();
    assert_eq!(p.store.read(|r| r.problems()).unwrap().len(), before, "what was dismissed does not come again");
}

#[test]
fn a_row_that_says_nothing_without_its_id_is_left_out_of_its_list() {
    let p = full();
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    raw.execute("UPDATE correspondents SET id = 'nobody' WHERE rowid = 1", []).unwrap();
    assert_eq!(p.store.read(|r| r.correspondents()).unwrap().len(), 1);
    assert_eq!(p.store.read(|r| r.known_correspondents()).unwrap().len(), 1);
    assert!(p.store.read(|r| r.problems()).unwrap().iter().any(|row| row.problem.code.as_str() == "unreadable_value"));
}

#[test]
fn a_step_of_a_newer_program_is_shown_and_can_be_taken_back() {
    let p = Profile::new();
    p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("x", "1")).unwrap();
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute("UPDATE history SET op = 'beam_up'", []).unwrap();
    assert_eq!(p.store.read(|r| r.history(9)).unwrap()[0].op, Op::Unknown);
    assert_eq!(p.store.undo().unwrap().unwrap().steps[0].op, Op::Unknown);
    assert_eq!(p.store.read(|r| r.setting("x")).unwrap(), None);
}

/// JSON as programs before this one wrote it, one file for each column.
const OLD_FORMS: &[(&str, &str, &str)] = &[
    ("tasks", "derivation", include_str!("old_forms/derivation.json")),
    ("tasks", "derivation", include_str!("old_forms/derivation_without_notes.json")),
    ("task_details", "recurrence", include_str!("old_forms/recurrence.json")),
    ("task_details", "tags", include_str!("old_forms/tags.json")),
    ("sender_rules", "anchor", include_str!("old_forms/anchor.json")),
    ("assumptions", "value", include_str!("old_forms/assumption.json")),
    ("confirmed_facts", "evidence", include_str!("old_forms/evidence.json")),
    ("confirmed_facts", "checks", include_str!("old_forms/checks.json")),
    ("findings", "kinds", include_str!("old_forms/kinds.json")),
    ("findings", "problems", include_str!("old_forms/problems.json")),
    ("readings", "codes", include_str!("old_forms/codes.json")),
];

#[test]
fn json_of_older_programs_is_read_and_so_is_that_of_a_newer_one_with_more_in_it() {
    for (table, column, old) in OLD_FORMS {
        let newer = format!("{{\"v\": 7, \"is\": {}}}", more_in_it(old));
        for text in [old.to_string(), format!("{{\"v\": 1, \"is\": {old}}}"), newer] {
            let p = full();
            let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
            raw.execute(&format!("UPDATE {table} SET {column} = ?1"), [&text]).unwrap();
            ask_everything(&p.store).unwrap();
            let problems = p.store.read(|r| r.problems()).unwrap();
            let unread: Vec<_> =
                problems.iter().filter(|row| row.problem.code.as_str() == "unreadable_value").collect();
            assert!(unread.is_empty(), "{table}.{column}: {text}\n{unread:?}");
        }
    }
}

/// The same with a field in every object that this program does not know.
fn more_in_it(json: &str) -> serde_json::Value {
    fn add(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                fields.values_mut().for_each(add);
                fields.insert("of_a_newer_program".to_owned(), true.into());
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(add),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(json).unwrap();
    add(&mut value);
    value
}
