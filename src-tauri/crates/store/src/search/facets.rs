//! What the found documents are: how many of each kind, sender, year, state and tag.

use std::collections::HashMap;

use domain::CorrespondentId;
use rusqlite::params_from_iter;

use super::condition::Condition;
use super::find::{Find, Found};
use crate::{Read, Result, Tag};

/// Senders that are shown at most.
const SENDERS: usize = 10;

/// How many documents have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The value, as the database has it.
    pub value: String,
    /// How many have it.
    pub count: u32,
}

/// What the found documents are; the most frequent first, years the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Kinds.
    pub kinds: Vec<FacetCount>,
    /// The most frequent senders, by name.
    pub senders: Vec<FacetCount>,
    /// Years of the letters, the newest first.
    pub years: Vec<FacetCount>,
    /// Where they stand.
    pub states: Vec<FacetCount>,
    /// Tags, by their paths.
    pub tags: Vec<FacetCount>,
}

impl Read<'_> {
    /// Counts all that was found by a query, not only what is shown of it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn facets(&self, find: &Find<'_>, found: &Found) -> Result<Facets> {
        let (expression, condition) = self.prepare(find, found.nearness)?;
        let tags = self.tag_counts(&expression.text, condition.clone())?;
        let (from, condition) = if expression.text.is_empty() {
            ("search_documents AS s", condition)
        } else {
            let from = "search_index CROSS JOIN search_documents AS s ON s.number = search_index.rowid";
            (from, condition.with_match(&expression.text))
        };
        let sql =
            format!("SELECT s.kind, s.correspondent, substr(s.day, 1, 4), s.state FROM {from} WHERE {}", condition.sql);
        let mut counts: [HashMap<String, u32>; 4] = Default::default();
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(condition.params))?;
        while let Some(row) = rows.next()? {
            for (at, counts) in counts.iter_mut().enumerate() {
                let Some(value) = row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from)? else { continue };
                match counts.get_mut(value) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(value.to_owned(), 1)),
                }
            }
        }
        let [kinds, senders, mut years, states] = counts.map(sorted);
        years.sort_by(|a, b| b.value.cmp(&a.value));
        let senders = senders.into_iter().take(SENDERS).map(|sender| self.named(sender)).collect::<Result<_>>()?;
        Ok(Facets { kinds, senders, years, states, tags })
    }

    fn tag_counts(&self, expression: &str, mut condition: Condition) -> Result<Vec<FacetCount>> {
        let matches = condition.matches(expression);
        condition.and(&matches);
        let sql = format!(
            "SELECT t.tag, count(*) FROM document_tags AS t JOIN search_documents AS s ON s.document = t.document
             WHERE {} GROUP BY t.tag",
            condition.sql
        );
        let counts: HashMap<String, u32> = self
            .rows(&sql, params_from_iter(condition.params), |row| Ok((row.get(0)?, row.get(1)?)))?
            .into_iter()
            .collect();
        if counts.is_empty() {
            return Ok(Vec::new());
        }
        let named = |tag: Tag| counts.get(&tag.id.to_string()).map(|count| (tag.path, *count));
        Ok(sorted(self.tags()?.into_iter().filter_map(named).collect()))
    }

    fn named(&self, sender: FacetCount) -> Result<FacetCount> {
        // What is no id is shown as it stands.
        let Ok(id) = sender.value.parse::<CorrespondentId>() else { return Ok(sender) };
        let name = self.correspondent(id)?.map_or(sender.value, |correspondent| correspondent.name);
        Ok(FacetCount { value: name, ..sender })
    }
}

fn sorted(counts: HashMap<String, u32>) -> Vec<FacetCount> {
    let mut counts: Vec<_> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}
