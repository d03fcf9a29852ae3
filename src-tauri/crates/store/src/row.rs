//! Conversion between table columns and Rust values.
//!
//! A value may be unreadable: an older or newer program wrote it, or it is damaged. That must not break anything else.
//! [`Columns::or`] gives a fallback where one is honest; a row that means nothing without the value is left out of its
//! list by [`rows`](crate::Read::rows). Either way the value is recorded, and the store shows a problem that names it.
//!
//! JSON columns carry a format version (see [`versioned`]), unless an engine version stands beside them.

use std::cell::RefCell;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::types::FromSql;
use rusqlite::{Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Result, StoreError, Write};

/// An instant as text; always with microseconds, so that text order is time order.
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

/// The current format version of [`versioned`]. JSON from before versions has none.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Versioned<'v, T> {
    v: u32,
    is: &'v T,
}

/// A value as JSON with the version of its form, for columns that no engine version stands beside.
pub(crate) fn versioned(value: &impl Serialize) -> Result<String> {
    json(&Versioned { v: VERSION, is: value })
}

/// Reads JSON with or without a version. Of a newer version, unknown fields are ignored.
fn from_json<T: DeserializeOwned>(text: &str) -> Option<T> {
    let value: Value = serde_json::from_str(text).ok()?;
    let bare = match value {
        Value::Object(mut fields) if fields.len() == 2 && fields.get("v").is_some_and(Value::is_u64) => {
            match fields.remove("is") {
                Some(inner) => inner,
                None => Value::Object(fields),
            }
        }
        other => other,
    };
    serde_json::from_value(bare).ok()
}

thread_local! {
    /// The values that this thread could not read and that the store has not collected yet.
    static UNREADABLE: RefCell<Vec<Unreadable>> = const { RefCell::new(Vec::new()) };
}

/// A value that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unreadable {
    /// The table.
    pub table: &'static str,
    /// The id of its row.
    pub row: String,
    /// The column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// For people: the title or name of what it belongs to, else the id.
    pub name: String,
}

/// Collects the values that could not be read since the last call.
pub(crate) fn take_unreadable() -> Vec<Unreadable> {
    UNREADABLE.take()
}

/// The value; none where it cannot be read, which is noted.
pub(crate) fn readable<T>(value: Result<T>) -> Result<Option<T>> {
    match value {
        Ok(value) => Ok(Some(value)),
        Err(StoreError::UnknownWord(unreadable)) => {
            UNREADABLE.with_borrow_mut(|noted| noted.push(*unreadable));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// A row with the name of its table, so that an unreadable value can be named.
pub(crate) struct Columns<'r> {
    pub(crate) table: &'static str,
    pub(crate) row: &'r Row<'r>,
}

impl Columns<'_> {
    /// A plain value.
    pub(crate) fn get<T: FromSql>(&self, column: &str) -> Result<T> {
        use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType};
        self.row.get(column).map_err(|error| match error {
            FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) => {
                self.unknown(column, error.to_string())
            }
            other => other.into(),
        })
    }

    /// The value, or where it cannot be read `fallback`; that is noted.
    pub(crate) fn or<T>(&self, value: Result<T>, fallback: T) -> Result<T> {
        Ok(readable(value)?.unwrap_or(fallback))
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
        from_json(&value).ok_or_else(|| self.unknown(column, value))
    }

    /// A list of which each item stands for itself: those that cannot be read are left out and noted.
    pub(crate) fn json_list<T: DeserializeOwned>(&self, column: &str) -> Result<Vec<T>> {
        let items = self.or(self.json::<Vec<Value>>(column), Vec::new())?;
        let item = |item: Value| {
            let text = item.to_string();
            readable(serde_json::from_value(item).map_err(|_| self.unknown(column, text))).transpose()
        };
        items.into_iter().filter_map(item).collect()
    }

    /// The same, where it may be missing.
    pub(crate) fn json_opt<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        if self.get::<Option<String>>(column)?.is_some() { self.json(column).map(Some) } else { Ok(None) }
    }

    /// The error for a value that cannot be read.
    pub(crate) fn unknown(&self, column: &str, value: String) -> StoreError {
        let text = |column: &str| self.row.get::<_, Option<String>>(column).ok().flatten();
        // The first column of every table is, or leads to, the id of what the row belongs to.
        let row = self.row.get::<_, Option<String>>(0).ok().flatten().unwrap_or_default();
        let name = text("title").or_else(|| text("name")).or_else(|| text("file_name")).unwrap_or_else(|| row.clone());
        let unreadable = Unreadable { table: self.table, row, column: column.to_owned(), value, name };
        StoreError::UnknownWord(Box::new(unreadable))
    }
}

impl crate::Read<'_> {
    /// All rows of a query, each through the row function of its noun. A row that cannot be read is left out and noted.
    pub(crate) fn rows<T>(&self, sql: &str, params: impl Params, row: fn(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut query = self.conn.prepare_cached(sql)?;
        let found = query.query_and_then(params, row)?;
        found.filter_map(|row| readable(row).transpose()).collect()
    }

    /// The first row of a query, if any.
    pub(crate) fn row<T>(&self, sql: &str, params: impl Params, row: fn(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        self.conn.prepare_cached(sql)?.query_and_then(params, row)?.next().transpose()
    }

    /// The first row of a query that can be read; those before it are noted.
    pub(crate) fn first<T>(&self, sql: &str, params: impl Params, row: fn(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        let mut query = self.conn.prepare_cached(sql)?;
        let mut found = query.query_and_then(params, row)?;
        found.find_map(|row| readable(row).transpose()).transpose()
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
