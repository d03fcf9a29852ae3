//! Documents that are about something: their title, their sender, or what a person has noted says so, not only a line
//! somewhere on a page.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::DocumentId;
use domain::search::{Query, What, fold, terms};
use rusqlite::params_from_iter;

use super::condition::Condition;
use super::find::{MATCHING, Nearness};
use crate::row::Columns;
use crate::{Read, Result};

impl Read<'_> {
    /// The documents about money whose heads (title, sender, notes, tags) have the words of a query, or compounds and
    /// synonyms of them, and that pass its filters; the newest `limit` of them. Where a sender is called by one of the words,
    /// compounds are other things: "Gruber" is not "Grubenhunde". None for a query without any condition.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn about(&self, query: &Query, today: NaiveDate, limit: usize) -> Result<Vec<DocumentId>> {
        if query.parts.is_empty() {
            return Ok(Vec::new());
        }
        let condition = Condition::new(query.is_about_trash());
        let nearness = if self.names_a_sender(query)? { Nearness::Exact } else { Nearness::Compound };
        let (expression, mut condition) = self.with_query(condition, query, today, nearness)?;
        condition.and("s.amount IS NOT NULL");
        let (from, condition) = if expression.text.is_empty() {
            ("search_documents AS s", condition)
        } else {
            (MATCHING, condition.with_match(&format!("{{title sender notes}} : ({})", expression.text)))
        };
        let sql = format!(
            "SELECT s.document FROM {from} WHERE {} ORDER BY s.day DESC, s.number DESC LIMIT {limit}",
            condition.sql
        );
        self.rows(&sql, params_from_iter(condition.params), |row| {
            Columns { table: "search_documents", row }.parse("document")
        })
    }

    /// Is a word of the query a word of a sender's name?
    fn names_a_sender(&self, query: &Query) -> Result<bool> {
        let words = query.parts.iter().flat_map(|part| &part.any).filter_map(|term| match &term.what {
            What::Word(word) => Some(fold(word)),
            _ => None,
        });
        let words: BTreeSet<String> = words.collect();
        if words.is_empty() {
            return Ok(false);
        }
        let names = self.rows("SELECT name FROM correspondents", [], |row| Ok(row.get::<_, String>(0)?))?;
        Ok(names.iter().any(|name| terms(name).any(|(_, term)| words.contains(&term))))
    }
}
