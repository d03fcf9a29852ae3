//! Exports: everything in a folder that can be read without the program, and back.

use std::path::Path;

use serde::Deserialize;
use ts_rs::TS;

use crate::runtime::moving::bring::{Brought, ExportView};
use crate::runtime::moving::export::Exported;
use crate::{App, Failure};

/// Where to.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportTo {
    /// Full path of a folder that is empty, or not there yet.
    pub folder: String,
    /// Make a new folder in it, named by the day.
    #[serde(default)]
    #[ts(optional)]
    pub dated: Option<bool>,
}

/// The folder of an export.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportFolder {
    /// Its full path.
    pub folder: String,
}

/// Write everything into an empty folder. Fails with `folder_not_empty`, `cancelled`, `move_runs`.
pub fn run(app: &App, to: ExportTo) -> Result<Exported, Failure> {
    app.export(Path::new(&to.folder), to.dated == Some(true))
}

/// What an export says of itself. Fails with `not_an_export`, `newer_export`.
pub fn look(app: &App, from: ExportFolder) -> Result<ExportView, Failure> {
    app.look_at_export(Path::new(&from.folder))
}

/// Bring an export back into an empty profile. Fails with `not_an_export`, `newer_export`, `profile_not_empty`, `cancelled`,
/// `move_runs`.
pub fn import(app: &App, from: ExportFolder) -> Result<Brought, Failure> {
    app.bring_export(Path::new(&from.folder))
}
