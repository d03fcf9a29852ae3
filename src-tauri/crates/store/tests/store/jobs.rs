//! Work is done in the right order, and a file that makes the program crash is left alone.

use chrono::Duration;
use domain::{Arrival, By, FailureCode, SourceId};
use store::{BackOff, Job, JobCounts, JobKind, JobState, LEASE, NewJob, Op, Role};

use crate::profile::{FILES, Profile, arrival, at, store_at};

#[test]
fn the_letter_scanned_now_comes_before_a_bulk_import_and_begun_work_before_new_work() {
    let p = Profile::new();
    for name in ["old 1", "old 2"] {
        p.store.ingest(&Arrival { source: SourceId::Import, ..arrival(name) }, "text/plain").unwrap();
    }
    let scanned = p.take("scanned");
    let order = p
        .store
        .write(By::Program, Op::Ledger, |w| {
            let first = w.next_job(FILES)?.unwrap();
            w.finish(&first)?;
            w.enqueue_file(&scanned, JobKind::UNDERSTAND, false)?;
            let mut order = vec![(first.name, first.kind)];
            while let Some(next) = w.next_job(FILES)? {
                assert_eq!(next.state, JobState::Running);
                order.push((next.name, next.kind));
            }
            Ok(order)
        })
        .unwrap()
        .value;
    let expected = [
        ("scanned.txt", JobKind::READ),
        ("scanned.txt", JobKind::UNDERSTAND),
        ("old 1.txt", JobKind::READ),
        ("old 2.txt", JobKind::READ),
    ];
    assert_eq!(order.iter().map(|(name, kind)| (name.as_str(), kind.clone())).collect::<Vec<_>>(), expected);
}

#[test]
fn progress_failure_and_retry_are_seen() {
    let p = Profile::new();
    let file = p.take("bill");
    let id = p.store.write(By::Program, Op::Ledger, |w| Ok(w.next_job(FILES)?.unwrap().id)).unwrap().value;
    p.store.write(By::Program, Op::Ledger, |w| w.progress(id, 2, 5)).unwrap();
    let job = p.store.read(|r| r.job(id)).unwrap().unwrap();
    assert_eq!((job.page, job.pages), (2, 5));
    p.store.write(By::Program, Op::Ledger, |w| w.fail(id, FailureCode::Truncated, "The file ends too early.")).unwrap();
    let job = p.store.read(|r| r.job(id)).unwrap().unwrap();
    assert_eq!((job.state, job.code), (JobState::Failed, Some(FailureCode::Truncated)));
    assert_eq!(p.store.read(|r| r.job_counts()).unwrap(), JobCounts { failed: 1, ..Default::default() });
    p.store.write(By::Program, Op::Ledger, |w| w.requeue(id)).unwrap();
    let job = p.store.read(|r| r.job(id)).unwrap().unwrap();
    assert_eq!((job.state, job.page, job.code), (JobState::Queued, 0, None));
    let states: Vec<_> = p.store.read(|r| r.job_events(&file)).unwrap().into_iter().map(|e| e.state).collect();
    assert_eq!(states, [JobState::Queued, JobState::Running, JobState::Failed, JobState::Queued]);
}

#[test]
fn after_two_crashes_a_file_is_in_quarantine_with_a_problem_until_a_person_asks() {
    let p = Profile::new();
    let file = p.take("bill");
    let crash = || {
        let job = p.store.write(By::Program, Op::Ledger, |w| w.next_job(FILES)).unwrap().value.unwrap();
        p.store.write(By::Program, Op::Ledger, |w| w.after_crash(&job)).unwrap().value
    };
    assert!(!crash());
    assert!(crash(), "its reader ended twice");
    assert_eq!(p.store.write(By::Program, Op::Ledger, |w| w.next_job(FILES)).unwrap().value, None);
    let problems = p.store.read(|r| r.problems()).unwrap();
    assert_eq!(problems[0].problem.code.as_str(), "quarantined");
    assert!(problems[0].problem.message.contains("bill.txt"));
    let id = p.store.read(|r| Ok(r.jobs()?[0].id)).unwrap();
    p.store.write(By::Program, Op::Ledger, |w| w.requeue(id)).unwrap();
    assert!(!crash(), "asked by a person, it gets both its tries again");
    assert!(crash());
    let again = Arrival { source: SourceId::Import, ..arrival("bill") };
    assert_eq!(p.store.ingest(&again, "text/plain").unwrap(), domain::Outcome::Duplicate(file.clone()));
    assert_eq!(claim(&p, FILES).unwrap().crashes, 0, "imported again, too");
}

#[test]
fn that_the_program_ended_counts_against_no_file() {
    let p = Profile::new();
    let file = p.take("bill");
    let lock = p.store.take_role(Role::Engine, "app").unwrap();
    for kind in [JobKind::READ, JobKind::UNDERSTAND] {
        for _ in 0..5 {
            let job = claim(&p, FILES).unwrap();
            assert_eq!((&job.kind, job.crashes), (&kind, 0));
            assert_eq!(p.store.sweep_up(&lock).unwrap().requeued, std::slice::from_ref(&file));
        }
        let job = claim(&p, FILES).unwrap();
        p.store
            .write(By::Program, Op::Ledger, |w| {
                if job.kind == JobKind::READ {
                    w.enqueue_file(&file, JobKind::UNDERSTAND, true)?;
                }
                w.finish(&job)
            })
            .unwrap();
    }
    assert_eq!(p.store.read(|r| r.problems()).unwrap(), []);
}

#[test]
fn work_on_the_ledger_is_reported_but_leaves_no_undo_step() {
    let p = Profile::new();
    p.take("bill");
    let written = p.store.write(By::Program, Op::Ledger, |w| w.next_job(FILES)).unwrap();
    assert_eq!(written.step, None);
    assert!(written.changes.has(store::Noun::Job));
    assert_eq!(p.store.read(|r| r.history(10)).unwrap(), []);
}

const HOOK: JobKind = JobKind::new("webhook");

fn hook(subject: &str) -> NewJob<'_> {
    let payload = serde_json::json!({"url": "http://localhost"});
    NewJob { kind: HOOK, subject, payload, foreground: false, run_after: None }
}

fn claim(p: &Profile, kinds: &[JobKind]) -> Option<Job> {
    p.store.write(By::Program, Op::Ledger, |w| w.next_job(kinds)).unwrap().value
}

#[test]
fn work_of_any_kind_is_queued_with_what_its_worker_needs_and_once_for_each_subject() {
    let p = Profile::new();
    p.take("bill");
    let first = p.store.write(By::Program, Op::Ledger, |w| w.enqueue(&hook("task 1"))).unwrap().value;
    let again = p.store.write(By::Program, Op::Ledger, |w| w.enqueue(&hook("task 1"))).unwrap().value;
    assert_eq!(first, again);
    let job = claim(&p, &[HOOK]).unwrap();
    assert_eq!(
        (job.id, job.kind.as_str(), job.subject.as_str(), job.name.as_str()),
        (first, "webhook", "task 1", "task 1")
    );
    assert_eq!((job.file, job.attempts), (None, 1));
    assert_eq!(job.payload["url"], "http://localhost");
    assert_eq!(claim(&p, &[HOOK]), None, "the letter is for others");
    assert_eq!(claim(&p, FILES).unwrap().name, "bill.txt");
}

#[test]
fn kinds_of_a_newer_program_are_left_alone() {
    let p = Profile::new();
    let other = JobKind::new("from the future");
    let new = NewJob { kind: other.clone(), ..hook("x") };
    let id = p.store.write(By::Program, Op::Ledger, |w| w.enqueue(&new)).unwrap().value;
    assert_eq!(claim(&p, FILES), None);
    assert_eq!(p.store.read(|r| r.next_job_at(FILES)).unwrap(), None);
    let lock = p.store.take_role(Role::Engine, "app").unwrap();
    p.store.sweep_up(&lock).unwrap();
    let job = p.store.read(|r| r.job(id)).unwrap().unwrap();
    assert_eq!((job.kind, job.state, job.crashes), (other, JobState::Queued, 0));
}

#[test]
fn a_job_waits_for_its_time_and_the_worker_is_told_when_that_is() {
    let p = Profile::new();
    let soon = at("2026-11-20T09:30:00Z");
    let new = NewJob { run_after: Some(soon), ..hook("x") };
    p.store.write(By::Program, Op::Ledger, |w| w.enqueue(&new)).unwrap();
    assert_eq!(claim(&p, &[HOOK]), None);
    assert_eq!(p.store.read(|r| r.next_job_at(&[HOOK])).unwrap(), Some(soon));
    let later = store_at(&p, "2026-11-20T09:30:00Z");
    let job = later.write(By::Program, Op::Ledger, |w| w.next_job(&[HOOK])).unwrap().value.unwrap();
    assert_eq!(job.run_after, Some(soon));
}

#[test]
fn what_fails_for_now_is_tried_again_each_time_after_longer_until_it_has_failed() {
    let back_off = BackOff { first: Duration::minutes(1), longest: Duration::minutes(3), attempts: 4 };
    let waits: Vec<_> = (1..=4).map(|attempts| back_off.after(attempts).map(|wait| wait.num_minutes())).collect();
    assert_eq!(waits, [Some(1), Some(2), Some(3), None]);
    assert_eq!(BackOff { attempts: u32::MAX, ..back_off }.after(4_000_000), Some(Duration::minutes(3)));

    let p = Profile::new();
    p.store.write(By::Program, Op::Ledger, |w| w.enqueue(&hook("x"))).unwrap();
    let mut now = at("2026-11-20T12:00:00Z");
    for expected in waits {
        let store = store_at(&p, &now.to_rfc3339());
        let job = store.write(By::Program, Op::Ledger, |w| w.next_job(&[HOOK])).unwrap().value.unwrap();
        let again =
            store.write(By::Program, Op::Ledger, |w| w.try_later(&job, back_off, FailureCode::Io, "Nobody answers."));
        assert_eq!(again.unwrap().value, expected.is_some());
        let after = p.store.read(|r| r.job(job.id)).unwrap().unwrap();
        assert_eq!((after.code, after.attempts), (Some(FailureCode::Io), job.attempts));
        match after.run_after {
            Some(at) if expected.is_some() => {
                assert!(at - now >= Duration::minutes(expected.unwrap()), "{at} {now}");
                assert_eq!(store.write(By::Program, Op::Ledger, |w| w.next_job(&[HOOK])).unwrap().value, None);
                now = at;
            }
            _ => assert_eq!((expected, after.state), (None, JobState::Failed)),
        }
    }
}

#[test]
fn the_job_of_a_worker_that_is_not_heard_of_comes_back_and_what_it_says_later_does_not_count() {
    let p = Profile::new();
    p.take("bill");
    let lost = claim(&p, FILES).unwrap();
    let expiry = p.store.read(|r| r.next_job_at(FILES)).unwrap().unwrap();
    assert!(expiry - at("2026-11-20T09:00:00Z") >= LEASE);
    assert_eq!(claim(&p, FILES), None, "it may still be at work");

    let later = store_at(&p, &(expiry + Duration::seconds(1)).to_rfc3339());
    let job = later.write(By::Program, Op::Ledger, |w| w.next_job(FILES)).unwrap().value.unwrap();
    assert_eq!((job.id, job.attempts, job.crashes), (lost.id, 2, 0));
    let error = later.write(By::Program, Op::Ledger, |w| w.finish(&lost)).unwrap_err();
    assert_eq!(error.code().as_str(), "lease_lost");
    later.write(By::Program, Op::Ledger, |w| w.finish(&job)).unwrap();
    assert_eq!(p.store.read(|r| r.job(job.id)).unwrap().unwrap().state, JobState::Done);
}

#[test]
fn progress_keeps_the_lease_of_a_long_job() {
    let p = Profile::new();
    p.take("long scan");
    let job = claim(&p, FILES).unwrap();
    let expiry = p.store.read(|r| r.next_job_at(FILES)).unwrap().unwrap();
    let later = store_at(&p, &(expiry - Duration::seconds(5)).to_rfc3339());
    later.write(By::Program, Op::Ledger, |w| w.progress(job.id, 1, 500)).unwrap();
    let much_later = store_at(&p, &(expiry + Duration::minutes(5)).to_rfc3339());
    assert_eq!(much_later.write(By::Program, Op::Ledger, |w| w.next_job(FILES)).unwrap().value, None);
    much_later.write(By::Program, Op::Ledger, |w| w.finish(&job)).unwrap();
}

#[test]
fn a_worker_that_is_lost_again_and_again_counts_against_no_file() {
    let p = Profile::new();
    let file = p.take("bill");
    for hour in [10, 11, 12, 13] {
        assert!(
            store_at(&p, &format!("2026-11-20T{hour}:00:00Z"))
                .write(By::Program, Op::Ledger, |w| w.next_job(FILES))
                .unwrap()
                .value
                .is_some()
        );
    }
    let job = &p.store.read(|r| r.jobs_of(&file)).unwrap()[0];
    assert_eq!((job.state, job.crashes), (JobState::Running, 0));
    assert_eq!(p.store.read(|r| r.problems()).unwrap(), []);
}

#[test]
fn a_second_reading_waits_for_what_comes_in_but_not_for_the_backlog() {
    let p = Profile::new();
    let (read_before, backlog, new) = (p.take("read before"), p.take("backlog"), p.take("new"));
    let kinds = [JobKind::READ, JobKind::SECOND_READING];
    let order = p
        .store
        .write(By::Program, Op::Ledger, |w| {
            w.to_background(&backlog)?;
            w.enqueue_file(&read_before, JobKind::SECOND_READING, true)?;
            let mut order = Vec::new();
            while let Some(job) = w.next_job(&kinds)? {
                order.push((job.kind, job.name));
            }
            Ok(order)
        })
        .unwrap()
        .value;
    let name = |file| p.store.read(|r| r.file_name(file)).unwrap();
    let expected = [
        (JobKind::READ, name(&read_before)),
        (JobKind::READ, name(&new)),
        (JobKind::SECOND_READING, name(&read_before)),
        (JobKind::READ, name(&backlog)),
    ];
    assert_eq!(order, expected);
    assert_eq!(p.store.read(|r| Ok((r.second_readings()?, r.count_under_way()?))).unwrap(), (1, 3));
}

#[test]
fn the_next_job_is_found_without_going_through_all_that_wait() {
    let p = Profile::new();
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    let sql = "EXPLAIN QUERY PLAN SELECT jobs.*, files.name FROM jobs INDEXED BY jobs_to_begin LEFT JOIN files ON files.id = jobs.subject
               WHERE jobs.state = 'queued' AND run_after <= '2' AND kind IN (SELECT value FROM json_each('[]'))
                 AND (foreground OR kind = 'understand' OR NOT EXISTS (SELECT 1 FROM backlog_pause))
               ORDER BY foreground DESC, kind IN ('second_reading', 'recompute'), kind = 'understand' DESC, at, jobs.id LIMIT 1";
    let plan: Vec<String> =
        raw.prepare(sql).unwrap().query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
    assert!(plan.iter().any(|line| line.contains("jobs_to_begin")), "{plan:?}");
    assert!(!plan.iter().any(|line| line.contains("ORDER BY")), "{plan:?}");
}
