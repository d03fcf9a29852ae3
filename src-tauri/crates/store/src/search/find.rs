//! Running a query: in steps of nearness, and in which order.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::DocumentId;
use domain::search::{Part, Query, Term, ViewOrder, What};
use rusqlite::{Row, params_from_iter};

use super::condition::Condition;
use super::expression::{Expression, Marks};
use crate::row::Columns;
use crate::{Read, Result};

/// With fewer results than this, similar words are searched as well.
const FEW: usize = 5;
/// With so many results, compounds are not searched.
const ENOUGH: usize = 200;
/// So many of the newest results are counted and listed; counting more would take time, and nobody reads further.
const RANKED: usize = 2000;
/// With more results than this, BM25 is not computed: its cost grows with the results.
const SCORED: usize = 500;
/// Whether a common word stands in the title is checked for so many of the newest documents.
const HEADS_AMONG: i64 = 30_000;
/// BM25 weights of the columns: title, sender, notes, facts, body.
const WEIGHTS: &str = "8.0, 8.0, 4.0, 4.0, 1.0";
/// The documents whose words match; SQLite reads the index first.
pub(super) const MATCHING: &str = "search_index CROSS JOIN search_documents AS s ON s.number = search_index.rowid";
/// The bonus of a letter of today over an old one; it halves every year.
const RECENT: f64 = 0.2;

/// What is looked for, and how it is to be shown.
#[derive(Clone, Debug)]
pub struct Find<'q> {
    /// What is looked for.
    pub query: &'q Query,
    /// In which order.
    pub order: ViewOrder,
    /// From which relative days are counted.
    pub today: NaiveDate,
    /// At most so many.
    pub limit: usize,
    /// Skip so many.
    pub offset: usize,
}

/// How near the words of a document come to those of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// The words themselves, in any of their forms.
    Exact,
    /// As part of other words.
    Compound,
    /// Words that are nearly the same.
    Similar,
    /// Some of the words, the more the better.
    Some,
}

/// A document that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundDocument {
    /// Which.
    pub id: DocumentId,
    /// How near it comes.
    pub nearness: Nearness,
}

/// Some of what was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// In the order asked for.
    pub documents: Vec<FoundDocument>,
    /// How many were found in all.
    pub total: usize,
    /// There are more than were counted.
    pub more: bool,
    /// The last nearness that was searched.
    pub(super) nearness: Nearness,
    pub(super) marks: Marks,
}

/// A document of the index.
struct Ranked {
    number: i64,
    day: NaiveDate,
    document: DocumentId,
    score: f64,
}

fn ranked(row: &Row<'_>) -> Result<Ranked> {
    let c = Columns { table: "search_documents", row };
    Ok(Ranked {
        number: c.get("number")?,
        day: c.parse("day")?,
        document: c.parse("document")?,
        score: c.get("score")?,
    })
}

impl Read<'_> {
    /// Finds documents.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn find(&self, find: &Find<'_>) -> Result<Found> {
        let mut documents: Vec<(Ranked, Nearness)> = Vec::new();
        let (mut expression, mut condition) = self.prepare(find, Nearness::Exact)?;
        let mut nearness = Nearness::Exact;
        for near in [Nearness::Exact, Nearness::Compound, Nearness::Similar, Nearness::Some] {
            let enough = match near {
                Nearness::Exact | Nearness::Compound => ENOUGH,
                Nearness::Similar => FEW,
                Nearness::Some => 1,
            };
            if near > Nearness::Exact {
                if expression.text.is_empty() || documents.len() >= enough {
                    break;
                }
                (expression, condition) = self.prepare(find, near)?;
                nearness = near;
            }
            let nearer: HashSet<i64> = documents.iter().map(|(ranked, _)| ranked.number).collect();
            let found = self.ranked(&expression.text, &condition, find)?;
            documents.extend(found.into_iter().filter(|one| !nearer.contains(&one.number)).map(|one| (one, near)));
        }
        let more = documents.len() > RANKED;
        let total = documents.len().min(RANKED);
        let shown = documents.into_iter().skip(find.offset).take(find.limit);
        Ok(Found {
            documents: shown.map(|(one, nearness)| FoundDocument { id: one.document, nearness }).collect(),
            total,
            more,
            nearness,
            marks: expression.marks,
        })
    }

    /// How many documents fit a query, not counting those whose words are only nearly the same.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn count(&self, query: &Query, today: NaiveDate) -> Result<u32> {
        let find = Find { query, order: ViewOrder::Newest, today, limit: 0, offset: 0 };
        let (expression, condition) = self.prepare(&find, Nearness::Compound)?;
        let (from, condition) = if expression.text.is_empty() {
            ("search_documents AS s", condition)
        } else {
            (MATCHING, condition.with_match(&expression.text))
        };
        let sql = format!("SELECT count(*) FROM {from} WHERE {}", condition.sql);
        self.value(&sql, params_from_iter(condition.params))
    }

    /// The text of the query as an expression, and the rest as a condition.
    pub(super) fn prepare(&self, find: &Find<'_>, near: Nearness) -> Result<(Expression, Condition)> {
        self.with_query(Condition::new(find.query.is_about_trash()), find.query, find.today, near)
    }

    /// The text of a query as an expression, and the rest as a condition behind another one.
    pub(super) fn with_query(
        &self,
        mut condition: Condition,
        query: &Query,
        today: NaiveDate,
        near: Nearness,
    ) -> Result<(Expression, Condition)> {
        let mut marks = Marks::default();
        let mut all: Vec<String> = Vec::new();
        let mut words: Vec<&str> = Vec::new();
        for part in &query.parts {
            if let [Term { not: false, what: What::Word(word) }] = part.any.as_slice() {
                words.push(word);
                continue;
            }
            all.extend(self.words_expression(&words, near, false, &mut marks)?);
            words.clear();
            if is_text(part) {
                let mut any = Vec::new();
                for term in &part.any {
                    any.push(self.text_expression(&term.what, near, &mut marks)?);
                }
                any.retain(|text| !text.is_empty());
                if !any.is_empty() {
                    all.push(format!("({})", any.join(" OR ")));
                }
            } else {
                self.add_part(&mut condition, part, today, near)?;
            }
        }
        all.extend(self.words_expression(&words, near, true, &mut marks)?);
        let between = if near == Nearness::Some { " OR " } else { " AND " };
        Ok((Expression { text: all.join(between), marks }, condition))
    }

    /// The documents that fit, in the order asked for; at most one more than are ranked.
    fn ranked(&self, expression: &str, condition: &Condition, find: &Find<'_>) -> Result<Vec<Ranked>> {
        if expression.is_empty() {
            return self.listed("search_documents AS s", condition, find);
        }
        if find.order != ViewOrder::Best {
            return self.listed(MATCHING, &condition.with_match(expression), find);
        }
        let newest = |condition: &Condition, expression: &str, score: &str, limit: usize| -> Result<Vec<Ranked>> {
            let condition = condition.with_match(expression);
            let sql = format!(
                "SELECT s.number, s.document, s.day, {score} AS score FROM {MATCHING} WHERE {}
                 ORDER BY search_index.rowid DESC LIMIT {limit}",
                condition.sql
            );
            self.rows(&sql, params_from_iter(condition.params), ranked)
        };
        let all = newest(condition, expression, "0.0", RANKED + 1)?;
        if all.len() > SCORED {
            // The frequency of such a common word says little: titles and senders that have it come first, then the
            // newest.
            let heads = condition.with_newest(HEADS_AMONG);
            let mut found = newest(&heads, &format!("{{title sender}} : ({expression})"), "0.0", SCORED)?;
            let heads: HashSet<i64> = found.iter().map(|one| one.number).collect();
            found.extend(all.into_iter().filter(|one| !heads.contains(&one.number)));
            found.truncate(RANKED + 1);
            return Ok(found);
        }
        let mut found = newest(condition, expression, &format!("bm25(search_index, {WEIGHTS})"), SCORED)?;
        for one in &mut found {
            let years = (find.today - one.day).num_days().max(0) as f64 / 365.0;
            // The more negative the score of FTS5, the better.
            one.score *= 1.0 + RECENT * 0.5_f64.powf(years);
        }
        found.sort_by(|a, b| a.score.total_cmp(&b.score).then(b.number.cmp(&a.number)));
        Ok(found)
    }

    fn listed(&self, from: &str, condition: &Condition, find: &Find<'_>) -> Result<Vec<Ranked>> {
        let by = match find.order {
            ViewOrder::Best | ViewOrder::Newest => "s.day DESC, s.number DESC",
            ViewOrder::Oldest => "s.day, s.number",
            ViewOrder::Due => "s.due IS NULL, s.due, s.number",
            ViewOrder::Amount => "s.amount DESC, s.number",
        };
        let sql = format!(
            "SELECT s.number, s.document, s.day, 0.0 AS score FROM {from} WHERE {} ORDER BY {by} LIMIT {}",
            condition.sql,
            RANKED + 1
        );
        self.rows(&sql, params_from_iter(condition.params.clone()), ranked)
    }
}

/// Whether all of it is about the text, so that FTS5 can answer it.
fn is_text(part: &Part) -> bool {
    part.any.iter().all(|term| !term.not && matches!(term.what, What::Word(_) | What::Phrase(_) | What::Title(_)))
}
