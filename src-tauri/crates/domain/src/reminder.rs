//! When to remind, how urgently, and until when: a reminder ends only when a person has acted.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Preferences, ReminderId, TaskId, clock::local, plan::NewReminder, today};

/// How pressing a contact is. Ordered: info < warning < urgent < critical.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Seven days before, once.
    Info,
    /// From two days before, daily.
    Warning,
    /// The day before and the due day, up to four slots, until seen.
    Urgent,
    /// Overdue: at the next good hour, then twice a day at most.
    Critical,
}

impl Stage {
    /// Every stage.
    pub const ALL: &[Self] = &[Self::Info, Self::Warning, Self::Urgent, Self::Critical];

    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Urgent => "urgent",
            Self::Critical => "critical",
        }
    }
}

/// One planned contact about a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Its id.
    pub id: ReminderId,
    /// What it is about.
    pub task: TaskId,
    /// How pressing.
    pub stage: Stage,
    /// When it is first due.
    pub at: DateTime<Utc>,
    /// Comes again, twice a day, until the task is done.
    pub repeats: bool,
    /// A person put it off until then.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// A person has seen this stage and wants no more of it.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// How a delivery ended, as the ledger has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// A channel confirmed it.
    Delivered,
    /// No channel could take it; tried again later.
    Failed,
    /// A later, more pressing reminder of the same task went out in its place.
    Superseded,
}

/// One entry of the ledger: what became of a reminder at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Which reminder.
    pub reminder: ReminderId,
    /// When.
    pub at: DateTime<Utc>,
    /// How it ended.
    pub state: DeliveryState,
    /// After a failure: not before then.
    pub retry_at: Option<DateTime<Utc>>,
}

/// Where a reminder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReminderState {
    /// Its time has not come.
    Planned,
    /// It went out.
    Delivered,
    /// Put off; it comes back.
    Snoozed,
    /// A person has seen it.
    Acknowledged,
    /// Its time has come and no channel could take it yet.
    Waiting,
}

impl Reminder {
    /// The next instant at which it should go out; none when it has ended. `deliveries` are those of this reminder.
    ///
    /// A snooze always comes back; a failure is tried again; a repeating reminder comes again at the next of two slots
    /// a day, and after an acknowledgement on the next day.
    pub fn next_at(&self, deliveries: &[Delivery], preferences: &Preferences) -> Option<DateTime<Utc>> {
        let mine = || deliveries.iter().filter(|delivery| delivery.reminder == self.id);
        let last_out =
            mine().filter(|delivery| delivery.state != DeliveryState::Failed).map(|delivery| delivery.at).max();
        let retry = mine()
            .filter(|delivery| last_out.is_none_or(|out| delivery.at > out))
            .filter_map(|delivery| delivery.retry_at)
            .max();
        let wanted = match (self.snoozed_until, self.acknowledged_at, last_out) {
            (Some(until), _, out) if out.is_none_or(|out| out < until) => Some(until),
            (_, Some(seen), out) if self.repeats => Some(next_morning(seen.max(out.unwrap_or(seen)), preferences)),
            (_, Some(_), _) => None,
            (_, None, Some(out)) if self.repeats => Some(next_of_two_slots(out, preferences)),
            (_, None, Some(_)) => None,
            (_, None, None) => Some(self.at),
        }?;
        Some(out_of_quiet(wanted.max(retry.unwrap_or(wanted)), self.stage, preferences))
    }

    /// Where it stands at `now`.
    pub fn state(&self, deliveries: &[Delivery], now: DateTime<Utc>) -> ReminderState {
        let out = deliveries.iter().any(|d| d.reminder == self.id && d.state != DeliveryState::Failed);
        match (self.snoozed_until, self.acknowledged_at) {
            (Some(until), _) if until > now => ReminderState::Snoozed,
            (_, Some(_)) => ReminderState::Acknowledged,
            (_, None) if out => ReminderState::Delivered,
            (_, None) if self.at <= now => ReminderState::Waiting,
            (_, None) => ReminderState::Planned,
        }
    }
}

/// The reminders to send at `now`: for each task the most pressing one, with those it supersedes.
pub fn due<'a>(
    reminders: &'a [Reminder],
    deliveries: &[Delivery],
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Vec<(&'a Reminder, Vec<&'a Reminder>)> {
    let ready: Vec<&Reminder> = reminders
        .iter()
        .filter(|reminder| reminder.next_at(deliveries, preferences).is_some_and(|at| at <= now))
        .collect();
    let mut send: Vec<(&Reminder, Vec<&Reminder>)> = Vec::new();
    for reminder in ready {
        match send.iter_mut().find(|(other, _)| other.task == reminder.task) {
            None => send.push((reminder, Vec::new())),
            Some((best, superseded)) if (reminder.stage, reminder.at) > (best.stage, best.at) => {
                superseded.push(std::mem::replace(best, reminder));
            }
            Some((_, superseded)) => superseded.push(reminder),
        }
    }
    send
}

/// The next instant at which [`due`] will have something to say.
pub fn next_due(reminders: &[Reminder], deliveries: &[Delivery], preferences: &Preferences) -> Option<DateTime<Utc>> {
    reminders.iter().filter_map(|reminder| reminder.next_at(deliveries, preferences)).min()
}

/// The default stages for a task due on `due`, seen from `now`. Stages that have passed are skipped, but there is
/// always one at once when any was: nobody is left without a reminder.
pub fn plan_reminders(due: NaiveDate, now: DateTime<Utc>, preferences: &Preferences) -> Vec<NewReminder> {
    let slots = &preferences.hours.slots;
    let first = slots.first().copied().unwrap_or(NaiveTime::MIN);
    let at = |day: NaiveDate, time: NaiveTime| local(day.and_time(time), preferences.zone);
    let before = |days: i64| due - Duration::days(days);

    let once = |stage, at| NewReminder { stage, at, repeats: false };
    let mut all = vec![once(Stage::Info, at(before(7), first)), once(Stage::Warning, at(before(2), first))];
    for day in [before(1), due] {
        all.extend(slots.iter().map(|slot| once(Stage::Urgent, at(day, *slot))));
    }
    all.push(NewReminder { stage: Stage::Critical, at: at(due + Duration::days(1), first), repeats: true });

    let passed = all.iter().filter(|reminder| reminder.at <= now).map(|reminder| reminder.stage).max();
    let mut planned: Vec<NewReminder> = all.into_iter().filter(|reminder| reminder.at > now).collect();
    if let Some(stage) = passed {
        let repeats = stage == Stage::Critical;
        planned.insert(0, NewReminder { stage, at: out_of_quiet(now, stage, preferences), repeats });
    }
    planned
}

fn next_morning(after: DateTime<Utc>, preferences: &Preferences) -> DateTime<Utc> {
    let first = preferences.hours.slots.first().copied().unwrap_or(NaiveTime::MIN);
    let tomorrow = today(after, preferences.zone) + Duration::days(1);
    local(tomorrow.and_time(first), preferences.zone)
}

/// The next of the first and third slot of a day (9 and 17 o'clock by default) after `after`.
fn next_of_two_slots(after: DateTime<Utc>, preferences: &Preferences) -> DateTime<Utc> {
    let day = today(after, preferences.zone);
    let slots = &preferences.hours.slots;
    [slots.first(), slots.get(2)]
        .into_iter()
        .flatten()
        .map(|slot| local(day.and_time(*slot), preferences.zone))
        .find(|at| *at > after)
        .unwrap_or_else(|| next_morning(after, preferences))
}

fn out_of_quiet(at: DateTime<Utc>, stage: Stage, preferences: &Preferences) -> DateTime<Utc> {
    let hours = &preferences.hours;
    if stage == Stage::Critical && hours.critical_breaks_quiet {
        return at;
    }
    let wall = at.with_timezone(&preferences.zone);
    let (time, day) = (wall.time(), wall.date_naive());
    let over_midnight = hours.quiet_from > hours.quiet_until;
    let quiet = if over_midnight {
        time >= hours.quiet_from || time < hours.quiet_until
    } else {
        (hours.quiet_from..hours.quiet_until).contains(&time)
    };
    if !quiet {
        return at;
    }
    let end_day = if over_midnight && time >= hours.quiet_from { day + Duration::days(1) } else { day };
    local(end_day.and_time(hours.quiet_until), preferences.zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::CountingIds;

    fn instant(text: &str) -> DateTime<Utc> {
        let wall = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        local(wall, chrono_tz::Europe::Berlin)
    }

    fn shown(planned: &[NewReminder]) -> Vec<String> {
        planned
            .iter()
            .map(|r| {
                let wall = r.at.with_timezone(&chrono_tz::Europe::Berlin).format("%m-%d %H:%M");
                format!("{} {wall}{}", r.stage.as_str(), if r.repeats { " …" } else { "" })
            })
            .collect()
    }

    fn reminder(stage: Stage, at: &str, repeats: bool) -> Reminder {
        let ids = CountingIds::default();
        Reminder {
            task: TaskId::new(&ids),
            id: ReminderId::new(&ids),
            stage,
            at: instant(at),
            repeats,
            snoozed_until: None,
            acknowledged_at: None,
        }
    }

    fn out(reminder: &Reminder, at: &str, state: DeliveryState) -> Delivery {
        let retry_at = (state == DeliveryState::Failed).then(|| instant(at) + Duration::minutes(5));
        Delivery { reminder: reminder.id, at: instant(at), state, retry_at }
    }

    #[test]
    fn a_bill_that_comes_early_gets_every_stage() {
        let planned =
            plan_reminders("2026-12-18".parse().unwrap(), instant("2026-11-20 10:00"), &Preferences::default());
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
            "critical 12-19 09:00 …",
        ];
        assert_eq!(shown(&planned), expected);
    }

    #[test]
    fn a_late_letter_is_never_left_without_a_reminder() {
        let preferences = Preferences::default();
        let planned = plan_reminders("2026-11-18".parse().unwrap(), instant("2026-11-20 10:00"), &preferences);
        assert_eq!(shown(&planned), ["critical 11-20 10:00 …"]);
        let at_night = plan_reminders("2026-11-25".parse().unwrap(), instant("2026-11-20 23:30"), &preferences);
        assert_eq!(shown(&at_night)[0], "info 11-21 07:00");
    }

    #[test]
    fn a_snooze_always_comes_back() {
        let preferences = Preferences::default();
        let mut reminder = reminder(Stage::Info, "2026-11-20 09:00", false);
        let sent = out(&reminder, "2026-11-20 09:00", DeliveryState::Delivered);
        assert_eq!(reminder.next_at(std::slice::from_ref(&sent), &preferences), None);
        reminder.snoozed_until = Some(instant("2026-11-20 12:00"));
        assert_eq!(reminder.next_at(std::slice::from_ref(&sent), &preferences), Some(instant("2026-11-20 12:00")));
        let again = out(&reminder, "2026-11-20 12:00", DeliveryState::Delivered);
        assert_eq!(reminder.next_at(&[sent, again], &preferences), None);
    }

    #[test]
    fn an_overdue_task_reminds_twice_a_day_until_acted_on() {
        let preferences = Preferences::default();
        let mut reminder = reminder(Stage::Critical, "2026-11-20 09:00", true);
        let next = |reminder: &Reminder, at: &str| {
            reminder.next_at(&[out(reminder, at, DeliveryState::Delivered)], &preferences).unwrap()
        };
        assert_eq!(next(&reminder, "2026-11-20 09:00"), instant("2026-11-20 17:00"));
        assert_eq!(next(&reminder, "2026-11-20 17:00"), instant("2026-11-21 09:00"));
        reminder.acknowledged_at = Some(instant("2026-11-20 09:05"));
        assert_eq!(next(&reminder, "2026-11-20 09:00"), instant("2026-11-21 09:00"));
    }

    #[test]
    fn what_no_channel_took_is_tried_again() {
        let reminder = reminder(Stage::Warning, "2026-11-20 09:00", false);
        let failed = out(&reminder, "2026-11-20 09:00", DeliveryState::Failed);
        assert_eq!(reminder.next_at(&[failed], &Preferences::default()), Some(instant("2026-11-20 09:05")));
    }

    #[test]
    fn after_a_week_away_only_the_most_pressing_one_goes_out() {
        let info = reminder(Stage::Info, "2026-11-10 09:00", false);
        let critical = Reminder { task: info.task, ..reminder(Stage::Critical, "2026-11-18 09:00", true) };
        let reminders = [info.clone(), critical.clone()];
        let due = due(&reminders, &[], &Preferences::default(), instant("2026-11-20 10:00"));
        assert_eq!(due, [(&critical, vec![&info])]);
    }

    proptest::proptest! {
        #[test]
        fn no_plan_is_empty_or_in_the_past_or_ever_ends(days in -400_i64..400, minutes in 0_i64..1440) {
            let preferences = Preferences::default();
            let now = instant("2026-11-20 00:00") + Duration::minutes(minutes);
            let due = today(now, preferences.zone) + Duration::days(days);
            let planned = plan_reminders(due, now, &preferences);
            proptest::prop_assert!(planned.iter().all(|reminder| reminder.at >= now));
            proptest::prop_assert!(planned.is_sorted_by_key(|reminder| reminder.at));
            proptest::prop_assert!(planned.last().is_some_and(|reminder| reminder.repeats));
            let quiet = |at: DateTime<Utc>| !(7..22).contains(&chrono::Timelike::hour(&at.with_timezone(&preferences.zone)));
            proptest::prop_assert!(!planned.iter().any(|reminder| quiet(reminder.at)));
        }
    }
}
