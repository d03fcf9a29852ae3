//! Places that a person has shown: from a value on a page to the words beside it (`anchor`), and from these words to the
//! value on the next letter (`beside`).

mod anchor;
mod beside;
mod value;

use crate::layout::Run;

pub use anchor::{anchor_of, anchor_words, place_of};
pub use beside::beside_anchor;
pub(crate) use beside::in_layout;
pub(crate) use value::Beside;
pub use value::{PatternError, check_pattern};

/// Rows in which the words above a value are looked for.
const ROWS_ABOVE: usize = 3;

/// Whether one stands above the other in a column.
fn overlap(one: &Run<'_>, another: &Run<'_>) -> bool {
    one.rect.x < another.rect.right() && one.rect.right() > another.rect.x
}

#[cfg(test)]
mod tests {
    use domain::{Anchor, Evidence, Field, Side};

    use super::*;
    use crate::testing::page;

    /// Learns from a word on one page and finds the value on another.
    fn check(field: Field, shown: &str, word: &str, next: &str, expected: Option<&str>) {
        let reading = page(shown);
        let words: Vec<_> =
            reading.pages[0].words.iter().filter(|w| word.split(' ').any(|part| part == w.text)).collect();
        let rect = words.iter().map(|word| word.rect).reduce(|a, b| a.union(&b)).unwrap();
        let anchor = anchor_of(&reading, &Evidence { page: 1, rect, text: word.to_owned() });
        let found = anchor.and_then(|anchor| beside_anchor(&page(next), field, &anchor).into_iter().next());
        assert_eq!(found.map(|(value, _)| value.plain()).as_deref(), expected, "{word:?} in\n{shown}\nthen in\n{next}");
    }

    #[test]
    fn a_value_is_found_again_behind_right_of_or_below_the_words_beside_it() {
        let (shown, next) = ("Ihr Beitrag wird am 05.12.2026 gebucht", "Ihr Beitrag wird am 07.01.2027 gebucht");
        check(Field::DueDate, shown, "05.12.2026", next, Some("2027-01-07"));
        let (shown, next) = ("Abrechnung 4      84,20 EUR", "Abrechnung 5      91,00 EUR");
        check(Field::AmountDue, shown, "84,20", next, Some("91.00"));
        let (shown, next) = ("Kennung\nAB-17 Süd", "\n\nKennung\nCD-9 Nord");
        check(Field::CustomerNumber, shown, "AB-17", next, Some("CD-9"));
        check(Field::CustomerNumber, shown, "AB-17 Süd", next, Some("CD-9 Nord"));
    }

    #[test]
    fn a_pattern_says_which_of_the_words_beside_the_anchor_is_the_value() {
        let check = |pattern: &str, expected: Option<&str>| {
            let pattern = Some(pattern.to_owned());
            let anchor = Anchor { words: "kennung".to_owned(), side: Side::Behind, one_word: true, pattern };
            let found = beside_anchor(&page("Kennung neu seit Mai: K-4711 Süd"), Field::CustomerNumber, &anchor);
            assert_eq!(found.first().map(|(value, _)| value.plain()).as_deref(), expected, "{:?}", anchor.pattern);
            assert!(found.iter().all(|(value, place)| place.text == value.plain()), "{found:?}");
        };
        check(r"k-\d{4}", Some("K-4711"));
        check(r"k-\d{5}", None);
        check(r"k-(", None);
        assert!(check_pattern("k-(").is_err() && check_pattern(r"\p{L}{5000}").is_err() && check_pattern("k").is_ok());
    }

    #[test]
    fn nothing_is_found_beside_other_words_or_without_any() {
        check(Field::DueDate, "gebucht am 05.12.2026", "05.12.2026", "bestellt am 07.01.2027", None);
        check(Field::AmountDue, "84,20", "84,20", "91,00", None);
    }
}
