//! Building an FTS5 expression from words. It only ever holds folded words, which are letters and digits.

use domain::search::{Sought, What, compact, sought, terms};

use super::find::Nearness;
use crate::{Read, Result};

/// A shorter beginning would match nearly everything: it is searched in titles and senders alone.
const SHORTEST_BEGINNING: usize = 3;
/// A shorter number is searched as a word.
const SHORTEST_NUMBER: usize = 3;

/// An FTS5 expression, and the words by which hits are marked on the pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Expression {
    /// The language of FTS5; empty where nothing is asked of the text.
    pub(super) text: String,
    pub(super) marks: Marks,
}

/// Which words of a page are hits.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub(super) terms: Vec<String>,
    pub(super) beginnings: Vec<String>,
    pub(super) numbers: Vec<String>,
}

impl Read<'_> {
    /// All of these words must match. The last one may not be typed to its end yet.
    pub(super) fn words_expression(
        &self,
        words: &[&str],
        near: Nearness,
        typing: bool,
        marks: &mut Marks,
    ) -> Result<Vec<String>> {
        let sought = compact(words);
        let last = sought.len().saturating_sub(1);
        let expressions = sought.iter().enumerate().map(|(at, one)| self.one(one, near, typing && at == last, marks));
        expressions.filter(|one| !matches!(one, Ok(text) if text.is_empty())).collect()
    }

    /// A condition on the text; empty if it has no word in it.
    pub(super) fn text_expression(&self, what: &What, near: Nearness, marks: &mut Marks) -> Result<String> {
        let within =
            |column: &str, text: String| if text.is_empty() { text } else { format!("{{{column}}} : ({text})") };
        let all = |r: &Self, text: &str, marks: &mut Marks| -> Result<String> {
            let words: Vec<&str> = text.split_whitespace().collect();
            Ok(r.words_expression(&words, near, true, marks)?.join(" AND "))
        };
        Ok(match what {
            What::Word(word) => self.one(&sought(word), near, false, marks)?,
            What::Phrase(words) => {
                let words: Vec<String> = terms(words).map(|(_, term)| term).collect();
                marks.terms.extend(words.iter().cloned());
                phrase(&words)
            }
            // A title query marks nothing on the page.
            What::Title(title) => within("title", all(self, title, &mut Marks::default())?),
            _ => String::new(),
        })
    }

    fn one(&self, sought: &Sought, near: Nearness, typing: bool, marks: &mut Marks) -> Result<String> {
        let mut any: Vec<String> = Vec::new();
        if let [term] = sought.terms.as_slice() {
            self.expand(term, near, &mut any, marks)?;
            if typing && near >= Nearness::Compound {
                self.begin(term, &mut any, marks)?;
            }
        } else if !sought.terms.is_empty() {
            let begins = typing && sought.terms.last().is_some_and(|last| is_long_word(last));
            any.push(phrase(&sought.terms) + if begins { "*" } else { "" });
            if near > Nearness::Exact {
                let all: Vec<String> = sought.terms.iter().map(|term| phrase(std::slice::from_ref(term))).collect();
                any.push(format!("({})", all.join(" AND ")));
            }
        }
        if let Some(number) = sought.number.as_ref().filter(|number| number.len() >= SHORTEST_NUMBER) {
            any.push(format!("{{facts}} : \"{number}\"*"));
            marks.numbers.push(number.clone());
        }
        if let Some(word) = &sought.joined {
            self.expand(word, near, &mut any, marks)?;
        }
        for spelling in &sought.spellings {
            any.push(phrase(spelling));
        }
        for name in sought.synonyms.iter().filter(|_| near >= Nearness::Compound) {
            if let [word] = name.as_slice() {
                self.expand(word, Nearness::Compound, &mut any, marks)?;
            } else {
                any.push(phrase(name));
            }
        }
        Ok(match any.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            any => format!("({})", any.join(" OR ")),
        })
    }

    /// The words that begin so, from the table of distinct words: FTS5 would read the positions of all of them.
    /// Numbers are handled elsewhere.
    fn begin(&self, term: &str, any: &mut Vec<String>, marks: &mut Marks) -> Result<()> {
        let words = self.completions(term)?;
        if term.contains(|c: char| c.is_ascii_digit()) || words.is_empty() {
            return Ok(());
        }
        let words: Vec<String> = words.iter().map(|word| phrase(std::slice::from_ref(word))).collect();
        if term.chars().count() < SHORTEST_BEGINNING {
            any.push(format!("{{title sender}} : ({})", words.join(" OR ")));
        } else {
            any.extend(words);
            marks.beginnings.push(term.to_owned());
        }
        Ok(())
    }

    fn expand(&self, term: &str, near: Nearness, any: &mut Vec<String>, marks: &mut Marks) -> Result<()> {
        let mut words = vec![term.to_owned()];
        // What holds a digit is a number, and has no forms.
        if !term.contains(|c: char| c.is_ascii_digit()) {
            words.extend(self.forms(term)?);
            if near >= Nearness::Compound {
                words.extend(self.compounds(term)?);
            }
            if near >= Nearness::Similar {
                words.extend(self.similar(term)?);
            }
        }
        words.sort();
        words.dedup();
        any.extend(words.iter().map(|word| phrase(std::slice::from_ref(word))));
        marks.terms.extend(words);
        Ok(())
    }
}

/// Few words begin so; what begins with some digit is nearly everything.
fn is_long_word(term: &str) -> bool {
    term.chars().count() >= SHORTEST_BEGINNING && !term.contains(|c: char| c.is_ascii_digit())
}

/// A phrase: these words in this order; nothing for no words.
fn phrase(words: &[String]) -> String {
    if words.is_empty() { String::new() } else { format!("\"{}\"", words.join(" ")) }
}
