//! Letters that are old enough for the question whether they still have to be kept.

use chrono::NaiveDate;
use domain::{DocumentId, DocumentKind};
use rusqlite::params;

use crate::row::{Columns, json};
use crate::{Read, Result};

impl Read<'_> {
    /// Letters of these kinds that wait for no look, with a day before this one, about which nothing is left to do; the oldest
    /// first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn done_before(&self, day: NaiveDate, kinds: &[DocumentKind]) -> Result<Vec<DocumentId>> {
        let sql = "SELECT document FROM search_documents
                   WHERE trashed = 0 AND state <> 'review' AND open_tasks = 0 AND day < ?1
                     AND kind IN (SELECT value FROM json_each(?2))
                   ORDER BY day, document";
        self.rows(sql, params![day.to_string(), json(&kinds)?], |row| {
            Columns { table: "search_documents", row }.parse("document")
        })
    }

    /// The text of all pages of a document.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn text_of(&self, file: &domain::FileId) -> Result<String> {
        Ok(self.page_texts(file)?.join("\n"))
    }
}
