//! Work is done in the right order, and a file that makes the program crash is left alone.

use domain::{Arrival, SourceId};
use store::{JobCounts, JobState, Op, Step};

use crate::profile::{Profile, arrival};

#[test]
fn the_letter_scanned_now_comes_before_a_bulk_import_and_begun_work_before_new_work() {
    let p = Profile::new();
    for name in ["old 1", "old 2"] {
        p.store.take_in(&Arrival { source: SourceId::Import, ..arrival(name) }, "text/plain").unwrap();
    }
    let scanned = p.take("scanned");
    let order = p
        .store
        .write(Op::Ledger, |w| {
            let first = w.next_job()?.unwrap();
            w.finish(first.id)?;
            w.enqueue(&scanned, Step::Understand, false)?;
            let mut order = vec![(first.name, first.step)];
            while let Some(next) = w.next_job()? {
                assert_eq!(next.state, JobState::Running);
                order.push((next.name, next.step));
            }
            Ok(order)
        })
        .unwrap()
        .value;
    let expected = [
        ("scanned.txt", Step::Read),
        ("scanned.txt", Step::Understand),
        ("old 1.txt", Step::Read),
        ("old 2.txt", Step::Read),
    ];
    assert_eq!(order.iter().map(|(name, step)| (name.as_str(), *step)).collect::<Vec<_>>(), expected);
}

#[test]
fn progress_failure_and_retry_are_seen() {
    let p = Profile::new();
    let file = p.take("bill");
    let id = p.store.write(Op::Ledger, |w| Ok(w.next_job()?.unwrap().id)).unwrap().value;
    p.store.write(Op::Ledger, |w| w.progress(id, 2, 5)).unwrap();
    let job = p.store.read(|r| r.job(id)).unwrap().unwrap();
    assert_eq!((job.page, job.pages), (2, 5));
    p.store.write(Op::Ledger, |w| w.fail(id, "truncated", "The file ends too early.")).unwrap();
    let job = p.store.read(|r| r.job(id)).unwrap().unwrap();
    assert_eq!((job.state, job.code.as_deref()), (JobState::Failed, Some("truncated")));
    assert_eq!(p.store.read(|r| r.job_counts()).unwrap(), JobCounts { failed: 1, ..Default::default() });
    p.store.write(Op::Ledger, |w| w.requeue(id)).unwrap();
    let job = p.store.read(|r| r.job(id)).unwrap().unwrap();
    assert_eq!((job.state, job.page, job.code), (JobState::Queued, 0, None));
    let states: Vec<_> = p.store.read(|r| r.job_events(&file)).unwrap().into_iter().map(|e| e.state).collect();
    assert_eq!(states, [JobState::Queued, JobState::Running, JobState::Failed, JobState::Queued]);
}

#[test]
fn after_two_crashes_a_file_is_in_quarantine_with_a_problem_until_a_person_asks() {
    let p = Profile::new();
    let file = p.take("bill");
    let lock = p.store.lock_engine("app").unwrap();
    let crash = || {
        p.store.write(Op::Ledger, |w| w.next_job()).unwrap().value.unwrap();
        p.store.sweep_up(&lock).unwrap()
    };
    assert_eq!(crash().requeued, std::slice::from_ref(&file));
    assert_eq!(crash().quarantined, std::slice::from_ref(&file));
    assert_eq!(p.store.write(Op::Ledger, |w| w.next_job()).unwrap().value, None);
    let problems = p.store.read(|r| r.problems()).unwrap();
    assert_eq!(problems[0].problem.code, "quarantined");
    assert!(problems[0].problem.message.contains("bill.txt"));
    let id = p.store.read(|r| Ok(r.jobs()?[0].id)).unwrap();
    p.store.write(Op::Ledger, |w| w.requeue(id)).unwrap();
    assert_eq!(crash().requeued, [file], "asked by a person, it gets both its tries again");
}

#[test]
fn work_on_the_ledger_is_reported_but_leaves_no_undo_step() {
    let p = Profile::new();
    p.take("bill");
    let written = p.store.write(Op::Ledger, |w| w.next_job()).unwrap();
    assert_eq!(written.step, None);
    assert!(written.changes.ledger.contains(&store::Ledger::Jobs));
    assert_eq!(p.store.read(|r| r.history(10)).unwrap(), []);
}
