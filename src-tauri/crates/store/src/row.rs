//! Values as they stand in the tables, and back.

use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::types::FromSql;
use rusqlite::{Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Result, StoreError, Write};

/// Always microseconds, so that the order of the text is the order of time.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The text of an optional value.
pub(crate) fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// A value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)).into())
}

/// The word of an enum value, as its serialisation has it.
pub(crate) fn word(value: &impl Serialize) -> Result<String> {
    json(value).map(|quoted| quoted.trim_matches('"').to_owned())
}

/// A row with the name of its table, so that an unreadable value can be named.
pub(crate) struct Columns<'r> {
    pub(crate) table: &'static str,
    pub(crate) row: &'r Row<'r>,
}

impl Columns<'_> {
    /// A plain value.
    pub(crate) fn get<T: FromSql>(&self, column: &str) -> Result<T> {
        Ok(self.row.get(column)?)
    }

    /// An id, date, instant or amount.
    pub(crate) fn parse<T: FromStr>(&self, column: &str) -> Result<T> {
        let value: String = self.get(column)?;
        value.parse().map_err(|_| self.unknown(column, value))
    }

    /// The same, where it may be missing.
    pub(crate) fn parse_opt<T: FromStr>(&self, column: &str) -> Result<Option<T>> {
        let value: Option<String> = self.get(column)?;
        value.map(|value| value.parse().map_err(|_| self.unknown(column, value))).transpose()
    }

    /// The word of an enum value.
    pub(crate) fn word<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        let value: String = self.get(column)?;
        serde_json::from_value(value.as_str().into()).map_err(|_| self.unknown(column, value))
    }

    /// The same, where it may be missing.
    pub(crate) fn word_opt<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        if self.get::<Option<String>>(column)?.is_some() { self.word(column).map(Some) } else { Ok(None) }
    }

    /// A list or structure.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        let value: String = self.get(column)?;
        serde_json::from_str(&value).map_err(|_| self.unknown(column, value))
    }

    /// The error for a value that cannot be read.
    pub(crate) fn unknown(&self, column: &str, value: String) -> StoreError {
        StoreError::UnknownWord { table: self.table, column: column.to_owned(), value }
    }
}

impl crate::Read<'_> {
    /// All rows of a query, each through the row function of its noun.
    pub(crate) fn rows<T>(&self, sql: &str, params: impl Params, row: fn(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        self.conn.prepare_cached(sql)?.query_and_then(params, row)?.collect()
    }

    /// The first row of a query, if any.
    pub(crate) fn row<T>(&self, sql: &str, params: impl Params, row: fn(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        self.conn.prepare_cached(sql)?.query_and_then(params, row)?.next().transpose()
    }

    /// The single value of a query that always has one row.
    pub(crate) fn value<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<T> {
        Ok(self.conn.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Runs a statement; gives the number of rows it touched.
    pub(crate) fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.conn.prepare_cached(sql)?.execute(params)?)
    }

    /// Runs a statement about one thing that must be there.
    pub(crate) fn change(&self, noun: &'static str, id: impl ToString, sql: &str, params: impl Params) -> Result<()> {
        match self.execute(sql, params)? {
            0 => Err(StoreError::not_found(noun, id)),
            _ => Ok(()),
        }
    }
}
