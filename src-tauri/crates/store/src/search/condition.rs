//! Filters as a condition on `search_documents`.

use chrono::NaiveDate;
use domain::search::{Part, Range, Standing, Term, Thing, What};
use rusqlite::types::Value;

use super::content::hundredths;
use super::expression::Marks;
use super::find::Nearness;
use crate::{Read, Result};

/// SQL with its parameters, which are numbered after those that come before.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) params: Vec<Value>,
}

impl Condition {
    /// Only documents that are not in the trash, or only those that are.
    pub(super) fn new(in_trash: bool) -> Self {
        // Few are in the trash: for all others SQLite takes another index where there is one.
        let sql = if in_trash { "s.trashed = 1" } else { "likely(s.trashed = 0)" };
        Self { sql: sql.to_owned(), params: Vec::new() }
    }

    /// The same, limited to documents whose index matches an expression; SQLite reads the index first.
    pub(super) fn with_match(&self, expression: &str) -> Self {
        let mut condition = self.clone();
        let expression = condition.param(expression.to_owned());
        condition.and(&format!("search_index MATCH {expression}"));
        condition
    }

    /// The same, limited to the newest `count` documents; SQLite reads the index first.
    pub(super) fn with_newest(&self, count: i64) -> Self {
        let mut condition = self.clone();
        let count = condition.param(count);
        condition.and(&format!("search_index.rowid > (SELECT max(number) FROM search_documents) - {count}"));
        condition
    }

    fn param(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
    }

    pub(super) fn and(&mut self, sql: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
    }

    /// A condition: the index of the document matches an expression.
    pub(super) fn matches(&mut self, expression: &str) -> String {
        if expression.is_empty() {
            return "1".to_owned();
        }
        let expression = self.param(expression.to_owned());
        format!("s.number IN (SELECT rowid FROM search_index WHERE search_index MATCH {expression})")
    }

    fn days(&mut self, column: &str, (from, to): (Option<NaiveDate>, Option<NaiveDate>)) -> String {
        let mut sql = format!("s.{column} IS NOT NULL");
        if let Some(from) = from {
            sql = format!("{sql} AND s.{column} >= {}", self.param(from.to_string()));
        }
        if let Some(to) = to {
            sql = format!("{sql} AND s.{column} <= {}", self.param(to.to_string()));
        }
        format!("({sql})")
    }

    fn amounts(&mut self, range: &Range<rust_decimal::Decimal>) -> String {
        let ends: &[(&str, Option<rust_decimal::Decimal>)] = match range {
            Range::Exactly(at) => &[("=", Some(*at))],
            Range::Between(from, to) => &[(">=", *from), ("<=", *to)],
            Range::Below(at) => &[("<", Some(*at))],
            Range::Above(at) => &[(">", Some(*at))],
        };
        let mut sql = "(s.amount IS NOT NULL".to_owned();
        for (compare, amount) in ends {
            if let Some(amount) = amount.and_then(hundredths) {
                sql = format!("{sql} AND s.amount {compare} {}", self.param(amount));
            }
        }
        sql + ")"
    }
}

impl Read<'_> {
    /// Adds a part to a condition.
    pub(super) fn add_part(&self, to: &mut Condition, part: &Part, today: NaiveDate, near: Nearness) -> Result<()> {
        let mut any = Vec::new();
        for Term { not, what } in &part.any {
            let sql = self.condition(to, what, today, near)?;
            any.push(if *not { format!("NOT coalesce({sql}, 0)") } else { sql });
        }
        to.and(&format!("({})", any.join(" OR ")));
        Ok(())
    }

    fn condition(&self, c: &mut Condition, what: &What, today: NaiveDate, near: Nearness) -> Result<String> {
        Ok(match what {
            What::From(name) => {
                let senders: Vec<String> = self.senders_like(name)?.into_iter().map(|id| c.param(id)).collect();
                format!("s.correspondent IN ({})", senders.join(", "))
            }
            What::Word(_) | What::Phrase(_) | What::Title(_) => {
                let expression = self.text_expression(what, near, &mut Marks::default())?;
                c.matches(&expression)
            }
            What::Kind(kind) => format!("s.kind = {}", c.param(kind.as_str().to_owned())),
            What::Tag(path) => {
                let tags: Vec<String> = self.tags_below(path)?.iter().map(|tag| c.param(tag.to_string())).collect();
                format!("s.document IN (SELECT document FROM document_tags WHERE tag IN ({}))", tags.join(", "))
            }
            What::Date(range) => c.days("day", range.days(today)),
            What::Received(range) => c.days("received", range.days(today)),
            What::Due(range) => c.days("due", range.days(today)),
            What::Amount(range) => c.amounts(range),
            What::Status(standing) => match standing {
                Standing::Review => "s.state = 'review'",
                Standing::Accepted => "s.state = 'accepted'",
                Standing::Stale => "s.state = 'stale'",
                Standing::Open => "s.open_tasks > 0",
                Standing::Done => "(s.open_tasks = 0 AND s.done_tasks > 0)",
                Standing::Trash => "s.trashed = 1",
            }
            .to_owned(),
            What::Has(thing) => match thing {
                Thing::Sender => "s.correspondent IS NOT NULL".to_owned(),
                Thing::Task => "s.open_tasks + s.done_tasks > 0".to_owned(),
                Thing::Tag => "s.document IN (SELECT document FROM document_tags)".to_owned(),
                Thing::Note => "s.document IN (SELECT document FROM document_notes)".to_owned(),
                Thing::Warning => include_str!("warned.sql").to_owned(),
                Thing::Field(field) => {
                    let field = c.param(field.as_str().to_owned());
                    format!("EXISTS (SELECT 1 FROM facts WHERE document = s.document AND field = {field})")
                }
            },
            What::Task(kind) => {
                let kind = c.param(kind.as_str().to_owned());
                format!(
                    "s.document IN (SELECT t.document FROM tasks AS t WHERE t.kind = {kind}
                                    AND t.status IN ('open', 'in_progress', 'waiting'))"
                )
            }
            What::Field(field, value) => {
                // Through the full-text index first: few documents hold these words anywhere.
                let words: Vec<&str> = value.split_whitespace().collect();
                let expression = self.words_expression(&words, Nearness::Compound, true, &mut Marks::default())?;
                let matches = c.matches(&expression.join(" AND "));
                let value = value.replace(' ', "").to_lowercase();
                let (field, value) = (c.param(field.as_str().to_owned()), c.param(value));
                format!(
                    "({matches} AND EXISTS (SELECT 1 FROM facts WHERE document = s.document AND field = {field}
                      AND instr(lower(replace(plain, ' ', '')), {value}) > 0))"
                )
            }
        })
    }
}
