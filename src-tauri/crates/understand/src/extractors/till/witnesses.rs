//! What speaks for an amount of a slip as its total.

use rust_decimal::Decimal;

use super::line::ReceiptRow;
use crate::arithmetic::is_possible_tax;

/// Tills round by less than the smallest coin, 5 cents or centimes.
const ROUNDING: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// What speaks for an amount as the total.
#[derive(Clone, Copy)]
pub(super) struct Witnesses {
    /// It is what was given less the change.
    pub(super) change: bool,
    /// It was given, and there is no change.
    paid: bool,
    /// It is another total, rounded to the coins that there are.
    rounded: bool,
    /// It is the sum of the lines above it.
    lines: bool,
    /// It is net and tax of a row, or of the row before it and its tax.
    taxes: bool,
    /// On how many further rows it stands at the end.
    again: usize,
    /// It is rounded further down.
    superseded: bool,
    /// More stands above it.
    smaller: bool,
}

impl Witnesses {
    /// What speaks for the amount of one of the `lines`.
    pub(super) fn of(line: &ReceiptRow, lines: &[ReceiptRow]) -> Self {
        /// What was given and the change stand close together.
        const NEAR: usize = 4;
        let (value, zero) = (line.value(), Decimal::ZERO);
        let below = || lines.iter().filter(|other| other.row >= line.row);
        let change = below().any(|given| {
            let paid = |back: &&ReceiptRow| back.row > given.row && back.row - given.row <= NEAR;
            below().filter(paid).any(|back| {
                let named = given.is_given() || back.is_change();
                given.value() - back.value() == value && (back.value() > zero || named) && given.row > line.row
                    || given.row == line.row && given.is_given() && back.is_change() && back.value() == zero
            })
        });
        let rounds = |from: &ReceiptRow, to: &ReceiptRow| {
            let by = (from.value() - to.value()).abs();
            let between = |row: usize| from.row < row && row < to.row;
            !by.is_zero() && by < ROUNDING && lines.iter().any(|l| between(l.row) && l.value().abs() == by)
        };
        let above = lines.iter().filter(|other| other.row < line.row);
        Self {
            change,
            paid: line.is_given() && !lines.iter().any(ReceiptRow::is_change),
            rounded: lines.iter().any(|from| rounds(from, line)),
            lines: above_add_up(line, lines),
            taxes: taxes_add_up(line, lines),
            again: lines.iter().filter(|other| other.row != line.row && other.value() == value).count(),
            superseded: lines.iter().any(|to| rounds(line, to)),
            smaller: above.map(ReceiptRow::value).any(|before| before > value),
        }
    }

    /// Whether the slip adds up to it.
    pub(super) fn add_up(self) -> bool {
        self.change || self.rounded || self.lines || self.taxes
    }

    /// How likely it is the total, 0–1, where its words name it that clearly.
    pub(super) fn confidence(self, named: f32) -> f32 {
        // Each witness is independent of the words and of the others: what all leave open is the product.
        let witnesses =
            [(self.change, 0.7), (self.paid, 0.6), (self.rounded, 0.6), (self.lines, 0.45), (self.taxes, 0.5)];
        let speaking = witnesses.into_iter().filter(|(holds, _)| *holds);
        let doubt = speaking.fold(1.0 - named, |doubt, (_, weight)| doubt * (1.0 - weight));
        let again = 0.75_f32.powi(i32::try_from(self.again.min(3)).unwrap_or_default());
        // Without arithmetic the words may be those of a part.
        let part = self.smaller && !self.paid && !self.add_up();
        (1.0 - doubt * again) * if self.superseded || part { 0.75 } else { 1.0 }
    }
}

/// Whether two or more rows that follow each other above a row add up to it; what stands between need not belong to it.
fn above_add_up(line: &ReceiptRow, lines: &[ReceiptRow]) -> bool {
    /// Subtotal, discount and rounding may stand between.
    const BETWEEN: usize = 3;
    let above: Vec<Decimal> = lines.iter().filter(|other| other.row < line.row).map(ReceiptRow::value).collect();
    (0..=BETWEEN.min(above.len())).any(|skip| {
        let mut sum = Decimal::ZERO;
        let mut taken = above[..above.len() - skip].iter().rev().enumerate();
        taken.any(|(i, value)| {
            sum += value;
            i > 0 && sum == line.value() && *value != Decimal::ZERO
        })
    })
}

/// Whether another row holds a net amount and its tax that add up to the total.
fn taxes_add_up(line: &ReceiptRow, lines: &[ReceiptRow]) -> bool {
    lines.iter().filter(|other| other.row != line.row).any(|other| {
        let pairs = other.amounts.windows(2).filter_map(|pair| <[Decimal; 2]>::try_from(pair).ok());
        pairs
            .into_iter()
            .any(|[net, tax]| tax > Decimal::ZERO && is_possible_tax(tax, net) && net + tax == line.value())
    })
}
