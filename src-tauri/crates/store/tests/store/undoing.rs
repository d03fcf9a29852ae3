//! What a person did can be taken back and done again; where something newer builds on it, nothing is changed.

use std::collections::BTreeMap;

use domain::*;
use store::{KEPT_BYTES, KEPT_STEPS, Noun, Op, Related, SavedView, Store, StoreError, Write};

use crate::profile::{Profile, at, day, fact};

/// Everything in the intent tables, as text.
pub(crate) fn intent(p: &Profile) -> BTreeMap<String, Vec<String>> {
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    let tables = [
        "correspondents",
        "correspondent_names",
        "sender_rules",
        "documents",
        "confirmed_facts",
        "assumptions",
        "relations",
        "tags",
        "document_tags",
        "document_notes",
        "saved_views",
        "tasks",
        "task_steps",
        "reminder_overrides",
        "settings",
    ];
    let rows = |table: &str| {
        let mut query = raw.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let width = query.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            (0..width)
                .map(|i| Ok(format!("{:?}", row.get::<_, rusqlite::types::Value>(i)?)))
                .collect::<Result<String, _>>()
        };
        query.query_map([], row).unwrap().map(Result::unwrap).collect()
    };
    tables.into_iter().map(|table| (table.to_owned(), rows(table))).collect()
}

type Action<'a> = Box<dyn Fn(&Write<'_>) -> store::Result<()> + 'a>;

#[test]
fn every_operation_of_a_person_is_undone_and_done_again() {
    let p = Profile::new();
    let document = p.document("bill");
    let (task, extra) = (p.task(Some(&document)), p.task(Some(&document)));
    let sender = p
        .store
        .write(By::Program, Op::FileDocument, |w| {
            w.insert_task(&task)?;
            w.insert_correspondent("Stadtwerke")
        })
        .unwrap()
        .value;
    let (d, t, s, now) = (document.id, task.id, sender.id, at("2026-11-20T12:00:00Z"));
    let snoozed = ReminderOverrides { snooze: Some(Snoozed { at: now, until: now }), ..ReminderOverrides::default() };
    let view = SavedView {
        id: ViewId::new(p.ids.as_ref()),
        name: "Strom".to_owned(),
        query: "strom".to_owned(),
        order: search::ViewOrder::Newest,
        position: 0,
    };
    let seen = ReminderOverrides { acknowledged: Some(Acknowledged { stage: Stage::Info, at: now }), ..snoozed };
    let anchor = Anchor { words: "kundennummer".to_owned(), side: Side::Right, one_word: true, pattern: None };
    let rule = SenderRule { field: Field::CustomerNumber, anchor };
    let actions: Vec<(Op, Action<'_>)> = vec![
        (
            Op::AcceptDocument,
            Box::new(|w| {
                w.set_state(d, DocumentState::Accepted)?;
                w.insert_task(&extra)
            }),
        ),
        (Op::CorrectFact, Box::new(|w| w.confirm(d, &fact(Field::AmountDue, "84.20", Origin::User)))),
        (Op::SetKind, Box::new(|w| w.set_kind(d, DocumentKind::Fine, 1.0))),
        (Op::RenameDocument, Box::new(|w| w.set_title(d, "Strom"))),
        (Op::SetCorrespondent, Box::new(|w| w.set_correspondent(d, Some(s)))),
        (
            Op::SetRelation,
            Box::new(|w| w.relate(Related { document: d, other: d, relation: Some(Relation::SameMatter) })),
        ),
        (Op::ChangeSenderRule, Box::new(|w| w.teach(s, &rule, Some(d)))),
        (
            Op::SplitCorrespondent,
            Box::new(|w| {
                let other = w.insert_correspondent("Nordwerke")?;
                w.move_documents(&[d], s, other.id)
            }),
        ),
        (Op::RenameCorrespondent, Box::new(|w| w.rename_correspondent(s, "Stadtwerke Muster"))),
        (
            Op::TagDocuments,
            Box::new(|w| {
                w.tag_document(d, w.ensure_tag("Haus/Strom")?)?;
                w.tag_document(d, w.ensure_tag("Energie")?)
            }),
        ),
        (Op::ChangeTag, Box::new(|w| w.rename_tag(w.ensure_tag("Haus")?, "Wohnung"))),
        (Op::MergeTags, Box::new(|w| w.merge_tags(w.ensure_tag("Energie")?, w.ensure_tag("Wohnung/Strom")?))),
        (Op::WriteNote, Box::new(|w| w.set_note(d, "**Zähler** abgelesen"))),
        (Op::ChangeView, Box::new(|w| w.save_view(&view))),
        (
            Op::MergeCorrespondents,
            Box::new(|w| {
                w.merge_correspondents(w.insert_correspondent("Stadtwerke 2")?.id, s)
                    .and_then(|()| w.set_correspondent(d, None))
            }),
        ),
        (Op::EditDocuments, Box::new(|w| w.set_correspondent(d, Some(s)))),
        (Op::AnswerStaleLetters, Box::new(|w| w.set_state(d, DocumentState::Stale))),
        (Op::ArrangePages, Box::new(|w| w.set_file(d, &w.insert_generated_file("two.pdf", now)?))),
        (Op::TrashDocument, Box::new(|w| w.trash(d, now))),
        (Op::RestoreDocument, Box::new(|w| w.restore(d))),
        (Op::AddTask, Box::new(|w| w.insert_task(&p.task(None)))),
        (Op::ChangeTask, Box::new(|w| w.set_step_done(t, 0, true))),
        (Op::CompleteTask, Box::new(|w| w.set_task_status(t, TaskStatus::Done, Some((now, DoneHow::Paid))))),
        (Op::ReopenTask, Box::new(|w| w.set_task_status(t, TaskStatus::Open, None))),
        (Op::PostponeTask, Box::new(|w| w.set_task_due(t, Some(day("2026-12-12")), None))),
        (Op::AssumeDeadline, Box::new(|w| w.assume(d, &Assumption::Received(day("2026-11-21"))))),
        (Op::SnoozeReminder, Box::new(|w| w.set_reminder_overrides(t, &snoozed))),
        (Op::AcknowledgeReminder, Box::new(|w| w.set_reminder_overrides(t, &seen))),
        (Op::PauseReminders, Box::new(|w| w.delete_task(extra.id))),
        (Op::ChangeSetting, Box::new(|w| w.set_setting("land", "\"BY\""))),
    ];
    let others = [
        Op::Undo,
        Op::Redo,
        Op::DeleteDocument,
        Op::ForgetPerson,
        Op::Ingest,
        Op::FileDocument,
        Op::Reprocess,
        Op::PlanReminders,
        Op::EndByCalendar,
        Op::ImportProfile,
        Op::ImportPaperless,
        Op::Unknown,
        Op::Ledger,
    ];
    assert_eq!(
        actions.len(),
        Op::ALL.len() - others.len(),
        "all but undo, redo, what is deleted for good, and what the program does by itself"
    );

    let mut states = vec![intent(&p)];
    for (op, action) in &actions {
        let written = p.store.write(By::Person, *op, |w| {
            w.label(op.as_str());
            action(w)
        });
        assert!(written.unwrap().step.is_some(), "{op:?} left no step");
        states.push(intent(&p));
        assert_ne!(states[states.len() - 2], states[states.len() - 1], "{op:?} changed nothing");
    }
    for (at, (op, _)) in actions.iter().enumerate().rev() {
        let undone = p.store.undo().unwrap().unwrap();
        assert_eq!((undone.steps[0].op, undone.steps[0].label.as_deref()), (*op, Some(op.as_str())));
        assert_eq!((undone.steps.len(), undone.skipped.len()), (1, 0));
        assert_eq!((undone.changes.op, undone.changes.is_empty()), (Op::Undo, false));
        assert_eq!(intent(&p), states[at], "after undoing {op:?}");
    }
    assert_eq!(p.store.undo().unwrap(), None, "what the engine filed is not a person's to undo");
    for (at, (op, _)) in actions.iter().enumerate() {
        assert_eq!(p.store.redo().unwrap().unwrap().steps[0].op, *op);
        assert_eq!(intent(&p), states[at + 1], "after doing {op:?} again");
    }
    assert_eq!(p.store.redo().unwrap(), None);
}

fn set(store: &Store, by: By, key: &str, value: &str) -> StepId {
    store.write(by, Op::ChangeSetting, |w| w.set_setting(key, value)).unwrap().step.unwrap()
}

#[test]
fn a_new_step_ends_what_can_be_done_again() {
    let p = Profile::new();
    set(&p.store, By::Person, "x", "1");
    p.store.undo().unwrap().unwrap();
    set(&p.store, By::Person, "y", "1");
    assert_eq!(p.store.redo().unwrap(), None);
    p.store.undo().unwrap().unwrap();
    p.store.redo().unwrap().unwrap();
    assert_eq!(p.store.read(|r| Ok(r.settings()?.into_keys().collect::<Vec<_>>())).unwrap(), ["y"]);
    let undone: Vec<_> = p.store.read(|r| Ok(r.history(9)?.iter().map(|row| (row.op, row.undone)).collect())).unwrap();
    let set = Op::ChangeSetting;
    assert_eq!(undone, [(Op::Redo, false), (Op::Undo, false), (set, false), (Op::Undo, false), (set, true)]);
}

/// Undo fails, says what stands in the way, and changes nothing.
fn refused(p: &Profile, words: &str) {
    let before = intent(p);
    let error = p.store.undo().unwrap_err();
    assert!(matches!(error, StoreError::UndoConflict { .. }), "{error:?}");
    assert!(error.to_string().contains(words), "{error}");
    assert_eq!(intent(p), before);
    assert!(!p.store.read(|r| r.history(1)).unwrap()[0].undone);
}

#[test]
fn a_value_that_was_changed_since_stands_in_the_way() {
    let p = Profile::new();
    set(&p.store, By::Person, "x", "1");
    set(&p.store, By::Program, "x", "2");
    refused(&p, "the entry x of “settings” was changed since");
}

#[test]
fn a_row_that_is_gone_stands_in_the_way() {
    let p = Profile::new();
    set(&p.store, By::Person, "x", "1");
    p.store.write(By::Program, Op::Reprocess, |w| w.remove_setting("x")).unwrap();
    refused(&p, "the entry x of “settings” is no longer there");
}

#[test]
fn a_row_that_came_back_stands_in_the_way() {
    let p = Profile::new();
    set(&p.store, By::Program, "x", "1");
    p.store.write(By::Person, Op::ChangeSetting, |w| w.remove_setting("x")).unwrap();
    set(&p.store, By::Program, "x", "2");
    refused(&p, "the entry x of “settings” is there already");
}

#[test]
fn a_row_that_others_refer_to_stands_in_the_way() {
    let p = Profile::new();
    let document = p.document("bill");
    let sender =
        p.store.write(By::Person, Op::SetCorrespondent, |w| w.insert_correspondent("Stadtwerke")).unwrap().value;
    p.store.write(By::Program, Op::Reprocess, |w| w.set_correspondent(document.id, Some(sender.id))).unwrap();
    refused(&p, "an entry of “documents” refers to an entry of “correspondents” that is not there");
    p.store.write(By::Program, Op::Reprocess, |w| w.set_correspondent(document.id, None)).unwrap();
    p.store.undo().unwrap().unwrap();
    assert_eq!(p.store.read(|r| r.correspondent(sender.id)).unwrap(), None);
}

#[test]
fn other_columns_of_the_same_row_do_not_stand_in_the_way() {
    let p = Profile::new();
    let document = p.document("bill");
    p.store.write(By::Person, Op::RenameDocument, |w| w.set_title(document.id, "Strom")).unwrap();
    p.store.write(By::Program, Op::Reprocess, |w| w.set_kind(document.id, DocumentKind::Dunning, 0.9)).unwrap();
    let changes = p.store.undo().unwrap().unwrap().changes;
    assert_eq!(changes.of(Noun::Document), [document.id].into());
    let now = p.store.read(|r| r.document(document.id)).unwrap().unwrap();
    assert_eq!((now.title.as_str(), now.kind), ("bill", DocumentKind::Dunning));
}

#[test]
fn a_step_expires_with_its_schema_version() {
    let p = Profile::new();
    set(&p.store, By::Person, "x", "1");
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute("UPDATE history SET schema_version = schema_version - 1", []).unwrap();
    assert_eq!(p.store.undo().unwrap(), None);
}

#[test]
fn changes_name_each_noun_that_was_touched() {
    let p = Profile::new();
    let document = p.document("bill");
    let task = p.task(Some(&document));
    let written = p
        .store
        .write(By::Person, Op::AcceptDocument, |w| {
            let sender = w.insert_correspondent("Stadtwerke")?;
            w.confirm(document.id, &fact(Field::AmountDue, "1", Origin::User))?;
            w.insert_task(&task)?;
            w.set_reminder_overrides(
                task.id,
                &ReminderOverrides { moved_at: Some(document.received_at), ..ReminderOverrides::default() },
            )?;
            Ok(sender)
        })
        .unwrap();
    let changes = written.changes;
    assert_eq!(changes.of(Noun::Document), [document.id].into());
    assert_eq!((changes.of(Noun::Task), changes.of(Noun::Reminder)), ([task.id].into(), [task.id].into()));
    assert_eq!(changes.of(Noun::Correspondent), [written.value.id].into());
    assert!(!changes.has(Noun::Setting) && !changes.has(Noun::Job));
}

#[test]
fn a_step_that_something_newer_builds_on_is_skipped_and_said_and_older_ones_stay_within_reach() {
    let p = Profile::new();
    let first = set(&p.store, By::Person, "first", "1");
    let second = set(&p.store, By::Person, "second", "1");
    set(&p.store, By::Program, "second", "2");
    let before = intent(&p);
    assert_eq!(p.store.next_to_undo().unwrap().unwrap().step, first, "the one that undo can take, not the newest one");
    assert_eq!(intent(&p), before, "it was only tried");
    let undone = p.store.undo().unwrap().unwrap();
    assert_eq!(undone.steps.iter().map(|step| step.step).collect::<Vec<_>>(), [first]);
    assert_eq!(p.store.next_to_undo().unwrap(), None, "the other one is built on");
    assert_eq!(undone.skipped.iter().map(|skipped| skipped.step.step).collect::<Vec<_>>(), [second]);
    assert!(undone.skipped[0].standing.contains("the entry second of “settings” was changed since"));
    let settings = p.store.read(|r| r.settings()).unwrap();
    assert_eq!(settings, BTreeMap::from([("second".to_owned(), "2".to_owned())]));
    assert_eq!(p.store.redo().unwrap().unwrap().steps[0].step, first, "what was skipped was not taken back");
}

#[test]
fn a_named_step_is_taken_back_whatever_came_after_it_and_redo_makes_the_last_one_again() {
    let p = Profile::new();
    let meant = set(&p.store, By::Person, "meant", "1");
    let later = set(&p.store, By::Person, "later", "1");
    set(&p.store, By::Program, "later still", "1");
    let undone = p.store.undo_step(meant).unwrap().unwrap();
    assert_eq!(undone.steps[0].step, meant);
    assert_eq!(p.store.undo_step(meant).unwrap(), None, "once");
    assert_eq!(p.store.undo().unwrap().unwrap().steps[0].step, later);
    assert_eq!(p.store.redo().unwrap().unwrap().steps[0].step, later, "the last one that was taken back");
    assert_eq!(p.store.redo().unwrap().unwrap().steps[0].step, meant);
}

#[test]
fn a_named_step_that_something_newer_builds_on_is_refused_and_no_other_is_taken_instead() {
    let p = Profile::new();
    set(&p.store, By::Person, "other", "1");
    let meant = set(&p.store, By::Person, "x", "1");
    set(&p.store, By::Program, "x", "2");
    let before = intent(&p);
    let error = p.store.undo_step(meant).unwrap_err();
    assert!(error.to_string().contains("the entry x of “settings” was changed since"), "{error}");
    assert_eq!(intent(&p), before);
}

fn kept(p: &Profile) -> (i64, i64) {
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    let sql = "SELECT count(*), coalesce(sum(length(changeset)), 0) FROM history WHERE changeset IS NOT NULL";
    raw.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

/// As many steps as there are after a long time, without making each.
fn age(p: &Profile, by: By, count: usize, bytes: i64) {
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO history (step, op, actor, at, schema_version, changeset, size)
         SELECT hex(randomblob(16)), 'change_setting', ?2, '2026-11-20T09:00:00.000000Z',
                (SELECT max(version) FROM refinery_schema_history), zeroblob(?3), ?3 FROM n",
        rusqlite::params![count as i64, by.to_string(), bytes],
    )
    .unwrap();
}

#[test]
fn only_so_many_steps_can_be_taken_back_and_a_busy_rule_does_not_push_the_persons_out() {
    let p = Profile::new();
    let own = set(&p.store, By::Person, "own", "1");
    let rule = By::Rule(RuleId::new(p.ids.as_ref()));
    age(&p, rule, KEPT_STEPS + 500, 10);
    set(&p.store, rule, "by the rule", "1");
    assert_eq!(kept(&p).0, KEPT_STEPS as i64 + 1);
    age(&p, By::Person, KEPT_STEPS - 2, 10);
    let last = set(&p.store, By::Person, "last", "1");
    assert!(p.store.undo_step(own).unwrap().is_some(), "still within the limit");
    p.store.redo().unwrap().unwrap();
    age(&p, By::Person, 1, 10);
    set(&p.store, By::Person, "one more", "1");
    assert_eq!(p.store.undo_step(own).unwrap(), None, "too old now");
    assert!(p.store.undo_step(last).unwrap().is_some());
    let row = p.store.read(|r| Ok(r.history(9_999)?.into_iter().find(|row| row.step == own))).unwrap().unwrap();
    assert!(!row.can_be_undone && !row.undone, "the history goes on showing it");
}

#[test]
fn changesets_take_only_so_much_room_but_the_newest_step_can_always_be_taken_back() {
    let p = Profile::new();
    age(&p, By::Person, 5, KEPT_BYTES / 4);
    set(&p.store, By::Person, "x", "1");
    let (count, bytes) = kept(&p);
    assert!(count == 4 && bytes <= KEPT_BYTES, "{count} {bytes}");
    let huge = "1".repeat(KEPT_BYTES as usize + 1);
    let step = p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("huge", &huge)).unwrap().step.unwrap();
    assert_eq!(kept(&p).0, 1);
    assert_eq!(p.store.undo().unwrap().unwrap().steps[0].step, step);
}

#[test]
fn every_query_of_the_history_has_its_index() {
    let p = Profile::new();
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    for (sql, index) in [
        (
            "SELECT * FROM history WHERE actor = 'person' AND undone_at IS NULL AND changeset IS NOT NULL
          AND number < 5 AND schema_version = 1 ORDER BY number DESC LIMIT 1",
            "history_to_undo",
        ),
        (
            "SELECT * FROM history WHERE undone_at IS NOT NULL AND changeset IS NOT NULL AND actor = 'person'
          ORDER BY undone_order DESC LIMIT 1",
            "history_to_redo",
        ),
        (
            "SELECT * FROM history WHERE run = 'x' AND undone_at IS NULL AND changeset IS NOT NULL AND number < 5
          ORDER BY number DESC LIMIT 1",
            "history_of_run",
        ),
        (
            "UPDATE history SET changeset = NULL WHERE undone_at IS NOT NULL AND changeset IS NOT NULL",
            "history_to_redo",
        ),
        (
            "SELECT number, size FROM history WHERE changeset IS NOT NULL AND (actor = 'person') = 1 ORDER BY number DESC",
            "history_kept",
        ),
    ] {
        let plan: Vec<String> = raw
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap()
            .query_map([], |row| row.get(3))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert!(plan.iter().any(|line| line.contains(index)), "{sql}: {plan:?}");
    }
}
