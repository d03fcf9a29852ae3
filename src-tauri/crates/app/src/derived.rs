//! Files derived from documents, beside the untouched originals.

use std::fs;
use std::path::PathBuf;

use domain::DocumentId;

use crate::{App, Failure};

impl App {
    /// Makes a PDF of a document in which its words can be searched and copied, and says where it is.
    pub(crate) fn searchable_pdf(&self, document: DocumentId) -> Result<PathBuf, Failure> {
        let (file, name, reading) = self.store.read(|r| {
            let document = crate::filing::existing(r, document)?;
            let name = r.file(&document.file)?.map_or_else(String::new, |file| file.name);
            let reading = r.reading(&document.file)?;
            Ok((document.file, name, reading))
        })?;
        let reading = reading.ok_or_else(|| Failure::not_found("reading of", &name))?;
        let bytes = self.store.original(&file)?;
        let pdf = self.reader.searchable_pdf(&name, &bytes, &reading.pages)?;
        self.keep_derived(&format!("{file}.pdf"), &pdf)
    }

    /// Keeps a file that may be thrown away at any time.
    pub(crate) fn keep_derived(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let folder = self.profile.folder.join("cache").join("derived");
        let path = folder.join(name);
        let written = fs::create_dir_all(&folder).and_then(|()| {
            // Beside and renamed, so that no half file is ever opened.
            let half = path.with_extension(format!("{}.part", std::process::id()));
            fs::write(&half, bytes)?;
            fs::rename(half, &path)
        });
        written.map_err(|error| Failure::new("io", format!("{} cannot be written: {error}.", path.display())))?;
        Ok(path)
    }
}
