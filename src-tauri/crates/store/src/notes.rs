//! Notes about documents, in Markdown. Intent.

use domain::DocumentId;

use crate::{Read, Result, Write};

impl Read<'_> {
    /// What a person has noted about a document.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn note(&self, document: DocumentId) -> Result<Option<String>> {
        let sql = "SELECT note FROM document_notes WHERE document = ?1";
        self.row(sql, [document.to_string()], |row| Ok(row.get(0)?))
    }
}

impl Write<'_> {
    /// Notes something about a document in place of what was noted before; an empty note goes.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn set_note(&self, document: DocumentId, note: &str) -> Result<()> {
        let id = document.to_string();
        if note.trim().is_empty() {
            self.execute("DELETE FROM document_notes WHERE document = ?1", [id])?;
        } else {
            let sql = "INSERT INTO document_notes (document, note) VALUES (?1, ?2)
                       ON CONFLICT (document) DO UPDATE SET note = ?2";
            self.execute(sql, [id.as_str(), note])?;
        }
        Ok(())
    }
}
