//! Kinds that are known by their words.

use domain::{DocumentKind, Field};

use super::Kind;
use crate::context::Context;
use crate::forms::folded;

/// A kind with the words that name it. Phrases are lower case and match whole words; a leading `-` also matches the end
/// of a compound ("-rechnung" in "Jahresrechnung"), a trailing `-` the start of one.
pub(super) struct Phrases {
    pub(super) kind: DocumentKind,
    /// Names of the kind. In a title they decide.
    pub(super) title: &'static [&'static str],
    /// What such documents say anywhere, with how telling it is; a negative weight speaks against the kind.
    pub(super) body: &'static [(&'static str, f32)],
    pub(super) never: &'static [Field],
}

impl Kind for Phrases {
    fn id(&self) -> DocumentKind {
        self.kind
    }

    fn score(&self, context: &Context) -> f32 {
        /// A document that names itself.
        const TITLE: f32 = 3.0;
        let title = context.titles.iter().map(|(line, weight)| weight * self.named(line)).fold(0.0, f32::max);
        let body: f32 =
            self.body.iter().filter(|(phrase, _)| contains(&context.text, phrase)).map(|(_, weight)| weight).sum();
        TITLE * title + body
    }

    fn is_named_in(&self, line: &str) -> bool {
        self.named(line) >= 1.0
    }

    fn never(&self) -> &'static [Field] {
        self.never
    }
}

impl Phrases {
    /// How clearly a line names the kind: best at its start, where the noun of a title stands, and by a long phrase, which
    /// says more than a short one ("corrected invoice", "invoice").
    fn named(&self, line: &str) -> f32 {
        let hits = self.title.iter().filter_map(|phrase| Some((find(line, phrase)?, phrase.len().min(24))));
        let weigh = |(at, length): (usize, usize)| {
            let words = line.get(..at).map_or(0, |before| before.split_whitespace().count());
            let place = match words {
                0..=2 => 1.0,
                3..=5 => 0.8,
                _ => 0.5,
            };
            place * (1.0 + 0.015 * length as f32)
        };
        hits.map(weigh).fold(0.0, f32::max)
    }
}

/// Whether a folded text contains a phrase.
pub(super) fn contains(text: &str, phrase: &str) -> bool {
    find(text, phrase).is_some()
}

/// Where a phrase stands in a folded text.
fn find(text: &str, phrase: &str) -> Option<usize> {
    let (open_start, open_end) = (phrase.starts_with('-'), phrase.ends_with('-'));
    let word = folded(phrase.trim_matches('-'));
    text.match_indices(word.as_str()).find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let after = text.get(at + word.len()..)?.chars().next();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // A compound goes on with a letter, not with a hyphen: "Rechnungs-Nr." is no "-rechnung".
        ((open_start || !letter(before)) && (open_end || !letter(after) && after != Some('-'))).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_whole_words_and_compounds() {
        assert_eq!(find("ihre jahresrechnung 2024", "-rechnung"), Some(11));
        assert_eq!(find("ihre rechnung", "-rechnung"), Some(5));
        assert_eq!(find("jahresrechnung", "rechnung"), None);
        assert_eq!(find("rechnungsnummer 12", "-rechnung"), None);
        assert_eq!(find("rechnungsnummer 12", "rechnung-"), Some(0));
        assert_eq!(find("an invoice.", "invoice"), Some(3));
    }
}
