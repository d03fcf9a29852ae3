//! What of all that is due is sent now: everything together, as one notification, and not too often a day.

use chrono::{DateTime, Duration, Utc};

use super::hours::{good_hour, next_slot, out_of_quiet, slot, slots_on};
use super::{Reminder, Stage, Subject};
use crate::{Preferences, ShiftDay as _, today};

/// Pauses between tries of a channel that fails, in minutes.
const RETRY_MINUTES: [i64; 5] = [1, 5, 15, 30, 60];
/// The longest of them: a retry that lies further ahead was written while the clock was wrong.
pub const LONGEST_RETRY: Duration = Duration::minutes(60);

/// How long to wait after a channel has failed this many times in a row.
pub fn retry_pause(failures: u32) -> Duration {
    let last = RETRY_MINUTES.len() - 1;
    let index = usize::try_from(failures.saturating_sub(1)).map_or(last, |index| index.min(last));
    RETRY_MINUTES.get(index).map_or(LONGEST_RETRY, |minutes| Duration::minutes(*minutes))
}

/// What went out today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// How many notifications.
    pub count: u32,
    /// The last of them.
    pub last: Option<DateTime<Utc>>,
}

/// What to do with what is due.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReminderBatch {
    /// To be sent now, as one notification; the most pressing first.
    pub send: Vec<(Subject, Reminder)>,
    /// To be looked at again then.
    pub wait: Vec<(Subject, DateTime<Utc>)>,
}

/// Decides about the reminders whose time has come. In quiet hours they wait for the morning; when enough has been sent
/// today, they wait for tomorrow, or, if pressing, for the next slot. What the person asked for comes when it was
/// asked for, and takes the others along.
pub fn batch(
    ready: impl IntoIterator<Item = (Subject, Reminder)>,
    sent: Sent,
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> ReminderBatch {
    let mut batch = ReminderBatch::default();
    for (subject, reminder) in ready {
        let allowed = match reminder.asked {
            true => out_of_quiet(now, reminder.stage, preferences),
            false => good_hour(now, reminder.stage, preferences),
        };
        if allowed > now {
            batch.wait.push((subject, allowed));
        } else {
            batch.send.push((subject, reminder));
        }
    }
    batch.send.sort_by_key(|(subject, reminder)| (std::cmp::Reverse(reminder.stage), reminder.slot, *subject));
    let day = today(now, preferences.zone);
    let enough = sent.count >= preferences.hours.most_a_day;
    let slot_since = slots_on(day, None, preferences).filter(|slot| *slot <= now).max();
    let nothing_since_slot = slot_since.is_some_and(|slot| sent.last.is_none_or(|last| last < slot));
    let may_come = |reminder: &Reminder| {
        let nagging = preferences.hours.hourly_when_overdue && reminder.stage == Stage::Critical;
        !enough || reminder.asked || nagging || (reminder.stage >= Stage::Urgent && nothing_since_slot)
    };
    if batch.send.iter().any(|(_, reminder)| may_come(reminder)) {
        return batch;
    }
    let tomorrow = slot(day.plus_days(1), 0, None, preferences);
    let next = next_slot(now, preferences);
    let later = |reminder: &Reminder| if reminder.stage >= Stage::Urgent { next } else { tomorrow };
    batch.wait.extend(batch.send.drain(..).map(|(subject, reminder)| (subject, later(&reminder))));
    batch
}
