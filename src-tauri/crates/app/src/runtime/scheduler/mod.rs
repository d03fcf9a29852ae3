//! Sends reminders when they are due. A reminder counts as delivered only when a channel has confirmed it. One that no
//! channel takes stays in the window, goes to the next channel and is tried again; none is ever dropped.
//!
//! What is due follows from the tasks, the person's overrides and the ledger (`domain::next_reminder`); the table `schedule`
//! only remembers when to look again, and its triggers mark what has changed.

mod answers;
mod delivery;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::{By, Preferences, Reminder, Sent, Subject, batch};
use store::{Op, Read, StoreError};

use crate::actions;
use crate::runtime::events::{AppEvent, Changed};
use crate::runtime::own_disk;
use crate::runtime::threads::Pulse;
use crate::{App, Failure};

pub(crate) use answers::snooze;

/// The longest sleep: timers stand still while the computer is suspended, and its clock can be set.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);
/// The pause after the database was busy.
const TRY_AGAIN: Duration = Duration::from_secs(5);
/// The shortest sleep, so that the loop never spins.
const SHORTEST_SLEEP: Duration = Duration::from_millis(200);
/// So many subjects are computed in one transaction.
const BATCH: u32 = 2000;
/// The longest pause of reminders; a longer one was set while the clock was wrong.
const LONGEST_PAUSE: chrono::Duration = chrono::Duration::days(2);

/// Name of the row that says until when reminders are paused.
pub(crate) const PAUSED_UNTIL: &str = "reminders_paused_until";

/// Sends what is due until the end is asked for.
///
/// # Errors
/// If it cannot be looked up what is due.
pub(crate) fn remind(app: &Arc<App>, pulse: &Pulse) -> Result<(), Failure> {
    delivery::probe(app);
    let mut scheduler = Scheduler::new(app);
    let mut day = today(app);
    loop {
        let rings = app.reminders.rings();
        if pulse.is_stopping() {
            return Ok(());
        }
        pulse.beat();
        let present = today(app);
        if day != present {
            // The date has changed: every list that says “tomorrow” must be fetched again.
            day = present;
            app.tell(&AppEvent::Changed(Changed { all: true, ..Changed::default() }));
        }
        let sleep = match scheduler.tick() {
            Ok(next) => sleep_until(next, app.now()),
            // Another process holds the database for long, or the disk fails: that is no failure of this part.
            Err(failure) if own_disk::is_its_fault(&failure) => app.disk_failed(&failure).max(TRY_AGAIN),
            Err(failure) => return Err(failure),
        };
        pulse.waits();
        app.reminders.wait(rings, sleep);
    }
}

/// How long to sleep when something is due at `next`.
fn sleep_until(next: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Duration {
    let left = next.map_or(LONGEST_SLEEP, |at| (at - now).to_std().unwrap_or_default());
    left.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
}

fn today(app: &App) -> Option<NaiveDate> {
    app.settings().and_then(|settings| app.today(&settings)).ok()
}

/// The instant until which reminders are paused, from the row [`PAUSED_UNTIL`].
pub(crate) fn paused_until(json: Option<&str>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let until: DateTime<Utc> = json.and_then(|json| serde_json::from_str(json).ok())?;
    (until > now && until - now <= LONGEST_PAUSE).then_some(until)
}

/// The next reminder about a subject; none where nothing will be due unless something changes.
pub(crate) fn next_reminder(
    r: &Read<'_>,
    subject: Subject,
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Result<Option<Reminder>, StoreError> {
    match subject {
        Subject::Task(id) => match r.remindable(id)? {
            Some(task) => Ok(domain::next_reminder(&task, &r.ledger(subject, now)?, preferences, now)),
            None => Ok(None),
        },
        Subject::Review => match r.waiting_for_review()? {
            Some(waiting) => {
                let ledger = r.ledger(subject, now)?;
                Ok(Some(domain::next_review_reminder(waiting.since, &ledger, preferences, now)))
            }
            None => Ok(None),
        },
    }
}

impl App {
    /// When the next reminder is due, as worked out at the last look.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn next_reminder(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        Ok(self.store.read(|r| r.next_instant())?)
    }
}

/// Checks what is due, again and again. It runs in the process that has the role of reminders.
pub struct Scheduler {
    app: Arc<App>,
    /// The time of the last check, and the preferences for which the schedule was computed.
    last: Option<(DateTime<Utc>, Preferences)>,
    /// The day on which was last looked for what has ended by the calendar.
    day: Option<NaiveDate>,
}

impl Scheduler {
    /// A scheduler that has not checked anything yet.
    pub fn new(app: &Arc<App>) -> Self {
        Self { app: Arc::clone(app), last: None, day: None }
    }

    /// Sends what is due now; returns the next instant at which something is due.
    ///
    /// # Errors
    /// `bad_input` if the settings do not go together; else the errors of the
    /// [store](store::StoreError#database-errors). That a channel fails is no error: it is noted, and tried again.
    pub fn tick(&mut self) -> Result<Option<DateTime<Utc>>, Failure> {
        let now = self.app.now();
        let settings = self.app.settings()?;
        let preferences = settings.preferences()?;
        let still_holds = self.last.as_ref().is_some_and(|(at, before)| *at <= now && *before == preferences);
        if !still_holds {
            // The first check, changed reminder times, another zone, or a clock that was set back.
            self.app.store.write(By::Program, Op::Ledger, |w| w.unschedule_all())?;
        }
        self.last = Some((now, preferences.clone()));
        self.end_by_calendar(&preferences, now)?;
        self.work_out(&preferences, now)?;
        let (ready, paused) = self.app.store.read(|r| Ok((ready(r, &preferences, now)?, r.setting(PAUSED_UNTIL)?)))?;
        if let Some(until) = paused_until(paused.as_deref(), now) {
            return Ok(Some(until));
        }
        if !ready.is_empty() {
            let batch = batch(ready, self.sent_today(&preferences, now)?, &preferences, now);
            let wait = &batch.wait;
            self.app.store.write(By::Program, Op::Ledger, |w| {
                wait.iter().try_for_each(|(subject, at)| w.schedule(*subject, Some(*at)))
            })?;
            if !batch.send.is_empty() {
                delivery::send(&self.app, &settings, &batch.send, now)?;
                self.work_out(&preferences, now)?;
            }
        }
        self.app.next_reminder()
    }

    /// Ends what has ended by the calendar. Looked at on each new day, and whenever something has changed.
    fn end_by_calendar(&mut self, preferences: &Preferences, now: DateTime<Utc>) -> Result<(), Failure> {
        let today = domain::today(now, preferences.zone);
        let store = &self.app.store;
        let looks = self.day.replace(today) != Some(today) || !store.read(|r| r.unscheduled(1))?.is_empty();
        if looks && !store.read(|r| actions::today::ended(r, today))?.is_empty() {
            store.write(By::Program, Op::EndByCalendar, |w| actions::today::end_by_calendar(w, today, now))?;
        }
        Ok(())
    }

    /// Computes the next instant of every subject that has changed.
    fn work_out(&self, preferences: &Preferences, now: DateTime<Utc>) -> Result<(), Failure> {
        loop {
            let changed = self.app.store.read(|r| r.unscheduled(BATCH))?;
            if changed.is_empty() {
                return Ok(());
            }
            self.app.store.write(By::Program, Op::Ledger, |w| {
                changed.iter().try_for_each(|subject| {
                    let next = next_reminder(w, *subject, preferences, now)?;
                    w.schedule(*subject, next.map(|reminder| reminder.slot))
                })
            })?;
        }
    }

    fn sent_today(&self, preferences: &Preferences, now: DateTime<Utc>) -> Result<Sent, Failure> {
        let midnight = |day: NaiveDate| domain::local(day.and_time(NaiveTime::MIN), preferences.zone);
        let day = domain::today(now, preferences.zone);
        let tomorrow = day.checked_add_days(Days::new(1)).unwrap_or(day);
        Ok(self.app.store.read(|r| r.sent(midnight(day), midnight(tomorrow)))?)
    }
}

/// The reminders whose time has come.
fn ready(r: &Read<'_>, preferences: &Preferences, now: DateTime<Utc>) -> Result<Vec<(Subject, Reminder)>, StoreError> {
    let mut ready = Vec::new();
    for subject in r.ready(now)? {
        if let Some(reminder) = next_reminder(r, subject, preferences, now)?.filter(|reminder| reminder.slot <= now) {
            ready.push((subject, reminder));
        }
    }
    Ok(ready)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When the computer wakes up or its clock is set, this is noticed at the end of the present sleep.
    #[test]
    fn no_sleep_is_longer_than_a_minute_and_none_goes_in_circles() {
        let now: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().unwrap();
        let after = |seconds| sleep_until(Some(now + chrono::Duration::seconds(seconds)), now).as_millis();
        assert_eq!([after(-86_400), after(0), after(30), after(60), after(86_400)], [200, 200, 30_000, 60_000, 60_000]);
        assert_eq!(sleep_until(None, now).as_secs(), 60, "something may come up");
    }
}
