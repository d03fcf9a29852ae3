//! Small pages for the unit tests.

use domain::{Page, PageOrigin, Reading, Rect, Word};

/// A page from a drawing in fixed-width letters: one line of text for each line, two and more spaces part columns.
pub(crate) fn page(drawing: &str) -> Reading {
    let mut words = Vec::new();
    for (number, line) in (0u32..).zip(drawing.lines()) {
        let mut column = 0;
        for part in line.split(' ') {
            if !part.is_empty() {
                let width = part.chars().count() as f32 * 0.0095;
                let rect = Rect { x: 0.05 + column as f32 * 0.0095, y: 0.05 + number as f32 * 0.014, w: width, h: 0.01 };
                words.push(Word { text: part.to_owned(), rect, confidence: 1.0, line: number, block: 0 });
            }
            column += part.chars().count() + 1;
        }
    }
    let page = Page { width: 595.0, height: 842.0, origin: PageOrigin::Embedded, turned: 0, words };
    Reading { pages: vec![page], ..Reading::default() }
}
