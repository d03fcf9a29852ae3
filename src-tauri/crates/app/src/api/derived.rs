//! Files derived from documents: codes, searchable PDFs, and the cache they are kept in. The originals are not
//! touched.

use std::path::PathBuf;

use domain::{Code, DocumentId, FailureCode, FileId, Reading};
use read::Kinds;

use crate::actions::existing;
use crate::runtime::cache::Kind;
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
        self.keep_derived(Some(&file), &searchable_name(&name), &pdf)
    }

    /// The original of a document, its name and its reading.
    pub(crate) fn what_was_read(&self, document: DocumentId) -> Result<(FileId, String, Option<Reading>), Failure> {
        self.store
            .read(|r| {
                let file = existing::document(r, document)?.file;
                let name = r.file_name(&file)?;
                let reading = r.reading(&file)?;
                Ok((file, name, reading))
            })
            .map_err(Failure::from)
    }

    /// Keeps a file that may be thrown away at any time: made of a file of the archive, or of none.
    pub(crate) fn keep_derived(&self, of: Option<&FileId>, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let name = domain::file_name(name).unwrap_or_else(|| "document".to_owned());
        self.cache.keep(Kind::Derived, of, &name, bytes).map_err(|error| {
            let folder = self.profile.folder.join("cache");
            Failure::new(FailureCode::Io, format!("“{name}” cannot be written to {}: {error}.", folder.display()))
        })
    }
}

/// The name of the searchable PDF of a file.
fn searchable_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem} (searchable).pdf")
}
