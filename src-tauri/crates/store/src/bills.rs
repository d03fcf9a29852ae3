//! Bills, payslips and bank statements, as needed to see how regularly a sender writes.

use chrono::NaiveDate;
use domain::{Bill, CorrespondentId, DocumentKind, Money};
use rusqlite::{Row, params};

use crate::row::Columns;
use crate::{Read, Result};

fn bill(row: &Row<'_>) -> Result<Bill> {
    let c = Columns { table: "facts", row };
    let (amount, currency): (Option<String>, Option<String>) = (c.get("amount")?, c.get("currency")?);
    let currency = currency.unwrap_or_else(|| "EUR".to_owned());
    let money = |amount: String| {
        Money::parse(&amount, &currency).map_err(|_| c.unknown("plain", format!("{amount} {currency}")))
    };
    let amount = amount.map(money).transpose()?;
    Ok(Bill { sender: c.parse("sender")?, kind: c.word("kind")?, amount, issued: c.parse("issued")? })
}

/// A bill from its row in `search_documents`, without its amount.
fn dated(row: &Row<'_>) -> Result<Bill> {
    let c = Columns { table: "search_documents", row };
    Ok(Bill { sender: c.parse("correspondent")?, kind: c.word("kind")?, amount: None, issued: c.parse("day")? })
}

/// So many of the last bills of a sender are read: enough to see how often it asks for how much.
const LAST: u32 = 12;

impl Read<'_> {
    /// Who sent accepted bills, payslips and statements since a day, and when: without amounts, through one narrow index.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn bill_days(&self, since: NaiveDate) -> Result<Vec<Bill>> {
        let sql = "SELECT correspondent, kind, day FROM search_documents INDEXED BY search_documents_by_bill
                   WHERE trashed = 0 AND state = 'accepted' AND correspondent IS NOT NULL AND day >= ?1
                     AND (kind IN ('payslip', 'bank_statement') OR (kind = 'invoice' AND amount IS NOT NULL))";
        self.rows(sql, [since.to_string()], dated)
    }

    /// The last accepted invoices of a sender with day and total, or payslips or statements with their day.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn last_bills(&self, sender: CorrespondentId, kind: DocumentKind) -> Result<Vec<Bill>> {
        let sql =
            "SELECT d.correspondent AS sender, d.kind, issued.plain AS issued, total.plain AS amount, unit.plain AS currency
                   FROM (SELECT document FROM search_documents
                         WHERE trashed = 0 AND state = 'accepted' AND correspondent = ?1 AND kind = ?2
                         ORDER BY day DESC LIMIT ?3) AS s
                   CROSS JOIN documents AS d ON d.id = s.document
                   JOIN facts AS issued ON issued.document = d.id AND issued.field = 'issue_date'
                   LEFT JOIN facts AS total ON total.document = d.id AND total.field = 'total_gross'
                                                 AND d.kind = 'invoice'
                   LEFT JOIN facts AS unit ON unit.document = d.id AND unit.field = 'currency'
                   WHERE d.kind <> 'invoice' OR total.plain IS NOT NULL";
        self.rows(sql, params![sender.to_string(), kind.as_str(), LAST], bill)
    }
}
