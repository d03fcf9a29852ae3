//! The query as a type.

use rust_decimal::Decimal;

use super::Day;
use crate::{DocumentKind, Field, TaskKind};

/// What is looked for: every part must hold. Without parts, everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them must hold.
    pub parts: Vec<Part>,
}

/// At least one of its terms must hold: what stands on both sides of "oder". Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// At least one of them must hold.
    pub any: Vec<Term>,
}

/// One condition, or its opposite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// It must not hold.
    pub not: bool,
    /// The condition.
    pub what: What,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A word anywhere, in any of its forms.
    Word(String),
    /// These words in this order.
    Phrase(String),
    /// Part of the sender's name.
    From(String),
    /// Part of the title.
    Title(String),
    /// What it is.
    Kind(DocumentKind),
    /// A tag or one below it.
    Tag(String),
    /// Date of the letter, else the day it came in.
    Date(Range<Day>),
    /// Day it came in.
    Received(Range<Day>),
    /// Day of the next open task.
    Due(Range<Day>),
    /// What is to be paid, else the total.
    Amount(Range<Decimal>),
    /// Where it stands.
    Status(Standing),
    /// Something is there.
    Has(Thing),
    /// An open task of this kind.
    Task(TaskKind),
    /// Part of the value of a field.
    Field(Field, String),
}

/// A range of days or amounts; both ends belong to `Between`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Range<T> {
    /// Just this, or within it: `2025`.
    Exactly(T),
    /// From and to, at least one of them: `100..200`, `2025..`.
    Between(Option<T>, Option<T>),
    /// `<100`.
    Below(T),
    /// `>100`.
    Above(T),
}

/// Where a document stands, as a person would say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Waits for a look.
    Review,
    /// Its meaning is settled.
    Accepted,
    /// Older than its own deadlines.
    Stale,
    /// Something is still to be done.
    Open,
    /// Everything is done.
    Done,
    /// In the trash. Other documents are found only outside of it.
    Trash,
}

/// What a document can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A value for a field.
    Field(Field),
    /// A known sender.
    Sender,
    /// Tasks, open or done.
    Task,
    /// Tags.
    Tag,
    /// Notes.
    Note,
    /// Something odd was found.
    Warning,
}

/// The language in which a query is printed. Both are always understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryLanguage {
    /// `von:`, `art:`, `oder`.
    German,
    /// `from:`, `kind:`, `or`.
    English,
}

impl Query {
    /// Are documents in the trash looked for, and no others?
    pub fn is_about_trash(&self) -> bool {
        let trash = What::Status(Standing::Trash);
        self.parts.iter().any(|part| part.any.iter().any(|term| term.what == trash))
    }

    /// The times that the query names, and the query without them.
    pub fn split_times(&self) -> (Vec<Range<Day>>, Self) {
        let (mut times, mut parts) = (Vec::new(), Vec::new());
        for part in &self.parts {
            match part.any.as_slice() {
                [Term { not: false, what: What::Date(time) }] => times.push(time.clone()),
                _ => parts.push(part.clone()),
            }
        }
        (times, Self { parts })
    }
}

impl Part {
    /// Is all of it words on the page, and nothing a filter?
    pub fn is_words(&self) -> bool {
        self.any.iter().all(|term| matches!(term.what, What::Word(_) | What::Phrase(_)))
    }
}

impl<T> Range<T> {
    /// The same range of something else; none as soon as one end is none.
    pub(super) fn parse_with(text: &str, end: impl Fn(&str) -> Option<T>) -> Option<Self> {
        if let Some((from, to)) = text.split_once("..") {
            let (from, to) = (from.trim(), to.trim_start_matches('.').trim());
            let end = |text: &str| if text.is_empty() { Some(None) } else { end(text).map(Some) };
            return match (end(from)?, end(to)?) {
                (None, None) => None,
                (from, to) => Some(Self::Between(from, to)),
            };
        }
        let after = |mark| text.strip_prefix(mark).map(|rest: &str| end(rest.trim()));
        if let Some(from) = after(">=") {
            return Some(Self::Between(Some(from?), None));
        }
        if let Some(to) = after("<=") {
            return Some(Self::Between(None, Some(to?)));
        }
        if let Some(above) = after(">") {
            return above.map(Self::Above);
        }
        if let Some(below) = after("<") {
            return below.map(Self::Below);
        }
        end(text.strip_prefix('=').unwrap_or(text)).map(Self::Exactly)
    }

    pub(super) fn print_with(&self, end: impl Fn(&T) -> String) -> String {
        let open = |at: &Option<T>| at.as_ref().map(&end).unwrap_or_default();
        match self {
            Self::Exactly(at) => end(at),
            Self::Between(from, to) => format!("{}..{}", open(from), open(to)),
            Self::Below(at) => format!("<{}", end(at)),
            Self::Above(at) => format!(">{}", end(at)),
        }
    }
}
