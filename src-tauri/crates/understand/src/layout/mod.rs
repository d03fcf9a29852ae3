//! The page as a person sees it: rows across the page, cells in a row, paragraphs down a column.

mod lines;
mod run;

use domain::{Evidence, Origin, Reading, Word};

use lines::{Lines, word_height};
pub(crate) use run::Run;

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

impl Row<'_> {
    /// Its cells as one line.
    pub(crate) fn text(&self) -> String {
        self.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

impl<'a> Layout<'a> {
    /// Lays out the pages of a reading; of a very long one the first and the last.
    pub(crate) fn of(reading: &'a Reading) -> Self {
        const FIRST: usize = 12;
        const LAST: usize = 4;
        let mut layout = Self::default();
        // A total stands at the end, everything else at the front; what is between is long-winded.
        let last = reading.pages.len().saturating_sub(LAST);
        let pages = (1..).zip(&reading.pages).enumerate().filter(|(i, _)| *i < FIRST || *i >= last);
        for (_, (number, page)) in pages {
            let lines = Lines::of(page, number);
            let rows = lines.rows();
            layout.paragraphs.extend(lines.paragraphs(&rows));
            layout.rows.extend(rows);
        }
        layout.word_height = reading.pages.first().map_or(0.0, word_height);
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
        /// For the rounding of fractions.
        const SLACK: f32 = 0.001;
        let (left, right) = (place.rect.x - SLACK, place.rect.right() + SLACK);
        let height = place.rect.y - SLACK..place.rect.bottom() + SLACK;
        let at =
            |word: &&Word| word.rect.x >= left && word.rect.right() <= right && height.contains(&word.rect.middle());
        let words = self.cells().filter(|cell| cell.page == place.page).flat_map(|cell| &cell.words);
        words.map(|(_, word)| *word).filter(at).map(|word| word.confidence).fold(1.0, f32::min)
    }

    /// All cells, in reading order of the rows.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &Run<'a>> {
        self.rows.iter().flat_map(|row| &row.cells)
    }
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
