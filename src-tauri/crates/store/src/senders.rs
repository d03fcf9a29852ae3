//! Telling senders apart: letters that turn out to come from another sender, and names that are the user's own.

use std::collections::BTreeSet;

use domain::{CorrespondentId, DocumentId, normalised_name};
use rusqlite::{Row, params};

use crate::row::Columns;
use crate::{Read, Result, Write};

fn id(row: &Row<'_>) -> Result<DocumentId> {
    Columns { table: "documents", row }.parse("id")
}

fn name(row: &Row<'_>) -> Result<String> {
    Ok(row.get("name")?)
}

impl Read<'_> {
    /// The other documents of a document's sender that have its account, VAT id, customer number or printed name; the newest
    /// first. Not those in the trash.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn alike(&self, document: DocumentId) -> Result<Vec<DocumentId>> {
        self.rows(include_str!("alike.sql"), [document.to_string()], id)
    }

    /// Is there an accepted letter of a sender that is more than a demand for money?
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn is_known_for_more_than_demands(&self, sender: CorrespondentId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM documents WHERE correspondent = ?1 AND state = 'accepted'
                                  AND kind <> 'dunning' AND trashed_at IS NULL)";
        self.value(sql, [sender.to_string()])
    }

    /// The user's own names: those that several senders write to.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn own_names(&self) -> Result<Vec<String>> {
        self.rows(include_str!("own_names.sql"), [], name)
    }

    /// The sender name printed on a document, before it was replaced by that of a known correspondent.
    fn printed_name(&self, document: DocumentId) -> Result<Option<String>> {
        let sql = "SELECT f.plain AS name FROM documents AS d JOIN found_facts AS f ON f.file = d.file
                   WHERE d.id = ?1 AND f.field = 'seller_name' AND f.extractor <> 'known_sender'
                   ORDER BY f.choice LIMIT 1";
        let found = self.row(sql, [document.to_string()], name)?;
        Ok(found.map(|name| normalised_name(&name)).filter(|name| !name.is_empty()))
    }

    /// All sender names printed on letters of a correspondent.
    fn printed_names(&self, correspondent: CorrespondentId) -> Result<BTreeSet<String>> {
        let sql = "SELECT DISTINCT f.plain AS name FROM documents AS d JOIN found_facts AS f ON f.file = d.file
                   WHERE d.correspondent = ?1 AND f.field = 'seller_name' AND f.extractor <> 'known_sender'";
        Ok(self.rows(sql, [correspondent.to_string()], name)?.iter().map(|name| normalised_name(name)).collect())
    }
}

impl Write<'_> {
    /// Moves letters from `from` to `to`. Rules learned on them move along, and so does a name that none of the
    /// letters left behind is written under. Accounts and ids are facts of the letters, and need no move.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if one of the documents does not exist; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn move_documents(&self, documents: &[DocumentId], from: CorrespondentId, to: CorrespondentId) -> Result<()> {
        for document in documents {
            self.set_correspondent(*document, Some(to))?;
            self.execute(
                "UPDATE OR IGNORE sender_rules SET correspondent = ?3 WHERE correspondent = ?1 AND learned_from = ?2",
                params![from.to_string(), document.to_string(), to.to_string()],
            )?;
        }
        let left = self.printed_names(from)?;
        for document in documents {
            let Some(name) = self.printed_name(*document)?.filter(|name| !left.contains(name)) else { continue };
            self.execute(
                "DELETE FROM correspondent_names WHERE correspondent = ?1 AND normalised_name = ?2",
                params![from.to_string(), name],
            )?;
            self.execute(
                "INSERT OR IGNORE INTO correspondent_names (correspondent, normalised_name)
                 SELECT id, ?2 FROM correspondents WHERE id = ?1 AND normalised_name <> ?2",
                params![to.to_string(), name],
            )?;
        }
        Ok(())
    }
}
