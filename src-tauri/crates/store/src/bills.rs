//! Bills, payslips and bank statements, as needed to see how regularly a sender writes.

use chrono::NaiveDate;
use domain::{Bill, Currency, DocumentKind, Money};
use rusqlite::Row;
use rust_decimal::Decimal;

use crate::row::Columns;
use crate::{Read, Result};

fn bill(row: &Row<'_>) -> Result<Bill> {
    let c = Columns { table: "search_documents", row };
    let kind: DocumentKind = c.word("kind")?;
    let hundredths: Option<i64> = c.get("amount")?;
    let currency: Currency = c.parse("currency")?;
    let amount = hundredths
        .filter(|_| kind == DocumentKind::Invoice)
        .map(|hundredths| Money { amount: Decimal::new(hundredths, 2), currency });
    Ok(Bill { sender: c.parse("correspondent")?, kind, amount, issued: c.parse("day")? })
}

impl Read<'_> {
    /// The accepted bills, payslips and statements since a day: who sent them, when, and what the bills ask for. Read through one
    /// narrow index.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn bills(&self, since: NaiveDate) -> Result<Vec<Bill>> {
        let sql = "SELECT correspondent, kind, day, amount, coalesce(currency, 'EUR') AS currency
                   FROM search_documents INDEXED BY search_documents_by_bill
                   WHERE trashed = 0 AND state = 'accepted' AND correspondent IS NOT NULL AND day >= ?1
                     AND (kind IN ('payslip', 'bank_statement') OR (kind = 'invoice' AND amount IS NOT NULL))";
        self.rows(sql, [since.to_string()], bill)
    }
}
