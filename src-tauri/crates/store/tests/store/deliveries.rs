//! Tasks, reminders, what became of them, problems and settings.

use domain::FailureCode;
use domain::*;
use store::{NewProblem, Notification, Noun, Op, TaskFilter};

use crate::profile::{Profile, at, day};

#[test]
fn a_task_comes_back_as_it_was_made_and_open_ones_are_listed_by_day() {
    let p = Profile::new();
    let document = p.document("bill");
    let late = Task { due_time: "09:30:00".parse().ok(), latest: Some(day("2026-12-14")), ..p.task(Some(&document)) };
    let soon = Task { due: Some(day("2026-11-25")), ..p.task(None) };
    let some_day = Task { due: None, amount: None, ..p.task(None) };
    p.store
        .write(By::Program, Op::FileDocument, |w| {
            [&late, &some_day, &soon].into_iter().try_for_each(|t| w.insert_task(t))
        })
        .unwrap();
    let list = |filter| p.store.read(|r| r.tasks(filter)).unwrap();
    assert_eq!(list(TaskFilter::Open), [soon.clone(), late.clone(), some_day.clone()]);
    assert_eq!(list(TaskFilter::OfDocument(document.id)), std::slice::from_ref(&late));
    let done = Some((at("2026-11-21T10:00:00Z"), DoneHow::Paid));
    p.store.write(By::Person, Op::CompleteTask, |w| w.set_task_status(soon.id, TaskStatus::Done, done)).unwrap();
    assert_eq!(list(TaskFilter::Done(1))[0].done_how, Some(DoneHow::Paid));
    p.store.write(By::Person, Op::TrashDocument, |w| w.trash(document.id, at("2026-11-21T10:00:00Z"))).unwrap();
    assert_eq!(list(TaskFilter::Open), [some_day]);
    assert_eq!(list(TaskFilter::All).len(), 3);
}

#[test]
fn steps_are_ticked_off_in_their_order() {
    let p = Profile::new();
    let task = p.task(None);
    p.store.write(By::Person, Op::AddTask, |w| w.insert_task(&task)).unwrap();
    let written = p.store.write(By::Person, Op::ChangeTask, |w| w.set_step_done(task.id, 1, true)).unwrap();
    assert_eq!(written.changes.of(Noun::Task), [task.id].into());
    let steps = p.store.read(|r| r.task_steps(task.id)).unwrap();
    let steps: Vec<_> = steps.iter().map(|step| (step.step.as_str(), step.done)).collect();
    assert_eq!(steps, [("open_bank", false), ("transfer", true)]);
}

fn entry(subject: Subject, slot: &str, at_: &str, state: DeliveryState) -> Notification {
    let delivery = Delivery { stage: Stage::Info, slot: at(slot), state, at: at(at_) };
    Notification { subject, delivery, channel: "desktop".to_owned(), error: None }
}

#[test]
fn what_went_out_stays_in_the_ledger_even_when_its_task_is_undone_and_the_same_thing_is_noted_once() {
    let p = Profile::new();
    let task = p.task(None);
    p.store.write(By::Person, Op::AddTask, |w| w.insert_task(&task)).unwrap();
    let subject = Subject::Task(task.id);
    let (slot, later) = ("2026-12-04T08:00:00Z", "2026-12-04T08:05:00Z");
    let failed =
        Notification { error: Some("nobody answers".to_owned()), ..entry(subject, slot, slot, DeliveryState::Failed) };
    let again = Notification { delivery: Delivery { at: at(later), ..failed.delivery.clone() }, ..failed.clone() };
    let sent = entry(subject, slot, later, DeliveryState::Delivered);
    let written = p
        .store
        .write(By::Program, Op::Ledger, |w| [&failed, &again, &sent].into_iter().try_for_each(|e| w.note(e)))
        .unwrap();
    assert_eq!((written.changes.of(Noun::Notification), written.step), ([subject.to_string()].into(), None));
    p.store.undo().unwrap().unwrap();
    let now = at("2026-12-04T08:06:00Z");
    let ledger = p.store.read(|r| r.ledger(subject, now)).unwrap();
    assert_eq!(ledger, [failed.delivery.clone(), sent.delivery.clone()]);
    assert_eq!(p.store.read(|r| r.notifications(None, 9)).unwrap(), [sent, failed]);
    let day = p.store.read(|r| r.sent(at("2026-12-04T00:00:00Z"), at("2026-12-05T00:00:00Z"))).unwrap();
    assert_eq!(day, Sent { count: 1, last: Some(at(later)) });
    // A day before, this was not yet.
    assert_eq!(p.store.read(|r| r.ledger(subject, at("2026-12-02T08:00:00Z"))).unwrap(), []);
}

#[test]
fn whatever_changes_a_task_even_undo_has_its_next_reminder_worked_out_anew() {
    let p = Profile::new();
    let document = p.document("bill");
    let task = p.task(Some(&document));
    let (id, subject, now) = (task.id, Subject::Task(task.id), at("2026-12-04T08:00:00Z"));
    p.store.write(By::Program, Op::FileDocument, |w| w.insert_task(&task)).unwrap();
    let marked = || {
        let marked = p.store.read(|r| r.unscheduled(9)).unwrap().contains(&subject);
        p.store.write(By::Program, Op::Ledger, |w| w.schedule(subject, Some(now))).unwrap();
        marked
    };
    assert!(marked(), "it is new");
    assert!(!marked(), "nothing has changed");
    assert_eq!(p.store.read(|r| r.ready(now)).unwrap(), [subject]);
    assert_eq!(p.store.read(|r| r.next_instant()).unwrap(), Some(now));
    assert_eq!(p.store.read(|r| r.ready(now - chrono::Duration::seconds(1))).unwrap(), []);
    let snooze = ReminderOverrides { snooze: Some(Snoozed { at: now, until: now }), ..ReminderOverrides::default() };
    p.store.write(By::Person, Op::SnoozeReminder, |w| w.set_reminder_overrides(id, &snooze)).unwrap();
    assert!(marked());
    assert_eq!(p.store.read(|r| r.remindable(id)).unwrap().unwrap().overrides, snooze);
    p.store.undo().unwrap();
    assert!(marked());
    p.store.redo().unwrap();
    assert!(marked());
    p.store.write(By::Person, Op::PostponeTask, |w| w.set_task_due(id, Some(day("2026-12-24")), None)).unwrap();
    assert!(marked());
    p.store.write(By::Person, Op::TrashDocument, |w| w.trash(document.id, now)).unwrap();
    assert!(marked());
    assert_eq!(p.store.read(|r| r.remindable(id)).unwrap(), None);
    p.store.undo().unwrap();
    assert!(marked());
    p.store
        .write(By::Program, Op::Ledger, |w| {
            w.note(&entry(subject, "2026-12-04T08:00:00Z", "2026-12-04T08:00:00Z", DeliveryState::Seen))
        })
        .unwrap();
    assert!(marked());
    p.store.write(By::Person, Op::CompleteTask, |w| w.set_task_status(id, TaskStatus::Done, None)).unwrap();
    assert!(marked());
    assert_eq!(p.store.read(|r| r.remindable(id)).unwrap(), None);
    p.store.write(By::Program, Op::Ledger, |w| w.unschedule_all()).unwrap();
    assert_eq!(p.store.read(|r| r.unscheduled(9)).unwrap(), [Subject::Review], "what is done is not looked at");
}

#[test]
fn letters_in_review_are_counted_from_the_first_one_on() {
    let p = Profile::new();
    assert_eq!(p.store.read(|r| r.waiting_for_review()).unwrap(), None);
    let (first, second) = (p.document("a"), p.document("b"));
    let waiting = || p.store.read(|r| r.waiting_for_review()).unwrap().map(|waiting| (waiting.count, waiting.since));
    assert_eq!(waiting(), Some((2, first.received_at)));
    p.store.write(By::Person, Op::AcceptDocument, |w| w.set_state(first.id, DocumentState::Accepted)).unwrap();
    assert_eq!(waiting(), Some((1, second.received_at)));
}

#[test]
fn a_problem_is_shown_once_until_it_is_dismissed_or_cleared() {
    let p = Profile::new();
    let locked = NewProblem {
        file_name: "locked.pdf".to_owned(),
        path: Some("/inbox/locked.pdf".into()),
        file: None,
        code: FailureCode::Password,
        message: "It is locked.".to_owned(),
    };
    let odd = NewProblem { code: FailureCode::Io, ..locked.clone() };
    let shown = || p.store.read(|r| r.problems()).unwrap().into_iter().map(|row| row.problem).collect::<Vec<_>>();
    let id = p.store.write(By::Program, Op::Ledger, |w| w.add_problem(&locked)).unwrap().value;
    assert_eq!(p.store.write(By::Program, Op::Ledger, |w| w.add_problem(&locked)).unwrap().value, id);
    p.store.write(By::Program, Op::Ledger, |w| w.add_problem(&odd)).unwrap();
    assert_eq!(shown(), [odd.clone(), locked.clone()]);
    p.store.write(By::Program, Op::Ledger, |w| w.dismiss_problem(id)).unwrap();
    assert_eq!(shown(), [odd]);
    p.store.write(By::Program, Op::Ledger, |w| w.clear_problems("/inbox/locked.pdf".as_ref())).unwrap();
    assert_eq!(shown(), []);
}

#[test]
fn settings_are_kept_and_the_inbox_is_remembered() {
    let p = Profile::new();
    p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("land", "\"BY\"")).unwrap();
    let written = p.store.write(By::Person, Op::ChangeSetting, |w| w.set_setting("land", "\"BE\"")).unwrap();
    assert_eq!(written.changes.ids(Noun::Setting).collect::<Vec<_>>(), ["land"]);
    assert_eq!(p.store.read(|r| r.setting("land")).unwrap().as_deref(), Some("\"BE\""));
    p.store.write(By::Person, Op::ChangeSetting, |w| w.remove_setting("land")).unwrap();
    assert!(p.store.read(|r| r.settings()).unwrap().is_empty());

    let (path, modified) = ("/inbox/bill.pdf".as_ref(), Some(at("2026-11-20T08:00:00.5Z")));
    p.store.write(By::Program, Op::Ledger, |w| w.remember(path, 100, modified)).unwrap();
    assert!(p.store.read(|r| r.remembered(path, 100, modified)).unwrap());
    assert!(!p.store.read(|r| r.remembered(path, 101, modified)).unwrap());
    assert!(!p.store.read(|r| r.remembered(path, 100, None)).unwrap());
}
