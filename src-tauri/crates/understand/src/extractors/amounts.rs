//! Totals and parts of totals, by the words beside them.

use std::ops::Range;

use domain::{Fact, Field, Value};
use rust_decimal::Decimal;

use super::Extractor;
use super::amount_labels::{fits, labels};
use super::till::is_paid_on_the_spot;
use crate::context::Context;
use crate::forms::amounts::{self, Amount};
use crate::forms::pattern;
use crate::labels::{Found, Place, found};
use crate::layout::{Layout, Row, Run};

pub(super) struct Amounts;

impl Extractor for Amounts {
    fn id(&self) -> &'static str {
        "amounts"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (r, row) in context.layout.rows.iter().enumerate() {
            for c in 0..row.cells.len() {
                self.labelled(&context.layout, r, c, &mut facts);
            }
        }
        // The total of a receipt rather follows from its arithmetic (`till`).
        if is_paid_on_the_spot(context) {
            let totals = facts.iter_mut().filter(|fact| fact.field == Field::TotalGross);
            totals.for_each(|fact| fact.confidence *= 0.7);
        }
        facts
    }
}

impl Amounts {
    /// Candidates for the labels of one cell.
    fn labelled(&self, layout: &Layout, r: usize, c: usize, facts: &mut Vec<Fact>) {
        /// So many amounts beside a label are tried.
        const TRIED: usize = 3;
        let Some(row) = layout.rows.get(r) else { return };
        let Some(cell) = row.cells.get(c) else { return };
        for (field, label, weight) in labels() {
            let hit = label.find(&cell.text).map(|hit| hit.range()).filter(|hit| fits(field, &cell.text, hit));
            let Some(hit) = hit else { continue };
            let exact = exactness(&cell.text, &hit);
            let tax_inside = field == Field::TaxTotal && is_inside(cell.text.get(..hit.start).unwrap_or_default());
            let mut values = match field {
                _ if tax_inside => inside(cell, &hit),
                // Fees are often listed in one line with their sum at its end.
                Field::DunningFee => in_row(row, c, hit.end).into_iter().rev().collect(),
                _ => in_row(row, c, hit.end),
            };
            if values.is_empty() && !tax_inside && exact > 0.9 {
                values.extend(below(layout, r, cell));
            }
            // Several amounts in the row: the last is the likeliest, but any may be meant.
            let crowded = if values.len() > 1 { 0.85 } else { 1.0 };
            for (i, value) in (0..).zip(values.into_iter().take(TRIED)) {
                let weight = weight * exact * crowded * 0.7_f32.powi(i);
                let positive = matches!(field, Field::Prepaid | Field::DunningFee | Field::AmountDue);
                let amount = if positive { value.value.abs() } else { value.value };
                facts.push(Found { value: amount, ..value }.fact(self.id(), field, weight, Value::Amount));
            }
        }
    }
}

/// How exactly a label says what is meant, 0–1. Words around it make it say something narrower: "offener Betrag aus
/// früheren Zeiträumen".
fn exactness(cell: &str, label: &Range<usize>) -> f32 {
    let before = cell.get(..label.start).unwrap_or_default();
    let behind = cell.get(label.end..).unwrap_or_default();
    let between = amounts::first(behind).map_or(behind, |(amount, _)| behind.get(..amount.start).unwrap_or_default());
    let words = before.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 3).count();
    let letters = between.chars().filter(|c| c.is_alphabetic()).count();
    let mut exact = 1.0;
    if words > 1 {
        exact *= 0.85;
    }
    if letters > 18 {
        exact *= 0.7;
    }
    exact
}

/// Whether the words before the name of a tax say that it is part of what they name: "inkl.", "darin enthalten".
fn is_inside(before: &str) -> bool {
    pattern!(r"(?:\binkl\w*|\bincl\w*|\bdarin|enthalten\w*|\bdavon|\()[^)]*$").is_match(before)
}

/// An amount of a run as a value with its place.
fn at(run: &Run, amount: Amount, offset: usize, place: Place) -> Found<Decimal> {
    found(run, offset + amount.range.start..offset + amount.range.end, amount.value, place)
}

/// The amounts that belong to a label in a row: in the cells to the right the last first, else behind it in its cell.
fn in_row(row: &Row, c: usize, end: usize) -> Vec<Found<Decimal>> {
    let right: Vec<Found<Decimal>> = row
        .cells
        .iter()
        .skip(c + 1)
        .flat_map(|cell| {
            let starts = |a: &Amount| cell.len() <= 4 || a.range.start <= 4;
            amounts::find(&cell.text).into_iter().filter(starts).map(|a| at(cell, a, 0, Place::Right))
        })
        .collect();
    let Some(cell) = row.cells.get(c) else { return right };
    let rest = cell.text.get(end..).unwrap_or_default();
    // What stands in brackets explains the amount and is not it.
    let open = |a: &Amount| {
        let before = rest.get(..a.range.start).unwrap_or_default();
        before.matches('(').count() > before.matches(')').count()
    };
    let near = |a: &&Amount| a.range.start <= 60;
    let behind: Vec<Amount> = amounts::find(rest).into_iter().filter(|a| !open(a)).collect();
    let behind = behind.iter().find(near).map(|a| at(cell, a.clone(), end, Place::Behind));
    right.into_iter().rev().chain(behind).collect()
}

/// The tax inside a total: `(inkl. 23,61 € MwSt.)`, `inkl. 19 % MwSt. (438,60 EUR)`.
fn inside(cell: &Run, label: &Range<usize>) -> Vec<Found<Decimal>> {
    let all = amounts::find(&cell.text);
    let behind = all.iter().find(|a| a.range.start >= label.end && a.range.start <= label.end + 14);
    let before = all.iter().rev().find(|a| a.range.end <= label.start && a.range.end + 12 >= label.start);
    behind.or(before).map(|a| at(cell, a.clone(), 0, Place::Behind)).into_iter().collect()
}

/// The first amount in the column below a label. Far weaker than beside: a heading of a table has the first line of the
/// table below it.
fn below(layout: &Layout, r: usize, label: &Run) -> Option<Found<Decimal>> {
    /// In heights of the label.
    const DEEPEST: f32 = 5.0;
    let near = |cell: &Run| cell.page == label.page && cell.rect.y - label.rect.bottom() < DEEPEST * label.rect.h;
    let lower = layout.rows.iter().skip(r + 1).take(3).filter(|row| row.cells.first().is_some_and(near));
    let column = lower
        .flat_map(|row| &row.cells)
        .filter(|cell| cell.rect.x < label.rect.right() && cell.rect.right() > label.rect.x && cell.len() <= 4);
    let mut values = column
        .filter_map(|cell| amounts::first(&cell.text).map(|(range, value)| found(cell, range, value, Place::Below)));
    let value = values.next()?;
    let share = if is_head_of_one_row(layout, r, label) { 0.85 } else { 0.4 };
    Some(Found { sureness: value.sureness * share, ..value })
}

/// Whether a label stands in a row of names with a single row of values below: the foot of many bills, where the last column
/// is the total.
fn is_head_of_one_row(layout: &Layout, r: usize, label: &Run) -> bool {
    let has_digit = |cell: &Run| cell.text.contains(|c: char| c.is_ascii_digit());
    let in_column = |row: &&Row| {
        row.cells.iter().any(|cell| {
            cell.rect.x < label.rect.right() && cell.rect.right() > label.rect.x && amounts::first(&cell.text).is_some()
        })
    };
    let names = layout.rows.get(r).is_some_and(|row| row.cells.len() >= 3 && !row.cells.iter().any(has_digit));
    let values = layout.rows.get(r + 1).filter(in_column);
    // A line of a table may be described in several rows.
    let further = layout.rows.iter().skip(r + 2).take(4).find(in_column);
    names && values.is_some_and(|row| row.cells.iter().filter(|cell| has_digit(cell)).count() >= 3) && further.is_none()
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, Prepaid, TaxTotal, TotalGross, TotalNet};

    use crate::testing::{check, findings, value};

    const BILL: &str =
        "Rechnung Nr. 12\n\nSumme netto    100,00\nzzgl. 19 % MwSt.    19,00\nRechnungsbetrag    119,00 EUR";

    #[test]
    fn parts_that_add_up_are_certain() {
        check(BILL, &[(TotalNet, "100.00"), (TaxTotal, "19.00"), (TotalGross, "119.00"), (AmountDue, "119.00")]);
        let found = findings(BILL);
        assert!([TotalNet, TaxTotal, TotalGross].iter().all(|field| found.best(*field).unwrap().certain));
    }

    #[test]
    fn a_total_that_is_called_otherwise_follows_from_the_list() {
        let bill = "Rechnung Nr. 12\n\nGrundpflege    296,00 €\nBehandlung    90,00 €\nZwischensumme    386,00 €\nLeistung der Kasse    -200,00 €\nIhr Eigenanteil    186,00 €";
        check(bill, &[(AmountDue, "186.00")]);
        assert!(findings(bill).best(AmountDue).is_some_and(|fact| !fact.certain));
    }

    #[test]
    fn a_lone_total_is_likely_but_not_certain() {
        let found = findings("Rechnung Nr. 12\n\nRechnungsbetrag    119,00 EUR");
        let gross = found.best(TotalGross).unwrap();
        assert!(gross.confidence >= 0.85 && !gross.certain, "{gross:?}");
    }

    #[test]
    fn what_was_paid_before_is_taken_off() {
        let text = format!("{BILL}\nabzüglich geleistete Anzahlung    -50,00 EUR\nNoch zu zahlen    69,00 EUR");
        check(&text, &[(TotalGross, "119.00"), (Prepaid, "50.00"), (AmountDue, "69.00")]);
        assert!(findings(&text).best(AmountDue).unwrap().certain);
    }

    #[test]
    fn what_was_paid_before_follows_from_total_and_rest() {
        let text = "Facture 12\n\nTotal HT    100,00 €\nTotal taxes    19,00 €\nTotal TTC    119,00 €\nVirement 05/11/2017    50,00 €\nSolde à payer    69,00 €";
        check(text, &[(TotalGross, "119.00"), (Prepaid, "50.00"), (AmountDue, "69.00")]);
        assert!(findings(text).best(AmountDue).unwrap().certain);
    }

    #[test]
    fn no_tax_at_all_adds_up_as_well() {
        let text = "Rechnung Nr. 12\n\nSumme netto    100,00\nzzgl. 0 % MwSt.    0,00\nRechnungsbetrag    100,00 EUR";
        assert!([TotalNet, TaxTotal, TotalGross].iter().all(|field| findings(text).best(*field).unwrap().certain));
    }

    #[test]
    fn tax_inside_a_total_is_not_the_total() {
        check(
            "Rechnung\n\nRechnungsbetrag (inkl. 19,00 € MwSt. 19 %)    119,00 €",
            &[(TotalGross, "119.00"), (TaxTotal, "19.00")],
        );
        check(
            "Rechnung\n\nGesamtpreis inkl. 19 % MwSt. (19,00 EUR)    119,00",
            &[(TotalGross, "119.00"), (TaxTotal, "19.00")],
        );
        assert_eq!(value("Rechnung\n\nGesamtbetrag inkl. MwSt.    119,00 €", TaxTotal), None);
    }

    #[test]
    fn the_line_of_one_tax_rate_is_not_proven_as_the_total() {
        let found = findings(
            "Kassenbon\n\nMwSt    Netto    Steuer    Brutto\nA 19%    6,05    1,15    7,20\nB 7%    13,99    0,98    14,97",
        );
        assert!(found.facts.iter().all(|fact| fact.field != TotalGross || !fact.certain));
    }
}
