//! Settings.

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

pub(super) fn get(app: &App, _: ()) -> Result<Settings, Failure> {
    app.settings()
}

pub(super) fn change(app: &App, change: ChangeSetting) -> Result<Settings, Failure> {
    let changed = app.settings()?.with(&change.key, &change.value)?;
    let known = app.channels.ids();
    if let Some(unknown) = changed.reminder_channels.values().flatten().find(|id| !known.contains(&id.as_str())) {
        let message = format!("There is no channel “{unknown}”; there are: {}.", known.join(", "));
        return Err(Failure::new("bad_input", message));
    }
    app.store.write(Op::ChangeSetting, |w| {
        w.label(&change.key);
        w.set_setting(&change.key, &change.value.to_string())
    })?;
    Ok(changed)
}
