//! What the amounts of a bill have to do with each other.

use rust_decimal::Decimal;

/// How far parts may be from their sum: a cent for the rounding in each of two tax rates.
pub(crate) const TOLERANCE: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

/// Whether net and tax make gross, but for rounding.
pub(crate) fn adds_up(net: Decimal, tax: Decimal, gross: Decimal) -> bool {
    (net + tax - gross).abs() <= TOLERANCE
}

/// Whether a tax can be one on `amount`: with three tenths there is room above the highest VAT rate of the EU, 27 percent.
pub(crate) fn is_possible_tax(tax: Decimal, amount: Decimal) -> bool {
    tax.abs() * Decimal::from(10) <= amount.abs() * Decimal::from(3)
}
