//! Quantity and price of a line.

use rust_decimal::Decimal;

use crate::forms::pattern;
use crate::layout::{Row, Run};

/// Quantity and price: those numbers of the row whose product is its amount.
pub(super) fn product(row: &Row, words: &Run, amount: Decimal) -> Option<(Decimal, Decimal)> {
    const CENT: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
    let others = row.cells.iter().filter(|cell| !std::ptr::eq(*cell, words));
    let mut numbers: Vec<Decimal> = others.flat_map(|cell| plain_numbers(&cell.text)).collect();
    // The amount itself is none of them.
    let own = numbers.iter().rposition(|number| *number == amount.abs())?;
    numbers.remove(own);
    numbers.extend(leading_number(&words.text));
    let pairs = numbers.iter().enumerate().flat_map(|(i, a)| numbers.iter().skip(i + 1).map(move |b| (*a, *b)));
    let is_product = |(a, b): &(Decimal, Decimal)| {
        !a.is_zero() && a.checked_mul(*b).is_some_and(|product| (product - amount.abs()).abs() <= CENT)
    };
    // The price has the cents.
    let sorted = |(a, b): (Decimal, Decimal)| if a.scale() >= 2 && b.scale() < 2 { (b, a) } else { (a, b) };
    pairs.into_iter().find(is_product).map(sorted)
}

/// All numbers of a text but percentages, in either decimal form.
fn plain_numbers(text: &str) -> Vec<Decimal> {
    let form = pattern!(r"\d[\d.,'’]*\d|\d");
    form.find_iter(text)
        .filter(|hit| !text.get(hit.end()..).unwrap_or_default().trim_start().starts_with('%'))
        .filter_map(|hit| decimal(hit.as_str()))
        .collect()
}

/// The count before the words of a line, behind the number of its position.
fn leading_number(text: &str) -> Option<Decimal> {
    let hit = pattern!(r"^(?:\d{1,3}\.?\s+)?(?P<count>\d+(?:[.,]\d+)?)\s").captures(text)?;
    decimal(hit.name("count")?.as_str())
}

/// A number whose last point or comma parts the decimals.
fn decimal(text: &str) -> Option<Decimal> {
    let at = text.rfind(['.', ',']);
    let (whole, decimals) = at.map_or((text, ""), |at| (&text[..at], &text[at + 1..]));
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let number = if decimals.is_empty() { digits } else { format!("{digits}.{decimals}") };
    number.parse().ok()
}
