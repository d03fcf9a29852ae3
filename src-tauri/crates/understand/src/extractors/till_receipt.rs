//! Slips of a till: total, what was given and the change, and whose shop it is. They have no addressee, no columns of
//! labels, and are read from crumpled paper.

use domain::{Check, DocumentKind, Fact, Field, Origin, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::address;
use crate::context::Context;
use crate::forms::{amounts, identifiers, pattern};
use crate::labels::{Place, found};
use crate::layout::{Row, Run};

pub(super) struct TillReceipt;

/// An amount of a row, at the cell that states it.
type Amount<'r, 'a> = (&'r Run<'a>, Decimal);

impl Extractor for TillReceipt {
    fn id(&self) -> &'static str {
        "till_receipt"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let slip =
            matches!(context.kind(), DocumentKind::Invoice | DocumentKind::EventRegistration | DocumentKind::Other)
                && is_slip(context);
        if context.kind() != DocumentKind::Receipt && !slip {
            return Vec::new();
        }
        let rows = &context.layout.rows;
        let mut facts = self.totals(rows);
        facts.extend(self.shop(context));
        facts
    }
}

impl TillReceipt {
    /// What a row calls the total; what was given less the change proves it.
    fn totals(&self, rows: &[Row]) -> Vec<Fact> {
        let total = pattern!(
            r"\b(?:grand total|sales \(incl|net(?:t)? (?:total|amt|amount)|total (?:amount|sales|payable|due|bill)|am(?:oun)?t (?:due|payable)|to pay|total|toral|summe|gesamt(?:betrag|summe)?|zu zahlen|betrag)\b"
        );
        let part = pattern!(
            r"(?:\bsub|zwischen|exc|exel|exkl|ohne|supplies|before|netto\b|discount|rabatt|saving|\bqty|\bitems?\b|rounding|round|change|cash|tender|\btax\b|gst\s*(?:\(|amt|amount|summary|\d|:|@)|total gst|mwst|\bust\b|steuer|point|summary|payment)"
        );
        let payable = pattern!(r"\b(?:grand total|total payable|am(?:oun)?t (?:due|payable)|zu zahlen|to pay)\b");
        let inclusive = pattern!(r"(?:incl|inkl|inel|\binc\b)");
        let given = pattern!(
            r"^\W*(?:(?:total )?(?:cash|paid|payment|tender(?:ed)?|amount tendered|received)|cash received|gegeben|bar\b|karte|visa|master|debit|credit|girocard|ec-)"
        );
        let change = pattern!(r"^\W*(?:(?:cash )?change|rückgeld|wechselgeld|zurück)\b");
        let stated = |label: &regex::Regex| {
            rows.iter()
                .filter_map(|row| label.is_match(&label_of(row)).then(|| last_amount(row))?)
                .map(|(_, v)| v)
                .collect::<Vec<_>>()
        };
        let (given, change) = (stated(given), stated(change));
        let proven = |value: Decimal| {
            given.iter().any(|given| change.iter().any(|change| given - change == value && *given > Decimal::ZERO))
        };
        // Tills round the sum to coins that there are.
        let (sums, rounding) = (stated(total), stated(pattern!(r"round")));
        let rounded = |value: Decimal| {
            let adds_up = |by: &Decimal| sums.contains(&(value - by)) || sums.contains(&(value + by));
            rounding.iter().any(|by| !by.is_zero() && by.abs() < Decimal::ONE && adds_up(by))
        };
        let mut facts = Vec::new();
        // A table of the taxes below has totals of its own.
        let summary = pattern!(r"\b(?:gst|tax|65t|mwst) (?:summary|analysis|übersicht)");
        let end = rows.iter().position(|row| summary.is_match(&text(row))).unwrap_or(rows.len());
        for (r, row) in rows.iter().enumerate().take(end) {
            let line = label_of(row);
            let Some((cell, value)) = last_amount(row).filter(|(_, value)| *value > Decimal::ZERO) else { continue };
            // Without change, what was given is what was to pay.
            let paid = change.is_empty() && given.contains(&value);
            let named = total.is_match(&line) && (!part.is_match(&line) || inclusive.is_match(&line));
            let weight = match () {
                () if named && proven(value) => 0.95,
                () if proven(value) && rounded(value) => 0.93,
                () if named && payable.is_match(&line) => 0.92,
                // Rounding comes behind the sum with tax: the last one is what was paid.
                () if named && !inclusive.is_match(&line) => 0.86 + 0.04 * r as f32 / rows.len() as f32,
                () if named => 0.8,
                () if proven(value) || rounded(value) => 0.82,
                () if paid => 0.6,
                () => continue,
            };
            let hit = found(cell, 0..cell.text.len(), value, Place::Right);
            let mut fact = hit.fact(self.id(), Field::TotalGross, weight, Value::Amount);
            if proven(value) {
                fact.checks.push(Check::SumsAgree);
                fact.certain = named;
            }
            facts.push(fact);
        }
        facts
    }

    /// The name at the top: the first with a legal form or the word of a trade, else the first words.
    fn shop(&self, context: &Context) -> Vec<Fact> {
        /// A head is not longer.
        const ROWS: usize = 9;
        let particulars = pattern!(
            r"(?:\btel\b|\bfax\b|\bgst\b|\breg\b|invoice|receipt|cash[iy]er|^\W*cash\b|\bdate\b|www\.|datum|uhr\b|bon\b)"
        );
        let legal = pattern!(
            r"(?:\bsdn\b|\bbhd\b|\bs/b\b|gmbh|\bltd\b|\binc\b|\bllc\b|\bkg\b|\be\.\s?k\.|\bb\.?v\.?\b|trading|enterprise)"
        );
        let trade = pattern!(
            r"(?:restaurant|restoran|hardware|supermarket|supermarkt|\bmart\b|\bmarkt\b|bakery|bäckerei|pharmacy|apotheke|\bstores?\b|\bcafe\b|\bcafé\b|\bbistro\b|hotel|company|stationery|bookstore|\bshop\b)"
        );
        let head: Vec<String> = context.layout.rows.iter().take(ROWS).map(text).collect();
        let end = head.iter().position(|line| particulars.is_match(line)).unwrap_or(head.len()).max(3).min(head.len());
        let street = pattern!(
            r"^(?:no\W{0,2}\d|lot\b|\d+\w?\s?[,/.-]|jalan\b|jln\b|street\b)|(?:straße|strasse|str\.|weg|platz|street|road|jaya|, ?\d)\b"
        );
        // The number of a register behind the name is none of its digits.
        let plain = |line: &str| {
            pattern!(r"\s*[(\[][^)\]]*\d.*$|^\W*(?:owner by|dimiliki:?)\s+").replace_all(line, "").trim().to_owned()
        };
        let lines = context.layout.rows.iter().zip(&head).take(end);
        let named = lines.filter(|(_, line)| {
            let name = plain(line);
            name.chars().filter(|c| c.is_alphabetic()).count() >= 4
                && name.chars().filter(char::is_ascii_digit).count() <= 4
                // Specks and folds are read as short words.
                && name.split_whitespace().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3)
                && !particulars.is_match(&name)
                && !street.is_match(&name)
        });
        named
            .enumerate()
            .filter_map(|(i, (row, line))| {
                let cell = row.cells.first()?;
                let mut name = plain(line);
                // The legal form may stand on the next line alone.
                let next = head.iter().skip_while(|other| *other != line).nth(1);
                if let Some(next) =
                    next.filter(|next| pattern!(r"^(?:\p{L}+ )?(?:sdn\.? ?bhd\b|gmbh\b)").is_match(next))
                {
                    name = format!("{name} {next}");
                }
                let legal = legal.is_match(&name) && !address::is_place(&name);
                let trade = trade.is_match(&name) && !address::is_place(&name);
                // What somebody typed onto a copy is in small letters.
                let typed = name.starts_with(char::is_lowercase);
                let weight = match (legal, trade) {
                    (true, _) => 0.84,
                    (_, true) => 0.7,
                    _ if typed => 0.5,
                    _ => 0.68,
                } - 0.03 * i as f32;
                let hit = found(cell, 0..cell.text.len(), name, Place::Behind);
                let mut fact = hit.fact(self.id(), Field::SellerName, weight, Value::Text);
                fact.confidence = weight;
                fact.checks.clear();
                Some(fact)
            })
            .collect()
    }
}

/// Whether it is a picture of one page without addressee and account, or has the words of a till.
pub(super) fn is_slip(context: &Context) -> bool {
    let kinds = [DocumentKind::Receipt, DocumentKind::Invoice, DocumentKind::EventRegistration, DocumentKind::Other];
    let till = pattern!(
        r"\b(?:cashier|kassierer|salesperson|gst summary|tax summary|simplified tax invoice|terminal|bon-nr|table no|no\.? of items|total qty|please come again|ticket no)\b"
    );
    let cells = || context.layout.cells();
    let picture = cells().all(|cell| cell.page == 1 && cell.origin == Origin::Ocr);
    let account = cells().any(|cell| !identifiers::ibans(&cell.text).is_empty());
    kinds.contains(&context.kind())
        && (till.is_match(&context.text) || picture)
        && !account
        && address::recipient(&context.layout).is_none()
}

fn text(row: &Row) -> String {
    row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// What a row calls its last amount: the words between it and the amount before, if there is one.
fn label_of(row: &Row) -> String {
    let line = text(row);
    let amounts = amounts::find(&line);
    let start = amounts.len().checked_sub(2).and_then(|i| amounts.get(i)).map_or(0, |before| before.range.end);
    let words = line.get(start..).unwrap_or_default();
    if words.chars().filter(|c| c.is_alphabetic()).count() > 2 { words.to_owned() } else { line }
}

/// The last amount of a row. Recognition sets spaces beside the decimal mark or loses it ("64. 15", "31 00"), tills leave
/// out the zero (".50").
fn last_amount<'r, 'a>(row: &'r Row<'a>) -> Option<Amount<'r, 'a>> {
    row.cells.iter().rev().find_map(|cell| {
        let joined = pattern!(r"(\d)\s?([.,])\s(\d\d)\b").replace_all(&cell.text, "$1$2$3");
        let marked = pattern!(r"(\d) (\d\d)\s*$").replace(&joined, "$1.$2");
        let marked = pattern!(r"(^|\s)\.(\d\d)\b").replace_all(&marked, "${1}0.$2");
        Some((cell, amounts::find(&marked).pop()?.value))
    })
}

#[cfg(test)]
mod tests {
    use domain::Field::{SellerName, TotalGross};

    use crate::testing::{check, findings};

    const SLIP: &str = "MUSTER TRADING\nHauptstrasse 1\n12345 Dorf\nTel 0123 456\nReceipt 12\n\nPlastic    2    15.50    31.00\n\nSub Total    31.00\nRounding    0.01\nTotal (RM):    31.01\nCash    101.00\nChange    69.99\n\nThank you for shopping";

    #[test]
    fn what_was_given_less_the_change_proves_the_total() {
        check(SLIP, &[(TotalGross, "31.01"), (SellerName, "MUSTER TRADING")]);
        assert!(findings(SLIP).best(TotalGross).is_some_and(|fact| fact.certain));
    }

    #[test]
    fn a_decimal_mark_that_was_not_read_is_seen() {
        check(&SLIP.replace("Total (RM):    31.01", "TOTAL    RM 31 01"), &[(TotalGross, "31.01")]);
    }

    #[test]
    fn the_tax_is_not_the_total() {
        check(&SLIP.replace("Rounding    0.01", "Total GST (RM):    1.75"), &[(TotalGross, "31.01")]);
    }
}
