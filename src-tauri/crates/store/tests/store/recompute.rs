//! Older results are found a portion at a time, once for each pair of versions, and come after everything else.

use domain::{By, Findings, Reading};
use store::{EngineVersions, JobKind, Op, RecomputePortion};

use crate::profile::{FILES, Profile, at};

const ALL: &[JobKind] = &[JobKind::READ, JobKind::UNDERSTAND, JobKind::RECOMPUTE];

/// A profile of so many documents, all with results of version 1.
fn with_documents(count: usize) -> Profile {
    let p = Profile::new();
    for number in 0..count {
        let document = p.document(&format!("bill {number}"));
        p.store
            .write(By::Program, Op::FileDocument, |w| {
                w.save_reading(&document.file, &Reading::default(), "read 1")?;
                w.save_findings(&document.file, &Findings::default(), "understand 1")
            })
            .unwrap();
    }
    p.store
        .write(By::Program, Op::Ledger, |w| {
            while let Some(job) = w.next_job(FILES)? {
                w.finish(&job)?;
            }
            Ok(())
        })
        .unwrap();
    p
}

fn older() -> EngineVersions {
    EngineVersions { readers: Vec::new(), understanders: vec!["understand 1".to_owned()] }
}

/// Looks for the next portion and queues it.
fn queue(p: &Profile, target: &str, limit: u32) -> RecomputePortion {
    let begun = p.store.read(|r| r.recompute_progress()).unwrap();
    let of_target = begun.as_ref().filter(|progress| progress.target == target);
    let portion = p.store.read(|r| r.recompute_portion(target, &older(), of_target, limit)).unwrap();
    p.store.write(By::Program, Op::Ledger, |w| w.queue_recomputes(begun.as_ref(), &portion)).unwrap();
    portion
}

/// Does what is queued, with results of a version, and gives how many there were.
fn work(p: &Profile, version: &str) -> usize {
    let done = p.store.write(By::Program, Op::Ledger, |w| {
        let mut done = 0;
        while let Some(job) = w.next_job(ALL)? {
            w.save_findings(job.original()?, &Findings::default(), version)?;
            w.finish_and_forget(&job)?;
            done += 1;
        }
        Ok(done)
    });
    done.unwrap().value
}

#[test]
fn many_older_results_become_work_a_portion_at_a_time_and_each_once() {
    let p = with_documents(5);
    assert_eq!(
        p.store.read(|r| r.engine_versions()).unwrap(),
        EngineVersions { readers: vec!["read 1".to_owned()], understanders: vec!["understand 1".to_owned()] }
    );
    for (queued, left) in [(2, 3), (2, 1), (1, 0)] {
        let portion = queue(&p, "2", 2);
        assert_eq!(
            (portion.files.len(), portion.progress.remaining, portion.progress.is_done()),
            (queued, left, left == 0)
        );
        let queued = portion.files.len();
        assert_eq!(p.store.read(|r| r.to_recompute()).unwrap() as usize, queued + left as usize);
        let under_way = p.store.read(|r| Ok((r.count_under_way()?, r.jobs_under_way(9)?.len()))).unwrap();
        assert_eq!(under_way, (0, 0), "no letter waits");
        queue(&p, "2", 2);
        assert_eq!(work(&p, "understand 1"), queued, "while a portion waits, no other is queued");
    }
    assert_eq!(queue(&p, "2", 2).files, [], "all stayed old, and none is tried again for the same version");
    assert_eq!(p.store.read(|r| r.to_recompute()).unwrap(), 0);
    assert_eq!(queue(&p, "3", 9).files.len(), 5, "for the next version they are");
    assert_eq!(work(&p, "understand 2"), 5);
    let versions = p.store.read(|r| r.engine_versions()).unwrap();
    assert_eq!(versions.understanders, ["understand 2"]);
}

#[test]
fn what_another_thread_has_queued_meanwhile_is_not_queued_twice() {
    let p = with_documents(2);
    let portion = p.store.read(|r| r.recompute_portion("2", &older(), None, 9)).unwrap();
    queue(&p, "2", 9);
    assert_eq!(work(&p, "understand 2"), 2);
    p.store.write(By::Program, Op::Ledger, |w| w.queue_recomputes(None, &portion)).unwrap();
    assert_eq!(work(&p, "understand 2"), 0);
}

#[test]
fn what_is_computed_again_comes_after_every_letter_and_is_held_up_with_the_backlog() {
    let p = with_documents(2);
    let opened = queue(&p, "2", 9).files[1].clone();
    p.take("new");
    let backlog = p.take("backlog");
    p.store
        .write(By::Program, Op::Ledger, |w| {
            w.to_background(&backlog)?;
            w.enqueue_file(&opened, JobKind::RECOMPUTE, true).map(drop)
        })
        .unwrap();
    let order = p.store.write(By::Program, Op::Ledger, |w| {
        let mut order = Vec::new();
        while let Some(job) = w.next_job(ALL)? {
            order.push(job.name.clone());
            w.finish(&job)?;
        }
        Ok(order)
    });
    assert_eq!(order.unwrap().value, ["new.txt", "bill 0.txt", "backlog.txt", "bill 1.txt"]);

    let p = with_documents(1);
    queue(&p, "2", 9);
    p.store.write(By::Person, Op::Ledger, |w| w.pause_backlog(true)).unwrap();
    assert_eq!(p.store.write(By::Program, Op::Ledger, |w| w.next_job(ALL)).unwrap().value, None);
    p.store.write(By::Person, Op::Ledger, |w| w.pause_backlog(false)).unwrap();
    assert_eq!(work(&p, "understand 2"), 1);
}

#[test]
fn what_is_in_the_trash_is_not_computed_again() {
    let p = with_documents(1);
    let id = p.store.read(|r| r.document_of_file(&r.files()?[0].id)).unwrap().unwrap();
    p.store.write(By::Person, Op::TrashDocument, |w| w.trash(id, at("2026-11-20T09:00:00Z"))).unwrap();
    assert!(queue(&p, "2", 9).progress.is_done());
    assert_eq!(work(&p, "understand 2"), 0);
}

#[test]
fn the_versions_are_found_without_going_through_the_results() {
    let p = Profile::new();
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    for table in ["readings", "findings"] {
        for sql in [
            "SELECT min(engine_version) FROM TABLE",
            "SELECT min(engine_version) FROM TABLE WHERE engine_version > 'a'",
        ] {
            let sql = format!("EXPLAIN QUERY PLAN {}", sql.replace("TABLE", table));
            let plan: String = raw.query_row(&sql, [], |row| row.get(3)).unwrap();
            assert!(plan.contains(&format!("USING COVERING INDEX {table}_by_version")), "{plan}");
            assert!(plan.starts_with("SEARCH"), "{plan}");
        }
    }
}
