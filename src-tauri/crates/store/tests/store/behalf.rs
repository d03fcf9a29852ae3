//! On whose behalf something was changed is kept, and only the person's own steps are undo's.

use domain::*;
use store::{Noun, Op, Store};

use crate::profile::Profile;
use crate::undoing::intent;

fn set(store: &Store, by: By, key: &str) -> StepId {
    store.write(by, Op::ChangeSetting, |w| w.set_setting(key, "1")).unwrap().step.unwrap()
}

fn everybody(p: &Profile) -> [By; 5] {
    let ids = p.ids.as_ref();
    let (rule, sync, key) = (RuleId::new(ids), ConnectionId::new(ids), KeyId::new(ids));
    [By::Person, By::Program, By::Rule(rule), By::Sync(sync), By::Key(key)]
}

#[test]
fn each_step_says_on_whose_behalf_it_happened_whatever_was_done() {
    let p = Profile::new();
    let everybody = everybody(&p);
    for (number, by) in everybody.into_iter().enumerate() {
        let written = p.store.write(by, Op::ChangeSetting, |w| w.set_setting(&number.to_string(), "1")).unwrap();
        assert_eq!((written.changes.by, written.changes.op), (by, Op::ChangeSetting));
    }
    let kept: Vec<_> = p.store.read(|r| Ok(r.history(9)?.iter().rev().map(|row| row.by).collect())).unwrap();
    assert_eq!(kept, everybody);
}

#[test]
fn undo_offers_the_persons_own_steps_only() {
    let p = Profile::new();
    let everybody = everybody(&p);
    let own = set(&p.store, By::Person, "own");
    for (number, by) in everybody.into_iter().enumerate().skip(1) {
        set(&p.store, by, &number.to_string());
    }
    let undone = p.store.undo().unwrap().unwrap();
    assert_eq!(undone.steps.iter().map(|step| step.step).collect::<Vec<_>>(), [own]);
    assert_eq!(p.store.undo().unwrap(), None);
    assert_eq!(p.store.read(|r| r.settings()).unwrap().len(), 4, "what the others did stands");
    assert_eq!(p.store.redo().unwrap().unwrap().steps[0].step, own);
}

#[test]
fn a_whole_run_of_a_rule_or_a_sync_is_taken_back_as_one() {
    let p = Profile::new();
    for by in everybody(&p).into_iter().skip(2) {
        let document = p.document(&by.to_string());
        set(&p.store, By::Person, &format!("before {by}"));
        let before = intent(&p);

        let run = p.store.begin_run(by);
        run.write(Op::TagDocuments, |w| w.tag_document(document.id, w.ensure_tag("Haus")?)).unwrap();
        run.write(Op::RenameDocument, |w| w.set_title(document.id, "Strom")).unwrap();
        run.write(Op::RenameDocument, |w| w.set_title(document.id, "Strom 2026")).unwrap();
        let other = p.store.begin_run(by);
        other.write(Op::WriteNote, |w| w.set_note(document.id, "of another run")).unwrap();
        other.write(Op::WriteNote, |w| w.set_note(document.id, "")).unwrap();
        let rows = p.store.read(|r| r.history(5)).unwrap();
        let runs: Vec<_> = rows.iter().rev().map(|row| (row.by, row.run)).collect();
        let (one, two) = (Some(run.id()), Some(other.id()));
        assert_eq!(runs, [(by, one), (by, one), (by, one), (by, two), (by, two)]);

        let undone = p.store.undo_run(run.id()).unwrap().unwrap();
        assert_eq!(
            undone.steps.iter().map(|step| step.op).collect::<Vec<_>>(),
            [Op::RenameDocument, Op::RenameDocument, Op::TagDocuments],
            "the newest first"
        );
        assert_eq!((undone.skipped.len(), undone.changes.of(Noun::Document) == [document.id].into()), (0, true));
        assert_eq!(intent(&p), before, "{by}");
        assert_eq!(p.store.undo_run(run.id()).unwrap(), None, "only once");
    }
}

#[test]
fn what_a_person_changed_since_stays_when_a_run_is_taken_back() {
    let p = Profile::new();
    let [_, _, rule, ..] = everybody(&p);
    let (first, second) = (p.document("first"), p.document("second"));
    let run = p.store.begin_run(rule);
    for document in [&first, &second] {
        run.write(Op::RenameDocument, |w| {
            w.label(&document.title);
            w.set_title(document.id, "by the rule")
        })
        .unwrap();
    }
    p.store.write(By::Person, Op::RenameDocument, |w| w.set_title(second.id, "by hand")).unwrap();

    let undone = p.store.undo_run(run.id()).unwrap().unwrap();
    assert_eq!(undone.steps[0].label.as_deref(), Some("first"));
    assert_eq!(undone.skipped[0].step.label.as_deref(), Some("second"));
    assert!(undone.skipped[0].standing.contains("was changed since"), "{undone:?}");
    let title = |id| p.store.read(|r| r.document(id)).unwrap().unwrap().title;
    assert_eq!((title(first.id).as_str(), title(second.id).as_str()), ("first", "by hand"));
}

#[test]
fn a_run_of_which_everything_was_changed_since_is_left_as_it_is() {
    let p = Profile::new();
    let [_, _, rule, ..] = everybody(&p);
    let run = p.store.begin_run(rule);
    run.write(Op::ChangeSetting, |w| w.set_setting("x", "1")).unwrap();
    p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("x", "2")).unwrap();
    let error = p.store.undo_run(run.id()).unwrap_err();
    assert_eq!(error.code().as_str(), "undo_conflict");
    assert_eq!(p.store.read(|r| r.setting("x")).unwrap().as_deref(), Some("2"));
}
