//! One line of a table.

use domain::{LineItem, Rect};
use rust_decimal::Decimal;

use super::columns::Columns;
use super::product::product;
use crate::forms::amounts::{self, Amount};
use crate::forms::pattern;
use crate::layout::{Row, Run};

/// A line while its table is being read.
pub(super) struct ItemRow {
    /// Its description, row by row.
    pub(super) words: Vec<String>,
    /// Quantity and price of one.
    product: Option<(Decimal, Decimal)>,
    pub(super) amount: Decimal,
    /// Where its words start, as a fraction of the page's width.
    left: f32,
    /// Counted from 1.
    pub(super) page: u32,
    pub(super) rect: Rect,
    /// How sure the engine is of the amount, 0–1.
    pub(super) sureness: f32,
}

impl ItemRow {
    /// The line of a row that has an amount in the last column and words before it.
    pub(super) fn of(row: &Row, columns: &Columns) -> Option<Self> {
        let (cell, amount) = row.cells.iter().rev().find_map(|cell| Some((cell, in_column(cell, columns.amount)?)))?;
        let described = |cell: &&Run| {
            cell.text.chars().filter(|c| c.is_alphabetic()).count() >= 3 && cell.rect.x < columns.amount.0
                || columns.description.is_some_and(|x| (cell.rect.x - x).abs() < 0.02)
                    && cell.text.contains(char::is_alphabetic)
        };
        // The nearest to the column of the descriptions; without one the longest.
        let away = |cell: &Run| columns.description.map_or(-(cell.text.len() as f32), |x| distance(cell, x));
        let words = row.cells.iter().filter(described).min_by(|a, b| away(a).total_cmp(&away(b)))?;
        let end = if std::ptr::eq(words, cell) { amount.range.start } else { words.text.len() };
        Some(Self {
            words: vec![description(words, end)?],
            product: product(row, words, amount.value),
            amount: amount.value,
            left: words.rect.x,
            page: words.page,
            rect: words.rect.union(&cell.rect),
            sureness: cell.sureness(amount.range),
        })
    }

    /// Adds the words of a row without an amount that stands right below.
    pub(super) fn go_on(&mut self, row: &Row) {
        /// A description is not longer.
        const ROWS: usize = 6;
        /// In heights of a row.
        const GAP: f32 = 1.6;
        if self.words.len() >= ROWS {
            return;
        }
        let in_column = |cell: &&Run| cell.page == self.page && (-0.02..0.08).contains(&(cell.rect.x - self.left));
        let below = row.cells.iter().find(in_column);
        if let Some(cell) = below.filter(|cell| cell.rect.y - self.rect.bottom() < GAP * cell.rect.h) {
            self.words.push(cell.text.clone());
            self.rect = self.rect.union(&cell.rect);
        }
    }

    /// Whether it takes something off the line above it.
    pub(super) fn is_reduction(&self) -> bool {
        let reduction = pattern!(r"^\W*(?:abzgl|abzüglich|rabatt|nachlass|less\b|discount|remise|korting)");
        self.amount.is_sign_negative() && self.words.first().is_some_and(|text| reduction.is_match(text))
    }

    /// The line as it is shown.
    pub(super) fn item(self) -> LineItem {
        let (quantity, unit_price) = self.product.unzip();
        LineItem { description: self.words.join(" "), quantity, unit: None, unit_price, amount: Some(self.amount) }
    }
}

/// The last amount of a cell, if it stands in the column of the sums.
fn in_column(cell: &Run, (left, right): (f32, f32)) -> Option<Amount> {
    /// How far an amount may stand beside its heading.
    const SLACK: f32 = 0.06;
    let amount = amounts::find(&cell.text).pop()?;
    let rect = cell.evidence(amount.range.clone()).rect;
    let inside = rect.right() > left - 0.01 && rect.x < right + SLACK && rect.right() > left.min(right - SLACK);
    inside.then_some(amount)
}

/// How far a cell stands from a place across the page; nothing where it stands over it.
fn distance(cell: &Run, x: f32) -> f32 {
    if (cell.rect.x - 0.01..cell.rect.right()).contains(&x) { 0.0 } else { (cell.rect.x - x).abs() }
}

/// The words of a cell up to `end`, without the position before and the quantity and price behind them.
fn description(cell: &Run, end: usize) -> Option<String> {
    let text = cell.text.get(..end)?;
    let start = pattern!(r"^(?:\d{1,4}\.?\s+){0,2}").find(text).map_or(0, |hit| hit.end());
    let text = text.get(start..)?;
    let tail = pattern!(r"\s+\d+(?:[.,]\d+)?(?:\s?(?:EUR|CHF|€|x|stk\.?|stück|std\.?|h))?\s*$");
    let text = tail.find(text).filter(|hit| hit.start() > 3).map_or(text, |hit| &text[..hit.start()]);
    (text.chars().filter(|c| c.is_alphabetic()).count() >= 2).then(|| text.trim().to_owned())
}
