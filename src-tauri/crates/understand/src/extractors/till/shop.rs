//! Whose shop it is: the name at the head of the slip.

use domain::{Fact, Field, Value};

use crate::address;
use crate::forms::pattern;
use crate::labels::{Place, found};
use crate::layout::Row;

/// A head is not longer, in rows.
const ROWS: usize = 9;
/// Nor is it shorter, whatever is read in it.
const FEWEST: usize = 3;

/// Candidates for the name of the shop: lines with a legal form first, then the higher ones.
pub(super) fn names(by: &str, rows: &[Row]) -> Vec<Fact> {
    let head: Vec<String> = rows.iter().take(ROWS).map(Row::text).collect();
    let end = head.iter().position(|line| is_particular(line)).unwrap_or(head.len()).max(FEWEST).min(head.len());
    let lines = rows.iter().zip(&head).enumerate().take(end);
    let named = lines.filter(|(_, (_, line))| is_name(&bare(line)));
    named
        .enumerate()
        .filter_map(|(nth, (at, (row, line)))| {
            let mut name = bare(line);
            // The legal form may stand on the next line alone.
            if let Some(next) = head.get(at + 1).filter(|next| is_legal_form(next)) {
                name = format!("{name} {next}");
            }
            let weight = weight(&name) - 0.03 * nth as f32;
            let cell = row.cells.first()?;
            let mut fact =
                found(cell, 0..cell.text.len(), name, Place::Behind).fact(by, Field::SellerName, weight, Value::Text);
            // Crumpled paper makes a name hard to read, not less likely to be one.
            fact.confidence = weight;
            fact.checks.clear();
            Some(fact)
        })
        .collect()
}

/// How likely a line of the head is the name, 0–1.
fn weight(name: &str) -> f32 {
    match () {
        // Who sells is a firm, whatever its shop is called.
        () if address::has_legal_form(name) && !address::is_place(name) => 0.84,
        // What somebody typed onto a copy is in small letters.
        () if name.starts_with(char::is_lowercase) => 0.5,
        () => 0.68,
    }
}

/// Whether a line says something about the purchase or the shop that is no name: below it the head has ended.
fn is_particular(line: &str) -> bool {
    pattern!(
        r"(?:\btel\b|\bfax\b|\bgst\b|\breg\b|invoice|receipt|cash[iy]er|^\W*cash\b|\bdate\b|www\.|datum|uhr\b|bon\b)"
    )
    .is_match(line)
}

/// Whether a line is one of an address, in German, English or Malay.
fn is_street(line: &str) -> bool {
    pattern!(
        r"^(?:no\W{0,2}\d|lot\b|\d+\w?\s?[,/.-]|jalan\b|jln\b|street\b)|(?:straße|strasse|str\.|weg|platz|street|road|jaya|, ?\d)\b"
    )
    .is_match(line)
}

/// Whether a line consists of a legal form, with at most one word before it.
fn is_legal_form(line: &str) -> bool {
    pattern!(r"^(?:\p{L}+ )?(?:sdn\.? ?bhd\b|gmbh\b)").is_match(line)
}

/// Whether a line has enough letters for a name and is no other line of a head.
fn is_name(line: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    letters(line) >= 4
        && line.chars().filter(char::is_ascii_digit).count() <= 4
        // Specks and folds are read as short words.
        && line.split_whitespace().any(|word| letters(word) > 3)
        && !is_particular(line)
        && !is_street(line)
}

/// A line without the number of a register behind the name, and without the words before it.
fn bare(line: &str) -> String {
    pattern!(r"\s*[(\[][^)\]]*\d.*$|^\W*(?:owner by|dimiliki:?)\s+").replace_all(line, "").trim().to_owned()
}
