//! What a person did can be taken back and done again; where something newer builds on it, nothing is changed.

use std::collections::BTreeMap;

use domain::*;
use store::{Op, Related, SavedView, Store, StoreError, Write};

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
        "reminder_wishes",
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
        .write(Op::FileDocument, |w| {
            w.insert_task(&task)?;
            w.insert_correspondent("Stadtwerke")
        })
        .unwrap()
        .value;
    let (d, t, s, now) = (document.id, task.id, sender.id, at("2026-11-20T12:00:00Z"));
    let snoozed = Wishes { snooze: Some(Snoozed { at: now, until: now }), ..Wishes::default() };
    let view = SavedView {
        id: ViewId::new(p.ids.as_ref()),
        name: "Strom".to_owned(),
        query: "strom".to_owned(),
        order: search::ViewOrder::Newest,
        position: 0,
    };
    let seen = Wishes { acknowledged: Some(Acknowledged { stage: Stage::Info, at: now }), ..snoozed };
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
        (Op::SettleOldPost, Box::new(|w| w.set_state(d, DocumentState::OldPost))),
        (Op::ArrangePages, Box::new(|w| w.set_file(d, &w.insert_generated_file("two.pdf", now)?))),
        (Op::TrashDocument, Box::new(|w| w.trash(d, now))),
        (Op::RestoreDocument, Box::new(|w| w.restore(d))),
        (Op::AddTask, Box::new(|w| w.insert_task(&p.task(None)))),
        (Op::ChangeTask, Box::new(|w| w.set_step_done(t, 0, true))),
        (Op::CompleteTask, Box::new(|w| w.set_task_status(t, TaskStatus::Done, Some((now, DoneHow::Paid))))),
        (Op::ReopenTask, Box::new(|w| w.set_task_status(t, TaskStatus::Open, None))),
        (Op::PostponeTask, Box::new(|w| w.set_task_due(t, Some(day("2026-12-12")), None))),
        (Op::AssumeDeadline, Box::new(|w| w.assume(d, &Assumption::Received(day("2026-11-21"))))),
        (Op::SnoozeReminder, Box::new(|w| w.set_wishes(t, &snoozed))),
        (Op::AcknowledgeReminder, Box::new(|w| w.set_wishes(t, &seen))),
        (Op::PauseReminders, Box::new(|w| w.delete_task(extra.id))),
        (Op::ChangeSetting, Box::new(|w| w.set_setting("land", "\"BY\""))),
    ];
    let users = Op::ALL.iter().filter(|op| op.actor() == store::Actor::User).count();
    assert_eq!(actions.len(), users - 2, "all but undo and redo themselves");

    let mut states = vec![intent(&p)];
    for (op, action) in &actions {
        let written = p.store.write(*op, |w| {
            w.label(op.as_str());
            action(w)
        });
        assert!(written.unwrap().step.is_some(), "{op:?} left no step");
        states.push(intent(&p));
        assert_ne!(states[states.len() - 2], states[states.len() - 1], "{op:?} changed nothing");
    }
    for (at, (op, _)) in actions.iter().enumerate().rev() {
        let undone = p.store.undo().unwrap().unwrap();
        assert_eq!((undone.op, undone.label.as_deref()), (*op, Some(op.as_str())));
        assert_eq!((undone.changes.op, undone.changes.is_empty()), (Op::Undo, false));
        assert_eq!(intent(&p), states[at], "after undoing {op:?}");
    }
    assert_eq!(p.store.undo().unwrap(), None, "what the engine filed is not a person's to undo");
    for (at, (op, _)) in actions.iter().enumerate() {
        assert_eq!(p.store.redo().unwrap().unwrap().op, *op);
        assert_eq!(intent(&p), states[at + 1], "after doing {op:?} again");
    }
    assert_eq!(p.store.redo().unwrap(), None);
}

fn set(store: &Store, op: Op, key: &str, value: &str) {
    store.write(op, |w| w.set_setting(key, value)).unwrap();
}

#[test]
fn a_new_step_ends_what_can_be_done_again() {
    let p = Profile::new();
    set(&p.store, Op::ChangeSetting, "x", "1");
    p.store.undo().unwrap().unwrap();
    set(&p.store, Op::ChangeSetting, "y", "1");
    assert_eq!(p.store.redo().unwrap(), None);
    p.store.undo().unwrap().unwrap();
    p.store.redo().unwrap().unwrap();
    assert_eq!(p.store.read(|r| Ok(r.settings()?.into_keys().collect::<Vec<_>>())).unwrap(), ["y"]);
    let undone: Vec<_> = p.store.read(|r| Ok(r.history(9)?.iter().map(|row| row.undone).collect())).unwrap();
    assert_eq!(undone, [false, true]);
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
    set(&p.store, Op::ChangeSetting, "x", "1");
    set(&p.store, Op::Reprocess, "x", "2");
    refused(&p, "the entry x of “settings” was changed since");
}

#[test]
fn a_row_that_is_gone_stands_in_the_way() {
    let p = Profile::new();
    set(&p.store, Op::ChangeSetting, "x", "1");
    p.store.write(Op::Reprocess, |w| w.remove_setting("x")).unwrap();
    refused(&p, "the entry x of “settings” is no longer there");
}

#[test]
fn a_row_that_came_back_stands_in_the_way() {
    let p = Profile::new();
    set(&p.store, Op::Reprocess, "x", "1");
    p.store.write(Op::ChangeSetting, |w| w.remove_setting("x")).unwrap();
    set(&p.store, Op::Reprocess, "x", "2");
    refused(&p, "the entry x of “settings” is there already");
}

#[test]
fn a_row_that_others_refer_to_stands_in_the_way() {
    let p = Profile::new();
    let document = p.document("bill");
    let sender = p.store.write(Op::SetCorrespondent, |w| w.insert_correspondent("Stadtwerke")).unwrap().value;
    p.store.write(Op::Reprocess, |w| w.set_correspondent(document.id, Some(sender.id))).unwrap();
    refused(&p, "an entry of “documents” refers to an entry of “correspondents” that is not there");
    p.store.write(Op::Reprocess, |w| w.set_correspondent(document.id, None)).unwrap();
    p.store.undo().unwrap().unwrap();
    assert_eq!(p.store.read(|r| r.correspondent(sender.id)).unwrap(), None);
}

#[test]
fn other_columns_of_the_same_row_do_not_stand_in_the_way() {
    let p = Profile::new();
    let document = p.document("bill");
    p.store.write(Op::RenameDocument, |w| w.set_title(document.id, "Strom")).unwrap();
    p.store.write(Op::Reprocess, |w| w.set_kind(document.id, DocumentKind::Dunning, 0.9)).unwrap();
    let changes = p.store.undo().unwrap().unwrap().changes;
    assert_eq!(changes.documents, [document.id].into());
    let now = p.store.read(|r| r.document(document.id)).unwrap().unwrap();
    assert_eq!((now.title.as_str(), now.kind), ("bill", DocumentKind::Dunning));
}

#[test]
fn a_step_expires_with_its_schema_version() {
    let p = Profile::new();
    set(&p.store, Op::ChangeSetting, "x", "1");
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
        .write(Op::AcceptDocument, |w| {
            let sender = w.insert_correspondent("Stadtwerke")?;
            w.confirm(document.id, &fact(Field::AmountDue, "1", Origin::User))?;
            w.insert_task(&task)?;
            w.set_wishes(task.id, &Wishes { moved_at: Some(document.received_at), ..Wishes::default() })?;
            Ok(sender)
        })
        .unwrap();
    let changes = written.changes;
    assert_eq!(changes.documents, [document.id].into());
    assert_eq!((changes.tasks, changes.reminders), ([task.id].into(), [task.id].into()));
    assert_eq!(changes.correspondents, [written.value.id].into());
    assert!(changes.settings.is_empty() && changes.ledger.is_empty());
}
