//! Small pages for the unit tests.

use domain::{Field, Findings, Known, Page, PageOrigin, Reading, Rect, Word};

/// A page from a drawing in fixed-width letters: one line of text for each line, two and more spaces part columns.
pub(crate) fn page(drawing: &str) -> Reading {
    let mut words = Vec::new();
    for (number, line) in (0u32..).zip(drawing.lines()) {
        let mut column = 0;
        for part in line.split(' ') {
            if !part.is_empty() {
                let width = part.chars().count() as f32 * 0.0095;
                let rect =
                    Rect { x: 0.05 + column as f32 * 0.0095, y: 0.05 + number as f32 * 0.014, w: width, h: 0.01 };
                words.push(Word { text: part.to_owned(), rect, confidence: 1.0, line: number, block: 0 });
            }
            column += part.chars().count() + 1;
        }
    }
    let page = Page { width: 595.0, height: 842.0, origin: PageOrigin::Embedded, turned: 0, language: None, words };
    Reading { pages: vec![page], ..Reading::default() }
}

/// What is found on a drawn page.
pub(crate) fn findings(drawing: &str) -> Findings {
    crate::understand(&page(drawing), &Known::default())
}

/// The best value of a field on a drawn page, as plain text.
pub(crate) fn value(drawing: &str, field: Field) -> Option<String> {
    findings(drawing).value(field).map(|value| value.plain())
}

/// Checks the best value of each given field on a drawn page.
#[track_caller]
pub(crate) fn check(drawing: &str, expected: &[(Field, &str)]) {
    let findings = findings(drawing);
    for (field, expected) in expected {
        let value = findings.value(*field).map(|value| value.plain());
        assert_eq!(value.as_deref(), Some(*expected), "{field:?} in\n{drawing}");
    }
}
