//! What a person can set, with defaults that work without setting anything.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use domain::{FailureCode, Hours, Preferences, Region, Stage, TaskKind, Weekend};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Failure;

/// Language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// As the system says.
    System,
    /// German.
    De,
    /// English.
    En,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Strong contrast, light or dark as the system says.
    HighContrast,
}

/// What reminders say while the data is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhileLocked {
    /// None come.
    Nothing,
    /// That something is due.
    ThatSomethingIsDue,
    /// What is due, as ever.
    Everything,
}

/// Everything that can be set. Kept in the database, one row for each field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Language of the interface, the tray and the notifications.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// Inbox folder; none means the usual place in the profile's neighbourhood.
    pub inbox_folder: Option<String>,
    /// Leave originals in the inbox folder and remember them, instead of moving them into the archive.
    pub keep_originals: bool,
    /// Read pages on which the first reader is unsure again by the second one, which takes longer.
    pub second_reader: bool,
    /// Whose public holidays count.
    pub land: Region,
    /// IANA name of the time zone.
    pub time_zone: String,
    /// The user's own names: never taken for the sender.
    pub own_names: Vec<String>,
    /// Times of day for reminders.
    pub reminder_slots: Vec<NaiveTime>,
    /// Quiet from …
    pub quiet_from: NaiveTime,
    /// … until.
    pub quiet_until: NaiveTime,
    /// May overdue things break the quiet hours?
    pub critical_breaks_quiet: bool,
    /// Times of day of their own for kinds of tasks.
    pub reminder_slots_by_kind: BTreeMap<TaskKind, Vec<NaiveTime>>,
    /// What may come on Saturdays and Sundays.
    pub weekend: Weekend,
    /// Never more notifications a day, but for snoozes that come back and what is pressing.
    pub most_notifications_a_day: u32,
    /// Remind of overdue things every hour.
    pub hourly_when_overdue: bool,
    /// Ids of the channels for each stage, see [`CHANNELS`](connect::CHANNELS); all of them where nothing is said. The
    /// first one that takes a reminder is enough, but what is overdue goes out on all that are named for it.
    pub reminder_channels: BTreeMap<Stage, Vec<String>>,
    /// Start with the session; none until the person was asked.
    pub start_at_login: Option<bool>,
    /// The folder with the repository that backups are made into every day; none: no backups are made.
    pub backup_folder: Option<String>,
    /// Lock encrypted data after so many minutes without a person; 0: never by itself.
    pub lock_after_minutes: u32,
    /// Lock encrypted data before the computer sleeps.
    pub lock_before_sleep: bool,
    /// What reminders say while the data is locked.
    pub while_locked: WhileLocked,
    /// A small moment of joy when something is done.
    pub celebrate: bool,
    /// The person was told that closing the window keeps the program in the tray.
    pub told_about_tray: bool,
}

impl Default for Settings {
    fn default() -> Self {
        let Preferences { zone, land, hours } = Preferences::default();
        Self {
            language: Language::System,
            theme: Theme::System,
            inbox_folder: None,
            keep_originals: false,
            second_reader: true,
            land,
            time_zone: zone.name().to_owned(),
            own_names: Vec::new(),
            reminder_slots: hours.slots,
            quiet_from: hours.quiet_from,
            quiet_until: hours.quiet_until,
            critical_breaks_quiet: hours.critical_breaks_quiet,
            reminder_slots_by_kind: hours.by_kind,
            weekend: hours.weekend,
            most_notifications_a_day: hours.most_a_day,
            hourly_when_overdue: hours.hourly_when_overdue,
            reminder_channels: BTreeMap::new(),
            start_at_login: None,
            backup_folder: None,
            lock_after_minutes: 15,
            lock_before_sleep: true,
            while_locked: WhileLocked::ThatSomethingIsDue,
            celebrate: true,
            told_about_tray: false,
        }
    }
}

impl Settings {
    /// From the rows of the database: JSON by name. Rows of other names are kept by others. A value that this program cannot
    /// use, because an older or a newer one set it, is as if it were not set; its name is given beside the settings.
    pub(crate) fn from_rows(rows: &BTreeMap<String, String>) -> (Self, Vec<String>) {
        let mut settings = Self::default();
        if let Ok(all) = settings.with_rows(rows) {
            return (all, Vec::new());
        }
        let mut unusable = Vec::new();
        for (key, json) in rows {
            match settings.with_rows(&BTreeMap::from([(key.clone(), json.clone())])) {
                Ok(with_one_more) => settings = with_one_more,
                Err(_) => unusable.push(key.clone()),
            }
        }
        (settings, unusable)
    }

    fn with_rows(&self, rows: &BTreeMap<String, String>) -> Result<Self, Failure> {
        let mut fields = serde_json::to_value(self).map_err(|error| bad("settings", &error))?;
        for (key, json) in rows {
            if let Some(field) = fields.get_mut(key) {
                *field = serde_json::from_str(json).map_err(|error| bad(key, &error))?;
            }
        }
        let settings: Self = serde_json::from_value(fields).map_err(|error| bad("settings", &error))?;
        settings.preferences()?;
        Ok(settings)
    }

    /// These settings with one field changed; refuses unknown names and wrong values.
    pub(crate) fn with(&self, key: &str, value: &serde_json::Value) -> Result<Self, Failure> {
        let mut fields = serde_json::to_value(self).map_err(|error| bad(key, &error))?;
        match fields.get_mut(key) {
            Some(field) => *field = value.clone(),
            None => return Err(Failure::new(FailureCode::BadInput, format!("There is no setting “{key}”."))),
        }
        let changed: Self = serde_json::from_value(fields).map_err(|error| bad(key, &error))?;
        changed.preferences()?;
        Ok(changed)
    }

    /// What the rules need of them.
    ///
    /// # Errors
    /// `bad_input` if the time zone is not known, or a list that needs an entry has none: times of day, notifications
    /// a day, channels of a stage.
    pub fn preferences(&self) -> Result<Preferences, Failure> {
        let zone = self.time_zone.parse().map_err(|_| {
            let message = format!("“{}” is not a time zone: use a name such as Europe/Berlin.", self.time_zone);
            Failure::new(FailureCode::BadInput, message)
        })?;
        if self.reminder_slots.is_empty() {
            return Err(Failure::new(FailureCode::BadInput, "At least one time of day for reminders is needed."));
        }
        if self.most_notifications_a_day == 0 {
            let message = "At least one notification a day is needed; reminders can be paused instead.";
            return Err(Failure::new(FailureCode::BadInput, message));
        }
        if self.reminder_channels.values().any(Vec::is_empty) {
            let message = "At least one channel is needed for each stage; reminders can be paused instead.";
            return Err(Failure::new(FailureCode::BadInput, message));
        }
        let sorted = |slots: &Vec<NaiveTime>| {
            let mut slots = slots.clone();
            slots.sort_unstable();
            slots
        };
        let hours = Hours {
            slots: sorted(&self.reminder_slots),
            quiet_from: self.quiet_from,
            quiet_until: self.quiet_until,
            critical_breaks_quiet: self.critical_breaks_quiet,
            by_kind: self.reminder_slots_by_kind.iter().map(|(kind, slots)| (*kind, sorted(slots))).collect(),
            weekend: self.weekend,
            most_a_day: self.most_notifications_a_day,
            hourly_when_overdue: self.hourly_when_overdue,
        };
        Ok(Preferences { zone, land: self.land, hours })
    }
}

fn bad(key: &str, error: &serde_json::Error) -> Failure {
    Failure::new(FailureCode::BadInput, format!("The value of the setting “{key}” is not right: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_set_has_a_default_and_wrong_values_are_refused() {
        let (settings, unusable) = Settings::from_rows(&BTreeMap::new());
        assert_eq!((&settings, unusable.len()), (&Settings::default(), 0));
        assert_eq!(settings.with("land", &json!("BY")).unwrap().land, Region::Bayern);
        assert_eq!(settings.with("land", &json!("XX")).unwrap_err().code.as_str(), "bad_input");
        assert_eq!(settings.with("nonsense", &json!(1)).unwrap_err().code.as_str(), "bad_input");
        assert_eq!(settings.with("time_zone", &json!("Mars/North")).unwrap_err().code.as_str(), "bad_input");
        assert_eq!(settings.with("reminder_slots", &json!([])).unwrap_err().code.as_str(), "bad_input");
        assert_eq!(settings.with("reminder_channels", &json!({"info": []})).unwrap_err().code.as_str(), "bad_input");
    }
    #[test]
    fn a_value_of_another_program_is_as_if_it_were_not_set_and_the_others_hold() {
        let rows = [
            ("language", "\"klingon\""),
            ("theme", "\"dark\""),
            ("time_zone", "\"Mars/North\""),
            ("reminder_slots", "[]"),
            ("own_names", "[\"Erika Muster\"]"),
            ("quiet_from", "not even json"),
            ("celebrate", "false"),
            ("of_a_newer_program", "{}"),
        ];
        let rows = rows.map(|(key, json)| (key.to_owned(), json.to_owned())).into();
        let (settings, unusable) = Settings::from_rows(&rows);
        assert_eq!(unusable, ["language", "quiet_from", "reminder_slots", "time_zone"]);
        assert_eq!((settings.language, settings.theme), (Language::System, Theme::Dark));
        assert_eq!((settings.own_names.as_slice(), settings.celebrate), (&["Erika Muster".to_owned()][..], false));
        assert!(settings.preferences().is_ok());
    }
}
