//! What is looked for. One typed [`Query`] serves the search box, filters, saved views and the command line: it is
//! [parsed](Query::parse) from what a person types, [printed](Query::print) as chips, and carried out by the store.

mod days;
mod names;
mod parse;
mod print;
mod query;
mod question;
mod sought;
mod synonyms;
mod views;
mod words;

#[cfg(test)]
mod tests;

pub use days::{Day, Relative, Unit};
pub use names::{field as field_named, kind_named, kind_words};
pub use parse::{Hint, HintCode, Parsed};
pub use query::{Part, Query, QueryLanguage, Range, Standing, Term, Thing, What};
pub use question::Question;
pub use sought::{Sought, compact, sought};
pub use views::{READY_VIEWS, ReadyView, ViewOrder};
pub use words::{fold, joined, stem, terms};
