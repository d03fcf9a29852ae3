//! What documents are to each other. Intent.

use domain::{Document, DocumentId, Field, Relation};
use rusqlite::{Row, params};

use crate::row::Columns;
use crate::{Read, Result, StoreError, Write};

/// What one document is to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Related {
    /// The one.
    pub document: DocumentId,
    /// The other.
    pub other: DocumentId,
    /// What the one is to the other; none where a person said that they do not belong together.
    pub relation: Option<Relation>,
}

/// The numbers by which letters name each other.
const NUMBERS: &[Field] =
    &[Field::InvoiceNumber, Field::OriginalInvoiceNumber, Field::OrderNumber, Field::ContractNumber];

fn related(row: &Row<'_>) -> Result<Related> {
    let c = Columns { table: "relations", row };
    let word: Option<String> = c.get("relation")?;
    let known = |word: String| {
        let found = Relation::ALL.iter().copied().find(|relation| relation.as_str() == word);
        found.ok_or(StoreError::UnknownWord { table: "relations", column: "relation".to_owned(), value: word })
    };
    Ok(Related { document: c.parse("document")?, other: c.parse("other")?, relation: word.map(known).transpose()? })
}

fn id(row: &Row<'_>) -> Result<DocumentId> {
    Columns { table: "documents", row }.parse("id")
}

impl Read<'_> {
    /// Everything said about a document and another one, in either direction.
    pub fn relations_of(&self, document: DocumentId) -> Result<Vec<Related>> {
        let sql = "SELECT * FROM relations WHERE document = ?1 OR other = ?1 ORDER BY document, other";
        self.rows(sql, [document.to_string()], related)
    }

    /// The documents of a document's case, itself among them, that are not in the trash; the oldest first.
    pub fn case_of(&self, document: DocumentId) -> Result<Vec<DocumentId>> {
        self.rows(include_str!("case_of.sql"), [document.to_string()], id)
    }

    /// Documents that may belong to this one: of the same sender, or with one of its numbers. Not those in the trash.
    pub fn perhaps_related(&self, document: &Document) -> Result<Vec<DocumentId>> {
        let mut found = self.rows(
            "SELECT id FROM documents WHERE correspondent = ?1 AND id <> ?2 AND trashed_at IS NULL ORDER BY id DESC LIMIT 200",
            params![document.correspondent.map(|id| id.to_string()), document.id.to_string()],
            id,
        )?;
        let same_number = "SELECT DISTINCT d.id FROM facts AS f JOIN documents AS d ON d.id = f.document
            WHERE f.field IN ('invoice_number', 'original_invoice_number', 'order_number', 'contract_number')
              AND f.plain = ?1 AND d.id <> ?2 AND d.trashed_at IS NULL LIMIT 200";
        for number in NUMBERS.iter().filter_map(|field| document.text(*field)) {
            found.extend(self.rows(same_number, params![number, document.id.to_string()], id)?);
        }
        found.sort();
        found.dedup();
        Ok(found)
    }
}

impl Write<'_> {
    /// Says what one document is to another one, in place of what was said before.
    pub fn relate(&self, related: Related) -> Result<()> {
        self.execute(
            "INSERT INTO relations (document, other, relation) VALUES (?1, ?2, ?3)
             ON CONFLICT (document, other) DO UPDATE SET relation = excluded.relation",
            params![related.document.to_string(), related.other.to_string(), related.relation.map(Relation::as_str)],
        )?;
        Ok(())
    }
}
