//! Several processes, and several threads of one, on the same profile.

use domain::By;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use store::{Op, Role, StoreError};

use crate::profile::{Profile, at};

#[test]
fn what_one_writes_the_other_reads() {
    let p = Profile::new();
    let other = p.other();
    let document = p.document("bill");
    assert_eq!(other.read(|r| r.document(document.id)).unwrap().as_ref(), Some(&document));
    std::fs::remove_file(p.store.changed_path()).unwrap();
    other.write(By::Person, Op::TrashDocument, |w| w.trash(document.id, at("2026-11-20T10:00:00Z"))).unwrap();
    assert!(p.store.read(|r| r.trashed_at(document.id)).unwrap().is_some());
    assert!(p.store.changed_path().exists(), "the other one is woken");
    p.store.undo().unwrap().unwrap();
    assert_eq!(other.read(|r| r.trashed_at(document.id)).unwrap(), None);
}

#[test]
fn a_change_by_another_is_told_from_an_own_one_even_when_both_wrote() {
    let p = Profile::new();
    let other = p.other();
    let write =
        |store: &store::Store, key| store.write(By::Person, Op::ChangeSetting, |w| w.set_setting(key, "1")).unwrap();
    write(&p.store, "own");
    assert!(!p.store.changed_by_another().unwrap());
    write(&other, "theirs");
    write(&p.store, "own again");
    assert!(p.store.changed_by_another().unwrap(), "its own later write does not hide it");
    assert!(!p.store.changed_by_another().unwrap(), "told once");
}

#[test]
fn writers_wait_for_each_other_and_lose_nothing() {
    let p = Profile::new();
    let other = p.other();
    std::thread::scope(|scope| {
        for (name, store) in [("a", &p.store), ("b", &p.store), ("c", &other), ("d", &other)] {
            scope.spawn(move || {
                for number in 0..10 {
                    let key = format!("{name}{number}");
                    store.write(By::Person, Op::ChangeSetting, |w| w.set_setting(&key, "1")).unwrap();
                }
            });
        }
    });
    assert_eq!(p.store.read(|r| r.settings()).unwrap().len(), 40);
}

#[test]
fn a_reader_sees_one_state_while_another_writes() {
    let p = Profile::new();
    let other = p.other();
    p.store
        .read(|r| {
            assert_eq!(r.setting("x")?, None);
            other.write(By::Person, Op::ChangeSetting, |w| w.set_setting("x", "1"))?;
            assert_eq!(r.setting("x")?, None);
            Ok(())
        })
        .unwrap();
    assert_eq!(p.store.read(|r| r.setting("x")).unwrap().as_deref(), Some("1"));
}

#[test]
fn only_one_runs_the_engine_and_the_other_is_told_who() {
    let p = Profile::new();
    let other = p.other();
    assert_eq!(other.role_holder(Role::Engine).unwrap(), None);
    let lock = p.store.take_role(Role::Engine, "watch").unwrap();
    let Err(StoreError::EngineHeld(holder)) = other.take_role(Role::Engine, "app") else { panic!("locked twice") };
    assert_eq!((holder.pid, holder.kind.as_str()), (std::process::id(), "watch"));
    assert_eq!(other.role_holder(Role::Engine).unwrap(), Some(holder));
    drop(lock);
    assert_eq!(other.role_holder(Role::Engine).unwrap(), None);
    other.take_role(Role::Engine, "app").unwrap();
}

#[test]
fn who_only_looks_never_keeps_anybody_from_the_engine_and_is_told_the_truth() {
    let p = Profile::new();
    let (other, over) = (p.other(), AtomicBool::new(false));
    std::thread::scope(|threads| {
        for _ in 0..3 {
            threads.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    let holder = other.role_holder(Role::Engine).unwrap();
                    assert!(holder.is_none_or(|holder| holder.kind == "watch"));
                }
            });
        }
        let taken: Vec<_> = (0..200).map(|_| p.store.take_role(Role::Engine, "watch").map(drop)).collect();
        over.store(true, Ordering::Relaxed);
        assert!(taken.iter().all(Result::is_ok), "{taken:?}");
    });
    assert_eq!(other.role_holder(Role::Engine).unwrap(), None);
}

#[test]
fn listeners_hear_of_each_commit_and_may_use_the_store() {
    let p = Profile::new();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (store, log) = (Arc::new(p.other()), heard.clone());
    let inside = store.clone();
    store.subscribe(Box::new(move |changes| {
        if changes.op == Op::ChangeSetting {
            inside.write(By::Person, Op::AddTask, |w| w.set_setting("seen", "1")).unwrap();
        }
        log.lock().unwrap().push((changes.op, changes.by));
    }));
    store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("x", "1")).unwrap();
    store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("x", "1")).unwrap();
    store.write(By::Person, Op::ChangeSetting, |w| w.setting("x")).unwrap();
    store.undo().unwrap();
    let expected = [(Op::AddTask, By::Person), (Op::ChangeSetting, By::Person), (Op::Undo, By::Person)];
    assert_eq!(*heard.lock().unwrap(), expected, "what changed nothing is not announced");
}

#[test]
fn an_error_or_a_panic_in_a_write_takes_everything_back_and_the_next_write_works() {
    let p = Profile::new();
    let error = p.store.write(By::Person, Op::ChangeSetting, |w| {
        w.set_setting("x", "1")?;
        Err::<(), _>(StoreError::Nested)
    });
    assert!(error.is_err());
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = p.store.write(By::Person, Op::ChangeSetting, |w| {
            w.set_setting("x", "1")?;
            panic!("a mistake");
            #[expect(unreachable_code, reason = "gives the closure its type")]
            Ok(())
        });
    }));
    assert!(panicked.is_err());
    assert_eq!(p.store.read(|r| r.setting("x")).unwrap(), None);
    p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("x", "2")).unwrap();
}

#[test]
fn a_write_within_a_write_is_refused_instead_of_waiting_forever() {
    let p = Profile::new();
    let nested = p.store.write(By::Person, Op::ChangeSetting, |w| {
        w.set_setting("x", "1")?;
        p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("y", "1"))
    });
    assert_eq!(nested.unwrap_err().code().as_str(), "nested_write");
    p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("x", "1")).unwrap();
}
