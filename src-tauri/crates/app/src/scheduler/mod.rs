//! Reminders at their time. A contact is delivered only when a channel has confirmed it; what no channel takes stays in
//! the window, goes to the next channel and is tried again, and nothing is ever dropped.
//!
//! What is due follows from the tasks, the person's wishes and the ledger (`domain::next_contact`); the table `schedule`
//! only remembers when to look again, and its triggers mark what has changed.

mod answers;
mod delivery;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::{Contact, Preferences, Sent, Subject, turn};
use store::{Op, Read, StoreError};

use crate::views::{AppEvent, Changed};
use crate::{App, Failure};

pub(crate) use answers::note_reaction;
pub(crate) use delivery::{Channels, withdraw};

/// The longest sleep: a suspended computer's timers stand still while the clock goes on, and it can be set.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);
/// Never in a tight circle, whatever the next instant is.
const SHORTEST_SLEEP: Duration = Duration::from_millis(200);
/// Subjects worked out in one transaction.
const BATCH: u32 = 2000;
/// No pause is longer; one that is was made while the clock was wrong.
const LONGEST_PAUSE: chrono::Duration = chrono::Duration::days(2);

/// Name of the row that says until when reminders are paused.
pub(crate) const PAUSED_UNTIL: &str = "reminders_paused_until";

/// Sends what is due until `stop` is set.
pub(crate) fn remind(app: &Arc<App>, stop: &AtomicBool) {
    delivery::probe(app);
    let mut scheduler = Scheduler::new(app);
    let mut day = today(app);
    loop {
        let rings = app.reminders.rings();
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let present = today(app);
        if day != present {
            // "Tomorrow" has become "today" on every screen.
            day = present;
            app.tell(&AppEvent::Changed(Changed { all: true, ..Changed::default() }));
        }
        let sleep = match scheduler.tick() {
            Ok(next) => sleep_until(next, app.now()),
            Err(error) => {
                tracing::error!(%error, "reminders could not be looked at; trying again");
                LONGEST_SLEEP
            }
        };
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

/// The next contact about a subject; none where nothing will be due unless something changes.
pub(crate) fn next_contact(
    r: &Read<'_>,
    subject: Subject,
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Result<Option<Contact>, StoreError> {
    match subject {
        Subject::Task(id) => match r.remindable(id)? {
            Some(task) => Ok(domain::next_contact(&task, &r.ledger(subject, now)?, preferences, now)),
            None => Ok(None),
        },
        Subject::Review => match r.waiting_for_review()? {
            Some(waiting) => {
                let ledger = r.ledger(subject, now)?;
                Ok(Some(domain::next_review_contact(waiting.since, &ledger, preferences, now)))
            }
            None => Ok(None),
        },
    }
}

impl App {
    /// When the next reminder is due, as worked out at the last look.
    pub fn next_reminder(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        Ok(self.store.read(|r| r.next_instant())?)
    }
}

/// Looks at what is due, one look after the other. One per profile, in the process that runs the engine.
pub struct Scheduler {
    app: Arc<App>,
    /// When the last look was, and for which preferences the schedule was worked out.
    last: Option<(DateTime<Utc>, Preferences)>,
}

impl Scheduler {
    /// Before the first look.
    pub fn new(app: &Arc<App>) -> Self {
        Self { app: Arc::clone(app), last: None }
    }

    /// Sends what is due now; gives the next instant at which something will be.
    pub fn tick(&mut self) -> Result<Option<DateTime<Utc>>, Failure> {
        let now = self.app.now();
        let settings = self.app.settings()?;
        let preferences = settings.preferences()?;
        let still_holds = self.last.as_ref().is_some_and(|(at, before)| *at <= now && *before == preferences);
        if !still_holds {
            // The first look, other hours, another zone, or a clock that was set back.
            self.app.store.write(Op::Ledger, |w| w.unschedule_all())?;
        }
        self.last = Some((now, preferences.clone()));
        self.work_out(&preferences, now)?;
        let (ready, paused) = self.app.store.read(|r| Ok((ready(r, &preferences, now)?, r.setting(PAUSED_UNTIL)?)))?;
        if let Some(until) = paused_until(paused.as_deref(), now) {
            return Ok(Some(until));
        }
        if !ready.is_empty() {
            let turn = turn(ready, self.sent_today(&preferences, now)?, &preferences, now);
            let wait = &turn.wait;
            self.app
                .store
                .write(Op::Ledger, |w| wait.iter().try_for_each(|(subject, at)| w.schedule(*subject, Some(*at))))?;
            if !turn.send.is_empty() {
                delivery::send(&self.app, &settings, &turn.send, now)?;
                self.work_out(&preferences, now)?;
            }
        }
        self.app.next_reminder()
    }

    /// Finds the next instant of every subject of which something has changed.
    fn work_out(&self, preferences: &Preferences, now: DateTime<Utc>) -> Result<(), Failure> {
        loop {
            let changed = self.app.store.read(|r| r.unscheduled(BATCH))?;
            if changed.is_empty() {
                return Ok(());
            }
            self.app.store.write(Op::Ledger, |w| {
                changed.iter().try_for_each(|subject| {
                    let next = next_contact(w, *subject, preferences, now)?;
                    w.schedule(*subject, next.map(|contact| contact.slot))
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

/// The contacts whose time has come.
fn ready(r: &Read<'_>, preferences: &Preferences, now: DateTime<Utc>) -> Result<Vec<(Subject, Contact)>, StoreError> {
    let mut ready = Vec::new();
    for subject in r.ready(now)? {
        if let Some(contact) = next_contact(r, subject, preferences, now)?.filter(|contact| contact.slot <= now) {
            ready.push((subject, contact));
        }
    }
    Ok(ready)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A computer that wakes up, or whose clock is set, is noticed at the end of the sleep at hand.
    #[test]
    fn no_sleep_is_longer_than_a_minute_and_none_goes_in_circles() {
        let now: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().unwrap();
        let after = |seconds| sleep_until(Some(now + chrono::Duration::seconds(seconds)), now).as_millis();
        assert_eq!([after(-86_400), after(0), after(30), after(60), after(86_400)], [200, 200, 30_000, 60_000, 60_000]);
        assert_eq!(sleep_until(None, now).as_secs(), 60, "something may come up");
    }
}
