//! A line of a slip: words and the amounts behind them.

use rust_decimal::Decimal;

use crate::forms::{amounts, pattern};
use crate::layout::{Row, Run};

/// How clearly words must name the total.
pub(super) const NAMED: f32 = 0.7;

/// A row with an amount at its end.
pub(super) struct ReceiptRow<'r, 'a> {
    pub(super) cell: &'r Run<'a>,
    /// The words that belong to the last amount.
    label: String,
    /// All amounts of the row, tolerantly read; at least one.
    pub(super) amounts: Vec<Decimal>,
    /// The place of the row on the slip.
    pub(super) row: usize,
}

impl<'r, 'a> ReceiptRow<'r, 'a> {
    /// The line of the `row`-th row of a slip; none where no amount stands in it.
    pub(super) fn of(row: usize, cells: &'r Row<'a>) -> Option<Self> {
        let text = cells.cells.iter().map(|cell| marked(&cell.text)).collect::<Vec<_>>().join("  ");
        let found = amounts::find(&text);
        let start = found.len().checked_sub(2).and_then(|i| found.get(i)).map_or(0, |before| before.range.end);
        let words = text.get(start..).unwrap_or_default();
        let label = if words.chars().filter(|c| c.is_alphabetic()).count() > 2 { words } else { &text };
        let cell = cells.cells.iter().rev().find(|cell| !amounts::find(&marked(&cell.text)).is_empty())?;
        Some(Self { cell, label: label.to_owned(), amounts: found.iter().map(|amount| amount.value).collect(), row })
    }

    /// The last amount.
    pub(super) fn value(&self) -> Decimal {
        self.amounts.last().copied().unwrap_or_default()
    }

    /// How clearly its words name the total, 0–1; nothing for a part of it.
    pub(super) fn named(&self) -> f32 {
        let payable = pattern!(r"\b(?:grand total|total payable|am(?:oun)?t (?:due|payable)|zu zahlen|to pay)\b");
        let total =
            pattern!(r"\b(?:sales \(incl|net(?:t)? (?:total|amt|amount)|total|summe|gesamt(?:betrag|summe)?|betrag)\b");
        let inclusive = pattern!(r"\b(?:incl|inkl|inc\b)");
        let part = pattern!(
            r"(?:\bsub|zwischen|\bex[ck]l?|ohne|before|netto\b|discount|rabatt|saving|\bqty|quantity|\bitems?\b|supplies|round|change|cash|tender|\btax\b|\bgst\b|mwst|\bust\b|steuer|point)"
        );
        match () {
            () if part.is_match(&self.label) && !inclusive.is_match(&self.label) => 0.0,
            () if payable.is_match(&self.label) => 0.86,
            () if inclusive.is_match(&self.label) && total.is_match(&self.label) => NAMED,
            () if total.is_match(&self.label) => 0.78,
            () => 0.0,
        }
    }

    /// Whether its words say that it was given: cash or a card.
    pub(super) fn is_given(&self) -> bool {
        pattern!(
            r"^\W*(?:(?:total )?(?:cash|paid|payment|tender(?:ed)?|amount tendered|received)|cash received|gegeben|bar\b|karte|visa|master|debit|credit|girocard|ec-)"
        )
        .is_match(&self.label)
    }

    /// Whether its words say that it was given back.
    pub(super) fn is_change(&self) -> bool {
        pattern!(r"^\W*(?:(?:cash )?change|rückgeld|wechselgeld|zurück)\b").is_match(&self.label)
    }
}

/// A text with the decimal marks that recognition set apart or lost ("64. 15", "31 00") and the zeros that tills leave
/// out (".50").
fn marked(text: &str) -> String {
    let joined = pattern!(r"(\d)\s?([.,])\s(\d\d)\b").replace_all(text, "$1$2$3");
    let marked = pattern!(r"(\d) (\d\d)\s*$").replace(&joined, "$1.$2");
    pattern!(r"(^|\s)\.(\d\d)\b").replace_all(&marked, "${1}0.$2").into_owned()
}
