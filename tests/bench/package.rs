//! The size of the package that people download.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::figure::{self, Better, Figure};

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let folder = figure::target()?.join("release/bundle/deb");
    if newest_deb(&folder).is_none() {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.make/package");
        let status = Command::new(&script).status().with_context(|| script.display().to_string())?;
        ensure!(status.success(), "{}: {status}", script.display());
    }
    let package = newest_deb(&folder).with_context(|| format!("there is no .deb in {}", folder.display()))?;
    let value = std::fs::metadata(&package)?.len() as f64 / 1e6;
    let note = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(vec![Figure { name: "main.deb_mb", value, unit: "MB", goal: None, better: Better::Lower, note }])
}

fn newest_deb(folder: &Path) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let packages = files.filter(|path| path.extension().is_some_and(|extension| extension == "deb"));
    packages.max_by_key(|path| path.metadata().and_then(|data| data.modified()).ok())
}
