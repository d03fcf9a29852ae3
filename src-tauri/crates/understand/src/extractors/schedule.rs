//! Tables of instalments: rows of a day and its amounts below "fällig".

use std::ops::Range;

use chrono::NaiveDate;
use domain::{Fact, Field, Instalment, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::context::Context;
use crate::forms::{amounts, dates, pattern};
use crate::labels::{Place, found};
use crate::layout::{Row, Run};

pub(super) struct Schedule;

impl Extractor for Schedule {
    fn id(&self) -> &'static str {
        "schedule"
    }

    /// The instalments, each with its day and the last amount of its row; the first of them is what is due.
    fn run(&self, context: &Context) -> Vec<Fact> {
        let rows = &context.layout.rows;
        let head = pattern!(r"\b(?:fällig(?:keit)?|fälligkeitstag|zahlungstermin|due)\b");
        let mut facts = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let names = row.cells.first().is_some_and(|cell| head.find(&cell.text).is_some_and(|hit| hit.start() < 3));
            let below = rows.get(at + 1..).unwrap_or_default();
            let instalments: Vec<_> = below.iter().map_while(|row| instalment(row, context)).collect();
            // One row is an ordinary table; two are a plan.
            let Some((day, amount)) = instalments.first().filter(|_| names && instalments.len() >= 2) else { continue };
            let (cell, range, value) = day;
            let due = found(cell, range.clone(), *value, Place::Behind);
            facts.push(due.fact(self.id(), Field::DueDate, 0.86, Value::Date));
            let (cell, range, value) = amount;
            let first = found(cell, range.clone(), *value, Place::Behind);
            facts.push(first.fact(self.id(), Field::AmountDue, 0.84, Value::Amount));
            let parts = instalments.iter().map(|((.., due), (.., amount))| Instalment { due: *due, amount: *amount });
            let all = found(cell, range.clone(), parts.collect(), Place::Behind);
            facts.push(all.fact(self.id(), Field::Instalments, 0.84, Value::Instalments));
        }
        facts
    }
}

/// A value with the cell and the bytes in which it stands.
type At<'r, 'a, T> = (&'r Run<'a>, Range<usize>, T);

/// A row that starts with a day and ends with an amount.
fn instalment<'r, 'a>(row: &'r Row<'a>, context: &Context) -> Option<(At<'r, 'a, NaiveDate>, At<'r, 'a, Decimal>)> {
    let first = row.cells.first()?;
    let (range, day) = dates::first(&first.text, context.order).filter(|(range, _)| range.start < 2)?;
    let behind = |cell: &Run| if std::ptr::eq(cell, first) { range.end } else { 0 };
    let amount = row.cells.iter().rev().find_map(|cell| {
        let all = amounts::find(&cell.text);
        let last = all.into_iter().rev().find(|amount| amount.range.start >= behind(cell))?;
        Some((cell, last.range, last.value))
    })?;
    Some(((first, range, day), amount))
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, DueDate, Instalments};

    use crate::testing::{check, value};

    #[test]
    fn the_first_instalment_is_due_and_the_others_are_kept() {
        let plan = "Finanzamt Musterstadt\nVorauszahlungsbescheid\nDatum 20.01.2026\n\nFällig am    Steuer EUR    insgesamt EUR\n";
        let rows = "10.03.2026    354,00    385,00\n10.06.2026    354,00    386,00\n";
        let all = (Instalments, "2026-03-10 385.00; 2026-06-10 386.00");
        check(&format!("{plan}{rows}"), &[(DueDate, "2026-03-10"), (AmountDue, "385.00"), all]);
        assert_eq!(
            value("Leistungen\n03.02.2026    Beratung    10,00\n04.02.2026    Beratung    12,00", DueDate),
            None
        );
    }
}
