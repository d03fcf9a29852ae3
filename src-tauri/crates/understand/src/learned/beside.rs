//! From the words of an anchor to what stands beside them.

use std::ops::Range;

use domain::{Anchor, Evidence, Field, Reading, Side, Value};

use super::anchor::plain;
use super::value::Beside;
use super::{ROWS_ABOVE, overlap};
use crate::forms::dates;
use crate::labels::Read;
use crate::layout::{Layout, Run};

/// The values of `field` that stand beside an anchor, with their places. None where its pattern is not one.
pub fn beside_anchor(reading: &Reading, field: Field, anchor: &Anchor) -> Vec<(Value, Evidence)> {
    let layout = Layout::of(reading);
    let order = dates::order(&reading.text(), reading.language.as_deref());
    let Ok(beside) = Beside::new(field, anchor, order) else { return Vec::new() };
    let found = in_layout(&layout, anchor, &|text| beside.read(text));
    found.into_iter().map(|(run, range, value)| (value, run.evidence(range))).collect()
}

/// A value with the run and the bytes in which it stands.
pub(crate) type Placed<'l, 'r> = (&'l Run<'r>, Range<usize>, Value);

/// As [`beside_anchor`], in pages that are laid out already.
pub(crate) fn in_layout<'l, 'r>(layout: &'l Layout<'r>, anchor: &Anchor, read: Read<'_, Value>) -> Vec<Placed<'l, 'r>> {
    let rows = layout.rows.iter().enumerate();
    let cells = rows.flat_map(|(r, row)| (0..row.cells.len()).map(move |c| (r, c)));
    cells.filter_map(|at| beside(layout, at, anchor, read)).collect()
}

/// The value beside an anchor that the `c`-th cell of the `r`-th row states.
fn beside<'l, 'r>(
    layout: &'l Layout<'r>,
    (r, c): (usize, usize),
    anchor: &Anchor,
    read: Read<'_, Value>,
) -> Option<Placed<'l, 'r>> {
    let row = layout.rows.get(r)?;
    let cell = row.cells.get(c)?;
    let placed = |run: &'l Run<'r>| read(&run.text).map(|(range, value)| (run, range, value));
    match anchor.side {
        Side::Behind => behind(cell, &anchor.words, read),
        Side::Right | Side::Below if plain(&cell.text) != anchor.words => None,
        Side::Right => row.cells.get(c + 1).and_then(placed),
        Side::Below => {
            let lower = layout.rows.iter().skip(r + 1).take(ROWS_ABOVE).flat_map(|row| &row.cells);
            lower.filter(|lower| lower.page == cell.page && overlap(lower, cell)).find_map(placed)
        }
    }
}

/// The first value in a cell whose words before it end with the anchor.
fn behind<'l, 'r>(cell: &'l Run<'r>, words: &str, read: Read<'_, Value>) -> Option<Placed<'l, 'r>> {
    let starts = cell.text.match_indices(' ').map(|(at, _)| at + 1);
    starts.filter(|start| plain(cell.text.get(..*start).unwrap_or_default()) == words).find_map(|start| {
        let (range, value) = read(cell.text.get(start..)?)?;
        Some((cell, start + range.start..start + range.end, value))
    })
}
