//! Slips of a till: total, what was given and the change, and whose shop it is. They have no addressee, no columns of
//! labels, and are read from crumpled paper.

use domain::{DocumentKind, Fact, Field, Origin, Value};

use super::{Extractor, till_total};
use crate::address;
use crate::context::Context;
use crate::forms::{identifiers, pattern};
use crate::labels::{Place, found};
use crate::layout::Row;

pub(super) struct TillReceipt;

impl Extractor for TillReceipt {
    fn id(&self) -> &'static str {
        "till_receipt"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        if !is_paid_on_the_spot(context) {
            return Vec::new();
        }
        let mut facts = till_total::totals(self.id(), &context.layout.rows);
        facts.extend(self.shop(context));
        facts
    }
}

impl TillReceipt {
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
        let head: Vec<String> = context.layout.rows.iter().take(ROWS).map(Row::text).collect();
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

/// Whether it is a receipt by its words or its looks.
pub(crate) fn is_paid_on_the_spot(context: &Context) -> bool {
    context.kind() == DocumentKind::Receipt || is_slip(context)
}

/// Whether it looks like the slip of a till, or is a picture of one page without an addressee, and no account is named.
pub(super) fn is_slip(context: &Context) -> bool {
    let kinds = [DocumentKind::Receipt, DocumentKind::Invoice, DocumentKind::EventRegistration, DocumentKind::Other];
    let cells = || context.layout.cells();
    let picture = || cells().all(|cell| cell.page == 1 && cell.origin == Origin::Ocr);
    let account = || cells().any(|cell| !identifiers::ibans(&cell.text).is_empty());
    kinds.contains(&context.kind())
        && (context.layout.is_slip() || picture() && address::recipient(&context.layout).is_none())
        && !account()
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
