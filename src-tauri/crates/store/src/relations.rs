//! Relations between documents. Intent.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{Document, DocumentId, Relation};
use rusqlite::{Row, params};

use crate::row::{Columns, json, text};
use crate::{Read, Result, Write};

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

fn related(row: &Row<'_>) -> Result<Related> {
    let c = Columns { table: "relations", row };
    let word: Option<String> = c.get("relation")?;
    let known = |word: String| {
        let found = Relation::ALL.iter().copied().find(|relation| relation.as_str() == word);
        found.ok_or_else(|| c.unknown("relation", word))
    };
    Ok(Related { document: c.parse("document")?, other: c.parse("other")?, relation: word.map(known).transpose()? })
}

fn id(row: &Row<'_>) -> Result<DocumentId> {
    Columns { table: "documents", row }.parse("id")
}

impl Read<'_> {
    /// Everything said about a document and another one, in either direction.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn relations_of(&self, document: DocumentId) -> Result<Vec<Related>> {
        let sql = "SELECT * FROM relations WHERE document = ?1 OR other = ?1 ORDER BY document, other";
        self.rows(sql, [document.to_string()], related)
    }

    /// The documents of a document's case, itself among them, that are not in the trash; the oldest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn case_of(&self, document: DocumentId) -> Result<Vec<DocumentId>> {
        self.rows(include_str!("case_of.sql"), [document.to_string()], id)
    }

    /// Documents that may belong to this one, newest first, at most 200, without those in the trash. `named` are dates
    /// of letters that its pages mention.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn perhaps_related(&self, document: &Document, named: &[NaiveDate]) -> Result<Vec<DocumentId>> {
        let params =
            params![document.id.to_string(), text(document.correspondent), document.kind.as_str(), json(&named)?];
        self.rows(include_str!("perhaps_related.sql"), params, id)
    }

    /// The documents of every case, without those in the trash.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn cases(&self) -> Result<Vec<Vec<DocumentId>>> {
        let pairs = self.rows("SELECT * FROM relations WHERE relation IS NOT NULL", [], related)?;
        let pairs: Vec<_> = pairs.into_iter().map(|pair| (pair.document, pair.other)).collect();
        let trashed = self.rows("SELECT id FROM documents WHERE trashed_at IS NOT NULL", [], id)?;
        let trashed: BTreeSet<_> = trashed.into_iter().collect();
        let mut cases = domain::cases(&pairs);
        cases.iter_mut().for_each(|case| case.retain(|id| !trashed.contains(id)));
        Ok(cases)
    }

    /// The documents with tasks that are still to be done.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn with_open_tasks(&self) -> Result<BTreeSet<DocumentId>> {
        let sql = "SELECT DISTINCT document AS id FROM tasks
                   WHERE status IN ('open', 'in_progress', 'waiting') AND document IS NOT NULL";
        Ok(self.rows(sql, [], id)?.into_iter().collect())
    }
}

impl Write<'_> {
    /// Says what one document is to another one, in place of what was said before.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn relate(&self, related: Related) -> Result<()> {
        self.execute(
            "INSERT INTO relations (document, other, relation) VALUES (?1, ?2, ?3)
             ON CONFLICT (document, other) DO UPDATE SET relation = excluded.relation",
            params![related.document.to_string(), related.other.to_string(), related.relation.map(Relation::as_str)],
        )?;
        Ok(())
    }

    /// Forgets everything said about a document and another one.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn forget_relations(&self, document: DocumentId) -> Result<()> {
        self.execute("DELETE FROM relations WHERE document = ?1 OR other = ?1", [document.to_string()])?;
        Ok(())
    }
}
