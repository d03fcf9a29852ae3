//! Keeping the search index up to date.

use std::collections::BTreeSet;

use domain::search::stem;
use rusqlite::params;

use super::content::Content;
use crate::row::readable;
use crate::{Result, Write};

/// Only words of this length are kept for expansion: shorter ones are too common, longer ones are no words.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=40;

impl Write<'_> {
    /// Indexes what the triggers have queued. To be called last in every transaction.
    pub(crate) fn index_queued(&self) -> Result<()> {
        let queued = self.rows("SELECT document FROM search_queue", [], |row| Ok(row.get::<_, String>(0)?))?;
        for document in &queued {
            // A document that cannot be read is not indexed, and does not block other writes.
            readable(self.index_document(document))?;
        }
        if !queued.is_empty() {
            self.execute("DELETE FROM search_queue", [])?;
        }
        Ok(())
    }

    fn index_document(&self, document: &str) -> Result<()> {
        let known = self.row("SELECT number FROM search_documents WHERE document = ?1", [document], |row| {
            Ok(row.get::<_, i64>(0)?)
        })?;
        if let Some(number) = known {
            self.execute("DELETE FROM search_index WHERE rowid = ?1", [number])?;
        }
        let Some(content) = self.search_content(document)? else {
            self.execute("DELETE FROM search_documents WHERE document = ?1", [document])?;
            return Ok(());
        };
        let number: i64 = self.conn.prepare_cached(include_str!("document.sql"))?.query_row(
            params![
                document,
                content.kind.as_str(),
                content.correspondent,
                content.state,
                content.trashed,
                content.day,
                content.received,
                content.due,
                content.amount,
                content.open_tasks,
                content.done_tasks,
                content.warnings,
                content.currency
            ],
            |row| row.get(0),
        )?;
        self.execute(
            "INSERT INTO search_index (rowid, title, sender, notes, facts, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![number, content.title, content.sender, content.notes, content.facts, content.body],
        )?;
        self.note_terms(&content)
    }

    fn note_terms(&self, content: &Content) -> Result<()> {
        let Content { title, sender, notes, facts, body, .. } = content;
        let columns = [title, sender, notes, facts, body].into_iter();
        let terms: BTreeSet<&str> =
            columns.flat_map(|words| words.split(' ')).filter(|word| is_expandable(word)).collect();
        let mut known = self.conn.prepare_cached("SELECT 1 FROM search_terms WHERE term = ?1")?;
        for term in terms {
            if !known.exists([term])? {
                self.execute("INSERT INTO search_terms (term, stem) VALUES (?1, ?2)", [term, &stem(term)])?;
                let number = self.conn.last_insert_rowid();
                self.execute("INSERT INTO search_trigrams (rowid, term) VALUES (?1, ?2)", params![number, term])?;
            }
        }
        Ok(())
    }
}

fn is_expandable(word: &str) -> bool {
    LENGTHS.contains(&word.len()) && !word.contains(|c: char| c.is_ascii_digit())
}
