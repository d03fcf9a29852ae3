//! Two readings of one page made one.
//!
//! Words of both readers that cover the same stretch of a line are compared. Where both say the same, it is nearly always
//! right; where they differ, the second reader is: measured on scans and phone pictures, see BENCHMARKS.md.

use crate::layout::Found;

/// Share of the narrower word by which words of two readers overlap at least to be about the same print.
const SAME_PRINT: f32 = 0.3;
/// Confidence of the second reader from which on it is right against the first one, whatever that one says.
const SURE: f32 = 0.7;
/// Confidence from which on a word is kept that the other reader did not see.
const SEEN_ALONE: f32 = 0.8;

/// What both readers saw, at its best. Boxes are in fractions of the same page.
pub(super) fn merged(first: Vec<Found>, second: Vec<Found>) -> Vec<Found> {
    let mut merged = Vec::with_capacity(first.len().max(second.len()));
    for (first, second) in stretches(first, second) {
        match (first.is_empty(), second.is_empty()) {
            (false, true) => merged.extend(first.into_iter().filter(can_stand_alone)),
            (true, _) => merged.extend(second),
            (false, false) => merged.extend(better(first, second)),
        }
    }
    merged
}

/// Words of the first and of the second reader that cover the same stretch of a line, from left to right.
type Stretch = (Vec<Found>, Vec<Found>);

/// Chains words that overlap across the two readings.
fn stretches(mut first: Vec<Found>, mut second: Vec<Found>) -> Vec<Stretch> {
    first.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
    second.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
    let mut stretches: Vec<Stretch> = first.into_iter().map(|word| (vec![word], Vec::new())).collect();
    for word in second {
        let (mut same, others): (Vec<Stretch>, Vec<Stretch>) =
            stretches.into_iter().partition(|(a, b)| a.iter().chain(b).any(|known| same_print(known, &word)));
        stretches = others;
        let mut joined = same.drain(..).fold(Stretch::default(), |mut joined, (first, second)| {
            joined.0.extend(first);
            joined.1.extend(second);
            joined
        });
        joined.1.push(word);
        stretches.push(joined);
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

/// What stands on a stretch that both readers saw.
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

/// Whether a word of the first reader is kept though the second one saw nothing there.
fn can_stand_alone(word: &Found) -> bool {
    word.confidence >= SEEN_ALONE && word.text.chars().any(char::is_alphanumeric)
}
