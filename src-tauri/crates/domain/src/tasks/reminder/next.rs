//! The reminders about a task: which are planned, and which one is next.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};

use super::hours::{good_hour, is_day_off, is_weekend, out_of_quiet, slot, slots_on};
use super::ledger::covered_until;
use super::{Delivery, DeliveryState, Remindable, ReminderOverrides, ReminderPattern, Stage};
use crate::{LAST_DAY, Preferences, ShiftDay as _, ShiftTime as _, TaskKind, local, today};

/// So soon after a reminder, no other one of the same stage is needed.
const GAP: Duration = Duration::minutes(45);
/// The two slots of an overdue day: nine and seventeen o'clock by default.
const OVERDUE_SLOTS: [usize; 2] = [0, 2];
/// An acknowledgement holds for so long: having seen a question months ahead does not silence the week before.
const ACKNOWLEDGED_FOR: Duration = Duration::days(7);
/// [`ReminderPattern::Once`]: so many days before …
const ONCE_DAYS: u64 = 3;
/// … and so many days from one question afterwards to the next.
const ONCE_AGAIN_DAYS: i64 = 7;
/// How far ahead [`coming`] looks for the rounds of something overdue: it shows the first one only.
const MOST_COMING: usize = 64;

/// One planned reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// How pressing.
    pub stage: Stage,
    /// For when it is planned. With the stage, this is its name in the ledger.
    pub slot: DateTime<Utc>,
    /// The person asked for it at this time: the return of a snooze.
    pub asked: bool,
    /// Comes even when an earlier one of its day was seen: it is about an hour, not a day.
    firm: bool,
}

impl Reminder {
    fn planned(stage: Stage, slot: DateTime<Utc>) -> Self {
        Self { stage, slot, asked: false, firm: false }
    }
}

/// The next reminder about a task, seen from `now`; `ledger` are its latest entries. None without a due date, unless a
/// snooze has still to come back. It may lie in the past: then it is due.
pub fn next_reminder(
    task: &Remindable,
    ledger: &[Delivery],
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Option<Reminder> {
    let task = &Remindable { since: task.since.min(now), overrides: task.overrides.as_seen_from(now), ..*task };
    let covered = covered_until(ledger, now);
    match pending_snooze(task, covered) {
        Some(until) => Some(snooze_return(task, until, covered, preferences)),
        None => task.due.map(|due| planned_contact(task, due, ledger, covered, preferences, now)),
    }
}

/// All reminders still to come, the next one first; of something overdue only the next round.
pub fn coming(task: &Remindable, ledger: &[Delivery], preferences: &Preferences, now: DateTime<Utc>) -> Vec<Reminder> {
    let mut ledger = ledger.to_vec();
    let mut found: Vec<Reminder> = Vec::new();
    let is_overdue = |reminder: &Reminder| task.due.is_some_and(|due| today(reminder.slot, preferences.zone) > due);
    while found.len() < MOST_COMING {
        // As if each had been delivered at its time.
        let then = found.last().map_or(now, |last| last.slot.max(now));
        let Some(reminder) = next_reminder(task, &ledger, preferences, then) else { break };
        if found.last().is_some_and(|last| is_overdue(last) && last.stage == reminder.stage) {
            break;
        }
        ledger.push(Delivery {
            stage: reminder.stage,
            slot: reminder.slot,
            state: DeliveryState::Delivered,
            at: reminder.slot,
        });
        found.push(reminder);
    }
    found
}

/// The next reminder about the letters in review, of which the one waiting longest came in at `since`: once a day at
/// the first slot, so that nothing waits unseen for ever.
pub fn next_review_reminder(
    since: DateTime<Utc>,
    ledger: &[Delivery],
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Reminder {
    let floor = covered_until(ledger, now).unwrap_or(since).max(since);
    let mut day = today(floor, preferences.zone);
    loop {
        let slot = out_of_quiet(slot(day, 0, None, preferences), Stage::Info, preferences);
        if (slot > floor && !is_day_off(day, Stage::Info, preferences)) || day >= LAST_DAY {
            return Reminder::planned(Stage::Info, slot);
        }
        day = day.plus_days(1);
    }
}

/// The instant of a snooze that has not come back yet.
fn pending_snooze(task: &Remindable, covered: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    let until = task.overrides.snooze?.until;
    covered.is_none_or(|covered| covered < until).then_some(until)
}

/// When a task comes back that was put off; none if it was not, or a reminder has brought it back already.
pub fn comes_back(
    task: &Remindable,
    ledger: &[Delivery],
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let snooze = task.overrides.as_seen_from(now).snooze.filter(|snooze| snooze.until > now)?;
    let is_back = |entry: &Delivery| entry.state == DeliveryState::Delivered && entry.at > snooze.at;
    if ledger.iter().any(is_back) {
        return None;
    }
    next_reminder(task, ledger, preferences, now).map(|next| next.slot).filter(|back| *back > now)
}

/// A snooze always comes back, and is silent until then; only the morning of the due day is not slept through.
fn snooze_return(
    task: &Remindable,
    until: DateTime<Utc>,
    covered: Option<DateTime<Utc>>,
    preferences: &Preferences,
) -> Reminder {
    let stage_at = |at| match task.pattern {
        ReminderPattern::Once => Stage::Info,
        ReminderPattern::Stages | ReminderPattern::Appointment | ReminderPattern::Ahead { .. } => {
            Stage::on(today(at, preferences.zone), task.due)
        }
    };
    let floor = task.overrides.snooze.map(|snooze| snooze.at).max(covered);
    let due_morning = task
        .due
        .filter(|_| task.pattern != ReminderPattern::Once)
        .map(|due| out_of_quiet(slot(due, 0, Some(task.kind), preferences), Stage::Urgent, preferences));
    if let Some(morning) = due_morning.filter(|morning| *morning < until && floor.is_none_or(|floor| *morning > floor))
    {
        return Reminder::planned(Stage::Urgent, morning);
    }
    let slot = out_of_quiet(until, stage_at(until), preferences);
    Reminder { stage: stage_at(slot), slot, asked: true, firm: true }
}

fn planned_contact(
    task: &Remindable,
    due: NaiveDate,
    ledger: &[Delivery],
    covered: Option<DateTime<Utc>>,
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Reminder {
    let ReminderOverrides { moved_at, acknowledged, .. } = task.overrides;
    let start = moved_at.unwrap_or(task.since);
    let told = covered.max(moved_at);
    let floor = told.map_or(start, |told| told.max(start));
    let stages = stages(task, due, preferences);
    let last_stage = latest_stage(ledger, now);
    // What was seen silences the rest of its day, but nothing more pressing than itself.
    let seen_that_day = |reminder: &Reminder| {
        let day = today(reminder.slot, preferences.zone);
        seen(ledger, reminder.stage, now).any(|at| today(at, preferences.zone) == day)
    };
    let wanted = |reminder: &Reminder| {
        let too_soon = reminder.slot - floor < GAP && last_stage.is_some_and(|last| reminder.stage <= last);
        reminder.slot > floor
            && acknowledged
                .is_none_or(|seen| seen.stage != reminder.stage || reminder.slot - seen.at > ACKNOWLEDGED_FOR)
            && (reminder.firm || !(too_soon || seen_that_day(reminder)))
    };
    // Having seen that something is overdue silences the rest of that day, no more.
    let overdue_stage = overdue_stage(task);
    let overdue_seen = acknowledged.filter(|seen| seen.stage == overdue_stage).map(|seen| seen.at);
    let silent_until =
        overdue_seen.max(seen(ledger, overdue_stage, now).max()).map(|at| last_instant_of(at, preferences));
    let gap = if last_stage == Some(overdue_stage) { GAP } else { Duration::zero() };
    let overdue_from = floor.plus(gap).max(silent_until.unwrap_or(floor));
    let overdue = overdue_after(task, due, overdue_from, preferences);

    let at_once = if told.is_none() { late(task, due, start, &stages, preferences) } else { None };
    let mut planned = at_once.into_iter().chain(stages.into_iter().filter(wanted)).chain([overdue]).peekable();
    // Of what has passed unsaid, the most pressing one speaks for all.
    let mut next = planned.next().unwrap_or(overdue);
    while let Some(later) = planned.next_if(|reminder| reminder.slot <= now) {
        next = later;
    }
    if next == overdue { latest_round(task, due, overdue, preferences, now) } else { next }
}

/// A late letter skips the stages that have passed, but is told at once.
fn late(
    task: &Remindable,
    due: NaiveDate,
    start: DateTime<Utc>,
    stages: &[Reminder],
    preferences: &Preferences,
) -> Option<Reminder> {
    let due_day = local(due.and_time(NaiveTime::MIN), preferences.zone);
    let first_overdue = overdue_after(task, due, due_day, preferences);
    let passed = stages.iter().chain([&first_overdue]).filter(|reminder| reminder.slot <= start);
    let stage = passed.map(|reminder| reminder.stage).max()?;
    Some(Reminder::planned(stage, good_hour(start, stage, preferences)))
}

/// When a person looked at something about this task that was at least as pressing.
fn seen(ledger: &[Delivery], stage: Stage, now: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    let is_it = move |entry: &&Delivery| entry.state == DeliveryState::Seen && entry.stage >= stage;
    ledger.iter().filter(is_it).filter(move |entry| entry.counts(now)).map(|entry| entry.at)
}

fn latest_stage(ledger: &[Delivery], now: DateTime<Utc>) -> Option<Stage> {
    let delivered = ledger.iter().filter(|entry| entry.state == DeliveryState::Delivered && entry.counts(now));
    delivered.max_by_key(|entry| entry.at).map(|entry| entry.stage)
}

/// Info, warning and urgent reminders of a task, in order of time.
fn stages(task: &Remindable, due: NaiveDate, preferences: &Preferences) -> Vec<Reminder> {
    let first = |day| slot(day, 0, Some(task.kind), preferences);
    let before = |days: u64| due.minus_days(days);
    let asked = |days| calm(Stage::Info, first(before(days)), preferences);
    let mut all = match task.pattern {
        // Until its day is over a confirmation may still come by itself.
        ReminderPattern::Once if task.kind == TaskKind::AwaitConfirmation => return Vec::new(),
        ReminderPattern::Once => return vec![asked(ONCE_DAYS)],
        ReminderPattern::Ahead { days } => vec![asked(u64::from(days)), asked(7)],
        ReminderPattern::Stages | ReminderPattern::Appointment => vec![asked(7)],
    };
    match task.due_time {
        // One week, one day and two hours before; other things than appointments are to be done at that time, too.
        Some(time) => {
            let start = local(due.and_time(time), preferences.zone);
            all.push(calm(Stage::Warning, first(before(1)), preferences));
            let hours_before: &[i64] = if task.pattern == ReminderPattern::Appointment { &[2] } else { &[2, 0] };
            all.extend(
                hours_before
                    .iter()
                    .map(|hours| reminder_before(start.minus(Duration::hours(*hours)), start, task, preferences)),
            );
        }
        None => {
            all.push(calm(Stage::Warning, first(before(2)), preferences));
            for day in [before(1), due] {
                all.extend(
                    slots_on(day, Some(task.kind), preferences)
                        .map(|slot| Reminder::planned(Stage::Urgent, out_of_quiet(slot, Stage::Urgent, preferences))),
                );
            }
        }
    }
    all.sort_by_key(|reminder| (reminder.slot, std::cmp::Reverse(reminder.stage)));
    all.dedup_by_key(|reminder| reminder.slot);
    all
}

/// A reminder that can as well come on the working day before.
fn calm(stage: Stage, at: DateTime<Utc>, preferences: &Preferences) -> Reminder {
    let wall = at.with_timezone(&preferences.zone).naive_local();
    let mut day = wall.date();
    if is_day_off(day, stage, preferences) {
        while is_weekend(day) {
            day = day.minus_days(1);
        }
    }
    Reminder::planned(stage, out_of_quiet(local(day.and_time(wall.time()), preferences.zone), stage, preferences))
}

/// A reminder before something that begins at `start`: never after it, so if need be on the evening before.
fn reminder_before(at: DateTime<Utc>, start: DateTime<Utc>, task: &Remindable, preferences: &Preferences) -> Reminder {
    let awake = out_of_quiet(at, Stage::Urgent, preferences);
    let slot = if awake <= start {
        awake
    } else {
        let evening = slot(today(start, preferences.zone).minus_days(1), usize::MAX, Some(task.kind), preferences);
        out_of_quiet(evening, Stage::Urgent, preferences)
    };
    Reminder { firm: true, ..Reminder::planned(Stage::Urgent, slot) }
}

/// The first round about something overdue after `floor`.
fn overdue_after(task: &Remindable, due: NaiveDate, floor: DateTime<Utc>, preferences: &Preferences) -> Reminder {
    let mut day = today(floor, preferences.zone).max(due.plus_days(1));
    loop {
        let rounds = overdue_rounds(task, due, day, preferences);
        let slot = rounds.into_iter().find(|slot| *slot > floor).or((day >= LAST_DAY).then_some(floor));
        if let Some(slot) = slot {
            return Reminder::planned(overdue_stage(task), slot);
        }
        day = day.plus_days(1);
    }
}

/// The latest round that has come by `now`: of many that nobody could hear only the last one counts.
fn latest_round(
    task: &Remindable,
    due: NaiveDate,
    first: Reminder,
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Reminder {
    let day = today(now, preferences.zone);
    let days = [day.minus_days(1), day];
    let rounds = days.into_iter().flat_map(|day| overdue_rounds(task, due, day, preferences));
    let latest = rounds.filter(|slot| *slot <= now).max();
    Reminder { slot: latest.map_or(first.slot, |latest| latest.max(first.slot)), ..first }
}

/// How pressing it is that the due day has passed.
fn overdue_stage(task: &Remindable) -> Stage {
    match task.pattern {
        ReminderPattern::Once => Stage::Info,
        ReminderPattern::Stages | ReminderPattern::Appointment | ReminderPattern::Ahead { .. } => Stage::Critical,
    }
}

/// When on `day` something due on `due` is asked about, if it is overdue.
fn overdue_rounds(task: &Remindable, due: NaiveDate, day: NaiveDate, preferences: &Preferences) -> Vec<DateTime<Utc>> {
    let stage = overdue_stage(task);
    let awake = |slot| out_of_quiet(slot, stage, preferences);
    let rounds = match task.pattern {
        ReminderPattern::Once => {
            let is_its_day = (day - due).num_days() % ONCE_AGAIN_DAYS == 1;
            let question = || good_hour(slot(day, 0, Some(task.kind), preferences), stage, preferences);
            return is_its_day.then(question).into_iter().collect();
        }
        // An appointment that has passed is asked about once a day.
        ReminderPattern::Appointment => &OVERDUE_SLOTS[..1],
        ReminderPattern::Stages | ReminderPattern::Ahead { .. } => &OVERDUE_SLOTS[..],
    };
    if preferences.hours.hourly_when_overdue {
        let hours = (0..24).filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
        let all = hours.map(|time| local(day.and_time(time), preferences.zone));
        return all.filter(|at| awake(*at) == *at).collect();
    }
    let slots: Vec<_> = slots_on(day, Some(task.kind), preferences).map(awake).collect();
    rounds.iter().filter_map(|number| slots.get(*number)).copied().collect()
}

/// The last instant of the day on which `at` lies.
fn last_instant_of(at: DateTime<Utc>, preferences: &Preferences) -> DateTime<Utc> {
    let day = today(at, preferences.zone);
    local(day.plus_days(1).and_time(NaiveTime::MIN), preferences.zone).minus(Duration::milliseconds(1))
}
