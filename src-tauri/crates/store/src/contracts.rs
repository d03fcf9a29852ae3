//! Contracts page by page, and the letters about them. Intent.

use domain::{CorrespondentId, DocumentId};
use rusqlite::{Row, params};

use crate::row::Columns;
use crate::{Read, Result};

/// Where a contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractStanding {
    /// Somebody has to decide whether to keep it.
    Open,
    /// It is cancelled, and the confirmation has not come yet.
    Waits,
    /// It runs, and there is nothing to decide.
    Runs,
    /// It was decided whether to keep it.
    Decided,
}

fn contract(row: &Row<'_>) -> Result<(DocumentId, ContractStanding, u32)> {
    let c = Columns { table: "documents", row };
    let place: String = c.get("place")?;
    let standing = match place.as_str() {
        "open" => ContractStanding::Open,
        "waits" => ContractStanding::Waits,
        "runs" => ContractStanding::Runs,
        "decided" => ContractStanding::Decided,
        _ => return Err(c.unknown("place", place)),
    };
    Ok((c.parse("id")?, standing, c.get("total")?))
}

fn id(row: &Row<'_>) -> Result<DocumentId> {
    Columns { table: "documents", row }.parse("id")
}

impl Read<'_> {
    /// At most `limit` contracts, insurance policies, and price letters that belong to none of them, from `offset` on, and how
    /// many there are in all: those that are `decided`, or all others. What has to be decided first comes first, then what waits
    /// for its confirmation, then what runs.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn contracts(
        &self,
        decided: bool,
        limit: u32,
        offset: u32,
    ) -> Result<(Vec<(DocumentId, ContractStanding)>, u32)> {
        let sql = include_str!("contracts.sql");
        let found = self.rows(sql, params![decided, limit, offset], contract)?;
        // Past the end there is no row that could tell.
        let total = match found.first() {
            Some((_, _, total)) => *total,
            None if offset > 0 => self.contracts(decided, 1, 0)?.1,
            None => 0,
        };
        Ok((found.into_iter().map(|(id, standing, _)| (id, standing)).collect(), total))
    }

    /// The contracts of a sender and the letters about them, oldest first, without those in the trash.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn contract_papers(&self, sender: CorrespondentId) -> Result<Vec<DocumentId>> {
        let sql = "SELECT id FROM documents
                   WHERE correspondent = ?1 AND trashed_at IS NULL
                     AND kind IN ('contract', 'insurance_policy', 'price_increase', 'cancellation_confirmation')
                   ORDER BY received_at, id";
        self.rows(sql, [sender.to_string()], id)
    }
}
