//! Words to lines and blocks, in reading order. The same for text layers and OCR.
//!
//! A line is a visual row over the whole page, so that a label and its value stay together however far apart they are;
//! a block is what stands close together inside one column.

use domain::{Rect, Word};

/// A word as an engine found it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) text: String,
    /// In fractions of the page.
    pub(crate) rect: Rect,
    pub(crate) confidence: f32,
}

/// Whether the middle of a word is in a box.
pub(crate) fn holds(around: &Rect, word: &Rect) -> bool {
    let x = word.x + word.w / 2.0;
    (around.x..=around.right()).contains(&x) && (around.y..=around.bottom()).contains(&word.middle())
}

/// Share of the lower word's height by which two words of one row overlap at least.
const SAME_ROW: f32 = 0.5;
/// Gap between two words, in heights, from which on a new column is assumed. Word spaces are 0.3 to 0.8.
const COLUMN_GAP: f32 = 1.5;
/// Gap between two lines of one block, in heights.
const LINE_GAP: f32 = 1.0;

/// Numbers lines and blocks and sorts the words. `aspect` is the page's height divided by its width.
pub(crate) fn arrange(found: Vec<Found>, aspect: f32) -> Vec<Word> {
    let mut rows = rows(&without_doubles(found), aspect);
    rows.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut blocks = Blocks { bottoms: Vec::new(), aspect };
    let mut words = Vec::new();
    for (line, row) in rows.into_iter().enumerate() {
        for segment in segments(row, aspect) {
            let block = blocks.block_of(&segment);
            words.extend(segment.into_iter().map(|Found { text, rect, confidence }| Word {
                text,
                rect,
                confidence,
                line: line as u32,
                block,
            }));
        }
    }
    words
}

/// Some programs print a word twice, slightly moved, to make it look bold.
fn without_doubles(mut found: Vec<Found>) -> Vec<Found> {
    found.retain(|f| f.rect.w > 0.0 && f.rect.h > 0.0 && !f.text.is_empty());
    found.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for f in found {
        let near =
            |k: &Found| (k.rect.x - f.rect.x).abs() < 0.2 * f.rect.h && (k.rect.y - f.rect.y).abs() < 0.2 * f.rect.h;
        let double =
            kept.iter().rev().take_while(|k| f.rect.x - k.rect.x < 0.2 * f.rect.h).any(|k| near(k) && k.text == f.text);
        if !double {
            kept.push(f);
        }
    }
    kept
}

/// Chains words from left to right: each joins the row whose last word is most nearly level with it. Comparing with the
/// last word only lets rows of a crooked picture climb.
fn rows(found: &[Found], aspect: f32) -> Vec<Vec<Found>> {
    let mut rows: Vec<Vec<Found>> = Vec::new();
    for word in found {
        let level = |row: &Vec<Found>| row.last().and_then(|last| unevenness(last, word, aspect));
        let best = (0..rows.len()).filter_map(|i| Some((i, level(&rows[i])?))).min_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((row, _)) => rows[row].push(word.clone()),
            None => rows.push(vec![word.clone()]),
        }
    }
    rows
}

/// How far two words are from being level, in heights; `None` if they cannot be in one row.
fn unevenness(last: &Found, next: &Found, aspect: f32) -> Option<f32> {
    if is_sideways(last, aspect) || is_sideways(next, aspect) {
        return None;
    }
    let (a, b) = (&last.rect, &next.rect);
    let overlap = a.bottom().min(b.bottom()) - a.y.max(b.y);
    let covers = a.right().min(b.right()) - a.x.max(b.x);
    let low = a.h.min(b.h);
    (overlap >= SAME_ROW * low && covers < 0.5 * a.w.min(b.w)).then(|| (a.middle() - b.middle()).abs() / low)
}

/// Text that runs up or down the margin: taller than wide though it has several letters.
fn is_sideways(word: &Found, aspect: f32) -> bool {
    word.text.chars().count() >= 3 && word.rect.h * aspect > 2.0 * word.rect.w
}

fn middle(row: &[Found]) -> f32 {
    row.iter().map(|f| f.rect.middle()).sum::<f32>() / row.len().max(1) as f32
}

/// Cuts a row at the gaps between columns.
fn segments(row: Vec<Found>, aspect: f32) -> Vec<Vec<Found>> {
    let mut segments: Vec<Vec<Found>> = Vec::new();
    for word in row {
        match segments.last_mut() {
            Some(segment) if segment.last().is_some_and(|last| !is_column_gap(last, &word, aspect)) => {
                segment.push(word)
            }
            _ => segments.push(vec![word]),
        }
    }
    segments
}

fn is_column_gap(last: &Found, next: &Found, aspect: f32) -> bool {
    next.rect.x - last.rect.right() > COLUMN_GAP * last.rect.h.max(next.rect.h) * aspect
}

/// The lowest segment of each block so far.
struct Blocks {
    bottoms: Vec<Rect>,
    aspect: f32,
}

impl Blocks {
    fn block_of(&mut self, segment: &[Found]) -> u32 {
        let Some(rect) = segment.iter().map(|f| f.rect).reduce(|a, b| a.union(&b)) else { return 0 };
        // The latest blocks are the lowest ones; what is far above cannot match.
        let found = self.bottoms.iter().rposition(|bottom| self.continues(bottom, &rect));
        match found {
            Some(block) => {
                self.bottoms[block] = rect;
                block as u32
            }
            None => {
                self.bottoms.push(rect);
                self.bottoms.len() as u32 - 1
            }
        }
    }

    fn continues(&self, above: &Rect, rect: &Rect) -> bool {
        let covers = above.right().min(rect.right()) - above.x.max(rect.x);
        let starts_level = (above.x - rect.x).abs() < rect.h * self.aspect;
        let gap = rect.y - above.bottom();
        (covers > 0.5 * above.w.min(rect.w) || starts_level) && gap < LINE_GAP * rect.h.min(above.h) && gap > -rect.h
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn word(text: &str, x: f32, y: f32) -> Found {
        Found { text: text.to_owned(), rect: Rect { x, y, w: 0.012 * text.len() as f32, h: 0.015 }, confidence: 1.0 }
    }

    fn lines(words: &[Word]) -> Vec<String> {
        let count = words.last().map_or(0, |w| w.line + 1);
        let line = |n| words.iter().filter(|w| w.line == n).map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        (0..count).map(line).collect()
    }

    #[test]
    fn a_label_and_its_far_value_share_a_line_but_not_a_block() {
        let words = arrange(vec![word("84,20", 0.8, 0.301), word("Betrag", 0.1, 0.3), word("Datum", 0.1, 0.322)], 1.41);
        assert_eq!(lines(&words), ["Betrag 84,20", "Datum"]);
        assert_ne!(words[0].block, words[1].block);
        assert_eq!(words[0].block, words[2].block, "lines below each other are one block");
    }

    #[test]
    fn a_climbing_row_of_a_crooked_picture_stays_one_line() {
        let row = |y: f32| (0..8).map(move |i| word("Wort", 0.1 + 0.1 * i as f32, y - 0.004 * i as f32));
        let words = arrange(row(0.3).chain(row(0.33)).collect(), 1.41);
        assert_eq!(lines(&words), ["Wort Wort Wort Wort Wort Wort Wort Wort"; 2]);
    }

    #[test]
    fn a_word_printed_twice_to_look_bold_counts_once() {
        let words = arrange(vec![word("Rechnung", 0.1, 0.1), word("Rechnung", 0.1005, 0.1)], 1.41);
        assert_eq!(words.len(), 1);
    }

    #[test]
    fn text_in_the_margin_does_not_join_the_lines_beside_it() {
        let margin = Found { rect: Rect { x: 0.02, y: 0.2, w: 0.015, h: 0.4 }, ..word("Vertragsnummer", 0.0, 0.0) };
        let words = arrange(vec![margin, word("Betrag", 0.1, 0.4), word("12,50", 0.3, 0.4)], 1.41);
        assert!(lines(&words).contains(&"Betrag 12,50".to_owned()));
    }

    proptest! {
        #[test]
        fn arranging_loses_no_word_moves_none_and_numbers_lines_in_order(
            places in prop::collection::vec((0_u32..9, 0_u32..40), 0..80),
        ) {
            // On a grid, so that no two overlap; each cell once.
            let cells: BTreeSet<(u32, u32)> = places.into_iter().collect();
            let found = |(column, row): &(u32, u32)| {
                word(&format!("w{column}x{row}"), 0.02 + 0.1 * *column as f32, 0.01 + 0.024 * *row as f32)
            };
            let words = arrange(cells.iter().map(found).collect(), 1.41);
            prop_assert_eq!(words.len(), cells.len());
            for cell in &cells {
                let expected = found(cell);
                let same = words.iter().filter(|word| word.text == expected.text && word.rect == expected.rect);
                prop_assert_eq!(same.count(), 1, "{} is there once, at its place", expected.text);
            }
            prop_assert!(words.is_sorted_by_key(|word| word.line), "lines follow one another");
            let down = words.windows(2).all(|pair| pair[0].line == pair[1].line || pair[0].rect.y < pair[1].rect.y);
            prop_assert!(down, "and run down the page");
        }
    }
}
