//! The page as a person sees it: rows across the page, cells in a row, paragraphs down a column.

use std::ops::Range;

use domain::{Evidence, Origin, Page, PageOrigin, Reading, Rect, Word};

/// Words that are read as one text, joined by single spaces.
#[derive(Clone, Debug)]
pub(crate) struct Run<'a> {
    pub(crate) text: String,
    /// Page, counted from 1.
    pub(crate) page: u32,
    pub(crate) rect: Rect,
    pub(crate) origin: Origin,
    /// Where each word starts in `text`.
    words: Vec<(usize, &'a Word)>,
}

/// The cells that stand side by side, from left to right.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) cells: Vec<Run<'a>>,
}

/// All pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout<'a> {
    /// From top to bottom, page after page.
    pub(crate) rows: Vec<Row<'a>>,
    /// Cells that follow each other in a column, as running text.
    pub(crate) paragraphs: Vec<Run<'a>>,
    /// Usual height of a word on the first page, as a fraction of the page.
    pub(crate) word_height: f32,
}

impl<'a> Run<'a> {
    /// Joins words; one in small letters that starts closer than `tight` to the letter before it is the rest of a word.
    fn new(page: u32, origin: Origin, words: &[&'a Word], tight: f32) -> Option<Self> {
        let mut rect = words.first()?.rect;
        let mut text = String::new();
        let mut starts = Vec::with_capacity(words.len());
        for (i, word) in words.iter().copied().enumerate() {
            rect = rect.union(&word.rect);
            let broken = i > 0
                && text.ends_with('-')
                && word.text.starts_with(char::is_lowercase)
                && words.get(i - 1).is_some_and(|before| before.rect.bottom() < word.rect.middle());
            let rest = text.ends_with(char::is_alphabetic)
                && word.text.starts_with(char::is_lowercase)
                && words
                    .get(i.wrapping_sub(1))
                    .is_some_and(|before| before.line == word.line && word.rect.x - before.rect.right() < tight);
            if broken {
                text.pop();
            } else if i > 0 && !rest {
                text.push(' ');
            }
            starts.push((text.len(), word));
            text.push_str(&word.text);
        }
        Some(Self { text, page, rect, origin, words: starts })
    }

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

    /// How sure the engine is of the worst word in a byte range of the text.
    pub(crate) fn sureness(&self, range: Range<usize>) -> f32 {
        self.touched(&range).map(|word| word.confidence).fold(1.0, f32::min)
    }

    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }
}

impl Row<'_> {
    /// Its cells as one line.
    pub(crate) fn text(&self) -> String {
        self.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// How many pages are looked at from the front and from the back.
const FIRST: usize = 12;
const LAST: usize = 4;
/// Words of a page that are looked at: five times a full one.
const WORDS: usize = 5000;

impl<'a> Layout<'a> {
    /// Lays out all pages of a reading.
    pub(crate) fn of(reading: &'a Reading) -> Self {
        let mut layout = Self::default();
        // A total stands at the end, everything else at the front; what is between is long-winded.
        let last = reading.pages.len().saturating_sub(LAST);
        let pages = (1..).zip(&reading.pages).enumerate().filter(|(i, _)| *i < FIRST || *i >= last);
        for (_, (number, page)) in pages {
            let tight = tight(page);
            let rows = rows(number, page, tight);
            layout.paragraphs.extend(paragraphs(number, page, &rows, tight));
            layout.rows.extend(rows);
        }
        layout.word_height = reading.pages.first().map_or(0.01, word_height);
        layout
    }

    /// Whether it is the picture of one page with lines as short as a till prints them.
    pub(crate) fn is_slip(&self) -> bool {
        /// Columns of the widest usual roll of 80 mm.
        const COLUMNS: usize = 48;
        /// Fewer rows are a cutting of anything.
        const ROWS: usize = 6;
        let mut lengths: Vec<usize> = self.rows.iter().map(|row| row.text().chars().count()).collect();
        lengths.sort_unstable();
        // Folds and the edge of the table are read as a long line or two.
        let long = lengths.len() - lengths.len() / 20;
        let short = lengths.len() >= ROWS && lengths.get(long - 1).is_some_and(|length| *length <= COLUMNS);
        short && self.cells().all(|cell| cell.page == 1 && cell.origin == Origin::Ocr)
    }

    /// How sure the engine is of the worst word at a place.
    pub(crate) fn sureness(&self, place: &Evidence) -> f32 {
        let (left, right) = (place.rect.x - 0.001, place.rect.right() + 0.001);
        let at = |word: &&Word| {
            word.rect.x >= left
                && word.rect.right() <= right
                && (place.rect.y - 0.001..place.rect.bottom() + 0.001).contains(&word.rect.middle())
        };
        let words = self.cells().filter(|cell| cell.page == place.page).flat_map(|cell| &cell.words);
        words.map(|(_, word)| *word).filter(at).map(|word| word.confidence).fold(1.0, f32::min)
    }

    /// All cells, in reading order of the rows.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &Run<'a>> {
        self.rows.iter().flat_map(|row| &row.cells)
    }
}

fn origin(page: &Page) -> Origin {
    match page.origin {
        PageOrigin::Ocr => Origin::Ocr,
        PageOrigin::Embedded | PageOrigin::Empty => Origin::Text,
    }
}

fn word_height(page: &Page) -> f32 {
    let mut heights: Vec<f32> =
        page.words.iter().map(|word| word.rect.h).filter(|h| h.is_finite() && *h > 0.0).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(0.01)
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
    let mut gaps: Vec<f32> =
        pairs.map(|(a, b)| b.rect.x - a.rect.right()).filter(|gap| gap.is_finite() && *gap > 0.0).collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    (NARROW * usual).min(NARROWEST_SPACE * word_height(page) * page.height / page.width.max(1.0))
}

/// Lines of a reading go over the whole page; gaps part them into cells.
fn rows<'a>(number: u32, page: &'a Page, tight: f32) -> Vec<Row<'a>> {
    let on_page = |rect: &Rect| [rect.x, rect.y, rect.w, rect.h].iter().all(|v| (-0.1..=1.1).contains(v));
    let words: Vec<&Word> =
        page.words.iter().filter(|w| !w.text.trim().is_empty() && on_page(&w.rect)).take(WORDS).collect();
    words
        .chunk_by(|a, b| a.line == b.line)
        .map(|line| Row { cells: cells(number, page, line, tight) })
        .filter(|row| !row.cells.is_empty())
        .collect()
}

/// Splits a row where the gap is wider than a space can be.
fn cells<'a>(number: u32, page: &Page, words: &[&'a Word], tight: f32) -> Vec<Run<'a>> {
    // In heights of the words: those of a text layer are as high as the font, recognised ones only as their letters.
    let widest = if page.origin == PageOrigin::Ocr { 1.5 } else { 1.1 };
    let together = |a: &&Word, b: &&Word| {
        (b.rect.x - a.rect.right()) * page.width <= widest * a.rect.h.max(b.rect.h) * page.height
    };
    words.chunk_by(together).filter_map(|words| Run::new(number, origin(page), words, tight)).collect()
}

/// Joins cells of following rows that start at about the same place and are about equally high.
fn paragraphs<'a>(number: u32, page: &Page, rows: &[Row<'a>], tight: f32) -> Vec<Run<'a>> {
    let mut done: Vec<Vec<&Run<'a>>> = Vec::new();
    for cell in rows.iter().flat_map(|row| &row.cells) {
        let height = |run: &Run| run.rect.h;
        let continues = |above: &&Run| {
            let gap = cell.rect.y - above.rect.bottom();
            let indent = (cell.rect.x - above.rect.x).abs() * page.width;
            let line = height(above).max(height(cell));
            gap > -0.5 * line
                && gap < 0.9 * line
                && indent < 1.5 * line * page.height
                && height(above).min(height(cell)) > 0.65 * line
        };
        let near = done.iter_mut().rev().take(40).find(|p| p.last().is_some_and(continues));
        match near {
            Some(paragraph) => paragraph.push(cell),
            None => done.push(vec![cell]),
        }
    }
    done.iter()
        .filter_map(|cells| {
            let words: Vec<&Word> = cells.iter().flat_map(|cell| cell.words.iter().map(|(_, word)| *word)).collect();
            Run::new(number, origin(page), &words, tight)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page;

    #[test]
    fn wide_gaps_part_cells_and_columns_join_to_paragraphs() {
        let reading = page("Betrag      12,00\nfällig am   sofort\n\n\n\nunten");
        let layout = Layout::of(&reading);
        let cells: Vec<Vec<&str>> =
            layout.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(cells, [vec!["Betrag", "12,00"], vec!["fällig am", "sofort"], vec!["unten"]]);
        let paragraphs: Vec<&str> = layout.paragraphs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(paragraphs, ["Betrag fällig am", "12,00 sofort", "unten"]);
    }

    #[test]
    fn a_word_broken_at_the_end_of_a_line_is_whole_again() {
        let reading = page("bis zur Über-\nweisung");
        assert_eq!(Layout::of(&reading).paragraphs[0].text, "bis zur Überweisung");
    }

    #[test]
    fn evidence_is_the_union_of_the_words_touched() {
        let reading = page("Zu zahlen sind 12,00 EUR");
        let layout = Layout::of(&reading);
        let run = &layout.rows[0].cells[0];
        let evidence = run.evidence(15..24);
        assert_eq!(evidence.text, "12,00 EUR");
        let words = &reading.pages[0].words;
        assert_eq!(evidence.rect, words[3].rect.union(&words[4].rect));
    }

    #[test]
    fn a_gap_far_narrower_than_the_spaces_of_the_page_parts_no_word() {
        let mut reading = page("Ver käufer und Käufer sind hier");
        // Kerning behind the V: a fifth of a space.
        for word in reading.pages[0].words.iter_mut().skip(1) {
            word.rect.x -= 0.0076;
        }
        assert_eq!(Layout::of(&reading).rows[0].cells[0].text, "Verkäufer und Käufer sind hier");
    }
}
