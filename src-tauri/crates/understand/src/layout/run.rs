//! A piece of text with the places of its words.

use std::ops::Range;

use domain::{Evidence, Origin, Rect, Word};

/// Words that are read as one text: a cell of a row, or a paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Run<'a> {
    /// The words, joined by single spaces.
    pub(crate) text: String,
    /// Page, counted from 1.
    pub(crate) page: u32,
    pub(crate) rect: Rect,
    pub(crate) origin: Origin,
    /// Where each word starts in `text`.
    pub(super) words: Vec<(usize, &'a Word)>,
}

impl<'a> Run<'a> {
    /// Joins words; one in small letters that starts closer than `tight` to the letter before it is the rest of a word, and
    /// so is one below a hyphen. None without a word.
    pub(super) fn new(page: u32, origin: Origin, words: &[&'a Word], tight: f32) -> Option<Self> {
        let mut rect = words.first()?.rect;
        let mut text = String::new();
        let mut starts = Vec::with_capacity(words.len());
        let mut before: Option<&Word> = None;
        for word in words.iter().copied() {
            if let Some(before) = before {
                let small = word.text.starts_with(char::is_lowercase);
                let broken = small && text.ends_with('-') && before.rect.bottom() < word.rect.middle();
                let kerned = small
                    && text.ends_with(char::is_alphabetic)
                    && before.line == word.line
                    && word.rect.x - before.rect.right() < tight;
                if broken {
                    text.pop();
                } else if !kerned {
                    text.push(' ');
                }
            }
            rect = rect.union(&word.rect);
            starts.push((text.len(), word));
            text.push_str(&word.text);
            before = Some(word);
        }
        Some(Self { text, page, rect, origin, words: starts })
    }

    /// The words in a byte range of the text.
    fn touched(&self, range: &Range<usize>) -> impl Iterator<Item = &'a Word> {
        let range = range.clone();
        let ends = self.words.iter().skip(1).map(|(start, _)| *start).chain([usize::MAX]);
        self.words
            .iter()
            .zip(ends)
            .filter(move |((start, _), end)| *start < range.end && *end > range.start)
            .map(|((_, word), _)| *word)
    }

    /// The place and words of a byte range of the text.
    pub(crate) fn evidence(&self, range: Range<usize>) -> Evidence {
        let rect = self.touched(&range).map(|word| word.rect).reduce(|a, b| a.union(&b)).unwrap_or(self.rect);
        let text = self.text.get(range).unwrap_or(&self.text).trim().to_owned();
        Evidence { page: self.page, rect, text }
    }

    /// The places of its words.
    pub(crate) fn word_rects(&self) -> impl Iterator<Item = Rect> {
        self.words.iter().map(|(_, word)| word.rect)
    }

    /// The place of the first word in a byte range of the text.
    pub(crate) fn first_word(&self, range: Range<usize>) -> Option<Rect> {
        self.touched(&range).next().map(|word| word.rect)
    }

    /// How sure the engine is of the worst word in a byte range of the text.
    pub(crate) fn sureness(&self, range: Range<usize>) -> f32 {
        self.touched(&range).map(|word| word.confidence).fold(1.0, f32::min)
    }

    /// The bytes of each of its lines.
    pub(crate) fn lines(&self) -> Vec<Range<usize>> {
        let mut lines: Vec<Range<usize>> = Vec::new();
        let mut before: Option<&Word> = None;
        for (start, word) in &self.words {
            let end = start + word.text.len();
            match lines.last_mut() {
                Some(line) if before.is_some_and(|before| word.rect.middle() < before.rect.bottom()) => line.end = end,
                Some(_) | None => lines.push(*start..end),
            }
            before = Some(word);
        }
        lines
    }

    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }
}
