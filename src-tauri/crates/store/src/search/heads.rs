//! Documents that are about something: their title, their sender, or what a person has noted says so, not only a line
//! somewhere on a page.

use chrono::NaiveDate;
use domain::DocumentId;
use domain::search::Query;
use rusqlite::params_from_iter;

use super::condition::Condition;
use super::find::{MATCHING, Nearness};
use crate::row::Columns;
use crate::{Read, Result};

impl Read<'_> {
    /// The documents about money whose heads (title, sender, notes, tags) have the words of a query, or compounds and
    /// synonyms of them, and that pass its filters; the newest `limit` of them. None for a query without any condition.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn about(&self, query: &Query, today: NaiveDate, limit: usize) -> Result<Vec<DocumentId>> {
        if query.parts.is_empty() {
            return Ok(Vec::new());
        }
        let condition = Condition::new(query.is_about_trash());
        let (expression, mut condition) = self.with_query(condition, query, today, Nearness::Compound)?;
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
}
