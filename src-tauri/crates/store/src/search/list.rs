//! A search query as a filter of a list, beside other filters.

use chrono::NaiveDate;
use domain::search::Query;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::condition::Condition;
use super::find::Nearness;
use crate::{Read, Result};

impl Read<'_> {
    /// A condition on documents, named `d` in the SQL: they match a query, whose words are expanded as far as needed
    /// to find anything. `params` are the parameters of the surrounding SQL; returns them with those of the condition
    /// appended.
    pub(crate) fn fits(&self, query: &Query, today: NaiveDate, params: Vec<Value>) -> Result<(String, Vec<Value>)> {
        if query.parts.is_empty() {
            return Ok(("1".to_owned(), params));
        }
        let with = |near| -> Result<(bool, Condition)> {
            let condition = Condition::new(query.is_about_trash()).behind(params.clone());
            let (expression, mut condition) = self.with_query(condition, query, today, near)?;
            let matches = condition.matches(&expression.text);
            condition.and(&matches);
            Ok((expression.text.is_empty(), condition))
        };
        let (mut is_settled, mut condition) = with(Nearness::Compound)?;
        for near in [Nearness::Similar, Nearness::Some] {
            let sql = format!("SELECT EXISTS (SELECT 1 FROM search_documents AS s WHERE {})", condition.sql);
            if is_settled || self.value(&sql, params_from_iter(&condition.params))? {
                break;
            }
            (is_settled, condition) = with(near)?;
        }
        let sql = format!("d.id IN (SELECT s.document FROM search_documents AS s WHERE {})", condition.sql);
        Ok((sql, condition.params))
    }
}
