//! From what a person types to a query. Nothing typed is an error: what is not understood is looked for as it stands,
//! with a hint.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::names::{self, Key, named};
use super::{Day, Part, Query, Question, Range, Relative, Term, Thing, What, days, question};
use crate::{Field, Value};

/// A query, and what was not understood of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What is looked for.
    pub query: Query,
    /// What was not understood.
    pub hints: Vec<Hint>,
    /// What is asked for besides the documents.
    pub question: Option<Question>,
}

/// Something that looks like a filter and is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hint {
    /// What was typed.
    pub typed: String,
    /// What is wrong with it.
    pub code: HintCode,
    /// What could be meant.
    pub suggestion: Option<String>,
}

/// What is wrong with a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HintCode {
    /// There is no such filter.
    UnknownKey,
    /// The filter does not know this value.
    UnknownValue,
}

impl Query {
    /// Parses what a person typed, in German, English or both.
    pub fn parse(text: &str) -> Parsed {
        let mut parsed = Parsed::default();
        let mut tokens = tokens(text);
        parsed.question = question::understand(&mut tokens);
        let mut or = false;
        for (at, token) in tokens.iter().enumerate() {
            let between = at > 0 && at + 1 < tokens.len();
            match token.text.to_lowercase().as_str() {
                "oder" | "or" | "|" if !token.quoted && between && !or && !parsed.query.parts.is_empty() => or = true,
                "und" | "and" | "&" if !token.quoted && between => {}
                _ => {
                    let Some(term) = term(token, &mut parsed.hints) else { continue };
                    match parsed.query.parts.last_mut().filter(|_| or) {
                        Some(part) => part.any.push(term),
                        None => parsed.query.parts.push(Part { any: vec![term] }),
                    }
                    or = false;
                }
            }
        }
        parsed
    }
}

/// Nobody types control characters; pasted ones stand between words.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// A piece of the text between spaces; within quotes, spaces belong to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Token {
    not: bool,
    /// Without quotes.
    pub(super) text: String,
    /// It began with a quote.
    quoted: bool,
    /// Length of the key before the first colon outside quotes.
    key: Option<usize>,
}

impl Token {
    /// A word that must be there. With a quote inside it may hold spaces, and is a phrase.
    pub(super) fn is_plain(&self) -> bool {
        self.is_text() && !self.quoted && !self.text.contains(' ')
    }

    /// A word or a phrase that must be there.
    pub(super) fn is_text(&self) -> bool {
        !self.not && self.key.is_none()
    }

    pub(super) fn of_word(word: &str) -> Self {
        Self { text: word.to_owned(), ..Self::default() }
    }

    /// The time of the letters that it asks for.
    pub(super) fn time(&self) -> Option<&str> {
        self.text.strip_prefix("datum:").filter(|_| self.key.is_some())
    }

    /// A filter.
    pub(super) fn of_key(key: &str, value: &str) -> Self {
        Self { text: format!("{key}:{value}"), key: Some(key.len()), ..Self::default() }
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(&first) = chars.peek() {
        if is_space(first) {
            chars.next();
            continue;
        }
        let mut token = Token::default();
        if first == '-' {
            token.not = true;
            chars.next();
        }
        token.quoted = chars.peek().copied().is_some_and(is_quote);
        let mut within = false;
        while let Some(&c) = chars.peek() {
            if is_space(c) && !within {
                break;
            }
            chars.next();
            match c {
                c if is_quote(c) => within = !within,
                c if is_space(c) => token.text.push(' '),
                ':' if !within && !token.quoted && token.key.is_none() => {
                    token.key = Some(token.text.len());
                    token.text.push(c);
                }
                c => token.text.push(c),
            }
        }
        // "von: Telekom" is meant as "von:Telekom".
        let waits = |last: &Token| last.key.is_some_and(|at| at + 1 == last.text.len() && is_key(&last.text[..at]));
        match found.last_mut().filter(|last| waits(last) && !token.not && token.key.is_none()) {
            Some(last) => last.text.push_str(token.text.trim()),
            None => found.push(token),
        }
    }
    found
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '„' | '“' | '”' | '»' | '«')
}

fn is_key(name: &str) -> bool {
    let name = name.to_lowercase();
    named(names::KEYS, &name).is_some() || names::field(&name).is_some()
}

/// None for what holds no letter and no digit.
fn term(token: &Token, hints: &mut Vec<Hint>) -> Option<Term> {
    let text = token.text.trim();
    if !text.contains(char::is_alphanumeric) {
        return None;
    }
    let plain = |what| Some(Term { not: token.not, what });
    let phrase = || What::Phrase(one_line(text));
    if token.quoted {
        return plain(phrase());
    }
    let Some(colon) = token.key else { return plain(word(text)) };
    let (key, value) = (text[..colon].to_lowercase(), text[colon + 1..].trim());
    let mut hint = |code, suggestion| hints.push(Hint { typed: text.to_owned(), code, suggestion });
    let named_key = named(names::KEYS, &key);
    if named_key.is_none() && names::field(&key).is_none() {
        if !key.is_empty() && key.chars().all(char::is_alphabetic) && !value.starts_with("//") {
            hint(HintCode::UnknownKey, names::nearest_key(&key));
        }
        return plain(phrase());
    }
    if value.is_empty() {
        // Still being typed.
        return None;
    }
    let what = match named_key {
        Some(Key::Without) => {
            return match names::thing(value) {
                Some(thing) => Some(Term { not: !token.not, what: What::Has(thing) }),
                None => {
                    hint(HintCode::UnknownValue, names::nearest_thing(value));
                    plain(phrase())
                }
            };
        }
        Some(key) => condition(key, value),
        None => names::field(&key).map(|field| of_field(field, value)),
    };
    plain(what.unwrap_or_else(|| {
        hint(HintCode::UnknownValue, named_key.and_then(|key| names::nearest_value(key, value)));
        phrase()
    }))
}

/// Words that mean something between others are taken literally here, so that they print as they parse.
fn word(text: &str) -> What {
    // The mark of a question is none of its words.
    let text = text.trim_end_matches('?');
    match text.to_lowercase().as_str() {
        "oder" | "or" | "und" | "and" => What::Phrase(text.to_owned()),
        _ if text.contains([':', ' ']) => What::Phrase(one_line(text)),
        _ => What::Word(text.to_owned()),
    }
}

fn condition(key: Key, value: &str) -> Option<What> {
    let holds_word = value.contains(char::is_alphanumeric);
    let named_value = value.to_lowercase();
    match key {
        Key::From => holds_word.then(|| What::From(one_line(value))),
        Key::Title => holds_word.then(|| What::Title(one_line(value))),
        Key::Tag => holds_word.then(|| What::Tag(one_line(value))),
        Key::Kind => named(names::KINDS, &named_value).map(What::Kind),
        Key::Date => day_range(value).map(What::Date),
        Key::Received => day_range(value).map(What::Received),
        Key::Due => day_range(value).map(What::Due),
        Key::Amount => Range::parse_with(value, amount).map(What::Amount),
        Key::Status => named(names::STANDINGS, &named_value).map(What::Status),
        Key::Has => names::thing(value).map(What::Has),
        Key::Task => named(names::TASK_KINDS, &named_value).map(What::Task),
        Key::Without => names::thing(value).map(What::Has),
    }
}

fn of_field(field: Field, value: &str) -> What {
    if value == "*" { What::Has(Thing::Field(field)) } else { What::Field(field, one_line(value)) }
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn day_range(value: &str) -> Option<Range<Day>> {
    let value = value.replace(' ', "-").to_lowercase();
    match value.as_str() {
        "überfällig" | "ueberfaellig" | "overdue" => Some(Range::Below(Day::Relative(Relative::Today))),
        _ => days::around_today(&value).or_else(|| Range::parse_with(&value, Day::parse)),
    }
}

/// As a person types it: "100", "84,20", "1.234,56 €".
fn amount(text: &str) -> Option<Decimal> {
    match Value::parse(Field::AmountDue, text) {
        Ok(Value::Amount(amount)) => Some(amount.round_dp(2).normalize()),
        Ok(_) | Err(_) => None,
    }
}
