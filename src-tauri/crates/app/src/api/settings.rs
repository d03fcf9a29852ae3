//! Settings.

use domain::{By, FailureCode};
use serde::Deserialize;
use store::Op;
use ts_rs::TS;

use crate::{App, Failure, Settings};

/// One setting.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ChangeSetting {
    /// Name of the field of the settings.
    pub key: String,
    /// Its new value.
    pub value: serde_json::Value,
}

/// All settings.
pub fn get(app: &App, _: ()) -> Result<Settings, Failure> {
    app.settings()
}

/// Change one setting.
pub fn change(app: &App, change: ChangeSetting) -> Result<Settings, Failure> {
    let changed = app.settings()?.with(&change.key, &change.value)?;
    let known = app.channels.ids();
    if let Some(unknown) = changed.reminder_channels.values().flatten().find(|id| !known.contains(&id.as_str())) {
        let message = format!("There is no channel “{unknown}”; there are: {}.", known.join(", "));
        return Err(Failure::new(FailureCode::BadInput, message));
    }
    app.store.write(By::Person, Op::ChangeSetting, |w| {
        w.label(&change.key);
        w.set_setting(&change.key, &change.value.to_string())
    })?;
    Ok(changed)
}

impl App {
    /// Remembers that the person was told that closing the window keeps the program in the tray: no step of the person's.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn remember_told_about_tray(&self) -> Result<(), Failure> {
        self.store.write(By::Program, Op::ChangeSetting, |w| w.set_setting("told_about_tray", "true"))?;
        Ok(())
    }
}
