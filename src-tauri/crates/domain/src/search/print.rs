//! A query as text: what its chips say, and what parses to the same query again.

use super::names::{self, Key};
use super::{Part, Query, QueryLanguage, Term, What};

impl Query {
    /// The query in the words of a language; [`Query::parse`] gives the same query again.
    pub fn print(&self, language: QueryLanguage) -> String {
        let parts: Vec<_> = self.parts.iter().map(|part| part.print(language)).collect();
        parts.join(" ")
    }
}

impl Part {
    /// One chip.
    pub fn print(&self, language: QueryLanguage) -> String {
        let or = match language {
            QueryLanguage::German => " oder ",
            QueryLanguage::English => " or ",
        };
        let terms: Vec<_> = self.any.iter().map(|term| term.print(language)).collect();
        terms.join(or)
    }
}

impl Term {
    fn print(&self, language: QueryLanguage) -> String {
        let what = self.what.print(language);
        if self.not { format!("-{what}") } else { what }
    }
}

impl What {
    fn print(&self, language: QueryLanguage) -> String {
        let key = |key: Key| names::name(names::KEYS, &key, language);
        let days = |range: &super::Range<super::Day>| range.print_with(|day| day.print(language));
        match self {
            Self::Word(word) => word.clone(),
            Self::Phrase(words) => format!("\"{words}\""),
            Self::From(name) => format!("{}:{}", key(Key::From), quoted(name)),
            Self::Title(title) => format!("{}:{}", key(Key::Title), quoted(title)),
            Self::Kind(kind) => format!("{}:{}", key(Key::Kind), names::name(names::KINDS, kind, language)),
            Self::Tag(tag) => format!("{}:{}", key(Key::Tag), quoted(tag)),
            Self::Date(range) => format!("{}:{}", key(Key::Date), days(range)),
            Self::Received(range) => format!("{}:{}", key(Key::Received), days(range)),
            Self::Due(range) => format!("{}:{}", key(Key::Due), days(range)),
            Self::Amount(range) => format!("{}:{}", key(Key::Amount), range.print_with(ToString::to_string)),
            Self::Status(standing) => {
                format!("{}:{}", key(Key::Status), names::name(names::STANDINGS, standing, language))
            }
            Self::Has(thing) => format!("{}:{}", key(Key::Has), names::thing_name(*thing, language)),
            Self::Task(kind) => format!("{}:{}", key(Key::Task), names::name(names::TASK_KINDS, kind, language)),
            Self::Field(field, value) => format!("{}:{}", names::field_name(*field, language), quoted(value)),
        }
    }
}

fn quoted(value: &str) -> String {
    let plain = !value.is_empty() && !value.contains(char::is_whitespace);
    if plain { value.to_owned() } else { format!("\"{value}\"") }
}
