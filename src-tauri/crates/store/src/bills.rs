//! The bills that came, as far as their rhythm needs them.

use domain::{Bill, Money};
use rusqlite::Row;

use crate::row::Columns;
use crate::{Read, Result, StoreError};

fn bill(row: &Row<'_>) -> Result<Bill> {
    let c = Columns { table: "facts", row };
    let (amount, currency): (String, Option<String>) = (c.get("amount")?, c.get("currency")?);
    let currency = currency.unwrap_or_else(|| "EUR".to_owned());
    let amount = Money::parse(&amount, &currency).map_err(|_| StoreError::UnknownWord {
        table: "facts",
        column: "plain".to_owned(),
        value: format!("{amount} {currency}"),
    })?;
    Ok(Bill { sender: c.parse("sender")?, amount, issued: c.parse("issued")? })
}

impl Read<'_> {
    /// The accepted invoices with sender, day and total.
    pub fn bills(&self) -> Result<Vec<Bill>> {
        let sql =
            "SELECT d.correspondent AS sender, issued.plain AS issued, total.plain AS amount, unit.plain AS currency
                   FROM documents AS d
                   JOIN facts AS issued ON issued.document = d.id AND issued.field = 'issue_date'
                   JOIN facts AS total ON total.document = d.id AND total.field = 'total_gross'
                   LEFT JOIN facts AS unit ON unit.document = d.id AND unit.field = 'currency'
                   WHERE d.kind = 'invoice' AND d.state = 'accepted' AND d.trashed_at IS NULL
                     AND d.correspondent IS NOT NULL";
        self.rows(sql, [], bill)
    }
}
