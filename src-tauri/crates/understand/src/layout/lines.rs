//! From words to rows, cells and paragraphs, by the gaps between them.

use domain::{Origin, Page, PageOrigin, Rect, Word};

use super::{Row, Run};

/// Words of a page that are looked at: five times a full one.
const WORDS: usize = 5000;

/// A page that is being laid out.
pub(super) struct Lines<'a> {
    page: &'a Page,
    /// Counted from 1.
    number: u32,
    origin: Origin,
    /// Below which gap two pieces of text are one word, as a fraction of the page's width.
    tight: f32,
}

impl<'a> Lines<'a> {
    pub(super) fn of(page: &'a Page, number: u32) -> Self {
        let origin = match page.origin {
            PageOrigin::Ocr => Origin::Ocr,
            PageOrigin::Embedded | PageOrigin::Empty => Origin::Text,
        };
        Self { page, number, origin, tight: tight(page) }
    }

    /// Lines of a reading go over the whole page; gaps part them into cells.
    pub(super) fn rows(&self) -> Vec<Row<'a>> {
        let on_page = |rect: &Rect| [rect.x, rect.y, rect.w, rect.h].iter().all(|v| (-0.1..=1.1).contains(v));
        let shown = self.page.words.iter().filter(|word| !word.text.trim().is_empty() && on_page(&word.rect));
        let words: Vec<&Word> = shown.take(WORDS).collect();
        words
            .chunk_by(|a, b| a.line == b.line)
            .map(|line| Row { cells: self.cells(line) })
            .filter(|row| !row.cells.is_empty())
            .collect()
    }

    /// Splits a row where the gap is wider than a space can be.
    fn cells(&self, words: &[&'a Word]) -> Vec<Run<'a>> {
        // In heights of the words: those of a text layer are as high as the font, recognised ones only as their letters.
        let widest = if self.origin == Origin::Ocr { 1.5 } else { 1.1 };
        let together = |a: &&Word, b: &&Word| {
            (b.rect.x - a.rect.right()) * self.page.width <= widest * a.rect.h.max(b.rect.h) * self.page.height
        };
        words.chunk_by(together).filter_map(|words| self.run(words)).collect()
    }

    /// Joins cells of following rows that start at about the same place and are about equally high.
    pub(super) fn paragraphs(&self, rows: &[Row<'a>]) -> Vec<Run<'a>> {
        /// So many columns stand side by side at the most; what ended further above does not go on.
        const OPEN: usize = 40;
        let mut done: Vec<Vec<&Run<'a>>> = Vec::new();
        for cell in rows.iter().flat_map(|row| &row.cells) {
            let continues =
                |paragraph: &&mut Vec<&Run>| paragraph.last().is_some_and(|above| self.goes_on(above, cell));
            match done.iter_mut().rev().take(OPEN).find(continues) {
                Some(paragraph) => paragraph.push(cell),
                None => done.push(vec![cell]),
            }
        }
        let words = |cells: &Vec<&Run<'a>>| -> Vec<&'a Word> {
            cells.iter().flat_map(|cell| cell.words.iter().map(|(_, word)| *word)).collect()
        };
        done.iter().filter_map(|cells| self.run(&words(cells))).collect()
    }

    /// Whether a cell is the next line of the paragraph that `above` is the last line of.
    fn goes_on(&self, above: &Run, cell: &Run) -> bool {
        let gap = cell.rect.y - above.rect.bottom();
        let indent = (cell.rect.x - above.rect.x).abs() * self.page.width;
        let line = above.rect.h.max(cell.rect.h);
        gap > -0.5 * line
            && gap < 0.9 * line
            && indent < 1.5 * line * self.page.height
            && above.rect.h.min(cell.rect.h) > 0.65 * line
    }

    fn run(&self, words: &[&'a Word]) -> Option<Run<'a>> {
        Run::new(self.number, self.origin, words, self.tight)
    }
}

/// Usual height of a word, as a fraction of the page.
pub(super) fn word_height(page: &Page) -> f32 {
    /// That of 9 points on A4, for a page without words.
    const USUAL: f32 = 0.01;
    median(page.words.iter().map(|word| word.rect.h)).unwrap_or(USUAL)
}

/// Below which gap, as a fraction of the page's width, two pieces of a text layer are one word: kerning, as in "V e r",
/// leaves gaps of its own, far narrower than the spaces of the page. What is recognised has no such gaps.
fn tight(page: &Page) -> f32 {
    /// In usual spaces.
    const NARROW: f32 = 0.5;
    /// In heights of a word; narrower than any space that is set.
    const NARROWEST_SPACE: f32 = 0.15;
    if page.origin == PageOrigin::Ocr {
        return 0.0;
    }
    let pairs = page.words.iter().zip(page.words.iter().skip(1)).filter(|(a, b)| a.line == b.line);
    let usual = median(pairs.map(|(a, b)| b.rect.x - a.rect.right())).unwrap_or(0.0);
    (NARROW * usual).min(NARROWEST_SPACE * word_height(page) * page.height / page.width.max(1.0))
}

/// The middle one of the lengths that are lengths: finite, and more than nothing.
fn median(lengths: impl Iterator<Item = f32>) -> Option<f32> {
    let mut lengths: Vec<f32> = lengths.filter(|length| length.is_finite() && *length > 0.0).collect();
    lengths.sort_by(f32::total_cmp);
    lengths.get(lengths.len() / 2).copied()
}
