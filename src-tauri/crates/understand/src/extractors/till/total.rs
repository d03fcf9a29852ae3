//! The total of a slip. What its arithmetic says outweighs what its words say: slips are crumpled, and the words of
//! a till are read worse than its figures and differ from till to till.

use domain::{Check, Fact, Field, Value};
use rust_decimal::Decimal;

use super::line::{NAMED, ReceiptRow};
use super::witnesses::Witnesses;
use crate::labels::{Place, found};
use crate::layout::Row;

/// Candidates for the total, by their words and by the arithmetic of the slip.
pub(super) fn totals(by: &str, rows: &[Row]) -> Vec<Fact> {
    let lines: Vec<ReceiptRow> = rows.iter().enumerate().filter_map(|(at, row)| ReceiptRow::of(at, row)).collect();
    let amounts = lines.iter().filter(|line| line.value() > Decimal::ZERO);
    amounts.filter_map(|line| total(by, line, &lines, rows.len())).collect()
}

/// A line as the total, where enough speaks for it.
fn total(by: &str, line: &ReceiptRow, lines: &[ReceiptRow], rows: usize) -> Option<Fact> {
    /// With less it is one of the amounts that every slip is full of.
    const LEAST: f32 = 0.4;
    const MOST: f32 = 0.97;
    let (named, witnesses) = (line.named(), Witnesses::of(line, lines));
    // Tills round the sum before it is paid, so the last of several totals counts.
    let late = 0.04 * line.row as f32 / rows.max(1) as f32;
    let confidence = witnesses.confidence(named) + late;
    if confidence < LEAST {
        return None;
    }
    let hit = found(line.cell, 0..line.cell.text.len(), line.value(), Place::Right);
    let mut fact = hit.fact(by, Field::TotalGross, confidence.min(MOST), Value::Amount);
    if witnesses.add_up() {
        // What adds up was read right, however hard it was to read.
        fact.confidence = confidence.min(MOST);
        fact.checks.push(Check::SumsAgree);
    }
    fact.certain = named >= NAMED && witnesses.change;
    Some(fact)
}

#[cfg(test)]
mod tests {
    use domain::Field::TotalGross;

    use crate::testing::{check, findings};

    /// A slip with these rows below its head.
    fn slip(rows: &str) -> String {
        format!("MUSTER LADEN\nHauptstrasse 1\n12345 Dorf\nKassenbon\n\n{rows}\n\nVielen Dank für Ihren Einkauf")
    }

    #[test]
    fn arithmetic_finds_the_total_whatever_it_is_called() {
        for rows in [
            // The sum of the lines, paid without change.
            "Abt. 5    149,00\nAbt. 4    21,00\nBar    170,00",
            // Given less change; the words are misread.
            "Brot    2,28\nMilch    4,00\nTQTAI    170,00\nGASH    200,00\nCHAMGE    30,00",
            // Net and tax of the table below.
            "Essen    170,00\nAmt Due    170,00\nUst 10%:    154,55    15,45",
        ] {
            check(&slip(rows), &[(TotalGross, "170.00")]);
        }
    }

    #[test]
    fn the_rounded_total_is_what_was_paid() {
        let rows = "Summe ohne Steuer    29,26\nTotal (inkl. Steuer)    31,02\nRundung    -0,02\nBar    31,00";
        check(&slip(rows), &[(TotalGross, "31.00")]);
    }

    #[test]
    fn a_part_that_is_called_a_total_is_none_beside_more() {
        let rows = "Ware    60,00\nTotal S    2,60\nBar    63,60\nRückgeld    0,00";
        check(&slip(rows), &[(TotalGross, "63.60")]);
    }

    #[test]
    fn words_without_arithmetic_are_likely_but_not_certain() {
        let found = findings(&slip("Ware    63,60\nSumme    63,60"));
        assert!(found.best(TotalGross).is_some_and(|fact| !fact.certain && fact.value.plain() == "63.60"));
    }
}
