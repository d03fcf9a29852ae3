//! What a person has set, as far as the rules need it.

use chrono::NaiveTime;
use chrono_tz::Tz;

use crate::Land;

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
}

/// What a person has set, with defaults that work without setting anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Time zone of the user's day.
    pub zone: Tz,
    /// Whose public holidays count.
    pub land: Land,
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
            // The most populous Land; asked for when a deadline depends on it.
            land: Land::NordrheinWestfalen,
            hours: Hours {
                slots: [9, 13, 17, 20].map(hour).to_vec(),
                quiet_from: hour(22),
                quiet_until: hour(7),
                critical_breaks_quiet: false,
            },
        }
    }
}
