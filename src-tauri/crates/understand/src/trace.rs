//! What each pass did to the candidates of a letter: for people who want to know why a value was chosen.

use std::fmt;

use domain::{Fact, Field};

/// What a pass did to one candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The pass.
    pub pass: String,
    /// The field of the candidate.
    pub field: Field,
    /// Its value, as text.
    pub value: String,
    /// Its confidence (0–1) and whether it was certain before; none where the pass added it.
    pub before: Option<(f32, bool)>,
    /// The same afterwards; none where the pass left it out.
    pub after: Option<(f32, bool)>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = |state: Option<(f32, bool)>| match state {
            Some((confidence, certain)) => format!("{confidence:.2}{}", if certain { " certain" } else { "" }),
            None => "–".to_owned(),
        };
        write!(
            f,
            "{}: {} {} {} → {}",
            self.pass,
            self.field.as_str(),
            self.value,
            state(self.before),
            state(self.after)
        )
    }
}

/// The changes of all passes, in their order. One that is off notes nothing and costs nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    is_on: bool,
    known: Vec<Fact>,
    pub(crate) changes: Vec<Change>,
}

impl Trace {
    /// One that notes changes.
    pub(crate) fn on() -> Self {
        Self { is_on: true, ..Self::default() }
    }

    /// Notes the candidates as the extractors found them.
    pub(crate) fn begin(&mut self, facts: &[Fact]) {
        self.note("extractors", facts);
    }

    /// Notes what has changed since the pass before.
    pub(crate) fn note(&mut self, pass: &str, facts: &[Fact]) {
        if !self.is_on {
            return;
        }
        let state = |facts: &[Fact], of: &Fact| {
            let found = facts.iter().find(|fact| fact.field == of.field && fact.value == of.value);
            found.map(|fact| (fact.confidence, fact.certain))
        };
        let gone = self.known.iter().filter(|fact| state(facts, fact).is_none());
        for fact in facts.iter().chain(gone) {
            let (before, after) = (state(&self.known, fact), state(facts, fact));
            if before != after {
                let (pass, value) = (pass.to_owned(), fact.value.plain());
                self.changes.push(Change { pass, field: fact.field, value, before, after });
            }
        }
        self.known = facts.to_vec();
    }
}
