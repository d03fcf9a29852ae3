//! Settings.

use std::collections::BTreeMap;

use domain::{By, DocumentOrder, FailureCode, Region};
use serde::{Deserialize, Serialize};
use store::{DocumentFilter, Op, Read, StoreError};
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

/// What the letters say about their reader and the settings do not say yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct SettingProposals {
    /// Names that several senders write to.
    pub own_names: Vec<String>,
    /// The Land that most letters are sent to, if it is another one than that of the settings.
    pub land: Option<Region>,
}

/// So many of the newest letters are looked at for an address.
const ADDRESSES: u32 = 30;

/// What the letters propose for the settings: nothing is changed until somebody says so.
pub fn proposals(app: &App, _: ()) -> Result<SettingProposals, Failure> {
    let settings = app.settings()?;
    let known: Vec<String> = settings.own_names.iter().map(|name| name.to_lowercase()).collect();
    let proposed = app.store.read(|r| {
        let own_names = r.own_names()?.into_iter().filter(|name| !known.contains(&name.to_lowercase())).collect();
        Ok(SettingProposals { own_names, land: land(r)?.filter(|land| *land != settings.land) })
    })?;
    Ok(proposed)
}

/// The Land that more than half of the newest letters with an address are sent to.
fn land(r: &Read<'_>) -> Result<Option<Region>, StoreError> {
    let newest = DocumentFilter { order: DocumentOrder::Newest, ..DocumentFilter::default() };
    let mut counted: BTreeMap<&str, (Region, usize)> = BTreeMap::new();
    let mut all = 0;
    for row in r.documents(&newest, ADDRESSES, 0)?.rows {
        let Some(reading) = r.reading(&row.file)? else { continue };
        let Some(land) = understand::reader_postcode(&reading).and_then(|code| Region::of_postcode(&code)) else {
            continue;
        };
        all += 1;
        counted.entry(land.code()).or_insert((land, 0)).1 += 1;
    }
    Ok(counted.into_values().find(|(_, count)| count * 2 > all).map(|(land, _)| land))
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
