//! Reminders: look, put off, pause.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveTime, Utc};
use domain::{Preferences, Reminder, TaskId};
use serde::{Deserialize, Serialize};
use store::Op;
use ts_rs::TS;

use crate::commands::tasks;
use crate::scheduler::{self, PAUSED_UNTIL};
use crate::views::{ReminderView, TaskView};
use crate::{App, Failure, OneTask, show};

/// When to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Later {
    /// In a quarter of an hour.
    FifteenMinutes,
    /// In an hour.
    OneHour,
    /// In three hours.
    ThreeHours,
    /// Today at the last slot.
    Tonight,
    /// Tomorrow at the first slot.
    TomorrowMorning,
    /// On Monday at the first slot.
    NextWeek,
}

/// Put the reminders of a task off.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Snooze {
    /// Which task.
    pub task: TaskId,
    /// Until when.
    pub until: Later,
}

/// For how long nothing reminds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// For an hour.
    OneHour,
    /// Until tomorrow's first slot.
    UntilTomorrow,
    /// Not any longer.
    Resume,
}

/// Pause all reminders.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PauseReminders {
    /// For how long.
    pub pause: Pause,
}

/// Until when reminders are paused.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Paused {
    /// Nothing reminds before; none when they are not paused.
    pub until: Option<DateTime<Utc>>,
}

pub(super) fn list(app: &App, _: ()) -> Result<Vec<ReminderView>, Failure> {
    let (lens, now) = (app.lens()?, app.now());
    app.store
        .read(|r| {
            let reminders = r.open_reminders()?;
            let deliveries = show::deliveries(r, &reminders)?;
            let mut views = Vec::new();
            for reminder in &reminders {
                let title = r.task(reminder.task)?.map_or_else(String::new, |task| task.title);
                let view = show::reminder(reminder, title, &deliveries, &lens, now);
                if view.next_at.is_some() {
                    views.push(view);
                }
            }
            views.sort_by_key(|view| view.next_at);
            Ok(views)
        })
        .map_err(Failure::from)
}

/// All reminders of the task that would come before the chosen instant come back then, as one.
pub(crate) fn snooze(app: &App, snooze: Snooze) -> Result<TaskView, Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let until = instant(snooze.until, now, &preferences);
    app.store.write(Op::SnoozeReminder, |w| {
        let task = tasks::existing(w, snooze.task)?;
        w.label(&task.title);
        let reminders = w.reminders_of(task.id)?;
        let deliveries = show::deliveries(w, &reminders)?;
        let coming = |reminder: &&Reminder| reminder.next_at(&deliveries, &preferences).is_some_and(|at| at < until);
        let last_out = deliveries.iter().max_by_key(|delivery| delivery.at).map(|delivery| delivery.reminder);
        let mut any = false;
        for reminder in reminders.iter().filter(|r| coming(r) || Some(r.id) == last_out) {
            w.snooze(reminder.id, until)?;
            any = true;
        }
        // Nothing was coming so soon: then the next one is what the person means.
        if let (false, Some(first)) = (any, reminders.iter().min_by_key(|reminder| reminder.at)) {
            w.snooze(first.id, until)?;
        }
        Ok(())
    })?;
    scheduler::withdraw(snooze.task);
    tasks::get(app, OneTask { id: snooze.task })
}

/// Silences the stage of the last reminder that went out, not the next one.
pub(crate) fn acknowledge(app: &App, one: OneTask) -> Result<TaskView, Failure> {
    let now = app.now();
    app.store.write(Op::AcknowledgeReminder, |w| {
        let task = tasks::existing(w, one.id)?;
        w.label(&task.title);
        let reminders = w.reminders_of(task.id)?;
        let deliveries = show::deliveries(w, &reminders)?;
        let last = deliveries.iter().max_by_key(|delivery| delivery.at);
        let stage =
            last.and_then(|last| reminders.iter().find(|r| r.id == last.reminder)).map(|reminder| reminder.stage);
        for reminder in reminders.iter().filter(|reminder| Some(reminder.stage) == stage) {
            w.acknowledge(reminder.id, now)?;
        }
        Ok(())
    })?;
    scheduler::withdraw(one.id);
    tasks::get(app, one)
}

pub(super) fn pause(app: &App, choice: PauseReminders) -> Result<Paused, Failure> {
    let (preferences, now) = (app.settings()?.preferences()?, app.now());
    let until = match choice.pause {
        Pause::OneHour => Some(now + Duration::hours(1)),
        Pause::UntilTomorrow => Some(instant(Later::TomorrowMorning, now, &preferences)),
        Pause::Resume => None,
    };
    app.store.write(Op::PauseReminders, |w| match until {
        Some(until) => w.set_setting(PAUSED_UNTIL, &serde_json::Value::String(until.to_rfc3339()).to_string()),
        None => w.remove_setting(PAUSED_UNTIL),
    })?;
    Ok(Paused { until })
}

fn instant(later: Later, now: DateTime<Utc>, preferences: &Preferences) -> DateTime<Utc> {
    let today = domain::today(now, preferences.zone);
    let slots = &preferences.hours.slots;
    let at = |day: NaiveDate, slot: Option<&NaiveTime>| {
        domain::local(day.and_time(slot.copied().unwrap_or(NaiveTime::MIN)), preferences.zone)
    };
    match later {
        Later::FifteenMinutes => now + Duration::minutes(15),
        Later::OneHour => now + Duration::hours(1),
        Later::ThreeHours => now + Duration::hours(3),
        // After the last slot "tonight" has passed: then it is an hour from now.
        Later::Tonight => at(today, slots.last()).max(now + Duration::hours(1)),
        Later::TomorrowMorning => at(today + Duration::days(1), slots.first()),
        Later::NextWeek => {
            let to_monday = 7 - i64::from(today.weekday().num_days_from_monday());
            at(today + Duration::days(to_monday), slots.first())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    #[test]
    fn later_means_a_good_hour() {
        let friday_noon = Utc.with_ymd_and_hms(2026, 11, 20, 11, 0, 0).unwrap();
        for (later, expected) in [
            (Later::FifteenMinutes, "11-20 12:15"),
            (Later::Tonight, "11-20 20:00"),
            (Later::TomorrowMorning, "11-21 09:00"),
            (Later::NextWeek, "11-23 09:00"),
        ] {
            let preferences = Preferences::default();
            let at = instant(later, friday_noon, &preferences).with_timezone(&preferences.zone);
            assert_eq!(at.format("%m-%d %H:%M").to_string(), expected, "{later:?}");
        }
    }
}
