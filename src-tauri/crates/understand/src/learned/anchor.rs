//! From a value on a page to the words beside it.

use std::ops::Range;

use domain::{Anchor, Evidence, Field, Reading, Shape, Side, Value};

use super::{ROWS_ABOVE, overlap};
use crate::forms::{dates, folded};
use crate::layout::{Layout, Run};
use crate::value::stated;

/// Words of an anchor: enough to be told apart, few enough to come again.
const MOST_WORDS: usize = 4;
/// Beside which words a value stands. None where nothing stands there that would come again.
pub fn anchor_of(reading: &Reading, place: &Evidence) -> Option<Anchor> {
    let layout = Layout::of(reading);
    let (row, column) = layout.rows.iter().enumerate().find_map(|(r, row)| {
        let column = row.cells.iter().position(|cell| cell.page == place.page && holds(cell, place))?;
        Some((r, column))
    })?;
    let cell = &layout.rows[row].cells[column];
    let start = start_of(cell, place)?;
    let anchor =
        |words: String, side| Anchor { words, side, one_word: !place.text.trim().contains(' '), pattern: None };
    let before = plain(cell.text.get(..start)?);
    if !before.is_empty() {
        return Some(anchor(before, Side::Behind));
    }
    let left = column.checked_sub(1).map(|left| plain(&layout.rows[row].cells[left].text));
    if let Some(words) = left.filter(|words| !words.is_empty()) {
        return Some(anchor(words, Side::Right));
    }
    let above = layout.rows[..row].iter().rev().take(ROWS_ABOVE).flat_map(|row| &row.cells);
    above
        .filter(|upper| upper.page == cell.page && overlap(upper, cell))
        .map(|upper| plain(&upper.text))
        .find(|words| !words.is_empty())
        .map(|words| anchor(words, Side::Below))
}

/// The one place on the pages that states a value; none where there is none, or several.
pub fn place_of(reading: &Reading, field: Field, value: &Value) -> Option<Evidence> {
    let layout = Layout::of(reading);
    let order = dates::order(&reading.text(), reading.language.as_deref());
    let mut places = layout.cells().flat_map(|cell| {
        let ranges = stating(&cell.text, field, value, order).into_iter();
        ranges.map(|range| cell.evidence(range)).collect::<Vec<_>>()
    });
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

/// Where in a text a value is stated, in any of the forms of letters.
fn stating(text: &str, field: Field, value: &Value, order: dates::DateOrder) -> Vec<Range<usize>> {
    match value {
        Value::Text(words) if field.shape() == Shape::Text => {
            text.match_indices(words.as_str()).map(|(at, hit)| at..at + hit.len()).collect()
        }
        value => {
            let all = stated(field.shape(), text, order).into_iter();
            all.filter(|(_, found)| found == value).map(|(range, _)| range).collect()
        }
    }
}

/// Words that a person has typed, as [`Anchor::words`] has them.
pub fn anchor_words(typed: &str) -> String {
    plain(typed)
}

/// The last words of a text as an anchor: numbers change from letter to letter.
pub(super) fn plain(text: &str) -> String {
    let folded = folded(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    words[words.len().saturating_sub(MOST_WORDS)..].join(" ")
}

/// Whether a place begins in a cell.
fn holds(cell: &Run<'_>, place: &Evidence) -> bool {
    let (middle, x) = (place.rect.middle(), place.rect.x);
    (cell.rect.y..=cell.rect.bottom()).contains(&middle) && (cell.rect.x - 0.002..=cell.rect.right()).contains(&x)
}

/// Where in a cell's text the words of a place begin.
fn start_of(cell: &Run<'_>, place: &Evidence) -> Option<usize> {
    let first = place.text.split_whitespace().next()?;
    let starts = cell.text.match_indices(first).map(|(at, _)| at);
    let distance = |at: &usize| (cell.evidence(*at..at + first.len()).rect.x - place.rect.x).abs();
    starts.min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
