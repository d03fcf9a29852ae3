//! What a person said instead of an assumption that a deadline rests on. Intent.

use domain::{Assumption, DocumentId};
use rusqlite::{Row, params};

use crate::row::{Columns, versioned};
use crate::{Read, Result, Write};

fn assumption(row: &Row<'_>) -> Result<Assumption> {
    Columns { table: "assumptions", row }.json("value")
}

impl Read<'_> {
    /// What a person said about how the deadlines of a document are counted.
    pub(crate) fn assumptions_of(&self, document: DocumentId) -> Result<Vec<Assumption>> {
        let sql = "SELECT value FROM assumptions WHERE document = ?1 ORDER BY what";
        self.rows(sql, [document.to_string()], assumption)
    }
}

impl Write<'_> {
    /// Stores what a person said, in place of an earlier word about the same assumption.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn assume(&self, document: DocumentId, assumption: &Assumption) -> Result<()> {
        self.execute(
            "INSERT INTO assumptions (document, what, value) VALUES (?1, ?2, ?3)
             ON CONFLICT (document, what) DO UPDATE SET value = excluded.value",
            params![document.to_string(), assumption.what(), versioned(assumption)?],
        )?;
        Ok(())
    }
}
