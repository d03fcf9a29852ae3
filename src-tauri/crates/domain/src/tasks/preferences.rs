//! What a person has set, as far as the rules need it.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Region, TaskKind};

/// What may come on Saturdays and Sundays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Weekend {
    /// The same as on other days.
    #[default]
    AsUsual,
    /// Only what is due at once or overdue; the rest comes on Friday or Monday.
    OnlyPressing,
}

/// Times of day at which one can act, and when to be quiet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Slots for reminders, ascending; the first one is the usual time.
    pub slots: Vec<NaiveTime>,
    /// Quiet from …
    pub quiet_from: NaiveTime,
    /// … until, usually on the next morning.
    pub quiet_until: NaiveTime,
    /// May overdue things break the quiet hours?
    pub critical_breaks_quiet: bool,
    /// Slots of their own for kinds of tasks, such as office hours for calls. An empty list counts as none.
    pub by_kind: BTreeMap<TaskKind, Vec<NaiveTime>>,
    /// Saturdays and Sundays.
    pub weekend: Weekend,
    /// Never more notifications a day than this, but for snoozes that come back and what is pressing.
    pub most_a_day: u32,
    /// Remind of overdue things every hour. Off unless the person wants it.
    pub hourly_when_overdue: bool,
}

/// What a person has set, with defaults that work without setting anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Time zone of the user's day.
    pub zone: Tz,
    /// Whose public holidays count.
    pub land: Region,
    /// Hours for reminders.
    pub hours: Hours,
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            zone: chrono_tz::Europe::Berlin,
            // The most populous Region; asked for when a deadline depends on it.
            land: Region::NordrheinWestfalen,
            hours: Hours {
                slots: [9, 13, 17, 20].map(hour).to_vec(),
                quiet_from: hour(22),
                quiet_until: hour(7),
                critical_breaks_quiet: false,
                by_kind: BTreeMap::new(),
                weekend: Weekend::AsUsual,
                most_a_day: 6,
                hourly_when_overdue: false,
            },
        }
    }
}
