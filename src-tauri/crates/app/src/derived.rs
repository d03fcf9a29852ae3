//! Files derived from documents, beside the untouched originals.

use std::fs;
use std::path::{Path, PathBuf};

use domain::{Code, DocumentId, FileId, Reading};
use read::Kinds;

use crate::{App, Failure};

impl App {
    /// Looks on all pages of a document for codes of every kind.
    pub(crate) fn all_codes(&self, document: DocumentId) -> Result<Vec<Code>, Failure> {
        let (file, name, reading) = self.what_was_read(document)?;
        let turned: Vec<u16> = reading.unwrap_or_default().pages.iter().map(|page| page.turned).collect();
        let original = self.store.open_original(&file)?;
        Ok(self.unlocking(|| self.reader.codes(&name, &original, Kinds::All, &turned))?)
    }

    /// Makes a PDF of a document in which its words can be searched and copied, and says where it is.
    pub(crate) fn searchable_pdf(&self, document: DocumentId) -> Result<PathBuf, Failure> {
        let (file, name, reading) = self.what_was_read(document)?;
        let reading = reading.ok_or_else(|| Failure::not_found("reading of", &name))?;
        let original = self.store.open_original(&file)?;
        let pdf = self.unlocking(|| self.reader.searchable_pdf(&name, &original, &reading.pages))?;
        self.keep_derived(&format!("{file}.pdf"), &pdf)
    }

    /// The original of a document, its name and its reading.
    pub(crate) fn what_was_read(&self, document: DocumentId) -> Result<(FileId, String, Option<Reading>), Failure> {
        self.store
            .read(|r| {
                let file = crate::filing::existing(r, document)?.file;
                let name = r.file_name(&file)?;
                let reading = r.reading(&file)?;
                Ok((file, name, reading))
            })
            .map_err(Failure::from)
    }

    /// Keeps a file that may be thrown away at any time.
    pub(crate) fn keep_derived(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let folder = self.profile.folder.join("cache").join("derived");
        let path = folder.join(name);
        keep(&folder, &path, bytes)
            .map_err(|error| Failure::new("io", format!("{} cannot be written: {error}.", path.display())))?;
        Ok(path)
    }
}

/// Written beside and renamed, so that no half file is ever opened or served.
pub(crate) fn keep(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let half = path.with_extension(format!("{}.part", std::process::id()));
    fs::write(&half, bytes)?;
    fs::rename(&half, path)
}
