//! A search query as a filter of the list of documents, beside other filters.

use chrono::NaiveDate;
use domain::DocumentId;
use domain::search::Query;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::condition::Condition;
use super::find::{MATCHING, Nearness};
use crate::row::Columns;
use crate::{Read, Result};

/// Which rows of `search_documents`, named `s` in SQL, in which order, and how many of them.
pub(crate) struct Listing<'a> {
    /// What the columns must be.
    pub(crate) columns: Vec<(&'static str, String)>,
    /// What else must hold.
    pub(crate) query: &'a Query,
    /// The day from which relative days in the query are counted.
    pub(crate) today: NaiveDate,
    /// Only those in the trash, as also where the query says so.
    pub(crate) trashed: bool,
    /// The table that the order needs beside `s`.
    pub(crate) join: &'static str,
    /// By what they are ordered.
    pub(crate) order: &'static str,
    /// The order of the index of words that comes to the same, if there is one: its rows are numbered as they came in.
    pub(crate) order_of_index: Option<&'static str>,
    /// At most so many.
    pub(crate) limit: u32,
    /// After so many.
    pub(crate) offset: u32,
}

impl Read<'_> {
    /// The ids of a listing and the number of all that pass. Words are expanded as far as needed to find anything.
    pub(crate) fn listing(&self, listing: &Listing<'_>) -> Result<(Vec<DocumentId>, u32)> {
        let mut found = (Vec::new(), 0);
        for near in [Nearness::Compound, Nearness::Similar, Nearness::Some] {
            let condition = Condition::new(listing.trashed || listing.query.is_about_trash());
            let (expression, condition) = self.with_query(condition, listing.query, listing.today, near)?;
            found = self.listed_with(listing, &expression.text, condition)?;
            if found.1 > 0 || expression.text.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// The same for one expression of the index; without one the condition alone holds.
    fn listed_with(
        &self,
        listing: &Listing<'_>,
        expression: &str,
        mut condition: Condition,
    ) -> Result<(Vec<DocumentId>, u32)> {
        let Listing { columns, join, order, order_of_index, limit, offset, .. } = listing;
        for (column, value) in columns {
            condition.params.push(Value::from(value.clone()));
            let condition_of_column = format!("s.{column} = ?{}", condition.params.len());
            condition.and(&condition_of_column);
        }
        let from = if expression.is_empty() {
            format!("search_documents AS s {join} WHERE {}", condition.sql)
        } else {
            condition = condition.with_match(expression);
            format!("{MATCHING} WHERE {}", condition.sql)
        };
        let (passing, rows, order) = match (expression, order_of_index) {
            ("", _) => {
                let passing = format!("(SELECT s.number FROM search_documents AS s WHERE {})", condition.sql);
                (passing, from, *order)
            }
            (_, Some(order_of_index)) => (format!("(SELECT s.number FROM {from})"), from, *order_of_index),
            // The matches are looked up once, for the page and for the number of all.
            (_, None) => {
                let rows = format!("passing CROSS JOIN search_documents AS s ON s.number = passing.number {join}");
                (format!("MATERIALIZED (SELECT s.number FROM {from})"), rows, *order)
            }
        };
        let mut params = condition.params;
        params.extend([Value::from(*limit), Value::from(*offset)]);
        let sql = format!(
            "WITH passing AS {passing}
             SELECT NULL AS id, count(*) AS total FROM passing
             UNION ALL
             SELECT * FROM (SELECT s.document, NULL FROM {rows} ORDER BY {order} LIMIT ?{} OFFSET ?{})",
            params.len() - 1,
            params.len()
        );
        let mut ids = Vec::new();
        let mut total = 0;
        for (id, count) in self.rows(&sql, params_from_iter(params), |row| {
            let c = Columns { table: "search_documents", row };
            Ok((c.parse_opt::<DocumentId>("id")?, c.get::<Option<u32>>("total")?))
        })? {
            ids.extend(id);
            total = count.unwrap_or(total);
        }
        Ok((ids, total))
    }
}
