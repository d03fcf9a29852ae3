//! What a person may want to call a document, learned from those that are filed: naive Bayes over the words of the first
//! page, one label against all other documents, with the words that speak for it.
//!
//! Words of a letterhead come together and are not independent, as the theory has them. So only the strongest count, and a
//! word is a reason only where most documents with it bear the label.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use crate::search::{stem, terms};
use crate::{Confidence, DocumentKind, TagId};

/// What documents are counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// Every accepted document.
    All,
    /// Those of a kind.
    Kind(DocumentKind),
    /// Those with a tag.
    Tag(TagId),
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Kind(kind) => write!(f, "kind:{}", kind.as_str()),
            Self::Tag(tag) => write!(f, "tag:{tag}"),
        }
    }
}

/// Not a label.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a label of documents")]
pub struct UnknownLabel(String);

impl FromStr for Label {
    type Err = UnknownLabel;
    fn from_str(text: &str) -> Result<Self, UnknownLabel> {
        let unknown = || UnknownLabel(text.to_owned());
        match text.split_once(':') {
            None if text == "all" => Ok(Self::All),
            Some(("kind", kind)) => kind.parse().map(Self::Kind).map_err(|_| unknown()),
            Some(("tag", tag)) => tag.parse().map(Self::Tag).map_err(|_| unknown()),
            _ => Err(unknown()),
        }
    }
}

/// Documents by label.
pub type Counts = BTreeMap<Label, u32>;

/// A word that may tell what a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TellingWord {
    /// What its forms have in common.
    pub stem: String,
    /// As it stands on the page.
    pub word: String,
}

/// The words of a text that may tell what it is, each once: without digits, neither short nor endless, and only the first
/// hundred, for a letter says at its beginning what it is.
pub fn telling_words(text: &str) -> Vec<TellingWord> {
    const MOST: usize = 100;
    const LENGTHS: std::ops::RangeInclusive<usize> = 4..=24;
    let mut seen = BTreeSet::new();
    let mut words = Vec::new();
    for (range, term) in terms(text) {
        if words.len() == MOST {
            break;
        }
        if LENGTHS.contains(&term.len()) && !term.contains(|c: char| c.is_ascii_digit()) {
            let stem = stem(&term);
            if seen.insert(stem.clone()) {
                words.push(TellingWord { stem, word: text.get(range).unwrap_or_default().to_owned() });
            }
        }
    }
    words
}

/// A label that a document probably deserves.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Which.
    pub label: Label,
    /// How likely, 0–1.
    pub confidence: Confidence,
    /// The words that speak for it, the strongest first, as they stand on the page.
    pub because: Vec<String>,
}

/// The labels that a document with these words probably deserves, the likeliest first. `documents` counts what was learned
/// from; beside each word stands in how many of them it was.
pub fn suggestions(documents: &Counts, words: &[(TellingWord, Counts)]) -> Vec<Suggestion> {
    let labels = documents.iter().filter(|(label, _)| **label != Label::All);
    let mut found: Vec<Suggestion> =
        labels.filter_map(|(label, labelled)| suggestion(*label, *labelled, documents, words)).collect();
    found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    found
}

fn suggestion(label: Label, labelled: u32, documents: &Counts, words: &[(TellingWord, Counts)]) -> Option<Suggestion> {
    /// From fewer documents nothing is learned.
    const FEWEST_DOCUMENTS: u32 = 3;
    /// So many words are weighed, for and against.
    const WEIGHED: usize = 10;
    const FEWEST_REASONS: usize = 2;
    const MOST_REASONS: usize = 3;
    const SURE_ENOUGH: f64 = 0.9;

    if labelled < FEWEST_DOCUMENTS {
        return None;
    }
    let all = documents.get(&Label::All).copied().unwrap_or_default().max(labelled);
    let mut weighed: Vec<(f64, &str, bool)> = Vec::new();
    for (word, counts) in words {
        let with_label = counts.get(&label).copied().unwrap_or_default();
        let with = counts.get(&Label::All).copied().unwrap_or_default().max(with_label);
        let weight = (share(with_label, labelled) / share(with - with_label, all - labelled)).ln();
        let is_reason = with_label >= 2 && 4 * with_label >= 3 * with && weight > 0.0;
        weighed.push((weight, &word.word, is_reason));
    }
    weighed.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let odds = (share(labelled, all) / share(all - labelled, all)).ln()
        + weighed.iter().take(WEIGHED).map(|(weight, ..)| weight).sum::<f64>();
    let confidence = 1.0 / (1.0 + (-odds).exp());
    let reasons = weighed.iter().filter(|(_, _, is_reason)| *is_reason).take(MOST_REASONS);
    let because: Vec<String> = reasons.map(|(_, word, _)| (*word).to_owned()).collect();
    let is_sure = confidence >= SURE_ENOUGH && because.len() >= FEWEST_REASONS;
    is_sure.then_some(Suggestion { label, confidence: confidence as Confidence, because })
}

/// The share of documents, as if half a document more spoke for it and half a one against: nothing is impossible.
fn share(some: u32, of: u32) -> f64 {
    (f64::from(some) + 0.5) / (f64::from(of) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAX: Label = Label::Kind(DocumentKind::TaxNotice);

    /// Learns from texts with and without the label, and asks about another one.
    fn asked(with: &[&str], without: &[&str], text: &str) -> Option<Suggestion> {
        let mut documents = Counts::new();
        let mut learned: BTreeMap<String, Counts> = BTreeMap::new();
        for (text, label) in with.iter().map(|text| (text, Some(TAX))).chain(without.iter().map(|text| (text, None))) {
            for label in [Some(Label::All), label].into_iter().flatten() {
                *documents.entry(label).or_default() += 1;
                for word in telling_words(text) {
                    *learned.entry(word.stem).or_default().entry(label).or_default() += 1;
                }
            }
        }
        let words = telling_words(text);
        let words: Vec<_> = words
            .into_iter()
            .map(|word| (word.clone(), learned.get(&word.stem).cloned().unwrap_or_default()))
            .collect();
        suggestions(&documents, &words).into_iter().next()
    }

    #[test]
    fn three_alike_are_enough_and_the_reasons_are_the_words_they_share() {
        let with = ["Finanzamt Nord Bescheid über Steuern", "Finanzamt Süd: Bescheid", "Bescheide vom Finanzamt"];
        let without = ["Gartenbau Rechnung", "Stadtwerke Rechnung über Strom", "Zahnarzt Termin", "Verein Einladung"];
        let found = asked(&with, &without, "Das Finanzamt schickt einen Bescheid");
        let found = found.unwrap();
        assert_eq!(
            (found.label, found.because.as_slice()),
            (TAX, &["Finanzamt".to_owned(), "Bescheid".to_owned()][..])
        );
        assert!(found.confidence > 0.9);
        assert_eq!(asked(&with, &without, "Stadtwerke Rechnung über Gas"), None);
        assert_eq!(asked(&with[..2], &without, "Finanzamt Bescheid"), None, "two documents teach nothing");
    }

    #[test]
    fn what_half_of_the_documents_with_the_same_words_bear_is_not_suggested() {
        let with = ["Gartenbau Hagenau Anger Hecke"; 4];
        let without = ["Gartenbau Hagenau Anger Rasen"; 4];
        assert_eq!(asked(&with, &without, "Gartenbau Hagenau Anger"), None);
        let more: Vec<&str> = without.into_iter().chain(["Stadtwerke Strom"; 40]).collect();
        assert_eq!(asked(&with, &more, "Gartenbau Hagenau Anger"), None, "however rare their words are");
    }

    #[test]
    fn telling_words_are_stems_without_numbers_each_once() {
        let words = telling_words("Rechnungen, Rechnung RE4711 vom 3. Mai");
        assert_eq!(words, [TellingWord { stem: stem("rechnung"), word: "Rechnungen".to_owned() }]);
    }

    #[test]
    fn labels_survive_the_database() {
        let tag = TagId::new(&crate::example::CountingIds::default());
        for label in [Label::All, TAX, Label::Tag(tag)] {
            assert_eq!(label.to_string().parse::<Label>().unwrap(), label);
        }
        assert!("kind:rubbish".parse::<Label>().is_err());
    }
}
