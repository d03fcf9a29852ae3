//! The lines of a bill: rows below a table's heading that have an amount in its last column.

mod columns;
mod line;
mod product;

use domain::{Check, DocumentKind, Evidence, Fact, Field, Origin, Value};
use rust_decimal::Decimal;

use columns::Columns;
use line::ItemRow;

use super::Extractor;
use crate::context::Context;
use crate::forms::amounts;
use crate::layout::{Row, Run};

pub(super) struct LineItems;

impl Extractor for LineItems {
    fn id(&self) -> &'static str {
        "line_items"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let lists = [DocumentKind::AccountingInfo, DocumentKind::OrderConfirmation, DocumentKind::Receipt];
        if !context.is_bill() && !lists.contains(&context.kind()) {
            return Vec::new();
        }
        let mut lines = lines(&context.layout.rows);
        let total = |lines: &[ItemRow]| lines.iter().map(|line| line.amount).sum::<Decimal>();
        let mut agrees = context.layout.cells().any(|cell| lines.len() > 1 && states(cell, total(&lines)));
        if lines.is_empty()
            && let Some(bare) = above_their_sum(&context.layout.rows)
        {
            (lines, agrees) = (bare, true);
        }
        let Some(first) = lines.first() else { return Vec::new() };
        let rect = lines.iter().filter(|line| line.page == first.page).map(|line| line.rect);
        let rect = rect.reduce(|a, b| a.union(&b)).unwrap_or(first.rect);
        let sureness = lines.iter().map(|line| line.sureness).fold(1.0, f32::min);
        let evidence = Evidence { page: first.page, rect, text: first.words.join(" ") };
        let origin = context.layout.cells().next().map_or(Origin::Text, |cell| cell.origin);
        vec![Fact {
            field: Field::LineItems,
            value: Value::Lines(lines.into_iter().map(ItemRow::item).collect()),
            confidence: if agrees { 0.9 } else { 0.6 } * (0.5 + 0.5 * sureness),
            certain: false,
            origin,
            by: self.id().to_owned(),
            evidence: Some(evidence),
            checks: if agrees { vec![Check::SumsAgree] } else { Vec::new() },
        }]
    }
}

/// The lines of all tables. A reduction belongs to the line above it.
fn lines(rows: &[Row]) -> Vec<ItemRow> {
    let mut lines: Vec<ItemRow> = Vec::new();
    // A table goes on on the next page.
    let mut table: Option<Columns> = None;
    for (r, row) in rows.iter().enumerate() {
        if let Some(heading) = Columns::of_heading(rows, r) {
            table = Some(heading);
            continue;
        }
        let Some(columns) = &table else { continue };
        if columns.end_at(row) {
            table = None;
            continue;
        }
        match (ItemRow::of(row, columns), lines.last_mut()) {
            (Some(reduction), Some(above)) if reduction.is_reduction() => above.amount += reduction.amount,
            (Some(line), _) => lines.push(line),
            (None, Some(above)) => above.go_on(row),
            (None, None) => {}
        }
    }
    lines
}

/// Whether a cell states an amount.
fn states(cell: &Run, amount: Decimal) -> bool {
    amounts::find(&cell.text).iter().any(|found| found.value == amount)
}

/// Lines without a heading: rows of words and an amount, one below the other, that add up to the amount below them.
fn above_their_sum(rows: &[Row]) -> Option<Vec<ItemRow>> {
    /// How exactly amounts stand below each other, as a fraction of the page's width.
    const EDGE: f32 = 0.015;
    /// In rows.
    const LONGEST: usize = 40;
    rows.iter().enumerate().find_map(|(r, row)| {
        let last = row.cells.last().filter(|_| row.cells.len() > 1)?;
        let sum = amounts::find(&last.text).pop().filter(|sum| !sum.value.is_zero())?;
        let columns = Columns { amount: (last.rect.x, last.rect.right()), description: None };
        let above = rows.get(r.saturating_sub(LONGEST)..r)?.iter().rev();
        let aligned = |cell: &Run| cell.page == last.page && (cell.rect.right() - last.rect.right()).abs() < EDGE;
        let aligned = |row: &&Row| row.cells.last().is_some_and(aligned);
        let mut lines: Vec<ItemRow> = Vec::new();
        let mut rest = sum.value;
        let listed = above.take_while(aligned).take_while(|row| !columns.end_at(row));
        for line in listed.map_while(|row| ItemRow::of(row, &columns)) {
            rest -= line.amount;
            lines.insert(0, line);
            if rest.is_zero() && lines.len() > 1 {
                return Some(lines);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use domain::{Field, Value};

    use crate::testing::findings;

    /// Description, quantity × price and amount of each line.
    fn lines(drawing: &str) -> Vec<(String, String, String)> {
        let findings = findings(drawing);
        let Some(Value::Lines(lines)) = findings.value(Field::LineItems) else { return Vec::new() };
        let text =
            |number: Option<rust_decimal::Decimal>| number.map(|n| n.normalize().to_string()).unwrap_or_default();
        let of = |line: &domain::LineItem| {
            (
                line.description.clone(),
                format!("{} × {}", text(line.quantity), text(line.unit_price)),
                text(line.amount),
            )
        };
        lines.iter().map(of).collect()
    }

    fn line(description: &str, product: &str, amount: &str) -> (String, String, String) {
        (description.to_owned(), product.to_owned(), amount.to_owned())
    }

    #[test]
    fn rows_below_a_heading_are_the_lines_of_the_bill() {
        let bill = "Rechnung Nr. 12\n\nPos    Bezeichnung           Menge    Preis     Betrag\n1      Fenster putzen        2        10,50     21,00\n       im ersten Stock\n2      Anfahrt               1        8,00      8,00\n\nSumme netto                                     29,00\n19 % MwSt.                                      5,51\nRechnungsbetrag                                 34,51";
        assert_eq!(
            lines(bill),
            [line("Fenster putzen im ersten Stock", "2 × 10.5", "21"), line("Anfahrt", "1 × 8", "8")]
        );
    }

    #[test]
    fn a_reduction_belongs_to_the_line_above() {
        let bill = "Invoice 12\n\nDescription           Qty      Unit price    Amount\nCleaning              2        10.00         20.00\nless 10% discount                            -2.00\nTotal                                        18.00";
        assert_eq!(lines(bill), [line("Cleaning", "2 × 10", "18")]);
    }

    #[test]
    fn a_bill_without_a_table_has_no_lines() {
        assert!(lines("Rechnung Nr. 12\n\nBeratung    100,00\nRechnungsbetrag    119,00").is_empty());
    }
}
