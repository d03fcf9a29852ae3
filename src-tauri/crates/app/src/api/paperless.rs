//! Import from paperless-ngx.

use std::path::Path;

use serde::Deserialize;
use ts_rs::TS;

use crate::runtime::moving::paperless::import::PaperlessImported;
use crate::runtime::moving::paperless::preview::PaperlessPreview;
use crate::{App, Failure};

/// An export of paperless-ngx.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PaperlessExport {
    /// Full path of its folder or ZIP.
    pub path: String,
}

/// What an import would do. Fails with `not_an_export`, `cancelled`, `move_runs`.
pub fn preview(app: &App, export: PaperlessExport) -> Result<PaperlessPreview, Failure> {
    app.preview_paperless(Path::new(&export.path))
}

/// Take the documents in. Fails with `not_an_export`, `cancelled`, `move_runs`.
pub fn import(app: &App, export: PaperlessExport) -> Result<PaperlessImported, Failure> {
    app.import_paperless(Path::new(&export.path))
}
