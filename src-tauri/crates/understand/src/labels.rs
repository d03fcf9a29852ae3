//! Values that stand beside a label: behind it, to its right, or below it.

use std::ops::Range;

use domain::{Check, Evidence, Fact, Field, Origin, Value};
use regex::Regex;

use crate::forms::{amounts, pattern};
use crate::layout::{Layout, Row, Run};

/// Where a value stands from its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Behind it in the same cell.
    Behind,
    /// In the next cell of the row.
    Right,
    /// In the same column of one of the next rows.
    Below,
}

/// A value with the place that proves it.
#[derive(Clone, Debug)]
pub(crate) struct Found<T> {
    pub(crate) value: T,
    pub(crate) evidence: Evidence,
    pub(crate) origin: Origin,
    /// How sure the engine is of its words, 0–1.
    pub(crate) sureness: f32,
    pub(crate) place: Place,
    /// Whether the label starts its cell and nothing but the value follows.
    pub(crate) clean: bool,
    /// The words before it: in its own cell, or in the cell of its label.
    pub(crate) before: String,
}

/// Reads a value from a text: its byte range and what it is.
pub(crate) type Read<'r, T> = &'r dyn Fn(&str) -> Option<(Range<usize>, T)>;

/// A value in a range of a run.
pub(crate) fn found<T>(run: &Run, range: Range<usize>, value: T, place: Place) -> Found<T> {
    Found {
        value,
        before: run.text.get(..range.start).unwrap_or_default().to_owned(),
        evidence: run.evidence(range.clone()),
        origin: run.origin,
        sureness: run.sureness(range),
        place,
        clean: true,
    }
}

/// Values beside each match of `label` in the rows of a layout. In the label's own cell a value may start up to `reach`
/// bytes behind it.
pub(crate) fn beside<T>(layout: &Layout, label: &Regex, reach: usize, read: Read<'_, T>) -> Vec<Found<T>> {
    let mut all = Vec::new();
    for (r, row) in layout.rows.iter().enumerate() {
        for (c, cell) in row.cells.iter().enumerate() {
            for hit in label.find_iter(&cell.text) {
                let starts = hit.start() < 3;
                let rest = cell.text.get(hit.end()..).unwrap_or_default();
                if let Some((range, value)) = read(rest).filter(|(range, _)| range.start <= reach) {
                    let range = hit.end() + range.start..hit.end() + range.end;
                    let clean = starts && cell.text.len() < range.end + 4;
                    all.push(Found { clean, ..found(cell, range, value, Place::Behind) });
                    continue;
                }
                // A label with more words behind it says something else; words in brackets explain it.
                let rest =
                    pattern!(r"^\s*\([^)]*\)").find(rest).map_or(rest, |hit| rest.get(hit.end()..).unwrap_or_default());
                let ends = rest.trim_matches(|c: char| !c.is_alphanumeric()).len() < 3;
                if !ends {
                    continue;
                }
                let right = row.cells.get(c + 1).and_then(|next| {
                    let (range, value) = read(&next.text).filter(|(range, _)| range.start <= 2)?;
                    Some(Found { clean: starts, ..found(next, range, value, Place::Right) })
                });
                let other = right.or_else(|| below(layout, r, cell, hit.start(), read));
                all.extend(other.map(|one| Found { before: cell.text.clone(), ..one }));
            }
        }
    }
    all
}

/// The nearest value in the column of `label` within the next three rows.
fn below<T>(layout: &Layout, row: usize, label: &Run, from: usize, read: Read<'_, T>) -> Option<Found<T>> {
    let rect = label.evidence(from..label.text.len()).rect;
    let lower = layout.rows.get(row + 1..)?.iter().take(3);
    lower.take_while(|next| near(next, label)).find_map(|next| {
        let cell = next.cells.iter().find(|cell| cell.rect.x < rect.right() && cell.rect.right() > rect.x)?;
        let (range, value) = read(&cell.text).filter(|(range, _)| range.start <= 2)?;
        Some(found(cell, range, value, Place::Below))
    })
}

/// Whether a row stands close below a label.
fn near(row: &Row, label: &Run) -> bool {
    row.cells
        .first()
        .is_some_and(|cell| cell.page == label.page && cell.rect.y - label.rect.bottom() < 4.0 * label.rect.h)
}

/// Values that follow each match of `label` in running text within `reach` bytes.
pub(crate) fn in_prose<T>(layout: &Layout, label: &Regex, reach: usize, read: Read<'_, T>) -> Vec<Found<T>> {
    let mut all = Vec::new();
    for run in &layout.paragraphs {
        for hit in label.find_iter(&run.text) {
            let rest = run.text.get(hit.end()..).unwrap_or_default();
            if let Some((range, value)) = read(rest).filter(|(range, _)| range.start <= reach) {
                all.push(found(run, hit.end() + range.start..hit.end() + range.end, value, Place::Behind));
            }
        }
    }
    all
}

impl<T> Found<T> {
    /// The weight of a label, lowered for a value that stands further away or is hard to read.
    pub(crate) fn confidence(&self, weight: f32) -> f32 {
        let place = match self.place {
            Place::Behind | Place::Right => 1.0,
            Place::Below => 0.92,
        };
        let clean = if self.clean { 1.0 } else { 0.93 };
        weight * place * clean * (0.5 + 0.5 * self.sureness)
    }

    /// The fact that this value is, by the weight of its label.
    pub(crate) fn fact(self, by: &str, field: Field, weight: f32, value: impl FnOnce(T) -> Value) -> Fact {
        Fact {
            field,
            confidence: self.confidence(weight),
            value: value(self.value),
            certain: false,
            origin: self.origin,
            by: by.to_owned(),
            evidence: Some(self.evidence),
            checks: vec![Check::Labelled],
        }
    }
}

/// The amount that stands last in a row, and its cell.
pub(crate) fn last_amount<'r, 'a>(row: &'r Row<'a>) -> Option<(&'r Run<'a>, amounts::Amount)> {
    row.cells.iter().rev().find_map(|cell| Some((cell, amounts::find(&cell.text).pop()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::numbers as plain;
    use crate::testing::page;

    fn numbers(lines: &str) -> Vec<(String, Place)> {
        let reading = page(lines);
        let layout = Layout::of(&reading);
        beside(&layout, pattern!(r"\brechnungs-?nr\.?"), 3, &plain::number)
            .into_iter()
            .map(|f| (f.value, f.place))
            .collect()
    }

    #[test]
    fn a_value_behind_right_or_below_is_found() {
        assert_eq!(numbers("Rechnungs-Nr. 4711"), [("4711".to_owned(), Place::Behind)]);
        assert_eq!(numbers("Rechnungs-Nr.      4711"), [("4711".to_owned(), Place::Right)]);
        assert_eq!(
            numbers("Kunde    Rechnungs-Nr.    Datum\n12       4711             1.2.2026"),
            [("4711".to_owned(), Place::Below)]
        );
    }

    #[test]
    fn a_label_inside_a_sentence_finds_nothing() {
        assert!(numbers("Bitte geben Sie die Rechnungs-Nr. immer an\n4711").is_empty());
    }
}
