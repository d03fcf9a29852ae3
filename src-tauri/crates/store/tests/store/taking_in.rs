//! A file is taken in exactly once, wherever it is interrupted.

use std::fs;

use domain::{Arrival, By, Outcome, Reading, SourceId};
use store::{JobKind, JobState, Op, Role, StoreError};

use crate::profile::{FILES, Profile, arrival, at};

#[test]
fn a_new_file_is_archived_noted_and_queued() {
    let p = Profile::new();
    let Outcome::Taken(file) = p.store.ingest(&arrival("bill"), "text/plain").unwrap() else { panic!("not taken") };
    assert_eq!(p.store.original(&file).unwrap(), b"bill");
    let stored = p.store.read(|r| r.file(&file)).unwrap().unwrap();
    assert_eq!((stored.name.as_str(), stored.mime.as_str(), stored.size), ("bill.txt", "text/plain", 4));
    let jobs = p.store.read(|r| r.jobs()).unwrap();
    assert_eq!(jobs.len(), 1);
    assert_eq!(
        (jobs[0].kind.clone(), jobs[0].state, jobs[0].name.as_str()),
        (JobKind::READ, JobState::Queued, "bill.txt")
    );
}

#[test]
fn a_member_that_was_read_with_its_container_is_not_read_again() {
    let p = Profile::new();
    let stack = p.take("stack");
    let read = Reading { mime_type: "application/pdf".to_owned(), ..Reading::default() };
    let part = p.store.ingest_member(&arrival("part"), "application/pdf", &stack, Some((&read, "7"))).unwrap();
    let Outcome::Taken(part) = part else { panic!("not taken") };
    let steps: Vec<JobKind> =
        p.store.read(|r| r.jobs_of(&part)).unwrap().into_iter().map(|job| job.kind.clone()).collect();
    assert_eq!(steps, [JobKind::UNDERSTAND]);
    assert_eq!(p.store.read(|r| r.reading(&part)).unwrap(), Some(read));
    assert_eq!(p.store.read(|r| r.reading_version(&part)).unwrap().as_deref(), Some("7"));
}

#[test]
fn the_same_bytes_under_another_name_are_a_duplicate_that_is_noted() {
    let p = Profile::new();
    let file = p.take("bill");
    let again = Arrival { name: "copy.txt".into(), path: None, ..arrival("bill") };
    assert_eq!(p.store.ingest(&again, "text/plain").unwrap(), Outcome::Duplicate(file.clone()));
    let names: Vec<_> = p.store.read(|r| r.arrivals(&file)).unwrap().into_iter().map(|a| a.name).collect();
    assert_eq!(names, ["bill.txt", "copy.txt"]);
    assert_eq!(p.store.read(|r| r.jobs()).unwrap().len(), 1);
}

#[test]
fn interrupted_before_the_file_left_the_inbox_the_repeated_arrival_is_not_noted_twice() {
    let p = Profile::new();
    let file = p.take("bill");
    assert_eq!(p.store.ingest(&arrival("bill"), "text/plain").unwrap(), Outcome::Duplicate(file.clone()));
    assert_eq!(p.store.read(|r| r.arrivals(&file)).unwrap().len(), 1);
    let changed = Arrival { modified: Some(at("2026-11-20T07:00:00Z")), ..arrival("bill") };
    p.store.ingest(&changed, "text/plain").unwrap();
    assert_eq!(p.store.read(|r| r.arrivals(&file)).unwrap().len(), 2);
}

#[test]
fn interrupted_while_writing_the_half_file_is_swept_up() {
    let p = Profile::new();
    fs::write(p.path("archive/00000000-0000-0000-0000-000000000007.part"), "half a bi").unwrap();
    let swept = p.store.sweep_up(&p.store.take_role(Role::Engine, "app").unwrap()).unwrap();
    assert_eq!(swept.temp_files, 1);
    assert!(!p.path("archive/00000000-0000-0000-0000-000000000007.part").exists());
    assert!(matches!(p.store.ingest(&arrival("bill"), "text/plain").unwrap(), Outcome::Taken(_)));
}

/// What is in the archive when the power went off between the two halves of a take-in.
fn archived_without_a_row(p: &Profile) -> domain::FileId {
    let donor = Profile::new();
    let file = donor.take("bill");
    let to = p.store.original_path(&file);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(donor.store.original_path(&file), to).unwrap();
    file
}

#[test]
fn interrupted_after_archiving_the_next_start_adopts_the_original() {
    let p = Profile::new();
    let file = archived_without_a_row(&p);
    let lock = p.store.take_role(Role::Engine, "app").unwrap();
    assert_eq!(p.store.sweep_up(&lock).unwrap().adopted, std::slice::from_ref(&file));
    assert_eq!(p.store.read(|r| r.arrivals(&file)).unwrap()[0].source, SourceId::Recovered);
    assert_eq!(p.store.read(|r| r.jobs()).unwrap().len(), 1);
    assert_eq!(p.store.sweep_up(&lock).unwrap(), Default::default());
}

#[test]
fn interrupted_after_archiving_the_repeated_arrival_is_taken() {
    let p = Profile::new();
    let file = archived_without_a_row(&p);
    assert_eq!(p.store.ingest(&arrival("bill"), "text/plain").unwrap(), Outcome::Taken(file));
}

#[test]
fn what_lies_in_the_archive_under_a_wrong_name_is_reported_and_left_there() {
    let p = Profile::new();
    let file = archived_without_a_row(&p);
    fs::remove_file(p.store.original_path(&file)).unwrap();
    fs::write(p.store.original_path(&file), "bell").unwrap();
    let swept = p.store.sweep_up(&p.store.take_role(Role::Engine, "app").unwrap()).unwrap();
    assert_eq!((swept.adopted.len(), swept.damaged), (0, vec![p.store.original_path(&file)]));
}

#[test]
fn work_that_failed_is_tried_again_when_the_file_comes_in_again() {
    let p = Profile::new();
    let file = p.take("bill");
    p.store
        .write(By::Program, Op::Ledger, |w| {
            let job = w.next_job(FILES)?.unwrap();
            w.fail(job.id, domain::FailureCode::Password, "The file is locked.")
        })
        .unwrap();
    let state = || p.store.read(|r| Ok(r.jobs_of(&file)?[0].state)).unwrap();
    p.take("bill");
    assert_eq!(state(), JobState::Failed, "the very same arrival is no reason to try again");
    p.store.ingest(&Arrival { source: SourceId::Drop, path: None, ..arrival("bill") }, "text/plain").unwrap();
    assert_eq!(state(), JobState::Queued);
}

#[test]
fn where_the_archive_cannot_be_written_nothing_is_half_done_and_the_error_names_the_way_out() {
    let p = Profile::new();
    let file = Profile::new().take("bill");
    fs::write(p.store.original_path(&file).parent().unwrap(), "a file in the way of the folder").unwrap();
    let error = p.store.ingest(&arrival("bill"), "text/plain").unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error:?}");
    assert!(error.to_string().contains("archive") && error.to_string().contains("Please check"), "{error}");
    assert_eq!(p.store.read(|r| r.files()).unwrap(), []);
    assert_eq!(p.store.read(|r| r.jobs()).unwrap(), []);
}

#[test]
fn many_threads_taking_in_the_same_file_take_it_in_once() {
    let p = Profile::new();
    let taken: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| matches!(p.store.ingest(&arrival("bill"), "text/plain"), Ok(Outcome::Taken(_)))))
            .collect();
        threads.into_iter().map(|thread| usize::from(thread.join().unwrap())).sum()
    });
    assert_eq!(taken, 1);
    assert_eq!(p.store.read(|r| r.jobs()).unwrap().len(), 1);
}

#[test]
fn many_files_are_taken_in_together_each_once_in_their_order_and_wait_behind_single_letters() {
    let p = Profile::new();
    p.take("bill");
    let names: Vec<String> = (0..40).map(|number| format!("letter {}", number % 30)).collect();
    let mut arrivals: Vec<(Arrival, &str)> = names.iter().map(|name| (arrival(name), "text/plain")).collect();
    arrivals.push((arrival("bill"), "text/plain"));
    let outcomes = p.store.ingest_backlog(&arrivals).unwrap();
    for (number, outcome) in outcomes.iter().enumerate() {
        match outcome {
            Outcome::Taken(file) => {
                assert!(number < 30, "the first of the same bytes is taken");
                assert_eq!(p.store.original(file).unwrap(), names[number].as_bytes(), "in their order");
            }
            Outcome::Duplicate(_) => assert!(number >= 30, "{number}"),
            Outcome::Refused(_) => panic!("nothing is refused"),
        }
    }
    let jobs = p.store.read(|r| r.jobs()).unwrap();
    assert_eq!((jobs.len(), jobs.iter().filter(|job| job.foreground).count()), (31, 1));
    assert!(p.store.ingest_backlog(&[]).unwrap().is_empty());
}

#[test]
fn what_does_not_wait_for_the_disk_is_seen_by_others_and_lasts_when_it_is_asked_for() {
    let p = Profile::new();
    let file = p.take("bill");
    let claimed = p.store.write_later(By::Program, Op::Ledger, |w| w.next_job(FILES)).unwrap().value.unwrap();
    assert_eq!(claimed.file, Some(file));
    let other = p.other();
    assert_eq!(other.read(|r| r.jobs()).unwrap()[0].state, JobState::Running);
    p.store.sync().unwrap();
    // A write that is waited for is one again.
    p.store.write(By::Program, Op::Ledger, |w| w.put_back(claimed.id)).unwrap();
    assert_eq!(other.read(|r| r.jobs()).unwrap()[0].state, JobState::Queued);
}
