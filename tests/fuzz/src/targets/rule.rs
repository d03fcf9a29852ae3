use domain::{Anchor, Field, Side};

use crate::Target;
use crate::seeds::{LETTER, texts};

/// Patterns of rules that persons write: any regular expression.
pub(crate) const TARGET: Target = Target {
    name: "rule",
    seeds,
    words: &["(?:", "{1000}", "[^", "\\p{L}", ".*", "(a*)*", "|", "\\b"],
    short: 200,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    texts(&["[A-Z]{2}-\\d{4}/\\d+", "\\d{2}-\\d{4}", ".*", "(Kunden|Vertrags)nummer"])
}

fn run(bytes: &[u8]) {
    let pattern = String::from_utf8_lossy(bytes).into_owned();
    let words = understand::anchor_words(&pattern);
    let pattern = understand::check_pattern(&pattern).is_ok().then_some(pattern);
    let reading = super::reading(LETTER);
    for (words, side) in [("kundennummer".to_owned(), Side::Behind), (words, Side::Below)] {
        let anchor = Anchor { words, side, one_word: false, pattern: pattern.clone() };
        drop(understand::beside_anchor(&reading, Field::CustomerNumber, &anchor));
    }
}
