//! Merges what two readers saw on one page.
//!
//! Words of both readers at the same place of a line are compared. If both say the same, it is nearly always right; if
//! they differ, the second reader usually is: measured on scans and phone pictures, see BENCHMARKS.md.

use crate::layout::Found;

/// Share of the narrower word by which words of two readers overlap at least to be about the same print.
const SAME_PRINT: f32 = 0.3;
/// Confidence from which on a word counts against the other reader: read otherwise there, or not seen at all.
const SURE: f32 = 0.9;

/// What both readers saw, at its best. Boxes are in fractions of the same page.
pub(super) fn merged(first: Vec<Found>, second: Vec<Found>) -> Vec<Found> {
    let mut merged = Vec::with_capacity(first.len().max(second.len()));
    for (first, second) in stretches(first, second) {
        match (first.is_empty(), second.is_empty()) {
            (false, true) => merged.extend(first.into_iter().filter(|word| word.confidence >= SURE)),
            (true, _) => merged.extend(second),
            (false, false) => merged.extend(better(first, second)),
        }
    }
    merged
}

/// Words of the first and of the second reader that cover the same stretch of a line, each from left to right.
type Stretch = (Vec<Found>, Vec<Found>);

/// Chains words that overlap across the two readings.
fn stretches(first: Vec<Found>, second: Vec<Found>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = first.into_iter().map(|word| (vec![word], Vec::new())).collect();
    for word in second {
        let (same, others): (Vec<Stretch>, Vec<Stretch>) =
            stretches.into_iter().partition(|(a, b)| a.iter().chain(b).any(|known| same_print(known, &word)));
        let mut joined = Stretch::default();
        for (first, second) in same {
            joined.0.extend(first);
            joined.1.extend(second);
        }
        joined.1.push(word);
        stretches = others;
        stretches.push(joined);
    }
    for (first, second) in &mut stretches {
        first.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
        second.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
    }
    stretches
}

fn same_print(a: &Found, b: &Found) -> bool {
    let (a, b) = (&a.rect, &b.rect);
    let covers = a.right().min(b.right()) - a.x.max(b.x);
    let (low, high) = (a.h.min(b.h), a.h.max(b.h));
    let off = (a.middle() - b.middle()).abs();
    // A stroke beside the line, such as a table's rule, is much higher than it and no part of it.
    covers > SAME_PRINT * a.w.min(b.w) && off < 0.3 * high && low > 0.3 * high
}

/// What stands on a stretch that both readers saw, each from left to right.
fn better(first: Vec<Found>, second: Vec<Found>) -> Vec<Found> {
    let (sure_first, sure_second) = (least_sure(&first), least_sure(&second));
    if letters(&first) == letters(&second) {
        // A reader misses a gap more often than it sees one too many.
        let parts = if first.len() > second.len() { first } else { second };
        let confidence = 1.0 - (1.0 - sure_first) * (1.0 - sure_second);
        return parts.into_iter().map(|word| Found { confidence: word.confidence.max(confidence), ..word }).collect();
    }
    if sure_second < SURE && sure_second < sure_first { first } else { second }
}

fn letters(words: &[Found]) -> String {
    words.iter().map(|word| word.text.as_str()).collect()
}

fn least_sure(words: &[Found]) -> f32 {
    words.iter().map(|word| word.confidence).fold(1.0, f32::min)
}

#[cfg(test)]
mod tests {
    use domain::Rect;
    use proptest::prelude::*;

    use super::*;

    /// Words of one line with their confidence, each as wide as its letters.
    fn line(words: &[(&str, f32, f32)]) -> Vec<Found> {
        let rect = |text: &str, x| Rect { x, y: 0.3, w: 0.01 * text.chars().count() as f32, h: 0.015 };
        words
            .iter()
            .map(|(text, x, c)| Found { text: (*text).to_owned(), rect: rect(text, *x), confidence: *c })
            .collect()
    }

    fn check(first: &[(&str, f32, f32)], second: &[(&str, f32, f32)], expected: &[&str]) -> Vec<Found> {
        let mut words = merged(line(first), line(second));
        words.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), expected);
        words
    }

    #[test]
    fn what_both_read_is_surer_than_either() {
        let words = check(&[("84,20", 0.5, 0.6)], &[("84,20", 0.502, 0.8)], &["84,20"]);
        assert!(words[0].confidence > 0.9, "{words:?}");
    }

    #[test]
    fn the_second_reader_is_believed_unless_it_is_unsure() {
        check(&[("B4,20", 0.5, 0.95)], &[("84,20", 0.5, 0.97)], &["84,20"]);
        check(&[("84,20", 0.5, 0.95)], &[("8420", 0.5, 0.5)], &["84,20"]);
        check(&[("8A,20", 0.5, 0.3)], &[("84,20", 0.5, 0.5)], &["84,20"]);
    }

    #[test]
    fn a_gap_that_one_reader_missed_is_there() {
        check(&[("IBAN:", 0.1, 0.9), ("DE89", 0.16, 0.9)], &[("IBAN:DE89", 0.1, 0.99)], &["IBAN:", "DE89"]);
        check(&[("7.62€", 0.1, 0.9)], &[("7.62", 0.1, 0.99), ("€", 0.14, 0.99)], &["7.62", "€"]);
    }

    #[test]
    fn what_one_reader_saw_alone_is_kept_if_it_is_sure_or_the_better_reader_is_the_one() {
        check(&[("Betrag", 0.1, 0.95), ("|", 0.3, 0.4)], &[("Datum", 0.6, 0.7)], &["Betrag", "Datum"]);
    }

    #[test]
    fn a_rule_of_a_table_is_no_part_of_the_lines_it_runs_along() {
        let rule = Found { text: "|".to_owned(), rect: Rect { x: 0.1, y: 0.1, w: 0.05, h: 0.5 }, confidence: 0.95 };
        let words = merged(vec![rule], line(&[("Betrag", 0.1, 0.99)]));
        assert_eq!(words.len(), 2);
    }

    /// Words anywhere on a page, as often as not on the same line.
    fn words() -> impl Strategy<Value = Vec<Found>> {
        let word = ("[a-z0-9,]{1,8}", 0.0_f32..0.9, 0_u8..6, 0.0_f32..=1.0).prop_map(|(text, x, line, confidence)| {
            let rect = Rect { x, y: 0.1 * f32::from(line), w: 0.1, h: 0.015 };
            Found { text, rect, confidence }
        });
        prop::collection::vec(word, 0..25)
    }

    proptest! {
        #[test]
        fn merging_moves_no_word_and_invents_none_and_keeps_what_only_the_better_reader_saw(
            first in words(),
            second in words(),
        ) {
            let merged = merged(first.clone(), second.clone());
            for word in &merged {
                let same = |read: &&Found| read.text == word.text && read.rect == word.rect;
                prop_assert!(first.iter().chain(&second).any(|read| same(&read)), "{word:?} was read by nobody");
                prop_assert!((0.0..=1.0).contains(&word.confidence), "{word:?}");
            }
            for word in second.iter().filter(|word| !first.iter().any(|other| same_print(other, word))) {
                let alone = second.iter().filter(|other| same_print(other, word)).count() == 1;
                let is_kept = merged.iter().any(|kept| kept.text == word.text && kept.rect == word.rect);
                prop_assert!(!alone || is_kept, "{word:?} is lost");
            }
        }
    }
}
