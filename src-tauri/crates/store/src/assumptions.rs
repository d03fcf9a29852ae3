//! What a person said where a deadline would rest on an assumption. Intent.

use domain::{Assumption, DocumentId};
use rusqlite::{Row, params};

use crate::row::{Columns, json};
use crate::{Read, Result, Write};

fn assumption(row: &Row<'_>) -> Result<Assumption> {
    Columns { table: "assumptions", row }.json("value")
}

impl Read<'_> {
    /// What a person said about counting the deadlines of a document.
    pub(crate) fn assumptions_of(&self, document: DocumentId) -> Result<Vec<Assumption>> {
        let sql = "SELECT value FROM assumptions WHERE document = ?1 ORDER BY what";
        self.rows(sql, [document.to_string()], assumption)
    }
}

impl Write<'_> {
    /// Keeps what a person said, in place of what was said about the same thing before.
    pub fn assume(&self, document: DocumentId, assumption: &Assumption) -> Result<()> {
        self.execute(
            "INSERT INTO assumptions (document, what, value) VALUES (?1, ?2, ?3)
             ON CONFLICT (document, what) DO UPDATE SET value = excluded.value",
            params![document.to_string(), assumption.what(), json(assumption)?],
        )?;
        Ok(())
    }
}
