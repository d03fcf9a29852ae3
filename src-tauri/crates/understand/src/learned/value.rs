//! How a value beside an anchor is read.

use std::ops::Range;

use domain::{Anchor, Field, Shape, Value};
use regex::{Regex, RegexBuilder};

use crate::forms::dates;
use crate::value::stated;

/// Whether a text is a regular expression that an [`Anchor`] can have.
///
/// # Errors
/// Where it is none, or too large a one; with the reason.
pub fn check_pattern(pattern: &str) -> Result<(), PatternError> {
    compiled(pattern).map(drop)
}

/// A pattern that is not a regular expression, or one too large.
#[derive(Debug, thiserror::Error)]
#[error("“{pattern}” is not a pattern: {reason}")]
pub struct PatternError {
    pattern: String,
    reason: regex::Error,
}

/// A pattern as typed, compiled.
fn compiled(pattern: &str) -> Result<Regex, PatternError> {
    /// Bytes of a compiled pattern: more than any number or date needs.
    const LARGEST: usize = 1 << 18;
    let built = RegexBuilder::new(pattern).case_insensitive(true).size_limit(LARGEST).build();
    built.map_err(|reason| PatternError { pattern: pattern.to_owned(), reason })
}

/// How a rule reads what stands beside its words.
pub(crate) struct Beside<'a> {
    field: Field,
    anchor: &'a Anchor,
    pattern: Option<Regex>,
    order: dates::DateOrder,
}

impl<'a> Beside<'a> {
    /// Fails where the anchor's pattern is not one.
    pub(crate) fn new(field: Field, anchor: &'a Anchor, order: dates::DateOrder) -> Result<Self, PatternError> {
        let pattern = anchor.pattern.as_deref().map(compiled).transpose()?;
        Ok(Self { field, anchor, pattern, order })
    }

    /// The value in a text beside the words, with its bytes.
    pub(crate) fn read(&self, text: &str) -> Option<(Range<usize>, Value)> {
        let Some(pattern) = &self.pattern else { return read(self.field, self.anchor.one_word, text, self.order) };
        let hit = pattern.find(text)?;
        let (range, value) = read(self.field, false, hit.as_str(), self.order)?;
        Some((hit.start() + range.start..hit.start() + range.end, value))
    }
}

/// Reads a value at the beginning of a text.
fn read(field: Field, one_word: bool, text: &str, order: dates::DateOrder) -> Option<(Range<usize>, Value)> {
    /// Signs that may stand before a value, such as a currency.
    const REACH: usize = 5;
    match field.shape() {
        shape @ (Shape::Date | Shape::Amount | Shape::Iban) => {
            stated(shape, text, order).into_iter().next().filter(|(range, _)| range.start <= REACH)
        }
        Shape::Text => {
            let start = text.find(|c: char| c.is_alphanumeric())?;
            let rest = text.get(start..)?.trim_end();
            let length = if one_word { rest.find(' ').unwrap_or(rest.len()) } else { rest.len() };
            Some((start..start + length, Value::Text(rest.get(..length)?.to_owned())))
        }
        Shape::Integer | Shape::Currency => {
            let word = text.split_whitespace().next()?;
            let start = text.find(word)?;
            Value::parse(field, word).ok().map(|value| (start..start + word.len(), value))
        }
        Shape::DateTime | Shape::Skonto | Shape::Lines | Shape::Taxes | Shape::Adjustments | Shape::Instalments => None,
    }
}
