//! The bills, payslips and statements that came, as far as their rhythm needs them.

use domain::{Bill, Money};
use rusqlite::Row;

use crate::row::Columns;
use crate::{Read, Result, StoreError};

fn bill(row: &Row<'_>) -> Result<Bill> {
    let c = Columns { table: "facts", row };
    let (amount, currency): (Option<String>, Option<String>) = (c.get("amount")?, c.get("currency")?);
    let currency = currency.unwrap_or_else(|| "EUR".to_owned());
    let money = |amount: String| {
        Money::parse(&amount, &currency).map_err(|_| StoreError::UnknownWord {
            table: "facts",
            column: "plain".to_owned(),
            value: format!("{amount} {currency}"),
        })
    };
    let amount = amount.map(money).transpose()?;
    Ok(Bill { sender: c.parse("sender")?, kind: c.word("kind")?, amount, issued: c.parse("issued")? })
}

impl Read<'_> {
    /// The accepted invoices with sender, day and total, and the payslips and statements with sender and day.
    pub fn bills(&self) -> Result<Vec<Bill>> {
        let sql =
            "SELECT d.correspondent AS sender, d.kind, issued.plain AS issued, total.plain AS amount, unit.plain AS currency
                   FROM documents AS d
                   JOIN facts AS issued ON issued.document = d.id AND issued.field = 'issue_date'
                   LEFT JOIN facts AS total ON total.document = d.id AND total.field = 'total_gross'
                                                 AND d.kind = 'invoice'
                   LEFT JOIN facts AS unit ON unit.document = d.id AND unit.field = 'currency'
                   WHERE (d.kind IN ('payslip', 'bank_statement') OR (d.kind = 'invoice' AND total.plain IS NOT NULL))
                     AND d.state = 'accepted' AND d.trashed_at IS NULL
                     AND d.correspondent IS NOT NULL";
        self.rows(sql, [], bill)
    }
}
