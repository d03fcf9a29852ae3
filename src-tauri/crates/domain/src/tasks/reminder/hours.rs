//! Hours at which a person can act.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc, Weekday};

use super::Stage;
use crate::{Hours, Preferences, ShiftDay as _, TaskKind, Weekend, local, today};

impl Hours {
    /// The times of day for things of this kind, ascending.
    pub(super) fn slots_of(&self, kind: Option<TaskKind>) -> &[NaiveTime] {
        kind.and_then(|kind| self.by_kind.get(&kind)).filter(|own| !own.is_empty()).unwrap_or(&self.slots)
    }

    fn is_quiet(&self, time: NaiveTime) -> bool {
        if self.over_midnight() {
            time >= self.quiet_from || time < self.quiet_until
        } else {
            (self.quiet_from..self.quiet_until).contains(&time)
        }
    }

    fn over_midnight(&self) -> bool {
        self.quiet_from > self.quiet_until
    }
}

pub(super) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// May only pressing things come on this day?
pub(super) fn is_day_off(day: NaiveDate, stage: Stage, preferences: &Preferences) -> bool {
    preferences.hours.weekend == Weekend::OnlyPressing && stage < Stage::Urgent && is_weekend(day)
}

/// The first instant from `at` on that is not in the quiet hours.
pub(super) fn out_of_quiet(at: DateTime<Utc>, stage: Stage, preferences: &Preferences) -> DateTime<Utc> {
    let hours = &preferences.hours;
    if stage == Stage::Critical && hours.critical_breaks_quiet {
        return at;
    }
    let wall = at.with_timezone(&preferences.zone).naive_local();
    let (time, day) = (wall.time(), wall.date());
    if !hours.is_quiet(time) {
        return at;
    }
    let ends_tomorrow = hours.over_midnight() && time >= hours.quiet_from;
    let end_day = if ends_tomorrow { day.plus_days(1) } else { day };
    local(end_day.and_time(hours.quiet_until), preferences.zone)
}

/// The first instant from `at` on at which something of this stage may be shown.
pub(super) fn good_hour(at: DateTime<Utc>, stage: Stage, preferences: &Preferences) -> DateTime<Utc> {
    let awake = out_of_quiet(at, stage, preferences);
    let mut day = today(awake, preferences.zone);
    if !is_day_off(day, stage, preferences) {
        return awake;
    }
    while is_weekend(day) {
        day = day.plus_days(1);
    }
    slot(day, 0, None, preferences)
}

/// The `number`th slot of a day, or its last.
pub(super) fn slot(day: NaiveDate, number: usize, kind: Option<TaskKind>, preferences: &Preferences) -> DateTime<Utc> {
    let slots = preferences.hours.slots_of(kind);
    let time = slots.get(number).or(slots.last()).copied().unwrap_or(NaiveTime::MIN);
    local(day.and_time(time), preferences.zone)
}

/// The first slot after `at`, on whatever day.
pub(super) fn next_slot(at: DateTime<Utc>, preferences: &Preferences) -> DateTime<Utc> {
    let day = today(at, preferences.zone);
    slots_on(day, None, preferences)
        .find(|slot| *slot > at)
        .unwrap_or_else(|| slot(day.plus_days(1), 0, None, preferences))
}

/// The slots of a day.
pub(super) fn slots_on(
    day: NaiveDate,
    kind: Option<TaskKind>,
    preferences: &Preferences,
) -> impl Iterator<Item = DateTime<Utc>> {
    preferences.hours.slots_of(kind).iter().map(move |time| local(day.and_time(*time), preferences.zone))
}
