//! Tasks, reminders, what became of them, problems and settings.

use domain::*;
use store::{Ledger, NewProblem, Op, TaskFilter};

use crate::profile::{Profile, at, day};

#[test]
fn a_task_comes_back_as_it_was_made_and_open_ones_are_listed_by_day() {
    let p = Profile::new();
    let document = p.document("bill");
    let late = Task { due_time: "09:30:00".parse().ok(), latest: Some(day("2026-12-14")), ..p.task(Some(&document)) };
    let soon = Task { due: Some(day("2026-11-25")), ..p.task(None) };
    let some_day = Task { due: None, amount: None, ..p.task(None) };
    p.store
        .write(Op::FileDocument, |w| [&late, &some_day, &soon].into_iter().try_for_each(|t| w.insert_task(t)))
        .unwrap();
    let list = |filter| p.store.read(|r| r.tasks(filter)).unwrap();
    assert_eq!(list(TaskFilter::Open), [soon.clone(), late.clone(), some_day.clone()]);
    assert_eq!(list(TaskFilter::OfDocument(document.id)), std::slice::from_ref(&late));
    let done = Some((at("2026-11-21T10:00:00Z"), DoneHow::Paid));
    p.store.write(Op::CompleteTask, |w| w.set_task_status(soon.id, TaskStatus::Done, done)).unwrap();
    assert_eq!(list(TaskFilter::Done)[0].done_how, Some(DoneHow::Paid));
    p.store.write(Op::TrashDocument, |w| w.trash(document.id, at("2026-11-21T10:00:00Z"))).unwrap();
    assert_eq!(list(TaskFilter::Open), [some_day]);
    assert_eq!(list(TaskFilter::All).len(), 3);
}

#[test]
fn steps_are_ticked_off_in_their_order() {
    let p = Profile::new();
    let task = p.task(None);
    p.store.write(Op::AddTask, |w| w.insert_task(&task)).unwrap();
    let written = p.store.write(Op::ChangeTask, |w| w.set_step_done(task.id, 1, true)).unwrap();
    assert_eq!(written.changes.tasks, [task.id].into());
    let steps = p.store.read(|r| r.task_steps(task.id)).unwrap();
    let steps: Vec<_> = steps.iter().map(|step| (step.step.as_str(), step.done)).collect();
    assert_eq!(steps, [("open_bank", false), ("transfer", true)]);
}

#[test]
fn reminders_are_open_while_their_task_is_and_acted_ones_stay_when_planned_again() {
    let p = Profile::new();
    let document = p.document("bill");
    let task = p.task(Some(&document));
    let (plain, snoozed, seen) = (p.reminder(&task), p.reminder(&task), p.reminder(&task));
    p.store
        .write(Op::FileDocument, |w| {
            w.insert_task(&task)?;
            [&plain, &snoozed, &seen].into_iter().try_for_each(|r| w.insert_reminder(r))
        })
        .unwrap();
    assert_eq!(p.store.read(|r| r.reminders_of(task.id)).unwrap(), [plain.clone(), snoozed.clone(), seen.clone()]);
    let later = at("2026-12-05T09:00:00Z");
    p.store.write(Op::SnoozeReminder, |w| w.snooze(snoozed.id, later)).unwrap();
    p.store.write(Op::AcknowledgeReminder, |w| w.acknowledge(seen.id, later)).unwrap();
    assert_eq!(p.store.read(|r| r.reminder(snoozed.id)).unwrap().unwrap().snoozed_until, Some(later));
    p.store.write(Op::PlanReminders, |w| w.delete_unacted_reminders(task.id)).unwrap();
    let open = || p.store.read(|r| Ok(r.open_reminders()?.into_iter().map(|r| r.id).collect::<Vec<_>>())).unwrap();
    assert_eq!(open(), [snoozed.id, seen.id]);
    p.store.write(Op::TrashDocument, |w| w.trash(document.id, later)).unwrap();
    assert_eq!(open(), []);
    p.store.write(Op::RestoreDocument, |w| w.restore(document.id)).unwrap();
    p.store.write(Op::CompleteTask, |w| w.set_task_status(task.id, TaskStatus::Cancelled, None)).unwrap();
    assert_eq!(open(), []);
}

#[test]
fn what_went_out_stays_in_the_ledger_even_when_the_reminder_is_undone() {
    let p = Profile::new();
    let task = p.task(None);
    let reminder = p.reminder(&task);
    p.store
        .write(Op::AddTask, |w| {
            w.insert_task(&task)?;
            w.insert_reminder(&reminder)
        })
        .unwrap();
    let failed = Delivery {
        reminder: reminder.id,
        at: at("2026-12-04T08:00:00Z"),
        state: DeliveryState::Failed,
        retry_at: Some(at("2026-12-04T08:05:00Z")),
    };
    let sent =
        Delivery { at: at("2026-12-04T08:05:00Z"), state: DeliveryState::Delivered, retry_at: None, ..failed.clone() };
    let written = p
        .store
        .write(Op::Ledger, |w| {
            w.record_delivery(&failed, Some("desktop"), Some("nobody answers"))?;
            w.record_delivery(&sent, Some("desktop"), None)
        })
        .unwrap();
    assert_eq!(written.changes.ledger, [Ledger::Notifications].into());
    p.store.write(Op::Ledger, |w| w.mark_seen(written.value, at("2026-12-04T08:06:00Z"))).unwrap();
    assert_eq!(p.store.read(|r| r.deliveries(&[reminder.id])).unwrap(), [failed.clone(), sent.clone()]);
    p.store.undo().unwrap().unwrap();
    assert_eq!(p.store.read(|r| r.reminder(reminder.id)).unwrap(), None);
    let ledger = p.store.read(|r| r.notifications(10)).unwrap();
    assert_eq!(ledger.iter().map(|n| &n.delivery).collect::<Vec<_>>(), [&sent, &failed]);
    assert_eq!((ledger[0].seen_at, ledger[0].acted_at), (Some(at("2026-12-04T08:06:00Z")), None));
    assert_eq!(ledger[1].error.as_deref(), Some("nobody answers"));
}

#[test]
fn a_problem_is_shown_once_until_it_is_dismissed_or_cleared() {
    let p = Profile::new();
    let locked = NewProblem {
        file_name: "locked.pdf".to_owned(),
        path: Some("/inbox/locked.pdf".into()),
        file: None,
        code: "password".to_owned(),
        message: "It is locked.".to_owned(),
    };
    let odd = NewProblem { code: "odd".to_owned(), ..locked.clone() };
    let shown = || p.store.read(|r| r.problems()).unwrap().into_iter().map(|row| row.problem).collect::<Vec<_>>();
    let id = p.store.write(Op::Ledger, |w| w.add_problem(&locked)).unwrap().value;
    assert_eq!(p.store.write(Op::Ledger, |w| w.add_problem(&locked)).unwrap().value, id);
    p.store.write(Op::Ledger, |w| w.add_problem(&odd)).unwrap();
    assert_eq!(shown(), [odd.clone(), locked.clone()]);
    p.store.write(Op::Ledger, |w| w.dismiss_problem(id)).unwrap();
    assert_eq!(shown(), [odd]);
    p.store.write(Op::Ledger, |w| w.clear_problems("/inbox/locked.pdf".as_ref())).unwrap();
    assert_eq!(shown(), []);
}

#[test]
fn settings_are_kept_and_the_inbox_is_remembered() {
    let p = Profile::new();
    p.store.write(Op::ChangeSetting, |w| w.set_setting("land", "\"BY\"")).unwrap();
    let written = p.store.write(Op::ChangeSetting, |w| w.set_setting("land", "\"BE\"")).unwrap();
    assert_eq!(written.changes.settings, ["land".to_owned()].into());
    assert_eq!(p.store.read(|r| r.setting("land")).unwrap().as_deref(), Some("\"BE\""));
    p.store.write(Op::ChangeSetting, |w| w.remove_setting("land")).unwrap();
    assert!(p.store.read(|r| r.settings()).unwrap().is_empty());

    let (path, modified) = ("/inbox/bill.pdf".as_ref(), Some(at("2026-11-20T08:00:00.5Z")));
    p.store.write(Op::Ledger, |w| w.remember(path, 100, modified)).unwrap();
    assert!(p.store.read(|r| r.remembered(path, 100, modified)).unwrap());
    assert!(!p.store.read(|r| r.remembered(path, 101, modified)).unwrap());
    assert!(!p.store.read(|r| r.remembered(path, 100, None)).unwrap());
}
