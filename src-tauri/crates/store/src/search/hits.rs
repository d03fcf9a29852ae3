//! Where the words of a query stand on the pages of a document.

use domain::search::{fold, terms};
use domain::{DocumentId, FileId, Page, Rect, Word};

use super::expression::Marks;
use super::find::{Find, Nearness};
use crate::row::Columns;
use crate::{Found, Read, Result};

/// About so many characters are shown of a page.
const LENGTH: usize = 140;

/// A piece of a page around a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Page, counted from 1.
    pub page: u32,
    /// The text, in alternating parts: hits and other words.
    pub parts: Vec<SnippetPart>,
}

/// Words of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetPart {
    /// The words.
    pub text: String,
    /// They are what was looked for.
    pub hit: bool,
}

/// The hits of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct HitPage {
    /// Counted from 1.
    pub page: u32,
    /// Their places, in reading order.
    pub rects: Vec<Rect>,
}

impl Marks {
    fn is_hit(&self, word: &str) -> bool {
        let folded = fold(word);
        self.numbers.iter().any(|number| folded.starts_with(number.as_str()))
            || terms(word).any(|(_, term)| {
                self.terms.contains(&term) || self.beginnings.iter().any(|b| term.starts_with(b.as_str()))
            })
    }

    /// For each word of a page, whether it is a hit. A number may be printed in groups.
    fn on(&self, words: &[Word]) -> Vec<bool> {
        let mut hits: Vec<bool> = words.iter().map(|word| self.is_hit(&word.text)).collect();
        for number in &self.numbers {
            for start in 0..words.len() {
                let mut rest = number.as_str();
                for (at, word) in words.iter().enumerate().skip(start) {
                    let group = fold(&word.text);
                    if group.is_empty() || rest.is_empty() {
                        break;
                    }
                    let Some(left) =
                        rest.strip_prefix(group.as_str()).or_else(|| group.starts_with(rest).then_some(""))
                    else {
                        break;
                    };
                    rest = left;
                    if rest.is_empty() {
                        hits[start..=at].fill(true);
                    }
                }
            }
        }
        hits
    }
}

impl Read<'_> {
    /// A piece of the first page on which something was found; none where it was found by its title, sender or notes.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn snippet(&self, document: DocumentId, found: &Found) -> Result<Option<Snippet>> {
        for (number, page) in (1..).zip(self.pages_of_document(document)?) {
            let hits = found.marks.on(&page.words);
            if let Some(parts) = around(&page.words, &hits) {
                return Ok(Some(Snippet { page: number, parts }));
            }
        }
        Ok(None)
    }

    /// The places of all hits of a query in a document.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn hits(&self, document: DocumentId, find: &Find<'_>) -> Result<Vec<HitPage>> {
        let pages = self.pages_of_document(document)?;
        let mut found = Vec::new();
        for near in [Nearness::Compound, Nearness::Similar] {
            let (expression, _) = self.prepare(find, near)?;
            found = (1..)
                .zip(&pages)
                .map(|(number, page)| HitPage { page: number, rects: rects(&page.words, &expression.marks) })
                .filter(|page| !page.rects.is_empty())
                .collect();
            if !found.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    fn pages_of_document(&self, document: DocumentId) -> Result<Vec<Page>> {
        let file: Option<FileId> =
            self.first("SELECT file FROM documents WHERE id = ?1", [document.to_string()], |row| {
                Columns { table: "documents", row }.parse("file")
            })?;
        file.map_or(Ok(Vec::new()), |file| self.pages(&file))
    }
}

fn rects(words: &[Word], marks: &Marks) -> Vec<Rect> {
    words.iter().zip(marks.on(words)).filter(|(_, hit)| *hit).map(|(word, _)| word.rect).collect()
}

/// The piece of the page that holds the most hits.
fn around(words: &[Word], hits: &[bool]) -> Option<Vec<SnippetPart>> {
    let window = |start: usize| {
        let mut length = 0;
        let fits = |word: &&Word| {
            length += word.text.len() + 1;
            length <= LENGTH
        };
        start..start + words[start..].iter().take_while(fits).count().max(1)
    };
    // A hit stands better with a few words before it.
    let starts = hits.iter().enumerate().filter(|(_, hit)| **hit).map(|(at, _)| at.saturating_sub(4));
    let count = |range: &std::ops::Range<usize>| hits[range.clone()].iter().filter(|hit| **hit).count();
    let best = starts.map(window).max_by_key(|range| (count(range), std::cmp::Reverse(range.start)))?;
    let mut parts: Vec<SnippetPart> = Vec::new();
    for at in best {
        let (text, hit) = (&words[at].text, hits[at]);
        match parts.last_mut().filter(|last| last.hit == hit) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(text);
            }
            None => parts.push(SnippetPart { text: text.clone(), hit }),
        }
    }
    Some(parts)
}
