//! The chain of the history: what it keeps, what it notices, and what only a head kept elsewhere shows.

use domain::*;
use store::{ChainHead, Finding, Op, RowChange, Said, StepsWanted, What};

use crate::exporting::{brought, portions};
use crate::profile::{Profile, at};

/// A profile in which a letter was filed, renamed twice, and one of that taken back and made again.
fn lived_in() -> (Profile, Document) {
    let p = Profile::new();
    let document = p.document("Rechnung");
    let rename = |title: &str| {
        let renamed = p.store.write(By::Person, Op::RenameDocument, |w| {
            w.label(title);
            w.set_title(document.id, title)
        });
        renamed.unwrap();
    };
    rename("Strom");
    rename("Strom 2026");
    p.store.undo().unwrap().unwrap();
    p.store.redo().unwrap().unwrap();
    (p, document)
}

fn raw(p: &Profile) -> rusqlite::Connection {
    rusqlite::Connection::open(p.path("workmate.db")).unwrap()
}

/// As somebody by hand would do it, who knows how.
fn by_hand(p: &Profile, sql: &str) {
    let raw = raw(p);
    raw.execute_batch("DROP TRIGGER IF EXISTS chain_only_forgets; DROP TRIGGER IF EXISTS chain_stays;").unwrap();
    raw.execute_batch(sql).unwrap();
}

/// What the check says of the history.
fn broken(p: &Profile) -> Vec<String> {
    let verified = p.store.verify(None, &|_, _| true).unwrap().unwrap();
    // Where the originals of an export are not brought back, they are missing.
    let says = verified.findings.into_iter().filter_map(|finding| match finding {
        Finding::History { says } => Some(says),
        Finding::Missing { .. } => None,
        other => panic!("{other:?}"),
    });
    says.collect()
}

fn said(p: &Profile, number: i64) -> Vec<RowChange> {
    match p.store.read(|r| r.said(number)).unwrap() {
        Some(Said::Content(content)) => content.changes,
        other => panic!("{other:?}"),
    }
}

fn head(p: &Profile) -> ChainHead {
    p.store.read(|r| r.chain_head()).unwrap().unwrap()
}

#[test]
fn every_step_says_who_when_and_the_old_and_the_new_values_also_undo_and_redo() {
    let (p, document) = lived_in();
    let of = StepsWanted { limit: 9, document: Some(document.id), before: None };
    let steps = p.store.read(|r| r.steps(of)).unwrap();
    let seen: Vec<_> = steps.iter().map(|step| (step.number, step.op, step.by, step.label.as_deref())).collect();
    let (person, program) = (By::Person, By::Program);
    assert_eq!(
        seen,
        [
            (5, Op::Redo, person, Some("Strom 2026")),
            (4, Op::Undo, person, Some("Strom 2026")),
            (3, Op::RenameDocument, person, Some("Strom 2026")),
            (2, Op::RenameDocument, person, Some("Strom")),
            (1, Op::FileDocument, program, None),
        ]
    );
    assert!(steps.windows(2).all(|two| two[0].at > two[1].at));
    let titles = |number| {
        let change = said(&p, number).remove(0);
        assert_eq!((change.table.as_str(), change.key["id"].as_str()), ("documents", Some(&*document.id.to_string())));
        (change.what, change.old.get("title").cloned(), change.new.get("title").cloned())
    };
    let is = |text: &str| Some(text.into());
    assert_eq!(titles(1), (What::Added, None, is("Rechnung")));
    assert_eq!(titles(2), (What::Changed, is("Rechnung"), is("Strom")));
    assert_eq!(titles(4), (What::Changed, is("Strom 2026"), is("Strom")));
    assert_eq!(titles(5), (What::Changed, is("Strom"), is("Strom 2026")));
    let Some(Said::Content(undo)) = p.store.read(|r| r.said(4)).unwrap() else { panic!() };
    assert_eq!(undo.of, [steps[2].step], "it says which step it took back");
    let older = StepsWanted { before: Some(3), ..of };
    assert_eq!(p.store.read(|r| r.steps(older)).unwrap().len(), 2);
    assert_eq!(broken(&p), [""; 0]);
}

#[test]
fn whatever_is_changed_in_what_was_recorded_is_noticed_at_its_step() {
    let changes = [
        "UPDATE chain SET at = '2020-01-01T00:00:00.000000Z' WHERE number = 2",
        "UPDATE chain SET actor = 'program' WHERE number = 2; UPDATE history SET actor = 'program' WHERE number = 2",
        "UPDATE chain SET op = 'add_task' WHERE number = 2; UPDATE history SET op = 'add_task' WHERE number = 2",
        "UPDATE chain SET schema_version = 1 WHERE number = 2",
        "UPDATE chain SET run = 'x' WHERE number = 2",
        "UPDATE chain SET content = (SELECT content FROM chain WHERE number = 3) WHERE number = 2",
        "UPDATE chain SET salt = zeroblob(16) WHERE number = 2",
        "UPDATE chain SET content = NULL WHERE number = 2",
        "UPDATE chain SET hash = zeroblob(32) WHERE number = 2",
        "UPDATE chain SET hash = zeroblob(3) WHERE number = 2",
        "UPDATE history SET actor = 'program' WHERE number = 2",
        "DELETE FROM chain WHERE number = 2",
        "DELETE FROM history_documents; DELETE FROM history WHERE number = 2",
    ];
    for change in changes {
        let (p, _) = lived_in();
        by_hand(&p, change);
        let found = broken(&p);
        assert!(
            found.iter().any(|says| says.starts_with("step 2 ") || says.starts_with("step 3 ")),
            "{change}: {found:?}"
        );
    }
    // And one that is put in between.
    let (p, _) = lived_in();
    by_hand(
        &p,
        "UPDATE chain SET number = number + 10 WHERE number > 2; UPDATE chain SET number = number - 9 WHERE number > 9",
    );
    assert!(!broken(&p).is_empty());
}

#[test]
fn the_tables_themselves_refuse_any_change_but_forgetting() {
    let (p, _) = lived_in();
    let raw = raw(&p);
    let refused = [
        "DELETE FROM chain",
        "DELETE FROM chain WHERE number = 5",
        "UPDATE chain SET actor = 'program'",
        "UPDATE chain SET content = zeroblob(3)",
        "UPDATE chain SET salt = NULL, content = NULL, at = ''",
    ];
    for sql in refused {
        assert!(raw.execute_batch(sql).is_err(), "{sql}");
    }
    raw.execute_batch("UPDATE chain SET salt = NULL, content = NULL WHERE number = 2").unwrap();
    assert_eq!(broken(&p), [""; 0], "what is forgotten leaves the chain whole");
    assert_eq!(p.store.read(|r| r.said(2)).unwrap(), Some(Said::Forgotten));
    assert_eq!(p.store.read(|r| r.said(6)).unwrap(), None);
}

#[test]
fn an_end_that_was_cut_off_shows_only_against_a_head_that_was_kept() {
    let (p, _) = lived_in();
    let kept = head(&p);
    assert_eq!(kept.to_string().parse::<ChainHead>().unwrap(), kept);
    assert!("5:abc".parse::<ChainHead>().is_err() && "".parse::<ChainHead>().is_err());
    let cut = "DELETE FROM chain WHERE number = 5; DELETE FROM history_documents WHERE step = 5; DELETE FROM history WHERE number = 5";
    by_hand(&p, cut);
    assert_eq!(broken(&p), [""; 0]);
    assert!(!p.store.read(|r| r.has_head(&kept)).unwrap());
    // The head of the last check is such a one.
    let (p, document) = lived_in();
    let verified = p.store.verify(None, &|_, _| true).unwrap().unwrap();
    assert_eq!((verified.steps, verified.head.as_ref()), (5, Some(&head(&p))));
    let row = store::VerificationRow { at: at("2026-11-20T12:00:00Z"), verified };
    p.store.write(By::Program, Op::Ledger, |w| w.add_verification(&row)).unwrap();
    p.store.write(By::Person, Op::RenameDocument, |w| w.set_title(document.id, "later")).unwrap();
    assert_eq!(broken(&p), [""; 0]);
    by_hand(&p, &format!("{cut}; {}", cut.replace('5', "6")));
    assert!(broken(&p)[0].contains("is not there"), "{:?}", broken(&p));
}

#[test]
fn two_processes_never_fork_the_chain() {
    let (p, document) = lived_in();
    let other = p.other();
    std::thread::scope(|scope| {
        for (name, store) in [("one", &p.store), ("two", &other)] {
            scope.spawn(move || {
                for n in 0..20 {
                    let title = format!("{name} {n}");
                    store.write(By::Person, Op::RenameDocument, |w| w.set_title(document.id, &title)).unwrap();
                }
            });
        }
    });
    assert_eq!((head(&p).number, broken(&p)), (45, Vec::new()));
}

#[test]
fn the_chain_goes_out_with_an_export_and_goes_on_where_it_comes_back() {
    let (p, document) = lived_in();
    by_hand(&p, "UPDATE chain SET salt = NULL, content = NULL WHERE number = 2");
    let other = Profile::new();
    other.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("land", "\"BY\"")).unwrap();
    brought(&other, portions(&p));
    assert!(other.store.read(|r| r.has_head(&head(&p))).unwrap());
    assert_eq!((head(&other).number, broken(&other)), (6, Vec::new()));
    assert_eq!(said(&p, 3), said(&other, 3));
    let of = StepsWanted { limit: 9, document: Some(document.id), before: None };
    let ops = |p: &Profile| p.store.read(|r| Ok(r.steps(of)?.iter().map(|step| step.op).collect::<Vec<_>>())).unwrap();
    assert_eq!(ops(&other)[0], Op::ImportProfile);
    assert_eq!(ops(&other)[1..], ops(&p));
}

#[test]
fn steps_of_a_program_without_a_chain_are_its_beginning() {
    let (p, _) = lived_in();
    let folder = {
        by_hand(
            &p,
            "DROP TABLE chain; DROP TABLE removals; DROP TABLE blackouts; ALTER TABLE problems DROP COLUMN times; DROP INDEX jobs_of_second_reading; DELETE FROM refinery_schema_history WHERE version >= 93",
        );
        let Profile { folder, store, .. } = p;
        drop(store);
        folder
    };
    let p = Profile::of(folder);
    assert_eq!((head(&p).number, broken(&p)), (5, Vec::new()));
    let Some(Said::Content(renamed)) = p.store.read(|r| r.said(3)).unwrap() else { panic!() };
    assert_eq!((renamed.label.as_deref(), renamed.changes.len()), (Some("Strom 2026"), 0));
}
