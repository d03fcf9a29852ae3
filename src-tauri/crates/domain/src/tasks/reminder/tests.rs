use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Europe::Berlin;

use super::*;
use crate::{Preferences, Weekend, local, today};

fn instant(text: &str) -> DateTime<Utc> {
    local(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), Berlin)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn task(due: &str, since: &str) -> Remindable {
    Remindable {
        kind: TaskKind::Pay,
        pattern: ReminderPattern::Stages,
        due: Some(day(due)),
        due_time: None,
        since: instant(since),
        overrides: ReminderOverrides::default(),
    }
}

fn entry(stage: Stage, slot: &str, at: &str, state: DeliveryState) -> Delivery {
    Delivery { stage, slot: instant(slot), at: instant(at), state }
}

fn delivered(stage: Stage, slot: &str) -> Delivery {
    entry(stage, slot, slot, DeliveryState::Delivered)
}

fn line(reminder: &Reminder) -> String {
    let wall = reminder.slot.with_timezone(&Berlin).format("%m-%d %H:%M");
    format!("{} {wall}", reminder.stage.as_str())
}

#[track_caller]
fn check(task: &Remindable, ledger: &[Delivery], now: &str, expected: &str) {
    let next = next_reminder(task, ledger, &Preferences::default(), instant(now));
    assert_eq!(next.as_ref().map_or("none".to_owned(), line), expected, "at {now}");
}

/// All reminders of a new task.
fn planned(task: &Remindable, preferences: &Preferences) -> Vec<String> {
    coming(task, &[], preferences, task.since).iter().map(line).collect()
}

/// A task of this kind under this rule.
fn ruled(kind: TaskKind, rule: &str, due: &str, since: &str) -> Remindable {
    Remindable { kind, pattern: ReminderPattern::of(kind, Some(rule)), ..task(due, since) }
}

#[test]
fn a_bill_that_comes_early_gets_every_stage() {
    let planned = planned(&task("2026-12-18", "2026-11-20 10:00"), &Preferences::default());
    let expected = [
        "info 12-11 09:00",
        "warning 12-16 09:00",
        "urgent 12-17 09:00",
        "urgent 12-17 13:00",
        "urgent 12-17 17:00",
        "urgent 12-17 20:00",
        "urgent 12-18 09:00",
        "urgent 12-18 13:00",
        "urgent 12-18 17:00",
        "urgent 12-18 20:00",
        "critical 12-19 09:00",
    ];
    assert_eq!(planned, expected);
}

#[test]
fn a_late_letter_is_never_left_without_a_reminder() {
    let preferences = Preferences::default();
    assert_eq!(planned(&task("2026-11-18", "2026-11-20 10:00"), &preferences), ["critical 11-20 10:00"]);
    let at_night = planned(&task("2026-11-25", "2026-11-20 23:30"), &preferences);
    assert_eq!(at_night[0], "info 11-21 07:00");
}

#[test]
fn an_appointment_reminds_a_week_a_day_and_two_hours_before_and_never_after_it_began() {
    let mut visit = ruled(TaskKind::Attend, "appointment", "2026-12-18", "2026-11-20 10:00");
    let lines = |task: &Remindable| planned(task, &Preferences::default());
    visit.due_time = "14:30:00".parse().ok();
    let expected = ["info 12-11 09:00", "warning 12-17 09:00", "urgent 12-18 12:30", "critical 12-19 09:00"];
    assert_eq!(lines(&visit), expected);
    // Two hours before eight is night: at seven. Before half past six there is no good hour: on the evening before.
    visit.due_time = "08:00:00".parse().ok();
    assert_eq!(lines(&visit)[2], "urgent 12-18 07:00");
    visit.due_time = "06:30:00".parse().ok();
    assert_eq!(lines(&visit)[2], "urgent 12-17 20:00");
    let bin = Remindable { due_time: "19:00:00".parse().ok(), ..task("2026-12-18", "2026-11-20 10:00") };
    assert_eq!(lines(&bin)[2..4], ["urgent 12-18 17:00", "urgent 12-18 19:00"]);
}

#[test]
fn a_contract_is_asked_about_months_ahead_and_again_in_the_week_before_whatever_was_seen_then() {
    let mut contract = ruled(TaskKind::CancelOrKeep, "contract", "2026-12-18", "2026-03-01 10:00");
    let lines = planned(&contract, &Preferences::default());
    assert_eq!(lines[..3], ["info 09-19 09:00", "info 12-11 09:00", "warning 12-16 09:00"]);
    let asked = delivered(Stage::Info, "2026-09-19 09:00");
    contract.overrides.acknowledged = Some(Acknowledged { stage: Stage::Info, at: instant("2026-09-19 09:05") });
    check(&contract, std::slice::from_ref(&asked), "2026-09-19 09:05", "info 12-11 09:00");
    contract.overrides.acknowledged = Some(Acknowledged { stage: Stage::Info, at: instant("2026-12-08 10:00") });
    check(&contract, &[asked], "2026-12-08 10:00", "warning 12-16 09:00");
    // It came in when the first question had passed: it is asked at once, calmly.
    let late = ruled(TaskKind::CancelOrKeep, "contract", "2026-12-18", "2026-10-20 10:00");
    assert_eq!(planned(&late, &Preferences::default())[..2], ["info 10-20 10:00", "info 12-11 09:00"]);
    let inspection = ruled(TaskKind::Maintain, "maintenance", "2026-12-18", "2026-03-01 10:00");
    assert_eq!(planned(&inspection, &Preferences::default())[0], "info 11-20 09:00");
}

#[test]
fn expected_money_is_asked_about_once_before_and_calmly_every_week_after() {
    let mut refund = ruled(TaskKind::ExpectMoney, "expected_money", "2026-12-18", "2026-11-20 10:00");
    assert_eq!(planned(&refund, &Preferences::default()), ["info 12-15 09:00", "info 12-19 09:00"]);
    let after = delivered(Stage::Info, "2026-12-19 09:00");
    check(&refund, std::slice::from_ref(&after), "2026-12-19 09:05", "info 12-26 09:00");
    refund.overrides.acknowledged = Some(Acknowledged { stage: Stage::Info, at: instant("2026-12-19 09:05") });
    check(&refund, std::slice::from_ref(&after), "2026-12-19 09:05", "info 12-26 09:00");
    // A snooze comes back as calmly.
    refund.overrides.snooze = Some(Snoozed { at: instant("2026-12-19 09:05"), until: instant("2026-12-21 09:00") });
    check(&refund, &[after], "2026-12-19 09:05", "info 12-21 09:00");
    let mut preferences = Preferences::default();
    preferences.hours.weekend = Weekend::OnlyPressing;
    preferences.hours.hourly_when_overdue = true;
    refund.overrides = ReminderOverrides::default();
    assert_eq!(planned(&refund, &preferences), ["info 12-15 09:00", "info 12-21 09:00"], "the 19th is a Saturday");
}

#[test]
fn a_confirmation_that_has_not_come_is_asked_about_when_its_day_is_over_and_calmly_every_week_after() {
    let waits = ruled(TaskKind::AwaitConfirmation, "", "2026-12-04", "2026-11-20 10:00");
    assert_eq!(planned(&waits, &Preferences::default()), ["info 12-05 09:00"]);
    let asked = delivered(Stage::Info, "2026-12-05 09:00");
    check(&waits, &[asked], "2026-12-05 09:05", "info 12-12 09:00");
}

#[test]
fn what_was_delivered_covers_all_before_it_and_the_next_stage_comes() {
    let bill = task("2026-12-18", "2026-11-20 10:00");
    check(&bill, &[], "2026-11-20 10:00", "info 12-11 09:00");
    // Never heard of any: the most pressing one speaks for all.
    check(&bill, &[], "2026-12-17 14:00", "urgent 12-17 13:00");
    check(&bill, &[], "2026-12-24 10:00", "critical 12-24 09:00");
    let info = delivered(Stage::Info, "2026-12-11 09:00");
    check(&bill, std::slice::from_ref(&info), "2026-12-11 09:00", "warning 12-16 09:00");
    // The computer was off for a week: one reminder covers what was missed.
    let late = Delivery { at: instant("2026-12-19 11:00"), ..info };
    check(&bill, &[late], "2026-12-19 11:00", "critical 12-19 17:00");
}

#[test]
fn a_failed_try_is_no_delivery() {
    let bill = task("2026-12-18", "2026-11-20 10:00");
    let failed = entry(Stage::Info, "2026-12-11 09:00", "2026-12-11 09:00", DeliveryState::Failed);
    check(&bill, &[failed], "2026-12-11 09:01", "info 12-11 09:00");
}

#[test]
fn seen_silences_the_day_and_acknowledged_the_stage_but_never_the_next_one() {
    let mut bill = task("2026-12-18", "2026-11-20 10:00");
    let out = delivered(Stage::Urgent, "2026-12-17 09:00");
    let seen = entry(Stage::Urgent, "2026-12-17 09:00", "2026-12-17 09:05", DeliveryState::Seen);
    check(&bill, std::slice::from_ref(&out), "2026-12-17 09:05", "urgent 12-17 13:00");
    check(&bill, &[out.clone(), seen], "2026-12-17 09:05", "urgent 12-18 09:00");
    bill.overrides.acknowledged = Some(Acknowledged { stage: Stage::Urgent, at: instant("2026-12-17 09:05") });
    check(&bill, &[out], "2026-12-17 09:05", "critical 12-19 09:00");
    // Overdue things come back on the next day, whatever was seen.
    let overdue = delivered(Stage::Critical, "2026-12-19 09:00");
    check(&bill, std::slice::from_ref(&overdue), "2026-12-19 09:05", "critical 12-19 17:00");
    bill.overrides.acknowledged = Some(Acknowledged { stage: Stage::Critical, at: instant("2026-12-19 09:05") });
    check(&bill, &[overdue], "2026-12-19 09:05", "critical 12-20 09:00");
}

#[test]
fn having_looked_at_one_stage_on_the_day_of_the_next_silences_no_more_than_its_own() {
    let bill = task("2026-12-18", "2026-11-20 10:00");
    let info = delivered(Stage::Info, "2026-12-11 09:00");
    // The week-old notification is closed on the morning of the warning.
    let seen = entry(Stage::Info, "2026-12-11 09:00", "2026-12-16 08:30", DeliveryState::Seen);
    check(&bill, &[info, seen], "2026-12-16 08:30", "warning 12-16 09:00");
    let urgent = delivered(Stage::Urgent, "2026-12-18 20:00");
    let seen = entry(Stage::Urgent, "2026-12-18 20:00", "2026-12-19 08:30", DeliveryState::Seen);
    check(&bill, &[urgent, seen], "2026-12-19 08:30", "critical 12-19 09:00");
}

#[test]
fn a_snooze_comes_back_once_and_does_not_sleep_through_the_morning_of_the_due_day() {
    let mut bill = task("2026-12-18", "2026-11-20 10:00");
    let info = delivered(Stage::Info, "2026-12-11 09:00");
    bill.overrides.snooze = Some(Snoozed { at: instant("2026-12-11 09:05"), until: instant("2026-12-11 12:00") });
    check(&bill, std::slice::from_ref(&info), "2026-12-11 09:05", "info 12-11 12:00");
    // Its time passes and nobody takes it: it waits, it does not vanish.
    check(&bill, std::slice::from_ref(&info), "2026-12-17 10:00", "info 12-11 12:00");
    let back = delivered(Stage::Info, "2026-12-11 12:00");
    check(&bill, &[info.clone(), back], "2026-12-11 12:00", "warning 12-16 09:00");

    bill.overrides.snooze = Some(Snoozed { at: instant("2026-12-11 09:05"), until: instant("2026-12-21 09:00") });
    check(&bill, std::slice::from_ref(&info), "2026-12-11 09:05", "urgent 12-18 09:00");
    let morning = delivered(Stage::Urgent, "2026-12-18 09:00");
    check(&bill, &[info, morning], "2026-12-18 09:00", "critical 12-21 09:00");
    // Without a date there is only the snooze.
    let no_date = Remindable { due: None, ..bill };
    check(&no_date, &[], "2026-12-11 09:05", "info 12-21 09:00");
    check(&no_date, &[delivered(Stage::Info, "2026-12-21 09:00")], "2026-12-21 09:00", "none");
}

#[test]
fn a_moved_date_brings_its_own_contacts_and_no_reproach() {
    let mut bill = task("2026-12-14", "2026-11-20 10:00");
    bill.overrides.moved_at = Some(instant("2026-12-09 10:00"));
    check(&bill, &[delivered(Stage::Critical, "2026-12-09 09:00")], "2026-12-09 10:00", "warning 12-12 09:00");
}

#[test]
fn what_happened_while_the_clock_was_wrong_does_not_count() {
    let mut bill = task("2026-12-18", "2026-11-20 10:00");
    let wild = entry(Stage::Critical, "2030-01-01 09:00", "2030-01-01 09:00", DeliveryState::Delivered);
    bill.overrides.snooze = Some(Snoozed { at: instant("2030-01-01 09:00"), until: instant("2030-01-08 09:00") });
    check(&bill, std::slice::from_ref(&wild), "2026-12-01 10:00", "info 12-11 09:00");
    // The ledger said "delivered" for the info reminder, too, but in a day that has not come.
    let info = entry(Stage::Info, "2026-12-11 09:00", "2030-01-01 09:00", DeliveryState::Delivered);
    check(&bill, &[wild, info], "2026-12-11 09:00", "info 12-11 09:00");
    // Half an hour back after a delivery brings it no second time.
    let sent = delivered(Stage::Info, "2026-12-11 09:00");
    check(&task("2026-12-18", "2026-11-20 10:00"), &[sent], "2026-12-11 09:00", "warning 12-16 09:00");
    let late = entry(Stage::Info, "2026-12-11 09:00", "2026-12-11 10:00", DeliveryState::Delivered);
    check(&task("2026-12-18", "2026-11-20 10:00"), &[late], "2026-12-11 09:30", "warning 12-16 09:00");
}

#[test]
fn nine_oclock_is_nine_oclock_where_the_person_is_now() {
    let bill = task("2026-12-18", "2026-11-20 10:00");
    let preferences = Preferences { zone: chrono_tz::America::New_York, ..Preferences::default() };
    let next = next_reminder(&bill, &[], &preferences, instant("2026-11-20 10:00")).unwrap();
    assert_eq!(next.slot.with_timezone(&preferences.zone).format("%H:%M").to_string(), "09:00");
}

#[test]
fn kinds_have_hours_of_their_own_and_weekends_may_be_calm() {
    let now = instant("2026-11-20 10:00");
    let mut preferences = Preferences::default();
    preferences.hours.weekend = Weekend::OnlyPressing;
    preferences.hours.by_kind.insert(TaskKind::Pay, vec!["18:30:00".parse().unwrap()]);
    let lines =
        |due| coming(&task(due, "2026-11-20 10:00"), &[], &preferences, now).iter().map(line).collect::<Vec<_>>();
    // 5 and 6 December are Saturday and Sunday; due on Monday, 7 December.
    let expected = ["info 11-30 18:30", "warning 12-04 18:30", "urgent 12-06 18:30", "urgent 12-07 18:30"];
    assert_eq!(lines("2026-12-07")[..4], expected);
}

#[test]
fn hourly_only_when_wished_and_never_at_night() {
    let mut preferences = Preferences::default();
    preferences.hours.hourly_when_overdue = true;
    let next = |slot: &str| {
        let ledger = [delivered(Stage::Critical, slot)];
        line(&next_reminder(&task("2026-12-18", "2026-11-20 10:00"), &ledger, &preferences, instant(slot)).unwrap())
    };
    assert_eq!(next("2026-12-19 09:00"), "critical 12-19 10:00");
    assert_eq!(next("2026-12-19 21:00"), "critical 12-20 07:00");
}

#[test]
fn letters_in_review_are_mentioned_once_a_day() {
    let preferences = Preferences::default();
    let next = |ledger: &[Delivery], now: &str| {
        line(&next_review_reminder(instant("2026-11-20 10:00"), ledger, &preferences, instant(now)))
    };
    assert_eq!(next(&[], "2026-11-20 10:00"), "info 11-21 09:00");
    let out = entry(Stage::Info, "2026-11-21 09:00", "2026-11-21 11:00", DeliveryState::Delivered);
    assert_eq!(next(&[out], "2026-11-21 11:00"), "info 11-22 09:00");
}

mod turns {
    use super::*;

    fn reminder(stage: Stage, asked: bool) -> (Subject, Reminder) {
        let bill = task("2026-12-18", "2026-11-20 10:00");
        let mut reminder = next_reminder(&bill, &[], &Preferences::default(), instant("2026-11-20 10:00")).unwrap();
        (reminder.stage, reminder.asked) = (stage, asked);
        (Subject::Review, reminder)
    }

    fn decide(ready: &[(Subject, Reminder)], count: u32, last: &str, now: &str) -> (usize, Vec<String>) {
        let sent = Sent { count, last: Some(instant(last)) };
        let batch = batch(ready.to_vec(), sent, &Preferences::default(), instant(now));
        let wait = |at: DateTime<Utc>| at.with_timezone(&Berlin).format("%m-%d %H:%M").to_string();
        (batch.send.len(), batch.wait.iter().map(|(_, at)| wait(*at)).collect())
    }

    #[test]
    fn all_that_is_due_goes_out_together() {
        let ready = vec![reminder(Stage::Info, false); 40];
        assert_eq!(decide(&ready, 0, "2026-12-10 09:00", "2026-12-11 09:00"), (40, vec![]));
    }

    #[test]
    fn at_night_everything_waits_for_the_morning() {
        let ready = [reminder(Stage::Critical, false), reminder(Stage::Info, true)];
        let morning = vec!["12-12 07:00".to_owned(); 2];
        assert_eq!(decide(&ready, 0, "2026-12-10 09:00", "2026-12-11 23:00"), (0, morning));
    }

    #[test]
    fn when_enough_was_sent_only_what_was_asked_for_or_presses_still_comes() {
        let check = |stage, asked, last, now, expected: Result<(), &str>| {
            let (send, wait) = decide(&[reminder(stage, asked)], 6, last, now);
            assert_eq!(if send == 1 { Ok(()) } else { Err(wait[0].as_str()) }, expected);
        };
        check(Stage::Info, false, "2026-12-11 10:00", "2026-12-11 11:00", Err("12-12 09:00"));
        check(Stage::Urgent, false, "2026-12-11 10:00", "2026-12-11 11:00", Err("12-11 13:00"));
        check(Stage::Urgent, false, "2026-12-11 10:00", "2026-12-11 13:00", Ok(()));
        check(Stage::Info, true, "2026-12-11 10:00", "2026-12-11 11:00", Ok(()));
    }

    #[test]
    fn pauses_grow() {
        let minutes: Vec<i64> = (1..8).map(|failures| retry_pause(failures).num_minutes()).collect();
        assert_eq!(minutes, [1, 5, 15, 30, 60, 60, 60]);
    }
}

proptest::proptest! {
    #[test]
    fn no_plan_is_empty_or_in_the_past_or_at_night(days in -400_i64..400, minutes in 0_i64..1440) {
        let preferences = Preferences::default();
        let now = instant("2026-11-20 00:00") + Duration::minutes(minutes);
        let due = today(now, preferences.zone) + Duration::days(days);
        for (kind, rule) in [(TaskKind::Pay, "payment"), (TaskKind::CancelOrKeep, "contract"), (TaskKind::ExpectMoney, "")] {
            let pattern = ReminderPattern::of(kind, Some(rule));
            let task = Remindable { kind, pattern, due: Some(due), due_time: None, since: now, overrides: ReminderOverrides::default() };
            let planned = coming(&task, &[], &preferences, now);
            proptest::prop_assert!(planned.iter().all(|reminder| reminder.slot >= now));
            proptest::prop_assert!(planned.is_sorted_by_key(|reminder| reminder.slot));
            let last = planned.last().map(|reminder| today(reminder.slot, preferences.zone));
            proptest::prop_assert!(last > Some(due), "it never just stops");
            let quiet = |at: DateTime<Utc>| !(7..22).contains(&chrono::Timelike::hour(&at.with_timezone(&preferences.zone)));
            proptest::prop_assert!(!planned.iter().any(|reminder| quiet(reminder.slot)));
        }
    }
}
